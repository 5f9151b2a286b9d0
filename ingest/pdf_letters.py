"""Letters of a PDF page that were not set in the order of the eye, put into it: all such lines of a page at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from ingest.grids import Grid
from ingest.pdf_places import Asked, Sides, Span, Whole

# A gap wider than so many heights of the line parts two columns; one wider than the share parts two words.
COLUMN_GAP, _WORD_GAP, _BLANK_GAP = 1.6, 0.12, 0.04
_SIGNS = {0x02: "-", 0xFFFE: "-", 0xAD: "-", 0xF0B7: "-", 0xF0A7: "-", 0xF02D: "-", 0x2022: "-", 0xF0D8: "-", 0: " "}
_SIGN = re.compile(f"[{''.join(map(chr, _SIGNS))}]")
_BLANK = 0x20

_Codes: TypeAlias = npt.NDArray[np.uint32]
_Flags: TypeAlias = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Run:
    """Letters side by side, in points of the page as shown: from `left` to `right`."""

    text: str
    left: float
    low: float
    right: float
    high: float


@dataclass(frozen=True, slots=True)
class _Letters:
    """The letters of lines, the blanks left out: index on the page, code, line, sides, and the height of their line."""

    index: Whole
    code: _Codes
    line: Whole
    sides: Sides
    tall: Sides

    def taken(self, order: Whole) -> _Letters:
        return _Letters(self.index[order], self.code[order], self.line[order], self.sides[:, order], self.tall[order])


def plain(text: str) -> str:
    """The text with the hyphens and bullets that PDF has as other signs."""
    return _SIGN.sub(lambda found: _SIGNS[ord(found.group())], text)


def arranged(text: str, spans: Sequence[Span], asked: Asked, grid: Grid | None = None) -> list[list[Run]]:
    """The runs of each of these lines of a page, the upper ones first; wide gaps and rules part columns."""
    found: list[list[Run]] = [[] for _ in spans]
    letters = _letters(text, spans, asked)
    if not letters.index.size:
        return found
    order, row = _order(letters)
    cell = grid.of(letters.sides[:, order]) if grid else np.zeros_like(row)
    inner, outer = _gaps(letters, order, row, cell)
    for line, run in _runs(letters.taken(order), inner, outer):
        found[line].append(run)
    return found


def _letters(text: str, spans: Sequence[Span], asked: Asked) -> _Letters:
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    index = np.concatenate([np.arange(*span) for span in spans] or [np.zeros(0, dtype=np.intp)])
    line = np.repeat(np.arange(len(spans)), [end - start for start, end in spans])
    seen = (codes[index] > _BLANK) & (codes[index] != 0xA0)
    index, line = index[seen], line[seen]
    sides = asked.letters(index)
    return _Letters(index, codes[index], line, sides, _tall(line, sides[3] - sides[1]))


def _tall(line: Whole, height: Sides) -> Sides:
    """The height of a line, which is that of the letter in the middle by height; for each letter."""
    if not line.size:
        return height
    by_height = np.lexsort((height, line))
    starts = _starts(_changes(line))
    lengths = np.diff(starts, append=line.size)
    return np.repeat(height[by_height[starts + lengths // 2]], lengths)


def _changes(values: Whole) -> _Flags:
    """Where a value is not the one before it."""
    return np.concatenate(([True], values[1:] != values[:-1]))


def _starts(flags: _Flags) -> Whole:
    return np.flatnonzero(flags)


def _order(letters: _Letters) -> tuple[Whole, Whole]:
    """The letters in the order of the eye, and the row of each: what was set as one line may go on below."""
    left, low, _, high = letters.sides
    upright = _upright(letters)
    depth = np.where(upright, 0, -((low + high) / 2))
    down = np.lexsort((depth, letters.line))
    below = np.concatenate(([False], np.diff(depth[down]) > 0.5 * letters.tall[down][1:]))
    row = np.cumsum(_changes(letters.line[down]) | below, dtype=np.intp)
    across = np.lexsort((np.where(upright, 0, left)[down], row))
    return down[across], row


def _upright(letters: _Letters) -> _Flags:
    """Whether the line of a letter runs up or down the page: it stands as it was set."""
    left, _, right, _ = letters.sides
    starts = _starts(_changes(letters.line))
    wide = np.maximum.reduceat(right, starts) - np.minimum.reduceat(left, starts)
    return np.repeat(wide, np.diff(starts, append=left.size)) <= letters.tall


def _gaps(letters: _Letters, order: Whole, row: Whole, cell: Whole) -> tuple[_Flags, _Flags]:
    """Before which of the ordered letters a word begins, and before which a row or a column does."""
    left, _, right, _ = letters.sides[:, order]
    tall = letters.tall[order][1:].astype(np.float64)
    gap = left[1:] - _furthest(right, row)[:-1]
    # Nothing but blanks was set between them.
    set_apart = (np.diff(letters.index[order]) > 1) & (np.diff(order) == 1)
    wide, slight, apart = (gap > (share * tall).astype(np.float32) for share in (_WORD_GAP, _BLANK_GAP, COLUMN_GAP))
    word = wide | (set_apart & slight)
    # A rule parts words, not the letters of one that goes over it.
    outer = _changes(row) | np.concatenate(([True], apart | (word & (cell[1:] != cell[:-1]))))
    inner = np.concatenate(([False], word)) & ~outer
    return inner, outer


def _furthest(right: Sides, row: Whole) -> Sides:
    """How far to the right the letters of a row go up to each of them."""
    ranked = np.argsort(right, kind="stable")
    rank = np.empty_like(ranked)
    rank[ranked] = np.arange(right.size)
    so_far: Whole = np.maximum.accumulate(row * right.size + rank) % right.size
    furthest: Sides = right[ranked[so_far]]
    return furthest


def _runs(letters: _Letters, inner: _Flags, outer: _Flags) -> list[tuple[int, Run]]:
    """Each run with the line that it is of."""
    starts = _starts(outer)
    left, low, right, high = letters.sides
    sides = (
        np.minimum.reduceat(left, starts).tolist(),
        np.minimum.reduceat(low, starts).tolist(),
        np.maximum.reduceat(right, starts).tolist(),
        np.maximum.reduceat(high, starts).tolist(),
    )
    said = plain(np.insert(letters.code, _starts(inner), _BLANK).tobytes().decode("utf-32-le", "replace"))
    cuts = [*(starts + np.cumsum(inner)[starts]).tolist(), len(said)]
    texts = [said[a:b] for a, b in pairwise(cuts)]
    runs = map(Run, texts, *sides)
    return list(zip(letters.line[starts].tolist(), runs, strict=True))
