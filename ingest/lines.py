"""Reads the physical lines of a document: their words, their Markdown marks and the table cell they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.clean import Text

_Place = tuple[int, int, int]
_RULE = re.compile(r"[-=_*.\s—]{3,}$")
_NUMBERED = re.compile(r"(?:\d{1,3}|[ivxl]{1,5}|[a-z]|-)[.)]?$")
_PAIRS = re.compile(r"kinh gui|noi nhan")
_SIGNS = re.compile(r"(?:tm|kt|tl|tuq)\s?\.|t/m|k/t|t/l|noi nhan")


class Line(NamedTuple):
    """One line with words: `start:end` trimmed of marks, `outer` where it begins, `gap` a blank line before it."""

    start: int
    end: int
    outer: int
    gap: bool = False
    heading: bool = False
    bold: bool = False
    bold_open: bool = False
    hard_break: bool = False
    rule: bool = False
    table: int = -1
    row: int = -1
    column: int = -1


def read_lines(text: Text) -> list[Line]:
    """The lines of `text` that hold words, headings on one line parted ("**I- A****1- B**"), told by cell."""
    return list(_cells(text, _rows(text)))


class _Raw(NamedTuple):
    start: int
    end: int
    pipe: bool = False
    blank: bool = False


def _rows(text: Text) -> Iterator[_Raw]:
    at, size = 0, len(text.clean)
    while at < size:
        end = text.clean.find("\n", at)
        end = size if end < 0 else end
        words = text.flat[at:end].strip()
        yield _Raw(at, end, not words and "|" in text.clean[at:end], not words)
        at = end + 1


def _cells(text: Text, rows: Iterator[_Raw]) -> Iterator[Line]:
    grid = _Grid()
    gap, inside = False, False
    for raw in rows:
        if raw.pipe:
            grid.pipe(gap)
            inside = False
        elif raw.blank:
            stars = text.clean.count("**", raw.start, raw.end) % 2 == 1
            gap, inside = gap or not stars, stars
            continue
        elif _is_markdown_row(text, raw):
            yield from grid.markdown(text, raw)
        else:
            for line in _lines(text, raw, inside, gap, grid.words(text, raw, gap)):
                inside = line.bold_open
                yield line
        gap = False


def _is_markdown_row(text: Text, raw: _Raw) -> bool:
    line = text.clean[raw.start : raw.end].strip()
    return line.startswith("|") and line.count("|") >= 2


def _lines(text: Text, raw: _Raw, inside: bool, gap: bool, place: _Place) -> Iterator[Line]:
    """The line, or its parts where two bold headings were run together."""
    start = raw.start
    while (cut := text.clean.find("****", start, raw.end)) >= 0 and text.flat[start:cut].strip():
        yield _line(text, _Raw(start, cut + 2), inside, gap, place)
        start, gap, inside = cut + 2, True, False
    if text.flat[start : raw.end].strip() or start == raw.start:
        yield _line(text, _Raw(start, raw.end), inside, gap, place)


def _line(text: Text, raw: _Raw, inside: bool, gap: bool, place: _Place) -> Line:
    outer, end = raw.start, raw.end
    printed = text.clean[outer:end]
    words = text.flat[outer:end]
    start = end - len(words.lstrip(" "))
    stop = max(start, outer + len(words.rstrip(" \t")))
    odd = printed.count("**") % 2 == 1
    opens = "**" in text.clean[outer:start] or inside
    closes = (inside or odd) if "**" not in text.clean[stop:end] else True
    bold = opens and closes and "**" not in text.clean[start:stop]
    return Line(
        start, stop, outer, gap, printed.lstrip().startswith("#"), bold, inside != odd, printed.endswith("  "),
        bool(_RULE.match(text.clean[start:stop])) or start == stop, *place,
    )  # fmt: skip


class _Grid:
    """Where the reader stands in a table whose bars stand on lines of their own; filled line by line.

    A single bar parts two cells, two bars end a row; more bars are empty cells. The first row tells the width.
    """

    def __init__(self) -> None:
        self.table, self.row, self.column, self.columns = -1, 0, 0, 0
        self.open, self.bars, self.signed, self.width = False, 0, False, 0

    def pipe(self, gap: bool) -> None:
        """A line with a bar alone."""
        if gap and self.bars:
            self.open = False
        self.bars = 1 if not self.open and not self.bars else self.bars + 1
        if gap and not self.open:
            self.bars = 1

    def words(self, text: Text, raw: _Raw, gap: bool) -> _Place:
        """The cell of a line with words; (-1, -1, -1) outside."""
        if not self.bars:
            return (self.table, self.row, self.column) if self.open else (-1, -1, -1)
        bars, self.bars = self.bars, 0
        folded = text.folded[raw.start : raw.end].strip()
        if not self.open:
            self._begin()
        elif not self._advance(bars, gap, folded):
            self.open = False
            return (-1, -1, -1)
        if not self.row and not self.column and _PAIRS.match(folded):
            self.columns = self.columns or 2
        self.signed = self.signed or bool(_SIGNS.match(folded))
        return self.table, self.row, self.column

    def _begin(self) -> None:
        self.table, self.row, self.column, self.columns = self.table + 1, 0, 0, 0
        self.open, self.signed = True, False

    def _advance(self, bars: int, gap: bool, folded: str) -> bool:
        """Move to the next cell; False when the table has ended."""
        done = self.column + 1
        if not self.columns:
            if bars == 1:
                self.column = done
                return not gap and not (self.signed and done >= 2)
            self.columns = done
        left = max(0, self.columns - done)
        if bars == 1 and not left:
            return False
        if bars == 1:
            self.column = done
        elif bars >= left + 2:
            self.row, self.column = self.row + 1, bars - left - 2
        elif _NUMBERED.match(folded):
            self.row, self.column = self.row + 1, 0
        else:
            self.column = min(self.column + bars, self.columns - 1)
        return not gap

    def markdown(self, text: Text, raw: _Raw) -> Iterator[Line]:
        """The cells of a row written on one line: "| 1 | Rà soát | Sở Tài chính |"."""
        if not self.width:
            self.table, self.row = self.table + 1, -1
        self.open, self.bars = False, 0
        if not text.flat[raw.start : raw.end].strip(" -:"):
            return
        self.row += 1
        bars = [at for at in range(raw.start, raw.end) if text.clean[at] == "|"]
        self.width = len(bars)
        for column, (left, right) in enumerate(zip(bars, [*bars[1:], raw.end], strict=False)):
            if text.flat[left + 1 : right].strip():
                yield _line(text, _Raw(left + 1, right), False, False, (self.table, self.row, column))
