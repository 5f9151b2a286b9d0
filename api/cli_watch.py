"""The command that watches folders: what comes there is read, what changes or goes is followed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event, current_thread, main_thread
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from watchfiles import Change, watch

from api.cli_common import Home, StoreAt, console, settings_of
from api.keeping import ingest_at
from api.settings import Settings
from api.show_report import show_report
from graph.library import LibraryError
from graph.store import StoreError
from ingest.intake import Options
from ingest.walk import is_document, is_litter

# What failed for want of the library or the store is tried again after so long, also when nothing changes.
AGAIN_MILLISECONDS = 5_000
Folders = Annotated[
    list[Path], typer.Argument(help="Folders to watch.", exists=True, file_okay=False, show_default=False)
]


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("watch")(watch_command)


def watch_command(
    folders: Folders,
    prune: Annotated[bool, typer.Option("--prune", help="Take out documents whose files are gone.")] = False,
    keep_secrets: Annotated[
        bool, typer.Option("--keep-secrets", help="Also keep documents marked MẬT, TỐI MẬT, TUYỆT MẬT.")
    ] = False,
    poll: Annotated[bool, typer.Option("--poll", help="Look regularly: network drives tell nothing.")] = False,
    store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """Read what comes into folders, and follow what changes or goes there, until stopped."""
    settings = settings_of(home, store)
    options = Options(prune=prune, secrets=keep_secrets)
    whole = [str(folder.absolute()) for folder in folders]
    stop = _stopping()
    owed = set(whole)
    for changes in _changes(whole, poll, stop):
        owed |= meant(changes, whole)
        if owed and not stop.is_set() and _taken(settings, sorted(owed), options):
            owed = set()


def _stopping() -> Event:
    """Set by Ctrl-C and by the signal to end: what is being read is read to its end."""
    stop = Event()
    if current_thread() is main_thread():
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, lambda *_: stop.set())
    return stop


def _changes(folders: list[str], poll: bool, stop: Event) -> Iterator[set[tuple[Change, str]]]:
    """Nothing at first, when watching has begun; then what changes, and now and then nothing."""
    found = watch(
        *folders,
        stop_event=stop,
        force_polling=poll or None,
        rust_timeout=AGAIN_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=False,
        watch_filter=None,
    )
    Console(stderr=True, soft_wrap=True).print(f"watching {escape(', '.join(folders))}", highlight=False)
    yield set()
    yield from found


def meant(changes: Iterable[tuple[Change, str]], folders: Iterable[str]) -> set[str]:
    """The paths to be read for some changes: files that came or changed; the whole folder where something went."""
    paths: set[str] = set()
    for change, path in changes:
        if change is Change.deleted:
            paths |= {folder for folder in folders if path.startswith(os.path.join(folder, ""))}
        elif os.path.isdir(path) or (is_document(path) and not is_litter(path)):
            paths.add(path)
    return {path for path in paths if os.path.lexists(path)}


def _taken(settings: Settings, paths: list[str], options: Options) -> bool:
    """Whether the paths could be taken in; where the library or the store is away they are tried again."""
    try:
        report = ingest_at(settings, paths, options)
    except (LibraryError, StoreError) as problem:
        Console(stderr=True, soft_wrap=True).print(f"[red]later[/]: {escape(str(problem))}", highlight=False)
        return False
    if report.added or report.changed or report.moved or report.pruned or report.failed:
        show_report(console(), report)
    return True
