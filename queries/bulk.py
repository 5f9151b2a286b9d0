"""Look-ups by the thousand: a line of JSON asks for a text or a citation, a line answers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.key_query import Context
from queries.corpus import Corpus
from queries.errors import BadQuestion
from queries.lookup import MOST_CHARACTERS, Cited, Looked, lookup_citations, lookup_text
from queries.scope import day

MOST_LINES = 100_000
LONGEST = 8 * MOST_CHARACTERS
_CONTEXT = ("place", "issuer", "as_of")
_FIELDS = ("number", "date", "issuer", "type")


@dataclass(frozen=True, slots=True)
class Line:
    """The answer to one line: `line` counts from 1, `id` is that of the line, `problem` says why it has no answer."""

    line: int
    id: str | None = None
    citations: tuple[Looked, ...] = ()
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Bulk:
    """How many lines were answered, how many could not be, and how many citations have each status."""

    lines: int
    problems: int
    statuses: Mapping[str, int]


def lookup_line(corpus: Corpus, number: int, line: str) -> Line:
    """What a line asks for; what cannot be asked is said in `problem`. Raises `StoreError`.

    `{"id": "7", "text": "Thực hiện Nghị quyết số 20-NQ/TW", "place": "Bình Thuận"}`
    `{"citation": {"number": "1511/QĐ-UBND", "date": "2022-07-08", "issuer": "UBND tỉnh Bình Thuận"}}`
    """
    id: str | None = None
    try:
        said = _read(line)
        id = said.get("id")
        context = Context(*(said.get(name) for name in _CONTEXT))
        if (text := said.get("text")) is not None:
            return Line(number, id, lookup_text(corpus, text, context).citations)
        return Line(number, id, lookup_citations(corpus, [_cited(said.get("citation"))], context).citations)
    except BadQuestion as error:
        return Line(number, id, problem=str(error))


def _read(line: str) -> dict[str, Any]:
    if len(line) > LONGEST:
        raise BadQuestion("line", f"a line has at most {LONGEST} characters")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadQuestion("line", "it is no JSON") from error
    if not isinstance(said, dict) or ("text" in said) == ("citation" in said):
        raise BadQuestion("line", 'give an object with a "text" or a "citation"')
    _strings(said, ("id", "text", *_CONTEXT), ("citation",))
    if said.get("as_of") is not None:
        day("as_of", said["as_of"])
    return said


def _cited(said: Any) -> Cited | str:
    if isinstance(said, str):
        return said
    if not isinstance(said, dict) or not said.get("number"):
        raise BadQuestion("citation", "give it as written, or an object with a number")
    _strings(said, _FIELDS)
    return Cited(*(said.get(name) for name in _FIELDS))  # type: ignore[arg-type]


def _strings(said: dict[str, Any], names: tuple[str, ...], others: tuple[str, ...] = ()) -> None:
    """Every value under one of the names is a text; no other names but these and `others`."""
    for name, value in said.items():
        if name not in (*names, *others):
            raise BadQuestion(name[:40], f"it is none of {', '.join((*names, *others))}")
        if name in names and value is not None and not isinstance(value, str):
            raise BadQuestion(name, "it is no text")
