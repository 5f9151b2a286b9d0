"""The commands that write answers to files: drawings and Word reports."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from api import reports
from api.cli_common import (
    AsOf,
    Confidence,
    Depth,
    Document,
    Exact,
    Held,
    Home,
    Issuers,
    Limit,
    Places,
    Relations,
    StoreAt,
    settings_of,
)  # fmt: skip
from api.cli_export import Output
from api.doors import Question, answer, scope_parameters
from api.reports import lineage_file
from queries.ask import Wanted
from queries.coverage import Among, Coverage, coverage
from queries.lineage import Direction, Lineage, lineage
from queries.scope import Scope

Way = Annotated[Direction, typer.Option(help="up: what it rests on; down: what rests on it.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("draw")(draw_command)
    app.command("report")(report_command)


def draw_command(
    document: Document,
    format: Annotated[Literal["mermaid", "dot"], typer.Option(help="For pages, or for Graphviz.")] = "mermaid",
    direction: Way = "both", exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None,
    confidence: Confidence = 0.0, held: Held = None, issuer: Issuers = None, place: Places = None, limit: Limit = 200,
    output: Output = None, store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """A lineage as text that draws it: Mermaid, or DOT."""
    scope = Scope(tuple(relation or ()), depth, as_of, confidence, held, tuple(issuer or ()), tuple(place or ()), limit)
    question = _lineage(document, exact, direction, scope)
    _write(lineage_file(answer(settings_of(home, store), question), format), output)


def report_command(
    document: Document,
    about: Annotated[
        Literal["lineage", "coverage"],
        typer.Option(help="What rests on it and it on, or who carries it out; for tasks: `vanban tasks export`."),
    ] = "lineage",
    direction: Way = "both", among: Annotated[Among, typer.Option(help="Coverage: over which bodies.")] = "provinces",
    exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None,
    confidence: Confidence = 0.0, limit: Limit = 200,
    output: Output = None, store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """A lineage or a coverage as a Word document, each claim with the words that say so."""
    settings, scope = settings_of(home, store), Scope(tuple(relation or ()), depth, as_of, confidence, limit=limit)
    if about == "lineage":
        data = lineage_file(answer(settings, _lineage(document, exact, direction, scope)), "docx")
    else:
        wanted = Wanted(document, exact)
        asked = {"document": document, "exact": exact, "among": among, **scope_parameters(scope)}
        question = Question("coverage", Coverage, lambda corpus: coverage(corpus, wanted, scope, among), asked)
        data = reports.coverage_report(answer(settings, question))
    _write(data, output)


def _lineage(document: str, exact: bool, direction: Direction, scope: Scope) -> Question[Lineage]:
    asked = {"document": document, "exact": exact, "direction": direction, **scope_parameters(scope)}
    return Question(
        "lineage", Lineage, lambda corpus: lineage(corpus, Wanted(document, exact), scope, direction), asked
    )


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)
