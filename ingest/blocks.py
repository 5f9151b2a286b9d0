"""Cuts a document into the blocks that people see: headings, items, paragraphs and table cells, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ingest.clean import Text
from ingest.lines import OUTSIDE, Line, read_lines
from ingest.tables import table

_TERMINAL = ".;:!?…"
_CLOSERS = " \t\"”’'»)]}*_"
_WINDOW = 80
_WIDEST = 140
_RANGE = re.compile(r"-\s*\d")


class Block(NamedTuple):
    """One heading, item, paragraph, table cell or rule (a line of dashes).

    Offsets are into the views; `start:end` is contiguous and trimmed of marks. `marker` is the number or bullet as
    printed ("1.", "a)", "-", "Điều 3.", "Thứ hai,"), `family` its sort, `body` where the words after it begin.
    `bold_end` is the end of the bold run that opens the block (`body` when there is none). `level` counts the
    ancestors, `parent` is the index of the block it stands under, -1 for none. `zone` is front, body, addressees,
    recipients, signature, annex or furniture. A cell carries its table, row and column, -1 elsewhere.
    """

    start: int
    end: int
    kind: str
    marker: str = ""
    family: str = ""
    body: int = 0
    bold_end: int = 0
    level: int = 0
    parent: int = -1
    zone: str = "body"
    table: int = -1
    row: int = -1
    column: int = -1

    @property
    def bold(self) -> bool:
        """Whether the whole block is bold or a Markdown heading."""
        return self.bold_end >= self.end > self.body


@dataclass(frozen=True, slots=True)
class _Marker:
    family: str
    pattern: re.Pattern[str]
    case: bool
    strong: bool


@cache
def _markers() -> tuple[_Marker, ...]:
    rows = table("blocks")["marker"]
    return tuple(
        _Marker(row["family"], re.compile(row["pattern"]), row.get("case", False), row.get("strong", False))
        for row in rows
    )


@cache
def _any_marker(case: bool) -> re.Pattern[str]:
    """Every marker that is told by the flat text (`case`) or by the folded one, the first row first."""
    rows = [marker for marker in _markers() if marker.case == case]
    return re.compile("|".join(f"(?:{marker.pattern.pattern})(?P<{marker.family}>)" for marker in rows))


@cache
def _opening() -> re.Pattern[str]:
    """What every marker begins with, on the folded text: most lines open with words and are not looked at further."""
    return re.compile(table("blocks")["opening"])


@cache
def _ranks() -> dict[str, int]:
    return {marker.family: rank for rank, marker in enumerate(_markers())}


@cache
def _strong() -> frozenset[str]:
    return frozenset(marker.family for marker in _markers() if marker.strong)


@cache
def _open_words() -> tuple[str, ...]:
    return tuple(" " + word for word in table("blocks")["joins"]["open_words"])


@cache
def _zone_patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile("|".join(patterns)) for name, patterns in table("blocks")["zones"].items()}


@cache
def _any_zone() -> re.Pattern[str]:
    return re.compile("(?=[a-z(])(?:" + "|".join(pattern.pattern for pattern in _zone_patterns().values()) + ")")


def marker_at(text: Text, start: int, end: int) -> tuple[str, int, int]:
    """Family, start and end of the marker that opens the line at `start`: "1. Giao Sở" → ("decimal", 0, 2).

    ("", start, start) when the line opens with words.
    """
    stop = min(end, start + _WINDOW)
    if not _opening().match(text.folded, start, stop):
        return "", start, start
    best: re.Match[str] | None = None
    for view, pattern in ((text.flat, _any_marker(True)), (text.folded, _any_marker(False))):
        found = pattern.match(view, start, stop)
        if found and (best is None or _rank(found) < _rank(best)):
            best = found
    return (str(best.lastgroup), start, start + len(best[0].rstrip())) if best else ("", start, start)


def _rank(found: re.Match[str]) -> int:
    return _ranks()[str(found.lastgroup)]


def split_blocks(text: Text) -> tuple[Block, ...]:
    """The blocks of `text` in order, wrapped lines joined, sentences that a page break cuts healed; linear time."""
    runs = list(_runs(text, read_lines(text)))
    reader, begins = _Reader(text), _letterhead(text, runs)
    return tuple(reader.block(index, run, index < begins) for index, run in enumerate(runs))


def _runs(text: Text, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together."""
    run: list[Line] = []
    style = _style(text, lines)
    for line in lines:
        if run and not (_may_join(text, run, line, style) and not _parted(text, run[-1], line)):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


@dataclass(frozen=True, slots=True)
class _Style:
    """How a file was laid out: lines wrapped at `width` (0: not wrapped), paragraphs parted by blank lines or not."""

    width: int
    spaced: bool


def _style(text: Text, lines: Sequence[Line]) -> _Style:
    """Wrapped files tell their width by the lines that a small letter goes on after."""
    needs = sorted(
        line.end - line.start + 1 + len(_first_word(text, after))
        for line, after in pairwise(lines)
        if after.small and not after.gap and line.cell == OUTSIDE
    )
    free = [line.cell for line in lines].count(OUTSIDE)
    wrapped = len(needs) * 8 > free and needs[len(needs) // 2] < _WIDEST
    spaced = [line.gap for line in lines].count(True) * 8 > len(lines)
    return _Style(needs[len(needs) // 2] - 4 if wrapped else 0, spaced)


def _first_word(text: Text, line: Line) -> str:
    return text.clean[line.start : line.start + 30].split(None, 1)[0]


def _may_join(text: Text, run: list[Line], line: Line, style: _Style) -> bool:
    """Whether the letters and the layout let `line` go on with the block that `run` has opened."""
    last = run[-1]
    if line.gap:
        return not _closed(text, last) and (
            line.small or hangs(text, last.start, last.end) or _same_heading(text, run, line)
        )
    if line.small or last.bold_open:
        return True
    if not style.width:
        return last.hard_break and not _closed(text, last)
    if not _closed(text, last):
        return last.bold == line.bold
    return _fills(text, last, line, style)


def _parted(text: Text, last: Line, line: Line) -> bool:
    """Whether `line` opens a block of its own: in another cell, a heading, a rule, or after a marker."""
    if last.cell != line.cell or line.heading or (last.heading and not line.gap) or line.rule or last.rule:
        return True
    if not _opening().match(text.folded, line.start, min(line.end, line.start + _WINDOW)):
        return text.folded.startswith("noi nhan", line.start)
    family = marker_at(text, line.start, line.end)[0]
    return bool(family) and not _mid_phrase(text, last, line, family)


def _mid_phrase(text: Text, last: Line, line: Line, family: str) -> bool:
    """What looks like a marker goes on with the line before: "giai đoạn 2021 / - 2025", "Nghị quyết số / 20. …"."""
    if family == "dash":
        ranged = _RANGE.match(text.flat, line.start, line.start + 6)
        return ranged is not None and text.flat[last.end - 1].isdigit()
    return not line.gap and family in ("decimal", "letter", "roman") and hangs(text, last.start, last.end, commas=False)


def _closed(text: Text, line: Line) -> bool:
    if text.clean[line.end - 1].isalnum():
        return False
    tail = text.clean[max(line.start, line.end - 12) : line.end].rstrip(_CLOSERS)
    return not tail or tail[-1] in _TERMINAL


def hangs(text: Text, start: int, end: int, commas: bool = True) -> bool:
    """Whether the words of the span want more: they end in "của", "ngày", "giai đoạn", a comma or a dash."""
    tail = " " + text.flat[max(start, end - 12) : end].rstrip().lower()
    return (commas and tail[-1] in ",-(/") or tail.endswith(_open_words())


def _same_heading(text: Text, run: list[Line], line: Line) -> bool:
    """A bold heading that a page break has cut: numbered and long, then bold words without a number."""
    long = run[-1].end - run[0].start >= 60
    return long and run[0].bold and line.bold and bool(marker_at(text, run[0].start, run[0].end)[0])


def _fills(text: Text, last: Line, line: Line, style: _Style) -> bool:
    """A sentence that ends where the line ends: the paragraph goes on when the next word would not have fitted."""
    if text.clean[max(last.start, last.end - 4) : last.end].rstrip(_CLOSERS).endswith(":"):
        return False
    if style.spaced:
        return True
    return last.end - last.start + 1 + len(_first_word(text, line)) >= style.width


def _kind(first: Line, family: str) -> str:
    if first.rule:
        return "rule"
    if first.cell != OUTSIDE:
        return "cell"
    return "heading" if first.heading else "item" if family else "paragraph"


def _bold_end(text: Text, first: Line, body: int, end: int) -> int:
    """Where the bold run that opens the block ends: "**1. Sở Nội vụ **(Cơ quan …)" ends after "vụ"."""
    if first.heading:
        return end
    marks = text.clean.count("**", first.outer, first.start) + text.clean.count("**", first.start, body)
    if marks % 2 == 0:
        return body
    close = text.clean.find("**", body, end)
    return end if close < 0 else len(text.flat[:close].rstrip()) if close - body < 2 else _trim(text, body, close)


def _trim(text: Text, start: int, end: int) -> int:
    while end > start and text.flat[end - 1] == " ":
        end -= 1
    return end


def _letterhead(text: Text, runs: list[list[Line]]) -> int:
    """The index of the block where the letterhead begins, after a web site's catalogue box; 0 without such a box."""
    patterns = _zone_patterns()
    boxed = any(
        patterns["catalogue"].match(text.folded, run[0].start, min(run[-1].end, run[0].start + 30)) for run in runs[:12]
    )
    if not boxed:
        return 0
    for index, run in enumerate(runs):
        if patterns["letterhead"].match(text.folded, run[0].start, min(run[-1].end, run[0].start + _WINDOW)):
            back = index
            while back and index - back < 6 and _in_capitals(text, runs[back - 1]):
                back -= 1
            return back
    return 0


def _in_capitals(text: Text, run: list[Line]) -> bool:
    return run[0].rule or text.flat[run[0].start : run[-1].end].isupper()


class _Step(NamedTuple):
    """A block that later ones may stand under; `holds` when plain paragraphs do."""

    family: str
    at: int
    holds: bool


@dataclass(slots=True)
class _Reader:
    """Where the reader of the blocks stands: in which zone, and under which blocks.

    Markers nest in the order of their first use, paragraphs under headings.
    """

    text: Text
    zone: str = "body"
    above: list[_Step] = field(default_factory=list)

    def block(self, index: int, run: list[Line], front: bool) -> Block:
        """The block that `run` makes; `front` where it stands before the letterhead."""
        text, first, end = self.text, run[0], run[-1].end
        family, start, stop = marker_at(text, first.start, end)
        body = stop
        while family and body < end and text.flat[body] == " ":
            body += 1
        kind, bold_end = _kind(first, family), max(body, _bold_end(text, first, body, end))
        self.zone = _next_zone(text, self.zone, (start, end), family)
        zone = "front" if front else self.zone
        level, parent = 0, -1
        if kind != "rule" and zone in ("body", "annex"):
            sort = family or _unmarked(kind, end - start, bold_end >= end > body)
            _pop(self.above, sort)
            level, parent = len(self.above), self.above[-1].at if self.above else -1
            if kind != "cell" or family or end - start > _WINDOW:
                self.above.append(_Step(sort, index, _holds(text, body, end, sort)))
        return Block(
            start, end, kind, text.clean[start:stop].strip("*_# "), family, body, bold_end,
            level, parent, zone, *first.cell,
        )  # fmt: skip


def _next_zone(text: Text, zone: str, span: tuple[int, int], family: str) -> str:
    """The part of the document that the block of `span` stands in, after `zone`."""
    if zone == "furniture":
        return zone
    start, stop = span[0], min(span[1], span[0] + _WINDOW)
    if _any_zone().match(text.folded, start, stop):
        opened = {name for name, pattern in _zone_patterns().items() if pattern.match(text.folded, start, stop)}
        if "furniture" in opened:
            return "furniture"
        for name in ("recipients", "addressees", "signature"):
            if name in opened and not (name == "addressees" and zone != "body"):
                return name
        if zone in ("recipients", "signature") and "annex" in opened:
            return "annex"
    long = span[1] - span[0] > _WINDOW
    if zone == "addressees" and ((long and family not in ("dash", "plus")) or family in _strong()):
        return "body"
    return zone


def _unmarked(kind: str, length: int, bold: bool) -> str:
    if kind == "heading":
        return "head"
    return "bold" if bold and length < 2 * _WINDOW else "text"


def _holds(text: Text, body: int, end: int, family: str) -> bool:
    """Plain paragraphs stand under headings and under items that end in a colon."""
    if family in ("head", "bold") or family in _strong():
        return True
    return family != "text" and text.clean[max(body, end - 4) : end].rstrip(_CLOSERS).endswith(":")


_ORDER = {"annex": 0, "part": 1, "chapter": 2, "section": 3}


def _pop(above: list[_Step], family: str) -> None:
    """Drop what the new block does not stand under."""
    if family == "text":
        while above and not above[-1].holds:
            above.pop()
        return
    names = [step.family for step in above]
    if family in names:
        del above[names.index(family) :]
    elif family in _ORDER:
        keep = sum(1 for name in names if name in _ORDER and _ORDER[name] < _ORDER[family])
        del above[keep:]
