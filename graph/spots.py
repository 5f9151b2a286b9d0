"""Where the words of a text stand in the file that it was read from: page and box, or paragraph."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a text from the offset `start` to the next spot: its page (from 1) and box, or its paragraph (from 1).

    `box` is left, top, right, bottom as shares of the page as it is shown, from its top left corner. `part` names what
    is not the body: "header", "footer", "footnotes". `end` is where the words of the piece end.
    """

    start: int
    end: int
    page: int | None = None
    box: Box | None = None
    paragraph: int | None = None
    part: str | None = None


def pack_spots(spots: Iterable[Spot]) -> str | None:
    """Spots as they are kept with a file, in the order of their offsets; None for none."""
    rows = [(one.start, one.end, one.page, one.box, one.paragraph, one.part) for one in spots]
    return json.dumps(rows, separators=(",", ":")) if rows else None


def unpack_spots(packed: str | None) -> tuple[Spot, ...]:
    """The spots that `pack_spots` packed."""
    rows = json.loads(packed) if packed else ()
    return tuple(
        Spot(start, end, page, (box[0], box[1], box[2], box[3]) if box else None, paragraph, part)
        for start, end, page, box, paragraph, part in rows
    )


def spots_of(spots: Sequence[Spot], start: int, end: int) -> tuple[Spot, ...]:
    """Where the span stands: the spots that it touches, the boxes of lines cut to about the words that are meant."""
    first = max(0, bisect_right(spots, start, key=lambda one: one.start) - 1)
    found = []
    for spot in spots[first:]:
        if spot.start >= end:
            break
        if spot.end > start:
            found.append(_cut(spot, max(start, spot.start), min(end, spot.end)))
    return tuple(found)


def _cut(spot: Spot, start: int, end: int) -> Spot:
    box = spot.box
    if box:
        # A line's letters are taken as equally wide: near enough for a mark on the page.
        width = (box[2] - box[0]) / max(1, spot.end - spot.start)
        left, right = box[0] + (start - spot.start) * width, box[0] + (end - spot.start) * width
        box = (round(left, 4), box[1], round(right, 4), box[3])
    return Spot(start, end, spot.page, box, spot.paragraph, spot.part)
