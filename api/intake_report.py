"""What became of files as a file for people: a page, or a table for a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import jinja2
import typer

from api.task_files import plain
from ingest.intake import Report, Told

Writer = Callable[[Report, Path], None]


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a path, in a word; `told` says what was read in it, `why` why nothing was."""

    path: str
    state: str
    told: Told | None = None
    why: str = ""


_STATES = ("added", "changed", "unchanged", "moved", "gone", "pruned", "opened", "left_out")
_WORDS = {
    "failed": "không đọc được",
    "added": "mới",
    "changed": "đã thay đổi",
    "unchanged": "không đổi",
    "moved": "đã chuyển chỗ",
    "gone": "không còn tệp, vẫn giữ",
    "pruned": "đã bỏ",
    "opened": "đã mở (tệp nén, thư)",
    "left out": "bỏ qua (không phải văn bản)",
}
_COLUMNS = (
    "path", "state", "format", "encoding", "type", "number", "date", "issuer", "key", "citations", "tasks", "inferred",
    "doubtful", "why",
)  # fmt: skip


def writer_of(path: Path) -> Writer:
    """What writes a report to a file whose name ends so. Raises `typer.BadParameter` for other endings."""
    writers: dict[str, Writer] = {".csv": _write_csv, ".html": _write_html}
    if path.suffix.lower() not in writers:
        raise typer.BadParameter(f"{path.name}: a report is .html or .csv", param_hint="--report")
    return writers[path.suffix.lower()]


def lines(report: Report) -> Iterator[Line]:
    """A line a path: what failed first, then the others by what became of them."""
    yield from (Line(one.path, "failed", why=one.why) for one in report.failed)
    told = {one.path: one for one in report.told}
    for state in _STATES:
        yield from (Line(path, state.replace("_", " "), told.get(path)) for path in getattr(report, state))


def _write_csv(report: Report, path: Path) -> None:
    # With a mark, since Excel takes UTF-8 without one for something else.
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(_COLUMNS)
        for line in lines(report):
            rows.writerow(plain(value) for value in _values(line))


def _values(line: Line) -> list[str]:
    one = line.told
    if one is None:
        return [line.path, line.state, *[""] * (len(_COLUMNS) - 3), line.why]
    said = (one.type, one.number, one.date, one.issuer, one.key)
    counts = (str(one.citations), str(one.tasks))
    doubts = (", ".join(one.inferred), "; ".join(one.flags))
    return [line.path, line.state, one.format, one.encoding, *(value or "" for value in said), *counts, *doubts, ""]


def _write_html(report: Report, path: Path) -> None:
    every = list(lines(report))
    counts: dict[str, int] = {}
    for line in every:
        counts[line.state] = counts.get(line.state, 0) + 1
    page = _template().render(lines=every, counts=counts, words=_WORDS, interrupted=report.interrupted)
    path.write_text(page, encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(files("api").joinpath("templates/intake_report.html").read_text(encoding="utf-8"))
