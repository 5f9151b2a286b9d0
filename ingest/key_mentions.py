"""The keys of a document's mentions: by their own words, by each other, by the document's place."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.key import UNKNOWN, Key
from graph.model import Citation
from ingest.clean import Text, fold, fold_name
from ingest.key_derive import derive
from ingest.key_name import law_at, law_name, versions
from ingest.key_period import Days
from ingest.key_scene import Said, Scene
from ingest.key_symbol import symbol
from ingest.tables import table

_BEFORE, _AFTER, _NEIGHBOURS = 120, 260, 12
_DEFINED_WITHIN, _MOST_NAMES, _MOST_ALIKE = 500, 50, 200
_YEAR_BEHIND = re.compile(r"\s{1,4}nam\s{1,4}((?:19|20)\d\d)(?!\s?[-\d])")
_HOLDERS = 3
_CARRIES_OUT = ("IMPLEMENTS", "GUIDES")

Alike = Mapping[str, Sequence[tuple[Key, str]]]


def keys_of(citations: Sequence[Citation], scene: Scene, text: Text) -> list[Key]:
    """The keys of `citations`. What no mention settles stays `_`; nothing comes from outside the document."""
    said = _all_said(citations, text)
    scenes = _scenes(citations, scene)
    keys = [derive(one, where.blind()) for one, where in zip(said, scenes, strict=True)]
    keys = _defined(citations, keys, text)
    words = [fold_name(one.type or "") for one in citations]
    keys = _shared(keys, words)
    keys = [_lent(key, one, where) for key, one, where in zip(keys, said, scenes, strict=True)]
    return _laws(citations, _shared(keys, words))


# --- what is printed


@dataclass(frozen=True, slots=True)
class _Spot:
    """A mention's span in the views, and who issues it."""

    start: int
    end: int
    issuer: str | None


def _all_said(citations: Sequence[Citation], text: Text) -> list[Said]:
    spots = [_Spot(_view(text, one.start), _view(text, one.end), one.issuer) for one in citations]
    order = sorted(range(len(spots)), key=lambda at: (spots[at].start, spots[at].end))
    sorted_spots = [spots[at] for at in order]
    near = {at: _near(rank, sorted_spots, text) for rank, at in enumerate(order)}
    return [
        Said(
            one.number, one.type, one.name, one.date or _year_behind(one, text), one.term, one.issuer, near[at],
            one.relation in _CARRIES_OUT,
        )
        for at, one in enumerate(citations)
    ]  # fmt: skip


def _year_behind(one: Citation, text: Text) -> str | None:
    """The year of an act: "Nghị quyết 127/NQ-CP năm 2023"; a plan's may be the one it is made for."""
    if not one.number or one.type not in table("names")["years"]["types"]:
        return None
    found = _YEAR_BEHIND.match(text.folded, _view(text, one.end))
    return found[1] if found else None


def _near(rank: int, spots: Sequence[_Spot], text: Text) -> str:
    """The folded words around a mention, up to one of another body: where its issuer, place and term are printed."""
    own = spots[rank]
    later = (spot.start for spot in spots[rank + 1 : rank + 1 + _NEIGHBOURS] if _follows(own, spot))
    earlier = [spot.end for spot in spots[max(0, rank - _NEIGHBOURS) : rank] if spot.end <= own.start]
    before = text.folded[max(0, own.start - _BEFORE, *earlier) : own.start]
    after = text.folded[own.end : min(own.end + _AFTER, next(later, sys.maxsize))].partition(". ")[0]
    opened = max(before.rfind(". "), before.rfind("; "))
    return f"{_joined(before[opened + 2 :] if opened >= 0 else before)} | {_joined(after)}"


def _follows(own: _Spot, other: _Spot) -> bool:
    return other.start >= own.end and other.issuer != own.issuer


def _joined(words: str) -> str:
    return " ".join(words.split())


def _view(text: Text, raw: int) -> int:
    return raw if text.starts is None else bisect_left(text.starts, raw)


def _scenes(citations: Sequence[Citation], scene: Scene) -> list[Scene]:
    """The scene of each mention: what another cited document says was said in its days."""
    days: dict[str, set[Days]] = {}
    for one in citations:
        for said in (one.number, one.name):
            if said and one.date:
                days.setdefault(said, set()).add(Days.of(one.date))
    for one in citations:
        taken = symbol(one.number) if one.number else None
        if one.number and taken and taken.year:
            days.setdefault(one.number, {Days.of(taken.year)})
    holders = {one.name: one for one in citations if one.name and one.from_number}
    return [_scene_of(one, scene, days, holders) for one in citations]


def _scene_of(one: Citation, scene: Scene, days: Mapping[str, set[Days]], holders: Mapping[str, Citation]) -> Scene:
    """The days of the document that says so; of one called by name without a date, those in which it is spoken of."""
    if not one.from_number or not one.name:
        return scene
    holder: Citation | None = one
    for _ in range(_HOLDERS):
        if holder is None or not holder.from_number:
            return scene
        said = days.get(holder.from_number, set())
        if said:
            return replace(scene, days=next(iter(said))) if len(said) == 1 else scene
        named = law_name(holder.from_number)
        adopted = named and named.amending and law_at(named, scene.days)
        if adopted:
            return replace(scene, days=adopted.adopted)
        holder = holders.get(holder.from_number)
    return scene


# --- what other mentions say


def _lent(key: Key, said: Said, scene: Scene) -> Key:
    """The key with the place that the document lends, where none is known."""
    if key.place != UNKNOWN:
        return key
    other = derive(said, scene)
    return other if key.could_be(other) else key


def _shared(keys: Sequence[Key], words: Sequence[str]) -> list[Key]:
    """What the document's other mentions of the same number or name settle: the one complete key that fits."""
    pairs = list(dict.fromkeys(zip(keys, words, strict=True)))
    groups: dict[str, list[tuple[Key, str]]] = {}
    for key, word in pairs:
        groups.setdefault(key.number, []).append((key, word))
        if key.issuer == "dh" and not key.number.startswith("~"):
            groups.setdefault("dh", []).append((key, word))
    settled = {pair: _settled(*pair, groups) for pair in pairs}
    return [settled[pair] for pair in zip(keys, words, strict=True)]


def _settled(key: Key, word: str, groups: Alike) -> Key:
    if key.number == UNKNOWN or (key.complete and not _nameless(key)):
        return key
    alike = [*groups.get(key.number, ()), *(groups.get("dh", ()) if _nameless(key) else ())]
    if len(alike) > _MOST_ALIKE:
        return key
    fits = {other for other, said in alike if other != key and _one_type(key, word, other, said) and _same(key, other)}
    best = {one for one in fits if one.complete} or _widest(fits)
    return best.pop() if len(best) == 1 else key


def _widest(fits: set[Key]) -> set[Key]:
    """Those that no other one fills further."""
    return {one for one in fits if not any(one.could_be(two) for two in fits - {one})}


def _one_type(key: Key, word: str, other: Key, said: str) -> bool:
    """Whether two mentions can be of one type: by their keys, or by the printed words where a key leaves it open."""
    return UNKNOWN not in (key.type, other.type) or word == said


def _same(key: Key, other: Key) -> bool:
    if key.could_be(other):
        return True
    return _nameless(key) and not other.number.startswith("~") and key.but(number=UNKNOWN).could_be(other)


def _nameless(key: Key) -> bool:
    """A congress's document known by its kind only: it takes the number that the document prints for it."""
    return key.issuer == "dh" and key.place not in ("", UNKNOWN) and key.number.startswith("~")


def _defined(citations: Sequence[Citation], keys: Sequence[Key], text: Text) -> list[Key]:
    """Short names that the document defines: "… số 749/QĐ-TTg … (gọi tắt là Đề án 22)", "Luật … (gọi là Luật PPP)"."""
    called = [one.number or (one.name and key.complete) for one, key in zip(citations, keys, strict=True)]
    numbered = sorted((_view(text, one.end), at) for at, one in enumerate(citations) if called[at])
    names = [one.name for one, key in zip(citations, keys, strict=True) if _short(one, key)]
    found = {name: _definition(name, text.folded) for name in list(dict.fromkeys(names))[:_MOST_NAMES] if name}
    out = list(keys)
    for at, one in enumerate(citations):
        place = found.get(one.name or "") if _short(one, keys[at]) else None
        before = bisect_left(numbered, (place, -1)) - 1 if place is not None else -1
        if place is not None and before >= 0 and place - numbered[before][0] < _DEFINED_WITHIN:
            out[at] = keys[numbered[before][1]]
    return out


def _short(one: Citation, key: Key) -> bool:
    if one.number or not one.name or key.complete:
        return False
    name = law_name(one.name)
    return name is None or not versions(name)


def _definition(name: str, folded: str) -> int | None:
    """Where the document says what it calls `name`."""
    short = r"\s+".join(re.escape(word) for word in fold(name).split()[:12])
    match = re.search(rf"(?:goi|viet)\s+(?:tat\s+|chung\s+)?la:?\s+[\"“']?{short}", folded)
    return match.start() if match else None


def _laws(citations: Sequence[Citation], keys: Sequence[Key]) -> list[Key]:
    """A law's name takes the version that the document's other mentions of the name settle."""
    names: Iterable[str | None] = (
        found.words if one.name and (found := law_name(one.name)) else None for one in citations
    )
    called = list(names)
    settled: dict[str, set[Key]] = {}
    for one, key, name in zip(citations, keys, called, strict=True):
        if name and key.complete and _settles(one):
            settled.setdefault(name, set()).add(key)
    out = list(keys)
    for at, (one, name) in enumerate(zip(citations, called, strict=True)):
        same = settled.get(name or "", set())
        if len(same) == 1 and _plain(one) and not (one.from_number and keys[at].complete):
            out[at] = next(iter(same))
    return out


def _plain(one: Citation) -> bool:
    """Whether the name alone is printed, without number, date or year."""
    found = law_name(one.name or "")
    return not (one.number or one.date or (found and found.year))


def _settles(one: Citation) -> bool:
    return bool(one.number or one.date or (one.relation in _CARRIES_OUT and not one.from_number))
