"""The commands that read files and keep what was read: ingest, read, remove, rebuild."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from api.cli_common import AsJson, Home, StoreAt, console, print_json, settings_of
from api.intake_report import writer_of
from api.keeping import ingest_at, rebuild_at, remove_at
from api.show_report import show_failed, show_reading, show_removed, show_report
from graph.reading import to_json
from ingest.extract import extract
from ingest.intake import Options
from ingest.read import Unreadable, read_file
from ingest.walk import Failed, walk

SOME_FAILED, INTERRUPTED = 1, 130
Paths = Annotated[list[Path], typer.Argument(help="Files, folders, or patterns like 'docs/*.md'.", show_default=False)]
Names = Annotated[list[str], typer.Argument(help="Keys, paths, folders or sources.", show_default=False)]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (ingest_command, read_command, remove_command, rebuild_command):
        app.command(command.__name__.removesuffix("_command"))(command)


def ingest_command(
    paths: Paths,
    prune: Annotated[bool, typer.Option("--prune", help="Take out documents whose files are gone.")] = False,
    keep_secrets: Annotated[
        bool, typer.Option("--keep-secrets", help="Also keep documents marked MẬT, TỐI MẬT, TUYỆT MẬT.")
    ] = False,
    workers: Annotated[int | None, typer.Option(help="Processes that read (default: as fits).", min=0, max=64)] = None,
    report: Annotated[
        Path | None, typer.Option(help="Also write what became of each file: report.html or report.csv.")
    ] = None,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Read files into the library and the graph; files that are known by their content are not read again."""
    settings = settings_of(home, store)
    write = writer_of(report) if report else None
    with _progress() as progress:
        said = ingest_at(settings, [str(path) for path in paths], Options(workers, prune, progress, keep_secrets))
    if write and report:
        write(said, report)
    if as_json:
        print_json(said)
    else:
        show_report(console(), said)
    raise typer.Exit(INTERRUPTED if said.interrupted else SOME_FAILED if said.failed else 0)


@contextmanager
def _progress() -> Iterator[_Bar | None]:
    """A bar on the terminal; nothing where there is none."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield _Bar(bar)


class _Bar:
    """Shows how many files are done."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("reading", total=None)

    def __call__(self, done: int, total: int, path: str) -> None:
        self._bar.update(self._task, completed=done, total=total, description=escape(Path(path).name[:40]))


def read_command(
    paths: Paths,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="One reading a line, as JSON.")] = False,
) -> None:
    """What is read in files, without keeping it."""
    walked = walk(paths)
    failed = list(walked.failed)
    for path in walked.files:
        try:
            source = read_file(path)
        except Unreadable as error:
            failed.append(Failed(error.path, f"{error.why}; {error.advice}"))
            continue
        reading = extract(Path(path).name, source.text)
        if jsonl:
            sys.stdout.write(json.dumps(to_json(reading), ensure_ascii=False) + "\n")
        else:
            show_reading(console(), reading)
    show_failed(Console(stderr=True, soft_wrap=True), failed)
    raise typer.Exit(SOME_FAILED if failed else 0)


def remove_command(names: Names, store: StoreAt = None, home: Home = None, as_json: AsJson = False) -> None:
    """Take documents out of the library and the graph."""
    removed = remove_at(settings_of(home, store), names)
    if as_json:
        print_json(removed)
    else:
        show_removed(console(), removed)
    raise typer.Exit(4 if removed.unknown else 0)


def rebuild_command(
    again: Annotated[bool, typer.Option("--again", help="Read every text anew, with today's rules.")] = False,
    store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """Make the whole graph again from the library."""
    sources = rebuild_at(settings_of(home, store), again)
    console().print(f"The graph was made again from {sources} sources.", highlight=False)
