"""The commands that ask: lineage, impact, document, missing, stats."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_common import (
    AsJson,
    AsOf,
    Confidence,
    Cursor,
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
    answered,
    settings_of,
)  # fmt: skip
from api.doors import Question, scope_parameters
from api.show import show_document, show_impact, show_lineage, show_missing, show_stats
from queries.ask import Wanted
from queries.document import DocumentCard, document
from queries.impact import Impact, impact
from queries.lineage import Direction, Lineage, lineage
from queries.missing import Missing, missing
from queries.scope import Scope
from queries.stats import Stats, stats


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (lineage_command, impact_command, document_command, missing_command, stats_command):
        app.command(command.__name__.removesuffix("_command"))(command)


def lineage_command(
    document: Document,
    direction: Annotated[Direction, typer.Option(help="up: what it rests on; down: what rests on it.")] = "both",
    exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None,
    confidence: Confidence = 0.0,
    held: Held = None, issuer: Issuers = None, place: Places = None, limit: Limit = 200,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What a document rests on and what rests on it, with the words that say so."""
    scope = Scope(tuple(relation or ()), depth, as_of, confidence, held, tuple(issuer or ()), tuple(place or ()), limit)
    wanted = Wanted(document, exact)
    asked = {"document": document, "exact": exact, "direction": direction, **scope_parameters(scope)}
    question = Question("lineage", Lineage, lambda corpus: lineage(corpus, wanted, scope, direction), asked)
    answered(settings_of(home, store), question, show_lineage, as_json)


def impact_command(
    document: Document,
    article: Annotated[str | None, typer.Option(help='Only what names this article or none: "Điều 5".')] = None,
    exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None,
    confidence: Confidence = 0.0,
    held: Held = None, issuer: Issuers = None, place: Places = None, limit: Limit = 200,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What is touched if a document, or one article of it, is amended, replaced or repealed."""
    scope = Scope(tuple(relation or ()), depth, as_of, confidence, held, tuple(issuer or ()), tuple(place or ()), limit)
    wanted = Wanted(document, exact)
    asked = {"document": document, "exact": exact, "article": article, **scope_parameters(scope)}
    question = Question("impact", Impact, lambda corpus: impact(corpus, wanted, scope, article), asked)
    answered(settings_of(home, store), question, show_impact, as_json)


def document_command(
    name: Document, exact: Exact = False, relation: Relations = None, limit: Limit = 200,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """One document, what it says of others and what they say of it."""
    scope = Scope(tuple(relation or ()), limit=limit)
    asked = {"document": name, "exact": exact, **scope_parameters(scope)}
    question = Question(
        "documents/card", DocumentCard, lambda corpus: document(corpus, Wanted(name, exact), scope), asked
    )
    answered(settings_of(home, store), question, show_document, as_json)


def missing_command(
    cursor: Cursor = 0, relation: Relations = None, as_of: AsOf = None, issuer: Issuers = None,
    place: Places = None, limit: Limit = 50,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """The documents that are cited and not held, most cited first."""
    scope = Scope(
        tuple(relation or ()), as_of=as_of, issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit
    )
    asked = {"cursor": cursor, **scope_parameters(scope)}
    question = Question("missing", Missing, lambda corpus: missing(corpus, scope, cursor), asked)
    answered(settings_of(home, store), question, show_missing, as_json)


def stats_command(store: StoreAt = None, home: Home = None, as_json: AsJson = False) -> None:
    """How many documents, relationships, tasks and bodies there are."""
    answered(settings_of(home, store), Question("stats", Stats, stats, {}), show_stats, as_json)
