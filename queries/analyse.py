"""Numbers about each document, written beside it so that Neo4j Browser can size and filter nodes by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from statistics import median
from typing import Any

from graph.model import RELATIONS
from graph.store import BATCH, Step
from queries.answer import Document
from queries.authority import gives_power
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import TURNED

# What is written; an export leaves out all names that begin with x_.
NAMES = ("x_rank", "x_community", "x_cited_by", "x_citation_age")
_SEED = 1
_DIGITS = 9
_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Analysed:
    """How many documents were given numbers, in how many communities, and how many were left out as mere grounds of
    power."""

    documents: int
    communities: int
    left_out: int


def analyse(corpus: Corpus, scope: Scope | None = None, without_authority: bool = False) -> Analysed:
    """Write beside each document: `x_rank` (PageRank, the mean is 1), `x_community` (1 is the largest; communities of
    the Louvain method), `x_cited_by` (documents that rest on it or cite it) and `x_citation_age` (the median of the
    years from its date to the dates of those).

    Earlier numbers go. `without_authority` leaves out the acts that are cited for the power to act only (the law on
    the organisation of local government), which tie everything to everything. Raises `StoreError`.
    """
    numbers, left_out = _numbers(corpus, scope or Scope(), without_authority)
    every = sorted(_all(corpus))
    for start in range(0, len(every), BATCH):
        empty = dict.fromkeys(NAMES)
        rows = ({"id": id, "properties": empty | numbers.get(id, {})} for id in every[start : start + BATCH])
        corpus.store.write([Step("write_analysis", tuple(rows))])
    communities = {said["x_community"] for said in numbers.values()}
    return Analysed(len(numbers), len(communities), left_out)


def _numbers(corpus: Corpus, scope: Scope, without_authority: bool) -> tuple[dict[str, dict[str, Any]], int]:
    """What is found of each document, and how many documents were left out."""
    nx = import_module("networkx")
    network, known = nx.DiGraph(), dict[str, Document]()
    for row in corpus.read("edges_all", relations=list(scope.relations or RELATIONS), as_of=scope.last_day):
        ends = (row["from_id"], row["to_id"])
        network.add_edge(*(ends[::-1] if row["relation"] == TURNED else ends))
    for some in _chunks(sorted(network)):
        known |= corpus.documents(some)
    powers = [id for id, one in known.items() if without_authority and gives_power(f"{one.name} {one.subject or ''}")]
    network.remove_nodes_from(powers)
    if not network:
        return {}, len(powers)
    ranks: Mapping[str, float] = nx.pagerank(network)
    communities = nx.community.louvain_communities(network.to_undirected(), seed=_SEED)
    ordered = sorted((sorted(group) for group in communities), key=lambda group: (-len(group), group))
    numbers: dict[str, dict[str, Any]] = {}
    for number, group in enumerate(ordered, start=1):
        for id in group:
            citing = list(network.predecessors(id))
            numbers[id] = {
                "x_rank": round(ranks[id] * len(network), _DIGITS),
                "x_community": number,
                "x_cited_by": len(citing),
                "x_citation_age": _age(known.get(id), [known[one] for one in citing if one in known]),
            }
    return numbers, len(powers)


def _age(document: Document | None, citing: list[Document]) -> float | None:
    """The median of the years from a document to those that cite it; None where days are not known."""
    first = _day(document)
    days = [(later - first).days for one in citing if first and (later := _day(one))]
    return round(median(days) / _YEAR, 2) if days else None


def _day(document: Document | None) -> date | None:
    try:
        return date.fromisoformat((document and document.date_first) or "")
    except ValueError:
        return None


def _all(corpus: Corpus) -> Iterator[str]:
    """The keys of all documents."""
    after, asked = "", {"held": [True, False], "kinds": [], "issuers": [], "places": [], "as_of": "9999-12-31"}
    while page := corpus.read("documents_page", after=after, limit=BATCH, **asked):
        yield from (row["id"] for row in page)
        after = page[-1]["id"]


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
