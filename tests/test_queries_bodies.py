"""Which bodies a question means: today's with its predecessors, or every place's where none is told."""

from __future__ import annotations

import pytest

from graph.model import Change, Edge, Node
from graph.store import Store
from graph.writing import steps
from queries.bodies import bodies
from queries.corpus import Corpus
from queries.errors import NamesNothing

NAMES = {
    "vn:org:byt": "Bộ Y tế",
    "vn:org:syt@binh-thuan": "Sở Y tế tỉnh Bình Thuận",
    "vn:org:syt@lam-dong.2025": "Sở Y tế tỉnh Lâm Đồng",
    "vn:org:syt@ha-tinh": "Sở Y tế tỉnh Hà Tĩnh",
    "vn:org:class.cac-so@ha-tinh": "các sở",
}


@pytest.fixture
def corpus(store: Store) -> Corpus:
    nodes = tuple(Node(id, ("Organization",), {"id": id, "name": name}) for id, name in NAMES.items())
    went_on = Edge("vn:org:syt@binh-thuan", "SUCCEEDED_BY", "vn:org:syt@lam-dong.2025", "shipped", {})
    store.write(steps(Change(put_nodes=nodes, put_edges=(went_on,))))
    return Corpus(store)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Sở Y tế Lâm Đồng", [("vn:org:syt@lam-dong.2025", False), ("vn:org:syt@binh-thuan", True)]),
        ("Sở Y tế tỉnh Bình Thuận", [("vn:org:syt@binh-thuan", False)]),
        ("Sở Y tế Hà Tĩnh", [("vn:org:syt@ha-tinh", False)]),
        ("vn:org:byt", [("vn:org:byt", False)]),
        ("các sở", [("vn:org:class.cac-so@ha-tinh", False)]),
        (
            "Sở Y tế",
            [
                ("vn:org:syt@binh-thuan", False),
                ("vn:org:syt@ha-tinh", False),
                ("vn:org:syt@lam-dong.2025", False),
            ],
        ),
    ],
)
def test_the_bodies_of_a_name(corpus: Corpus, words: str, said: list[tuple[str, bool]]) -> None:
    assert [(one.id, one.predecessor) for one in bodies(corpus, words)] == said


def test_what_part_of_the_work_went_over_is_told(corpus: Corpus) -> None:
    labour = "vn:org:bldtbxh"
    went = Edge(labour, "SUCCEEDED_BY", "vn:org:byt", "shipped", {})
    named = Node(labour, ("Organization",), {"id": labour, "name": "Bộ Lao động - Thương binh và Xã hội"})
    corpus.store.write(steps(Change(put_nodes=(named,), put_edges=(went,))))
    assert [(one.id, one.field) for one in bodies(corpus, "Bộ Y tế")] == [
        ("vn:org:byt", None),
        (labour, "bảo trợ xã hội, trẻ em, phòng, chống tệ nạn xã hội"),
    ]
    assert [one.field for one in bodies(corpus, "Sở Y tế Lâm Đồng")] == [None, None]


def test_a_name_of_nobody_here_is_said(corpus: Corpus) -> None:
    with pytest.raises(NamesNothing, match="Sở Công Thương"):
        bodies(corpus, "Sở Công Thương Hà Tĩnh")
