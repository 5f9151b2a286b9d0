"""The span in which a number is unique: a year, a term of the Party or of the National Assembly."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from graph.key import UNKNOWN
from ingest.tables import table

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_FIRST, _LAST = "0001-01-01", "9999-12-31"
_ISO = re.compile(r"([0-9]{4})(?:-([0-9][0-9])(?:-([0-9][0-9]))?)?\Z")
CONGRESS_DAYS = 14


@dataclass(frozen=True, slots=True)
class Days:
    """The earliest and the latest day (ISO) that something may be of."""

    first: str = _FIRST
    last: str = _LAST

    @classmethod
    @lru_cache(maxsize=4_000)
    def of(cls, said: str | None) -> Days:
        """The days of an ISO date that may be cut: "2022-09" → 2022-09-01 to 2022-09-30; all days for None."""
        match = _ISO.match(said or "")
        if not match:
            return cls()
        year, month, day = match.groups()
        if day:
            return cls(f"{year}-{month}-{day}", f"{year}-{month}-{day}")
        if month and 1 <= int(month) <= 12:
            return cls(f"{year}-{month}-01", f"{year}-{month}-{calendar.monthrange(int(year) or 1, int(month))[1]:02}")
        return cls(f"{year}-01-01", f"{year}-12-31")

    @property
    def known(self) -> bool:
        """Whether both ends are given."""
        return self.first != _FIRST and self.last != _LAST

    @property
    def year(self) -> str:
        """The year that holds all days, else `_`."""
        return self.first[:4] if self.first[:4] == self.last[:4] else UNKNOWN

    def before(self, day: str) -> bool:
        """Whether all days lie before `day`."""
        return self.last < day

    def since(self, day: str) -> bool:
        """Whether no day lies before `day`."""
        return self.first >= day

    def until(self, last: str) -> Days:
        """These days, none after `last`; these days alone where that leaves none."""
        return self if last >= self.last or last < self.first else Days(self.first, last)


ALL_DAYS = Days()


def roman(said: str) -> int | None:
    """The number that "XIV" or "14" prints."""
    said = said.strip().upper()
    if said.isascii() and said.isdigit():
        return int(said)
    if not said or set(said) - set(_ROMAN):
        return None
    values = [_ROMAN[letter] for letter in said]
    return sum(-here if here < after else here for here, after in zip(values, [*values[1:], 0], strict=True))


@cache
def _terms(register: str) -> tuple[tuple[int, str, str], ...]:
    """Number, first day and last day (or month) of the terms of a register, oldest first."""
    rows = (row for row in table("terms")["term"] if row["register"] == register)
    said = ((roman(row["term"]) or 0, row["start"], row.get("end", _LAST)) for row in rows)
    return tuple(sorted(said, key=lambda row: row[1]))


def party_term(days: Days) -> str:
    """The national Party term that holds `days` ("k12"); `_` when several may, or in the fortnight of a congress."""
    found = {_national(day) for day in (days.first, days.last)} if days.known else {None}
    number = found.pop() if len(found) == 1 else None
    return f"k{number}" if number else UNKNOWN


def _national(day: str) -> int | None:
    for number, start, _ in reversed(_terms("party_national")):
        if day >= start:
            return None if _within(day, start) else number
    return None


def _within(day: str, start: str) -> bool:
    return len(start) == 10 and day <= (date.fromisoformat(start) + timedelta(days=CONGRESS_DAYS)).isoformat()


def congress_term(days: Days) -> str:
    """The term that a national congress held within `days` opened ("k13")."""
    rows = [number for number, start, _ in _terms("party_national") if start <= days.first]
    return f"k{rows[-1]}" if days.known and rows else UNKNOWN


def printed_party_term(said: str | None) -> str:
    """ "XII" → "k12"."""
    number = roman(said or "")
    return f"k{number}" if number else UNKNOWN


def local_term(days: Days) -> str:
    """The local Party term that holds `days` by its first year ("n2015").

    Congresses of a term's first year are held between 1 May and 31 October: `_` there.
    """
    if not days.known:
        return UNKNOWN
    found = {_local(days.first), _local(days.last)}
    return found.pop() if len(found) == 1 else UNKNOWN


def _local(day: str) -> str:
    year = int(day[:4])
    if year < 1990:
        return UNKNOWN
    first = year - year % 5
    if year == first and day < f"{year}-05-01":
        return f"n{first - 5}"
    return UNKNOWN if year == first and day <= f"{year}-10-31" else f"n{first}"


def local_congress(days: Days) -> str:
    """The term that a local congress held within `days` opened: congresses meet in the term's first year."""
    year = days.year
    return f"n{year}" if year != UNKNOWN and int(year) % 5 == 0 else UNKNOWN


def years_term(said: str) -> str:
    """ "nhiệm kỳ 2020 - 2025" → "n2020"; `_` when no such years are printed."""
    match = re.search(r"nhiem k[yi]\s*\(?\s*([0-9]{3}[05])\s*-\s*(?:[0-9]{4}|[0-9][0-9])\b", said)
    return f"n{match[1]}" if match else UNKNOWN


def printed_local_term(said: str | None, base: str) -> str:
    """The local term with a printed number, for a province in the table: "XIII" of binh-thuan → "n2015"."""
    number = roman(said or "")
    for known, years, _ in _terms(f"party_province:{base}"):
        if number == known:
            return f"n{years[:4]}"
    return UNKNOWN


def assembly_term(said: str | None) -> str:
    """ "15" or "XV" → "qh15"."""
    number = roman(said or "")
    return f"qh{number}" if number else UNKNOWN


def assembly_at(days: Days) -> str:
    """The term of the National Assembly that holds `days`; `_` in the year or month where two meet."""
    if not days.known:
        return UNKNOWN
    found = [
        number
        for number, start, end in _terms("national_assembly")
        if start <= days.last and Days.of(end).last >= days.first
    ]
    return f"qh{found[0]}" if len(found) == 1 else UNKNOWN
