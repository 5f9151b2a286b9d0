"""A document and all that carry it out, over any number of hops, with the way up from each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from queries.answer import Asked, Edge
from queries.ask import Wanted, ask
from queries.corpus import Corpus
from queries.coverage import CARRIES_OUT
from queries.scope import MAX_DEPTH, MAX_LIMIT, Scope
from queries.walk import Path, edges_among, lower, shortest, walk


@dataclass(frozen=True, slots=True)
class Chain:
    """The document asked for and those that carry it out, each with the edges of a shortest way down to it.

    `truncated` where there may be more, from the `frontier` on.
    """

    asked: Asked
    ways: Mapping[str, tuple[Edge, ...]]
    truncated: bool
    frontier: tuple[str, ...]

    def up(self, document: str, named: Iterable[str] = ()) -> tuple[str, ...]:
        """The keys from a document up to the one asked for: by what it carries out, else by one that is named there."""
        for start in (document, *named):
            if start in self.ways:
                above = [lower(edge) for edge in reversed(self.ways[start])] + [self.asked.document.id]
                return tuple(dict.fromkeys((document, *above)))
        return ()


def chain(corpus: Corpus, document: Wanted | str, scope: Scope) -> Chain:
    """The documents that carry out `document`, directly or by others, along `scope.relations` (IMPLEMENTS, GUIDES and
    APPROVES by default), at most 2,000 of them and 12 hops away.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    asked = ask(corpus, document, scope.as_of)
    relations = scope.relations or CARRIES_OUT
    wide = Scope(as_of=scope.as_of, confidence=scope.confidence, limit=MAX_LIMIT)
    reached = walk(corpus, asked.document.id, Path("down", relations, scope.hops(MAX_DEPTH)), wide)
    edges, cut = edges_among(corpus, reached.distances, relations, wide)
    ways = shortest(asked.document.id, edges, "down")
    return Chain(asked, {id: ways.get(id, ()) for id in reached.distances}, cut or reached.truncated, reached.frontier)
