"""Keys of a reading and of all that it mentions, from the document itself and shipped tables only."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.key import UNKNOWN, Key
from graph.model import Citation, Header, Programme, Reading, Statement
from ingest.clean import Text, fold
from ingest.key_derive import derive
from ingest.key_flags import flags
from ingest.key_name import alias, law_name, name_words, programme_key
from ingest.key_period import Days
from ingest.key_place import DAY_BEFORE_MERGER, MERGER, place
from ingest.key_scene import Said, Scene
from ingest.key_symbol import symbol

_BEFORE, _AFTER = 120, 260
_DATE = re.compile(
    r"(?<![0-9])([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*[/.-]\s*((?:19|20)[0-9][0-9])(?![0-9])"
    r"|ngay ([0-9]{1,2}) thang ([0-9]{1,2}) nam ((?:19|20)[0-9][0-9])"
)
_CARRIES_OUT = ("IMPLEMENTS", "GUIDES")
_TITLE = re.compile(r"\b(?:ve(?: viec)?|v/v|thuc hien|trien khai|quy dinh|phe duyet|ban hanh)\b")


def with_keys(reading: Reading, text: Text) -> Reading:
    """`reading` with the keys of the document, its citations, statements and programmes; contradictions are flagged."""
    own, scene, inferred = own_key(reading.header, text, _newest(reading.citations, text))
    keyed = _citations(reading.citations, scene, text)
    known = _Known.of(keyed, reading.header.number, own)
    programmes = tuple(_programme(one, known, own, scene) for one in reading.programmes)
    statements = tuple(_statement(one, known, scene) for one in reading.extra_edges)
    keyed = tuple(replace(one, from_key=known.key(one.from_number, scene)) for one in keyed)
    said = (*reading.flags, *inferred, *flags(keyed, reading.header))
    return replace(
        reading,
        key=str(own),
        citations=keyed,
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
        inferred = (f"date: none printed; taken as not before {newest}, the newest date in the text",)
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
    for match in _DATE.finditer(text.folded):
        day, month, year = (match[1], match[2], match[3]) if match[1] else (match[4], match[5], match[6])
        if 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            dates.add(f"{year}-{int(month):02}-{int(day):02}")
    return max(dates, default=None)


# --- mentions


def _citations(citations: Sequence[Citation], scene: Scene, text: Text) -> tuple[Citation, ...]:
    """Each mention by its own words, then by the document's other mentions, then by the document's place."""
    said = [_said(one, citations, text) for one in citations]
    scenes = [_scene_of(one, citations, scene) for one in citations]
    keys = [derive(one, where.blind()) for one, where in zip(said, scenes, strict=True)]
    keys = _defined(citations, keys, text)
    words = [fold(one.type or "") for one in citations]
    keys = _shared_all(keys, words)
    lent = [derive(one, where) for one, where in zip(said, scenes, strict=True)]
    keys = [_lent(key, other) for key, other in zip(keys, lent, strict=True)]
    keys = _shared_all(keys, words)
    keys = _laws(citations, keys, scenes)
    return tuple(replace(one, key=str(key)) for one, key in zip(citations, keys, strict=True))


def _said(one: Citation, citations: Sequence[Citation], text: Text) -> Said:
    return Said(
        one.number,
        one.type,
        one.name,
        one.date,
        one.term,
        one.issuer,
        _near(one, citations, text),
        one.relation in _CARRIES_OUT,
    )


def _near(one: Citation, citations: Sequence[Citation], text: Text) -> str:
    """The folded words around a mention, up to one of another body: where its issuer, place and term are printed."""
    start, end = _view(text, one.start), _view(text, one.end)
    later = (other for other in citations if other.start >= one.end and other.issuer != one.issuer)
    stop = min((end + _AFTER, *(_view(text, other.start) for other in later)))
    begin = max(0, start - _BEFORE, *(_view(text, other.end) for other in citations if other.end <= one.start))
    before, after = (
        re.split(r"[.;]\s", text.folded[begin:start])[-1],
        re.split(r"[.] ", text.folded[end:stop], maxsplit=1)[0],
    )
    return f"{' '.join(before.split())} | {' '.join(after.split())}"


def _view(text: Text, raw: int) -> int:
    return raw if text.starts is None else bisect_left(text.starts, raw)


def _scene_of(one: Citation, citations: Sequence[Citation], scene: Scene) -> Scene:
    """The scene of a mention: what another cited document says was said in its days."""
    if not one.from_number or not one.name:
        return scene
    dated = [other for other in citations if one.from_number in (other.number, other.name)]
    dates = {other.date for other in dated if other.date} or {
        taken.year for other in dated[:1] if other.number and (taken := symbol(other.number)) and taken.year
    }
    return replace(scene, days=Days.of(dates.pop())) if len(dates) == 1 else scene


def _lent(key: Key, other: Key) -> Key:
    return other if key.place == UNKNOWN and key.could_be(other) else key


def _shared_all(keys: Sequence[Key], words: Sequence[str]) -> list[Key]:
    pairs = list(zip(keys, words, strict=True))
    return [_shared(key, [other for other, word in pairs if _one_type(key, said, other, word)]) for key, said in pairs]


def _one_type(key: Key, said: str, other: Key, word: str) -> bool:
    """Whether two mentions can be of one type: by their keys, or by the printed words where a key leaves it open."""
    return UNKNOWN not in (key.type, other.type) or said == word


def _shared(key: Key, keys: Iterable[Key]) -> Key:
    """What the document's other mentions of the same number or name settle: the one complete key that fits."""
    if key.complete and not _nameless(key):
        return key
    fits = {other for other in keys if other != key and _same_document(key, other)}
    best = {one for one in fits if one.complete} or {
        one for one in fits if not any(one.could_be(two) for two in fits - {one})
    }
    return best.pop() if len(best) == 1 else key


def _same_document(key: Key, other: Key) -> bool:
    if key.could_be(other):
        return key.number != UNKNOWN
    return _nameless(key) and not other.number.startswith("~") and key.but(number=UNKNOWN).could_be(other)


def _nameless(key: Key) -> bool:
    """A congress's document known by its kind only: it takes the number that the document prints for it."""
    return key.issuer == "dh" and key.place not in ("", UNKNOWN) and key.number.startswith("~")


def _defined(citations: Sequence[Citation], keys: Sequence[Key], text: Text) -> list[Key]:
    """Short names that the document defines: "… số 06/QĐ-TTg … (gọi tắt là Đề án 06)"."""
    out = list(keys)
    for at, one in enumerate(citations):
        if one.number or not one.name or law_name(one.name) or keys[at].complete:
            continue
        found = _definition(one.name, text.folded)
        before = [
            at
            for at, other in enumerate(citations)
            if other.number and found and 0 < found - _view(text, other.end) < 500
        ]
        if before:
            out[at] = keys[before[-1]]
    return out


def _definition(name: str, folded: str) -> int | None:
    short = r"\s+".join(re.escape(word) for word in fold(name).split()[:12])
    match = re.search(rf"goi\s+(?:tat\s+|chung\s+)?la:?\s+[\"“']?{short}", folded)
    return match.start() if match else None


def _laws(citations: Sequence[Citation], keys: Sequence[Key], scenes: Sequence[Scene]) -> list[Key]:
    """A law's name takes the version that the document's other mentions of the name settle."""
    settled: dict[str, set[Key]] = {}
    for one, key in zip(citations, keys, strict=True):
        found = law_name(one.name) if one.name else None
        if found and key.complete and _settles(one):
            settled.setdefault(found.words, set()).add(key)
    out = list(keys)
    for at, one in enumerate(citations):
        found = law_name(one.name) if one.name else None
        same = settled.get(found.words, set()) if found else set()
        plain = not (one.number or one.date or (found and found.year))
        if plain and len(same) == 1 and not (one.from_number and keys[at].complete):
            out[at] = next(iter(same))
    return out


def _settles(one: Citation) -> bool:
    return bool(one.number or one.date or (one.relation in _CARRIES_OUT and not one.from_number))


# --- statements and programmes


@dataclass(frozen=True, slots=True)
class _Known:
    """Numbers and names of the document's mentions, and its own number, with their keys; None where two fit."""

    keys: dict[str, Key | None]

    @classmethod
    def of(cls, citations: Iterable[Citation], number: str | None, own: Key) -> _Known:
        keys: dict[str, Key | None] = {}
        for one in citations:
            for said in (one.number, one.name):
                if said and one.key:
                    key = Key.parse(one.key)
                    keys[_plain(said)] = key if keys.get(_plain(said), key) == key else None
        if number:
            keys.setdefault(_plain(number), own)
        return cls(keys)

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
    return re.sub(r"\s+", "", said).casefold() if symbol(said) else name_words(said)


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
