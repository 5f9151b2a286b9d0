"""Lists of places behind a name of bodies: "Ủy ban nhân dân các tỉnh Hòa Bình, Sơn La"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.bodies_words import Words, alternatives, may_open
from ingest.header_lines import UPPER
from ingest.patterns import compiled
from ingest.tables import table

# How far around the end of a name the first place of its list begins and ends.
_NEAR = 30
_CAPITALS = rf"{UPPER}[^\W\d_]*(?:\s+{UPPER}[^\W\d_]*)*"
PLACE = re.compile(_CAPITALS)
# "các tỉnh Hòa Bình, Sơn La", "các xã Tân Phú và Phú Hữu": before the first place of a list, and each that follows.
_LISTED = re.compile(
    r"\scác\s(?:[^\W_]+,?\s+){0,6}?"
    rf"(?:tỉnh|thành\s+phố|huyện|thị\s+xã|xã|phường|quận|thị\s+trấn)\s+(?={UPPER})"
)
_NEXT_PLACE = re.compile(rf"(?:\s*,\s*(?:và\s+)?|\s+và\s+)(?P<place>{_CAPITALS})")
# "Ủy ban nhân dân các tỉnh: Bắc Ninh, Hưng Yên" is a committee for each.
EACH = re.compile(r"các\s+(?P<noun>tỉnh|xã|phường|huyện|quận)\s*:\s*(?P<name>" + _CAPITALS + ")")


@cache
def _province() -> re.Pattern[str]:
    said = table("places")
    names = {row["name"] for row in (*said["province"], *said["province_2025"])}
    return re.compile(rf"(?:{alternatives(name.lower() for name in names)})(?![^\W_])")


@cache
def _province_list() -> re.Pattern[str]:
    name = _province().pattern
    return re.compile(rf"\s*:?\s*{name}(?:(?:\s*,\s*|\s+và\s+|\s*,\s*và\s+)(?:(?:tỉnh|thành\s+phố)\s+)?{name})+")


def place_list(words: Words, at: int, stop: int, end: int) -> int:
    """The end of the list of places behind "Ủy ban nhân dân các tỉnh, thành phố", one name as printed."""
    known = _provinces(words, stop, end)
    found = _NEXT_PLACE.match(words.flat, stop, end) if known == stop else None
    if not found or not _LISTED.search(words.flat, max(0, at - 1), stop):
        return known
    while found and not may_open(words, found.start("place"), end):
        stop = found.end()
        found = _NEXT_PLACE.match(words.flat, stop, end)
    return stop


def _provinces(words: Words, at: int, end: int) -> int:
    """The end of the list of provinces behind "Ủy ban nhân dân các tỉnh, thành phố": one name, as printed."""
    if not _province().search(words.low, max(0, at - _NEAR), min(end, at + _NEAR)):
        return at
    for begin in (at, *_word_starts(words, at)):
        found = _province_list().match(words.low, begin, end)
        if found and found.end() > at:
            return found.end()
    return at


def _word_starts(words: Words, at: int) -> Iterator[int]:
    """Where the last three words before `at` begin: the first province may already be part of the name."""
    for found in list(compiled(r"[^\W_]+").finditer(words.low, max(0, at - _NEAR), at))[-3:]:
        yield found.start()
