"""Tasks as a calendar (iCalendar, RFC 5545): things to do, or events on the days when they are due."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import IO

from icalendar import Calendar, Component, Event, Todo, vRecur

from api.task_files import drawn_from
from queries.due import occurs, whole_day
from queries.scope import ANY_DAY
from queries.tasks import Order, Orders

_SUMMARY = 200
_UNPRINTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def write_todos(pages: Iterable[Orders], out: IO[bytes]) -> None:
    """A to-do for each task, those without a day too. The same tasks give the same bytes."""
    pages = iter(pages)
    first = next(pages)
    todos = (_todo(task, page.as_of) for page in chain((first,), pages) for task in page.tasks)
    _write(_calendar(first), todos, out)


def write_events(pages: Iterable[Orders], out: IO[bytes]) -> None:
    """An event on the last day of each task and on each day of a repeated one, for calendars that show no to-dos.

    Tasks without a day are left out, and the calendar's description says how many.
    """
    pages = list(pages)
    found = [_event(task, page.as_of) for page in pages for task in page.tasks]
    dated = [event for event in found if "DTSTART" in event]
    left = len(found) - len(dated)
    _write(_calendar(pages[0], f" {left} việc không có ngày, không hiện ở đây." if left else ""), dated, out)


def _write(calendar: Calendar, parts: Iterable[Component], out: IO[bytes]) -> None:
    head, close, end = calendar.to_ical().partition(b"END:VCALENDAR")
    out.write(head)
    for part in parts:
        out.write(part.to_ical())
    out.write(close + end)


def _calendar(page: Orders, more: str = "") -> Calendar:
    made = Calendar()
    made.add("prodid", "-//vanban-graph//tasks//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", _text(", ".join(body.name or body.id for body in page.bodies) or "Nhiệm vụ"))
    made.add("x-wr-caldesc", _text(f"Tính đến ngày {page.as_of}. {drawn_from(page)}{more}"))
    return made


def _todo(task: Order, as_of: str) -> Todo:
    made = Todo()
    _describe(made, task, as_of, _short(task))
    made.add("status", "COMPLETED" if task.completion == "done" else "NEEDS-ACTION")
    if task.due_last and (last := whole_day(task.due_last)):
        made.add("due", last)
        if (first := whole_day(task.due_first)) and first < last:
            made.add("dtstart", first)
    else:
        _repeat(made, task, as_of)
    return made


def _event(task: Order, as_of: str) -> Event:
    made = Event()
    _describe(made, task, as_of, f"{'✓ ' if task.completion == 'done' else ''}{_short(task)}")
    made.add("transp", "TRANSPARENT")
    if task.due_last and (last := whole_day(task.due_last)):
        made.add("dtstart", last)
    else:
        _repeat(made, task, as_of)
    return made


def _describe(made: Component, task: Order, as_of: str, summary: str) -> None:
    made.add("uid", f"{task.id}@vanban-graph")
    made.add("dtstamp", _stamp(task.document.date) or _stamp(as_of))
    made.add("summary", _text(summary))
    made.add("description", _text("\n".join(_details(task))))
    made.add("categories", [_text(task.document.name)])


def _repeat(made: Component, task: Order, as_of: str) -> None:
    """The rule of a repeated task, from its first day on; nothing for another task."""
    since = task.document.date_first or as_of
    if task.rrule and (begins := whole_day(occurs(task.rrule, since, since, ANY_DAY))):
        made.add("dtstart", begins)
        made.add("duration", timedelta(days=1))
        made.add("rrule", vRecur.from_ical(task.rrule))


def _short(task: Order) -> str:
    leads = ", ".join(body.name or body.id for body in task.bodies if body.role == "lead")
    words = " ".join(f"{leads}: {task.text}".split() if leads else task.text.split())
    return words if len(words) <= _SUMMARY else words[:_SUMMARY] + " …"


def _details(task: Order) -> list[str]:
    helpers = "; ".join(body.name or body.id for body in task.bodies if body.role == "coordinate")
    said = (
        ("", task.text),
        ("Phối hợp: ", helpers),
        ("Thời hạn: ", task.deadline),
        ("Sản phẩm: ", task.product),
        ("Văn bản: ", f"{task.document.name} ({task.document.id})"),
        ("Thực hiện: ", " → ".join(task.chain[1:] or task.under)),
    )
    return [label + words for label, words in said if words]


def _text(words: str) -> str:
    """Without signs that a calendar cannot hold."""
    return _UNPRINTED.sub(" ", words)


def _stamp(day: str | None) -> datetime | None:
    found = whole_day(day)
    return datetime(found.year, found.month, found.day, tzinfo=UTC) if found else None
