"""The tables in the picture of a page: the cells between its rules, which are then taken out of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import ndimage  # type: ignore[import-untyped]

from ingest.grids import NEAR, CellOf, Grid, Rule, Sides, enclosed

# In inches: over how much of its length the shade of a rule is taken, how long one is at least, how thick at most.
_ALONG, _LONG, _THICK = 0.025, 0.3, 0.05
# So much darker is a rule than what is so far (in inches) on either side of it, for so much of its length: letters are
# not, and a scanner leaves holes.
_DARKER, _ASIDE, _WHOLE = 45, 0.022, 0.85
# A level rule of so many points is one, whatever it meets.
_SURELY = 72.0

Picture: TypeAlias = npt.NDArray[np.uint8]
_Stroke: TypeAlias = tuple[slice, slice]


@dataclass(frozen=True, slots=True)
class Ruled:
    """A picture without the rules of its tables; their cells, in points, up and to the right on the page put straight.

    `lean` is how far a level line goes down for each dot to the right, `dots` how many of them are an inch.
    """

    picture: Picture
    grid: Grid | None = None
    lean: float = 0.0
    dots: float = 72.0

    def places(self, boxes: Sequence[tuple[float, float, float, float]]) -> list[CellOf | None]:
        """The cell of each box (left, top, right, bottom, in dots), None outside of all."""
        if not self.grid:
            return [None] * len(boxes)
        left, top, right, bottom = np.array(boxes, dtype=float).reshape(-1, 4).T
        x, y = _straight((left + right) / 2, (top + bottom) / 2, self.lean, self.dots)
        return [self.grid.places[one] if one >= 0 else None for one in self.grid.of(np.stack((x, y, x, y))).tolist()]


def ruled(grey: Picture, dots: float) -> Ruled:
    """The tables in a page in shades of grey, of so many dots an inch."""
    level, steep = _strokes(grey, 1, dots), _strokes(grey, 0, dots)
    flat, upright = _found(level, 0, dots), _found(steep, 1, dots)
    if len(upright) < 2 or len(flat) < 2:
        return Ruled(grey)
    lean = _lean(level, flat)
    walls = [_upright(one, lean, dots) for one in upright]
    bounds = [(one, rule) for one in flat if _bounds(rule := _level(one, lean, dots), walls)]
    grid = enclosed([rule for _, rule in bounds], walls)
    if not grid:
        return Ruled(grey)
    for one, _ in bounds:
        steep[one] |= level[one]
    clean = grey.copy()
    clean[ndimage.binary_dilation(steep, iterations=max(1, round(dots / 150)))] = np.median(grey)
    return Ruled(clean, grid, lean, dots)


def _bounds(rule: Rule, walls: Sequence[Rule]) -> bool:
    """Whether a level rule goes from wall to wall, or is long: others are strokes of letters."""
    _, begin, end = rule
    ends = all(any(abs(across - at) <= 2 * NEAR for across, _, _ in walls) for at in (begin, end))
    return ends or end - begin > _SURELY


def _strokes(grey: Picture, axis: int, dots: float) -> npt.NDArray[np.bool_]:
    """Where a picture has long dark strokes along an axis."""
    long = round(_LONG * dots)
    shade = ndimage.uniform_filter1d(grey, round(_ALONG * dots), axis=axis)
    aside = round(_ASIDE * dots)
    around = np.minimum(np.roll(shade, aside, axis=1 - axis), np.roll(shade, -aside, axis=1 - axis))
    dark = np.where(around.astype(np.int16) - shade > _DARKER, np.uint8(255), np.uint8(0))
    inside = (ndimage.uniform_filter1d(dark, long, axis=axis) > _WHOLE * 255).view(np.uint8)
    strokes: npt.NDArray[np.bool_] = ndimage.maximum_filter1d(inside, round(_WHOLE * long), axis=axis).view(bool)
    return strokes


def _found(strokes: npt.NDArray[np.bool_], across: int, dots: float) -> list[_Stroke]:
    """Where strokes are that are no thicker than a rule; `across` is the axis over them."""
    joined, _ = ndimage.label(strokes, structure=np.ones((3, 3)))
    sizes = np.bincount(joined.ravel())
    places = ndimage.find_objects(joined)
    return [
        where
        for number, where in enumerate(places, start=1)
        if sizes[number] <= _THICK * dots * (where[1 - across].stop - where[1 - across].start)
    ]


def _lean(strokes: npt.NDArray[np.bool_], flat: Sequence[_Stroke]) -> float:
    """How far level strokes go down for each dot to the right."""
    longest = max(one[1].stop - one[1].start for one in flat)
    return median(_slope(strokes[one]) for one in flat if one[1].stop - one[1].start > longest / 2)


def _slope(stroke: npt.NDArray[np.bool_]) -> float:
    down, right = np.nonzero(stroke)
    return float(np.polyfit(right, down, 1)[0]) if np.ptp(right) > 0 else 0.0


def _level(stroke: _Stroke, lean: float, dots: float) -> Rule:
    """A level stroke as a rule on the page put straight."""
    down, right = stroke
    middle = (down.start + down.stop) / 2
    x, y = _straight(np.array((right.start, (right.start + right.stop) / 2, right.stop)), middle, lean, dots)
    return float(y[1]), float(x[0]), float(x[2])


def _upright(stroke: _Stroke, lean: float, dots: float) -> Rule:
    """An upright stroke as a rule on the page put straight."""
    down, right = stroke
    middle = (right.start + right.stop) / 2
    x, y = _straight(middle, np.array((down.stop, (down.start + down.stop) / 2, down.start)), lean, dots)
    return float(x[1]), float(y[0]), float(y[2])


def _straight(x: Sides | float, y: Sides | float, lean: float, dots: float) -> tuple[Sides, Sides]:
    """A place in dots from the upper left corner as points on the page put straight, up and to the right."""
    return np.asarray(x + lean * y) * 72 / dots, np.asarray(lean * x - y) * 72 / dots
