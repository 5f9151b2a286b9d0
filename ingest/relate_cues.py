"""Matches the relation cues of `cues.toml` in bounded windows of folded text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from ingest.clean import Text
from ingest.patterns import compiled
from ingest.tables import table

WINDOW = 700


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue found: the relation it states and where it stands in the view."""

    relation: str
    name: str
    start: int
    end: int

    def within(self, start: int) -> Cue:
        """The cue with offsets counted from `start`."""
        return Cue(self.relation, self.name, self.start - start, self.end - start)


@cache
def _combined(group: str) -> re.Pattern[str]:
    """The rows of a group as one pattern; the group that says which stands last, so that rows are told by a letter."""
    rows = "|".join(f"(?:{row['pattern']})(?P<c{at}>)" for at, row in enumerate(table("cues")[group]))
    return re.compile(rf"\b(?=[a-z])(?:{rows})")


@cache
def _rows(group: str) -> tuple[tuple[str, str], ...]:
    return tuple((row.get("relation", ""), row["name"]) for row in table("cues")[group])


def _cue(group: str, found: re.Match[str], shift: int) -> Cue:
    relation, name = _rows(group)[int((found.lastgroup or "c0")[1:])]
    return Cue(relation, name, found.start() + shift, found.end() + shift)


def hinted(group: str, words: str) -> bool:
    """Whether a row of the group, or the rule, may hold in `words`."""
    return any(map(words.__contains__, _hints(group)))


@cache
def _hints(group: str) -> tuple[str, ...]:
    return tuple(table("cues")["hints"][group])


def _last_lead(words: str) -> re.Match[str] | None:
    """The last lead that opens `words` or a clause after a semicolon in them."""
    last = _lead_at().match(words)
    clauses = compiled(r";|va(?<!\wva)\s+(?=(?:xet|theo)\s+de\s+nghi\b)")
    for clause in clauses.finditer(words, last.end() if last else 0):
        last = _lead_at().match(words, clause.start()) or last
    return last


@cache
def rule(name: str) -> re.Pattern[str]:
    """The pattern of that name in the table's `rules`."""
    return re.compile(table("cues")["rules"][name])


@cache
def marked(name: str) -> re.Pattern[str]:
    """A pattern for the flat text, where accents tell words apart."""
    return re.compile(table("cues")["marked"][name])


@cache
def kinds(name: str) -> frozenset[str]:
    """A set of folded document types: "enacts", "reports"."""
    return frozenset(table("cues")["kinds"][name])


@dataclass(frozen=True, slots=True)
class Cues:
    """The active cues of a document's sentences, in order. A cue weakened by a report or a proposal says CITES."""

    starts: tuple[int, ...] = ()
    cues: tuple[Cue, ...] = ()

    def last(self, start: int, end: int) -> Cue | None:
        """The last cue between `start` and `end`, which acts on what stands at `end`; at most 700 characters back.

        "… sửa đổi, bổ sung một số điều của" → AMENDS, "tình hình thực hiện" → CITES, "được sửa đổi" → None.
        """
        at = bisect_left(self.starts, end) - 1
        while at >= 0 and self.cues[at].end > end:
            at -= 1
        if at < 0 or self.starts[at] < max(start, end - WINDOW):
            return None
        return self.cues[at] if self.cues[at].relation else None

    def opening(self, start: int) -> Cue | None:
        """The cue that begins at `start`."""
        at = bisect_left(self.starts, start)
        return self.cues[at] if at < len(self.starts) and self.starts[at] == start else None


def read_cues(folded: str, spans: Iterable[tuple[int, int]]) -> Cues:
    """The active cues in `spans` of a folded text, which are in order and do not overlap."""
    cues = [_strength(folded, start, found) for start, end in spans for found in _active(folded, start, end)]
    return Cues(tuple(cue.start for cue in cues), tuple(cues))


def _active(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    return _combined("active").finditer(folded, start, end)


def _strength(folded: str, start: int, found: re.Match[str]) -> Cue:
    """The cue with the force that the words before it leave: "được sửa đổi" none, "tình hình thực hiện" CITES."""
    cue = _cue("active", found, 0)
    before = folded[max(start, cue.start - 160) : cue.start]
    if before.rstrip().endswith((" duoc", " bi")):
        return replace(cue, relation="")
    weakened = weak(before)
    if not weakened or (weakened == "proposal" and cue.relation == "IMPLEMENTS"):
        return cue
    return replace(cue, relation="CITES", name=weakened)


def weak(before: str) -> str:
    """The name of the weakening words that `before` ends with: "tình hình", "đề nghị ban hành Nghị quyết"; else ""."""
    found = _combined("weak").search(before) if hinted("weak", before) else None
    return _cue("weak", found, 0).name if found else ""


def passive(folded: str, start: int, end: int) -> Cue | None:
    """The passive cue that the text ends with: "… được sửa đổi, bổ sung bởi" → AMENDS."""
    start = max(start, end - 160)
    words = folded[start:end]
    found = _combined("passive").search(words) if hinted("passive", words) else None
    return _cue("passive", found, start) if found else None


def lead(folded: str, start: int, end: int) -> Cue | None:
    """The lead words of the last clause that opens between `start` and `end`: "Căn cứ …; xét" → CITES."""
    start = max(start, end - 4 * WINDOW)
    found = _last_lead(folded[start:end])
    if found is None:
        return None
    relation, name = _rows("lead")[int((found.lastgroup or "c0")[1:])]
    return Cue(relation, name, found.start() + start, found.end() + start)


def new_lead(gap: str) -> bool:
    """Whether a clause with a lead of its own opens: "…; xét đề nghị của", "… và theo đề nghị của"."""
    found = _last_lead(gap)
    return found is not None and gap[found.start()] in ";v"


@cache
def _body() -> re.Pattern[str]:
    return re.compile(table("cues")["body"]["opens"])


def own_clause(text: Text, start: int, end: int) -> int:
    """Where the last clause begins that has a body as its subject: ", Sở Y tế ban hành"; -1 for none."""
    said = -1
    for found in _body().finditer(text.flat[start:end]):
        after = start + found.end()
        if rule("clause_verb").search(text.folded[after : min(end, after + 130)]):
            said = start + found.start()
    return said


@cache
def _lead_at() -> re.Pattern[str]:
    """A lead at the beginning of a sentence, of a clause after a semicolon, or of a proposal after "và"."""
    opens = r"(?:^[\W\d]{0,12}|;\s*(?:(?:va|dong thoi),?\s+)?|\bva\s+(?=(?:xet|theo)\s+de\s+nghi\b))"
    return re.compile(opens + "(?:" + _combined("lead").pattern + ")")
