"""Deadlines as printed, and the days and repeat rules that they stand for."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean, fold
from ingest.deadlines import Due, deadline_as_printed, due
from ingest.tables import table


def read(words: str, cell: bool = False) -> str | None:
    text = clean(words)
    return deadline_as_printed(text, 0, len(text.flat), cell)


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("gửi báo cáo về Sở Nội vụ trước ngày 16 tháng 12 năm 2025 để tổng hợp", "2025-12-16"),
        ("hoàn thành trước 31/12/2025", "2025-12-31"),
        ("báo cáo kết quả trong tháng 8/2023; cập nhật kịp thời", "2023-08"),
        ("nghiên cứu, xử lý trong quý I năm 2026", "2026-Q1"),
        ("bảo đảm tiến độ hoàn thành Dự án vào năm 2026", "2026"),
        ("tổng hợp, báo cáo trước ngày 25/12 hàng năm.", "trước ngày 25/12 hàng năm"),
        ("định kỳ 6 tháng, hằng năm hoặc đột xuất báo cáo", "định kỳ 6 tháng, hằng năm hoặc đột xuất"),
        ("báo cáo trước ngày 15/6 và trước ngày 15/12 hằng năm.", "trước ngày 15/6 và trước ngày 15/12 hằng năm"),
        ("gửi về Sở trước ngày 20 tháng cuối quý để tổng hợp", "trước ngày 20 tháng cuối quý"),
        ("Hằng quý, báo cáo kết quả", "Hằng quý"),
    ],
)
def test_a_deadline_in_a_sentence(words: str, deadline: str) -> None:
    assert read(words) == deadline


@pytest.mark.parametrize(
    "words",
    [
        "theo Quyết định số 1855/QĐ-TTg ngày 11 tháng 11 năm 2009 của Thủ tướng Chính phủ",
        "bố trí kinh phí trong dự toán ngân sách hàng năm",
        "xây dựng kế hoạch giai đoạn 2026 - 2030",
        "duy trì công tác tiêm chủng thường xuyên",
        "trên cơ sở kết quả đánh giá cán bộ định kỳ hằng năm của cấp có thẩm quyền",
        "trong thời hạn 30 ngày làm việc kể từ khi nhận được hồ sơ",
    ],
)
def test_a_date_that_binds_nobody_is_no_deadline(words: str) -> None:
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "deadline"),
    [
        ("Năm 2025 và các năm tiếp theo.", "2025"),
        ("2025 - 2030", "2030"),
        ("Từ tháng 11/2025 đến tháng 01/2026", "2026-01"),
        ("từ ngày 15/11/2025 đến ngày 15/12/2025", "2025-12-15"),
        ("Tháng 11-12/2025", "2025-12"),
        ("Quý III-IV/2025", "2025-Q4"),
        ("Thường xuyên", "Thường xuyên"),
        ("Hằng năm", "Hằng năm"),
        ("Theo quy định", None),
    ],
)
def test_a_deadline_in_a_cell(words: str, deadline: str | None) -> None:
    assert read(words, cell=True) == deadline


@pytest.mark.parametrize("row", table("deadlines")["date"], ids=lambda row: row["examples"][0])
def test_each_date_finds_its_examples_and_not_its_counter_examples(row: dict[str, Any]) -> None:
    pattern = re.compile(row["pattern"].replace(" ", r"\s+"))
    assert all(pattern.search(fold(example)) for example in row["examples"])
    assert not any(pattern.search(fold(counter)) for counter in row["counter"])


@pytest.mark.parametrize("row", table("deadlines")["cue"], ids=lambda row: row["examples"][0])
def test_each_cue_finds_its_examples_and_not_its_counter_examples(row: dict[str, Any]) -> None:
    assert all(read(example) for example in row["examples"])
    assert not any(read(counter) for counter in row["counter"])


@pytest.mark.parametrize("row", table("deadlines")["recurring"], ids=lambda row: row["examples"][0])
def test_each_rhythm_finds_its_examples_and_not_its_counter_examples(row: dict[str, Any]) -> None:
    assert all(read(example, cell=True) == example for example in row["examples"])
    pattern = re.compile(row["pattern"].replace(" ", r"\s+"))
    assert not any(pattern.search(fold(counter)) for counter in row["counter"])


@pytest.mark.parametrize("row", table("deadlines")["rule"], ids=lambda row: row["examples"][0])
def test_each_rule_is_made_by_its_example(row: dict[str, Any]) -> None:
    assert all((due(example, None).rrule or "").startswith(row["rrule"].split("{")[0]) for example in row["examples"])


@pytest.mark.parametrize(
    ("deadline", "first", "last"),
    [
        ("2025-12-15", "2025-12-15", "2025-12-15"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_a_date_spans_its_days(deadline: str, first: str, last: str) -> None:
    assert due(deadline, None) == Due(first, last)


@pytest.mark.parametrize(
    ("deadline", "days"),
    [
        ("hằng quý", [(3, 31), (6, 30), (9, 30), (12, 31)]),
        ("trước ngày 20 tháng cuối quý", [(3, 20), (6, 20), (9, 20), (12, 20)]),
        ("định kỳ 6 tháng", [(6, 30), (12, 31)]),
        ("trước ngày 25/12 hàng năm", [(12, 25)]),
        ("hằng năm", [(12, 31)]),
    ],
)
def test_a_rhythm_is_a_rule_that_a_calendar_reads(deadline: str, days: list[tuple[int, int]]) -> None:
    rule = due(deadline, None).rrule
    assert rule
    year = rrulestr(rule, dtstart=datetime(2026, 1, 1)).between(datetime(2026, 1, 1), datetime(2027, 1, 1))
    assert [(day.month, day.day) for day in year] == days


def test_days_are_counted_from_the_signature() -> None:
    assert due("trong 15 ngày kể từ ngày ký", "2025-11-20") == Due("2025-11-20", "2025-12-05", derived=True)
    assert due("trong thời hạn 5 ngày làm việc kể từ ngày ban hành", "2025-11-20").last == "2025-11-27"
    assert due("trong vòng 3 tháng kể từ ngày ký", "2025-11-30").last == "2026-02-28"
    assert due("trong 15 ngày kể từ ngày ký", "2025-11") == Due()
    assert due("trong 15 ngày kể từ ngày ký", None) == Due()


def test_a_day_that_does_not_exist_makes_no_rule() -> None:
    assert due("ngày 31/2 hằng năm", None) == Due()
    assert due("ngày 45 hằng tháng", None) == Due()
    assert due("2025-13", None) == Due()
    assert read("trước ngày 31/02/2025") is None


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_date_is_read_back(day: date) -> None:
    for printed in (f"{day.day:02}/{day.month:02}/{day.year}", f"{day.day} tháng {day.month} năm {day.year}"):
        found = read(f"báo cáo kết quả trước ngày {printed}.")
        assert found == day.isoformat()
        assert due(found, None) == Due(day.isoformat(), day.isoformat())


@settings(deadline=None)
@given(st.text(alphabet="0123456789/.-: trướcngàyháquýnămđịkỳằsauừử()", max_size=80), st.booleans())
def test_any_words_give_a_deadline_that_due_understands(words: str, cell: bool) -> None:
    found = read(words, cell)
    days = due(found or "", "2025-11-20")
    assert (days.first is None) == (days.last is None)
    assert not (days.first and days.last) or days.first <= days.last
    if days.rrule:
        rrulestr(days.rrule, dtstart=datetime(2026, 1, 1))
