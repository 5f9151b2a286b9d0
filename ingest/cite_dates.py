"""Dates as documents print them, day first: "ngày 08/7/2022", "ngày 03 tháng bốn năm 2018", "tháng 5/2025"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.clean import Text

_MONTHS = ["mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"]
_WORDS = {name: at for at, name in enumerate(_MONTHS, 1)} | {"gieng": 1, "bon": 4, "chap": 12}


@dataclass(frozen=True, slots=True)
class Date:
    """A date in ISO form, cut to what is printed, and where its words end."""

    iso: str
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    words = "|".join(sorted((word.replace(" ", r"\s") for word in _WORDS), key=len, reverse=True))
    month = rf"(?:(\d{{1,2}})|({words}))"
    return re.compile(
        r"(?:ngay\s{0,4})?(\d{1,2})\s{0,2}([/.-])\s{0,2}(\d{1,2})\s{0,2}\2\s{0,2}((?:19|20)\d\d)(?!\d)"
        rf"|(?:ngay\s{{0,4}}(\d{{1,2}})\s{{0,4}})?thang\s{{0,4}}{month}(?:\s{{0,2}}/\s{{0,2}}|\s{{0,4}}(?:nam|thang)\s{{0,4}})((?:19|20)\d\d)(?!\d)"
        r"|nam\s{0,4}((?:19|20)\d\d)(?!\s?[-\d])"
    )


def read_date(text: Text, at: int) -> Date | None:
    """The date that begins at `at`: "ngày 08/7/2022" → 2022-07-08, "tháng 5/2025" → 2025-05, "năm 2013" → 2013."""
    found = _pattern().match(text.folded, at, at + 60)
    if not found:
        return None
    day, _, month, year, long_day, long_month, word, long_year, only_year = found.groups()
    if only_year:
        return Date(only_year, found.end())
    number = month or long_month or str(_WORDS[" ".join(word.split())])
    return _checked(year or long_year, int(number), int(day or long_day or 0), found.end())


def _checked(year: str, month: int, day: int, end: int) -> Date | None:
    if not 1 <= month <= 12 or day > 31:
        return None
    return Date(f"{year}-{month:02}" + (f"-{day:02}" if day else ""), end)
