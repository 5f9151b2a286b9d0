"""Places by their segment in a key: name, kind, life, and what came after them on 1/7/2025."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ingest.tables import table

MERGED = "2025-07-01"
_LAST_OLD = "2025-06-30"
_ERA = ".2025"


@cache
def _units() -> Mapping[str, tuple[str, str]]:
    """Segment of a province → its kind and name: "lam-dong.2025" → ("tỉnh", "Lâm Đồng")."""
    before = {row["slug"]: (row["kind"], row["name"]) for row in table("places")["province"]}
    after = {row["slug"]: (row["kind"], row["name"]) for row in table("places")["province_2025"]}
    return {**after, **before, **{f"{slug}{_ERA}": said for slug, said in after.items()}}


@cache
def _rows() -> Mapping[str, tuple[str, bool]]:
    return {row["slug"]: (row["successor"], row["merged"]) for row in table("places")["province"]}


def province_of(segment: str) -> str:
    """The province of a segment with its era: "lam-dong.2025.phan-thiet" → "lam-dong.2025"."""
    parts = segment.split(".")
    return ".".join(parts[:2]) if parts[1:2] == ["2025"] else parts[0]


def label(segment: str) -> tuple[str, str]:
    """Kind and name of a place: ("tỉnh", "Bình Thuận"); of a unit below, no kind and its words."""
    found = _units().get(segment)
    if found:
        return found
    below = segment.removeprefix(province_of(segment)).strip(".").split(".")
    kind, name = _units().get(province_of(segment), ("", province_of(segment)))
    said = ", ".join(part.replace("-", " ").title() for part in reversed(below) if part and not part.isdigit())
    return "", f"{said}, {kind} {name}".strip(" ,")


def life(segment: str) -> tuple[str | None, str | None]:
    """First and last day of the bodies of a place, None where the merger sets none."""
    base = province_of(segment)
    if base.endswith(_ERA) or segment.endswith(_ERA):
        return MERGED, None
    first, last = _printed_lives().get(base, (None, None))
    _, merged = _rows().get(base, ("", False))
    ends = last or (_LAST_OLD if merged or segment != base else None)
    return first, ends


@cache
def _printed_lives() -> Mapping[str, tuple[str | None, str | None]]:
    """Places whose life the merger does not set: "thua-thien-hue" → (None, "2024-12-31")."""
    rows = [*table("places")["province"], *table("places")["province_2025"]]
    dated = (row for row in rows if "valid_from" in row or "valid_to" in row)
    return {row["slug"]: (row.get("valid_from"), row.get("valid_to")) for row in dated}


def next_of(segment: str) -> tuple[str, str] | None:
    """The province that took over this one and its first day: "binh-thuan" → ("lam-dong.2025", "2025-07-01")."""
    if segment == "thua-thien-hue":
        return "hue", "2025-01-01"
    after, merged = _rows().get(segment, ("", False))
    return (f"{after}{_ERA}", MERGED) if merged else None
