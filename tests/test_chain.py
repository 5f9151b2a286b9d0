"""Everything that carries out a document, by any chain: the same as the ancestors that networkx finds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from random import Random

import networkx
import pytest
from small_graph import documents, edge, store_of

from graph.model import Change, Edge, Node
from queries.chain import chain
from queries.corpus import Corpus
from queries.scope import Scope
from queries.tasks import Which, tasks

KEYS = [f"vn:state:ubnd@p{number % 7}:kh:2022:{number}" for number in range(40)]
RELATIONS = ("IMPLEMENTS", "GUIDES", "APPROVES", "CITES")


def some_edges(random: Random) -> list[Edge]:
    """Edges each way, also in circles."""
    pairs = {(random.choice(KEYS), random.choice(RELATIONS), random.choice(KEYS)) for _ in range(60)}
    return [edge(start, relation, end) for start, relation, end in sorted(pairs) if start != end]


def carries_out(one: Edge) -> tuple[str, str]:
    """Who carries out whom: an approved programme carries out the act that approves it."""
    return (one.end, one.start) if one.relation == "APPROVES" else (one.start, one.end)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_under_a_document_and_the_way_up_from_it(tmp_path: Path, seed: int) -> None:
    edges = some_edges(Random(seed))
    ids = {key: f"vn:task:{number:016x}:1" for number, key in enumerate(KEYS)}
    orders = tuple(Node(id, ("Task",), {"id": id, "text": "Báo cáo"}) for id in ids.values())
    contained = [edge(key, "CONTAINS", id) for key, id in ids.items()]
    store = store_of(tmp_path, Change(put_nodes=(*documents(KEYS), *orders), put_edges=(*edges, *contained)))
    oracle = networkx.DiGraph([carries_out(one) for one in edges if one.relation != "CITES"])
    oracle.add_nodes_from(KEYS)
    for root in KEYS[:12]:
        found = tasks(Corpus(store), Which(under=root), Scope(limit=100))
        assert {one.document.id for one in found.tasks} == networkx.ancestors(oracle, root) | {root}
        assert not found.truncated and found.frontier == ()
        for one in found.tasks:
            shortest = networkx.shortest_path_length(oracle, one.document.id, root)
            assert (one.chain[0], one.chain[-1], len(one.chain)) == (one.document.id, root, shortest + 1)
            assert all(oracle.has_edge(*hop) for hop in pairwise(one.chain))
    store.close()


def test_a_longer_chain_is_said_to_go_on(tmp_path: Path) -> None:
    line = tuple(edge(start, "IMPLEMENTS", end) for end, start in pairwise(KEYS))
    store = store_of(tmp_path, Change(put_nodes=documents(KEYS), put_edges=line))
    found = chain(Corpus(store), KEYS[0], Scope())
    assert len(found.ways) == 13 and found.frontier == (KEYS[12],)
    store.close()
