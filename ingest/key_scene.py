"""What is known when a key is derived: the words of one mention, and the scene that its document sets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.key import UNKNOWN
from ingest.key_period import ALL_DAYS, Days
from ingest.key_place import in_era


@dataclass(frozen=True, slots=True)
class Said:
    """What is printed of a document at one mention. `near` is the folded text around it."""

    number: str | None = None
    type: str | None = None
    name: str | None = None
    date: str | None = None
    term: str | None = None
    issuer: str | None = None
    near: str = ""
    carried_out: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The document that speaks: when it was written, and the place segment of its body ("" for a central one).

    `level` is the level of its body: province, district, commune, or None. Where `lends` is false the place only tells
    what a printed name can mean, and fills nothing.
    """

    days: Days = ALL_DAYS
    place: str = UNKNOWN
    level: str | None = None
    lends: bool = True

    def blind(self) -> Scene:
        """The same document lending no place."""
        return Scene(self.days, self.place, self.level, lends=False)

    def within(self, days: Days) -> str:
        """The province that "UBND tỉnh" means for something of `days`; `_` where none is lent."""
        base = re.match(r"[a-z-]+(?:\.2025)?", self.place)
        return in_era(base[0], days) if base and self.lends else UNKNOWN
