"""From when a document is in force and until when, where it says so of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from graph.model import Header
from ingest.clean import Text, fold
from ingest.header_lines import UPPER
from ingest.header_top import dated
from ingest.header_zones import Zones

_WINDOW = 220
_FROM = re.compile(
    r"co\s+hieu\s+luc(?:\s+thi\s+hanh)?(?:\s*,)?\s*(?:ke\s+|bat\s+dau\s+)?(?:tu|sau)?\s*(?P<rest>.{0,120})", re.DOTALL
)
_SIGNED = re.compile(r"\s*(?:ke\s+)?(?:tu\s+)?ngay\s+(?:duoc\s+)?(?:ky|ban\s+hanh|thong\s+qua)")
_AFTER_DAYS = re.compile(
    r"\s*(\d{1,3})\s+(?:\([^)]{0,40}\)\s+)?ngay\b.{0,20}(?:tu|sau)\s+ngay\s+(?:ky|ban\s+hanh)", re.DOTALL
)
_UNTIL = re.compile(
    r"(?:co\s+hieu\s+luc|het\s+hieu\s+luc|thuc\s+hien)\D{0,60}?(?:den\s+het|den|ke\s+tu|tu)\s+(?=ngay\s)", re.DOTALL
)


def effect(text: Text, zone: Zones, header: Header) -> tuple[str | None, str | None]:
    """First and last day in force, where the document says so of itself; `header.date` serves for "kể từ ngày ký"."""
    kind = fold(header.type or "van ban").removesuffix(" lien tich").replace(" ", r"\s+")
    own = re.compile(rf"\b(?:{kind}(?:\s+lien\s+tich)?|van\s+ban)\s+nay\b|(?:\d\.|\bhanh)\s+{kind}(?=\s+co\s)")
    windows = list(_windows(text, zone, own))
    begin = next((day for window in windows if (day := _from(text, window, header.date))), None)
    end = next((day for window in windows if (day := _until(text, window))), None)
    return begin, end


def _windows(text: Text, zone: Zones, own_name: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Windows around "hiệu lực" that speak of this document: its type with "này" stands shortly before."""
    word = "hieu luc"
    at, seen = text.folded.find(word, zone.start, zone.end), 0
    while at >= 0 and seen < 400:
        start, end = max(zone.start, at - _WINDOW), min(zone.end, at + _WINDOW)
        own = list(own_name.finditer(text.folded, start, at))
        if own and not re.search(rf"[.;]\s+{UPPER}", text.clean[own[-1].end() : at]):
            yield own[-1].end(), end
        at, seen = text.folded.find(word, at + 1, zone.end), seen + 1


def _from(text: Text, window: tuple[int, int], printed: str | None) -> str | None:
    match = _FROM.search(text.folded, *window)
    if not match or re.search(r"\bhet\s*$", text.folded[window[0] : match.start()]):
        return None
    rest = match["rest"]
    if _SIGNED.match(rest):
        return printed
    if days := _AFTER_DAYS.match(rest):
        return _later(printed, int(days[1]))
    found = dated(" ".join(text.flat[match.start("rest") : match.end("rest")].split()))
    return found.date if found and found.start < 12 else None


def _until(text: Text, window: tuple[int, int]) -> str | None:
    match = _UNTIL.search(text.folded, *window)
    if not match or not {"den", "het"} & set(match.group().split()):
        return None
    found = dated(" ".join(text.flat[match.end() : match.end() + 60].split()))
    return found.date if found and found.start < 3 else None


def _later(printed: str | None, days: int) -> str | None:
    if not printed or len(printed) != 10:
        return None
    try:
        return (date.fromisoformat(printed) + timedelta(days=days)).isoformat()
    except ValueError:
        return None
