"""What two documents both rest on."""

from __future__ import annotations

from dataclasses import dataclass

from queries.answer import Asked, CorpusNote, Document, Edge
from queries.ask import Wanted, ask
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import RESTS_ON, Path, edges_among, walk, wanted

DEPTH = 6


@dataclass(frozen=True, slots=True)
class Shared:
    """A document that both rest on, and how many hops above each it lies."""

    document: Document
    above_first: int
    above_second: int


@dataclass(frozen=True, slots=True)
class Common:
    """What two documents both rest on, nearest first; `edges` lead from them to it."""

    first: Asked
    second: Asked
    shared: tuple[Shared, ...]
    edges: tuple[Edge, ...]
    truncated: bool
    as_of: str | None
    corpus: CorpusNote


def common(corpus: Corpus, first: Wanted | str, second: Wanted | str, scope: Scope | None = None) -> Common:
    """The documents above both, by IMPLEMENTS, BASED_ON, GUIDES, APPROVES and mere mentions unless the scope names
    others.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    scope = scope or Scope()
    one, other = ask(corpus, first, scope.as_of), ask(corpus, second, scope.as_of)
    relations = scope.relations or (*RESTS_ON, "CITES")
    above = [walk(corpus, asked.document.id, Path("up", relations, scope.hops(DEPTH)), scope) for asked in (one, other)]
    both = {id for id in above[0].distances if id in above[1].distances}
    known = corpus.documents(both)
    shared = [
        Shared(document, above[0].distances[id], above[1].distances[id])
        for id, document in known.items()
        if wanted(document, scope)
    ]
    edges, cut = edges_among(corpus, {*above[0].distances, *above[1].distances}, relations, scope)
    return Common(
        one, other,
        tuple(sorted(shared, key=lambda one: (one.above_first + one.above_second, one.document.id))),
        edges,
        cut or any(reached.truncated for reached in above),
        scope.as_of,
        corpus.note(),
    )  # fmt: skip
