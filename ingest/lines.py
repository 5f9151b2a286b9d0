"""Reads the physical lines of a document: their words, their Markdown marks and the table cell they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.clean import Text, fold_name
from ingest.tables import table

Cell = tuple[int, int, int]
OUTSIDE: Cell = (-1, -1, -1)
_RULE = re.compile(r"[-=_*.\s—]{3,}$")
_NUMBERED = re.compile(r"(?:\d{1,3}|[ivxl]{1,5}|[a-z]|-)[.)]?$")
_PAIRS = re.compile(r"kinh gui|noi nhan")
_TOP = 3_000
_SIGNS = re.compile(r"(?:tm|kt|tl|tuq)\s?\.|t/m|k/t|t/l|noi nhan")


class Line(NamedTuple):
    """One line with words: `start:end` trimmed of marks, `outer` where it begins, `gap` a blank line before it.

    `cell` is the table, row and column that it stands in, `small` whether it begins with a small letter.
    """

    start: int
    end: int
    outer: int
    gap: bool = False
    heading: bool = False
    bold: bool = False
    bold_open: bool = False
    hard_break: bool = False
    rule: bool = False
    cell: Cell = OUTSIDE
    small: bool = False


def read_lines(text: Text) -> list[Line]:
    """The lines of `text` that hold words, headings on one line parted ("**I- A****1- B**"), told by cell."""
    return list(_cells(text))


class _Raw(NamedTuple):
    start: int
    end: int
    printed: str


def _cells(text: Text) -> Iterator[Line]:
    grid = _Grid()
    flat = text.flat
    end, gap, inside = -1, False, False
    for printed in text.clean.split("\n"):
        start = end + 1
        end = start + len(printed)
        words = flat[start:end]
        if not words or words.isspace():
            if "|" not in printed:
                stars = printed.count("**") % 2 == 1
                gap, inside = gap or not stars, stars
                continue
            if len(printed) > 2 and _is_markdown_row(printed):
                grid.close()
            else:
                grid.pipe(gap)
            inside = False
        elif "|" in printed and _is_markdown_row(printed):
            yield from grid.markdown(text, _Raw(start, end, printed))
        else:
            cell = grid.words(text, start, end, gap) if grid.bars or grid.open else OUTSIDE
            if inside or "**" in printed:
                for line in _lines(text, _Raw(start, end, printed), inside, gap, cell):
                    inside = line.bold_open
                    yield line
            else:
                yield _plain(text, start, printed, gap, cell)
        gap = False


def _is_markdown_row(printed: str) -> bool:
    return printed.count("|") >= 2 and printed.lstrip().startswith("|")


def _lines(text: Text, raw: _Raw, inside: bool, gap: bool, cell: Cell) -> Iterator[Line]:
    """The line, or its parts where two bold headings were run together."""
    start = raw.start
    while (cut := text.clean.find("****", start, raw.end)) >= 0 and text.flat[start:cut].strip():
        yield _line(text, _part(text, start, cut + 2), inside, gap, cell)
        start, gap, inside = cut + 2, True, False
    if text.flat[start : raw.end].strip() or start == raw.start:
        yield _line(text, _part(text, start, raw.end), inside, gap, cell)


def _part(text: Text, start: int, end: int) -> _Raw:
    return _Raw(start, end, text.clean[start:end])


def _trimmed(text: Text, raw: _Raw) -> tuple[int, int]:
    words = text.flat[raw.start : raw.end]
    start = raw.end - len(words.lstrip(" "))
    return start, max(start, raw.start + len(words.rstrip(" \t")))


def _plain(text: Text, outer: int, printed: str, gap: bool, cell: Cell) -> Line:
    """A line without bold words, `printed` in `clean` from `outer` on."""
    words = text.flat[outer : outer + len(printed)]
    trimmed = words.lstrip(" ")
    start = outer + len(words) - len(trimmed)
    stop = start + len(trimmed.rstrip(" "))
    heading = "#" in printed and printed.lstrip().startswith("#")
    rule = not trimmed[0].isalnum() and _is_rule(text, start, stop)
    small = trimmed[0].islower()
    return Line(start, stop, outer, gap, heading, False, False, printed.endswith("  "), rule, cell, small)


def _line(text: Text, raw: _Raw, inside: bool, gap: bool, cell: Cell) -> Line:
    """A line where bold words begin or end, or go on from the line before (`inside`)."""
    start, stop = _trimmed(text, raw)
    odd = raw.printed.count("**") % 2 == 1
    opens = "**" in text.clean[raw.start : start] or inside
    closes = (inside or odd) if "**" not in text.clean[stop : raw.end] else True
    bold = opens and closes and "**" not in text.clean[start:stop]
    return Line(
        start, stop, raw.start, gap, raw.printed.lstrip().startswith("#"), bold, inside != odd,
        raw.printed.endswith("  "), _is_rule(text, start, stop), cell, text.clean[start : start + 1].islower(),
    )  # fmt: skip


def _is_rule(text: Text, start: int, stop: int) -> bool:
    return start == stop or (not text.clean[start].isalnum() and bool(_RULE.match(text.clean[start:stop])))


@cache
def _titles() -> frozenset[str]:
    return frozenset(fold_name(row["name"]) for row in table("types")["type"])


def _ends_letterhead(text: Text, start: int, end: int) -> bool:
    """Whether the line stands below a letterhead of cells: "QUYẾT ĐỊNH", "QUY ĐỊNH (BỔ SUNG)", "Kính gửi: …"."""
    if not text.flat[start:end].isupper():
        return text.folded[start:end].lstrip().startswith("kinh gui")
    folded = text.folded[start:end].strip()
    return folded.startswith("kinh gui") or folded.split(" (")[0] in _titles()


class _Grid:
    """Where the reader stands in a table whose bars stand on lines of their own; filled line by line.

    A single bar parts two cells, two bars end a row; more bars are empty cells. The first row tells the width.
    """

    def __init__(self) -> None:
        self.table, self.row, self.column, self.columns = -1, 0, 0, 0
        self.open, self.bars, self.signed, self.width = False, 0, False, 0

    def close(self) -> None:
        """Leave the cell, as at a row without words on one line: "|  |  |" is no bar that opens a cell."""
        self.open, self.bars = False, 0

    def pipe(self, gap: bool) -> None:
        """A line with a bar alone."""
        if gap and self.bars:
            self.open = False
        self.bars = 1 if not self.open and not self.bars else self.bars + 1
        if gap and not self.open:
            self.bars = 1

    def words(self, text: Text, start: int, end: int, gap: bool) -> Cell:
        """The cell of a line with words; (-1, -1, -1) outside."""
        if start < _TOP and self.open and not self.row and _ends_letterhead(text, start, end):
            self.close()
            return OUTSIDE
        if not self.bars:
            return (self.table, self.row, self.column) if self.open else OUTSIDE
        bars, self.bars = self.bars, 0
        folded = text.folded[start:end].strip()
        if not self.open:
            self._begin()
        elif not self._advance(bars, gap, folded):
            self.open = False
            return OUTSIDE
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
        self.close()
        if not text.flat[raw.start : raw.end].strip(" -:"):
            return
        self.row += 1
        bars = [at for at in range(raw.start, raw.end) if text.clean[at] == "|"]
        self.width = len(bars)
        for column, (left, right) in enumerate(zip(bars, [*bars[1:], raw.end], strict=False)):
            if text.flat[left + 1 : right].strip():
                yield _line(text, _part(text, left + 1, right), False, False, (self.table, self.row, column))
