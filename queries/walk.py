"""Walking the graph hop by hop from one document, up to what it rests on or down to what rests on it."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from queries.answer import Document, Edge
from queries.corpus import Corpus
from queries.scope import Scope

Way = Literal["up", "down"]

# An act that approves a programme is what the programme rests on: this relation is walked against its direction.
TURNED = "APPROVES"
RESTS_ON = ("IMPLEMENTS", "BASED_ON", "GUIDES", TURNED)
SHOWN = ("AMENDS", "REPLACES", "REPEALS", "CORRECTS")
_EDGES_A_DOCUMENT = 10
_AT_FIRST = 5


@dataclass(frozen=True, slots=True)
class Path:
    """Where to walk: which way, along which relations, how many hops."""

    way: Way
    relations: tuple[str, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Reached:
    """The documents that a walk came to with their distance in hops, and where it had to stop.

    `frontier` are documents found but not walked on from, because the limit was reached or the depth was; `truncated`
    is true for the first.
    """

    distances: Mapping[str, int]
    frontier: tuple[str, ...] = ()
    truncated: bool = False


def walk(corpus: Corpus, start: str, path: Path, scope: Scope) -> Reached:
    """The documents within `path.depth` hops of `start`, nearest first, at most `scope.limit` beside it."""
    distances = {start: 0}
    frontier = [start]
    for distance in range(1, path.depth + 1):
        found, more = _hop(corpus, frontier, path, scope, distances)
        distances |= dict.fromkeys(found, distance)
        if more:
            return Reached(distances, (*frontier, *found), True)
        frontier = found
        if not found:
            return Reached(distances)
    onward, _ = _hop(corpus, frontier, path, scope, distances)
    return Reached(distances, tuple(frontier) if onward else (), False)


def _hop(
    corpus: Corpus, frontier: list[str], path: Path, scope: Scope, seen: Mapping[str, int]
) -> tuple[list[str], bool]:
    """The documents one hop on that were not seen yet, as many as the limit leaves room for, and whether there are
    more; held ones first. Those next to the first documents go first: where they are enough, the others are not asked
    for."""
    room = scope.limit + 1 - len(seen)
    asked = {"confidence": scope.confidence, "as_of": scope.last_day, "limit": room + len(seen) + 1}
    found: dict[str, bool] = {}
    for some in _growing(frontier):
        for query, relations in _directions(path):
            if relations:
                rows = corpus.read(f"next_{query}", ids=some, relations=relations, **asked)
                found |= {row["id"]: row["held"] for row in rows if row["id"] not in seen}
        if len(found) > room:
            break
    ordered = sorted(found, key=lambda id: (not found[id], id))
    return ordered[:room], len(found) > room


def _growing(ids: Iterable[str]) -> Iterator[list[str]]:
    """The documents some at a time, each time twice as many, so that few questions reach them all."""
    waiting, some = list(dict.fromkeys(ids)), _AT_FIRST
    while waiting:
        yield waiting[:some]
        waiting, some = waiting[some:], 2 * some


def _directions(path: Path) -> tuple[tuple[str, list[str]], ...]:
    straight = [one for one in path.relations if one != TURNED]
    turned = [one for one in path.relations if one == TURNED]
    return (("out", straight), ("in", turned)) if path.way == "up" else (("in", straight), ("out", turned))


def edges_among(
    corpus: Corpus, ids: Iterable[str], relations: Iterable[str], scope: Scope
) -> tuple[tuple[Edge, ...], bool]:
    """The edges of these relations among the documents, and whether some had to be left out."""
    ids = sorted(ids)
    most = _EDGES_A_DOCUMENT * scope.limit
    edges = corpus.edges(
        "edges_between", ids=ids, relations=list(relations), confidence=scope.confidence, limit=most + 1
    )
    return edges[:most], len(edges) > most


def edges_at(
    corpus: Corpus, ids: Iterable[str], query: str, relations: Iterable[str], scope: Scope
) -> tuple[tuple[Edge, ...], bool]:
    """The edges of these relations that leave (`edges_out`) or enter (`edges_in`) the documents, at most as many as the
    limit, and whether there are more. Those of the first documents go first: where they are enough, the thousands of
    the others are not looked at."""
    room = scope.limit + 1
    asked = {"relations": list(relations), "confidence": scope.confidence, "as_of": scope.last_day}
    found: list[Edge] = []
    for some in _growing(ids):
        found += corpus.edges(query, ids=some, limit=room - len(found), **asked)
        if len(found) >= room:
            break
    edges = sorted(found[: scope.limit], key=lambda edge: (edge.from_id, edge.relation, edge.to_id, edge.source))
    return tuple(edges), len(found) > scope.limit


def lower(edge: Edge) -> str:
    """The end of an edge that rests on the other."""
    return edge.to_id if edge.relation == TURNED else edge.from_id


def upper(edge: Edge) -> str:
    """The end of an edge that the other rests on."""
    return edge.from_id if edge.relation == TURNED else edge.to_id


def shortest(start: str, edges: Iterable[Edge], way: Way) -> dict[str, tuple[Edge, ...]]:
    """For each document that can be reached from `start`, the edges of a shortest way there; of equal ones the first
    by edge order."""
    onward: dict[str, list[Edge]] = defaultdict(list)
    for edge in edges:
        onward[upper(edge) if way == "down" else lower(edge)].append(edge)
    ways: dict[str, tuple[Edge, ...]] = {start: ()}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for edge in onward[here]:
            there = lower(edge) if way == "down" else upper(edge)
            if there not in ways:
                ways[there] = (*ways[here], edge)
                waiting.append(there)
    return ways


def wanted(document: Document, scope: Scope) -> bool:
    """Whether a document is one of those that the scope asks to be listed."""
    if scope.held is not None and document.held != scope.held:
        return False
    if scope.places and not set(scope.places) & {document.place, _place_of(document)}:
        return False
    return not scope.issuers or bool(set(scope.issuers) & {document.issuer, _issuer_of(document)})


def _issuer_of(document: Document) -> str:
    return document.id.split(":")[2].split("@")[0]


def _place_of(document: Document) -> str | None:
    return document.id.split(":")[2].partition("@")[2] or None
