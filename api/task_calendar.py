"""Tasks as a calendar of things to do (iCalendar, RFC 5545)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain
from typing import IO

from icalendar import Calendar, Todo, vRecur

from queries.due import occurs, whole_day
from queries.scope import ANY_DAY
from queries.tasks import Order, Orders

_SUMMARY = 200
_UNPRINTED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")


def write_calendar(pages: Iterable[Orders], out: IO[bytes]) -> None:
    """A to-do for each task, those without a day too. The same tasks give the same bytes."""
    pages = iter(pages)
    first = next(pages)
    head, close, end = _calendar(first).to_ical().partition(b"END:VCALENDAR")
    out.write(head)
    for page in chain((first,), pages):
        for task in page.tasks:
            out.write(_todo(task, page.as_of).to_ical())
    out.write(close + end)


def _calendar(page: Orders) -> Calendar:
    made = Calendar()
    made.add("prodid", "-//vanban-graph//tasks//VI")
    made.add("version", "2.0")
    made.add("x-wr-calname", _text(", ".join(body.name or body.id for body in page.bodies) or "Nhiệm vụ"))
    made.add("x-wr-caldesc", _text(f"Tính đến ngày {page.as_of}. {drawn_from(page)}"))
    return made


def drawn_from(page: Orders) -> str:
    """What the tasks were drawn from, in the reader's language."""
    note = page.corpus
    return f"Rút từ {note.held} văn bản có ở đây; {note.cited} văn bản khác mới chỉ được viện dẫn."


def _todo(task: Order, as_of: str) -> Todo:
    made = Todo()
    made.add("uid", f"{task.id}@vanban-graph")
    made.add("dtstamp", _stamp(task.document.date) or _stamp(as_of))
    made.add("summary", _text(_short(task)))
    made.add("description", _text("\n".join(_details(task))))
    made.add("status", "COMPLETED" if task.completion == "done" else "NEEDS-ACTION")
    made.add("categories", [_text(task.document.name)])
    _add_days(made, task, as_of)
    return made


def _add_days(made: Todo, task: Order, as_of: str) -> None:
    """The last day, and the first where that is another one; a repeated task begins with its first day."""
    if task.due_last and (last := whole_day(task.due_last)):
        made.add("due", last)
        if (first := whole_day(task.due_first)) and first < last:
            made.add("dtstart", first)
        return
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
