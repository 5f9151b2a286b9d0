"""The graph depends on the set of documents alone, and each source asserts its own part of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shelf import POOL, Shelf, graph_of, shelf

from graph.key import Key
from graph.model import Change, Citation, Edge, Header, Node, Reading, Task
from graph.projection import Projection, days, difference, merged, source_rows
from graph.projection_claims import LONGEST_QUOTE, Spoken, located, tasks
from graph.projection_tables import Tables
from ingest.shipped import issuer_name, period_days, place_name, shipped

NAMES = sorted(POOL)
CT16 = "vn:state:ttg:ct:2022:16"
PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"
NQ20 = "vn:party:tw:nq:k12:20"
some_names = st.lists(st.sampled_from(NAMES), unique=True)
quick = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A library for many examples, which each leaves as it was: empty."""
    one = shelf(tmp_path_factory.mktemp("library"))
    yield one
    one.library.close()


def _clear(one: Shelf) -> None:
    one.drop(*NAMES)
    assert one.graph == Projection() == one.again()
    assert [one.library.counts()[name] for name in ("sources", "files", "paths", "mentions")] == [0, 0, 0, 0]


def _copy(one: Projection) -> Projection:
    return Projection(dict(one.nodes), dict(one.edges))


@cache
def _all_at_once(names: frozenset[str]) -> Projection:
    """The graph of these documents by their names' order, made in a library of its own."""
    with TemporaryDirectory() as home:
        return graph_of(Path(home), sorted(names))


def _any_order(one: Shelf, data: st.DataObject, names: list[str]) -> None:
    order = data.draw(st.permutations(names))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(names)), max_size=3)))
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        one.put(*order[start:end])
    try:
        assert one.graph == _all_at_once(frozenset(names)) == one.again()
    finally:
        _clear(one)


@given(data=st.data(), names=some_names)
@quick
def test_any_order_and_any_batches_make_the_same_graph(empty: Shelf, data: st.DataObject, names: list[str]) -> None:
    _any_order(empty, data, names)


@pytest.mark.slow
@given(data=st.data(), names=st.lists(st.sampled_from(NAMES), unique=True, min_size=4))
@settings(quick, max_examples=200)
def test_two_hundred_shuffles_make_the_same_graph(empty: Shelf, data: st.DataObject, names: list[str]) -> None:
    _any_order(empty, data, names)


@given(names=some_names, twice=st.sampled_from(NAMES))
@quick
def test_a_document_that_comes_and_goes_leaves_nothing(empty: Shelf, names: list[str], twice: str) -> None:
    empty.put(*(name for name in names if name != twice))
    before = _copy(empty.graph)
    empty.put(twice)
    after = _copy(empty.graph)
    empty.put(twice)
    assert empty.graph == after == empty.again()
    empty.drop(twice)
    assert empty.graph == before == empty.again()
    _clear(empty)


@given(names=some_names, path=st.sampled_from(NAMES), other=st.sampled_from(NAMES))
@quick
def test_new_content_at_a_path_replaces_what_the_old_one_asserted(
    empty: Shelf, names: list[str], path: str, other: str
) -> None:
    texts = {**POOL, path: POOL[other]}
    empty.put(*(name for name in names if name != path))
    empty.put(path, texts=texts)
    expected = _copy(empty.graph)
    _clear(empty)
    empty.put(*names, path)
    empty.put(path, texts=texts)
    assert empty.graph == expected == empty.again()
    _clear(empty)


def test_what_a_plan_says_is_in_the_graph(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, ["plan.txt", "under.txt"])
    plan = graph.nodes[PLAN]
    assert plan.labels == ("Document", "Plan")
    assert plan.properties | {} == {
        **plan.properties, "number": "1511/KH-UBND", "kind": "Kế hoạch", "held": True, "complete": True, "texts": 1,
        "place": "Bình Thuận", "date": "2022-08-12", "date_first": "2022-08-12", "date_last": "2022-08-12",
        "validity": "unknown", "block": "1511|kh|ubnd",
    }  # fmt: skip
    held = {id for id, node in graph.nodes.items() if node.properties.get("held")}
    assert held == {PLAN, "vn:state:ubnd@binh-thuan:kh:2022:1600"}
    edge = next(
        edge for edge in graph.edges.values() if (edge.start, edge.relation, edge.end) == (PLAN, "IMPLEMENTS", CT16)
    )
    assert edge.properties["asserted_by"] == PLAN and edge.properties["confidence"] == shipped().sure("number")


def test_quotes_and_mentions_are_where_the_edges_say(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put(*NAMES)
    for edge in one.graph.edges.values():
        if edge.source == "shipped":
            continue
        text = one.library.text(edge.source)
        assert text is not None
        said = edge.properties
        columns = [said[name] for name in ("quotes", "quote_starts", "quote_ends", "starts", "ends", "pinpoints")]
        assert len({len(column) for column in columns}) == 1
        for quote, first, last, start, end, _ in zip(*columns, strict=True):
            assert text[first:last] == quote and len(quote) <= LONGEST_QUOTE
            assert first <= start < end and (end <= last or end - start > LONGEST_QUOTE)
    one.library.close()


def test_the_same_task_printed_twice_is_one_node(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, ["under.txt"])
    orders = [node.id for node in graph.nodes.values() if "kiện toàn" in str(node.properties.get("text"))]
    assert len(orders) == 1
    contained = [edge for edge in graph.edges.values() if edge.relation == "CONTAINS" and edge.end == orders[0]]
    assert [len(edge.properties["starts"]) for edge in contained] == [2]


def test_a_nested_statement_is_an_edge_between_the_two_cited(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, ["nested.txt"])
    programme = "vn:party:tu@binh-thuan:ctr:n2015:40"
    said = {(edge.start, edge.relation): edge.properties for edge in graph.edges.values() if edge.end == NQ20}
    document = next(id for id, node in graph.nodes.items() if node.properties.get("held"))
    assert said[programme, "IMPLEMENTS"]["asserted_by"] == document
    assert said[document, "CITES"]["method"] == "nested"
    assert (document, "IMPLEMENTS") not in said


def test_a_partial_key_is_a_node_of_its_own(tmp_path: Path) -> None:
    graph = graph_of(tmp_path, ["plan.txt", "doubtful.txt"])
    partial = [node for id, node in graph.nodes.items() if id.startswith("vn:party:tw:nq:") and id != NQ20]
    assert [node.properties["complete"] for node in partial] == [False]


def test_near_equal_texts_are_one_document_and_the_best_format_speaks(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("plan.scan")
    scanned = next(one.library.sources()).source
    one.put("plan.txt")
    assert one.graph.nodes[PLAN].properties["texts"] == 1
    assert scanned not in {edge.source for edge in one.graph.edges.values()}
    one.drop("plan.txt")
    assert {edge.source for edge in one.graph.edges.values()} == {scanned, "shipped"}
    one.library.close()


def test_different_texts_under_one_key_both_speak_and_are_flagged(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("plan.txt", "plan.other", "plan.scan")
    assert one.graph.nodes[PLAN].properties["texts"] == 2
    assert [found.key for found in one.library.contested()] == [PLAN]
    assert len({edge.source for edge in one.graph.edges.values() if edge.start == PLAN}) == 2
    one.library.close()


def test_the_value_that_most_sources_print_is_the_node_s(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    decree = "vn:state:cp:nd:2015:16"
    one.put("law.txt", "otherdate.txt")
    assert one.graph.nodes[decree].properties["date"] == "2015-02-12"
    assert [found.key for found in one.library.disputed()] == [decree]
    text = POOL["otherdate.txt"].replace("1901", "1902")
    one.put("more.txt", texts={"more.txt": text})
    assert one.graph.nodes[decree].properties["date"] == "2015-02-14"
    one.drop("more.txt", "law.txt")
    assert one.graph.nodes[decree].properties["date"] == "2015-02-14"
    assert one.library.disputed() == []
    one.library.close()


def test_a_difference_is_what_changed_and_nothing_else() -> None:
    before, after = Projection(), Projection()
    same, old, new = (Node(id, ("Document",), {"id": id}) for id in "abc")
    before.add([same, old], [Edge("a", "CITES", "b", "s", {"method": "x"})])
    after.add([same, new], [Edge("a", "CITES", "c", "s", {"method": "x"})])
    change = difference(before, after)
    assert change == Change(
        remove_edges=(Edge("a", "CITES", "b", "s", {"method": "x"}),),
        remove_nodes=(old,),
        put_nodes=(new,),
        put_edges=(Edge("a", "CITES", "c", "s", {"method": "x"}),),
    )
    assert difference(after, after) == Change()
    undone = merged([change, difference(after, before)])
    assert undone.put_nodes == (old,) and undone.remove_nodes == (new,)


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2022", "2022-01-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2022-09-20", "2022-09-20", "2022-09-20"),
        ("", None, None),
    ],
)
def test_a_cut_date_has_a_first_and_a_last_day(date: str, first: str | None, last: str | None) -> None:
    assert days(date) == (first, last)


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("vn:state:ttg:ct:2022:16", "2022-01-01", "2022-12-31"),
        ("vn:party:tu@binh-thuan:ctr:n2015:40", "2015-01-01", "2020-12-31"),
        ("vn:party:tw:nq:k12:20", "2016-01-20", "2021-01-24"),
        ("vn:party:tw:nq:_:20", None, None),
    ],
)
def test_the_period_of_a_key_bounds_its_days(key: str, first: str | None, last: str | None) -> None:
    found = period_days(Key.parse(key))
    assert (found[0] is None) == (first is None) and (found[1] is None) == (last is None)
    assert found[0] is None or found[0][:4] == str(first)[:4]


def test_bodies_and_places_of_keys_have_names() -> None:
    assert place_name("binh-thuan") == "Bình Thuận"
    assert place_name("hung-yen.2025") == "Hưng Yên"
    assert place_name("binh-thuan.phan-thiet") == "binh-thuan.phan-thiet"
    assert issuer_name(Key.parse("vn:state:ubnd@binh-thuan:qd:2022:1511")) == "Ủy ban nhân dân tỉnh Bình Thuận"
    assert issuer_name(Key.parse("vn:state:ubnd@_:qd:2022:1511")) is None
    assert issuer_name(Key.parse("vn:state:ttg:ct:2022:16")) == "Thủ tướng Chính phủ"


@given(length=st.integers(1, 3000), start=st.integers(0, 2990), size=st.integers(1, 900), around=st.integers(0, 2000))
def test_a_quote_holds_its_mention_and_is_bounded(length: int, start: int, size: int, around: int) -> None:
    text = "x" * length
    end = min(start + size, length)
    if end <= start:
        return
    found = located(text, (start, end), (max(0, start - around), min(length, end + around)), "number")
    assert 0 <= found.quote_start <= start and found.quote_end <= length
    assert found.quote_end - found.quote_start <= LONGEST_QUOTE
    assert found.quote_end >= min(end, start + LONGEST_QUOTE)


def test_a_task_without_a_body_is_contained_and_assigned_to_nobody() -> None:
    task = Task(0, 10, "Làm việc A")
    reading = Reading("a.txt", Header(), unassigned=(task,))
    spoken = Spoken("0123456789abcdef", "vn:_:_:_:_:~0123456789abcdef", reading, "Làm việc A", frozenset({0}))
    rows = source_rows(spoken, Tables(), lambda key: key)
    assert [edge.relation for edge in rows.edges.values()] == ["CONTAINS"]
    assert rows.nodes["vn:task:0123456789abcdef:0"].properties["done"] is True
    assert [one.id for one in tasks(spoken)] == ["vn:task:0123456789abcdef:0"]


def test_a_document_that_names_itself_states_nothing() -> None:
    key = "vn:state:ttg:ct:2022:16"
    reading = Reading("a.txt", Header(), (Citation(0, 9, "16/CT-TTg", number="16/CT-TTg", key=key),))
    assert source_rows(Spoken("s", key, reading, "16/CT-TTg"), Tables(), lambda key: key).edges == {}
