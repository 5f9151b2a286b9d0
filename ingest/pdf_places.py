"""Where PDFium says that the letters of a page stand: many at a time, in points of the page as it is shown."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from ctypes import PYFUNCTYPE, c_int, c_void_p, cast
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

Whole: TypeAlias = npt.NDArray[np.intp]
Sides: TypeAlias = npt.NDArray[Any]
# Where a line begins and ends in the text of its page.
Span: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its number (from 1), its size in points as it is shown, its turn (quarters, clockwise), its corner."""

    number: int
    width: float
    height: float
    turned: int = 0
    left: float = 0.0
    bottom: float = 0.0

    def shown(self, left: Sides, low: Sides, right: Sides, high: Sides) -> Sides:
        """Sides of boxes on the page, a column each, as left, bottom, right, top of the page as it is shown."""
        left, right, low, high = left - self.left, right - self.left, low - self.bottom, high - self.bottom
        if self.turned == 1:
            return np.stack((low, self.height - right, high, self.height - left))
        if self.turned == 2:
            return np.stack((self.width - right, self.height - high, self.width - left, self.height - low))
        if self.turned == 3:
            return np.stack((self.width - high, left, self.width - low, right))
        return np.stack((left, low, right, high))


def quick(function: Any, gives: Any, *given: Any) -> Any:
    """A function of PDFium that is given addresses as numbers, for what is called for every letter."""
    return PYFUNCTYPE(gives, *given)(cast(function, c_void_p).value or 0)


_runs = quick(pdfium.FPDFText_CountRects, c_int, c_void_p, c_int, c_int)
_rectangle = quick(pdfium.FPDFText_GetRect, c_int, c_void_p, c_int, *[c_void_p] * 4)
_letter = quick(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)


class Asked:
    """A text page that is asked for places."""

    def __init__(self, raw: Any, sheet: Sheet) -> None:
        self.sheet = sheet
        self._page = cast(raw, c_void_p).value

    def rectangles(self, spans: Sequence[Span]) -> tuple[Whole, Sides]:
        """How many runs each of these lines has, and the sides of all of them."""
        sides = np.zeros((sum(end - start for start, end in spans), 4))
        counts: list[int] = []
        at = sides.ctypes.data
        for start, end in spans:
            count = min(_runs(self._page, start, end - start), end - start)
            counts.append(count)
            if count == 1:
                _rectangle(self._page, 0, at, at + 8, at + 16, at + 24)
            else:
                places = (range(at + side, at + side + 32 * count, 32) for side in (0, 8, 16, 24))
                deque(map(_rectangle, repeat(self._page), range(count), *places), maxlen=0)
            at += 32 * count
        left, high, right, low = sides[: sum(counts)].T
        return np.array(counts, dtype=np.intp), self.sheet.shown(left, low, right, high)

    def letters(self, indices: Whole) -> Sides:
        """The sides of the boxes of letters, each as high and wide as its font has it."""
        sides = np.zeros((indices.size, 4), dtype=np.float32)
        at = sides.ctypes.data
        places = range(at, at + 16 * indices.size, 16)
        deque(map(_letter, repeat(self._page), indices.tolist(), places), maxlen=0)
        left, high, right, low = sides.T
        return self.sheet.shown(left, low, right, high)
