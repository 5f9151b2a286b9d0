"""The parts of a document's number: "16/2015/NĐ-CP" is number 16, year 2015, type NĐ, body CP."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from ingest.clean import fold
from ingest.tables import table

_LONGEST = 120
_NUMBER = re.compile(r"(?P<number>[0-9]{1,6}(?:[A-Za-zĐđ](?=[-/_]|\Z))?(?:\.[0-9]{1,4})?)(?P<rest>[-/_].*|[A-ZĐ].*)?\Z")
_PART = re.compile(r"([-/_ ]?)([^-/_ ]+)")
_TERM = re.compile(r"(?P<code>[^\W\d]+?)(?P<term>[0-9]{1,2})\Z")
_YEAR = re.compile(r"(?:19|20)[0-9][0-9]\Z")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number taken apart; codes as printed, `party` is true for the Party's order (20-NQ/TW)."""

    number: str
    year: str | None = None
    type_code: str | None = None
    bodies: tuple[str, ...] = ()
    term: str | None = None
    party: bool = False

    @property
    def bare(self) -> bool:
        """Whether only a number is printed ("377", "30/2020")."""
        return self.type_code is None and not self.bodies


@lru_cache(maxsize=20_000)
def symbol(number: str) -> Symbol | None:
    """The parts of `number`; None for a text that begins with no number.

    >>> symbol("20-NQ/TW")
    Symbol(number='20', year=None, type_code='NQ', bodies=('TW',), term=None, party=True)
    """
    match = _NUMBER.match(re.sub(r"\s+", "", number[:_LONGEST]).strip(".,;:"))
    if not match:
        return None
    parts = [(sign, word) for sign, word in _PART.findall(match["rest"] or "")]
    year = parts.pop(0)[1] if parts and _YEAR.match(parts[0][1]) else None
    said = match["number"].lower().replace("đ", "d").lstrip("0") or "0"
    type_code, bodies = _codes([word for _, word in parts])
    term = next((found["term"] for body in bodies[:1] if (found := _TERM.match(body))), None)
    party = len(parts) > 1 and parts[0][0] == "-" and year is None
    return Symbol(said, year, type_code, tuple(_without_term(body) for body in bodies), term, party)


def _without_term(code: str) -> str:
    found = _TERM.match(code)
    return found["code"] if found else code


def _codes(words: Sequence[str]) -> tuple[str | None, tuple[str, ...]]:
    """The type code and the bodies of the words after the number; a letter begins with its body, without a type."""
    if not words:
        return None, ()
    if type_rows(words[0]) and (len(words) > 1 or not body_rows(_without_term(words[0]))):
        return words[0], _bodies(words[0], words[1:])
    if body_rows(_without_term(words[0])) or len(words) > 1 or len(words[0]) > 2:
        return None, tuple(words[:1])
    return None, ()


def _bodies(type_code: str, words: Sequence[str]) -> tuple[str, ...]:
    """The bodies that sign; of other words after the first one only known bodies count, the rest are drafting units."""
    joint = bool(re.search(r"(LT|PH)\Z", type_code))
    known = (word for word in words[1:] if joint or (len(word) > 2 and _signs(word)))
    return (*words[:1], *known)


def _signs(word: str) -> bool:
    return any(row["system"] != "party" for row in body_rows(word))


@lru_cache(maxsize=4_000)
def type_rows(code: str) -> tuple[Row, ...]:
    """Rows of the type table that use `code`: as written, else in any case, else without accents if that is unique."""
    return _lookup(code, _types_by_code())


@lru_cache(maxsize=4_000)
def body_rows(code: str) -> tuple[Row, ...]:
    """Rows of the issuer table that use `code` in their numbers."""
    return _lookup(code.replace("&", ""), _bodies_by_code())


def _lookup(code: str, index: Mapping[str, Mapping[str, tuple[Row, ...]]]) -> tuple[Row, ...]:
    return index["written"].get(code) or index["cased"].get(code.upper()) or index["folded"].get(fold(code)) or ()


@cache
def _types_by_code() -> Mapping[str, Mapping[str, tuple[Row, ...]]]:
    return _by_code(table("types")["type"], lambda row: row.get("codes", ()))


@cache
def _bodies_by_code() -> Mapping[str, Mapping[str, tuple[Row, ...]]]:
    return _by_code(table("issuers")["issuer"], lambda row: (row["code"], *row.get("codes", ())))


def _by_code(rows: Iterable[Row], codes: Any) -> Mapping[str, Mapping[str, tuple[Row, ...]]]:
    forms: dict[str, Callable[[str], str]] = {"written": str, "cased": str.upper, "folded": fold}
    index: dict[str, dict[str, tuple[Row, ...]]] = {form: {} for form in forms}
    for row in rows:
        for code in codes(row):
            for form, change in forms.items():
                known = index[form].setdefault(change(code), ())
                index[form][change(code)] = (*known, row)
    return index
