"""What a document rests on, what rests on it, and the words that say so."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from queries.answer import Asked, CorpusNote, Document, Edge, Loose
from queries.ask import Wanted, ask, loose_ends
from queries.corpus import Corpus
from queries.meant import Meant, meant
from queries.scope import Scope
from queries.walk import RESTS_ON, SHOWN, Path, Reached, Way, edges_among, edges_at, shortest, walk, wanted

Direction = Literal["up", "down", "both"]
DEPTH = 6


@dataclass(frozen=True, slots=True)
class Found:
    """A document of a lineage: which way it lies, how many hops off."""

    document: Document
    way: Way
    distance: int


@dataclass(frozen=True, slots=True)
class Lineage:
    """The documents above and below one, and how each says what it rests on.

    `documents` are at most as many as the limit, both ways together. `edges` are those walked; `changes` say what
    amends, replaces, repeals or corrects the documents shown; `citations` are mere mentions, one hop from the document
    asked for; of these, each way at most as many as the limit, those of the nearest documents first. `others` are the
    documents at the far ends of those two. `loose` may belong here. `meant`: what the partly known documents of the
    answer may mean.
    """

    asked: Asked
    direction: Direction
    documents: tuple[Found, ...]
    edges: tuple[Edge, ...]
    changes: tuple[Edge, ...]
    citations: tuple[Edge, ...]
    others: tuple[Document, ...]
    loose: tuple[Loose, ...]
    truncated: bool
    frontier: tuple[str, ...]
    as_of: str | None
    corpus: CorpusNote
    meant: tuple[Meant, ...] = ()


def lineage(
    corpus: Corpus, document: Wanted | str, scope: Scope | None = None, direction: Direction = "both"
) -> Lineage:
    """The lineage of a document; up is what it rests on, down what rests on it.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    scope = scope or Scope()
    asked = ask(corpus, document, scope.as_of)
    root = asked.document.id
    ways: tuple[Way, ...] = ("up", "down") if direction == "both" else (direction,)
    relations = scope.relations or RESTS_ON
    reached = _reached(corpus, root, [Path(way, relations, scope.hops(DEPTH)) for way in ways], scope)
    edges, cut = _edges(corpus, root, reached, relations, scope)
    known = corpus.documents({id for one in reached.values() for id in one.distances})
    shown, edges = _narrowed(root, reached, known, edges, scope)
    changes, more = _both_ends(corpus, (root, *(one.document.id for one in shown)), scope)
    citations, yet = ((), False) if "CITES" in relations else _citations(corpus, root, ways, scope)
    others = _others(corpus, {root, *(one.document.id for one in shown)}, (*changes, *citations, *edges))
    near = (asked.document, *(one.document for one in shown), *others)
    return Lineage(
        asked,
        direction,
        shown,
        edges,
        changes,
        citations,
        others=others,
        loose=tuple(loose for way in ways for loose in loose_ends(corpus, asked.document, way == "down")),
        truncated=cut or more or yet or any(one.truncated for one in reached.values()),
        frontier=tuple(sorted({id for one in reached.values() for id in one.frontier})),
        as_of=scope.as_of,
        corpus=corpus.note(),
        meant=meant(corpus, near, (*edges, *changes, *citations)),
    )


def _reached(corpus: Corpus, root: str, paths: list[Path], scope: Scope) -> dict[Way, Reached]:
    """What the walks come to, together at most the limit: each has its share, and what the other leaves."""
    first, *others = paths
    share = -(-scope.limit // len(paths))
    reached = {first.way: walk(corpus, root, first, replace(scope, limit=share))}
    for path in others:
        room = scope.limit - len(reached[first.way].distances) + 1
        reached[path.way] = walk(corpus, root, path, replace(scope, limit=room))
    room = scope.limit - sum(len(reached[path.way].distances) - 1 for path in others)
    if reached[first.way].truncated and room > share:
        reached[first.way] = walk(corpus, root, first, replace(scope, limit=room))
    return reached


def _edges(
    corpus: Corpus, root: str, reached: dict[Way, Reached], relations: tuple[str, ...], scope: Scope
) -> tuple[tuple[Edge, ...], bool]:
    """The edges among what each walk reached; an edge between the two sides belongs to neither."""
    found: dict[Edge, None] = {}
    cut = False
    for one in reached.values():
        edges, more = edges_among(corpus, {root, *one.distances}, relations, scope)
        found |= dict.fromkeys(edges)
        cut = cut or more
    return tuple(found), cut


def _narrowed(
    root: str, reached: dict[Way, Reached], known: dict[str, Document], edges: tuple[Edge, ...], scope: Scope
) -> tuple[tuple[Found, ...], tuple[Edge, ...]]:
    """The documents that the scope asks for and those on the way to them, nearest first, with the edges among them."""
    shown: list[Found] = []
    for way, one in reached.items():
        ways = shortest(root, edges, way)
        kept = {id for id in one.distances if id != root and id in known and wanted(known[id], scope)}
        if scope.narrowed:
            kept |= {end for id in kept for edge in ways.get(id, ()) for end in (edge.from_id, edge.to_id)} - {root}
        shown += [Found(known[id], way, distance) for id, distance in one.distances.items() if id in kept]
    ids = {root, *(one.document.id for one in shown)}
    return tuple(shown), tuple(edge for edge in edges if edge.from_id in ids and edge.to_id in ids)


def _both_ends(corpus: Corpus, ids: tuple[str, ...], scope: Scope) -> tuple[tuple[Edge, ...], bool]:
    """What amends, replaces, repeals or corrects the documents, or they others, and whether there is more."""
    (out, more), (into, yet) = (edges_at(corpus, ids, query, SHOWN, scope) for query in ("edges_out", "edges_in"))
    return tuple(dict.fromkeys((*out, *into))), more or yet


def _citations(corpus: Corpus, root: str, ways: tuple[Way, ...], scope: Scope) -> tuple[tuple[Edge, ...], bool]:
    """The mere mentions by the document and of it, and whether there are more."""
    queries = {"up": "edges_out", "down": "edges_in"}
    sides = [edges_at(corpus, {root}, queries[way], ("CITES",), scope) for way in ways]
    return tuple(edge for edges, _ in sides for edge in edges), any(more for _, more in sides)


def _others(corpus: Corpus, shown: set[str], edges: tuple[Edge, ...]) -> tuple[Document, ...]:
    """The documents that edges name and the lineage does not list, also those whose word an edge is."""
    named = {id for edge in edges for id in (edge.from_id, edge.to_id, edge.asserted_by) if id} - shown
    return tuple(document for _, document in sorted(corpus.documents(named).items()))
