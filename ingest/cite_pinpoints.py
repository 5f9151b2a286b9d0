"""The part of a document that a mention means: "điểm a khoản 2 Điều 5" before or, in brackets, after it."""

from __future__ import annotations

import re
from functools import cache

from ingest.clean import Text

_WINDOW = 240
# How near before the mention the last unit stands: "Điều 5 Quy chế được ban hành kèm theo ".
_CLOSE = 56


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """A sign that there may be one; one that ends a window; one in brackets that begins it. Over the folded view."""
    unit = r"(?:diem|khoan|dieu|tieu muc|muc|chuong|phan|phu luc|tiet|doan|gach dau dong|mau|bieu)".replace(
        " ", r"\s{1,3}"
    )
    value = (
        r"(?:so\s{1,3})?(?:\d{1,3}(?:\.\d{1,3}){0,3}[a-z]?(?![\w/])|[a-z](?:\.?\d{1,2})?(?!\w)|[ivxlc]{1,6}(?!\w)"
        r"|thu\s{1,3}(?:\d{1,2}|[a-z]+)|dau\s{1,3}tien|cuoi)"
    )
    joint = r"\s{0,3}(?:[,;]|va|hoac|den)?\s{0,3}"
    item = rf"{unit}:?\s{{1,4}}{value}(?:{joint}{value}){{0,30}}"
    link = r"\s{0,3}(?:,|;|va|hoac|cua|den|thuoc|,\s?va)?\s{0,3}(?:tu\s{1,3}|cac\s{1,3}|tai\s{1,3})?"
    whole = rf"(?<!\w){item}(?:{link}{item}){{0,20}}"
    sign = re.compile(rf"(?<!\w){unit}:?\s{{1,4}}(?=[\da-z])")
    attached = r"(?:(?:duoc\s{1,4})?ban\s{1,4}hanh\s{1,4})?kem(?:\s{1,4}theo)?(?:\s{1,4}cua)?"
    annex = rf"(?:\s{{1,4}}(?:(?:tai|cua)\s{{1,4}})?phu\s{{1,4}}luc(?=\s{{1,4}}{attached}\s))?"
    rules = rf"(?:(?:quy che|quy dinh|dieu le|noi quy|quy trinh)\s{{1,4}}(?={attached}\s))?"
    link_to = rf"(?:(?:cua|tai|trong|thuoc|{attached}|o)\s{{1,4}})?"
    before = re.compile(rf"({whole}{annex})\s{{0,3}},?\s{{0,3}}{rules}{link_to}\Z")
    return sign, before, re.compile(rf"\s{{0,4}}\(\s{{0,3}}({whole})\s{{0,3}}\)")


def read_pinpoint(text: Text, start: int, end: int, floor: int) -> str | None:
    """The pinpoint bound to the mention `start:end`, looking back no further than `floor`; None when it has none."""
    begin = max(floor, start - _WINDOW)
    sign, before, after = _patterns()
    close = text.folded[max(begin, start - _CLOSE) : start]
    if sign.search(close):
        found = _first(before, text.folded[begin:start], sign)
        if found:
            return _said(text, begin + found.start(1), begin + found.end(1))
    if text.folded.startswith("(", end) or text.folded[end : end + 4].lstrip().startswith("("):
        inside = after.match(text.folded, end, end + _WINDOW)
        if inside:
            return _said(text, inside.start(1), inside.end(1))
    return None


def _first(before: re.Pattern[str], window: str, sign: re.Pattern[str]) -> re.Match[str] | None:
    """The longest pinpoint that ends the window, tried at each unit word."""
    for unit in sign.finditer(window):
        found = before.match(window, unit.start())
        if found:
            return found
    return None


def _said(text: Text, start: int, end: int) -> str:
    return " ".join(text.flat[start:end].split())
