"""The lines of a PDF page as they are seen: letters in the order of the eye, columns apart, with boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from ctypes import create_string_buffer
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from graph.spots import Box
from ingest.grids import CellOf, Grid
from ingest.pdf_letters import COLUMN_GAP, Run, arranged, plain
from ingest.pdf_places import Asked, Sheet, Sides, Span, Whole
from ingest.pdf_rules import grid_of

# A run follows another when it begins at most so many heights before its end; runs are at least so many points high.
_BACK, _LEAST_TALL = 0.3, 4.0
# A page of more lines is not looked through for such as stand side by side: it is taken to have them.
_MOST_LINES = 1_000
_BREAK = re.compile(r"[^\r\n]+")
_PLAIN = re.compile("[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, or its part in one column. `box` is in shares of the page as shown; `bold` is how far its bold runs.

    `cell` is where it stands in a table.
    """

    text: str
    page: int
    box: Box
    bold: int = 0
    cell: CellOf | None = None

    @property
    def tall(self) -> float:
        """The height of the line, as a share of the page."""
        return self.box[3] - self.box[1]


def lines_of_page(text: str, raw: Any, sheet: Sheet, page: Any) -> Iterator[PageLine]:
    """The lines of a text page in the order in which they were set; `text` is all of it, a character an index."""
    asked, look = Asked(raw, sheet), _Look(raw)
    spans = list(_spans(text))
    counts, sides = asked.rectangles(spans)
    spans, counts = [span for span, count in zip(spans, counts, strict=True) if count], counts[counts > 0]
    if not spans:
        return
    ordered, whole = _in_order(counts, sides), list(_wholes(text, spans, counts, sides))
    grid = grid_of(page, sheet) if not all(ordered) or _beside(whole) else None
    if grid:
        ordered = _in_order(counts, sides, grid)
    apart = iter(arranged(text, [span for span, is_so in zip(spans, ordered, strict=True) if not is_so], asked, grid))
    runs = [[one] if is_so else next(apart) for is_so, one in zip(ordered, whole, strict=True)]
    every = [run for line in runs for run in line]
    places = zip(_cells(every, grid), _shares(every, sheet), strict=True)
    for (start, end), is_so, line in zip(spans, ordered, runs, strict=True):
        bare = text[start:end]
        bold = look.bold(bare, start)
        if not is_so and bold < len(bare):
            bold = 0  # its letters are no longer where they were
        for run, (cell, box) in zip(line, places, strict=False):
            said = " ".join(run.text.split())
            if said:
                length = len(said) if bold == len(bare) else len(" ".join(bare[:bold].split()))
                yield PageLine(said, sheet.number, box, length, cell)


def _spans(text: str) -> Iterator[Span]:
    """The lines that say something, without the blanks around them."""
    for found in _BREAK.finditer(text):
        line = found.group()
        if bare := line.strip():
            start = found.start() + len(line) - len(line.lstrip())
            yield start, start + len(bare)


def _shares(runs: Sequence[Run], sheet: Sheet) -> Iterator[Box]:
    """The box of each run, in shares of the page as shown."""
    left, low, right, high = _sides(runs)
    shares = (left / sheet.width, 1 - high / sheet.height, right / sheet.width, 1 - low / sheet.height)
    for a, b, c, d in np.clip(shares, 0.0, 1.0).T.tolist():
        yield round(a, 4), round(b, 4), round(c, 4), round(d, 4)


def _cells(runs: Sequence[Run], grid: Grid | None) -> list[CellOf | None]:
    """The cell in which each run stands."""
    if not grid:
        return [None] * len(runs)
    return [grid.places[number] if number >= 0 else None for number in grid.of(_sides(runs)).tolist()]


def _sides(runs: Sequence[Run]) -> Sides:
    return np.array([(one.left, one.low, one.right, one.high) for one in runs], dtype=float).reshape(-1, 4).T


def _beside(runs: Sequence[Run]) -> bool:
    """Whether any two lines stand side by side."""
    if len(runs) > _MOST_LINES:
        return True
    left, low, right, high = _sides(runs)
    level = (low[:, None] < high) & (low < high[:, None])
    return bool((level & (right[:, None] < left)).any())


def _in_order(counts: Whole, sides: Sides, grid: Grid | None = None) -> list[bool]:
    """Whether the runs of each line follow one another without going back, and with no column between them."""
    left, low, right, high = sides
    ends = np.cumsum(counts)
    tall = np.maximum(np.maximum(high - low, _LEAST_TALL)[1:], (high - low)[:-1])
    level = (low[1:] < high[:-1]) & (low[:-1] < high[1:])
    follows = (right[:-1] - _BACK * tall <= left[1:]) & (left[1:] <= right[:-1] + COLUMN_GAP * tall)
    good = np.concatenate(([True], level & follows))
    if grid:
        cell = grid.of(sides)
        good[1:] &= cell[1:] == cell[:-1]
    good[ends[:-1]] = True  # the first of a line follows none
    within = np.logical_and.reduceat(good, ends - counts)
    return list((within & (right[ends - 1] - left[ends - counts] >= 0)).tolist())


def _wholes(text: str, spans: Sequence[Span], counts: Whole, sides: Sides) -> Iterator[Run]:
    """Each line as one run, as it was set."""
    left, low, right, high = sides
    starts = np.cumsum(counts) - counts
    said = plain(text)
    return map(
        Run,
        [said[start:end] for start, end in spans],
        left[starts].tolist(),
        np.minimum.reduceat(low, starts).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        np.maximum.reduceat(high, starts).tolist(),
    )


class _Look:
    """Asks PDFium which letters of a page are bold, as seldom as can be."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._name = create_string_buffer(128)

    def bold(self, text: str, start: int) -> int:
        """How many letters of a line are bold from its first on; letters with marks may come from another font."""
        first = _PLAIN.search(text)
        if not first or not self._heavy(start + first.start()):
            return 0
        letters = [found.start() for found in _PLAIN.finditer(text)]
        if self._heavy(start + letters[-1]):
            return len(text)
        light = next(at for at in letters if not self._heavy(start + at))
        return text.rfind(" ", 0, light) + 1

    def _heavy(self, index: int) -> bool:
        size = pdfium.FPDFText_GetFontInfo(self._raw, index, self._name, len(self._name), None)
        name = self._name.raw[: max(0, size - 1)].lower()
        return b"bold" in name or b"black" in name or b"heavy" in name
