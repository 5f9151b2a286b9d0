"""Cuts a document into the blocks that people see: headings, items, paragraphs and table cells, with their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from ingest.clean import Text
from ingest.lines import Line, read_lines
from ingest.tables import table

_TERMINAL = ".;:!?…"
_CLOSERS = " \t\"”’'»)]}*_"
_WINDOW = 80
_WIDEST = 140


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
    return re.compile("|".join(pattern.pattern for pattern in _zone_patterns().values()))


def marker_at(text: Text, start: int, end: int) -> tuple[str, int, int]:
    """Family, start and end of the marker that opens the line at `start`: "1. Giao Sở" → ("decimal", 0, 2).

    ("", start, start) when the line opens with words.
    """
    stop = min(end, start + _WINDOW)
    if not _opening().match(text.folded, start, stop):
        return "", start, start
    best: tuple[int, str, int] | None = None
    for view, pattern in ((text.flat, _any_marker(True)), (text.folded, _any_marker(False))):
        found = pattern.match(view[start:stop])
        if found and found.lastgroup:
            rank = _ranks()[found.lastgroup]
            if best is None or rank < best[0]:
                best = rank, found.lastgroup, start + len(found.group().rstrip())
    return (best[1], start, best[2]) if best else ("", start, start)


def split_blocks(text: Text) -> tuple[Block, ...]:
    """The blocks of `text` in order, wrapped lines joined, sentences that a page break cuts healed; linear time."""
    lines = read_lines(text)
    blocks = [_block(text, run) for run in _runs(text, lines)]
    return tuple(_nested(text, blocks))


def _runs(text: Text, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Lines that belong together."""
    run: list[Line] = []
    style = _style(text, lines)
    for line in lines:
        if run and not _joins(text, run, line, style):
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
        if not after.gap and line.table < 0 and text.clean[after.start].islower()
    )
    adjacent = sum(not line.gap for line in lines)
    free = sum(line.table < 0 for line in lines)
    wrapped = len(needs) * 8 > free and needs[len(needs) // 2] < _WIDEST
    return _Style(needs[len(needs) // 2] - 4 if wrapped else 0, (len(lines) - adjacent) * 8 > len(lines))


def _first_word(text: Text, line: Line) -> str:
    return text.clean[line.start : line.start + 30].split(None, 1)[0]


def _joins(text: Text, run: list[Line], line: Line, style: _Style) -> bool:
    """Whether `line` goes on with the block that `run` has opened."""
    last = run[-1]
    if (last.table, last.row, last.column) != (line.table, line.row, line.column):
        return False
    if text.folded.startswith("noi nhan", line.start):
        return False
    if line.heading or (last.heading and not line.gap) or line.rule or last.rule:
        return False
    family = marker_at(text, line.start, line.end)[0]
    if family and not _mid_phrase(text, last, line, family):
        return False
    closed = _closed(text, last)
    small = text.clean[line.start].islower()
    if line.gap:
        return not closed and (small or hangs(text, last.start, last.end) or _same_heading(text, run, line))
    if small or run[-1].bold_open:
        return True
    if not style.width:
        return not closed and last.hard_break
    if not closed:
        return last.bold == line.bold
    return _fills(text, last, line, style)


def _mid_phrase(text: Text, last: Line, line: Line, family: str) -> bool:
    """What looks like a marker goes on with the line before: "giai đoạn 2021 / - 2025", "Nghị quyết số / 20. …"."""
    if family == "dash":
        return bool(re.match(r"-\s*\d", text.flat[line.start : line.start + 6])) and text.flat[last.end - 1].isdigit()
    return not line.gap and family in ("decimal", "letter", "roman") and hangs(text, last.start, last.end, commas=False)


def _closed(text: Text, line: Line) -> bool:
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


def _block(text: Text, run: list[Line]) -> Block:
    first, last = run[0], run[-1]
    family, _, end = marker_at(text, first.start, last.end)
    body = end
    while body < last.end and text.flat[body] in " \t":
        body += 1
    kind = _kind(first, family)
    bold_end = last.end if first.heading else _bold_end(text, first, body, last.end)
    return Block(
        first.start, last.end, kind, text.clean[first.start : end].strip("*_# "), family, body, max(body, bold_end),
        table=first.table, row=first.row, column=first.column,
    )  # fmt: skip


def _kind(first: Line, family: str) -> str:
    if first.rule:
        return "rule"
    if first.table >= 0:
        return "cell"
    return "heading" if first.heading else "item" if family else "paragraph"


def _bold_end(text: Text, first: Line, body: int, end: int) -> int:
    """Where the bold run that opens the block ends: "**1. Sở Nội vụ **(Cơ quan …)" ends after "vụ"."""
    marks = text.clean[first.outer : first.start]
    between = text.clean[first.start : body]
    inside = (marks.count("**") + between.count("**")) % 2 == 1
    if not inside:
        return body
    close = text.clean.find("**", body, end)
    return end if close < 0 else len(text.flat[:close].rstrip()) if close - body < 2 else _trim(text, body, close)


def _trim(text: Text, start: int, end: int) -> int:
    while end > start and text.flat[end - 1] == " ":
        end -= 1
    return end


def _zones(text: Text, blocks: list[Block]) -> list[str]:
    """The part of the document that each block stands in."""
    patterns = _zone_patterns()
    zone = "body"
    said: list[str] = []
    begins = _letterhead(text, blocks)
    for index, block in enumerate(blocks):
        opening = text.folded[block.start : min(block.end, block.start + _WINDOW)]
        zone = _next_zone(zone, opening, block, patterns)
        said.append("front" if index < begins else zone)
    return said


def _letterhead(text: Text, blocks: list[Block]) -> int:
    """The index of the block where the letterhead begins, after a web site's catalogue box; 0 without such a box."""
    patterns = _zone_patterns()
    boxed = any(patterns["catalogue"].match(text.folded[block.start : block.start + 30]) for block in blocks[:12])
    if not boxed:
        return 0
    for index, block in enumerate(blocks):
        if patterns["letterhead"].match(text.folded[block.start : min(block.end, block.start + _WINDOW)]):
            back = index
            while back and index - back < 6 and _in_capitals(text, blocks[back - 1]):
                back -= 1
            return back
    return 0


def _in_capitals(text: Text, block: Block) -> bool:
    return block.kind == "rule" or text.flat[block.start : block.end].isupper()


def _next_zone(zone: str, opening: str, block: Block, patterns: dict[str, re.Pattern[str]]) -> str:
    if zone == "furniture":
        return zone
    if _any_zone().match(opening):
        if patterns["furniture"].match(opening):
            return "furniture"
        for name in ("recipients", "addressees", "signature"):
            if patterns[name].match(opening) and not (name == "addressees" and zone != "body"):
                return name
        if zone in ("recipients", "signature") and patterns["annex"].match(opening):
            return "annex"
    long = block.end - block.start > _WINDOW
    if zone == "addressees" and ((long and block.family not in ("dash", "plus")) or block.family in _strong()):
        return "body"
    return zone


@dataclass(frozen=True, slots=True)
class _Step:
    """A block that later ones may stand under; `holds` when plain paragraphs do."""

    family: str
    index: int
    holds: bool


def _nested(text: Text, blocks: list[Block]) -> Iterator[Block]:
    """Each block with its zone and parent: markers nest in the order of their first use, paragraphs under headings."""
    stack: list[_Step] = []
    for index, (block, zone) in enumerate(zip(blocks, _zones(text, blocks), strict=True)):
        if block.kind == "rule" or zone not in ("body", "annex"):
            yield _placed(block, zone, 0, -1)
            continue
        family = block.family or _unmarked(block)
        _pop(stack, family)
        yield _placed(block, zone, len(stack), stack[-1].index if stack else -1)
        if block.kind != "cell" or block.family or block.end - block.start > _WINDOW:
            stack.append(_Step(family, index, _holds(text, block, family)))


def _placed(block: Block, zone: str, level: int, parent: int) -> Block:
    return Block(
        block.start, block.end, block.kind, block.marker, block.family, block.body, block.bold_end,
        level, parent, zone, block.table, block.row, block.column,
    )  # fmt: skip


def _unmarked(block: Block) -> str:
    if block.kind == "heading":
        return "head"
    return "bold" if block.bold and block.end - block.start < 2 * _WINDOW else "text"


def _holds(text: Text, block: Block, family: str) -> bool:
    """Plain paragraphs stand under headings and under items that end in a colon."""
    colon = text.clean[max(block.body, block.end - 4) : block.end].rstrip(_CLOSERS).endswith(":")
    return family in _strong() or family in ("head", "bold") or (colon and family != "text")


_ORDER = {"annex": 0, "part": 1, "chapter": 2, "section": 3}


def _pop(stack: list[_Step], family: str) -> None:
    """Drop what the new block does not stand under."""
    names = [step.family for step in stack]
    if family == "text":
        while stack and not stack[-1].holds:
            stack.pop()
    elif family in names:
        del stack[names.index(family) :]
    elif family in _ORDER:
        keep = sum(1 for name in names if name in _ORDER and _ORDER[name] < _ORDER[family])
        del stack[keep:]
