"""The commands that search: words and numbers in titles and texts, and texts that are alike."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli_common import (
    AsJson,
    AsOf,
    Cursor,
    Document,
    Exact,
    Held,
    Home,
    Issuers,
    Limit,
    Places,
    StoreAt,
    answered,
    settings_of,
)  # fmt: skip
from api.doors import Question, scope_parameters
from api.show_search import show_search, show_similar
from queries.ask import Wanted
from queries.scope import Scope
from queries.search import Narrow, Results, search
from queries.similar import Similar, similar

Kinds = Annotated[list[str] | None, typer.Option("--kind", help="Only this kind: Nghị quyết (may be repeated).")]
Years = Annotated[list[str] | None, typer.Option("--year", help="Only of this year (may be repeated).")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("search")(search_command)
    app.command("similar")(similar_command)


def search_command(
    words: Annotated[list[str], typer.Argument(help="Words or a number.", show_default=False)],
    kind: Kinds = None, year: Years = None, issuer: Issuers = None, place: Places = None, held: Held = None,
    as_of: AsOf = None, cursor: Cursor = 0, limit: Limit = 20,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """The documents that have all the words, with or without marks, in number, subject or text; best first."""
    said = " ".join(words)
    scope = Scope(as_of=as_of, held=held, issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit)
    narrow = Narrow(tuple(kind or ()), tuple(year or ()))
    asked = {"q": said, "kind": list(narrow.kinds), "year": list(narrow.years), "cursor": cursor}
    question = Question(
        "search", Results, lambda corpus: search(corpus, said, scope, narrow, cursor), asked | scope_parameters(scope)
    )
    answered(settings_of(home, store), question, show_search, as_json)


def similar_command(
    document: Document, exact: Exact = False, as_of: AsOf = None, issuer: Issuers = None, place: Places = None,
    limit: Limit = 20, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """The held documents that share text with a held one: how much, which passages, which of the two is older."""
    scope = Scope(as_of=as_of, issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit)
    wanted = Wanted(document, exact)
    asked = {"document": document, "exact": exact, **scope_parameters(scope)}
    question = Question("similar", Similar, lambda corpus: similar(corpus, wanted, scope), asked)
    answered(settings_of(home, store), question, show_similar, as_json)
