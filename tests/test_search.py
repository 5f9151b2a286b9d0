"""Searching: numbers however written, words with or without marks, passages, filters and their counts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import DEMO, vanban
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import POOL, shelf

from api.app import create_app
from api.settings import Settings
from graph.folding import fold
from graph.library_search import AROUND, passage, terms
from graph.model import Change
from graph.store import Store
from graph.stores import open_store
from graph.writing import steps
from queries.corpus import Corpus
from queries.errors import BadQuestion
from queries.scope import Scope
from queries.search import Narrow, Results, search

PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"
NQ20 = "vn:party:tw:nq:k12:20"
CT16 = "vn:state:ttg:ct:2022:16"


@pytest.fixture
def corpus(store: Store, tmp_path: Path) -> Iterator[Corpus]:
    """The documents of the pool in a library, and the graph on each engine."""
    one = shelf(tmp_path / "home")
    one.put(*POOL)
    store.write(steps(Change(put_nodes=tuple(one.graph.nodes.values()), put_edges=tuple(one.graph.edges.values()))))
    yield Corpus(store, one.library)
    one.library.close()


def ids(found: Results) -> list[str]:
    return [hit.document.id for hit in found.hits]


def test_a_search_is_the_same_on_both_engines(corpus: Corpus) -> None:
    for words in ("suc khoe", "SỨC KHỎE", "sức khoẻ"):
        found = search(corpus, words)
        assert PLAN in ids(found) and found.total == len(found.hits) and not found.truncated
    assert search(corpus, "Kiện toàn bộ máy").hits[0].document.id == "vn:state:ubnd@binh-thuan:kh:2022:1600"
    assert search(corpus, '"toan kien"').hits == ()
    by_number = search(corpus, "1511/KH-UBND Bình Thuận")
    assert (by_number.hits[0].document.id, by_number.hits[0].by) == (PLAN, "number")
    cited = search(corpus, "kham benh chua benh", Scope(held=False)).hits
    assert [hit.by for hit in cited] and not any(hit.document.held for hit in cited)


@pytest.mark.parametrize(
    "words", ["16/CT-TTg", "16 ct-ttg", "chỉ thị số 16/ct-ttg", "CT 16 TTg", CT16, "Chỉ thị 16 của Thủ tướng"]
)
def test_a_number_is_found_however_it_is_written(kglite: Corpus, words: str) -> None:
    found = search(kglite, words)
    assert found.hits[0].document.id == CT16 and found.hits[0].by == "number" and found.read_as


def test_a_number_also_shows_what_is_known_in_part_and_who_writes_it(kglite: Corpus) -> None:
    found = search(kglite, "20-NQ/TW")
    assert ids(found)[:2] == [NQ20, "vn:party:tw:nq:_:20"]
    assert PLAN in ids(found) and all(hit.passage.marks for hit in found.hits[1:])


def test_passages_mark_the_words(kglite: Corpus) -> None:
    for hit in search(kglite, "mang luoi y te co so").hits:
        marked = {fold(hit.passage.text[start:end]) for start, end in hit.passage.marks}
        assert marked >= {"mang", "luoi", "y", "te", "co", "so"} and hit.source
        text = kglite.library.read(hit.source).text  # type: ignore[union-attr]
        assert hit.passage.start is not None
        there = text[hit.passage.start : hit.passage.start + len(hit.passage.text)]
        assert " ".join(there.split()) == " ".join(hit.passage.text.split())


def test_filters_narrow_and_each_counts_what_the_others_leave(kglite: Corpus) -> None:
    everything = search(kglite, "suc khoe")
    counts = {facet.name: {one.value: one.documents for one in facet.values} for facet in everything.facets}
    assert set(counts) == {"kind", "issuer", "place", "year", "held"}
    assert sum(counts["held"].values()) == everything.total
    reports = search(kglite, "suc khoe", narrow=Narrow(kinds=("Báo cáo",)))
    assert reports.total == counts["kind"]["Báo cáo"] == len(reports.hits) >= 1
    again = {facet.name: {one.value: one.documents for one in facet.values} for facet in reports.facets}
    assert again["kind"] == counts["kind"] and sum(again["held"].values()) == reports.total
    assert search(kglite, "suc khoe", narrow=Narrow(years=("1999",))).total == 0
    assert search(kglite, "suc khoe", Scope(as_of="2022-08-11")).total < everything.total
    assert search(kglite, "suc khoe", Scope(places=("binh-thuan",))).total >= 1


def test_pages_follow_one_another(kglite: Corpus) -> None:
    whole, cursor, paged = ids(search(kglite, "suc khoe")), 0, list[str]()
    while cursor is not None:
        page = search(kglite, "suc khoe", Scope(limit=2), cursor=cursor)
        paged, cursor = paged + ids(page), page.next  # type: ignore[assignment]
    assert paged == whole


def test_more_than_can_be_ranked_is_said(kglite: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("queries.search.MOST_FOUND", 2)
    found = search(kglite, "suc khoe")
    assert found.truncated and found.total == 2


def test_without_a_library_numbers_are_found_and_it_is_said(kglite: Corpus) -> None:
    found = search(Corpus(kglite.store), "16/CT-TTg")
    assert ids(found) == [CT16, "vn:state:ttg:ct:_:16"] and not found.texts


@pytest.mark.parametrize("words", ["  ", "-/.", '"', "“”…"])
def test_words_without_letters_find_nothing(kglite: Corpus, words: str) -> None:
    assert search(kglite, words).total == 0


@pytest.mark.parametrize("words", ["", "a" * 1001])
def test_nothing_to_search_for_is_a_bad_question(kglite: Corpus, words: str) -> None:
    with pytest.raises(BadQuestion) as raised:
        search(kglite, words)
    assert raised.value.parameter == "q"


@pytest.fixture(scope="module")
def kglite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    home = tmp_path_factory.mktemp("search")
    one, store = shelf(home), open_store(str(home / "graph.kgl"))
    one.put(*POOL)
    store.write(steps(Change(put_nodes=tuple(one.graph.nodes.values()), put_edges=tuple(one.graph.edges.values()))))
    yield Corpus(store, one.library)
    store.close()
    one.library.close()


@settings(deadline=None)
@given(words=st.text('ab đ"-Ấ\u0301', max_size=12), text=st.text("ab đ\n.Ấ\u0301\ud800", max_size=900))
def test_a_passage_is_part_of_its_text_and_marks_are_the_words(words: str, text: str) -> None:
    found = passage(text, words)
    assert len(found.text) <= AROUND + 80
    wanted = {"".join(one.split()) for one in terms(words)}
    for start, end in found.marks:
        assert "".join(char for char in fold(found.text[start:end]) if char.isalnum()) in wanted
    if found.start is not None:
        there = text[found.start : found.start + len(found.text)]
        assert len(there) == len(found.text) and there.split() == found.text.split()


def test_search_by_command_and_over_http(tmp_path: Path) -> None:
    home = tmp_path / "home"
    vanban(home, "ingest", str(DEMO))
    said = vanban(home, "search", "cham soc suc khoe", "--limit", "2")
    assert "found for" in said.stdout and "kind:" in said.stdout
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl")))) as client:
        asked: dict[str, Any] = {"q": "chăm sóc sức khỏe", "kind": "Nghị quyết", "limit": 3}
        found = client.get("/api/v1/search", params=asked).json()
        assert {hit["document"]["kind"] for hit in found["hits"]} <= {"Nghị quyết"}
        assert client.get("/api/v1/search", params={"q": ""}).json()["parameter"] == "q"
