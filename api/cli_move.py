"""The commands for analysts: the graph taken elsewhere (copy, neo4j-import), numbers beside its nodes (analyse)."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn

from api.cli_common import AsJson, Home, Relations, StoreAt, console, print_json, settings_of
from api.keeping import analyse_at, copied, export_from
from api.settings import Settings
from graph.copying import Progress as Told
from graph.neo4j_import import unpack
from queries.scope import Scope

From = Annotated[str | None, typer.Option("--from", help="The graph to copy (VANBAN_STORE).", show_default=False)]
To = Annotated[str, typer.Option("--to", help="A graph file or neo4j://… that becomes the same.", show_default=False)]
_USER, _PASSWORD, _DATABASE = ("Where both are servers and --from has another login.",) * 3


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("copy")(copy_command)
    app.command("neo4j-import")(neo4j_import_command)
    app.command("analyse")(analyse_command)


def copy_command(
    to: To, start: From = None,
    renew: Annotated[bool, typer.Option("--replace", help="Remove what only the target holds.")] = False,
    from_user: Annotated[str | None, typer.Option(envvar="VANBAN_FROM_USER", help=_USER)] = None,
    from_password: Annotated[str | None, typer.Option(envvar="VANBAN_FROM_PASSWORD", help=_PASSWORD)] = None,
    from_database: Annotated[str | None, typer.Option(envvar="VANBAN_FROM_DATABASE", help=_DATABASE)] = None,
    home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Make another graph the same as this one: only what differs is written, so an interrupted copy goes on where it
    stopped; at the end both exports are compared."""
    settings = settings_of(home, start)
    source = replace(
        settings,
        store_user=from_user or settings.store_user,
        store_password=from_password or settings.store_password,
        store_database=from_database or settings.store_database,
    )
    with _progress() as progress:
        done = copied(_without_login(source), _without_login(replace(settings, store=to)), renew, progress)
    if as_json:
        print_json(done)
    else:
        console().print(
            f"{done.nodes} nodes and {done.edges} edges; {done.written} written, {done.removed} removed. "
            f"Both exports are the same: SHA-256 {done.sha256}",
            highlight=False,
        )


def neo4j_import_command(
    folder: Annotated[Path, typer.Argument(help="Where the files go.", show_default=False)],
    database: Annotated[str, typer.Option(help="The database to make.")] = "neo4j",
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write the graph as files for `neo4j-admin database import full`, and show the command line: the quickest way to
    fill a large, stopped server."""
    files = unpack(export_from(settings_of(home, store), "csv"), folder, database)
    if as_json:
        print_json(files)
    else:
        shown = console()
        shown.print(f"{len(files.files)} files in {escape(str(folder))}. With the server stopped:", highlight=False)
        shown.print(escape(files.command), highlight=False)


def analyse_command(
    relation: Relations = None,
    without_authority: Annotated[
        bool, typer.Option("--without-authority", help="Leave out the acts that are cited for the power to act only.")
    ] = False,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Write rank, community, citations and citation age beside each document (x_rank, x_community, x_cited_by,
    x_citation_age), so that Neo4j Browser can size nodes by them; exports leave them out."""
    done = analyse_at(settings_of(home, store), Scope(tuple(relation or ())), without_authority)
    if as_json:
        print_json(done)
    else:
        said = f"{done.documents} documents in {done.communities} communities; {done.left_out} left out"
        console().print(said, highlight=False)


def _without_login(settings: Settings) -> Settings:
    """The settings for a store of its kind: a file takes no login."""
    if "://" in settings.store and not settings.store.startswith("kglite:"):
        return settings
    return replace(settings, store_user="", store_password="", store_database="")


@contextmanager
def _progress() -> Iterator[Told | None]:
    """A count on the terminal; nothing where there is none."""
    if not sys.stderr.isatty():
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed:,} nodes and edges"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        counter = bar.add_task("copying", total=None)
        yield lambda done: bar.update(counter, completed=done)
