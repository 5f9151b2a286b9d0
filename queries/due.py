"""Where a task stands on a day: past due, due soon or later, and the next day on which a repeated one falls due."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from dateutil.rrule import rrulestr

from queries.errors import BadQuestion
from queries.scope import ANY_DAY, day

Due = Literal["past", "soon", "later"]
SOON_DAYS = 30
MOST_DAYS = 3660
# The shipped rules, and nothing that could repeat within a day or be costly to follow; imports may bring others.
_RULE = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;BY(MONTH|MONTHDAY|DAY)=[-+A-Z0-9,]{1,40}){0,3}\Z")
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a deadline lies; `due` is that it is past, or comes within so many days of the day asked.

    Where nothing is given tasks without a deadline are listed too.
    """

    due_from: str | None = None
    due_to: str | None = None
    due: Literal["past", "soon"] | None = None
    within: int = SOON_DAYS

    def __post_init__(self) -> None:
        for name in ("due_from", "due_to"):
            if value := getattr(self, name):
                day(name, value)
        if not 0 <= self.within <= MOST_DAYS:
            raise BadQuestion("within", f"{self.within} is not between 0 and {MOST_DAYS} days")

    @property
    def open(self) -> bool:
        """Whether any task fits, with or without a deadline."""
        return not (self.due_from or self.due_to or self.due)

    def last_days(self, today: str) -> tuple[str, str]:
        """Between which days the last day of a task lies to be past due, or due soon, on the day `today`."""
        if self.due == "past":
            return "", later(today, -1)
        return (today, later(today, self.within)) if self.due == "soon" else ("", ANY_DAY)

    def days(self, today: str) -> tuple[str, str]:
        """The first and last day on which a repeated task may fall due to fit."""
        least, most = self.last_days(today)
        return max(self.due_from or "", least), min(self.due_to or ANY_DAY, most)


def later(day: str, days: int) -> str:
    """The day so many days later (ISO); the first or last day that there is where that is beyond it."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return (date.max if days > 0 else date.min).isoformat()


def standing(last: str | None, today: str, within: int) -> Due | None:
    """Where a task stands on `today` whose last day is `last`, None where no day is known."""
    if last is None:
        return None
    if last < today:
        return "past"
    return "soon" if last <= later(today, within) else "later"


@lru_cache(maxsize=20_000)
def occurs(rule: str, since: str | None, first: str, last: str) -> str | None:
    """The first day from `first` to `last` on which a rule (RFC 5545) falls due that holds since the day `since`.

    "FREQ=MONTHLY;BYMONTHDAY=-1" from 2025-12-05 to 2025-12-31 → 2025-12-31. None where no such day is known, also
    for rules of other kinds than the shipped ones.
    """
    if not _RULE.match(rule):
        return None
    try:
        start = date.fromisoformat(since or first)
        begin = max(start, date.fromisoformat(first or start.isoformat()))
        # The day of a week from which a weekly rule counts stays what it was.
        anchor = start + (begin - start) // timedelta(days=_WEEK) * timedelta(days=_WEEK)
        until = _end(begin, last).replace("-", "")
        came = rrulestr(f"{rule};UNTIL={until}T000000", dtstart=_midnight(anchor)).after(_midnight(begin), inc=True)
    except (ValueError, OverflowError):
        return None
    return came.date().isoformat() if came else None


def whole_day(text: str | None) -> date | None:
    """The day that a text prints (ISO), None where it prints no whole day."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _end(begin: date, last: str) -> str:
    """The last day to look at: every rule falls due within ten years."""
    return min(last, later(begin.isoformat(), MOST_DAYS))
