"""Which bodies a class of bodies stands for, and tasks by class, on both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from task_graph import CONCERNED, DEPARTMENTS, ENGINES, PLAN, STC, SYT, UBND, number, stored
from task_graph import tasks as small

from graph.model import Change, Node
from ingest.tables import table
from queries.bodies import Body
from queries.class_words import class_table
from queries.classes import BodyClass, expanded, includes
from queries.corpus import Corpus
from queries.scope import Scope
from queries.task_search import Which
from queries.tasks import tasks


@pytest.mark.parametrize(
    ("name", "place", "body", "included"),
    [
        ("các sở, ban, ngành", "binh-thuan", "syt@binh-thuan", "yes"),
        ("các sở, ban, ngành", "binh-thuan", "syt@hai-phong", None),
        ("các sở, ban, ngành", "binh-thuan", "ubnd@binh-thuan", None),
        ("các sở, ban, ngành", "", "syt@binh-thuan", "perhaps"),
        ("các sở, ban, ngành", "", "syt@_", "perhaps"),
        ("các Sở, ngành có liên quan", "binh-thuan", "cat@binh-thuan", "perhaps"),
        ("các cơ sở y tế", "binh-thuan", "syt@binh-thuan", None),
        ("một số đơn vị", "binh-thuan", "syt@binh-thuan", None),
        ("các đoàn thể", "binh-thuan", "mttq@binh-thuan", "yes"),
        ("các tổ chức xã hội", "binh-thuan", "ubnd@binh-thuan.phan-thiet.phu-thuy", None),
        ("UBND các huyện, thị xã, thành phố", "binh-thuan", "ubnd@binh-thuan.phan-thiet", "yes"),
        ("UBND các huyện, thị xã, thành phố", "binh-thuan", "ubnd@binh-thuan", None),
        ("UBND các huyện, thị xã, thành phố", "binh-thuan", "ubnd@ha-nam.kim-bang", None),
        ("UBND các xã, phường", "lam-dong.2025", "ubnd@lam-dong.2025.don-duong", "yes"),
        ("UBND các xã, phường", "lam-dong", "ubnd@lam-dong.2025.don-duong", None),
        ("các địa phương", "lam-dong.2025", "ubnd@lam-dong.2025.don-duong", "yes"),
        ("UBND các tỉnh, thành phố trực thuộc Trung ương", "", "ubnd@ha-noi", "yes"),
        ("Uỷ ban nhân dân cấp tỉnh", "", "ubnd@lam-dong.2025", "yes"),
        ("các bộ, ngành, địa phương", "", "ubnd@ha-noi", "yes"),
        ("các bộ, ngành, địa phương", "", "byt", "yes"),
        ("các bộ, cơ quan ngang bộ", "", "ttcp", "yes"),
        ("các bộ, ngành", "", "syt@ha-noi", None),
        ("các cán bộ", "", "byt", None),
        ("Sở Y tế các tỉnh, thành phố", "", "syt@ha-noi", "yes"),
        ("Sở Y tế các tỉnh, thành phố", "", "stc@ha-noi", None),
        ("các Sở Y tế", "", "syt@ha-noi", "yes"),
        ("các huyện ủy", "thai-binh", "hu@thai-binh.kien-xuong", "yes"),
        ("các huyện ủy", "thai-binh", "ubnd@thai-binh.kien-xuong", None),
        ("các tỉnh ủy, thành ủy", "", "tu@binh-thuan", "yes"),
        ("các ban của Tỉnh ủy", "hung-yen", "btgtu@hung-yen", "yes"),
        ("các cơ quan, đơn vị", "quang-ninh", "syt@quang-ninh", None),
        ("các sở", "binh-thuan", "~bao@binh-thuan", None),
        ("Các Sở Y tế tỉnh, thành phố trực thuộc Trung ương", "", "syt@ha-noi", "yes"),
        ("Các Sở Y tế tỉnh, thành phố trực thuộc Trung ương", "", "stc@ha-noi", None),
        ("các đơn vị thuộc Bộ Tài chính", "", "btc", None),
        ("Các Bộ, ban, ngành Trung ương", "ha-noi", "byt", "yes"),
        ("Các Bộ, ban, ngành Trung ương", "ha-noi", "syt@ha-noi", None),
        ("các Sở, ban, ngành, đoàn thể cấp tỉnh", "dong-nai.2025", "ubnd@ha-noi", None),
        ("các Sở, ban, ngành, đoàn thể cấp tỉnh", "dong-nai.2025", "mttq@dong-nai.2025", "yes"),
        ("Ban tổ chức các tỉnh", "", "ubnd@ha-noi", None),
        ("các cơ quan, đơn vị, địa phương", "", "ubnd@ha-noi", "perhaps"),
        ("các đoàn thể", "", "mttq@binh-thuan", "perhaps"),
        ("Các Sở, ban, ngành khác", "dong-nai.2025", "syt@dong-nai.2025", "perhaps"),
    ],
)
def test_a_class_includes_bodies_of_its_kind_at_its_place(
    name: str, place: str, body: str, included: str | None
) -> None:
    assert includes(name, place, f"vn:org:{body}") == included


@pytest.mark.parametrize("section", ["class", "place", "some", "national", "bare"])
def test_every_row_finds_its_examples_and_not_the_others(section: str) -> None:
    for row in class_table()[section]:
        for text in row["examples"]:
            assert re.search(row["pattern"], text.lower()), (row["pattern"], text)
        for text in row["counter"]:
            assert not re.search(row["pattern"], text.lower()), (row["pattern"], text)


def test_every_code_and_kind_of_the_table_is_one() -> None:
    codes = {row["code"] for row in table("issuers")["issuer"]}
    kinds = class_table()["kind"]
    named = [code for kind in kinds for code in (*kind.get("codes", ()), *kind.get("sometimes", ()))]
    assert set(named) <= codes
    assert {kind for row in class_table()["class"] for kind in row["kinds"]} == {kind["name"] for kind in kinds} - {
        "province",
        "district",
        "commune",
    }


@given(st.text(max_size=60), st.sampled_from(["", "binh-thuan", "lam-dong.2025", "_"]), st.text(max_size=30))
@settings(deadline=None)
def test_any_name_is_read(name: str, place: str, body: str) -> None:
    assert includes(name, place, f"vn:org:{body}") in (None, "yes", "perhaps")


BELOW = ("vn:org:ubnd@binh-thuan.phan-thiet", "vn:org:ubnd@ha-nam.kim-bang", "vn:org:snv@binh-thuan")


@pytest.fixture(scope="module", params=ENGINES)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    yield from stored(
        request,
        tmp_path_factory,
        small(),
        Change(put_nodes=tuple(Node(id, ("Organization",), {"id": id, "name": id}) for id in BELOW)),
    )


def expand(corpus: Corpus, id: str, name: str, day: str) -> BodyClass:
    [found] = expanded(corpus, [(Body(f"vn:org:class.{id}", name), day)])
    return found


def test_a_class_is_expanded_by_the_tables_on_a_day(corpus: Corpus) -> None:
    now = expand(corpus, "x", "UBND các tỉnh, thành phố", "2025-07-01")
    before = expand(corpus, "x", "UBND các tỉnh, thành phố", "2025-06-30")
    assert (len(now.members), now.whole, now.certainty) == (34, True, "yes")
    assert len(before.members) == 63
    assert Body("vn:org:ubnd@lam-dong.2025", "Ủy ban nhân dân tỉnh Lâm Đồng") in now.members
    ministries = expand(corpus, "x", "các bộ, cơ quan ngang bộ", "2025-07-01").members
    assert {"vn:org:bnnmt", "vn:org:nhnn"} <= {one.id for one in ministries}
    assert "vn:org:bldtbxh" not in {one.id for one in ministries}


def test_members_that_no_table_lists_are_those_known_here(corpus: Corpus) -> None:
    districts = expand(corpus, "x@binh-thuan", "UBND các huyện, thị xã", "2022-08-12")
    assert [one.id for one in districts.members] == ["vn:org:ubnd@binh-thuan.phan-thiet"]
    assert not districts.whole
    departments = expand(corpus, "x@binh-thuan", "các sở", "2030-01-01")
    assert departments.as_of == "2025-06-30"  # the last day of the place
    assert Body(SYT, "Sở Y tế tỉnh Bình Thuận") in departments.members
    assert "vn:org:sldtbxh@binh-thuan" not in {one.id for one in departments.members}
    unplaced = expand(corpus, "x", "các sở", "2022-08-12")
    assert (unplaced.members, unplaced.certainty, unplaced.whole) == ((), "perhaps", False)


def test_tasks_of_a_body_with_the_classes_that_include_it(corpus: Corpus) -> None:
    alone = tasks(corpus, Which(body="Sở Tài chính tỉnh Bình Thuận"))
    assert [number(one.id) for one in alone.tasks] == [0, 1] and alone.classes == ()
    wide = tasks(corpus, Which(body="Sở Tài chính tỉnh Bình Thuận", expand=True))
    assert {number(one.id): one.through for one in wide.tasks} == {0: "itself", 1: "itself", 5: "perhaps", 3: "class"}
    assert [(one.id, one.includes) for one in wide.bodies if one.includes] == [
        (DEPARTMENTS, "yes"),
        (CONCERNED, "perhaps"),
    ]
    [certain] = [one for one in wide.classes if one.id == DEPARTMENTS]
    assert STC in {one.id for one in certain.members} and certain.as_of == "2022-08-12"
    lead = tasks(corpus, Which(body=STC, role="lead", expand=True))
    assert [number(one.id) for one in lead.tasks] == [1, 3]


def test_a_predecessor_of_the_body_may_be_in_the_class(corpus: Corpus) -> None:
    wide = tasks(corpus, Which(body="Sở Y tế tỉnh Lâm Đồng", expand=True))
    assert {number(one.id): one.through for one in wide.tasks} == {
        8: "predecessor", 0: "predecessor", 1: "predecessor", 5: "predecessor", 2: "predecessor", 3: "class",
    }  # fmt: skip


def test_classes_in_a_document_are_told_with_their_members(corpus: Corpus) -> None:
    told = tasks(corpus, Which(document=PLAN, expand=True), Scope(as_of="2030-01-01")).classes
    assert [(one.id, one.as_of) for one in told] == [(DEPARTMENTS, "2022-08-12")]
    assert UBND not in {one.id for one in told[0].members}
