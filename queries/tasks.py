"""Who is told to do what by when: by body, by document, under a document, within days."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from graph.store import Row
from queries.answer import CorpusNote, Document
from queries.ask import Wanted, ask
from queries.bodies import Body, bodies
from queries.corpus import Corpus
from queries.scope import ANY_DAY, Scope, day
from queries.walk import Path, walk

Role = Literal["lead", "coordinate"]
DEPTH = 6


@dataclass(frozen=True, slots=True)
class Window:
    """The days in which a deadline lies; without either bound tasks that have none are listed too."""

    due_from: str | None = None
    due_to: str | None = None

    def __post_init__(self) -> None:
        for name in ("due_from", "due_to"):
            if value := getattr(self, name):
                day(name, value)


@dataclass(frozen=True, slots=True)
class Which:
    """Which tasks: those that name a body (in a role), stand in a document, or are under one directly or by what it
    carries out."""

    body: str | None = None
    document: str | None = None
    under: str | None = None
    role: Role | None = None
    window: Window = Window()


@dataclass(frozen=True, slots=True)
class Order:
    """A task: the words that order it, who leads and who helps, the deadline as read and the days that it allows."""

    id: str
    document: Document
    text: str
    bodies: tuple[Body, ...]
    deadline: str | None
    due_first: str | None
    due_last: str | None
    rrule: str | None
    product: str | None
    done: bool
    under: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Orders:
    """One page of tasks, the earliest deadline first, none last; `next` is the cursor of the page after."""

    tasks: tuple[Order, ...]
    bodies: tuple[Body, ...]
    next: int | None
    corpus: CorpusNote


def tasks(corpus: Corpus, which: Which | None = None, scope: Scope | None = None, cursor: int = 0) -> Orders:
    """The tasks that fit, `scope.limit` from the place `cursor` on.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    which, scope = which or Which(), scope or Scope(limit=50)
    named = bodies(corpus, which.body, scope.as_of) if which.body else ()
    window = which.window
    rows = corpus.read(
        "tasks", documents=_document(corpus, which.document, scope), under=_under(corpus, which.under, scope),
        bodies=[body.id for body in named], role=which.role or "",
        due_from=window.due_from or "", due_to=window.due_to or ANY_DAY, undated=not (window.due_from or window.due_to),
        skip=cursor, limit=scope.limit + 1,
    )  # fmt: skip
    page = rows[: scope.limit]
    known = corpus.documents(row["document"] for row in page)
    ids = [row["id"] for row in page]
    assigned, above = _assigned(corpus, ids), _above(corpus, ids)
    found = [_order(row, known[row["document"]], assigned[row["id"]], above[row["id"]]) for row in page]
    onward = cursor + scope.limit if len(rows) > scope.limit else None
    return Orders(tuple(found), named, onward, corpus.note())


def _assigned(corpus: Corpus, ids: list[str]) -> dict[str, tuple[Body, ...]]:
    """The bodies of each task, those that lead first."""
    found: dict[str, list[Body]] = defaultdict(list)
    for row in corpus.read("task_bodies", ids=ids):
        found[row["id"]].append(Body(row["body"], row["name"], row["role"] or None))
    return defaultdict(tuple, {id: tuple(bodies) for id, bodies in found.items()})


def _above(corpus: Corpus, ids: list[str]) -> dict[str, tuple[str, ...]]:
    """The documents that each task is under."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in corpus.read("task_documents", ids=ids):
        found[row["id"]].append(row["document"])
    return defaultdict(tuple, {id: tuple(documents) for id, documents in found.items()})


def _document(corpus: Corpus, words: str | None, scope: Scope) -> list[str]:
    return [ask(corpus, Wanted(words, parameter="document"), scope.as_of).document.id] if words else []


def _under(corpus: Corpus, words: str | None, scope: Scope) -> list[str]:
    """The document and all that carry it out: a task of theirs is under it too."""
    if not words:
        return []
    asked = ask(corpus, Wanted(words, parameter="under"), scope.as_of)
    down = Path("down", ("IMPLEMENTS",), scope.hops(DEPTH))
    return sorted(walk(corpus, asked.document.id, down, Scope(limit=2000, as_of=scope.as_of)).distances)


def _order(row: Row, document: Document, assigned: tuple[Body, ...], under: tuple[str, ...]) -> Order:
    plain = {name: row[name] for name in ("deadline", "due_first", "due_last", "rrule", "product")}
    return Order(row["id"], document, row["text"] or "", assigned, **plain, done=bool(row["done"]), under=under)
