"""Matches the relation cues of `cues.toml` in bounded windows of folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.tables import table

WINDOW = 700


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: the relation it states and where it stands in the view."""

    relation: str
    name: str
    start: int
    end: int


@cache
def _combined(group: str) -> re.Pattern[str]:
    rows = table("cues")[group]
    return re.compile("|".join(rf"(?P<c{at}>\b(?:{row['pattern']}))" for at, row in enumerate(rows)))


@cache
def _rows(group: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.get("relation", ""), row["name"]) for row in table("cues")[group])


def _cue(group: str, found: re.Match[str], shift: int) -> Cue:
    relation, name = _rows(group)[int((found.lastgroup or "c0")[1:])]
    return Cue(relation, name, found.start() + shift, found.end() + shift)


def _last(pattern: re.Pattern[str], words: str) -> re.Match[str] | None:
    last = None
    for found in pattern.finditer(words):
        last = found
    return last


@cache
def rule(name: str) -> re.Pattern[str]:
    """The pattern of that name in the table's `rules`."""
    return re.compile(table("cues")["rules"][name])


@cache
def kinds(name: str) -> frozenset[str]:
    """A set of folded document types: "enacts", "reports"."""
    return frozenset(table("cues")["kinds"][name])


def active(folded: str, start: int, end: int) -> Cue | None:
    """The last cue between `start` and `end` that acts on what follows: "… sửa đổi, bổ sung một số điều của" → AMENDS.

    A cue of a report or a proposal ("tình hình thực hiện", "đề nghị … thay thế") comes back as CITES.
    """
    start = max(start, end - WINDOW)
    window = folded[start:end]
    found = _last(_combined("active"), window)
    if found is None:
        return None
    cue = _cue("active", found, start)
    if re.search(r"\b(?:duoc|bi)\s+$", window[: found.start()]):
        return None
    weakened = weak(window[: found.start()])
    if weakened:
        return Cue("CITES", weakened, cue.start, cue.end)
    return cue


def weak(before: str) -> str:
    """The name of the weakening words that `before` ends with: "tình hình", "đề nghị ban hành Nghị quyết"; else ""."""
    found = _combined("weak").search(before[-160:])
    return _cue("weak", found, 0).name if found else ""


def passive(folded: str, start: int, end: int) -> Cue | None:
    """The passive cue that the text ends with: "… được sửa đổi, bổ sung bởi" → AMENDS."""
    start = max(start, end - 120)
    found = _combined("passive").search(folded[start:end])
    return _cue("passive", found, start) if found else None


def lead(folded: str, start: int, end: int) -> Cue | None:
    """The lead words of the last clause that opens between `start` and `end`: "Căn cứ …; xét" → CITES."""
    start = max(start, end - 4 * WINDOW)
    found = _last(_lead_at(), folded[start:end])
    if found is None:
        return None
    relation, name = _rows("lead")[int((found.lastgroup or "c0")[1:])]
    return Cue(relation, name, found.start() + start, found.end() + start)


def new_lead(gap: str) -> bool:
    """Whether a clause with a lead of its own opens after a semicolon: "…; xét đề nghị của"."""
    found = _last(_lead_at(), gap)
    return found is not None and gap[found.start()] == ";"


@cache
def _lead_at() -> re.Pattern[str]:
    """A lead at the beginning of a sentence or of a clause after a semicolon."""
    return re.compile(r"(?:^[\W\d]{0,12}|;\s*(?:(?:va|dong thoi),?\s+)?)(?:" + _combined("lead").pattern + ")")
