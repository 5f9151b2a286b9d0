"""The contract of a store, each case on both engines."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from random import Random

import neo4j_server
import pytest
from graph_model import Model, random_change
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.copying import copy, empty
from graph.export import export_lines, items
from graph.model import Change, Edge, Node
from graph.store import BATCH, Store, StoreError
from graph.stores import open_store, steady
from graph.writing import steps

A, B = "vn:state:ttg:qd:2022:1", "vn:state:ttg:qd:2022:2"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))
NUMBERS = st.integers(-(2**63), 2**63 - 1)
VALUES = st.one_of(
    TEXT, st.booleans(), NUMBERS, st.floats(allow_nan=False, allow_infinity=False), st.lists(TEXT), st.lists(NUMBERS)
)
NAMES = st.from_regex(r"[a-z_]{1,12}", fullmatch=True).filter(
    lambda name: name not in {"id", "type", "title"} and name[:2] != "x_"
)


def document(key: str, family: str = "Decision", **properties: object) -> Node:
    return Node(key, ("Document", family), properties)  # type: ignore[arg-type]


MANY = tuple(document(f"vn:state:ttg:qd:2022:{i}", number="0") for i in range(600))


def put(store: Store, *rows: Node | Edge) -> None:
    nodes = tuple(row for row in rows if isinstance(row, Node))
    edges = tuple(row for row in rows if isinstance(row, Edge))
    store.write(steps(Change(put_nodes=nodes, put_edges=edges)))


def model_of(*changes: Change) -> list[str]:
    model = Model()
    for change in changes:
        model.apply(change)
    return model.lines()


def test_it_answers(store: Store) -> None:
    assert store.read("alive") == [{"alive": 1}]


def test_a_steady_view_of_an_embedded_graph_sees_no_later_commit(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "graph.kgl"))
    put(store, document(A, number="1"))
    view = steady(store)
    put(store, document(A, number="2"), document(B, number="3"))
    assert [row["number"] for row in view.read("documents", {"ids": [A, B]})] == ["1"]
    assert [row["number"] for row in store.read("documents", {"ids": [A, B]})] == ["2", "3"]
    with pytest.raises(StoreError, match="reading only"):
        put(view, document(B))
    view.close()
    assert store.read("alive") == [{"alive": 1}]
    store.close()


@pytest.mark.neo4j
def test_a_server_gives_no_steady_view(neo4j_store: Store) -> None:
    assert steady(neo4j_store) is neo4j_store


def test_what_is_put_is_exported(store: Store) -> None:
    change = Change(
        put_nodes=(document(A, number="1/QĐ-TTg", held=True, date=None), Node("vn:org:x", ("Organization",))),
        put_edges=(Edge(A, "ISSUED_BY", "vn:org:x", "s", {"starts": (1, 2), "quotes": [], "confidence": 1.0}),),
    )
    store.write(steps(change))
    store.write(steps(change))
    assert list(export_lines(store)) == model_of(change)


def test_a_document_has_one_family_and_exactly_the_properties_last_given(store: Store) -> None:
    put(store, document(A, "Plan", number="1", subject="s"))
    put(store, document(A, "Programme", number="2"))
    assert list(export_lines(store)) == model_of(Change(put_nodes=(document(A, "Programme", number="2"),)))
    put(store, Node(A, ("Document",)))
    assert list(export_lines(store)) == model_of(Change(put_nodes=(Node(A, ("Document",)),)))


def test_two_sources_have_an_edge_each_and_leave_singly(store: Store) -> None:
    edges = tuple(Edge(A, "CITES", B, source, {"starts": [1]}) for source in ("s", "t"))
    put(store, document(A), document(B), *edges)
    store.write(steps(Change(remove_edges=(edges[0], edges[0], Edge(B, "CITES", A, "s"), Edge(A, "AMENDS", B, "t")))))
    assert list(export_lines(store)) == model_of(Change(put_nodes=(document(A), document(B)), put_edges=edges[1:]))


def test_a_document_may_cite_itself(store: Store) -> None:
    change = Change(put_nodes=(document(A),), put_edges=(Edge(A, "CITES", A, "s"),))
    store.write(steps(change))
    assert list(export_lines(store)) == model_of(change)


def test_a_node_leaves_with_what_hangs_on_it(store: Store) -> None:
    put(store, document(A), document(B), Edge(A, "CITES", B, "s"), Edge(B, "CITES", A, "s"))
    store.write(steps(Change(remove_nodes=(document(B), document("vn:state:ttg:qd:2022:99")))))
    assert list(export_lines(store)) == model_of(Change(put_nodes=(document(A),)))


def test_an_edge_without_its_end_is_refused_and_nothing_of_the_change_stays(store: Store) -> None:
    put(store, document(A))
    with pytest.raises(StoreError, match=r"write_cites: 0 of 1 rows"):
        put(store, document(B), document(A, number="changed"), Edge(A, "CITES", "vn:none", "s"))
    assert list(export_lines(store)) == model_of(Change(put_nodes=(document(A),)))
    put(store, document(B), Edge(A, "CITES", B, "s"))
    assert len(list(export_lines(store))) == 3


def test_analysis_properties_are_not_exported(store: Store) -> None:
    put(store, document(A, x_rank=0.5, source="s"), document(B), Edge(A, "CITES", B, "s", {"x_weight": 1, "id": "i"}))
    plain = Change(put_nodes=(document(A, source="s"), document(B)), put_edges=(Edge(A, "CITES", B, "s", {"id": "i"}),))
    assert list(export_lines(store)) == model_of(plain)


def test_more_rows_than_a_page(store: Store) -> None:
    nodes = tuple(document(f"vn:state:ttg:qd:2022:{i}") for i in range(2 * BATCH + 7))
    edges = tuple(Edge(node.id, "CITES", A, "s") for node in nodes)
    change = Change(put_nodes=nodes, put_edges=edges)
    store.write(steps(change))
    assert list(export_lines(store)) == model_of(change)
    empty(store)
    assert list(export_lines(store)) == []


@settings(deadline=None, derandomize=True, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(properties=st.dictionaries(NAMES, VALUES, max_size=5), source=TEXT)
def test_every_value_comes_back_as_it_went(store: Store, properties: dict[str, object], source: str) -> None:
    edge = Edge(A, "CITES", B, source, {name: v for name, v in properties.items() if name != "source"})  # type: ignore[arg-type]
    change = Change(put_nodes=(document(A, **properties), document(B)), put_edges=(edge,))
    empty(store)
    store.write(steps(change))
    assert list(export_lines(store)) == model_of(change)


def numbers_seen_while(store: Store, work: Callable[[], None]) -> list[set[str]]:
    """The numbers that each of many readings shows while `work` writes."""
    seen: list[set[str]] = []
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            rows = store.read("export_documents", {"after": "", "limit": 600})
            seen.append({row["properties"]["number"] for row in rows})

    reader = threading.Thread(target=watch)
    reader.start()
    work()
    stop.set()
    reader.join()
    return seen


def test_nobody_sees_what_is_not_committed(store: Store) -> None:
    put(store, *MANY)

    def fail() -> None:
        for _ in range(5):
            with pytest.raises(StoreError):
                put(store, *(document(node.id, number="never") for node in MANY), Edge(A, "CITES", "vn:none", "s"))

    seen = numbers_seen_while(store, fail)
    assert seen and all(numbers == {"0"} for numbers in seen)


def test_readers_of_a_file_see_whole_changes_only(kglite_store: Store) -> None:
    """A server shows each reader what is committed while it reads, which may be half of a change."""
    put(kglite_store, *MANY)

    def change() -> None:
        for turn in range(1, 6):
            put(kglite_store, *(document(node.id, number=str(turn)) for node in MANY))

    seen = numbers_seen_while(kglite_store, change)
    assert seen and all(len(numbers) == 1 for numbers in seen)


def test_writers_on_many_threads_queue(store: Store) -> None:
    def write(turn: int) -> None:
        for i in range(5):
            put(store, document(f"vn:state:ttg:qd:2022:{turn}{i}"), document(A), Edge(A, "CITES", A, f"{turn}{i}"))

    threads = [threading.Thread(target=write, args=(turn,)) for turn in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(export_lines(store))) == 20 + 1 + 20


@pytest.mark.parametrize("seed", range(3))
def test_random_histories_give_what_the_model_gives(store: Store, seed: int) -> None:
    random, model = Random(seed), Model()
    for turn in range(40):
        change = random_change(random, model)
        model.apply(change)
        store.write(steps(change))
        if turn % 10 == 9:
            assert list(export_lines(store)) == model.lines()


def test_a_file_closed_and_opened_again_holds_the_same(tmp_path: Path) -> None:
    random, model, path = Random(7), Model(), tmp_path / "graph.kgl"
    for _ in range(12):
        store = open_store(f"kglite://{path}")
        for _ in range(6):
            change = random_change(random, model)
            model.apply(change)
            store.write(steps(change))
        store.close()
        store.close()
        with_readers = open_store(str(path), readonly=True)
        assert list(export_lines(with_readers)) == model.lines()


@pytest.mark.neo4j
def test_a_server_connected_to_again_holds_the_same(neo4j_store: Store, neo4j_address: neo4j_server.Address) -> None:
    put(neo4j_store, document(A))
    for readonly in (False, True):
        store = open_store(neo4j_address.url, **neo4j_address.login, readonly=readonly)
        assert list(export_lines(store)) == model_of(Change(put_nodes=(document(A),)))
        store.close()


@pytest.mark.neo4j
def test_both_engines_export_the_same_bytes_and_copy_into_each_other(kglite_store: Store, neo4j_store: Store) -> None:
    random, model = Random(11), Model()
    for _ in range(30):
        change = random_change(random, model)
        model.apply(change)
        kglite_store.write(steps(change))
        neo4j_store.write(steps(change))
    lines = list(export_lines(kglite_store))
    assert lines == list(export_lines(neo4j_store)) == model.lines()
    empty(neo4j_store)
    copy(items(kglite_store), neo4j_store)
    empty(kglite_store)
    copy(items(neo4j_store), kglite_store)
    assert lines == list(export_lines(neo4j_store)) == list(export_lines(kglite_store))
