"""Which tasks a question means: the bodies and documents it names, the days, and the page of tasks that fit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from graph.store import Row
from queries.answer import Asked
from queries.ask import Wanted, ask
from queries.bodies import Body, bodies
from queries.chain import Chain, chain
from queries.classes import classes_of
from queries.corpus import Corpus
from queries.due import Window, occurs
from queries.scope import ANY_DAY, Scope

Role = Literal["lead", "coordinate"]


@dataclass(frozen=True, slots=True)
class Which:
    """Which tasks: those that name a body (in a role), stand in a document, or are under one directly or by what
    carries it out.

    `expand`: also those that name a class to which the body belongs ("các sở, ban, ngành"); classes are told with their
    members. `unassigned`: those that name no body. `exact`: of partial keys the very documents are meant.
    """

    body: str | None = None
    document: str | None = None
    under: str | None = None
    role: Role | None = None
    window: Window = field(default_factory=Window)
    expand: bool = False
    unassigned: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Sought:
    """What was asked for, found out: the bodies and documents meant, the day, the query and its parameters."""

    which: Which
    today: str
    bodies: tuple[Body, ...]
    document: Asked | None
    chain: Chain | None
    query: str
    parameters: dict[str, object]


def sought_for(corpus: Corpus, which: Which, scope: Scope) -> Sought:
    """What a question means. Raises `UnknownDocument`, `AmbiguousDocument`, `NamesNothing`, `StoreError`."""
    named = bodies(corpus, which.body, scope.as_of) if which.body else ()
    if named and which.expand:
        named += tuple(one for one in classes_of(corpus, named) if one.id not in {body.id for body in named})
    within = ask(corpus, Wanted(which.document, which.exact), scope.as_of) if which.document else None
    way = chain(corpus, Wanted(which.under, which.exact, "under"), scope) if which.under else None
    today = scope.as_of or date.today().isoformat()
    parameters = _of_scope(scope) | _of_window(which.window, today) | {"unassigned": which.unassigned}
    ids = _named(corpus, which, named, within, way)
    if ids is None:
        return Sought(which, today, named, within, way, "tasks", parameters)
    return Sought(which, today, named, within, way, "tasks_among", parameters | {"ids": sorted(ids)})


def _named(
    corpus: Corpus, which: Which, named: Iterable[Body], within: Asked | None, way: Chain | None
) -> set[str] | None:
    """The tasks of the bodies, in the document and under the one that are asked for, None where none of these is."""
    sets = []
    if within:
        sets.append(_ids(corpus, "tasks_of_documents", documents=[within.document.id]))
    if way:
        under = sorted(way.ways)
        sets.append(_ids(corpus, "tasks_of_documents", documents=under) | _ids(corpus, "tasks_naming", documents=under))
    if which.body:
        sets.append(_ids(corpus, "tasks_of_bodies", bodies=[one.id for one in named], role=which.role or ""))
    elif which.role:
        sets.append(_ids(corpus, "tasks_in_role", role=which.role))
    return set.intersection(*sets) if sets else None


def _ids(corpus: Corpus, query: str, **parameters: object) -> set[str]:
    return {row["id"] for row in corpus.read(query, **parameters)}


def _of_scope(scope: Scope) -> dict[str, object]:
    held = [True, False] if scope.held is None else [scope.held]
    given = {"issuers": list(scope.issuers), "places": list(scope.places)}
    return {**given, "held": held, "confidence": scope.confidence, "as_of": scope.last_day}


def _of_window(window: Window, today: str) -> dict[str, object]:
    least, most = window.last_days(today)
    return {
        "due_from": window.due_from or "", "due_to": window.due_to or ANY_DAY, "last_from": least, "last_to": most,
        "undated": window.open, "repeated": window.due != "past", "undone": window.due is not None,
    }  # fmt: skip


def page_of(corpus: Corpus, sought: Sought, cursor: int, most: int) -> tuple[list[Row], int | None]:
    """The rows that fit from a place on, and the place of the first one left out; a repeated task that does not fall
    due within the days asked for is passed over."""
    found: list[tuple[int, Row]] = []
    while len(found) <= most:
        rows = corpus.read(sought.query, **sought.parameters, skip=cursor, limit=most + 1)
        found += [(place, row) for place, row in enumerate(rows, cursor) if _fits(row, sought)]
        cursor += len(rows)
        if len(rows) <= most:
            break
    return [row for _, row in found[:most]], found[most][0] if len(found) > most else None


def _fits(row: Row, sought: Sought) -> bool:
    window = sought.which.window
    if window.open or row["due_last"]:
        return True
    first, last = window.days(sought.today)
    return occurs(row["rrule"], row["since"] or first or min(sought.today, last), first, last) is not None
