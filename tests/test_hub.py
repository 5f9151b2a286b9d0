"""A document that thousands cite: limits hold, what is cut is said, and the quicker queries give the same rows."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sample_graph import sample
from small_graph import NQ20, edge, node

from graph.model import Change
from graph.store import Store
from graph.stores import open_store
from graph.writing import steps
from queries.corpus import Corpus
from queries.document import document
from queries.impact import impact
from queries.lineage import lineage
from queries.scope import Scope
from queries.search import search
from queries.walk import _NARROW

CITING = 3000


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """A resolution that thousands cite, a third of which carry it out and some amend it."""
    store = open_store(str(tmp_path_factory.mktemp("hub") / "graph.kgl"))
    keys = [f"vn:state:ubnd@ha-noi:qd:2022:{number}" for number in range(1, CITING + 1)]
    kinds = ("CITES", "CITES", "IMPLEMENTS", "CITES", "AMENDS")
    nodes = tuple(node(key, number=f"{key[26:]}/QĐ-UBND", kind="Quyết định", held=True) for key in keys)
    edges = tuple(edge(key, kinds[at % 5], NQ20) for at, key in enumerate(keys))
    store.write(steps(Change(put_nodes=(node(NQ20, number="20-NQ/TW", kind="Nghị quyết"), *nodes), put_edges=edges)))
    yield Corpus(store)
    store.close()


def test_a_lineage_of_a_hub_is_cut_and_says_so(hub: Corpus) -> None:
    answer = lineage(hub, NQ20, Scope(limit=50))
    assert len(answer.documents) == 50 and answer.truncated and answer.frontier
    assert len(answer.citations) <= 100 and len(answer.changes) <= 200 and len(answer.others) <= 300
    # Few carry it out, more mention it: that the mentions were cut is said too.
    few = lineage(hub, NQ20, Scope(limit=700))
    assert len(few.documents) == CITING // 5 and few.truncated and len(few.citations) == 1400


def test_impact_and_the_card_of_a_hub_are_cut_and_say_so(hub: Corpus) -> None:
    touched = impact(hub, NQ20, Scope(limit=50))
    assert len(touched.touched) == 50 and touched.truncated and len(touched.changes) <= 100
    card = document(hub, NQ20, Scope(limit=50))
    assert len(card.said) == 50 and card.truncated


def test_searching_a_number_that_a_hub_has_finds_it_first(hub: Corpus) -> None:
    assert search(hub, "20-NQ/TW").hits[0].document.id == NQ20


def test_a_change_that_was_cut_away_is_said(hub: Corpus) -> None:
    all_ = lineage(hub, NQ20, Scope(limit=2000))
    assert len(all_.changes) == CITING // 5 and len(all_.citations) == 3 * CITING // 5 and not all_.truncated


def test_the_quicker_queries_give_the_same_rows_on_both_engines(store: Store) -> None:
    change = sample(3)
    store.write(steps(change))
    ids = sorted(one.id for one in change.put_nodes if one.labels[0] == "Document")
    for (wide, relations), name in _NARROW.items():
        asked = {"ids": ids, "confidence": 0.0, "as_of": "9999-12-31", "limit": 10_000}
        for some in (sorted(relations), sorted(relations)[:1]):
            rows = store.read(name, asked | {"relations": some})
            assert rows == store.read(wide, asked | {"relations": some})
        assert rows
