"""The one name of a document: a key that parses and prints."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import Self

UNKNOWN = "_"
_SEGMENT = re.compile(r"[a-z0-9.+~_-]+\Z")
_SOUND = re.compile(r"(?:[a-z0-9.+~_-]+:){5}[a-z0-9.+~_-]*\Z")
_KEY = re.compile(
    r"vn:(?P<system>[^:@]+)"
    r":(?P<issuer>[^:@]+)(?:@(?P<place>[^:@]+))?"
    r":(?P<type>[^:@]+):(?P<period>[^:@]+):(?P<number>[^:@]+)\Z"
)
_HASH = re.compile(r"~[0-9a-f]{16}\Z")


class BadKey(ValueError):
    """A text that is not a key; the message quotes it and says what is wrong."""


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """`vn:{system}:{issuer}[@{place}]:{type}:{period}:{number}`; an unknown segment is `_`.

    `place` is empty for a body that has none (`vn:state:ttg:ct:2022:16`) and `_` for a local body whose place is not
    known (`vn:state:ubnd@_:qd:2022:1511`).

    >>> Key.parse("vn:party:tu@binh-thuan:ctr:n2015:40").place
    'binh-thuan'
    """

    system: str = UNKNOWN
    issuer: str = UNKNOWN
    place: str = ""
    type: str = UNKNOWN
    period: str = UNKNOWN
    number: str = UNKNOWN

    def __post_init__(self) -> None:
        if not _SOUND.match(f"{self.system}:{self.issuer}:{self.type}:{self.period}:{self.number}:{self.place}"):
            names = [field.name for field in fields(self) if field.name != "place" or self.place]
            wrong = next(name for name in names if not _SEGMENT.match(getattr(self, name)))
            raise BadKey(f"{wrong} {getattr(self, wrong)!r} has other characters than a-z 0-9 . + ~ _ -")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that `text` prints; `BadKey` when it is none."""
        match = _KEY.match(text)
        if not match:
            raise BadKey(f"{text!r} is not a key of the form vn:system:issuer[@place]:type:period:number")
        return cls(**{name: value or "" for name, value in match.groupdict().items()})

    def __str__(self) -> str:
        issuer = f"{self.issuer}@{self.place}" if self.place else self.issuer
        return f"vn:{self.system}:{issuer}:{self.type}:{self.period}:{self.number}"

    @property
    def hashed(self) -> bool:
        """Whether the number stands for the content of an unnumbered document."""
        return bool(_HASH.match(self.number))

    @property
    def complete(self) -> bool:
        """Whether the key can mean one document only.

        A document known by its name is one only where names are unique: programmes, congresses, the Constitution.
        """
        if self.hashed:
            return True
        if self.number.startswith("~"):
            unique = self.issuer == "dh" or self.type == "hp"
            return self.type == "programme" or (unique and not self._open)
        return not self._open

    @property
    def _open(self) -> bool:
        return UNKNOWN in (self.system, self.issuer, self.place, self.type, self.period, self.number)

    @property
    def block(self) -> str:
        """What a complete key and its partial forms have in common: `number|type|issuer`."""
        return f"{self.number}|{self.type}|{self.issuer}"

    def could_be(self, other: Key) -> bool:
        """Whether `other` fills only what is unknown here; the unknown place of a local body is some place."""
        known = (name for name in ("system", "issuer", "type", "period", "number") if getattr(self, name) != UNKNOWN)
        if any(getattr(self, name) != getattr(other, name) for name in known):
            return False
        if self.place == UNKNOWN:
            return other.place != "" or self.issuer == UNKNOWN
        return self.place == other.place or (self.place == "" and self.issuer == UNKNOWN)

    def but(self, **segments: str) -> Key:
        """This key with other segments."""
        return replace(self, **segments)
