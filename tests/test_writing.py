"""Which queries a change becomes, and in which order."""

from __future__ import annotations

from importlib.resources import files

import pytest

from graph.model import RELATIONS, Change, Edge, Node
from graph.store import BATCH, cypher
from graph.writing import ENDS, FAMILIES, LABELS, BadChange, plural, steps
from ingest.tables import table

CITES = Edge(
    "vn:a:b:c:d:1", "CITES", "vn:a:b:c:d:2", "0123456789abcdef", {"starts": (1, 2), "quotes": ["q"], "note": None}
)


def test_edges_go_before_nodes_and_nodes_come_before_edges() -> None:
    node = Node("vn:a:b:c:d:1", ("Document", "Plan"))
    change = Change(remove_edges=(CITES,), remove_nodes=(node,), put_nodes=(node,), put_edges=(CITES,))
    assert [step.query for step in steps(change)] == [
        "write_removal_from_documents",
        "write_removal_of_documents",
        "write_documents",
        "write_cites",
    ]


def test_no_step_is_longer_than_a_batch_and_no_row_is_lost() -> None:
    nodes = tuple(Node(f"vn:task:s:{i}", ("Task",)) for i in range(2 * BATCH + 1))
    made = steps(Change(put_nodes=nodes))
    assert [len(step.rows) for step in made] == [BATCH, BATCH, 1]
    assert [row["id"] for step in made for row in step.rows] == [node.id for node in nodes]


def test_rows_hold_lists_no_absent_values_and_the_names_of_their_row() -> None:
    (step,) = steps(Change(put_edges=(CITES,)))
    properties = {"starts": [1, 2], "quotes": ["q"], "source": CITES.source}
    assert step.rows == ({"from": CITES.start, "to": CITES.end, "source": CITES.source, "properties": properties},)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(put_nodes=(Node("n", ("Person",)),)), "Person"),
        (Change(put_nodes=(Node("n", ()),)), "labels"),
        (Change(put_nodes=(Node("n", ("Document", "Poem")),)), "Poem"),
        (Change(put_nodes=(Node("n", ("Document", "Plan", "Law")),)), "Plan"),
        (Change(put_nodes=(Node("n", ("Task",), {"title": "x"}),)), "title"),
        (Change(put_edges=(Edge("a", "LIKES", "b", "s"),)), "LIKES"),
        (Change(put_edges=(Edge("a", "CITES", "b", "s", {"type": "x"}),)), "type"),
        (Change(remove_edges=(Edge("a", "LIKES", "b", "s"),)), "LIKES"),
    ],
)
def test_what_the_graph_has_no_place_for_is_refused(change: Change, said: str) -> None:
    with pytest.raises(BadChange, match=said):
        steps(change)


def test_family_labels_are_those_of_the_types_and_of_the_query() -> None:
    assert {row["label"] for row in table("types")["type"] if "label" in row} <= FAMILIES
    text = cypher("write_documents")
    removed = text.partition("REMOVE d:")[2].splitlines()[0].split(":")
    assert set(removed) == FAMILIES
    assert {line.rpartition("SET d:")[2].rstrip(")") for line in text.splitlines() if "FOREACH" in line} == FAMILIES
    assert all(f"'{family}' THEN [1] ELSE [] END | SET d:{family})" in text for family in FAMILIES)


def test_every_relation_has_its_query_between_the_right_labels_and_its_index() -> None:
    assert set(RELATIONS) <= set(ENDS)
    schema = cypher("schema_both")
    for relation, (start, end) in ENDS.items():
        text = cypher(f"write_{relation.lower()}")
        assert f"(a:{start} " in text and f"(b:{end} " in text and f"[r:{relation} " in text
        assert f"[r:{relation}]-() ON (r.source)" in schema


def test_no_write_query_is_left_over() -> None:
    used = {f"write_{relation.lower()}" for relation in ENDS}
    used |= {f"write_{kind}{plural(label)}" for label in LABELS for kind in ("", "removal_of_", "removal_from_")}
    used.add("write_analysis")  # of `vanban analyse`
    names = {file.name.removesuffix(".cypher") for file in files("cypher").iterdir()}
    assert {name for name in names if name.startswith("write_") and not name.startswith("write_x_")} == used
