"""The tables of a PDF page: the cells that its rules enclose."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from ctypes import c_float, c_int, c_void_p, cast
from itertools import repeat
from typing import Any, TypeAlias

import numpy as np
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ingest.grids import NEAR, SHORT, Grid, Rule, enclosed
from ingest.pdf_places import Sheet, Sides, quick

# Rules are at most so many points thick.
_THICK = 3.0
# What has more of them is a drawing.
_MOST_PATHS, _MOST_SHAPES, _MOST_POINTS = 20_000, 2_000, 50


def grid_of(page: Any, sheet: Sheet) -> Grid | None:
    """The cells of a page, None when it has no tables."""
    grid = enclosed(*_rules(page, sheet))
    if grid:
        grid.across[grid.across > sheet.width - NEAR] = np.inf  # what the edge of the page cuts off goes on behind it
    return grid


def _rules(page: Any, sheet: Sheet) -> tuple[list[Rule], list[Rule]]:
    """The level and the upright rules of a page, in points of the page as it is shown."""
    left, low, right, high = sheet.shown(*_boxes(_paths(page)).T.astype(float))
    wide, tall = right - left, high - low
    flat, upright = (tall <= _THICK) & (wide > SHORT), (wide <= _THICK) & (tall > SHORT)
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
