"""The tables of a PDF page: the cells that its rules enclose."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from ctypes import c_float, c_int, c_void_p, cast
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from scipy import ndimage  # type: ignore[import-untyped]

from ingest.pdf_places import Sheet, Sides, Whole, quick

# Rules are at most so many points thick; those nearer to one another are one; shorter ones are none.
_THICK, _NEAR, _SHORT = 3.0, 2.5, 5.0
# What has more of them is a drawing.
_MOST_PATHS, _MOST_SHAPES, _MOST_POINTS, _MOST_RULES = 20_000, 2_000, 50, 2_000

# A rule: where it stands across its direction, where it begins and where it ends.
_Rule: TypeAlias = tuple[float, float, float]
_Labels: TypeAlias = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class CellOf:
    """Which table of its page a line stands in, and in which row and column, all from 0; how many columns that has."""

    table: int
    row: int
    column: int
    wide: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a page: between which rules, and the place of each cell in its table."""

    across: Sides
    up: Sides
    labels: _Labels
    places: tuple[CellOf, ...]

    def of(self, sides: Sides) -> Whole:
        """The number of the cell in which the middle of each box is, -1 outside of all."""
        left, low, right, high = sides
        column, row = np.searchsorted(self.across, (left + right) / 2), np.searchsorted(self.up, (low + high) / 2)
        found: Whole = self.labels[row, column].astype(np.intp)
        return found


def grid_of(page: Any, sheet: Sheet) -> Grid | None:
    """The cells of a page, None when it has no tables."""
    flat, upright = _rules(page, sheet)
    if len(upright) < 2 or len(flat) + len(upright) > _MOST_RULES:
        return None
    across = _snapped(rule[0] for rule in upright)
    walls = _joined(upright, across)
    flat += _ends(walls, across)
    if len(flat) < 2:
        return None
    up = _snapped(rule[0] for rule in flat)
    cells = _cells(across, up, _joined(flat, up), walls)
    places = _places(cells)
    across[across > sheet.width - _NEAR] = np.inf  # what is cut off by the edge of the page goes on behind it
    return Grid(across, up, cells, places) if places else None


def _rules(page: Any, sheet: Sheet) -> tuple[list[_Rule], list[_Rule]]:
    """The level and the upright rules of a page, in points of the page as it is shown."""
    left, low, right, high = sheet.shown(*_boxes(_paths(page)).T.astype(float))
    wide, tall = right - left, high - low
    flat, upright = (tall <= _THICK) & (wide > _SHORT), (wide <= _THICK) & (tall > _SHORT)
    level = zip(((low + high) / 2)[flat].tolist(), left[flat].tolist(), right[flat].tolist(), strict=True)
    steep = zip(((left + right) / 2)[upright].tolist(), low[upright].tolist(), high[upright].tolist(), strict=True)
    return list(level), list(steep)


_object = quick(pdfium.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
_kind = quick(pdfium.FPDFPageObj_GetType, c_int, c_void_p)
_bounds = quick(pdfium.FPDFPageObj_GetBounds, c_int, *[c_void_p] * 5)


def _paths(page: Any) -> list[int]:
    """What is drawn on a page with lines, by its addresses; nothing when that is a drawing."""
    count = pdfium.FPDFPage_CountObjects(page)
    objects = list(map(_object, repeat(cast(page.raw, c_void_p).value), range(count)))
    found = [one for one, kind in zip(objects, map(_kind, objects), strict=True) if kind == pdfium.FPDF_PAGEOBJ_PATH]
    return found if len(found) <= _MOST_PATHS else []


def _boxes(paths: Sequence[int]) -> Sides:
    """Left, bottom, right, top of each path that is a rule itself, and of the sides of those that are more."""
    found = np.zeros((len(paths), 4), dtype=np.float32)
    at, stop = found.ctypes.data, found.ctypes.data + found.nbytes
    deque(map(_bounds, paths, *(range(at + side, stop + side, 16) for side in (0, 4, 8, 12))), maxlen=0)
    thin = np.minimum(found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]) <= _THICK
    thick = [paths[at] for at in np.flatnonzero(~thin)[:_MOST_SHAPES].tolist()]
    more = [
        (min(a, c), min(b, d), max(a, c), max(b, d))
        for path in thick
        for (a, b), (c, d) in _sides(cast(path, pdfium.FPDF_PAGEOBJECT))
        if abs(a - c) < 1 or abs(b - d) < 1
    ]
    return np.concatenate((found[thin], np.array(more, dtype=np.float32).reshape(-1, 4)))


_Point: TypeAlias = tuple[float, float]


def _sides(path: Any) -> Iterator[tuple[_Point, _Point]]:
    """The straight lines of a path."""
    count = pdfium.FPDFPath_CountSegments(path)
    if count > _MOST_POINTS:
        return
    matrix, x, y = pdfium.FS_MATRIX(), c_float(), c_float()
    pdfium.FPDFPageObj_GetMatrix(path, matrix)
    start = last = (0.0, 0.0)
    for at in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, at)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e,
            matrix.b * x.value + matrix.d * y.value + matrix.f,
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield last, point
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield point, start
        last = point


def _snapped(values: Iterable[float]) -> Sides:
    """Where rules stand, those that are near to one another once."""
    given = np.sort(np.fromiter(values, dtype=float))
    starts = np.flatnonzero(np.diff(given, prepend=-np.inf) > _NEAR)
    places: Sides = np.add.reduceat(given, starts) / np.diff(starts, append=given.size)
    return places


def _joined(rules: Sequence[_Rule], places: Sides) -> list[_Rule]:
    """The rules at each place, those that go on in one another as one; `across` becomes the number of the place."""
    nearest = np.abs(np.array([across for across, _, _ in rules])[:, None] - places).argmin(axis=1).tolist()
    found: list[_Rule] = []
    for at, begin, end in sorted((at, begin, end) for at, (_, begin, end) in zip(nearest, rules, strict=True)):
        if found and found[-1][0] == at and begin <= found[-1][2] + _NEAR:
            found[-1] = (at, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((at, begin, end))
    return found


def _ends(walls: Sequence[_Rule], across: Sides) -> list[_Rule]:
    """Level rules where upright ones end together: a row that goes on on another page is left open there."""
    ends = sorted((end, across[int(at)]) for at, *both in walls for end in both)
    found: list[_Rule] = []
    while ends:
        near = [one for one in ends if one[0] - ends[0][0] <= _NEAR]
        sides = [side for _, side in near]
        if max(sides) - min(sides) > _SHORT:
            found.append((near[0][0], min(sides), max(sides)))
        ends = ends[len(near) :]
    return found


def _cells(across: Sides, up: Sides, flat: Sequence[_Rule], walls: Sequence[_Rule]) -> _Labels:
    """The number of the cell in each field between the places of rules, -1 outside; the first fields are before all.

    Fields and what parts them are dots of a picture, every second one a field: what is joined there is a cell.
    """
    rows, columns = up.size, across.size
    free = np.zeros((2 * rows + 1, 2 * columns + 1), dtype=bool)
    free[::2, ::2] = True
    free[1::2, ::2] = ~_covered(flat, across, rows)
    free[::2, 1::2] = ~_covered(walls, up, columns).T
    joined, _ = ndimage.label(free)
    return _rectangles(joined[::2, ::2])


def _covered(rules: Sequence[_Rule], stops: Sides, count: int) -> npt.NDArray[np.bool_]:
    """At which places (rows) rules part which fields (columns) between the stops."""
    found = np.zeros((count, stops.size + 1), dtype=bool)
    for at, begin, end in rules:
        inside = (stops >= begin - _NEAR) & (stops <= end + _NEAR)
        found[int(at), 1:-1] |= inside[:-1] & inside[1:]
    return found


def _rectangles(joined: _Labels) -> _Labels:
    """The fields with the number of their cell: only what is a rectangle and does not go to the edge of the page."""
    sizes = np.bincount(joined.ravel()).tolist()
    rows, columns = joined.shape
    numbers = np.full(len(sizes), -1, dtype=joined.dtype)
    found = 0
    for label, (down, across) in enumerate(ndimage.find_objects(joined), start=1):
        whole = (down.stop - down.start) * (across.stop - across.start) == sizes[label]
        if whole and down.start > 0 and down.stop < rows and across.start > 0 and across.stop < columns:
            numbers[label] = found
            found += 1
    cells: _Labels = numbers[joined]
    return cells


def _places(cells: _Labels) -> tuple[CellOf, ...]:
    """The table, row and column of each cell, in their order."""
    tables, _ = ndimage.label(cells >= 0)
    spans = ndimage.find_objects(cells + 1)
    corners = [(int(tables[rows.start, columns.start]), rows.stop, columns.start) for rows, columns in spans]
    tops: dict[int, list[int]] = {}
    lefts: dict[int, list[int]] = {}
    for table, top, left in corners:
        tops.setdefault(table, []).append(-top)
        lefts.setdefault(table, []).append(left)
    rows = {table: sorted(set(found)) for table, found in tops.items()}
    columns = {table: sorted(set(found)) for table, found in lefts.items()}
    return tuple(
        CellOf(table - 1, rows[table].index(-top), columns[table].index(left), len(columns[table]))
        for table, top, left in corners
    )
