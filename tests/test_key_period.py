"""Days, terms of the Party and of the National Assembly, and their borders."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.key_period import (
    Days,
    assembly_at,
    assembly_term,
    congress_term,
    local_congress,
    local_term,
    party_term,
    printed_local_term,
    roman,
    years_term,
)


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2022-09-20", "2022-09-20", "2022-09-20"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2022", "2022-01-01", "2022-12-31"),
        (None, "0001-01-01", "9999-12-31"),
        ("hôm qua", "0001-01-01", "9999-12-31"),
        ("2022-13", "2022-01-01", "2022-12-31"),
    ],
)
def test_a_cut_date_is_a_span(said: str | None, first: str, last: str) -> None:
    assert Days.of(said) == Days(first, last)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2017-10-25", "k12"),
        ("2026-01-09", "k13"),
        ("2026-01-20", "_"),
        ("2026-04-08", "k14"),
        ("1979-09-20", "k4"),
        ("2021-01-25", "_"),
        ("2021-03-01", "k13"),
        ("2021", "_"),
        ("2022", "k13"),
        ("1900-01-01", "_"),
    ],
)
def test_a_day_lies_in_a_national_term(day: str, term: str) -> None:
    assert party_term(Days.of(day)) == term


@pytest.mark.parametrize(
    ("day", "term"),
    [
        ("2018-01-26", "n2015"),
        ("2020-04-30", "n2015"),
        ("2020-05-01", "_"),
        ("2020-10-31", "_"),
        ("2020-12-25", "n2020"),
        ("2025-08-13", "_"),
        ("2020", "_"),
        ("2023", "n2020"),
    ],
)
def test_a_day_lies_in_a_local_term(day: str, term: str) -> None:
    assert local_term(Days.of(day)) == term


def test_congresses_open_their_term() -> None:
    assert congress_term(Days.of("2021-01-30")) == "k13"
    assert local_congress(Days.of("2020-10-15")) == "n2020"
    assert local_congress(Days.of("2021-10-15")) == "_"


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("nhiem ky 2020-2025", "n2020"),
        ("nhiem ki 2025 - 2030", "n2025"),
        ("nhiem ky 2021-2026", "_"),
        ("giai doan 2020-2025", "_"),
    ],
)
def test_years_of_a_party_term(said: str, term: str) -> None:
    assert years_term(said) == term


def test_a_printed_number_belongs_to_its_own_register() -> None:
    assert printed_local_term("XIII", "binh-thuan") == "n2015"
    assert printed_local_term("XIII", "ha-noi") == "_"


@pytest.mark.parametrize(
    ("day", "term"),
    [("2023-01-09", "qh15"), ("2013-11-29", "qh13"), ("2016", "_"), ("2026-04", "_"), ("2026-06-01", "qh16")],
)
def test_a_day_lies_in_a_term_of_the_assembly(day: str, term: str) -> None:
    assert assembly_at(Days.of(day)) == term


@given(st.integers(1, 60))
@settings(deadline=None)
def test_roman_and_plain_numbers_agree(number: int) -> None:
    tens, ones = divmod(number, 10)
    letters = ["", "X", "XX", "XXX", "XL", "L", "LX"][tens]
    letters += ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
    assert roman(letters) == roman(str(number)) == number
    assert assembly_term(letters) == f"qh{number}"


@pytest.mark.parametrize("said", ["", "ABC", "XIIIa", "…"])
def test_no_number_no_term(said: str) -> None:
    assert roman(said) is None
