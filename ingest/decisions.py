"""Decisions as people state them: names become sources and keys, the words that were judged are noted."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from graph.judgement import CORRECT, DONE, KEY, NOT_SAME, SAME, BadJudgement, Judgement
from graph.key import BadKey, Key
from graph.library import Library
from graph.library_review import starts_of
from graph.library_rows import Read
from ingest.judging import sound
from ingest.key_query import Malformed, key_of

What = Literal["same", "not-same", "key", "split", "correct", "done"]
_SOURCE = re.compile(r"[0-9a-f]{16}\Z")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as stated; `source` is a source, a path or the key of a held document; keys may be written as words.

    `split`: the mentions of `key` in `source` (and its document itself, where it has that key) mean `other`. Without
    `start` a `key` or `correct` is on the document itself. `value` None takes what is there away.
    """

    what: What
    source: str | None = None
    start: int | None = None
    key: str | None = None
    other: str | None = None
    field: str | None = None
    value: str | None = None
    note: str = ""


def stated(library: Library, decisions: Sequence[Decision], who: str, when: str) -> tuple[Judgement, ...]:
    """The judgements that decisions stand for, signed, with the words they are on. Raises `BadJudgement`."""
    return tuple(sound(one) for said in decisions for one in _judgements(library, said, who, when))


def _judgements(library: Library, said: Decision, who: str, when: str) -> Iterator[Judgement]:
    signed = Judgement("", who=who, when=when, note=said.note)
    if said.what in (SAME, NOT_SAME):
        one, other = _key(said.key, "key"), _key(said.other, "other")
        yield replace(signed, what=said.what, key=one, other=other)
        return
    read = _read(library, said.source)
    placed = replace(signed, source=read.source, start=said.start, quote=_quote(read, said.start, said.what))
    if said.what == "split":
        yield from _split(library, said, read, signed)
    elif said.what == KEY:
        yield replace(placed, what=KEY, key=_key(said.key, "key"))
    elif said.what == CORRECT:
        yield replace(placed, what=CORRECT, field=said.field, value=said.value)
    else:
        yield replace(placed, what=DONE, value=said.value)


def _split(library: Library, said: Decision, read: Read, signed: Judgement) -> Iterator[Judgement]:
    """One judgement a mention, so that each can be undone alone."""
    key, other = _key(said.key, "key"), _key(said.other, "other")
    places = sorted({one.start for one in library.mentions(key) if one.source == read.source} & starts_of(read.said))
    own = (read.judged or read.said).key == key
    if not places and not own:
        raise BadJudgement(f"{read.source} does not mention {key}: nothing is to be split off")
    for start in places:
        yield replace(signed, what=KEY, source=read.source, start=start, key=other, quote=_quote(read, start))
    if own:
        yield replace(signed, what=KEY, source=read.source, key=other)


def _key(words: str | None, name: str) -> str:
    if not words:
        raise BadJudgement(f"give {name}")
    if words.startswith("vn:org:"):
        return words
    try:
        return str(Key.parse(words) if words.startswith("vn:") else key_of(words))
    except (BadKey, Malformed) as bad:
        raise BadJudgement(str(bad)) from bad


def _read(library: Library, name: str | None) -> Read:
    read = library.read(source_named(library, name or ""))
    if read is None:
        raise BadJudgement(f"{name!r} is no source, path or key of a document that is held")
    return read


def source_named(library: Library, name: str) -> str:
    """The source that a name means: itself, what a path holds, the one text of a held document; else "".

    Raises `BadJudgement` where several texts are held.
    """
    if _SOURCE.match(name):
        return name
    for path in (name, os.path.abspath(os.path.expanduser(name))):
        if found := library.source_at(path):
            return found
    held = library.sources_of(library.now(name)) if name.startswith("vn:") else []
    if len(held) > 1:
        listed = ", ".join(row.source for row in held[:_SHOWN])
        raise BadJudgement(f"{name} is held in several texts: name one of {listed}")
    return held[0].source if held else ""


def _quote(read: Read, start: int | None, what: str = KEY) -> str | None:
    """The words around what begins at `start`; only a task can be done."""
    if start is None:
        return None
    reading = read.said
    said = () if what == DONE else (reading.citations, reading.programmes)
    mentions = [one for part in said for one in part if one.start == start]
    tasks = [one for part in (reading.tasks, reading.unassigned) for one in part if one.start == start]
    if mentions:
        return read.text[mentions[0].quote_start : mentions[0].quote_end] or mentions[0].text
    if tasks:
        return read.text[tasks[0].start : tasks[0].end]
    near = sorted(starts_of(reading), key=lambda one: (abs(one - start), one))[:_SHOWN]
    listed = ", ".join(map(str, sorted(near))) or "nowhere"
    raise BadJudgement(f"no mention or task begins at {start} in {read.source}; they begin at {listed}")
