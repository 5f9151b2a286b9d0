"""The commands for those who follow the graph: changes since a cursor, and saved searches."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from api.cli_common import AsJson, Held, Home, Issuers, Limit, Places, StoreAt, answered, print_json, settings_of
from api.cli_search import Kinds, Years
from api.desk import opened
from api.doors import Question, call, scope_parameters
from api.running import running
from api.settings import Settings
from api.wire import from_json
from queries.changes import Changes, Item, changes
from queries.errors import NamesNothing
from queries.saved import Saved, Search, Searches, searches
from queries.scope import Scope

saving = typer.Typer(help="The saved searches, which changes can be narrowed by.", invoke_without_command=True)


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("changes")(changes_command)
    app.add_typer(saving, name="searches")


def changes_command(
    since: Annotated[str | None, typer.Option(help="The cursor of the answer before; none: that of now.")] = None,
    search: Annotated[str | None, typer.Option(help="Only what this saved search finds, by id; and what went.")] = None,
    issuer: Issuers = None, place: Places = None, held: Held = None, limit: Limit = 200,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What came, changed, was judged and went since a cursor, the oldest first."""
    scope = Scope(held=held, issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit)
    asked = {"since": since, "search": search, **scope_parameters(scope)}
    question = Question("changes", Changes, lambda corpus: changes(corpus, since, scope, search), asked)
    answered(settings_of(home, store), question, show_changes, as_json)


@saving.callback()
def searches_command(context: typer.Context, store: StoreAt = None, home: Home = None, as_json: AsJson = False) -> None:
    """The saved searches, which changes can be narrowed by."""
    if not context.invoked_subcommand:
        answered(settings_of(home, store), Question("searches", Searches, searches, {}), show_searches, as_json)


@saving.command("save")
def save_command(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    words: Annotated[str, typer.Argument(help="Words or a number, as in search; none: any document.")] = "",
    kind: Kinds = None, year: Years = None, issuer: Issuers = None, place: Places = None, held: Held = None,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Save a search."""
    kinds, years, issuers, places = (tuple(one or ()) for one in (kind, year, issuer, place))
    kept = _save(settings_of(home, store), Search(name, words, kinds, years, issuers, places, held))
    if as_json:
        print_json(kept)
    else:
        typer.echo(kept.id)


@saving.command("forget")
def forget_command(
    id: Annotated[str, typer.Argument(help="The id of a saved search.")], store: StoreAt = None, home: Home = None
) -> None:
    """Forget a saved search."""
    settings = settings_of(home, store)
    if server := running(settings.home, settings.store):
        call(server, "POST", f"/api/v1/searches/{id}/forget")
        return
    with opened(settings, writes=True) as desk:
        if not desk.library().forget_search(id):
            raise NamesNothing("id", f"no search {id!r} is saved")


def _save(settings: Settings, search: Search) -> Saved:
    """Keep a search. Raises `StoreError`, `LibraryError`; `BadQuestion` by a server."""
    said = {name: value for name, value in asdict(search).items() if value is not None}
    if server := running(settings.home, settings.store):
        return from_json(Saved, call(server, "POST", "/api/v1/searches", json=said).content)
    with opened(settings, writes=True) as desk:
        desk.library().save_search(search.id, asdict(search))
    return Saved(search.id, search)


def show_changes(console: Console, answer: Changes) -> None:
    """A line a change, then the cursor to go on from."""
    if answer.again:
        console.print("The graph was made anew: copy all of it again (`vanban export`), then go on from this cursor.")
    for item in answer.items:
        console.print(f"{item.how} {item.what} [bold]{escape(item.id)}[/] {escape(_words(item))}", highlight=False)
    console.print(f"--since {answer.cursor}" + (" (there are more)" if answer.more else ""), highlight=False)
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)


def _words(item: Item) -> str:
    said = item.node or item.judgement or {}
    named = said.get("number") or said.get("name") or said.get("subject") or said.get("text") or said.get("what") or ""
    return " ".join(str(named).split())[:120]


def show_searches(console: Console, answer: Searches) -> None:
    """A line a search."""
    for one in answer.searches:
        said = {name: value for name, value in asdict(one.search).items() if value not in ("", (), None)}
        filters = ", ".join(f"{name} {value}" for name, value in said.items() if name != "name")
        console.print(f"{one.id} [bold]{escape(one.search.name)}[/] {escape(filters)}", highlight=False)
    if not answer.searches:
        console.print("No search is saved.")
