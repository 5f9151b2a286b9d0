"""The lines of a PDF page as they are seen: letters in the order of the eye, columns apart, with boxes."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from ctypes import c_double, create_string_buffer
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, repeat
from typing import Any, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from graph.spots import Box

# A gap wider than so many heights of the line parts two columns; one wider than the share parts two words.
_COLUMN_GAP, _WORD_GAP, _BLANK_GAP = 1.6, 0.12, 0.04
_SIGNS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0xF0B7: "-", 0xF0A7: "-", 0xF02D: "-", 0x2022: "-", 0xF0D8: "-", 0: " "}
_MOST_CHARS = 4_000

_PLAIN = re.compile("[0-9A-Za-z]")

_Codes: TypeAlias = npt.NDArray[np.uint32]
_Order: TypeAlias = npt.NDArray[np.intp]
_Side: TypeAlias = npt.NDArray[np.float32]
_Boxes: TypeAlias = npt.NDArray[np.float32]
_T = TypeVar("_T", float, npt.NDArray[np.float32])


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line, or its part in one column. `box` is in shares of the page as shown; `bold` is how far its bold runs."""

    text: str
    page: int
    box: Box
    bold: int = 0

    @property
    def tall(self) -> float:
        """The height of the line, as a share of the page."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number (from 1), its size in points as it is shown, its turn (quarters, clockwise), its corner."""

    number: int
    width: float
    height: float
    turned: int = 0
    left: float = 0.0
    bottom: float = 0.0


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 4)


@dataclass(frozen=True, slots=True)
class _Run:
    """Letters side by side, in points of the page as shown: from `left` to `right`."""

    text: str
    left: float
    right: float
    low: float
    high: float


def lines_of_page(text: str, raw: Any, sheet: Sheet) -> Iterator[PageLine]:
    """The lines of a text page in the order in which they were set; `text` is all of it, a character an index."""
    measure = _Measure(raw, sheet)
    at = 0
    for line in re.split(r"\r\n|[\r\n]", text):
        bare = line.strip()
        if bare:
            start = at + len(line) - len(line.lstrip())
            yield from measure.line(bare, start)
        at += len(line)
        at += 2 if text.startswith("\r\n", at) else 1


@cache
def _room() -> tuple[Any, list[Any]]:
    """Room for the boxes of a line's letters, and each box in it."""
    boxes = (pdfium.FS_RECTF * _MOST_CHARS)()
    return boxes, [boxes[at] for at in range(_MOST_CHARS)]


class _Measure:
    """Asks PDFium where the letters of a page stand, as seldom as can be."""

    def __init__(self, raw: Any, sheet: Sheet) -> None:
        self._raw, self._sheet = raw, sheet
        self._four = (c_double(), c_double(), c_double(), c_double())
        self._boxes, self._views = _room()
        self._name = create_string_buffer(128)

    def line(self, text: str, start: int) -> Iterator[PageLine]:
        """The parts of the line at an index, one a column."""
        boxes = self._rectangles(start, len(text))
        if not boxes:
            return
        bold = self._bold(text, start)
        if _in_order(boxes):
            parts = [_Run(text.translate(_SIGNS), boxes[0][0], max(box[2] for box in boxes), *_bounds(boxes))]
        else:
            parts = self._letter_by_letter(text, start)
            bold = bold if bold == len(text) else 0  # its letters are no longer where they were
        for part in parts:
            said = " ".join(part.text.split())
            if said:
                length = len(said) if bold == len(text) else len(" ".join(text[:bold].split()))
                yield PageLine(said, self._sheet.number, self._shown(part), length)

    def _bold(self, text: str, start: int) -> int:
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

    def _shown(self, part: _Run) -> Box:
        sheet = self._sheet
        return (
            _share(part.left / sheet.width),
            _share(1 - part.high / sheet.height),
            _share(part.right / sheet.width),
            _share(1 - part.low / sheet.height),
        )

    def _rectangles(self, start: int, count: int) -> list[tuple[float, float, float, float]]:
        """Left, bottom, right, top of the runs of a line, in points of the page as shown."""
        left, top, right, bottom = self._four
        found = []
        for at in range(pdfium.FPDFText_CountRects(self._raw, start, count)):
            pdfium.FPDFText_GetRect(self._raw, at, left, top, right, bottom)
            found.append(self._turned(left.value, bottom.value, right.value, top.value))
        return found

    def _turned(self, left: _T, bottom: _T, right: _T, top: _T) -> tuple[_T, _T, _T, _T]:
        sheet = self._sheet
        left, right, bottom, top = left - sheet.left, right - sheet.left, bottom - sheet.bottom, top - sheet.bottom
        if sheet.turned == 1:
            return bottom, sheet.height - right, top, sheet.height - left
        if sheet.turned == 2:
            return sheet.width - right, sheet.height - top, sheet.width - left, sheet.height - bottom
        if sheet.turned == 3:
            return sheet.width - top, left, sheet.width - bottom, right
        return left, bottom, right, top

    def _letter_by_letter(self, text: str, start: int) -> list[_Run]:
        """Letters that were not set in the order of the eye, put into it; wide gaps part columns."""
        count = min(len(text), _MOST_CHARS)
        indices = range(start, start + count)
        deque(map(pdfium.FPDFText_GetLooseCharBox, repeat(self._raw), indices, self._views), maxlen=0)
        seen = np.frombuffer(self._boxes, dtype=np.float32)[: 4 * count].reshape(count, 4).T
        left, low, right, high = self._turned(seen[0], seen[3], seen[2], seen[1])
        codes = np.frombuffer(text[:count].encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        shown = np.flatnonzero((codes > 0x20) & (codes != 0xA0))
        if not shown.size:
            return []
        tall = float(np.partition((high - low)[shown], shown.size // 2)[shown.size // 2])
        boxes = np.stack((left, low, right, high))
        if (
            float(right[shown].max() - left[shown].min()) <= tall
        ):  # it runs up or down the page, and stands as it was set
            return list(_runs(codes, shown, boxes, tall))
        rows = _rows(shown, (low + high) / 2, tall)
        return [run for row in rows for run in _runs(codes, row[np.argsort(left[row], kind="stable")], boxes, tall)]


def _bounds(boxes: list[tuple[float, float, float, float]]) -> tuple[float, float]:
    return min(box[1] for box in boxes), max(box[3] for box in boxes)


def _in_order(boxes: list[tuple[float, float, float, float]]) -> bool:
    """Whether the runs of a line follow one another without going back, and with no column between them."""
    before = boxes[0]
    for box in boxes[1:]:
        tall = max(before[3] - before[1], box[3] - box[1], 4.0)
        level = box[1] < before[3] and before[1] < box[3]
        if not level or not before[2] - 0.3 * tall <= box[0] <= before[2] + _COLUMN_GAP * tall:
            return False
        before = box
    return before[2] - boxes[0][0] >= 0


def _rows(shown: _Order, middle: _Side, tall: float) -> list[_Order]:
    """The letters of each row, the upper one first: what was set as one line may go on below."""
    down = shown[np.argsort(-middle[shown], kind="stable")]
    cuts = np.flatnonzero(np.diff(-middle[down]) > 0.5 * tall) + 1
    return np.split(down, cuts)


def _runs(codes: _Codes, order: _Order, boxes: _Boxes, tall: float) -> Iterator[_Run]:
    """The letters in `order`, cut where columns are parted, with blanks where words are."""
    left, low, right, high = boxes[:, order]
    gap = left[1:] - np.maximum.accumulate(right)[:-1]
    words = np.cumsum((codes > 0x20) & (codes != 0xA0))
    step = np.diff(order)
    set_apart = (step > 1) & (words[order[1:]] - words[order[:-1]] == 1)  # nothing but blanks was set between them
    parted = np.flatnonzero((gap > _WORD_GAP * tall) | (set_apart & (gap > _BLANK_GAP * tall))) + 1
    columns = set((np.flatnonzero(gap > _COLUMN_GAP * tall) + 1).tolist())
    text = codes[order].tobytes().decode("utf-32-le", "replace").translate(_SIGNS)
    begin = 0
    said: list[str] = []
    for first, last in pairwise([0, *parted.tolist(), len(text)]):
        if first in columns:
            yield _Run(" ".join(said), *_around(left, low, right, high, begin, first))
            said, begin = [], first
        said.append(text[first:last])
    yield _Run(" ".join(said), *_around(left, low, right, high, begin, len(text)))


def _around(left: _Side, low: _Side, right: _Side, high: _Side, a: int, b: int) -> tuple[float, float, float, float]:
    return float(left[a:b].min()), float(right[a:b].max()), float(low[a:b].min()), float(high[a:b].max())
