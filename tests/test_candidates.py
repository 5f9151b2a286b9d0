"""Candidates of a partly known mention: what is left out, in which order, and why."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.key import Key
from ingest.candidates import Asked, rank

NODES = [
    {"id": "vn:party:tw:nq:k4:20", "subject": "phương hướng sản xuất", "date_first": "1979-09-20"},
    {"id": "vn:party:tw:nq:k10:20", "subject": "xây dựng giai cấp công nhân", "date_first": "2008-01-28"},
    {"id": "vn:party:tw:nq:k11:20", "subject": "phát triển khoa học và công nghệ", "date_first": "2012-11-01"},
    {
        "id": "vn:party:tw:nq:k12:20",
        "subject": "bảo vệ, chăm sóc và nâng cao sức khỏe nhân dân",
        "date_first": "2017-10-25",
    },
    {"id": "vn:party:tw:nq:k14:20", "subject": None, "date_first": None},
    {"id": "vn:party:tw:nq:_:20", "subject": "bảo vệ sức khỏe", "date_first": None},
    {"id": "vn:party:tw:nq:k12:21", "subject": "dân số", "date_first": "2017-10-25"},
]
ASKED = Asked(Key.parse("vn:party:tw:nq:_:20"), "tăng cường chăm sóc sức khoẻ nhân dân", last="2022-11-18")


def test_the_title_decides_the_order() -> None:
    found = rank(ASKED, NODES)
    assert found[0].id == "vn:party:tw:nq:k12:20"
    assert {one.id for one in found} == {f"vn:party:tw:nq:{term}:20" for term in ("k4", "k10", "k11", "k12", "k14")}


def test_later_documents_fall_out_and_undated_ones_are_marked() -> None:
    found = rank(Asked(ASKED.key, last="2010-01-01"), NODES)
    assert [one.id for one in found if one.dated] == ["vn:party:tw:nq:k10:20", "vn:party:tw:nq:k4:20"]
    assert [one.id for one in found if not one.dated] == ["vn:party:tw:nq:k14:20"]
    assert "date not known" in [reason.en for reason in found[-1].reasons]
    assert "chưa rõ ngày" in [reason.vi for reason in found[-1].reasons]


def test_reasons_say_what_is_known_and_what_is_open() -> None:
    reasons = [reason.en for reason in rank(ASKED, NODES)[0].reasons]
    assert "same number, same type, same issuer" in reasons
    assert "year or term left open: k12" in reasons
    assert any(reason.startswith("titles alike") for reason in reasons)


def test_a_printed_place_keeps_both_of_its_eras() -> None:
    asked = Asked(Key.parse("vn:state:ubnd@_:kh:2025:141"), place="bac-ninh", last="2025-11-18")
    nodes = [
        {"id": f"vn:state:ubnd@{place}:kh:2025:141", "subject": None, "date_first": None}
        for place in ("bac-ninh", "bac-ninh.2025", "bac-giang", "ha-noi")
    ]
    assert {one.id for one in rank(asked, nodes)} == {nodes[0]["id"], nodes[1]["id"]}


@given(st.permutations(NODES))
@settings(deadline=None)
def test_the_order_of_nodes_does_not_matter(nodes: list[dict[str, str | None]]) -> None:
    assert rank(ASKED, nodes) == rank(ASKED, NODES)


def test_nodes_without_a_key_fall_out() -> None:
    assert rank(ASKED, [{"id": "vn:org:byt"}, {"id": ""}, {}]) == ()
