"""The command `vanban`: turns every error into a message (what, where, what to do) and an exit code."""

from __future__ import annotations

import logging
import os
import sys
from importlib.metadata import version as installed_version
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from api import (
    cli_ask,
    cli_backup,
    cli_changes,
    cli_export,
    cli_files,
    cli_ingest,
    cli_judge,
    cli_lookup,
    cli_more,
    cli_move,
    cli_places,
    cli_search,
    cli_serve,
    cli_tasks,
    cli_watch,
)
from api.settings import BadSetting
from api.show import show_candidates
from graph.judgement import BadJudgement
from graph.library import LibraryError
from graph.store import StoreError
from ingest.read import Unreadable
from ingest.register import BadRegister
from queries.errors import AmbiguousDocument, QuestionError, UnknownDocument

OK, SOME_FAILED, USAGE, STORE, UNKNOWN, AMBIGUOUS, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130

app = typer.Typer(
    name="vanban",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def vanban(
    version: Annotated[bool, typer.Option("--version", help="Say which version this is, and leave.")] = False,
) -> None:
    """Which Vietnamese documents carry out, rest on, change and order what."""
    if version:
        typer.echo(f"vanban-graph {installed_version('vanban-graph')}")
        raise typer.Exit


for commands in (
    cli_ingest, cli_ask, cli_lookup, cli_more, cli_search, cli_tasks, cli_export, cli_files, cli_judge, cli_serve,
    cli_backup, cli_changes, cli_move, cli_places, cli_watch,
):  # fmt: skip
    commands.add_to(app)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    logging.getLogger().addHandler(logging.NullHandler())  # a driver's warnings come as our messages
    code = run(arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output has gone: nothing is left to say, also at exit
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: list[str] | None = None) -> int:
    """Run one command; its exit code."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        app(arguments, prog_name="vanban")
    except SystemExit as leaving:
        if leaving.code == INTERRUPTED:
            console.print("interrupted; what was done before is kept")
        return leaving.code if isinstance(leaving.code, int) else OK
    except BrokenPipeError:
        return OK
    except AmbiguousDocument as error:
        console.print(f"[red]ambiguous[/]: {escape(str(error))}")
        show_candidates(console, error.candidates)
        return AMBIGUOUS
    except UnknownDocument as error:
        console.print(
            f"[red]unknown[/]: {escape(str(error))}\n`vanban missing` and `vanban search` list what there is."
        )
        return UNKNOWN
    except (QuestionError, BadSetting, Unreadable, BadJudgement, BadRegister) as error:
        console.print(f"[red]error[/]: {escape(str(error))}")
        return USAGE
    except (StoreError, LibraryError, OSError) as error:
        console.print(f"[red]store[/]: {escape(str(error))}")
        return STORE
    return OK
