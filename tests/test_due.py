"""Where a task stands on a day, and the days of repeated ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.tables import table
from queries.due import Window, later, occurs, standing
from queries.errors import BadQuestion
from queries.scope import ANY_DAY

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31)).map(date.isoformat)


@pytest.mark.parametrize(
    ("last", "stands"),
    [("2025-11-30", "past"), ("2025-12-01", "soon"), ("2025-12-31", "soon"), ("2026-01-01", "later"), (None, None)],
)
def test_a_task_is_past_due_from_the_day_after_its_last_day(last: str | None, stands: str | None) -> None:
    assert standing(last, "2025-12-01", 30) == stands


@pytest.mark.parametrize(
    ("rule", "since", "first", "last", "day"),
    [
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2022-08-12", "2025-10-01", "2025-12-31", "2025-12-31"),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "2022-08-12", "2025-10-01", "2025-12-30", None),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "2025-12-26", "2025-01-01", ANY_DAY, "2026-12-25"),
        ("FREQ=WEEKLY", "2025-11-03", "2025-11-25", "2025-12-31", "2025-12-01"),
        ("FREQ=DAILY", None, "2025-11-25", "2025-11-25", "2025-11-25"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "2026-01-01", "2025-01-01", "2025-12-31", None),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2022-01-01", "2022-01-01", ANY_DAY, None),
        ("FREQ=SECONDLY", "2022-01-01", "2022-01-01", ANY_DAY, None),
        ("FREQ=DAILY;INTERVAL=0", "2022-01-01", "2022-01-01", ANY_DAY, None),
        ("FREQ=MONTHLY;BYMONTH=99", "2022-01-01", "2022-01-01", ANY_DAY, None),
        ("FREQ=DAILY", "9999-12-31", "9999-12-31", ANY_DAY, "9999-12-31"),
        ("FREQ=DAILY", "kein", "2022-01-01", ANY_DAY, None),
    ],
)
def test_the_next_day_of_a_repeated_task(rule: str, since: str | None, first: str, last: str, day: str | None) -> None:
    assert occurs(rule, since, first, last) == day


@pytest.mark.parametrize("row", table("deadlines")["rule"], ids=lambda row: str(row["rrule"]))
def test_every_shipped_rule_falls_due(row: dict[str, str]) -> None:
    rule = row["rrule"].format(d=20, m=12, n=6, months="6,12")
    assert occurs(rule, "2022-08-12", "2025-01-01", "2025-12-31")


@given(DAYS, DAYS, DAYS)
@settings(deadline=None, max_examples=200)
def test_a_day_found_lies_within_and_is_the_first(since: str, first: str, last: str) -> None:
    rule = "FREQ=MONTHLY;BYMONTHDAY=-1"
    found = occurs(rule, since, first, last)
    if found is None:
        assert last < later(max(since, first), 31)
    else:
        assert max(since, first) <= found <= last
        assert later(found, 1).endswith("-01")
        assert found < later(max(since, first), 31)


@given(DAYS, st.sampled_from([None, "past", "soon"]), st.integers(0, 100), DAYS)
@settings(deadline=None)
def test_the_last_days_of_a_window_agree_with_where_tasks_stand(
    today: str, due: str | None, within: int, last: str
) -> None:
    window = Window(due=due, within=within)  # type: ignore[arg-type]
    least, most = window.last_days(today)
    assert (least <= last <= most) == (due in (None, standing(last, today, within)))


@pytest.mark.parametrize(
    ("given", "parameter"),
    [({"due_from": "1/7/2025"}, "due_from"), ({"due_to": "x"}, "due_to"), ({"within": -1}, "within")],
)
def test_a_bad_window_names_its_parameter(given: dict[str, object], parameter: str) -> None:
    with pytest.raises(BadQuestion) as raised:
        Window(**given)  # type: ignore[arg-type]
    assert raised.value.parameter == parameter
