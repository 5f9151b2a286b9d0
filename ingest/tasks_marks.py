"""Finds in one pass over a text what the reading of tasks asks for: sentences, cues, words that can begin an order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.bodies_words import Words, alternatives, name_opening
from ingest.header_lines import UPPER
from ingest.patterns import compiled
from ingest.tables import table

# A pattern for each mark, which is found by it much quicker than by a choice of marks.
_SENTENCE = tuple(
    re.compile(rf"{mark}(?:(?<=[^\W\d_].)(?<![A-ZĐ]\.)|(?<=[)\d”\"][.!?]))(\s+)(?=[“\"(*]?{UPPER})")
    for mark in (r"\.", "!", r"\?", "…")
)


@cache
def order_words(*names: str) -> re.Pattern[str]:
    """The words of some lists of the table of tasks as one pattern."""
    said = table("tasks")
    return re.compile(rf"(?:{alternatives(phrase for name in names for phrase in said[name])})(?![^\W_])")


def cue_pattern() -> re.Pattern[str]:
    """The words that hand out a task: "giao", "yêu cầu", "đề nghị"."""
    return order_words("order", "request")


def sentences(words: Words, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a span, trimmed."""
    at = start
    gaps = marks_of(words).gaps
    for number in range(bisect_left(gaps, (start,)), len(gaps)):
        stop, behind = gaps[number]
        if behind >= end:
            break
        yield at, stop
        at = behind
    if at < end:
        yield at, end


@dataclass(frozen=True, slots=True)
class Marks:
    """What a text holds, by offset: gaps between sentences, cues, those of them that a body may follow, fronts, and
    `signs`: such a cue, or what can begin an order behind a mark or "thì".
    """

    gaps: list[tuple[int, int]]
    cues: list[int]
    handing: list[int]
    fronts: list[int]
    signs: list[int]


def has_cue(words: Words, start: int, end: int) -> bool:
    """Whether a cue stands in the span."""
    return _within(marks_of(words).cues, start, end)


def hands_out(words: Words, start: int, end: int) -> bool:
    """Whether a cue stands in the span that a body may follow."""
    return _within(marks_of(words).handing, start, end)


def last_sign(words: Words, start: int, end: int) -> int:
    """Up to where something in the span could tell a body to act; less than `start` when nothing does."""
    marks = marks_of(words)
    if _within(marks.fronts, start, end) and _goes_on(words, start, end):
        return end
    before = bisect_left(marks.signs, end) - 1
    return marks.signs[before] if before >= 0 else -1


def _within(places: list[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def marks_of(words: Words) -> Marks:
    """The marks of a text, found when first asked for."""
    if "marks" not in words.read:
        words.read["marks"] = _marks(words)
    marks: Marks = words.read["marks"]
    return marks


def _marks(words: Words) -> Marks:
    gaps = sorted([found.span(1) for mark in _SENTENCE for found in mark.finditer(words.flat)])
    cues, fronts = _places(words, _cores()), list[int]()
    handing = [at for at in cues if _handing().match(words.low, at)]
    signs = handing + [found.start() for found in compiled("thì").finditer(words.low)]
    for opening in _openings():
        for found in opening.finditer(words.low):
            (fronts if found.lastgroup == "front" else signs).append(found.start())
    return Marks(gaps, cues, handing, sorted(fronts), sorted(signs))


@cache
def _beginning() -> str:
    """The pattern of what a clause that tells somebody to act can begin with, cues apart."""
    fronts, concerning = alternatives(table("tasks")["fronts"]), alternatives(table("tasks")["heading_fronts"])
    return rf"[\s“\"*]*(?:(?P<name>(?:(?:{concerning})\s+)?{name_opening()})|(?P<front>(?:{fronts})(?![^\W_])))"


@cache
def _openings() -> tuple[re.Pattern[str], ...]:
    """Such a beginning behind each mark that is no comma."""
    return tuple(re.compile(mark + _beginning()) for mark in (";", ":", r"\.", "!", r"\?", "…"))


@cache
def _joints() -> tuple[re.Pattern[str], ...]:
    """What a body may follow in a sentence that a front opens: a comma, or "vướng mắc"."""
    troubles = (re.compile(alternatives([trouble])) for trouble in table("tasks")["troubles"])
    return re.compile(rf",[\s“\"*]*{name_opening()}"), *troubles


def _goes_on(words: Words, start: int, end: int) -> bool:
    """Whether a body may follow in the span, if a front opens it."""
    return any(joint.search(words.low, start, end) for joint in _joints())


def _places(words: Words, phrases: Sequence[re.Pattern[str]]) -> list[int]:
    """Where the phrases stand; one after the other, for a phrase alone is found by its letters."""
    return sorted([found.start() for phrase in phrases for found in phrase.finditer(words.low)])


@cache
def _core_words() -> tuple[str, ...]:
    """The cues that hold no other: "đề nghị", not "kính đề nghị"."""
    cues = {phrase for name in ("order", "request") for phrase in table("tasks")[name]}
    return tuple(sorted(cue for cue in cues if not any(other in cue for other in cues - {cue})))


@cache
def _cores() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(alternatives([core])) for core in _core_words())


@cache
def _handing() -> re.Pattern[str]:
    """A cue from its core on, with what a body begins with behind it: "đề nghị: các sở"."""
    cues = [phrase for name in ("order", "request") for phrase in table("tasks")[name]]
    tails = [cue[found.start() :] for core in _core_words() for cue in cues for found in re.finditer(core, cue)]
    return re.compile(rf"(?:{alternatives(tails)})(?![^\W_])\s*:?\s*{name_opening(false_heads=True)}")


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(_beginning())


def quiet(words: Words, start: int, end: int) -> bool:
    """Whether the span neither holds nor begins with what could tell a body to act."""
    marks = marks_of(words)
    if _within(marks.signs, start, end):
        return False
    begun = _begins().match(words.low, start, end)
    if begun is not None and begun.lastgroup == "name":
        return False
    fronted = begun is not None or _within(marks.fronts, start, end)
    return not (fronted and _goes_on(words, start, end))
