"""Documents marked as state secrets are refused and leave nothing behind; marks of limited circulation are kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from shelf import letter

from graph.library import Library
from graph.stores import open_store
from ingest.clean import clean
from ingest.extract import extract
from ingest.intake import Options, Report, ingest, ingest_given
from ingest.secrecy import marks
from ingest.tables import table

ROWS = table("secrecy")["mark"]


def marked(mark: str, number: str = "77/KH-UBND") -> str:
    return f"{mark}\n{letter(number, 'Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017. Việc riêng của Ninh Hải.')}"


@pytest.mark.parametrize(("name", "line"), [(row["name"], line) for row in ROWS for line in row["examples"]])
def test_each_example_is_a_mark(name: str, line: str) -> None:
    assert list(marks(clean(marked(line)))) == [name]


@pytest.mark.parametrize("line", [line for row in ROWS for line in row["counter_examples"]])
def test_no_counter_example_is_a_mark(line: str) -> None:
    assert list(marks(clean(marked(line)))) == []


def test_a_mark_far_below_is_that_of_another_document() -> None:
    assert extract("x", letter("1/KH-UBND", "Việc.\n" * 900 + "MẬT\n")).header.secrecy is None


def taken(home: Path, files: dict[str, str], secrets: bool = False) -> tuple[Report, Library]:
    docs = home.parent / "docs"
    docs.mkdir(exist_ok=True)
    for name, text in files.items():
        (docs / name).write_text(text, encoding="utf-8")
    library, store = Library.open(home, durable=False), open_store(str(home / "graph.kgl"))
    report = ingest([docs], library, store, Options(workers=0, secrets=secrets))
    store.close()
    return report, library


def test_a_secret_is_refused_said_so_and_nothing_of_it_is_stored(tmp_path: Path) -> None:
    home = tmp_path / "home"
    files = {f"{at}.txt": marked(row["name"]) for at, row in enumerate(ROWS) if row.get("refused")}
    report, library = taken(home, files | {"open.txt": letter("78/KH-UBND", "Thực hiện Chỉ thị số 16/CT-TTg.")})
    assert len(report.added) == 1 and len(report.failed) == 3
    for mark, failed in zip(("TUYỆT MẬT", "TỐI MẬT", "MẬT"), report.failed, strict=True):
        assert f"it is marked {mark}, and nothing of it was kept" in failed.why and "--keep-secrets" in failed.why
    assert library.counts()["sources"] == library.counts()["files"] == library.counts()["paths"] == 1
    library.close()
    with sqlite3.connect(home / "library.sqlite") as whole:
        assert not any("Ninh Hải" in line or "ninh hai" in line for line in whole.iterdump())
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert not any("Ninh Hải".encode() in path.read_bytes() for path in kept)


def test_a_secret_that_is_uploaded_is_refused(tmp_path: Path) -> None:
    library, store = Library.open(tmp_path, durable=False), open_store(str(tmp_path / "graph.kgl"))
    report = ingest_given([("a.txt", marked("TỐI MẬT").encode())], library, store)
    assert not report.added and "TỐI MẬT" in report.failed[0].why
    store.close()
    library.close()


def test_a_secret_is_kept_where_that_is_asked_for(tmp_path: Path) -> None:
    report, library = taken(tmp_path / "home", {"a.txt": marked("MẬT")}, secrets=True)
    assert len(report.added) == 1
    library.close()


def test_a_mark_of_limited_circulation_is_kept_with_the_document(tmp_path: Path) -> None:
    report, library = taken(tmp_path / "home", {"a.txt": marked("LƯU HÀNH NỘI BỘ")})
    reading = library.reading(str(library.source_at(report.added[0])))
    assert reading is not None and reading.header.circulation == "LƯU HÀNH NỘI BỘ"
    library.close()
