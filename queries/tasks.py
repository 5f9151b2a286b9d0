"""Who is told to do what by when: by body, by document, under a resolution through any chain, within days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from graph.store import Row
from queries.answer import Asked, CorpusNote, Document, Loose
from queries.ask import loose_ends
from queries.bodies import Body
from queries.classes import BodyClass, expanded, is_class
from queries.corpus import Corpus
from queries.due import Due, occurs, standing, whole_day
from queries.scope import ANY_DAY, Scope
from queries.task_search import Role as Role
from queries.task_search import Sought, page_of, sought_for
from queries.task_search import Which as Which

Completion = Literal["done", "unknown"]
Through = Literal["itself", "predecessor", "class", "perhaps"]


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a text: code points, `end` exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Order:
    """A task: the words that order it, who leads and who helps, the deadline as read and the days that it allows.

    `due` is where it stands on the day asked, `next_due` the next day of a repeated one; whether it was done is
    unknown unless somebody marked it. `through` tells how it names the body asked for: itself, a predecessor, a class
    to which that belongs, or perhaps does. `under` are the documents it names, `chain` those from its own document up
    to the one asked for. It is printed in the text of `source`, at each of `spans`.
    """

    id: str
    document: Document
    text: str
    bodies: tuple[Body, ...]
    deadline: str | None
    due_first: str | None
    due_last: str | None
    rrule: str | None
    derived: bool
    next_due: str | None
    due: Due | None
    completion: Completion
    product: str | None
    under: tuple[str, ...]
    chain: tuple[str, ...] = ()
    through: Through | None = None
    source: str | None = None
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Orders:
    """One page of tasks, the earliest deadline first, none last; `next` is the cursor of the page after.

    `as_of` is the day by which they are past due or due soon. `classes` are those named by these tasks, where asked
    for, with their members on the day of the document that names them. `others` are the documents named in chains;
    `loose` is what hangs on partly known documents that may be the one asked for: tasks under it are not among these.
    Where `truncated` more than those walked to may be under the document asked for, from the `frontier` on.
    """

    tasks: tuple[Order, ...]
    bodies: tuple[Body, ...]
    classes: tuple[BodyClass, ...]
    document: Asked | None
    under: Asked | None
    as_of: str
    others: tuple[Document, ...]
    loose: tuple[Loose, ...]
    truncated: bool
    frontier: tuple[str, ...]
    next: int | None
    corpus: CorpusNote


def tasks(corpus: Corpus, which: Which | None = None, scope: Scope | None = None, cursor: int = 0) -> Orders:
    """The tasks that fit, `scope.limit` from the place `cursor` on; `scope.as_of` is the day, today by default.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    which, scope = which or Which(), scope or Scope(limit=50)
    sought = sought_for(corpus, which, scope)
    page, onward = page_of(corpus, sought, cursor, scope.limit)
    found = _orders(corpus, sought, page)
    way = sought.chain
    named = {id for one in found for id in one.chain}
    return Orders(
        found, sought.bodies, _classes(corpus, found, sought), sought.document, way.asked if way else None,
        sought.today, tuple(corpus.documents(named).values()),
        loose_ends(corpus, way.asked.document, incoming=True) if way else (),
        bool(way and way.truncated), way.frontier if way else (), onward, corpus.note(),
    )  # fmt: skip


def _orders(corpus: Corpus, sought: Sought, rows: list[Row]) -> tuple[Order, ...]:
    known = corpus.documents(row["document"] for row in rows)
    ids = [row["id"] for row in rows]
    said = {row["id"]: row for row in corpus.read("task_details", ids=ids)}
    about = _About(_assigned(corpus, ids), _above(corpus, ids), _places(corpus, ids))
    return tuple(_order(row | said[row["id"]], known[row["document"]], about, sought) for row in rows)


@dataclass(frozen=True, slots=True)
class _About:
    """What tasks are tied to: their bodies, the documents they name, where they are printed."""

    bodies: Mapping[str, tuple[Body, ...]]
    documents: Mapping[str, tuple[str, ...]]
    places: Mapping[tuple[str, str], tuple[str, tuple[Span, ...]]]


def _assigned(corpus: Corpus, ids: list[str]) -> dict[str, tuple[Body, ...]]:
    """The bodies of each task, those that lead first."""
    found: dict[str, list[Body]] = defaultdict(list)
    for row in corpus.read("task_bodies", ids=ids):
        found[row["id"]].append(Body(row["body"], row["name"], row["role"] or None))
    return {id: tuple(bodies) for id, bodies in found.items()}


def _above(corpus: Corpus, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """The documents that each task names."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in corpus.read("task_documents", ids=ids):
        found[row["id"]].append(row["document"])
    return {id: tuple(documents) for id, documents in found.items()}


def _places(corpus: Corpus, ids: list[str]) -> dict[tuple[str, str], tuple[str, tuple[Span, ...]]]:
    """The source of each task in a document, and where in its text it is printed."""
    return {
        (row["id"], row["document"]): (row["source"], tuple(map(Span, row["starts"] or (), row["ends"] or ())))
        for row in corpus.read("task_places", ids=ids)
    }


def _classes(corpus: Corpus, found: Iterable[Order], sought: Sought) -> tuple[BodyClass, ...]:
    """The classes that tasks name, each on the day of the latest document that names it."""
    days: dict[Body, str] = {}
    for task in found if sought.which.expand else ():
        day = (whole_day(task.document.date_last) and task.document.date_last) or sought.today
        for body in task.bodies:
            if is_class(body.id):
                one = Body(body.id, body.name)
                days[one] = max(day, days.get(one, day))
    return expanded(corpus, days.items())


def _through(assigned: Iterable[Body], asked: Iterable[Body]) -> Through | None:
    """The nearest way by which a task names the body asked for."""
    named = {one.id for one in assigned}
    ways = {_way(one) for one in asked if one.id in named}
    return next((way for way in get_args(Through) if way in ways), None)


def _way(body: Body) -> Through:
    if body.includes:
        return "class" if body.includes == "yes" else "perhaps"
    return "predecessor" if body.predecessor else "itself"


def _order(row: Row, document: Document, about: _About, sought: Sought) -> Order:
    assigned, above = about.bodies.get(row["id"], ()), about.documents.get(row["id"], ())
    source, spans = about.places.get((row["id"], document.id), (None, ()))
    today, rule = sought.today, row["rrule"]
    upcoming = occurs(rule, row["since"] or today, today, ANY_DAY) if rule else None
    plain = {name: row[name] for name in ("deadline", "due_first", "due_last", "rrule", "product")}
    return Order(
        row["id"], document, row["text"] or "", assigned, **plain, derived=bool(row["derived"]), next_due=upcoming,
        due=standing(row["due_last"] or upcoming, today, sought.which.window.within),
        completion="done" if row["done"] else "unknown",
        under=above, chain=sought.chain.up(document.id, above) if sought.chain else (),
        through=_through(assigned, sought.bodies), source=source, spans=spans,
    )  # fmt: skip
