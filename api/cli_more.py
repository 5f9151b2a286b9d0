"""The commands of the further questions, from stale to islands."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_common import (
    AsJson,
    AsOf,
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
from api.show_more import (
    show_common,
    show_coverage,
    show_groups,
    show_path,
    show_rank,
    show_stale,
    show_timeline,
)  # fmt: skip
from queries.ask import Wanted
from queries.common import Common, common
from queries.coverage import Among, Coverage, coverage
from queries.path import Way, path
from queries.scope import MAX_LIMIT, Scope
from queries.shape import Groups, Ranking, cycles, islands, rank
from queries.stale import StaleList, stale
from queries.timeline import Timeline, timeline

Some = Annotated[int, typer.Option("--limit", help="The most to list.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (
        stale_command, coverage_command, path_command, timeline_command, common_command,
        rank_command, cycles_command, islands_command,
    ):  # fmt: skip
        app.command(command.__name__.removesuffix("_command"))(command)


def stale_command(
    document: Annotated[str | None, typer.Argument(help="Only this document.", show_default=False)] = None,
    cursor: Cursor = 0, as_of: AsOf = None, issuer: Issuers = None, place: Places = None, limit: Some = 50,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Held documents whose basis was amended, replaced or repealed after them: to be looked at again."""
    scope = Scope(as_of=as_of, issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit)
    asked = {"document": document, "cursor": cursor, **scope_parameters(scope)}
    question = Question("stale", StaleList, lambda corpus: stale(corpus, document, scope, cursor), asked)
    answered(settings_of(home, store), question, show_stale, as_json)


def coverage_command(
    document: Document,
    among: Annotated[Among, typer.Option(help="Over which bodies.")] = "provinces",
    body: Annotated[list[str] | None, typer.Option(help="Over this body instead, by code or name; repeatable.")] = None,
    exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None, limit: Some = MAX_LIMIT,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Which provinces (63 before, 34 from 1/7/2025), ministries or bodies carry out a document."""
    scope, names = Scope(tuple(relation or ()), depth, as_of, limit=limit), tuple(body or ())
    asked = {"document": document, "exact": exact, "among": among, "body": list(names), **scope_parameters(scope)}
    question = Question(
        "coverage", Coverage, lambda corpus: coverage(corpus, Wanted(document, exact), scope, among, names), asked
    )
    answered(settings_of(home, store), question, show_coverage, as_json)


def path_command(
    start: Document,
    goal: Document,
    exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None, limit: Limit = 200,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """The shortest way from one document to another, with the words of each hop."""
    scope = Scope(tuple(relation or ()), depth, as_of, limit=limit)
    ends = Wanted(start, exact, "from"), Wanted(goal, exact, "to")
    asked = {"from": start, "to": goal, "exact": exact, **scope_parameters(scope)}
    answered(
        settings_of(home, store),
        Question("path", Way, lambda corpus: path(corpus, *ends, scope), asked),
        show_path,
        as_json,
    )


def timeline_command(
    document: Document, exact: Exact = False, relation: Relations = None, depth: Depth = None, as_of: AsOf = None,
    held: Held = None, limit: Limit = 200, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What happened around a document, in the order of the days."""
    scope = Scope(tuple(relation or ()), depth, as_of, held=held, limit=limit)
    asked = {"document": document, "exact": exact, **scope_parameters(scope)}
    question = Question("timeline", Timeline, lambda corpus: timeline(corpus, Wanted(document, exact), scope), asked)
    answered(settings_of(home, store), question, show_timeline, as_json)


def common_command(
    document: Document, other: Document, exact: Exact = False, relation: Relations = None, depth: Depth = None,
    as_of: AsOf = None, limit: Limit = 200, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What two documents both rest on."""
    scope = Scope(tuple(relation or ()), depth, as_of, limit=limit)
    both = Wanted(document, exact), Wanted(other, exact, "other")
    asked = {"document": document, "other": other, "exact": exact, **scope_parameters(scope)}
    question = Question("common", Common, lambda corpus: common(corpus, *both, scope), asked)
    answered(settings_of(home, store), question, show_common, as_json)


def rank_command(
    relation: Relations = None, as_of: AsOf = None, held: Held = None, issuer: Issuers = None, place: Places = None,
    limit: Some = 50, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """The documents that others rest on most, by PageRank and plain counts."""
    scope = Scope(tuple(relation or ()), None, as_of, 0.0, held, tuple(issuer or ()), tuple(place or ()), limit)
    question = Question("rank", Ranking, lambda corpus: rank(corpus, scope), scope_parameters(scope))
    answered(settings_of(home, store), question, show_rank, as_json)


def cycles_command(
    relation: Relations = None, as_of: AsOf = None, limit: Some = 50,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Documents that rest on each other in a circle."""
    scope = Scope(tuple(relation or ()), as_of=as_of, limit=limit)
    question = Question("cycles", Groups, lambda corpus: cycles(corpus, scope), scope_parameters(scope))
    answered(settings_of(home, store), question, show_groups, as_json)


def islands_command(
    relation: Relations = None, as_of: AsOf = None, limit: Some = 50,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Sets of documents that no edge ties to the others."""
    scope = Scope(tuple(relation or ()), as_of=as_of, limit=limit)
    question = Question("islands", Groups, lambda corpus: islands(corpus, scope), scope_parameters(scope))
    answered(settings_of(home, store), question, show_groups, as_json)
