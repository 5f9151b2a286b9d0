"""The library keeps what was read, says what is wrong with it in words, and finds it again."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shelf import POOL, Shelf, read, shelf

from graph import library_schema
from graph.folding import fold
from graph.library import Library, LibraryDamaged, LibraryError, LibraryFull, LibraryLocked, LibraryNewer
from graph.library_base import FILE, Database
from graph.library_search import match_of
from graph.likeness import alike, bands, likeness, sketch
from graph.model import Change, Node
from graph.originals import Originals
from graph.projection import Projection
from ingest.shipped import shipped

PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"


def test_what_was_kept_is_found_again(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("plan.txt", "under.txt")
    library = one.library
    assert library.files([PLAN, "vn:state:ttg:ct:2022:16"]) == {PLAN: ("/docs/plan.txt",)}
    (source,) = library.sources_of(PLAN)
    assert library.text(source.source) == POOL["plan.txt"]
    assert library.reading(source.source) == read("plan.txt", POOL["plan.txt"]).said
    assert library.source_at("/docs/plan.txt") == source.source
    assert {mention.source for mention in library.mentions(PLAN)} == {library.source_at("/docs/under.txt")}
    library.close()
    again = Library.open(tmp_path)
    assert again.counts()["sources"] == 2
    again.close()


def test_the_same_bytes_at_two_paths_are_one_source_and_go_with_the_last(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("plan.txt")
    one.put("copy.txt", texts={"copy.txt": POOL["plan.txt"]})
    assert one.library.files([PLAN]) == {PLAN: ("/docs/copy.txt", "/docs/plan.txt")}
    one.drop("plan.txt")
    assert one.library.counts()["sources"] == 1
    one.drop("copy.txt")
    assert one.library.counts()["sources"] == 0 and one.graph == Projection()
    one.library.close()


def test_a_key_that_was_printed_leads_to_what_took_its_place(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("unnumbered.txt")
    former = next(one.library.sources()).key
    changed = POOL["unnumbered.txt"].replace("KẾ HOẠCH", "KẾ HOẠCH (bản hai)")
    one.put("unnumbered.txt", texts={"unnumbered.txt": changed})
    now = next(one.library.sources()).key
    assert former != now
    assert one.library.now(former) == now and one.library.now(now) == now
    one.put("unnumbered.txt")
    assert one.library.now(former) == former and one.library.now(now) == former
    one.library.close()


def test_text_is_found_without_accents_and_case(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put(*POOL)
    found = one.library.matches("kien toan bo may")
    assert [one.library.sources_of(hit.key)[0].document for hit in found] == ["under.txt"]
    shown = one.library.passage(found[0].source or "", "kien toan bo may")
    text = one.library.text(found[0].source or "") or ""
    assert shown and shown.start is not None
    marked = [text[shown.start + start : shown.start + end] for start, end in shown.marks]
    assert {fold(word) for word in marked} == {"kien", "toan", "bo", "may"}
    assert one.library.matches("KIỆN TOÀN") == one.library.matches("kiện toàn") != []
    assert one.library.matches('"toan kien"') == []
    assert len(one.library.matches("cham soc", 2)) <= 4
    one.drop("under.txt")
    assert one.library.matches("kien toan bo may") == []
    one.library.close()


@given(words=st.text(max_size=60))
def test_no_words_are_a_query_of_the_engine(words: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE search USING fts5 (text)")
    query = match_of(words)
    if query:
        db.execute("SELECT * FROM search WHERE search MATCH ?", (query,)).fetchall()
    db.close()


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 4096])
def test_a_damaged_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(LibraryDamaged, match=r"library\.sqlite is damaged .*restore"):
        Library.open(tmp_path)


def test_a_library_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    db = sqlite3.connect(tmp_path / FILE)
    db.execute(f"PRAGMA user_version = {library_schema.VERSION + 1}")
    db.close()
    with pytest.raises(LibraryNewer, match="update vanban-graph"):
        Library.open(tmp_path)


def test_titles_of_cited_documents_are_found_while_somebody_prints_them(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    words = "luat kham benh chua benh"
    one.put("law.txt", "plan.txt")
    cited = {hit.key for hit in one.library.matches(words) if hit.source is None}
    assert any(key.startswith("vn:na:qh:luat") for key in cited)
    _to_version(one, 1)
    again = Library.open(tmp_path)
    assert {hit.key for hit in again.matches(words) if hit.source is None} == cited
    again.forget(shipped(), "/docs/law.txt")
    assert not [hit for hit in again.matches(words) if hit.source is None]
    again.close()


def _to_version(one: Shelf, version: int) -> None:
    """Make the library what it was before titles were searched and changes noted."""
    for table in ("titles", "changes", "searches", "pending", "runs"):
        one.library.db.run(f"DROP TABLE {table}")
    one.library.db.run("CREATE TABLE pending (id INTEGER PRIMARY KEY AUTOINCREMENT, change BLOB NOT NULL)")
    one.library.db.run("DELETE FROM meta WHERE name = 'epoch'")
    one.library.db.run(f"PRAGMA user_version = {version}")
    one.library.close()


def test_an_older_library_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Library.open(tmp_path).close()
    steps = (*library_schema.UPGRADES, "CREATE TABLE later (name TEXT)")
    monkeypatch.setattr("graph.library_base.UPGRADES", steps)
    monkeypatch.setattr("graph.library_base.VERSION", len(steps))
    library = Library.open(tmp_path)
    assert library.db.rows("SELECT count(*) FROM later") == [(0,)]
    library.close()


def test_one_process_writes_at_a_time(tmp_path: Path) -> None:
    first, second = Library.open(tmp_path), Library.open(tmp_path)
    first.remark("name", "first")
    with pytest.raises(LibraryLocked, match="another process"):
        second.remark("name", "second")
    assert second.meta("name") == "first"
    first.close()
    second.remark("name", "second")
    assert second.meta("name") == "second"
    second.close()


def test_a_full_disk_is_said_and_loses_nothing(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("plan.txt")
    pages = one.library.db.rows("PRAGMA page_count")[0][0]
    one.library.db.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryFull, match="disk is full"):
        one.put(*(name for name in POOL if name != "plan.txt"))
    one.library.db.rows("PRAGMA max_page_count = 1000000")
    assert one.library.counts()["sources"] == 1
    assert one.graph == one.again()
    one.library.close()


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LibraryError, match="file"):
        Library.open(tmp_path / "file" / "home")


def test_a_transaction_is_kept_whole_or_not(tmp_path: Path) -> None:
    db = Database(tmp_path)
    db.prepare()
    with pytest.raises(ZeroDivisionError), db.write():
        db.run("INSERT INTO meta VALUES ('a', '1')")
        raise ZeroDivisionError
    with db.write():
        db.run("INSERT INTO meta VALUES ('b', '2')")
        with pytest.raises(ZeroDivisionError), db.attempt():
            db.run("INSERT INTO meta VALUES ('c', '3')")
            raise ZeroDivisionError
    assert db.rows("SELECT name FROM meta WHERE name IN ('a', 'b', 'c')") == [("b",)]
    db.close()


def test_threads_read_while_one_writes(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    one.put("plan.txt")
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(one.library.counts()["sources"])) for _ in range(4)]
    with one.library.writing():
        one.library.remark("during", "yes")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert seen == [1, 1, 1, 1]
    one.library.close()


def test_owed_changes_are_kept_until_the_graph_has_them(tmp_path: Path) -> None:
    library = Library.open(tmp_path)
    library.owe(Change())
    assert not library.dirty
    library.owe(Change(put_nodes=(Node("vn:org:a", ("Organization",), {"id": "vn:org:a", "name": "A"}),)))
    library.close()
    again = Library.open(tmp_path)
    assert again.dirty
    again.settled()
    assert not again.dirty
    again.close()


def test_originals_are_kept_by_their_hash(tmp_path: Path) -> None:
    for url in (str(tmp_path / "files"), "memory://originals"):
        originals = Originals(url)
        originals.put("ab12", b"content")
        originals.put("ab12", b"content")
        assert originals.get("ab12") == b"content"
        originals.drop("ab12")
        originals.drop("ab12")
        assert originals.get("ab12") is None
    with pytest.raises(LibraryError, match="no such kind of place"):
        Originals("nowhere://x").put("ab12", b"")


def test_texts_are_alike_but_for_what_scanning_does() -> None:
    words = [f"từ{number}" for number in range(400)]
    text = " ".join(words)
    scanned = " ".join(word for number, word in enumerate(words) if number % 60)
    assert likeness(sketch(text), sketch(text.upper())) == 1.0
    assert alike(sketch(text), sketch(scanned))
    assert set(bands(sketch(text))) & set(bands(sketch(scanned)))
    assert not alike(sketch(text), sketch(" ".join(reversed(words))))
    assert likeness(sketch(""), sketch("")) == 1.0


def test_near_equal_unnumbered_texts_are_proposed(tmp_path: Path) -> None:
    one = shelf(tmp_path)
    again = POOL["unnumbered.txt"].replace("Nơi nhận:", "Nơi gửi:")
    one.put("unnumbered.txt")
    one.put("again.txt", texts={"again.txt": again})
    (pair,) = one.library.likely()
    assert {pair.source, pair.other} == {row.source for row in one.library.sources()}
    one.library.close()
