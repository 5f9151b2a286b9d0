"""Finds when a task is due, as the document prints it, and turns that into days and repeat rules."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from ingest.clean import Text, fold
from ingest.patterns import compiled
from ingest.tables import table

_REACH = 40
# A cue and its date take no more letters than this.
_FAR = 200
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Due:
    """The first and last day (ISO) on which a task may fall due, its RFC 5545 rule, and whether days were counted."""

    first: str | None = None
    last: str | None = None
    rrule: str | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class _Row:
    pattern: re.Pattern[str]
    cell: bool
    years: bool
    needs: re.Pattern[str] | None
    has: re.Pattern[str]


@cache
def _rows(name: str) -> tuple[_Row, ...]:
    return tuple(
        _Row(
            _compiled(row["pattern"]),
            row.get("cell", False),
            row.get("years", False),
            _optional(row.get("needs")),
            _compiled("|".join(row.get("has", ()))),
        )
        for row in table("deadlines")[name]
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", r"\s+"))


# What may stand between a cue and its date: "trước 17 giờ 00 ngày 30/11/2025".
_BEFORE_DATE = r"[\s:]*(?:\d{1,2}\s?(?:h|gio)\s?(?:\d{1,2}(?:\s?phut)?)?[\s,]*)?(?:ngay\s+)?(?:den\s+)?(?:het\s+)?"


def _optional(pattern: str | None) -> re.Pattern[str] | None:
    return _compiled(pattern) if pattern else None


def deadline_as_printed(text: Text, start: int, end: int, cell: bool = False) -> str | None:
    """The deadline inside `start:end` of the views, None without one; in a `cell` of a table any date or rhythm counts.

    "hoàn thành trước ngày 15/12/2025" → "2025-12-15"; "trong tháng 8/2023" → "2023-08"; "Quý IV/2025" → "2025-Q4";
    "trước ngày 25/12 hàng năm" → "trước ngày 25/12 hàng năm".
    """
    if not cell and not _may_be_due(text.folded[start:end]):
        return None
    folded = _quarters_only(text, start, end)
    found = _cell(folded) if cell else _running(folded)
    if found is None:
        return None
    said, at, stop = found
    if cell and not said and len(folded.split()) <= 12:
        at, stop = 0, len(folded)
    printed = " ".join(text.flat[start + at : start + stop].split()).strip(" .,;:()-")
    return said or printed + ")" * (printed.count("(") > printed.count(")"))


def _may_be_due(folded: str) -> bool:
    """Whether running text holds a figure or a word of rhythm: every deadline does."""
    if _comes_again(folded) or compiled(r"\d").search(folded):
        return True
    return compiled(r"dinh\s+ky").search(folded) is not None


def _comes_again(folded: str) -> bool:
    return "hang " in folded or "moi " in folded


def _quarters_only(text: Text, start: int, end: int) -> str:
    """The folded words, in which "quy" is a quarter ("quý") and no fund, rule or scale ("quỹ", "quy định")."""
    folded = text.folded[start:end]
    if "quy" not in folded:
        return folded
    shown = text.flat[start:end].lower()
    words = compiled(r"quy(?P<number>\s+(?:iv|i{1,3}|[1-4])\b)?")
    return words.sub(lambda found: found[0] if found["number"] or shown[found.start() + 2] == "ý" else "qu_", folded)


def _cell(folded: str) -> tuple[str, int, int] | None:
    """The date or rhythm of a cell: the first date, unless a rhythm stands around it."""
    rhythm = _recurring(folded, cell=True)
    for row in _rows("date"):
        match = _last(row, folded)
        if match and (said := _iso(match)):
            if rhythm and rhythm[1] <= match.start() and match.end() <= rhythm[2]:
                return rhythm
            return said, match.start(), match.end()
    return rhythm


def _last(row: _Row, folded: str) -> re.Match[str] | None:
    """The date of a cell; of a span ("từ tháng 11/2025 đến tháng 01/2026") the end."""
    match = row.pattern.search(folded)
    while match and (joint := compiled(r"\s*(?:-|den)\s*(?:het\s+)?(?:ngay\s+)?").match(folded, match.end())):
        after = row.pattern.match(folded, joint.end())
        if not after:
            break
        match = after
    return match


def _running(folded: str) -> tuple[str, int, int] | None:
    """The earliest deadline of a sentence."""
    dated = min(_dated(folded), key=lambda one: one[1], default=None)
    rhythm = _recurring(folded, cell=False)
    if dated and rhythm:
        return dated if dated[1] <= rhythm[1] else rhythm
    return dated or rhythm


def _dated(folded: str) -> Iterator[tuple[str, int, int]]:
    if "20" not in folded and "19" not in folded:
        return
    years = list(compiled(r"(?:19|20)\d\d").finditer(folded))
    if not years:
        return
    first, last = max(0, years[0].start() - _FAR), years[-1].start()
    for cue in _rows("cue"):
        for match in cue.pattern.finditer(folded, first, last):
            behind = folded[match.end() : match.end() + _REACH]
            for row in _rows("date"):
                if row.cell and not cue.years:
                    continue
                found = compiled(_BEFORE_DATE).match(behind)
                date_ = row.pattern.match(behind, found.end() if found else 0)
                if date_ and (said := _iso(date_)):
                    yield said, match.start(), match.end() + date_.end()
                    break


@cache
def _rhythms(loose: bool) -> tuple[tuple[_Row, ...], re.Pattern[str]]:
    """The rows of rhythms, with `loose` also those of cells; and a pattern of what every text with a rhythm holds."""
    rows = tuple(row for row in _rows("recurring") if loose or not row.cell)
    return rows, re.compile("|".join(row.has.pattern for row in rows))


def _recurring(folded: str, cell: bool) -> tuple[str, int, int] | None:
    best: tuple[str, int, int] | None = None
    rows, any_has = _rhythms(cell or _comes_again(folded))
    if not any_has.search(folded):
        return None
    for row in rows:
        if not row.has.search(folded):
            continue
        for match in row.pattern.finditer(folded):
            if not _rhythmic(row, folded, match) or (row.cell and not cell and not _by_report(folded, match)):
                continue
            if best is None or match.start() < best[1] or (match.start() == best[1] and match.end() > best[2]):
                best = "", match.start(), match.end()
            break
    return best and ("", best[1], _chained(folded, best[2]))


def _rhythmic(row: _Row, folded: str, match: re.Match[str]) -> bool:
    """Whether the words found are a rhythm: not "hằng năm của …", not a day without what repeats it."""
    if compiled(r"\s+cua\b").match(folded, match.end(), match.end() + 6):
        return False
    return not row.needs or bool(row.needs.search(match.group()))


def _chained(folded: str, end: int) -> int:
    """Where a rhythm ends that goes on: "định kỳ 6 tháng, hằng năm hoặc đột xuất"."""
    chain = _chain().match(folded, end)
    if not chain:
        return end
    last = re.search(r".*(?:nam|quy|thang|tuan|ngay|xuat|lan|\d)(?!\w)", chain.group(), re.DOTALL)
    return end + last.end() if last else end


@cache
def _chain() -> re.Pattern[str]:
    words = "|".join(table("deadlines")["chain"]["words"])
    return re.compile(rf"(?:[\s,;()/]{{1,4}}(?:{words})(?!\w)){{1,16}}")


def _by_report(folded: str, match: re.Match[str]) -> bool:
    """A rhythm opens the sentence or is followed by a word of reporting: "Hằng quý, báo cáo …"."""
    if not re.match(r"(?:hang|moi)\s", match.group()):
        return False
    before = folded[max(0, match.start() - 30) : match.start()].rstrip(" -(")
    if before.endswith("bao cao"):
        return True
    if not before or before[-1] in ".;":
        return folded[match.end() : match.end() + 1] in (",", " ")
    after = folded[match.end() : match.end() + 12].lstrip(" ,")
    return after.startswith(("bao cao", "so ket", "tong ket"))


def _iso(match: re.Match[str]) -> str | None:
    """A date cut to what is printed; None when there is no such day or month."""
    said = match.groupdict()
    year = int(said["y"])
    if said.get("q"):
        return f"{year}-Q{_QUARTERS[said['q']]}"
    if not said.get("m"):
        return str(year)
    month = int(said["m"])
    if not 1 <= month <= 12:
        return None
    if not said.get("d"):
        return f"{year}-{month:02}"
    day = int(said["d"])
    return f"{year}-{month:02}-{day:02}" if 1 <= day <= calendar.monthrange(year, month)[1] else None


def due(deadline: str, signed: str | None) -> Due:
    """The days that `deadline` (as `deadline_as_printed` gives it) allows; `signed` is the document's date, ISO.

    "2025-Q4" → 2025-10-01 to 2025-12-31; "hằng quý" → the last days of March, June, …;
    "trong 15 ngày kể từ ngày ký" signed 2025-11-20 → 2025-12-05, derived.
    """
    fixed = _span(deadline)
    if fixed:
        return Due(*fixed)
    folded = " ".join(fold(deadline).split())
    if " tu khi " in folded or " tu ngay " in folded:
        return _counted(folded, signed)
    for row in table("deadlines")["rule"]:
        match = re.search(row["pattern"], folded)
        if match:
            rule = _filled(row["rrule"], match.groupdict())
            return Due(rrule=rule) if rule else Due()
    return Due()


def _span(deadline: str) -> tuple[str, str] | None:
    """First and last day of an ISO day, month, quarter or year."""
    match = re.fullmatch(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?", deadline)
    if not match:
        return None
    year = int(match[1])
    if year < 1:
        return None
    first, last = 1, 12
    if match[2]:
        first, last = int(match[2]) * 3 - 2, int(match[2]) * 3
    elif match[3]:
        first = last = int(match[3])
    if not 1 <= first <= 12:
        return None
    ends = calendar.monthrange(year, last)[1]
    if match[4]:
        day = int(match[4])
        return (deadline, deadline) if 1 <= day <= ends else None
    return f"{year:04}-{first:02}-01", f"{year:04}-{last:02}-{ends:02}"


def _counted(folded: str, signed: str | None) -> Due:
    """Days or months counted from the day of signing; nothing when that day is not printed in full."""
    match = re.search(table("deadlines")["derived"]["pattern"], folded)
    if not match or not signed or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", signed):
        return Due()
    try:
        start = date.fromisoformat(signed)
        last = _later(start, int(match["n"]), match["unit"], bool(match["work"]))
    except (ValueError, OverflowError):
        return Due()
    return Due(signed, last.isoformat(), derived=True)


def _later(start: date, number: int, unit: str, working: bool) -> date:
    if unit == "thang":
        months = start.month - 1 + number
        year, month = start.year + months // 12, months % 12 + 1
        return date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    if not working:
        return start + timedelta(days=number)
    last = start
    while number:
        last += timedelta(days=1)
        number -= last.weekday() < 5
    return last


def _filled(rule: str, said: dict[str, Any]) -> str | None:
    """The rule with its numbers; None when they name no day: "ngày 31/2", "ngày 45"."""
    numbers = {name: int(value) for name, value in said.items() if value}
    day, month = numbers.get("d"), numbers.get("m")
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= (calendar.monthrange(2024, month)[1] if month else 31):
        return None
    each = numbers.get("n") or 12
    return rule.format(**numbers, months=",".join(str(month) for month in range(each, 13, each)))
