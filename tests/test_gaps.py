"""What is not known to be carried out: bodies that are given tasks and hold nothing on it, tasks without a body; on
both engines and on the five demonstration documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from small_graph import edge, node
from task_demo import HUNG_YEN, LETTER, demo_client
from task_graph import (
    CONCERNED,
    DEPARTMENTS,
    ENGINES,
    GUIDE,
    NQ,
    PLAN,
    PROGRAMME,
    PROVINCES,
    STC,
    SYT,
    SYT_NOW,
    number,
    stored,
)
from task_graph import tasks as small

from graph.model import Change, Edge, Node
from queries.corpus import Corpus
from queries.errors import UnknownDocument
from queries.gaps import Among, BodyGap, Gaps, gaps
from queries.scope import Scope

TU = "vn:org:tu@binh-thuan"
LABOUR = "vn:org:sldtbxh@binh-thuan"
HELD = tuple(f"vn:state:stc@binh-thuan:bc:2022:{number}" for number in range(1, 6))


def more() -> Change:
    """Tasks for the party committee, whose programme is only cited; for who came after Sở Y tế, and who gave it a part
    of their work; for every province; and reports of Sở Tài chính on other things."""
    given = {20: TU, 21: SYT_NOW, 22: PROVINCES, 23: LABOUR}
    ids = {one: f"vn:task:0123456789abcdef:{one}" for one in given}
    nodes = [Node(id, ("Task",), {"id": id, "text": "Báo cáo"}) for id in ids.values()]
    nodes += [Node(id, ("Organization",), {"id": id, "name": id}) for id in (TU, LABOUR)]
    nodes += [node(id, kind="Báo cáo", date=f"2022-0{at}-01", held=True) for at, id in enumerate(HELD, 1)]
    edges: list[Edge] = [edge(PLAN, "CONTAINS", id) for id in ids.values()]
    edges += [edge(ids[one], "ASSIGNS_TO", body, PLAN, role="lead") for one, body in given.items()]
    edges += [edge(id, "ISSUED_BY", STC) for id in HELD]
    edges += [edge(LABOUR, "SUCCEEDED_BY", SYT, "shipped", field="bảo trợ xã hội")]
    return Change(put_nodes=tuple(nodes), put_edges=tuple(edges))


@pytest.fixture(scope="module", params=ENGINES)
def corpus(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    yield from stored(request, tmp_path_factory, small(), more())


def bodies(answer: Gaps) -> list[str]:
    return [one.body.id for one in answer.bodies]


def of(answer: Gaps, id: str) -> BodyGap:
    return next(one for one in answer.bodies if one.body.id == id)


def test_bodies_that_are_given_tasks_and_hold_nothing_that_carries_it_out(corpus: Corpus) -> None:
    answer = gaps(corpus, Among("20-NQ/TW"))
    assert answer.asked and answer.asked.assumed and answer.asked.document.id == NQ
    assert set(bodies(answer)) == {STC, DEPARTMENTS, CONCERNED, TU, PROVINCES, LABOUR}
    # Sở Y tế guides the plan by a document that is held: who came after it is not asked again, but who only gave it a
    # part of their work is.
    assert (answer.given, answer.answered) == (8, 2)
    finance = of(answer, STC)
    assert (finance.leads, finance.coordinates, finance.as_member) == (1, 1, 0)
    assert [one.id for one in finance.given_by] == [PLAN]
    assert answer.unassigned == () and answer.documents == ()


def test_with_what_is_held_of_each_body_and_what_is_only_cited(corpus: Corpus) -> None:
    answer = gaps(corpus, Among(NQ))
    finance, party = of(answer, STC), of(answer, TU)
    assert (finance.state, finance.attested, finance.held) == ("none known", (), 5)
    assert [one.id for one in finance.latest] == [HELD[4], HELD[3], HELD[2]]
    assert (party.state, [one.id for one in party.attested], party.held) == ("attested", [PROGRAMME], 0)
    early = gaps(corpus, Among(NQ), Scope(as_of="2022-02-28"))
    assert early.bodies == ()  # the plan was not there


def test_the_tasks_of_the_document_itself_that_name_no_body(corpus: Corpus) -> None:
    answer = gaps(corpus, Among(PLAN))
    assert [number(one.id) for one in answer.unassigned] == [4]
    assert SYT not in bodies(answer) and STC in bodies(answer)
    assert gaps(corpus, Among(GUIDE)).unassigned == ()
    assert set(bodies(gaps(corpus, Among(GUIDE)))) == {SYT, CONCERNED}


def test_a_role_a_place_or_a_name_narrows_the_bodies(corpus: Corpus) -> None:
    assert set(bodies(gaps(corpus, Among(NQ, role="coordinate")))) == {STC, CONCERNED}
    assert set(bodies(gaps(corpus, Among(NQ), Scope(issuers=("stc",))))) == {STC}
    assert set(bodies(gaps(corpus, Among(NQ), Scope(places=("Bình Thuận",))))) == {
        STC,
        TU,
        DEPARTMENTS,
        CONCERNED,
        LABOUR,
    }
    assert gaps(corpus, Among(NQ), Scope(places=("Hà Nội",))).bodies == ()


def test_classes_stand_for_their_members_where_it_is_asked(corpus: Corpus) -> None:
    answer = gaps(corpus, Among(PLAN, expand=True), Scope(as_of="2024-01-01", limit=500))
    provinces = [one for one in answer.bodies if one.classes and one.classes[0].id == PROVINCES]
    assert len(provinces) == 63 and PROVINCES not in bodies(answer)
    assert all((one.leads, one.coordinates, one.as_member) == (0, 0, 1) for one in provinces)
    assert {one.body.includes for one in provinces} == {"yes"} and {one.state for one in provinces} == {"none known"}
    finance = of(answer, STC)
    assert (finance.body.includes, finance.leads, finance.as_member) == (None, 1, 2)
    assert {one.id for one in finance.classes} == {DEPARTMENTS, CONCERNED}
    justice = of(answer, "vn:org:stp@binh-thuan")
    assert (justice.body.includes, justice.held, justice.body.name) == ("yes", 0, "Sở Tư pháp tỉnh Bình Thuận")
    assert SYT not in bodies(answer)
    assert {one.id for one in answer.classes} == {PROVINCES, DEPARTMENTS, CONCERNED}
    now = gaps(corpus, Among(PLAN, expand=True), Scope(as_of="2025-07-01", limit=500))
    assert len([one for one in now.bodies if PROVINCES in {named.id for named in one.classes}]) == 34
    only_perhaps = gaps(corpus, Among(GUIDE, expand=True), Scope(limit=500))
    assert of(only_perhaps, "vn:org:stp@binh-thuan").body.includes == "perhaps"
    assert bodies(only_perhaps)[0] == SYT


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 6])
@pytest.mark.parametrize("among", [Among(PLAN), Among(NQ), Among()])
def test_page_by_page_it_is_the_same_list(corpus: Corpus, limit: int, among: Among) -> None:
    def listed(answer: Gaps) -> list[str]:
        found = [one.document.id for one in answer.documents] + bodies(answer)
        return found + [one.id for one in answer.unassigned]

    seen: list[str] = []
    cursor: int | None = 0
    while cursor is not None:
        page = gaps(corpus, among, Scope(limit=limit), cursor)
        assert 0 < len(listed(page)) <= limit
        seen += listed(page)
        cursor = page.next
    assert seen == listed(gaps(corpus, among)) and len(seen) > 1


def test_a_document_that_is_not_known_is_said(corpus: Corpus) -> None:
    with pytest.raises(UnknownDocument):
        gaps(corpus, Among("999/QĐ-TTg"))


# --- the demonstration documents


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with demo_client(tmp_path_factory.mktemp("demo")) as client:
        yield client


def asked(client: TestClient, **parameters: Any) -> dict[str, Any]:
    said = client.get("/api/v1/gaps", params=parameters)
    assert said.status_code == 200, said.text
    answer: dict[str, Any] = said.json()
    return answer


def test_nobody_is_known_to_carry_out_the_letter_of_binh_thuan(client: TestClient) -> None:
    answer = asked(client, document="3933/UBND-KGVXNV", expand="true", limit=500)
    found = {one["body"]["id"]: one for one in answer["bodies"]}
    health, insurance = found["vn:org:syt@binh-thuan"], found["vn:org:bhxh@binh-thuan"]
    assert health["leads"] > insurance["leads"] > 0
    assert {one["id"] for one in health["given_by"]} == {LETTER}
    assert (answer["answered"], health["held"], health["state"]) == (0, 0, "none known")
    assert found["vn:org:snv@binh-thuan"]["body"]["includes"] == "yes"


def test_the_party_committee_of_hung_yen_holds_a_plan_on_the_resolution(client: TestClient) -> None:
    answer = asked(client, document="20-NQ/TW", limit=500)
    found = {one["body"]["id"] for one in answer["bodies"]}
    assert "vn:org:tu@hung-yen" not in found and "vn:org:btgtu@hung-yen" in found
    assert answer["given"] == len(found) + answer["answered"]
    assert {one["id"] for gap in answer["bodies"] for one in gap["given_by"]} == {HUNG_YEN}
    assert answer["corpus"]["held"] == 5


def test_without_a_document_the_held_ones_with_tasks_are_listed(client: TestClient) -> None:
    counts = [one["tasks"] for one in asked(client)["documents"]]
    assert len(counts) == 5 and counts == sorted(counts, reverse=True)


def test_problems_name_the_parameter(client: TestClient) -> None:
    for parameters, status, name in (({"document": "999/QĐ-TTg"}, 404, "document"), ({"role": "x"}, 422, "role")):
        said = client.get("/api/v1/gaps", params=parameters)
        assert (said.status_code, said.json()["parameter"]) == (status, name)
