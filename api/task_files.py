"""Tasks as files for other programs: a table (CSV, XLSX) whose cells are never formulas, or a calendar."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import IO, Any, Literal

from api import reports
from queries.answer import Document
from queries.corpus import Corpus
from queries.due import whole_day
from queries.errors import BadQuestion
from queries.scope import MAX_LIMIT, Scope
from queries.task_search import Which
from queries.tasks import Order, Orders, tasks

Format = Literal["csv", "xlsx", "ics", "events", "docx"]
MEDIA: Mapping[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ics": "text/calendar; charset=utf-8",
    "events": "text/calendar; charset=utf-8",
    "docx": reports.MEDIA,
}
LONGEST_CELL = 32_000  # a cell holds 32,767
MOST_ROWS = 1_000_000  # a sheet holds 1,048,576
_CUT = " […]"
_UNPRINTED = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")
_SIGNS = re.compile(r"^(?:[-+*•–] )+(?=\w)")
# What a spreadsheet takes for the beginning of a formula, at the start of a cell or behind what may separate cells.
_FORMULA = re.compile(r"(^|[,;|\"'])(?=[=+\-@＝＋－＠﹢﹣])")
_THROUGH = {
    "itself": "chính cơ quan này",
    "predecessor": "cơ quan tiền thân",
    "class": "nhóm gồm cơ quan này",
    "perhaps": "nhóm có thể gồm cơ quan này",
}
_STANDS = {"past": "quá hạn, chưa rõ kết quả", "soon": "sắp đến hạn, chưa rõ kết quả", "later": "chưa đến hạn"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its heading, its width in characters, what it shows of a task."""

    heading: str
    width: int
    shows: Callable[[Order, Mapping[str, Document]], str | date | None]


def columns() -> tuple[Column, ...]:
    """The columns of the table, in their order."""
    return (
        Column("Nhiệm vụ", 80, lambda task, _: task.text),
        Column("Cơ quan chủ trì", 30, lambda task, _: _led(task, "lead")),
        Column("Cơ quan phối hợp", 30, lambda task, _: _led(task, "coordinate")),
        Column("Thời hạn", 16, lambda task, _: task.deadline),
        Column("Từ ngày", 11, lambda task, _: whole_day(task.due_first)),
        Column("Đến ngày", 11, lambda task, _: whole_day(task.due_last)),
        Column("Lần tới", 11, lambda task, _: whole_day(task.next_due)),
        Column("Tình trạng", 20, lambda task, _: _stands(task)),
        Column("Theo", 24, lambda task, _: _THROUGH.get(task.through or "")),
        Column("Sản phẩm", 24, lambda task, _: task.product),
        Column("Văn bản", 30, lambda task, _: task.document.name),
        Column("Ngày văn bản", 12, lambda task, _: whole_day(task.document.date) or task.document.date),
        Column("Thực hiện", 40, _carried_out),
        Column("Mã văn bản", 40, lambda task, _: task.document.id),
        Column("Mã nhiệm vụ", 36, lambda task, _: task.id),
    )


def every(corpus: Corpus, which: Which, scope: Scope) -> Iterator[Orders]:
    """All the tasks that fit, page by page; there is always one page. Raises what `tasks` raises."""
    cursor: int | None = 0
    while cursor is not None:
        page = tasks(corpus, which, replace(scope, limit=MAX_LIMIT), cursor)
        yield page
        cursor = page.next


def write_tasks(format: Format, pages: Iterable[Orders], out: IO[bytes]) -> None:
    """Write the tasks of all pages. The same tasks give the same bytes. Raises what asking raises, `BadQuestion`."""
    from api.task_calendar import write_events, write_todos  # here, since few commands write calendars

    forms = {"csv": _write_csv, "xlsx": _write_xlsx, "ics": write_todos, "events": write_events, "docx": _write_docx}
    forms[format](pages, out)


def file_name(format: Format) -> str:
    """What a file of that form is called."""
    return "tasks.ics" if format == "events" else f"tasks.{format}"


def _write_docx(pages: Iterable[Orders], out: IO[bytes]) -> None:
    out.write(reports.tasks_report(pages))


def _write_csv(pages: Iterable[Orders], out: IO[bytes]) -> None:
    """UTF-8 with its mark, so that spreadsheets read the accents; every cell in quotes."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    shown = columns()
    table.writerow([column.heading for column in shown])
    for row in _rows(pages, shown):
        table.writerow([value.isoformat() if isinstance(value, date) else value for value in row])
    text.flush()
    text.detach()


def _write_xlsx(pages: Iterable[Orders], out: IO[bytes]) -> None:
    """A sheet of tasks with filters, and one that says what they were drawn from."""
    import xlsxwriter  # type: ignore[import-untyped]  # here, since few commands write sheets

    held = io.BytesIO()
    shown = columns()
    first: Orders | None = None
    with xlsxwriter.Workbook(held, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Nhiệm vụ")
        notes = book.add_worksheet("Ghi chú")
        styles = _Styles(book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"}))
        _head(sheet, shown, styles)
        at = 0
        for page in pages:
            first = first or page
            for row in _rows([page], shown):
                at += 1
                if at > MOST_ROWS:
                    raise BadQuestion("format", f"a sheet holds {MOST_ROWS} tasks and there are more: use csv")
                _put(sheet, at, row, styles)
        sheet.autofilter(0, 0, at, len(shown) - 1)
        book.set_properties({"created": datetime.fromisoformat(first.as_of) if first else datetime(2000, 1, 1)})
        for line, said in enumerate(_notes(first)):
            notes.write_string(line, 0, said)
    out.write(held.getvalue())


@dataclass(frozen=True, slots=True)
class _Styles:
    head: Any
    day: Any


def _head(sheet: Any, shown: tuple[Column, ...], styles: _Styles) -> None:
    for at, column in enumerate(shown):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.heading, styles.head)
    sheet.freeze_panes(1, 0)


def _put(sheet: Any, row: int, values: list[str | date], styles: _Styles) -> None:
    for at, value in enumerate(values):
        if isinstance(value, date) and value.year >= 1900:
            sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), styles.day)
        else:
            sheet.write_string(row, at, value.isoformat() if isinstance(value, date) else value)


def _notes(first: Orders | None) -> list[str]:
    """What the tasks were drawn from, and by which day they are past due."""
    if first is None:
        return []
    said = [f"Tính đến ngày {first.as_of}. Việc nào chưa được đánh dấu thì chưa rõ đã làm hay chưa.", drawn_from(first)]
    if first.under:
        said.append(f"Thực hiện: {first.under.document.name} ({first.under.document.id})")
    said += [f"Cơ quan: {body.name or body.id} ({body.id})" for body in first.bodies]
    if first.truncated:
        said.append("Chưa đủ: có thể còn văn bản thực hiện ngoài số đã dò.")
    return [plain(one) for one in said]


def _rows(pages: Iterable[Orders], shown: tuple[Column, ...]) -> Iterator[list[str | date]]:
    for page in pages:
        known = {one.id: one for one in page.others}
        for task in page.tasks:
            yield [
                value if isinstance(value, date) else plain(value or "")
                for value in (column.shows(task, known) for column in shown)
            ]


def plain(text: str) -> str:
    """The text on one line without list signs, as a cell that no spreadsheet takes for a formula: "=1+1" → "'=1+1"."""
    line = _SIGNS.sub("", " ".join(_UNPRINTED.sub(" ", text).split()))
    line = line if len(line) <= LONGEST_CELL else line[:LONGEST_CELL] + _CUT
    return _FORMULA.sub(lambda found: f"{found[1]}'", line)


def _led(task: Order, role: str) -> str:
    return "; ".join(body.name or body.id for body in task.bodies if body.role == role)


def _stands(task: Order) -> str:
    return "đã xong" if task.completion == "done" else _STANDS.get(task.due or "", "")


def _carried_out(task: Order, known: Mapping[str, Document]) -> str:
    """What the task's document carries out, up to the one asked for; else the documents that the task names."""
    return " → ".join(known[id].name if id in known else id for id in task.chain[1:] or task.under)


def drawn_from(page: Orders) -> str:
    """What the tasks were drawn from, in the reader's language."""
    note = page.corpus
    return f"Rút từ {note.held} văn bản có ở đây; {note.cited} văn bản khác mới chỉ được viện dẫn."
