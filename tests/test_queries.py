"""The questions on a small graph, on both engines."""

from __future__ import annotations

import pytest
from small_graph import CT16, DECISIONS, LAW, LETTER, NOTE, NQ20, NQ20_PARTIAL, PLAN, PROGRAMME, health

from graph.model import Change, Edge, Node
from graph.store import Store
from graph.writing import steps
from queries.answer import title
from queries.ask import Wanted, ask
from queries.common import common
from queries.corpus import Corpus
from queries.coverage import coverage
from queries.document import document, documents
from queries.errors import AmbiguousDocument, BadQuestion, UnknownDocument
from queries.impact import impact
from queries.lineage import lineage
from queries.missing import missing
from queries.path import path
from queries.scope import Scope
from queries.shape import cycles, islands, rank
from queries.stale import stale
from queries.stats import stats
from queries.timeline import timeline


@pytest.fixture
def corpus(store: Store) -> Corpus:
    store.write(steps(health()))
    return Corpus(store)


# --- which document is meant


@pytest.mark.parametrize(
    ("words", "key", "assumed"),
    [
        (NQ20, NQ20, False),
        ("20-NQ/TW", NQ20, True),
        ("Nghị quyết số 20-NQ/TW", NQ20, True),
        ("Nghị quyết 20-NQ/TW ngày 25/10/2017", NQ20, False),
        (NQ20_PARTIAL, NQ20, True),
        ("vn:_:_:_:_:~0123456789abcdef", PLAN, False),
    ],
)
def test_a_document_is_asked_for_by_key_or_as_people_write_it(
    corpus: Corpus, words: str, key: str, assumed: bool
) -> None:
    asked = ask(corpus, words)
    assert (asked.document.id, asked.assumed) == (key, assumed)


def test_exact_asks_for_the_partial_node_itself(corpus: Corpus) -> None:
    assert ask(corpus, Wanted("20-NQ/TW", exact=True)).document.id == NQ20_PARTIAL


def test_several_candidates_are_listed_with_reasons_and_never_guessed_between(corpus: Corpus) -> None:
    with pytest.raises(AmbiguousDocument) as raised:
        ask(corpus, "1511/QĐ-UBND")
    assert {one.document.id for one in raised.value.candidates} == set(DECISIONS)
    assert all(one.reasons for one in raised.value.candidates)


@pytest.mark.parametrize("words", ["999/QĐ-TTg", "vn:state:ttg:qd:2022:999"])
def test_a_document_that_nothing_here_names_is_unknown(corpus: Corpus, words: str) -> None:
    with pytest.raises(UnknownDocument):
        ask(corpus, words)


@pytest.mark.parametrize("words", ["", "   ", "xin chào", "vn:x", "vn:state:TTG:qd:2022:1", "a" * 1001])
def test_words_that_name_no_document_are_a_bad_question(corpus: Corpus, words: str) -> None:
    with pytest.raises(BadQuestion) as raised:
        ask(corpus, words)
    assert raised.value.parameter == "document"


# --- lineage and impact


def test_lineage_shows_what_rests_on_a_document_with_the_words_that_say_so(corpus: Corpus) -> None:
    answer = lineage(corpus, NQ20)
    assert {(one.document.id, one.way, one.distance) for one in answer.documents} == {
        (PROGRAMME, "down", 1),
        (PLAN, "down", 1),
    }
    nested = next(edge for edge in answer.edges if edge.from_id == PROGRAMME)
    assert nested.asserted_by == LETTER and nested.quotes and nested.confidence == 0.95
    assert [edge.from_id for edge in answer.citations] == [LETTER]
    assert LETTER in {one.id for one in answer.others}
    assert not answer.truncated


def test_lineage_up_and_what_changes_the_documents_shown(corpus: Corpus) -> None:
    answer = lineage(corpus, LETTER, direction="up")
    assert {one.document.id for one in answer.documents} == {CT16, LAW}
    assert [(edge.from_id, edge.relation) for edge in answer.changes] == [(NOTE, "AMENDS")]


def test_what_hangs_on_a_partly_known_document_is_shown_apart(corpus: Corpus) -> None:
    loose = lineage(corpus, "20-NQ/TW").loose
    assert [(one.document.id, [edge.from_id for edge in one.edges]) for one in loose] == [(NQ20_PARTIAL, [NOTE])]
    assert loose[0].text == "1 more citing document may mean this one"
    assert [one.id for one in loose[0].citing] == [NOTE]


def test_impact_names_what_is_held_and_what_is_only_attested(corpus: Corpus) -> None:
    answer = impact(corpus, "20-NQ/TW")
    assert [(one.document.id, one.strength) for one in answer.touched] == [
        (PROGRAMME, "strong"),
        (PLAN, "strong"),
        (LETTER, "weak"),
    ]
    plan = next(one.document for one in answer.touched if one.document.id == PLAN)
    assert plan.held and plan.name == "Kế hoạch (không số) của Tỉnh ủy Hưng Yên"
    assert {(one.place, one.issuer) for one in answer.groups} >= {("Hưng Yên", "Tỉnh ủy Hưng Yên")}


def test_impact_of_an_article_leaves_out_what_names_only_others(corpus: Corpus) -> None:
    named = {one.document.id: one.part for one in impact(corpus, NQ20, article="Điều 5").touched}
    other = {one.document.id: one.part for one in impact(corpus, NQ20, article="6").touched}
    assert named[PLAN] == "named" and named[PROGRAMME] == "whole"
    assert PLAN not in other and other[PROGRAMME] == "whole"


def test_a_basis_of_power_is_set_apart_from_one_of_content(corpus: Corpus) -> None:
    assert [(one.document.id, one.basis) for one in impact(corpus, LAW).touched] == [(LETTER, "authority")]


def test_a_scope_narrows_what_is_listed(corpus: Corpus) -> None:
    assert {one.document.id for one in lineage(corpus, NQ20, Scope(held=True)).documents} == {PLAN}
    assert {one.document.id for one in lineage(corpus, NQ20, Scope(places=("binh-thuan",))).documents} == {PROGRAMME}
    assert {one.document.id for one in lineage(corpus, NQ20, Scope(issuers=("Tỉnh ủy Hưng Yên",))).documents} == {PLAN}
    assert {one.document.id for one in lineage(corpus, NQ20, Scope(as_of="2017-12-31")).documents} == {PLAN}
    assert lineage(corpus, NQ20, Scope(confidence=0.99)).documents == ()


@pytest.mark.parametrize(
    ("parameter", "scope"),
    [
        ("depth", {"depth": 99}),
        ("limit", {"limit": 0}),
        ("confidence", {"confidence": 2}),
        ("as_of", {"as_of": "1/7/2025"}),
        ("relation", {"relations": ("LIKES",)}),
    ],
)
def test_a_bad_scope_names_its_parameter(parameter: str, scope: dict[str, object]) -> None:
    with pytest.raises(BadQuestion) as raised:
        Scope(**scope)  # type: ignore[arg-type]
    assert raised.value.parameter == parameter


# --- lists


def test_missing_lists_what_is_cited_and_not_held_most_cited_first(corpus: Corpus) -> None:
    first = missing(corpus, Scope(limit=2))
    rest = missing(corpus, Scope(limit=50), cursor=first.next or 0)
    counts = [one.cited_by for one in (*first.documents, *rest.documents)]
    assert first.next == 2 and rest.next is None
    assert counts == sorted(counts, reverse=True) and len(counts) == 7
    assert not any(one.document.held for one in first.documents)


def test_stats_count_documents_and_edges(corpus: Corpus) -> None:
    answer = stats(corpus)
    assert (answer.held, answer.cited, answer.partial) == (3, 7, 1)
    assert sum(one.edges for one in answer.edges) == len(health().put_edges)


def test_documents_page_by_page_are_all_documents_once(corpus: Corpus) -> None:
    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        page = documents(corpus, Scope(limit=3), cursor=cursor)
        seen += [one.id for one in page.documents]
        cursor = page.next
    assert seen == sorted(node.id for node in health().put_nodes)
    assert {one.id for one in documents(corpus, Scope(held=True)).documents} == {LETTER, PLAN, NOTE}


def test_a_card_has_what_is_said_by_and_of_a_document(corpus: Corpus) -> None:
    card = document(corpus, CT16)
    assert card.says == () and {edge.from_id for edge in card.said} == {LETTER, NOTE}
    assert {one.id for one in card.others} == {LETTER, NOTE}


# --- the further questions


def test_path_prefers_what_rests_on_what_over_mere_mentions(corpus: Corpus) -> None:
    down = path(corpus, NQ20, PLAN)
    assert (down.strength, down.up, [edge.from_id for edge in down.edges]) == ("strong", False, [PLAN])
    weak = path(corpus, LETTER, NQ20)
    assert (weak.strength, weak.up, len(weak.edges)) == ("weak", True, 1)
    assert path(corpus, LAW, CT16).strength == "none"


def test_common_is_what_both_rest_on(corpus: Corpus) -> None:
    shared = common(corpus, LETTER, PLAN).shared
    assert [(one.document.id, one.above_first, one.above_second) for one in shared] == [(NQ20, 1, 1)]


def test_a_timeline_is_in_the_order_of_the_days_and_unknown_ones_come_last(corpus: Corpus) -> None:
    moments = timeline(corpus, NQ20).moments
    assert [one.day for one in moments] == ["2017-10-25", "2018-01-26", "2022-11-22", None]
    assert [one.role for one in moments] == ["itself", "below", "mention", "below"]


def test_a_change_that_many_texts_tell_is_one_thing_to_look_at(store: Store) -> None:
    law, plan, decree, other = (f"vn:na:qh:luat:qh15:{number}" for number in range(1, 5))
    told = [(decree, "AMENDS", law, source, said) for source, said in (("s1", other), ("s2", decree), ("s3", other))]
    store.write(
        steps(
            Change(
                put_nodes=tuple(
                    Node(id, ("Document",), {"id": id, "held": id == plan, "date_first": day, "date_last": day})
                    for id, day in (
                        (law, "2020-01-01"),
                        (plan, "2021-01-01"),
                        (decree, "2022-01-01"),
                        (other, "2023-01-01"),
                    )
                ),
                put_edges=(
                    Edge(plan, "BASED_ON", law, "s0", {"asserted_by": plan, "quotes": ("a",)}),
                    *(
                        Edge(a, kind, b, source, {"asserted_by": by, "quotes": (source,)})
                        for a, kind, b, source, by in told
                    ),
                ),
            )
        )
    )
    [one] = stale(Corpus(store), plan).stale
    assert (one.change.id, one.sources, one.changing.source) == (decree, 3, "s2")


def test_stale_says_what_to_look_at_again(corpus: Corpus) -> None:
    [one] = stale(corpus).stale
    assert (one.document.id, one.basis.id, one.change.id) == (LETTER, CT16, NOTE)
    assert (one.extent, one.certainty, one.advice) == ("part", "after", "cần rà soát")
    assert stale(corpus, PLAN).stale == ()
    assert stale(corpus, scope=Scope(as_of="2022-12-31")).stale == ()


@pytest.mark.parametrize(
    ("day", "units", "name"), [("2025-06-30", 63, "tỉnh Bình Thuận"), ("2025-07-01", 34, "tỉnh Lâm Đồng")]
)
def test_coverage_has_three_states_over_63_or_34_provinces(corpus: Corpus, day: str, units: int, name: str) -> None:
    answer = coverage(corpus, NQ20, Scope(as_of=day))
    assert len(answer.units) == units
    assert (answer.held, answer.attested, answer.none_known) == (1, 1, units - 2)
    [attested] = [one for one in answer.units if one.state == "attested"]
    assert attested.name == name and attested.held == 1
    assert [(one.document.id, one.days, one.path[0].asserted_by) for one in attested.through] == [
        (PROGRAMME, 93, LETTER)
    ]
    [held] = [one for one in answer.units if one.state == "held"]
    assert held.through[0].days is None


def test_coverage_over_ministries_and_named_bodies(corpus: Corpus) -> None:
    assert "Bộ Y tế" in {one.name for one in coverage(corpus, NQ20, among="ministries").units}
    assert [one.state for one in coverage(corpus, NQ20, names=("Bộ Y tế", "tu@hung-yen")).units] == [
        "none known",
        "held",
    ]
    with pytest.raises(BadQuestion):
        coverage(corpus, NQ20, names=("Bộ Không Có",))


def test_the_shape_of_the_graph(corpus: Corpus) -> None:
    assert rank(corpus).documents[0].document.id == NQ20
    assert sum(one.rank for one in rank(corpus).documents) == pytest.approx(1)
    assert cycles(corpus).groups == ()
    assert [len(group) for group in islands(corpus).groups] == [10]


def test_a_constitution_is_named_once() -> None:
    assert title({"kind": "Hiến pháp", "number": "Hiến pháp 2013"}) == "Hiến pháp 2013"
    assert title({"kind": "Luật", "number": "15/2023/QH15"}) == "Luật 15/2023/QH15"
