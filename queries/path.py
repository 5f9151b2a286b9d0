"""How one document comes to rest on another: the shortest way between them, with the words of each hop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from queries.answer import Asked, CorpusNote, Document, Edge
from queries.ask import Wanted, ask
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import RESTS_ON, Path, edges_among, shortest, walk

DEPTH = 8
PathStrength = Literal["strong", "weak", "none"]


@dataclass(frozen=True, slots=True)
class Way:
    """The edges from one document to the other in walking order.

    `up` is true when `start` rests on `goal`, false when it is the other way about; `strength` is weak when a hop is a
    mere mention and
    none when there is no way; `truncated` says that the limit stopped the search.
    """

    start: Asked
    goal: Asked
    up: bool
    strength: PathStrength
    edges: tuple[Edge, ...]
    documents: tuple[Document, ...]
    truncated: bool
    as_of: str | None
    corpus: CorpusNote


def path(corpus: Corpus, start: Wanted | str, goal: Wanted | str, scope: Scope | None = None) -> Way:
    """The shortest way by what rests on what, where there is none the shortest that also takes mere mentions.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    scope = scope or Scope()
    first, last = ask(corpus, start, scope.as_of), ask(corpus, goal, scope.as_of)
    kinds = (scope.relations,) if scope.relations else (RESTS_ON, (*RESTS_ON, "CITES"))
    truncated = False
    for relations in kinds:
        for up in (True, False):
            low, high = (first, last) if up else (last, first)
            edges, cut = _way(corpus, (low.document.id, high.document.id), relations, scope)
            truncated = truncated or cut
            if edges:
                return _answer(corpus, (first, last), up, edges if up else edges[::-1], scope)
    return Way(first, last, True, "none", (), (), truncated, scope.as_of, corpus.note())


def _answer(corpus: Corpus, ends: tuple[Asked, Asked], up: bool, edges: tuple[Edge, ...], scope: Scope) -> Way:
    named = {id for edge in edges for id in (edge.from_id, edge.to_id, edge.asserted_by) if id}
    strength: PathStrength = "weak" if any(edge.relation == "CITES" for edge in edges) else "strong"
    documents = tuple(corpus.documents(named).values())
    return Way(*ends, up, strength, edges, documents, False, scope.as_of, corpus.note())


def _way(
    corpus: Corpus, ends: tuple[str, str], relations: tuple[str, ...], scope: Scope
) -> tuple[tuple[Edge, ...], bool]:
    """The way up from the first to the second; a document rests on few, so that up is the cheap direction to search."""
    low, high = ends
    reached = walk(corpus, low, Path("up", relations, scope.hops(DEPTH)), scope)
    if high not in reached.distances or low == high:
        return (), reached.truncated
    edges, _ = edges_among(corpus, reached.distances, relations, scope)
    return shortest(low, edges, "up").get(high, ()), reached.truncated
