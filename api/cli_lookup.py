"""The command lookup: which documents are meant by citations or in a text."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.text import Text

from api.cli_common import AsJson, Home, StoreAt, answered, settings_of
from api.doors import Question
from api.keeping import looked_up
from api.show import named, show_candidates
from ingest.key_query import Context
from ingest.read import read_file
from queries.errors import BadQuestion
from queries.lookup import Lookup, lookup_citations, lookup_text, several
from queries.scope import day

_JSONL = (
    'Lines of JSON, - for standard input: {"id": …, "text": …} or {"citation": "…" or {"number", "date", "issuer", '
    '"type"}}, each with place, issuer, as_of of its own; a line of JSON answers each.'
)
_COLOURS = {"resolved": "green", "cited_not_held": "yellow", "ambiguous": "magenta"}


def add_to(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("lookup")(lookup_command)


def lookup_command(
    citations: Annotated[list[str] | None, typer.Argument(help="Citations as written.", show_default=False)] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="A text; - for standard input.")] = None,
    jsonl: Annotated[Path | None, typer.Option("--jsonl", help=_JSONL)] = None,
    place: Annotated[str | None, typer.Option(help="The place taken for granted: Bình Thuận.")] = None,
    issuer: Annotated[str | None, typer.Option(help="The body taken for granted.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day of the asking text.")] = None,
    store: StoreAt = None, home: Home = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Which documents are meant by citations or in a text: status, key, candidates with reasons."""
    if jsonl is not None:
        with nullcontext(sys.stdin.buffer) if str(jsonl) == "-" else jsonl.open("rb") as lines:
            sys.stdout.buffer.writelines(looked_up(settings_of(home, store), lines))
        return
    if as_of is not None:
        day("as_of", as_of)
    context = Context(place, issuer, as_of)
    said: dict[str, Any] = {"place": place, "issuer": issuer, "as_of": as_of}
    if bool(citations) == (file is not None):
        raise BadQuestion("citations", "give citations, or a text with --file")
    if citations and len(citations) == 1 and several(citations[0]):
        question = _of_text(citations[0], said, context)
    elif citations:
        body = {**said, "citations": citations}
        question = Question("lookup", Lookup, lambda corpus: lookup_citations(corpus, citations, context), {}, body)
    else:
        text = sys.stdin.read() if str(file) == "-" else read_file(str(file)).text
        question = _of_text(text, said, context)
    answered(settings_of(home, store), question, show_lookup, as_json)


def _of_text(text: str, said: dict[str, Any], context: Context) -> Question[Lookup]:
    return Question("lookup", Lookup, lambda corpus: lookup_text(corpus, text, context), {}, {**said, "text": text})


def show_lookup(console: Console, answer: Lookup) -> None:
    """Each citation with its status, document and candidates."""
    for one in answer.citations:
        at = f"{one.start}-{one.end} " if one.start is not None else ""
        words = " ".join(one.words.split())
        console.print(Text.assemble((at, "dim"), (words, "bold"), " ", (one.status, _COLOURS.get(one.status, "red"))))
        if one.document:
            console.print(Text.assemble("  ", named(one.document)))
        elif one.key:
            console.print(Text(f"  {one.key}", "dim"))
        if one.reason:
            console.print(f"  {escape(one.reason)}", highlight=False)
        show_candidates(console, one.candidates)
    if not answer.citations:
        console.print("No citation was found.")
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)
