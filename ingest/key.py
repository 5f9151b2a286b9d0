"""Keys of a reading and of all that it mentions, from the document itself and shipped tables only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.key import UNKNOWN, Key
from graph.model import Citation, Header, Programme, Reading, Statement
from ingest.clean import Text
from ingest.key_derive import derive
from ingest.key_flags import flags
from ingest.key_mentions import keys_of
from ingest.key_name import alias, name_words, programme_key
from ingest.key_period import Days
from ingest.key_place import DAY_BEFORE_MERGER, MERGER, place
from ingest.key_scene import Said, Scene
from ingest.key_symbol import symbol

_DATES = (
    re.compile(r"[0-9](?<![0-9][0-9])[0-9]?\s*[/.-]\s*[0-9]{1,2}\s*[/.-]\s*(?:19|20)[0-9][0-9](?![0-9])"),
    re.compile(r"ngay [0-9]{1,2} thang [0-9]{1,2} nam (?:19|20)[0-9][0-9]"),
)
_DIGITS = re.compile("[0-9]+")


def with_keys(reading: Reading, text: Text) -> Reading:
    """`reading` with the keys of the document, its citations, statements and programmes; contradictions are flagged."""
    newest = None if reading.header.date else _newest(reading.citations, text)
    own, scene, inferred = own_key(reading.header, text, newest)
    keys = keys_of(reading.citations, scene, text)
    known = _Known.of(reading.citations, keys, reading.header.number, own)
    programmes = tuple(_programme(one, known, own, scene) for one in reading.programmes)
    statements = tuple(_statement(one, known, scene) for one in reading.extra_edges)
    citations = tuple(
        replace(one, key=str(key), from_key=known.key(one.from_number, scene))
        for one, key in zip(reading.citations, keys, strict=True)
    )
    said = (*reading.flags, *inferred, *flags(citations, keys, reading.header))
    return replace(
        reading,
        key=str(own),
        citations=citations,
        programmes=programmes,
        extra_edges=statements,
        flags=tuple(dict.fromkeys(said)),
    )


# --- the document itself


def content_number(text: Text) -> str:
    """The number segment of an unnumbered document: `~` and 16 hex of SHA-256 of its words, whatever their spacing."""
    words = " ".join(text.flat.split())
    return "~" + hashlib.sha256(words.encode()).hexdigest()[:16]


def own_key(header: Header, text: Text, newest: str | None) -> tuple[Key, Scene, tuple[str, ...]]:
    """The key of the document itself, the scene it sets for its mentions, and what had to be inferred, in words."""
    days = Days.of(header.date)
    inferred: tuple[str, ...] = ()
    if header.date is None and newest:
        days = Days(newest)
        inferred = (f"date: none printed; the newest date in the text is {newest}",)
    said = Said(header.number, header.type, None, header.date, None, _issuer(header))
    key = derive(said, Scene(days)) if header.number else _unnumbered(said, days, newest)
    if not header.number:
        key = key.but(number=content_number(text))
    return key, _scene(key, said, days), inferred


def _issuer(header: Header) -> str | None:
    if header.issuer and header.place and place(header.issuer).province is None:
        return f"{header.issuer} {header.place}"
    return header.issuer


def _unnumbered(said: Said, days: Days, newest: str | None) -> Key:
    """The key without its number: a state body's year may be inferred, a Party term may not."""
    if not said.issuer:
        return Key()
    date = said.date or newest
    key = derive(replace(said, number="0", date=date), Scene(days))
    if said.date is None and key.system == "party":
        key = key.but(period=UNKNOWN)
    return key


def _scene(key: Key, said: Said, days: Days) -> Scene:
    found = place(said.issuer or "")
    level = found.level if key.place not in ("", UNKNOWN) else None
    return Scene(
        days, key.place if key.issuer != UNKNOWN or key.place else UNKNOWN, "province" if level == "city" else level
    )


@lru_cache(maxsize=2_000)
def scene_of(header: Header, key: str | None = None) -> Scene:
    """The scene that a document's header sets for the bodies it names; `key` is its own key where known."""
    said = Said(header.number or "0", header.type, None, header.date, None, _issuer(header))
    own = Key.parse(key) if key else _unnumbered(said, Days.of(header.date), None)
    days = Days.of(header.date)
    if header.date is None and own.place not in ("", UNKNOWN):
        days = Days(first=MERGER) if ".2025" in own.place else Days(last=DAY_BEFORE_MERGER)
    return _scene(own, said, days)


def _newest(citations: Sequence[Citation], text: Text) -> str | None:
    """The newest full date printed in the document, as ISO."""
    dates = {one.date for one in citations if one.date and len(one.date) == 10}
    for printed in (found for form in _DATES for found in form.findall(text.folded)):
        day, month, year = _DIGITS.findall(printed)
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            dates.add(f"{year}-{int(month):02}-{int(day):02}")
    return max(dates, default=None)


# --- statements and programmes


@dataclass(frozen=True, slots=True)
class _Known:
    """Numbers and names of the document's mentions, and its own number, with their keys; None where two fit."""

    keys: dict[str, Key | None]

    @classmethod
    def of(cls, citations: Sequence[Citation], keys: Sequence[Key], number: str | None, own: Key) -> _Known:
        known: dict[str, Key | None] = {}
        for one, key in zip(citations, keys, strict=True):
            for said in filter(None, (one.number, one.name)):
                plain = _plain(said)
                known[plain] = key if known.get(plain, key) == key else None
        if number:
            known.setdefault(_plain(number), own)
        return cls(known)

    def key(self, said: str | None, scene: Scene) -> str | None:
        """The key of what a statement calls by number or name; derived alone where no mention carries it."""
        if not said:
            return None
        known = self.keys.get(_plain(said))
        if known:
            return str(known)
        taken = symbol(said)
        return str(derive(Said(said) if taken else Said(name=said), scene))


def _plain(said: str) -> str:
    return "".join(said.split()).casefold() if symbol(said) else name_words(said)


def _statement(one: Statement, known: _Known, scene: Scene) -> Statement:
    return replace(one, from_key=known.key(one.from_number, scene), to_key=known.key(one.to, scene))


def _programme(one: Programme, known: _Known, own: Key, scene: Scene) -> Programme:
    tied = known.key(one.approved_by, scene)
    nickname = alias(one.name, scene.days.last) if tied is None else None
    act = Key.parse(tied) if tied else nickname.key if nickname else None
    key = programme_key(one.name, act.place if act and act.place else "")
    return replace(
        one, key=str(key), approved_by_key=str(act) if act else None, from_key=known.key(one.from_number, scene)
    )
