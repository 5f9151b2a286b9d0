"""The commands that keep a library safe: backup, restore."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.cli_common import AsJson, Home, StoreAt, console, print_json, settings_of
from api.keeping import rebuild_at
from api.running import running
from graph.backup import Backup, back_up, restore
from graph.library import LibraryError, LibraryLocked

SOME_FAILED = 1


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (backup_command, restore_command):
        app.command(command.__name__.removesuffix("_command"))(command)


def backup_command(
    file: Annotated[Path, typer.Argument(help="The backup to write, one zip file.", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Write over a file that is there.")] = False,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write the library and the original files into one file, also while a server reads and writes them."""
    settings = settings_of(home, store)
    if file.exists() and not replace:
        raise LibraryError(f"{file} is there already: choose another name, or write over it with --replace")
    done = back_up(settings.home, settings.files or None, file)
    _said(done, "in the backup", as_json)
    if done.missing:
        Console(stderr=True).print(f"{len(done.missing)} original files are not where they are kept: see --json")
        raise typer.Exit(SOME_FAILED)


def restore_command(
    file: Annotated[Path, typer.Argument(help="A file that `vanban backup` wrote.", show_default=False)],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a library that is there.")] = False,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Put the library and the original files of a backup in place, and make the graph again from them."""
    settings = settings_of(home, store)
    if running(settings.home, settings.store):
        raise LibraryLocked(f"a server runs on {settings.home}: stop it first")
    done = restore(settings.home, settings.files or None, file, replace)
    rebuild_at(settings, again=False)
    _said(done, "put in place; the graph was made again", as_json)


def _said(done: Backup, what: str, as_json: bool) -> None:
    if as_json:
        print_json(done)
    else:
        console().print(f"{done.sources} documents and {done.originals} original files {what}", highlight=False)
    sys.stdout.flush()
