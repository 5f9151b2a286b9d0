"""The commands about tasks: asking for them, writing them to files, marking them done."""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Annotated, Literal

import typer

from api.cli_common import (
    AsJson,
    Confidence,
    Cursor,
    Depth,
    Exact,
    Home,
    Issuers,
    Places,
    Relations,
    StoreAt,
    answered,
    console,
    print_json,
    settings_of,
)  # fmt: skip
from api.cli_judge import Note, Who, place_of, user
from api.cli_more import Some
from api.deciding import judge_at
from api.desk import opened
from api.doors import Question, call, scope_parameters
from api.running import running
from api.settings import Settings
from api.show_judge import show_judged
from api.show_tasks import show_gaps, show_tasks
from api.task_files import MEDIA, Format, every, write_tasks
from ingest.decisions import Decision
from queries.ask import Wanted
from queries.due import SOON_DAYS, Window
from queries.gaps import Among, Gaps, gaps
from queries.scope import Scope
from queries.task_search import Role, Which
from queries.tasks import Orders, tasks

SOME_FAILED = 1
commands = typer.Typer(help="Who is told to do what by when.", invoke_without_command=True)
Body = Annotated[str | None, typer.Option(help="A body as printed: Sở Y tế.")]
Within = Annotated[str | None, typer.Option("--document", help="Only tasks in this document.")]
Under = Annotated[str | None, typer.Option(help="Only tasks under this document or what carries it out.")]
InRole = Annotated[Role | None, typer.Option(help="The role of the body.")]
Expand = Annotated[
    bool,
    typer.Option("--expand", help="Also tasks of classes of bodies to which the body belongs; tell their members."),
]
Unassigned = Annotated[bool, typer.Option("--unassigned", help="Only tasks that name no body.")]
From = Annotated[str | None, typer.Option(help="Due on this day or later.")]
To = Annotated[str | None, typer.Option(help="Due on this day or earlier.")]
Standing = Annotated[
    Literal["past", "soon"] | None, typer.Option(help="Past due or due soon on the day --as-of, and not marked done.")
]
OnDay = Annotated[
    str | None,
    typer.Option("--as-of", help="The day asked, today by default: 2025-07-01. Documents dated after it are left out."),
]
Soon = Annotated[int, typer.Option(help="How many days are soon.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(commands, name="tasks")
    app.command("gaps")(gaps_command)


@commands.callback()
def tasks_command(
    context: typer.Context,
    body: Body = None, document: Within = None, under: Under = None, role: InRole = None,
    expand: Expand = False, unassigned: Unassigned = False, exact: Exact = False,
    due_from: From = None, due_to: To = None, due: Standing = None, within: Soon = SOON_DAYS,
    relation: Relations = None, depth: Depth = None, as_of: OnDay = None, confidence: Confidence = 0.0,
    issuer: Issuers = None, place: Places = None, cursor: Cursor = 0, limit: Some = 50,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Who is told to do what by when."""
    if context.invoked_subcommand:
        return
    which = Which(body, document, under, role, Window(due_from, due_to, due, within), expand, unassigned, exact)
    scope = Scope(
        tuple(relation or ()), depth, as_of, confidence,
        issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit,
    )  # fmt: skip
    asked = {**parameters(which), "cursor": cursor, **scope_parameters(scope)}
    question = Question("tasks", Orders, lambda corpus: tasks(corpus, which, scope, cursor), asked)
    answered(settings_of(home, store), question, show_tasks, as_json)


def parameters(which: Which) -> dict[str, object]:
    """Which tasks, as the parameters of the route."""
    window = which.window
    return {
        "body": which.body, "document": which.document, "under": which.under, "role": which.role,
        "due_from": window.due_from, "due_to": window.due_to, "due": window.due, "within": window.within,
        "expand": str(which.expand).lower(), "unassigned": str(which.unassigned).lower(),
        "exact": str(which.exact).lower(),
    }  # fmt: skip


@commands.command("export")
def export_command(
    body: Body = None, document: Within = None, under: Under = None, role: InRole = None,
    expand: Expand = False, unassigned: Unassigned = False, exact: Exact = False,
    due_from: From = None, due_to: To = None, due: Standing = None, within: Soon = SOON_DAYS,
    relation: Relations = None, depth: Depth = None, as_of: OnDay = None, confidence: Confidence = 0.0,
    issuer: Issuers = None, place: Places = None,
    format: Annotated[
        Format | None, typer.Option(help="By the ending of the file, else csv; events: a calendar of events.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file; standard output by default.")] = None,
    store: StoreAt = None, home: Home = None,
) -> None:  # fmt: skip
    """All the tasks that fit as a table (CSV, XLSX; no cell can start a formula) or a calendar (iCalendar)."""
    which = Which(body, document, under, role, Window(due_from, due_to, due, within), expand, unassigned, exact)
    scope = Scope(tuple(relation or ()), depth, as_of, confidence, None, tuple(issuer or ()), tuple(place or ()))
    ending = output.suffix.lower().removeprefix(".") if output else ""
    by_ending: Format = next((one for one in MEDIA if one == ending), "csv")
    data = exported(settings_of(home, store), format or by_ending, which, scope)
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        output.write_bytes(data)


def exported(settings: Settings, format: Format, which: Which, scope: Scope) -> bytes:
    """The file, made by the server that runs on this machine or here. Raises `QuestionError`, `StoreError`."""
    if server := running(settings.home, settings.store):
        asked = {**parameters(which), **scope_parameters(scope), "format": format, "limit": None}
        given = {name: value for name, value in asked.items() if value is not None}
        return call(server, "GET", "/api/v1/tasks/export", params=given).content
    with opened(settings) as desk:
        out = BytesIO()
        write_tasks(format, every(desk.asked(), which, scope), out)
        return out.getvalue()


@commands.command("done")
def done_command(
    ids: Annotated[list[str], typer.Argument(help="Tasks, as `vanban tasks` lists them: vn:task:….")],
    undone: Annotated[bool, typer.Option("--no", help="It is not done after all.")] = False,
    who: Who = None, note: Note = "",
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Mark tasks done: a judgement, kept through rebuilding, and undone as any other."""
    places = [place_of(id) for id in ids]
    said = [Decision("done", source, start, value="no" if undone else None, note=note) for source, start in places]
    outcome = judge_at(settings_of(home, store), said, who or user())
    if as_json:
        print_json(outcome)
    else:
        show_judged(console(), outcome)
    raise typer.Exit(SOME_FAILED if outcome.dangling else 0)


def gaps_command(
    document: Annotated[str | None, typer.Argument(help="A key, or the document as people write it.")] = None,
    exact: Exact = False, role: InRole = None, expand: Expand = False,
    relation: Relations = None, depth: Depth = None, as_of: OnDay = None,
    issuer: Issuers = None, place: Places = None, cursor: Cursor = 0, limit: Some = 50,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Bodies that a document, or one under it, gives tasks, without a held document that carries it out; its tasks that
    name no body; without a document: held documents with tasks that nothing known here carries out."""
    among = Among(Wanted(document, exact) if document else None, role, expand)
    scope = Scope(
        tuple(relation or ()), depth, as_of, issuers=tuple(issuer or ()), places=tuple(place or ()), limit=limit
    )
    asked = {"document": document, "exact": exact, "role": role, "expand": str(expand).lower(), "cursor": cursor}
    question = Question(
        "gaps", Gaps, lambda corpus: gaps(corpus, among, scope, cursor), {**asked, **scope_parameters(scope)}
    )
    answered(settings_of(home, store), question, show_gaps, as_json)
