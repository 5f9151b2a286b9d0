"""Walks on random graphs against networkx, and their limits on hubs."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_graph import documents, edge, store_of

from graph.export import export_lines
from graph.model import RELATIONS, Change
from graph.store import Store
from queries.common import common
from queries.corpus import Corpus
from queries.impact import impact
from queries.lineage import lineage
from queries.path import path
from queries.scope import Scope
from queries.shape import cycles, islands
from queries.stale import stale
from queries.walk import RESTS_ON, lower, upper

COUNT = 9
KEYS = tuple(f"vn:state:byt:qd:2020:{number}" for number in range(1, COUNT + 1))
EDGES = st.lists(
    st.tuples(st.sampled_from(KEYS), st.sampled_from(RELATIONS), st.sampled_from(KEYS), st.sampled_from(KEYS)),
    max_size=25,
    unique_by=lambda one: one,
)


@contextmanager
def opened(change: Change) -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = store_of(Path(folder), change)
        yield store
        store.close()


def graph(edges: list[tuple[str, str, str, str]]) -> Change:
    """Nine held documents and these edges, each by the word of some document."""
    made = {(one.start, one.relation, one.end, one.source): one for one in (edge(*given) for given in edges)}
    return Change(put_nodes=documents(KEYS), put_edges=tuple(made.values()))


def oracle(store: Store, relations: tuple[str, ...]) -> nx.DiGraph[str]:
    """Who rests on whom, over the exported edges."""
    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(KEYS)
    for line in export_lines(store):
        one = json.loads(line).get("edge")
        if one and one["relation"] in relations:
            ends = (one["from"], one["to"])
            network.add_edge(*(ends[::-1] if one["relation"] == "APPROVES" else ends))
    return network


@settings(max_examples=40, deadline=None)
@given(EDGES, st.integers(1, 4))
def test_lineage_is_what_networkx_finds(edges: list[tuple[str, str, str, str]], depth: int) -> None:
    with opened(graph(edges)) as store:
        network = oracle(store, RESTS_ON)
        answer = lineage(Corpus(store), KEYS[0], Scope(depth=depth))
        for way, seen in (("up", network), ("down", network.reverse())):
            found = {one.document.id: one.distance for one in answer.documents if one.way == way}
            lengths = nx.single_source_shortest_path_length(seen, KEYS[0], depth)
            assert found == {key: length for key, length in lengths.items() if length}
        within = {
            way: {KEYS[0], *(one.document.id for one in answer.documents if one.way == way)} for way in ("up", "down")
        }
        wanted = {pair for ids in within.values() for pair in network.subgraph(ids).edges}
        assert {(lower(one), upper(one)) for one in answer.edges} == wanted
        deeper = any(
            nx.single_source_shortest_path_length(seen, KEYS[0], depth + 1).keys()
            - nx.single_source_shortest_path_length(seen, KEYS[0], depth).keys()
            for seen in (network, network.reverse())
        )
        assert bool(answer.frontier) == deeper and not answer.truncated


@settings(max_examples=40, deadline=None)
@given(EDGES)
def test_impact_is_what_networkx_finds_and_prefers_strong_ways(edges: list[tuple[str, str, str, str]]) -> None:
    with opened(graph(edges)) as store:
        answer = impact(Corpus(store), KEYS[0], Scope(depth=4))
        strong = nx.single_source_shortest_path_length(oracle(store, RESTS_ON).reverse(), KEYS[0], 4)
        every = nx.single_source_shortest_path_length(oracle(store, (*RESTS_ON, "CITES")).reverse(), KEYS[0], 4)
        found = {one.document.id: (one.strength, one.distance) for one in answer.touched}
        expected = {key: ("weak", length) for key, length in every.items()} | {
            key: ("strong", length) for key, length in strong.items()
        }
        del expected[KEYS[0]]
        assert found == expected
        for one in answer.touched:
            ends = [KEYS[0], *(lower(hop) for hop in one.path)]
            assert [upper(hop) for hop in one.path] == ends[:-1] and ends[-1] == one.document.id


@settings(max_examples=25, deadline=None)
@given(EDGES)
def test_path_common_cycles_and_islands_are_what_networkx_finds(edges: list[tuple[str, str, str, str]]) -> None:
    with opened(graph(edges)) as store:
        corpus, network = Corpus(store), oracle(store, RESTS_ON)
        way = path(corpus, KEYS[0], KEYS[1])
        directions = [(KEYS[0], KEYS[1]), (KEYS[1], KEYS[0])]
        lengths = [nx.shortest_path_length(network, *ends) for ends in directions if nx.has_path(network, *ends)]
        assert (way.strength == "strong") == bool(lengths)
        if lengths:
            assert len(way.edges) in lengths
        above = [set(nx.descendants(network, key)) | {key} for key in KEYS[:2]]
        shared = {one.document.id for one in common(corpus, *KEYS[:2], Scope(relations=RESTS_ON, depth=12)).shared}
        assert shared == above[0] & above[1]
        rings = [ring for ring in nx.strongly_connected_components(network) if len(ring) > 1]
        loops = [{key} for key in nx.nodes_with_selfloops(network) if not any(key in ring for ring in rings)]
        assert cycles(corpus).total == len(rings) + len(loops)
        tied = oracle(store, RELATIONS)
        tied.remove_nodes_from([key for key in KEYS if not tied.degree(key)])
        assert islands(corpus).total == nx.number_weakly_connected_components(tied)


@pytest.mark.parametrize("limit", [1, 5, 50])
def test_a_hub_is_cut_at_the_limit_and_says_so(tmp_path: Path, limit: int) -> None:
    hub, many = KEYS[0], [f"vn:state:byt:qd:2021:{number}" for number in range(300)]
    change = Change(put_nodes=documents([hub, *many]), put_edges=tuple(edge(one, "BASED_ON", hub) for one in many))
    store = store_of(tmp_path, change)
    answer = lineage(Corpus(store), hub, Scope(limit=limit))
    assert len(answer.documents) == limit and answer.truncated
    assert hub in answer.frontier
    assert len(impact(Corpus(store), hub, Scope(limit=limit)).touched) == limit
    store.close()


def test_the_limit_goes_to_strong_edges_before_mere_mentions(tmp_path: Path) -> None:
    hub, many = KEYS[0], [f"vn:state:byt:qd:2021:{number}" for number in range(20)]
    edges = [edge(one, "CITES" if number < 15 else "IMPLEMENTS", hub) for number, one in enumerate(many)]
    store = store_of(tmp_path, Change(put_nodes=documents([hub, *many]), put_edges=tuple(edges)))
    answer = impact(Corpus(store), hub, Scope(limit=7))
    assert [one.strength for one in answer.touched] == ["strong"] * 5 + ["weak"] * 2
    assert answer.truncated
    store.close()


def test_what_rests_on_a_law_that_many_changed_is_told_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some held documents at a time, in their order: 60 plans on one law that 40 decrees changed are 2,400 pairs."""
    monkeypatch.setattr("queries.stale._FIRST", 7)
    monkeypatch.setattr("queries.stale._MOST", 20)
    law = "vn:na:qh:luat:qh15:1"
    plans = [f"vn:state:ubnd@hai-phong:kh:2022:{number}" for number in range(100, 160)]
    decrees = [f"vn:state:cp:nd:2023:{number}" for number in range(100, 140)]
    made = [edge(plan, "BASED_ON", law) for plan in plans] + [edge(decree, "AMENDS", law) for decree in decrees]
    with opened(Change(put_nodes=documents([law, *plans, *decrees]), put_edges=tuple(made))) as store:
        found: list[tuple[str, str]] = []
        cursor: int | None = 0
        while cursor is not None:
            page = stale(Corpus(store), scope=Scope(limit=500), cursor=cursor)
            found += [(one.document.id, one.change.id) for one in page.stale]
            cursor = page.next
    assert found == [(plan, decree) for plan in plans for decree in decrees]
