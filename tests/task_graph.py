"""A small graph of tasks for the tests: a resolution, what carries it out, orders in it, and the bodies they name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from small_graph import edge, node

from graph.copying import empty
from graph.model import Change, Edge, Node
from graph.stores import open_store
from graph.writing import steps
from queries.corpus import Corpus

NQ = "vn:party:tw:nq:k12:20"
PARTIAL = "vn:party:tw:nq:_:20"
PROGRAMME = "vn:party:tu@binh-thuan:ctr:n2015:40"
PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"
GUIDE = "vn:state:syt@binh-thuan:hd:2023:7"
OTHER = "vn:state:ubnd@hai-phong:kh:2022:9"

SYT, STC, SKHDT = (f"vn:org:{code}@binh-thuan" for code in ("syt", "stc", "skhdt"))
SYT_NOW = "vn:org:syt@lam-dong.2025"
UBND = "vn:org:ubnd@binh-thuan"
DEPARTMENTS = "vn:org:class.cac-so-ban-nganh@binh-thuan"
CONCERNED = "vn:org:class.cac-so-nganh-lien-quan@binh-thuan"
ELSEWHERE = "vn:org:class.cac-so-ban-nganh@hai-phong"
PROVINCES = "vn:org:class.ubnd-cac-tinh-thanh-pho"
NAMES = {
    SYT: "Sở Y tế tỉnh Bình Thuận",
    STC: "Sở Tài chính tỉnh Bình Thuận",
    SKHDT: "Sở Kế hoạch và Đầu tư tỉnh Bình Thuận",
    SYT_NOW: "Sở Y tế tỉnh Lâm Đồng",
    UBND: "Ủy ban nhân dân tỉnh Bình Thuận",
    DEPARTMENTS: "các sở, ban, ngành",
    CONCERNED: "các sở, ngành liên quan",
    ELSEWHERE: "các sở, ban, ngành",
    PROVINCES: "UBND các tỉnh, thành phố",
}


def tasks() -> Change:
    """A programme and two plans under a resolution, one by way of the other; a plan that has nothing to do with it."""
    documents = (
        node(NQ, number="20-NQ/TW", kind="Nghị quyết", date="2017-10-25"),
        node(PARTIAL, number="20-NQ/TW", kind="Nghị quyết"),
        node(PROGRAMME, number="40-CTr/TU", kind="Chương trình", date="2018-01-26", place="Bình Thuận"),
        node(PLAN, number="1511/KH-UBND", kind="Kế hoạch", date="2022-08-12", place="Bình Thuận", held=True),
        node(GUIDE, number="7/HD-SYT", kind="Hướng dẫn", date="2023-02-01", place="Bình Thuận", held=True),
        node(OTHER, number="9/KH-UBND", kind="Kế hoạch", date="2022-03-01", place="Hải Phòng", held=True),
    )
    bodies = tuple(Node(id, ("Organization",), {"id": id, "name": name}) for id, name in NAMES.items())
    between = [
        edge(PROGRAMME, "IMPLEMENTS", NQ, PLAN),
        edge(PLAN, "IMPLEMENTS", PROGRAMME),
        edge(GUIDE, "GUIDES", PLAN),
        edge(OTHER, "IMPLEMENTS", PARTIAL),
        edge(SYT, "SUCCEEDED_BY", SYT_NOW, "shipped"),
        edge(PLAN, "ISSUED_BY", UBND),
        edge(GUIDE, "ISSUED_BY", SYT),
    ]
    nodes: list[Node] = []
    for number, (document, said, leads, helps, under) in enumerate(ORDERS):
        id = f"vn:task:0123456789abcdef:{number}"
        nodes.append(Node(id, ("Task",), {"id": id, "text": f"Nhiệm vụ {number}", **said}))
        between.append(edge(document, "CONTAINS", id))
        between += [_assigned(id, body, "lead") for body in leads] + [_assigned(id, one, "coordinate") for one in helps]
        between += [edge(id, "UNDER", above, document) for above in under]
    return Change(put_nodes=(*documents, *bodies, *nodes), put_edges=tuple(between))


def _assigned(task: str, body: str, role: str) -> Edge:
    return edge(task, "ASSIGNS_TO", body, PLAN, role=role)


def _day(day: str) -> dict[str, str | bool]:
    return {"deadline": day, "due_first": day, "due_last": day}


_AUGUST: dict[str, str | bool] = {"deadline": "2023-08", "due_first": "2023-08-01", "due_last": "2023-08-31"}
_QUARTERLY: dict[str, str | bool] = {
    "deadline": "hằng quý",
    "rrule": "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1",
}
# (document, what is said of the task, who leads, who helps, what it names), in the order of their numbers
ORDERS: tuple[tuple[str, dict[str, str | bool], list[str], list[str], list[str]], ...] = (
    (PLAN, _day("2022-12-15"), [SYT], [STC], []),
    (PLAN, _AUGUST, [STC], [SYT], []),
    (PLAN, _QUARTERLY, [SYT], [], []),
    (PLAN, {}, [DEPARTMENTS], [], []),
    (PLAN, {}, [], [], []),
    (GUIDE, _day("2023-09-30"), [SYT], [CONCERNED], []),
    (OTHER, _day("2023-01-31"), [ELSEWHERE], [], []),
    (OTHER, {}, [SKHDT], [], [NQ]),
    (PLAN, _day("2022-11-30") | {"done": True}, [SYT], [], []),
)


def number(id: str) -> int:
    """The number of a task of this graph."""
    return int(id.rpartition(":")[2])


ENGINES = ("kglite", pytest.param("neo4j", marks=pytest.mark.neo4j))


def stored(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, *changes: Change
) -> Iterator[Corpus]:
    """A corpus of these changes on the engine that the fixture names; for tests that only read."""
    if request.param == "neo4j":
        store = request.getfixturevalue("neo4j_shared")
        empty(store)
    else:
        store = open_store(str(tmp_path_factory.mktemp("tasks") / "graph.kgl"))
    for change in changes:
        store.write(steps(change))
    yield Corpus(store)
    if request.param == "kglite":
        store.close()
