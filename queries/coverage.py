"""Which provinces, ministries or bodies carry out a document, directly or by a chain, and how sure that is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.key import Key
from queries.answer import Asked, CorpusNote, Document, Edge
from queries.ask import Wanted, ask
from queries.corpus import Corpus
from queries.scope import MAX_LIMIT, Scope
from queries.units import Unit, bodies, ministries, provinces
from queries.walk import Path, edges_among, shortest, walk

Among = Literal["provinces", "ministries"]
Over = Literal["provinces", "ministries", "bodies"]
State = Literal["held", "attested", "none known"]
CARRIES_OUT = ("IMPLEMENTS", "GUIDES", "APPROVES")
DEPTH = 6


@dataclass(frozen=True, slots=True)
class Through:
    """A document by which a unit carries out: the way down to it, the days after the document asked for (None when a
    day is not known)."""

    document: Document
    path: tuple[Edge, ...]
    days: int | None


@dataclass(frozen=True, slots=True)
class Covered:
    """A unit and its state: held (its own document is here), attested (only cited here) or none known, beside what of
    it is held at all."""

    code: str
    name: str
    state: State
    through: tuple[Through, ...]
    held: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """All units asked over, in the order of their table; `elsewhere` carry out too and belong to none of them."""

    asked: Asked
    among: Over
    as_of: str
    units: tuple[Covered, ...]
    held: int
    attested: int
    none_known: int
    elsewhere: tuple[Through, ...]
    others: tuple[Document, ...]
    truncated: bool
    corpus: CorpusNote


def coverage(
    corpus: Corpus,
    document: Wanted | str,
    scope: Scope | None = None,
    among: Among = "provinces",
    names: tuple[str, ...] = (),
) -> Coverage:
    """The coverage of a document over provinces (63 or 34, by `scope.as_of`, today by default), ministries, or the
    bodies named.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    scope = scope or Scope(limit=MAX_LIMIT)
    day = scope.as_of or date.today().isoformat()
    units = bodies(names) if names else {"provinces": provinces, "ministries": ministries}[among](day)
    asked = ask(corpus, document, scope.as_of)
    through, truncated = _through(corpus, asked.document, scope)
    held = Counter({row["body"]: row["documents"] for row in corpus.read("held_bodies", as_of=scope.last_day)})
    covered = tuple(_covered(unit, through, held) for unit in units)
    states = Counter(one.state for one in covered)
    placed = {one.document.id for unit in covered for one in unit.through}
    return Coverage(
        asked, "bodies" if names else among, day, covered, states["held"], states["attested"], states["none known"],
        tuple(one for one in through if one.document.id not in placed),
        _others(corpus, through), truncated, corpus.note(),
    )  # fmt: skip


def _through(corpus: Corpus, root: Document, scope: Scope) -> tuple[list[Through], bool]:
    """Every document that carries out the root, nearest first."""
    relations = scope.relations or CARRIES_OUT
    reached = walk(corpus, root.id, Path("down", relations, scope.hops(DEPTH)), scope)
    edges, cut = edges_among(corpus, reached.distances, relations, scope)
    ways = shortest(root.id, edges, "down")
    known = corpus.documents(id for id in ways if id != root.id)
    found = [Through(document, ways[id], _days(root, document)) for id, document in known.items()]
    return sorted(found, key=lambda one: (len(one.path), one.document.id)), cut or reached.truncated


def _covered(unit: Unit, through: list[Through], held: Counter[str]) -> Covered:
    own = tuple(one for one in through if unit.issued(Key.parse(one.document.id)))
    state: State = "held" if any(one.document.held for one in own) else "attested" if own else "none known"
    kept = sum(count for body, count in held.items() if unit.issued(_key_of_body(body)))
    return Covered(unit.code, unit.name, state, own, kept)


def _key_of_body(body: str) -> Key:
    issuer, _, place = body.partition("@")
    return Key(issuer=issuer, place=place)


def _days(root: Document, document: Document) -> int | None:
    """Days from one to the other when both are known to the day."""
    days = [one.date for one in (root, document) if one.date and len(one.date) == len("2017-10-25")]
    if len(days) < 2:
        return None
    try:
        first, second = map(date.fromisoformat, days)
    except ValueError:
        return None
    return (second - first).days


def _others(corpus: Corpus, through: list[Through]) -> tuple[Document, ...]:
    """The documents by whose word the ways stand, and those on the way."""
    named = {id for one in through for edge in one.path for id in (edge.from_id, edge.to_id, edge.asserted_by) if id}
    return tuple(corpus.documents(named).values())
