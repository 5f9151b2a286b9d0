"""What people should look at: partial mentions with candidates and words, contradictions, doubles, lost ground."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from shelf import POOL, letter
from small_graph import NQ20, NQ20_PARTIAL, health
from test_intake import House, house, write

from graph.judgement import Judgement
from graph.store import Store
from graph.writing import steps
from ingest.judging import judge
from queries.corpus import Corpus
from queries.lineage import lineage
from queries.review import Doubtful, proposals, review

PARTIAL = "vn:party:tw:nq:_:20"
SIGNED = Judgement("key", who="Trần Thị B", when="2026-01-05T08:00:00+07:00")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[House]:
    made = house(tmp_path)
    write(made.docs)
    made.take()
    yield made
    made.close()


def doubts(one: House, kind: str) -> list[Doubtful]:
    return [doubt for doubt in review(Corpus(one.store, one.library), limit=100).doubts if doubt.kind == kind]


def test_a_partial_mention_comes_with_its_words_candidates_and_reasons(one: House) -> None:
    (found,) = [doubt for doubt in doubts(one, "partial") if doubt.key == PARTIAL]
    assert found.cited_by >= 1 and {said.document.id for said in found.candidates} >= {NQ20}
    first = found.mentions[0]
    text = one.library.text(first.source)
    assert text and text[first.start : first.end] == first.words and first.words in first.quote
    assert first.citing and all(said.reasons for said in first.candidates)


def test_the_most_cited_come_first_and_pages_are_the_whole_cut_up(one: House) -> None:
    corpus = Corpus(one.store, one.library)
    whole = review(corpus, limit=100).doubts
    assert [doubt.cited_by for doubt in whole] == sorted((doubt.cited_by for doubt in whole), reverse=True)
    paged: list[Doubtful] = []
    cursor: int | None = 0
    while cursor is not None:
        page = review(corpus, limit=2, cursor=cursor)
        paged += page.doubts
        cursor = page.next
    assert tuple(paged) == whole


def test_contradicting_dates_texts_and_doubles_are_named(one: House) -> None:
    (dates,) = doubts(one, "dates")
    assert dates.key.endswith(":nd:2015:16") and "2015-02-12 (1), 2015-02-14 (1)" in dates.why.en
    assert len(dates.mentions) == 2 and not dates.candidates
    (texts,) = doubts(one, "texts")
    assert texts.key == "vn:state:ubnd@binh-thuan:kh:2022:1511" and len(texts.sources) == 2
    copy = POOL["unnumbered.txt"].replace("nâng cao", "nâng cáo")
    (one.docs / "copy.txt").write_text(copy, encoding="utf-8")
    one.take()
    (double,) = doubts(one, "double")
    assert double.other and double.other != double.key
    judge(one.library, one.store, [Judgement("not-same", key=double.key, other=double.other, who="B")])
    assert not doubts(one, "double")


def test_what_was_ruled_out_is_no_candidate_and_lost_ground_is_named(one: House) -> None:
    judge(one.library, one.store, [Judgement("not-same", key=PARTIAL, other=NQ20, who="B")])
    (found,) = [doubt for doubt in doubts(one, "partial") if doubt.key == PARTIAL]
    assert NQ20 not in {said.document.id for said in found.candidates}
    gone = Judgement("key", source="0" * 16, start=4, key=NQ20, who="B")
    judge(one.library, one.store, [gone])
    (lost,) = doubts(one, "judgement")
    assert lost.judgement == gone.id and "not held" in lost.why.en


def test_a_high_score_is_a_judgement_for_each_mention_and_ties_are_left(one: House) -> None:
    corpus = Corpus(one.store, one.library)
    assert not proposals(corpus, 0.99, SIGNED).judgements
    found = proposals(corpus, 0.1, SIGNED)
    assert found.judgements and all(said.quote and "score" in said.note for said in found.judgements)
    assert {said.who for said in found.judgements} == {SIGNED.who}
    settled = judge(one.library, one.store, found.judgements)
    assert settled.new == len(found.judgements) and not settled.dangling
    again = proposals(corpus, 0.1, SIGNED)
    assert not again.judgements and again.tied == found.tied
    one.take()
    assert judge(one.library, one.store, found.judgements).known == len(found.judgements)


def test_a_number_that_was_put_right_is_suspicious(one: House) -> None:
    body = "Thực hiện Quyết định số l234/QĐ-TTg ngày 5/5/2021 của Thủ tướng Chính phủ."
    (one.docs / "weak.txt").write_text(letter("1999/KH-UBND", body), encoding="utf-8")
    one.take()
    assert [doubt.key for doubt in doubts(one, "weak")] == ["vn:state:ttg:qd:2021:1234"]


def test_without_a_library_the_graph_is_asked_alone(store: Store) -> None:
    store.write(steps(health()))
    found = review(Corpus(store), "partial", 10).doubts
    assert [doubt.key for doubt in found][:1] == [NQ20_PARTIAL]
    assert NQ20 in {said.document.id for said in found[0].candidates} and not found[0].mentions


def test_a_lineage_says_what_its_partly_known_documents_may_mean(one: House) -> None:
    corpus = Corpus(one.store, one.library)
    found = {said.id: said for said in lineage(corpus, "1700/BC-UBND").meant}
    assert [said.document.id for said in found[PARTIAL].candidates] == [NQ20]
    assert all(said.reasons for said in found[PARTIAL].candidates)
    judge(one.library, one.store, [Judgement("not-same", key=PARTIAL, other=NQ20, who="B")])
    assert PARTIAL not in {said.id for said in lineage(corpus, "1700/BC-UBND").meant}
