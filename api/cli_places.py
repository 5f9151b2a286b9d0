"""The commands on the files of held documents: where citations stand in them, and the files as they came."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.cli_common import AsJson, Cursor, Document, Exact, Home, Limit, StoreAt, answered, settings_of
from api.desk import opened
from api.doors import Question, call, scope_parameters
from api.running import running
from graph.spots import Spot
from queries.ask import Wanted
from queries.places import Places, file_of, places
from queries.scope import Scope

Source = Annotated[str | None, typer.Option(help="Of several texts held, this one (16 hex digits).")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("places")(places_command)
    app.command("file")(file_command)


def places_command(
    document: Document, source: Source = None, exact: Exact = False, limit: Limit = 200, cursor: Cursor = 0,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Where the citations of a held document stand in its file: page and box, paragraph, or offset."""
    scope, wanted = Scope(limit=limit), Wanted(document, exact)
    parameters = {"document": document, "exact": str(exact).lower(), "source": source, "cursor": cursor or None}
    question = Question(
        "documents/places",
        Places,
        lambda corpus: places(corpus, wanted, source, scope, cursor),
        parameters | scope_parameters(scope),
    )
    answered(settings_of(home, store), question, show_places, as_json)


def file_command(
    document: Document,
    output: Annotated[Path, typer.Option("--output", "-o", help="Where the file goes; - is standard output.")],
    source: Source = None, exact: Exact = False, store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """The file of a held document as it came, the best format of several."""
    settings = settings_of(home, store)
    if server := running(settings.home, settings.store):
        asked = {"document": document, "exact": str(exact).lower(), **({"source": source} if source else {})}
        data = call(server, "GET", "/api/v1/documents/file", params=asked).content
    else:
        with opened(settings) as desk:
            row = file_of(desk.asked(), Wanted(document, exact), source)
            data = desk.library().originals.get(row.sha256) or b""
    if str(output) == "-":
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)


def show_places(console: Console, answer: Places) -> None:
    """The files, then a line a citation."""
    for file in answer.files:
        console.print(f"{file.format}: {escape(', '.join(file.paths) or file.sha256)}", highlight=False)
    table = Table("where", "words", "means")
    for one in answer.citations:
        where = "; ".join(map(spot_words, one.spots)) or f"at {one.start}"
        table.add_row(where, escape(" ".join(one.words.split())), escape(one.key or ""))
    console.print(table)
    if answer.next is not None:
        console.print(f"more: --cursor {answer.next}", highlight=False)


def spot_words(spot: Spot) -> str:
    """A place as people say it: "page 2, 31 % down", "paragraph 14", "footnotes, paragraph 90"."""
    if spot.page:
        return f"page {spot.page}, {spot.box[1]:.0%} down" if spot.box else f"page {spot.page}"
    return f"{spot.part}, paragraph {spot.paragraph}" if spot.part else f"paragraph {spot.paragraph}"
