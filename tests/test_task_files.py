"""Tasks as tables and calendars, read back by other programs: nothing is lost, no cell is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from served import served
from task_demo import HUNG_YEN, demo_client, fill, said

from api.task_files import MEDIA, Format, columns, file_name, plain, write_tasks
from queries.answer import CorpusNote, Document
from queries.bodies import Body
from queries.tasks import Order, Orders

FORMULA = "=+-@＝＋－＠\t\r"
PLAN = Document(
    "vn:state:ubnd@binh-thuan:kh:2022:1511", "Kế hoạch 1511/KH-UBND", date="2022-08-12", date_first="2022-08-12"
)
TASK = Order(
    "vn:task:0123456789abcdef:1", PLAN, "Báo cáo kết quả.", (Body("vn:org:byt", "Bộ Y tế", "lead"),), "2022-12-15",
    "2022-12-15", "2022-12-15", None, False, None, "past", "unknown", "Báo cáo", (),
)  # fmt: skip
QUARTERLY = "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1"
HOSTILE = (
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r\n=1+1", "＝1+1", 'x",=1+1', "x;=1+1", " =1+1",
    "_x003D_1+1", "a\x00b\x0bc\ufffe", "a" * 40_000, "BEGIN:VTODO\r\nEND:VCALENDAR\r\n", "{=1}", "http://a.vn",
)  # fmt: skip


def orders(*found: Order) -> Orders:
    return Orders(
        found, (), (), None, None, "2026-01-05", (), (), False, (), None, CorpusNote(1, 2, "Drawn from 1 document.")
    )


def written(format: Format, *found: Order) -> bytes:
    out = io.BytesIO()
    write_tasks(format, [orders(*found)], out)
    return out.getvalue()


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheet(data: bytes) -> list[list[Any]]:
    return [list(row) for row in openpyxl.load_workbook(io.BytesIO(data))["Nhiệm vụ"].iter_rows()]


def todos(data: bytes) -> list[Any]:
    return Calendar.from_ical(data).walk("VTODO")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with demo_client(tmp_path_factory.mktemp("demo")) as client:
        yield client


@given(st.text(max_size=60) | st.text("=+-@\t\r\n ;,|'\"a＝", max_size=20))
@settings(deadline=None, max_examples=300)
def test_no_cell_can_start_a_formula(text: str) -> None:
    cell = plain(text)
    assert cell[:1] not in FORMULA or not cell
    for mark in ",;|":
        for piece in cell.split(mark):
            assert piece[:1] not in FORMULA or not piece
    assert plain("- + Giao Sở Y tế;\n hoàn thành 15/12") == "Giao Sở Y tế; hoàn thành 15/12"


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_a_document_says_is_text_in_every_file(text: str) -> None:
    body = Body("vn:org:x", text, "coordinate")
    bad = replace(TASK, text=text, product=text, deadline=text, bodies=(body,), document=replace(PLAN, name=text))
    rows = table(written("csv", bad, TASK))
    assert len(rows) == 3 and all(len(row) == len(columns()) for row in rows)
    cells = [cell for row in sheet(written("xlsx", bad, TASK)) for cell in row]
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)
    shown = [cell for row in rows for cell in row] + [cell.value for cell in cells if isinstance(cell.value, str)]
    assert not [one for one in shown if one and (one[0] in FORMULA or len(one) > 32_767)]
    found = todos(written("ics", bad, TASK))
    assert [str(one["uid"]) for one in found] == [f"{TASK.id}@vanban-graph"] * 2


def test_a_table_holds_what_is_known_and_days_are_days() -> None:
    done = replace(TASK, id="vn:task:0123456789abcdef:2", completion="done", due_first="1815-01-01")
    head, first, second = sheet(written("xlsx", TASK, done))
    shown = {column.value: cell.value for column, cell in zip(head, first, strict=True)}
    assert shown["Cơ quan chủ trì"] == "Bộ Y tế" and shown["Tình trạng"] == "quá hạn, chưa rõ kết quả"
    assert shown["Đến ngày"] == datetime(2022, 12, 15) and shown["Mã nhiệm vụ"] == TASK.id
    assert [cell.value for cell in second][4] == "1815-01-01" and [cell.value for cell in second][7] == "đã xong"
    plain_row = dict(zip(*table(written("csv", TASK)), strict=True))
    assert plain_row == {name: _text(value) for name, value in shown.items()}
    notes = openpyxl.load_workbook(io.BytesIO(written("xlsx", TASK)))["Ghi chú"]
    assert "2026-01-05" in notes["A1"].value and "1 văn bản" in notes["A2"].value


def _text(value: Any) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else value or ""


def test_a_calendar_has_days_spans_and_repetitions() -> None:
    span = replace(TASK, due_first="2023-08-01", due_last="2023-08-31", completion="done")
    never = replace(TASK, due_first=None, due_last=None)
    single, whole, repeated, undated, odd = todos(
        written("ics", TASK, span, replace(never, rrule=QUARTERLY), never, replace(never, rrule="FREQ=SECONDLY"))
    )
    assert (single["due"].dt, "dtstart" in single, single["status"]) == (date(2022, 12, 15), False, "NEEDS-ACTION")
    assert (whole["dtstart"].dt, whole["due"].dt, whole["status"]) == (date(2023, 8, 1), date(2023, 8, 31), "COMPLETED")
    assert repeated["dtstart"].dt == date(2022, 9, 30) and "due" not in repeated
    assert (repeated["rrule"]["FREQ"], repeated["rrule"]["BYMONTH"]) == (["MONTHLY"], [3, 6, 9, 12])
    assert not {"due", "dtstart", "rrule"} & set(map(str.lower, (*undated, *odd)))
    assert single["dtstamp"].dt.date() == date(2022, 8, 12)
    assert str(single["summary"]) == "Bộ Y tế: Báo cáo kết quả." and "Sản phẩm: Báo cáo" in single["description"]


def test_a_calendar_of_events_shows_what_has_a_day_and_counts_the_rest() -> None:
    never = replace(TASK, due_first=None, due_last=None)
    done = replace(TASK, completion="done", due_first="2022-12-01")
    data = written("events", TASK, done, replace(never, rrule=QUARTERLY), never)
    single, marked, repeated = Calendar.from_ical(data).walk("VEVENT")
    assert single["dtstart"].dt == marked["dtstart"].dt == date(2022, 12, 15)
    assert (str(single["summary"]), str(marked["summary"])[0]) == ("Bộ Y tế: Báo cáo kết quả.", "✓")
    assert repeated["dtstart"].dt == date(2022, 9, 30) and repeated["rrule"]["FREQ"] == ["MONTHLY"]
    assert "1 việc không có ngày" in str(Calendar.from_ical(data)["x-wr-caldesc"])


@pytest.mark.parametrize("format", MEDIA)
def test_the_same_tasks_give_the_same_bytes(format: Format) -> None:
    assert written(format, TASK) == written(format, TASK)
    assert written(format)


def test_the_route_gives_all_tasks_that_fit(client: TestClient) -> None:
    wanted = client.get("/api/v1/tasks", params={"under": "20-NQ/TW", "limit": 2000}).json()["tasks"]
    ids = [one["id"] for one in wanted]
    assert len(ids) > 10
    data = {}
    for format, media in MEDIA.items():
        file = client.get("/api/v1/tasks/export", params={"under": "20-NQ/TW", "format": format})
        assert file.status_code == 200 and file.headers["content-type"] == media
        assert f'filename="{file_name(format)}"' in file.headers["content-disposition"]
        data[format] = file.content
    assert [row[-1] for row in table(data["csv"])[1:]] == ids
    assert [row[-1].value for row in sheet(data["xlsx"])[1:]] == ids
    assert [str(one["uid"]).removesuffix("@vanban-graph") for one in todos(data["ics"])] == ids
    under = dict(zip(*table(data["csv"])[:2], strict=True))["Thực hiện"]
    assert under.endswith("Nghị quyết 20-NQ/TW")
    assert client.get("/api/v1/tasks/export", params={"format": "doc"}).status_code == 422
    assert client.get("/api/v1/tasks/export", params={"under": "999/QĐ-TTg"}).status_code == 404


def test_commands_say_the_same_alone_and_through_a_server(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = tmp_path / "home"
    at.mkdir()
    fill(at)
    given = ("tasks", "export", "--document", HUNG_YEN, "--as-of", "2026-01-05")
    asked = (
        ("tasks", "--body", "Sở Y tế tỉnh Bình Thuận", "--expand", "--due-from", "2022-01-01", "--json"),
        ("gaps", "3933/UBND-KGVXNV", "--expand", "--role", "lead", "--json"),
        given,
    )
    alone = [said(at, capsys, *one) for one in asked]
    assert [code for code, _, _ in alone] == [0, 0, 0]
    assert "Kế hoạch (không số) của Tỉnh ủy Hưng Yên" in alone[2][1]
    assert said(at, capsys, *given, "-o", tmp_path / "alone.xlsx")[0] == 0
    with served(at):
        assert [said(at, capsys, *one) for one in asked] == alone
        assert said(at, capsys, *given, "-o", tmp_path / "served.xlsx")[0] == 0
    assert (tmp_path / "served.xlsx").read_bytes() == (tmp_path / "alone.xlsx").read_bytes()
    assert said(at, capsys, "tasks", "export", "--document", "999/QĐ-TTg")[0] == 4
