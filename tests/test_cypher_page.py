"""Does docs/cypher.md say what both engines say?"""

from __future__ import annotations

from cypher_page import PAGE, graph, page
from sample_graph import questions

from graph.store import Store
from graph.writing import ENDS, LABELS, steps

AGAIN = "docs/cypher.md is not what a store says: write it again with `python tests/cypher_page.py`"


def test_the_page_is_what_a_store_says(store: Store) -> None:
    store.write(steps(graph()))
    assert page(store) == PAGE.read_text(encoding="utf-8"), AGAIN


def test_it_shows_all_labels_relations_and_queries() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [name for name in (*LABELS, *ENDS) if name not in text] == []
    assert [name for name in questions() if f"\n### [`{name}`]" not in text] == []
    assert text.count("No row in the example graph.") <= 3
