"""Judgements on readings: a reading is corrected, given its keys again, and given the keys that people decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from graph.judgement import CORRECT, KEY, BadJudgement, Judgement, checked, corrected, keyed
from graph.key import UNKNOWN, Key
from graph.library import Library
from graph.model import Change, Reading
from graph.projection import merged
from graph.projection_claims import ORGANIZATION
from graph.store import Store
from ingest.clean import clean
from ingest.key import with_keys
from ingest.shipped import shipped


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of judgements: how many are new, were there already, and cannot be applied here (and why)."""

    new: int
    known: int
    dangling: tuple[tuple[Judgement, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Undone:
    """The ids of judgements that were forgotten, and those that there are none of."""

    undone: tuple[str, ...]
    unknown: tuple[str, ...]


def judged(said: Reading, text: str, judgements: Iterable[Judgement]) -> Reading | None:
    """The reading as people judged it, None when they changed nothing of it."""
    decisions = [one for one in judgements if one.what in (CORRECT, KEY)]
    if not decisions:
        return None
    reading = corrected(said, decisions)
    if reading != said:
        reading = with_keys(reading, clean(text))
    reading = keyed(reading, decisions)
    return None if reading == said else reading


def sound(judgement: Judgement) -> Judgement:
    """The judgement, when it can be applied to something and gives no key of a type that the tables do not know.

    Raises `BadJudgement`.
    """
    checked(judgement)
    for key in filter(None, (judgement.key, judgement.other)):
        if not key.startswith(ORGANIZATION) and (kind := Key.parse(key).type) != UNKNOWN and not shipped().kind(kind):
            raise BadJudgement(f"{key}: there is no type of document {kind!r}")
    return judgement


def judge(library: Library, store: Store, judgements: Sequence[Judgement]) -> Judged:
    """Keep judgements and bring the graph to what they say. Raises `BadJudgement` (and keeps none)."""
    given = {one.id: sound(one) for one in judgements}
    known = [id for id in given if library.judgement(id)]
    new = [one for id, one in given.items() if id not in known]
    _apply(library, new, [])
    library.settle(store)
    loose = [(one.judgement, one.why) for one in library.dangling() if one.judgement.id in given]
    return Judged(len(new), len(known), tuple(loose))


def take_back(library: Library, store: Store, ids: Sequence[str]) -> Undone:
    """`undo`, with what was forgotten."""
    ids = tuple(dict.fromkeys(ids))
    unknown = undo(library, store, ids)
    return Undone(tuple(id for id in ids if id not in unknown), unknown)


def undo(library: Library, store: Store, ids: Sequence[str]) -> tuple[str, ...]:
    """Forget judgements, and give the ids that there are none of."""
    found = [id for id in ids if library.judgement(id)]
    _apply(library, [], found)
    library.settle(store)
    return tuple(id for id in ids if id not in found)


def _apply(library: Library, new: Sequence[Judgement], gone: Sequence[str]) -> None:
    with library.writing():
        before = [one for id in gone if (one := library.judgement(id))]
        changes = [library.judge(shipped(), new, gone)]
        sources = {one.source for one in (*new, *before) if one.source and one.what in (CORRECT, KEY)}
        changes += [read_as_judged(library, source) for source in sorted(sources)]
        library.owe(merged(changes))


def read_as_judged(library: Library, source: str) -> Change:
    """Make the reading of a source again from what was read and what was judged; nothing when it is not held."""
    read = library.read(source)
    if read is None:
        return Change()
    reading = judged(read.said, read.text, library.judgements_of(source))
    return Change() if reading == read.judged else library.read_anew(shipped(), replace(read, judged=reading))
