"""The command that writes the whole graph to a file."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from api.cli_common import Home, StoreAt, settings_of
from api.keeping import export_from
from graph.exports import FormName

Output = Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")]
_HELP = (
    "jsonl: a node or an edge a line; graphml, gexf: for Gephi, yEd, networkx; csv: an archive for neo4j-admin; "
    "jsonld: linked data with terms of ELI and schema.org."
)


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("export")(export_command)


def export_command(
    format: Annotated[FormName, typer.Option(help=_HELP)] = "jsonl",
    output: Output = None, store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """The whole graph; equal graphs give equal bytes."""
    pieces = export_from(settings_of(home, store), format)
    with nullcontext(sys.stdout.buffer) if output is None else output.open("wb") as file:
        for piece in pieces:
            file.write(piece)
