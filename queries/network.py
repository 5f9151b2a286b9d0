"""The graph, or any part of it, as a networkx graph with all that is known of each node and edge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import islice
from typing import Any

from graph.export import edges_of, items, nodes_of
from graph.store import BATCH
from graph.writing import LABELS
from queries.ask import Wanted, ask
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import RESTS_ON, Path, walk

DEPTH = 4


def network(corpus: Corpus, ids: Iterable[str] | None = None) -> Any:
    """A `networkx.MultiDiGraph` of the nodes with these keys (documents, tasks, bodies) and the edges between them, of
    the whole graph when none are given. Raises `StoreError`.

    Nodes are keys; their attributes are their properties and `labels`. The key of an edge is (relation, source); its
    attributes are `relation`, `source` and its properties.
    """
    found = import_module("networkx").MultiDiGraph()
    for item in items(corpus.store) if ids is None else _some(corpus, sorted(set(ids))):
        said = dict(item.get("node") or item["edge"])
        if "node" in item:
            found.add_node(said.pop("id"), **said)
        else:
            start, end = said.pop("from"), said.pop("to")
            found.add_edge(start, end, (said["relation"], said["source"]), **said)
    return found


def around(corpus: Corpus, document: Wanted | str, scope: Scope | None = None) -> set[str]:
    """The keys of what a document rests on, of what rests on it, of the tasks in these, and of the bodies that issued
    them or are given the tasks. Raises `UnknownDocument`, `AmbiguousDocument`, `StoreError`."""
    scope = scope or Scope()
    root = ask(corpus, document, scope.as_of).document.id
    relations = scope.relations or RESTS_ON
    ways = (walk(corpus, root, Path(way, relations, scope.hops(DEPTH)), scope) for way in ("up", "down"))
    found = {id for reached in ways for id in reached.distances}
    for ends in ({"CONTAINS", "ISSUED_BY"}, {"ASSIGNS_TO"}):
        found |= {edge["to"] for edge in _edges(corpus, sorted(found)) if edge["relation"] in ends}
    return found


def _some(corpus: Corpus, ids: list[str]) -> Iterator[dict[str, Any]]:
    for some in _chunks(ids):
        for label in LABELS:
            yield from ({"node": node} for node in nodes_of(corpus.store, label, some).values())
    wanted = set(ids)
    yield from ({"edge": edge} for edge in _edges(corpus, ids) if edge["to"] in wanted)


def _edges(corpus: Corpus, ids: list[str]) -> Iterator[dict[str, Any]]:
    for some in _chunks(ids):
        for label in LABELS:
            for edges in edges_of(corpus.store, label, some).values():
                yield from edges


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    waiting = iter(ids)
    while some := list(islice(waiting, BATCH)):
        yield some
