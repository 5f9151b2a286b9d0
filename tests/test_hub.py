"""A document that thousands cite: limits hold, what is cut is said, and the quicker queries give the same rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sample_graph import sample
from small_graph import NQ20, edge, node

from graph.model import RELATIONS, Change
from graph.store import Store
from graph.stores import open_store
from graph.writing import steps
from queries.corpus import Corpus
from queries.document import document
from queries.impact import impact
from queries.lineage import lineage
from queries.scope import Scope
from queries.search import search
from queries.walk import RESTS_ON, SHOWN

CITING, CARRYING_OUT = 100_000, 600


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A resolution that very many cite; some hundreds carry it out, and as many amend it."""
    store = open_store(str(tmp_path_factory.mktemp("hub") / "graph.kgl"))
    keys = [f"vn:state:ubnd@ha-noi:qd:2022:{number}" for number in range(1, CITING + 1)]
    kinds = ["IMPLEMENTS"] * CARRYING_OUT + ["AMENDS"] * CARRYING_OUT + ["CITES"] * (CITING - 2 * CARRYING_OUT)
    nodes = tuple(node(key, number=f"{key[26:]}/QĐ-UBND", kind="Quyết định", held=True) for key in keys)
    edges = tuple(edge(key, kinds[at], NQ20) for at, key in enumerate(keys))
    store.write(steps(Change(put_nodes=(node(NQ20, number="20-NQ/TW", kind="Nghị quyết"), *nodes), put_edges=edges)))
    yield Corpus(store)
    store.close()


def test_a_lineage_of_a_hub_is_cut_and_says_so(hub: Corpus) -> None:
    answer = lineage(hub, NQ20, Scope(limit=50))
    assert len(answer.documents) == 50 and answer.truncated and answer.frontier
    assert len(answer.citations) == 50 and len(answer.changes) == 50 and len(answer.others) <= 150
    # Few carry it out, more mention it: that the mentions were cut is said too.
    few = lineage(hub, NQ20, Scope(limit=700))
    assert len(few.documents) == CARRYING_OUT and few.truncated and len(few.citations) == 700


def test_impact_and_the_card_of_a_hub_are_cut_and_say_so(hub: Corpus) -> None:
    touched = impact(hub, NQ20, Scope(limit=50))
    assert len(touched.touched) == 50 and touched.truncated and len(touched.changes) == 50
    card = document(hub, NQ20, Scope(limit=50))
    assert len(card.said) == 50 and card.truncated


def test_searching_a_number_that_a_hub_has_finds_it_first(hub: Corpus) -> None:
    assert search(hub, "20-NQ/TW").hits[0].document.id == NQ20


def test_both_ways_share_the_limit_and_one_takes_what_the_other_leaves(hub: Corpus) -> None:
    assert len(lineage(hub, NQ20, Scope(limit=2000)).changes) == CARRYING_OUT
    below = next(one.document.id for one in lineage(hub, NQ20, Scope(limit=1)).documents)
    assert len(lineage(hub, below, Scope(limit=10)).documents) == 1


def test_patterns_that_name_the_relations_give_the_same_rows_on_both_engines(store: Store) -> None:
    change = sample(3)
    store.write(steps(change))
    ids = sorted(one.id for one in change.put_nodes if one.labels[0] == "Document")
    for query in ("next_in", "next_out", "edges_in", "edges_out", "edges_between"):
        asked = {"ids": ids, "confidence": 0.0, "as_of": "9999-12-31", "limit": 10_000}
        for relations in (RESTS_ON, SHOWN, ("CITES",)):
            rows = store.read(query, asked | {"relations": relations})
            # One that is no relation keeps the names out of the pattern; the condition alone decides.
            assert rows == store.read(query, asked | {"relations": (*relations, "NONE")})
        assert store.read(query, asked | {"relations": RELATIONS})
