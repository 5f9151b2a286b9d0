"""The cells that rules enclose on a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import ndimage  # type: ignore[import-untyped]

# Rules nearer to one another than so many points are one, and meet; shorter ones are none.
NEAR, SHORT = 2.5, 5.0
# What has more of them is a drawing.
_MOST_RULES = 2_000
# More points than a page has.
_FAR = 1e6

Sides: TypeAlias = npt.NDArray[Any]
# A rule: where it stands across its direction, where it begins and where it ends.
Rule: TypeAlias = tuple[float, float, float]
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

    def of(self, sides: Sides) -> npt.NDArray[np.intp]:
        """The number of the cell in which the middle of each box is, -1 outside of all."""
        left, low, right, high = sides
        column, row = np.searchsorted(self.across, (left + right) / 2), np.searchsorted(self.up, (low + high) / 2)
        found: npt.NDArray[np.intp] = self.labels[row, column].astype(np.intp)
        return found


def enclosed(flat: Sequence[Rule], upright: Sequence[Rule]) -> Grid | None:
    """The cells between level and upright rules, in points, up and to the right; None when there are none."""
    if len(upright) < 2 or len(flat) + len(upright) > _MOST_RULES:
        return None
    across = _snapped(rule[0] for rule in upright)
    walls = _joined(upright, across)
    level = [*flat, *_ends(walls, across)]
    if len(level) < 2:
        return None
    up = _snapped(rule[0] for rule in level)
    cells = _cells(across, up, _joined(level, up), walls)
    places = _places(cells)
    return Grid(across, up, cells, places) if places else None


def _snapped(values: Iterable[float]) -> Sides:
    """Where rules stand, those that are near to one another once."""
    given = np.sort(np.fromiter(values, dtype=float))
    starts = np.flatnonzero(np.diff(given, prepend=-np.inf) > NEAR)
    places: Sides = np.add.reduceat(given, starts) / np.diff(starts, append=given.size)
    return places


def _joined(rules: Sequence[Rule], places: Sides) -> list[Rule]:
    """The rules at each place, those that go on in one another as one; `across` becomes the number of the place."""
    across, begin, end = np.array(rules).T
    at = np.abs(across[:, None] - places).argmin(axis=1)
    order = np.lexsort((begin, at))
    at, begin, end = at[order], begin[order], end[order]
    so_far = np.maximum.accumulate(at * _FAR + end)
    starts = np.flatnonzero(np.concatenate(([True], (at * _FAR + begin)[1:] > so_far[:-1] + NEAR)))
    ends = np.maximum.reduceat(end, starts)
    return list(zip(at[starts].tolist(), begin[starts].tolist(), ends.tolist(), strict=True))


def _ends(walls: Sequence[Rule], across: Sides) -> list[Rule]:
    """Level rules where upright ones end together: a row that goes on on another page is left open there."""
    ends = sorted((end, across[int(at)]) for at, *both in walls for end in both)
    found: list[Rule] = []
    while ends:
        near = [one for one in ends if one[0] - ends[0][0] <= NEAR]
        sides = [side for _, side in near]
        if max(sides) - min(sides) > SHORT:
            found.append((near[0][0], min(sides), max(sides)))
        ends = ends[len(near) :]
    return found


def _cells(across: Sides, up: Sides, flat: Sequence[Rule], walls: Sequence[Rule]) -> _Labels:
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


def _covered(rules: Sequence[Rule], stops: Sides, count: int) -> npt.NDArray[np.bool_]:
    """At which places (rows) rules part which fields (columns) between the stops."""
    found = np.zeros((count, stops.size + 1), dtype=bool)
    at, begin, end = np.array(rules).T[:, :, None]
    inside = (stops >= begin - NEAR) & (stops <= end + NEAR)
    np.logical_or.at(found[:, 1:-1], at[:, 0].astype(np.intp), inside[:, :-1] & inside[:, 1:])
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
