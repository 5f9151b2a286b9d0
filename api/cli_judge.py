"""The commands for doubts and decisions: review, judge, judgements, undo, import."""

from __future__ import annotations

import getpass
import os
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from api.cli_common import AsJson, Cursor, Home, StoreAt, answered, console, print_json, settings_of
from api.deciding import accept_at, import_at, judge_at, judgements_from, undo_at
from api.doors import Question
from api.show_judge import show_accepted, show_judged, show_judgements, show_review, show_taken, show_undone
from ingest.decisions import Decision
from queries.judgements import Judgements, judgements
from queries.review import Doubt, Review, review
from queries.scope import MAX_LIMIT

SOME_FAILED, UNKNOWN = 1, 4
_PLACE = re.compile(r"(?:(?:vn:task:)?([0-9a-f]{16}):|(.+)#)(\d{1,9})\Z", re.DOTALL)

deciding = typer.Typer(no_args_is_help=True, help="Decide what a document means, is or says; each can be undone.")
Most = Annotated[int, typer.Option("--limit", help="The most to list.", min=1, max=MAX_LIMIT)]
One = Annotated[str, typer.Argument(help="A key, or a document as written.", show_default=False)]
At = Annotated[
    str, typer.Argument(help="SOURCE:START, or PATH#START, as `vanban review` shows; alone: the document itself.")
]
Who = Annotated[str | None, typer.Option(help="Who decides (default: the user).")]
Note = Annotated[str, typer.Option(help="Why.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (review_command, judgements_command, undo_command, import_command):
        app.command(command.__name__.removesuffix("_command"))(command)
    app.add_typer(deciding, name="judge")


def review_command(
    doubt: Annotated[Doubt | None, typer.Option(help="Only doubts of this kind.")] = None,
    limit: Most = 20, cursor: Cursor = 0, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What people should look at, most cited first: mentions with candidates, scores, reasons and the words."""
    asked = {"doubt": doubt, "limit": limit, "cursor": cursor}
    question = Question("review", Review, lambda corpus: review(corpus, doubt, limit, cursor), asked)
    answered(settings_of(home, store), question, show_review, as_json)


def judgements_command(
    key: Annotated[str | None, typer.Option(help="Only those that name this key.")] = None,
    source: Annotated[str | None, typer.Option(help="Only those on this source.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="All, a line each, for `vanban import`.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="A file for --jsonl.")] = None,
    limit: Most = 50, cursor: Cursor = 0, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What people decided, the latest first, with who, when and why."""
    settings = settings_of(home, store)
    if jsonl:
        with nullcontext(sys.stdout) if output is None else output.open("w", encoding="utf-8", newline="\n") as file:
            for line in judgements_from(settings):
                file.write(line + "\n")
        return
    asked = {"key": key, "source": source, "limit": limit, "cursor": cursor}
    question = Question("judgements", Judgements, lambda corpus: judgements(corpus, key, source, limit, cursor), asked)
    answered(settings, question, show_judgements, as_json)


def undo_command(
    ids: Annotated[list[str], typer.Argument(help="Judgements, as `vanban judgements` lists them.")],
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Forget judgements: the graph is what it was without them."""
    outcome = undo_at(settings_of(home, store), ids)
    if as_json:
        print_json(outcome)
    else:
        show_undone(console(), outcome)
    raise typer.Exit(UNKNOWN if outcome.unknown else 0)


def import_command(
    file: Annotated[Path, typer.Argument(help="A register (CSV), an export, or judgements (JSON lines).")],
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take in a register, an export of another library, or judgements; what cannot be used is listed with its line."""
    taken = import_at(settings_of(home, store), str(file))
    if as_json:
        print_json(taken)
    else:
        show_taken(console(), taken)
    loose = taken.judged.dangling if taken.judged else ()
    raise typer.Exit(SOME_FAILED if taken.left_out or loose else 0)


@deciding.command("same")
def same_command(
    one: One, other: One, who: Who = None, note: Note = "",
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Two keys are one document."""
    _decide(Decision("same", key=one, other=other, note=note), who, _Where(store, home, as_json))


@deciding.command("not-same")
def not_same_command(
    one: One, other: One, who: Who = None, note: Note = "",
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Two keys are different documents."""
    _decide(Decision("not-same", key=one, other=other, note=note), who, _Where(store, home, as_json))


@deciding.command("key")
def key_command(
    at: At, key: One, who: Who = None, note: Note = "",
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """A mention means this document, or a held document is this one."""
    source, start = place_of(at)
    _decide(Decision("key", source, start, key=key, note=note), who, _Where(store, home, as_json))


@deciding.command("split")
def split_command(
    key: One, source: Annotated[str, typer.Argument(help="A source, or a path.")], other: One,
    who: Who = None, note: Note = "", store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """What one document calls KEY is another document: each of its mentions means OTHER."""
    _decide(Decision("split", place_of(source)[0], key=key, other=other, note=note), who, _Where(store, home, as_json))


@deciding.command("correct")
def correct_command(
    at: At,
    field: Annotated[str, typer.Argument(help="number, date, issuer, subject, relation, status, lead, deadline …")],
    value: Annotated[str, typer.Argument(help='What is right; "" for nothing; lists with "; " between.')],
    who: Who = None, note: Note = "", store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """A field of a header, a mention or a task was misread."""
    source, start = place_of(at)
    said = Decision("correct", source, start, field=field, value=value or None, note=note)
    _decide(said, who, _Where(store, home, as_json))


@deciding.command("done")
def done_command(
    at: At, undone: Annotated[bool, typer.Option("--no", help="It is not done after all.")] = False,
    who: Who = None, note: Note = "", store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """A task is done."""
    source, start = place_of(at)
    said = Decision("done", source, start, value="no" if undone else None, note=note)
    _decide(said, who, _Where(store, home, as_json))


@deciding.command("accept")
def accept_command(
    score: Annotated[float, typer.Argument(help="The least score, 0 to 1.", min=0, max=1)],
    who: Who = None, store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Every mention known in part means its best candidate, where that scores enough and no other scores the same."""
    outcome = accept_at(settings_of(home, store), score, who or user())
    if as_json:
        print_json(outcome)
    else:
        show_accepted(console(), outcome)


class _Where:
    """Which library, and how the outcome is printed."""

    def __init__(self, store: str | None, home: Path | None, as_json: bool) -> None:
        self.settings, self.as_json = settings_of(home, store), as_json


def _decide(said: Decision, who: str | None, where: _Where) -> None:
    outcome = judge_at(where.settings, [said], who or user())
    if where.as_json:
        print_json(outcome)
    else:
        show_judged(console(), outcome)
    raise typer.Exit(SOME_FAILED if outcome.dangling else 0)


def place_of(at: str) -> tuple[str, int | None]:
    """A source, path or key, and where in it: "0123456789abcdef:120", "plan.pdf#120", "plan.pdf"."""
    match = _PLACE.match(at)
    name, start = (match[1] or match[2], int(match[3])) if match else (at, None)
    return os.path.abspath(name) if os.path.exists(name) else name, start


def user() -> str:
    """Who runs the command, "" where that is not known."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
