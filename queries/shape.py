"""The shape of the whole graph: which documents matter most, rest on each other in a circle, stand apart."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from graph.model import RELATIONS
from queries.answer import CorpusNote, Document
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import RESTS_ON, TURNED, wanted

_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document with its PageRank and how many documents rest on it or cite it, and it on others."""

    document: Document
    rank: float
    cited_by: int
    cites: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """The documents of highest PageRank."""

    documents: tuple[Ranked, ...]
    as_of: str | None
    corpus: CorpusNote


@dataclass(frozen=True, slots=True)
class Groups:
    """Sets of documents, the largest first; `total` is how many there are before the limit cut."""

    groups: tuple[tuple[Document, ...], ...]
    total: int
    as_of: str | None
    corpus: CorpusNote


def rank(corpus: Corpus, scope: Scope | None = None) -> Ranking:
    """The documents that others rest on or cite most, by PageRank over all edges or those of the scope. Raises
    `StoreError`."""
    nx = _networkx()
    scope = scope or Scope(limit=50)
    network = _network(corpus, scope.relations or RELATIONS, scope)
    ranks: dict[str, float] = nx.pagerank(network) if network else {}
    ordered = sorted(ranks, key=lambda id: (-round(ranks[id], _DIGITS), id))
    known = corpus.documents(ordered if scope.narrowed else ordered[: scope.limit])
    found = [
        Ranked(known[id], round(ranks[id], _DIGITS), network.in_degree(id), network.out_degree(id))
        for id in ordered
        if id in known and wanted(known[id], scope)
    ]
    return Ranking(tuple(found[: scope.limit]), scope.as_of, corpus.note())


def cycles(corpus: Corpus, scope: Scope | None = None) -> Groups:
    """The documents that rest on each other in a circle, which is a mistake of reading or of the documents. Raises
    `StoreError`."""
    nx = _networkx()
    scope = scope or Scope(limit=50)
    network = _network(corpus, scope.relations or RESTS_ON, scope)
    rings = [
        ring
        for ring in nx.strongly_connected_components(network)
        if len(ring) > 1 or network.has_edge(*2 * tuple(ring))
    ]
    return _groups(corpus, rings, scope)


def islands(corpus: Corpus, scope: Scope | None = None) -> Groups:
    """The sets of documents that no edge ties to the others. Raises `StoreError`."""
    nx = _networkx()
    scope = scope or Scope(limit=50)
    network = _network(corpus, scope.relations or RELATIONS, scope)
    return _groups(corpus, list(nx.weakly_connected_components(network)), scope)


def _networkx() -> Any:
    """Imported when first needed: it takes as long as the rest of a command."""
    return import_module("networkx")


def _network(corpus: Corpus, relations: tuple[str, ...], scope: Scope) -> Any:
    nx = _networkx()
    network = nx.DiGraph()
    for row in corpus.read("edges_all", relations=list(relations), as_of=scope.last_day):
        ends = (row["from_id"], row["to_id"])
        network.add_edge(*(ends[::-1] if row["relation"] == TURNED else ends))
    return network


def _groups(corpus: Corpus, groups: list[set[str]], scope: Scope) -> Groups:
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    shown = ordered[: scope.limit]
    known = corpus.documents(id for group in shown for id in group)
    named = tuple(tuple(known[id] for id in group if id in known) for group in shown)
    return Groups(named, len(ordered), scope.as_of, corpus.note())
