"""Which texts share words: the founding documents that copied one another, and texts made to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from command import DEMO, vanban
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from shelf import Shelf, letter, shelf

from api.app import create_app
from api.settings import Settings
from graph.folding import fold
from graph.library import Library
from graph.model import Change
from graph.runs import samples
from graph.store import Store
from graph.stores import open_store
from graph.writing import steps
from queries.corpus import Corpus
from queries.scope import Scope
from queries.similar import Alike, Similar, _Text, common, similar


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """The founding documents."""
    home = tmp_path_factory.mktemp("similar")
    store = open_store(str(home / "graph.kgl"))
    one = filled(home, {path.name[:3]: path.read_text(encoding="utf-8") for path in DEMO.glob("*.txt")}, store)
    yield Corpus(store, one.library)
    store.close()
    one.library.close()


def filled(home: Path, texts: dict[str, str], store: Store) -> Shelf:
    one = shelf(home)
    one.put(*sorted(texts), texts=texts)
    store.write(steps(Change(put_nodes=tuple(one.graph.nodes.values()), put_edges=tuple(one.graph.edges.values()))))
    return one


def named(corpus: Corpus, answer: Similar) -> dict[str, Alike]:
    names = {row.source: row.document for row in corpus.library.sources()}  # type: ignore[union-attr]
    return {names[one.source]: one for one in answer.documents}


def key(corpus: Corpus, name: str) -> str:
    return next(row.key for row in corpus.library.sources() if row.document == name)  # type: ignore[union-attr]


def test_the_three_letters_that_share_paragraphs_are_found_and_the_others_are_not(demo: Corpus) -> None:
    alike = {"000", "001", "003"}
    for name in ("000", "001", "002", "003", "004"):
        answer = similar(demo, key(demo, name))
        assert set(named(demo, answer)) == (alike - {name} if name in alike else set()), name
        assert answer.source and not answer.truncated


def test_the_passages_stand_where_they_are_said_to_in_both_texts(demo: Corpus) -> None:
    answer = similar(demo, key(demo, "000"))
    library = demo.library
    assert library is not None
    mine = library.text(answer.source or "") or ""
    for one in answer.documents:
        theirs = library.text(one.source) or ""
        assert 0 < one.resemblance <= min(one.contained, one.contains) <= 1
        assert one.passages[0].words == max(shared.words for shared in one.passages) >= 50
        for shared in one.passages:
            here = mine[shared.start : shared.end]
            there = theirs[shared.other_start : shared.other_end]
            assert words(here) == words(there) and len(words(here)) == shared.words
            assert " ".join(here.split()) == shared.text


def words(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text)).split()


TEXT = " ".join(f"nhiệm vụ thứ {Random(number).randrange(10**6)} của sở ngành" for number in range(60))


def test_who_copied_is_told_by_the_days_on_both_engines(store: Store, tmp_path: Path) -> None:
    later = letter("200/KH-UBND", TEXT).replace("ngày 12 tháng 8 năm 2022", "ngày 12 tháng 9 năm 2022")
    texts = {"first": letter("100/KH-UBND", TEXT), "second": later, "other": letter("300/KH-UBND", TEXT[::-1])}
    one = filled(tmp_path / "home", texts, store)
    corpus = Corpus(store, one.library)
    first = named(corpus, similar(corpus, key(corpus, "first")))
    assert first["second"].earlier is False and first["second"].contained > 0.9
    assert named(corpus, similar(corpus, key(corpus, "second")))["first"].earlier is True
    assert set(named(corpus, similar(corpus, key(corpus, "second"), Scope(as_of="2022-01-01")))) == set()
    one.drop("second")
    assert "second" not in named(corpus, similar(corpus, key(corpus, "first")))
    one.library.close()


def test_a_short_text_is_found_in_a_long_one(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "graph.kgl"))
    long = " ".join(f"{Random(number).randrange(10**9)} việc" for number in range(8000))
    texts = {"short": letter("100/KH-UBND", TEXT), "long": letter("200/KH-UBND", f"{long} {TEXT} {long[::-1]}")}
    one = filled(tmp_path / "home", texts, store)
    corpus = Corpus(store, one.library)
    (found,) = similar(corpus, key(corpus, "short")).documents
    assert found.contained > 0.8 and found.contains < 0.1 and found.passages[0].words > 200
    store.close()
    one.library.close()


def test_a_document_that_is_not_held_has_nothing_to_compare(demo: Corpus) -> None:
    answer = similar(demo, "20-NQ/TW")
    assert answer.source is None and answer.documents == ()
    assert similar(Corpus(demo.store), key(demo, "000")).source is None


def test_an_older_library_gets_its_samples(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("a", texts={"a": letter("100/KH-UBND", TEXT)})
    before = one.library.db.rows("SELECT * FROM runs ORDER BY run")
    one.library.db.run("DROP TABLE runs")
    one.library.db.run("PRAGMA user_version = 3")
    one.library.close()
    again = Library.open(tmp_path)
    assert again.db.rows("SELECT * FROM runs ORDER BY run") == before != []
    again.close()


NAMES = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
LETTERS = st.lists(st.sampled_from(NAMES), max_size=80).map(" ".join)


@settings(deadline=None)
@given(one=LETTERS, other=LETTERS)
def test_common_passages_are_in_both_texts_and_do_not_overlap_by_more_than_a_run(one: str, other: str) -> None:
    before = 0
    for shared in common(_Text(one), _Text(other)):
        assert shared.start is not None and shared.other_start is not None
        assert words(one[shared.start : shared.end]) == words(other[shared.other_start : shared.other_end])
        assert shared.words >= 12 and shared.start >= before
        before = shared.start
    assert samples(one) == samples(one.upper())


def test_by_command_and_over_http(tmp_path: Path) -> None:
    home = tmp_path / "home"
    vanban(home, "ingest", DEMO)
    said = vanban(home, "similar", "3933/UBND-KGVXNV").stdout
    assert "of the text asked for stands in it" in said and "Hải Phòng" in said
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl")))) as client:
        found = client.get("/api/v1/similar", params={"document": "3933/UBND-KGVXNV"}).json()
        assert len(found["documents"]) == 2 and found["documents"][0]["passages"]
