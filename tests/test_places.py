"""Citations are shown where they stand in their files, files are given as they came, and the best format speaks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from command import vanban
from fastapi.testclient import TestClient
from made_files import docx, p
from made_pdf import pdf
from shelf import POOL, letter

from api.app import create_app
from api.settings import read_settings
from graph.library import Library
from graph.spots import Spot, pack_spots, spots_of, unpack_spots
from graph.stores import open_store
from ingest.intake import Options, ingest

WORDS = "Căn cứ Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII;"
ASCII = [
    (72.0, 780.0, "UY BAN NHAN DAN TINH HA GIANG"),
    (72.0, 764.0, "So: 4321/QD-UBND"),
    (300.0, 764.0, "Ha Giang, ngay 05 thang 01 nam 2023"),
    (200.0, 720.0, "QUYET DINH"),
    (72.0, 660.0, "Can cu Quyet dinh so 376/QD-TTg ngay 17/3/2021;"),
]
PLAN = letter("1512/KH-UBND", WORDS)


def as_docx(text: str) -> bytes:
    return docx("".join(p(line) for line in text.split("\n") if line.strip()))


FILES = {
    "kế hoạch.txt": PLAN.encode(),
    "kế hoạch.docx": as_docx(PLAN),
    "luật.txt": POOL["law.txt"].encode(),
    "quyết định.pdf": pdf(ASCII),
}
PLAN_KEY, DECISION = "vn:state:ubnd@binh-thuan:kh:2022:1512", "4321/QD-UBND"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("places")
    docs = folder / "docs"
    docs.mkdir()
    for name, data in FILES.items():
        (docs / name).write_bytes(data)
    library, store = Library.open(folder, durable=False), open_store(str(folder / "graph.kgl"))
    assert len(ingest([docs], library, store, Options(workers=0)).added) == len(FILES)
    store.close()
    library.close()
    return folder


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(read_settings({"VANBAN_HOME": str(home)}))) as opened:
        yield opened


def test_a_document_of_two_formats_is_one_and_the_better_speaks(home: Path, client: TestClient) -> None:
    said = client.get("/api/v1/documents/places", params={"document": PLAN_KEY}).json()
    assert len(said["sources"]) == 2 and said["files"][0]["format"] == "DOCX"
    card = client.get("/api/v1/documents/card", params={"document": PLAN_KEY}).json()
    assert {edge["source"] for edge in card["says"]} == {said["source"]}
    library = Library.open(home)
    assert [row.speaks for row in library.sources_of(PLAN_KEY)] == [True, False]
    library.close()


def test_a_citation_in_a_docx_has_its_paragraph(client: TestClient) -> None:
    said = client.get("/api/v1/documents/places", params={"document": PLAN_KEY}).json()
    (cited,) = [one for one in said["citations"] if "20-NQ/TW" in one["words"]]
    assert said["files"][0]["placed"] == "paragraph"
    lines = [line for line in PLAN.split("\n") if line.strip()]
    assert cited["spots"][0]["paragraph"] == 1 + lines.index(WORDS)


def test_a_citation_in_a_pdf_has_its_page_and_box(client: TestClient) -> None:
    found = client.get("/api/v1/documents").json()["documents"]
    key = next(one["id"] for one in found if one["held"] and "4321" in one["id"])
    said = client.get("/api/v1/documents/places", params={"document": key}).json()
    (cited,) = said["citations"]
    (spot,) = cited["spots"]
    assert said["files"][0]["placed"] == "page" and spot["page"] == 1
    assert spot["box"][1] == pytest.approx(1 - 669 / 842, abs=0.01) and 0.15 < spot["box"][0] < spot["box"][2] < 0.6
    file = client.get("/api/v1/documents/file", params={"document": key})
    assert file.content == FILES["quyết định.pdf"] and file.headers["content-type"] == "application/pdf"
    assert file.headers["content-disposition"].startswith("inline")


def test_a_citation_in_a_text_has_its_offset_and_files_run_no_scripts(client: TestClient) -> None:
    key = "vn:state:ubnd@binh-thuan:qd:2022:1900"
    said = client.get("/api/v1/documents/places", params={"document": key, "limit": 1}).json()
    (one,) = said["citations"]
    assert said["files"][0]["placed"] == "offset" and said["next"] == 1 and not one["spots"]
    assert POOL["law.txt"][one["start"] : one["end"]] == one["words"]
    file = client.get("/api/v1/documents/file", params={"document": key})
    assert file.content == FILES["luật.txt"] and "sandbox" in file.headers["content-security-policy"]
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["x-content-type-options"] == "nosniff"


def test_what_is_not_held_has_no_file(client: TestClient) -> None:
    for route in ("places", "file"):
        cited = client.get(f"/api/v1/documents/{route}", params={"document": "vn:party:tw:nq:k12:20"})
        assert cited.status_code == 404 and "not held" in cited.json()["detail"]
        wrong = client.get(f"/api/v1/documents/{route}", params={"document": PLAN_KEY, "source": "0" * 16})
        assert wrong.status_code == 404 and wrong.json()["parameter"] == "source"


def test_the_commands_say_the_same(home: Path, tmp_path: Path) -> None:
    said = vanban(home, "places", PLAN_KEY).stdout
    assert "DOCX" in said and "paragraph" in said and "20-NQ/TW" in said
    out = tmp_path / "ra.docx"
    assert vanban(home, "file", PLAN_KEY, "--output", out).returncode == 0
    assert out.read_bytes() == FILES["kế hoạch.docx"]
    assert vanban(home, "file", "vn:party:tw:nq:k12:20", "--output", out).returncode == 4


def test_when_the_better_format_goes_the_other_speaks(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in ("kế hoạch.txt", "kế hoạch.docx"):
        (docs / name).write_bytes(FILES[name])
    library, store = Library.open(tmp_path, durable=False), open_store(str(tmp_path / "graph.kgl"))
    ingest([docs], library, store, Options(workers=0))
    assert [library.files_of(row.source)[0].format for row in library.sources_of(PLAN_KEY) if row.speaks] == ["DOCX"]
    (docs / "kế hoạch.docx").unlink()
    ingest([docs], library, store, Options(workers=0, prune=True))
    assert [library.files_of(row.source)[0].format for row in library.sources_of(PLAN_KEY) if row.speaks] == ["text"]
    store.close()
    library.close()


def test_spots_are_kept_as_they_are_and_cut_to_the_words() -> None:
    spots = (Spot(0, 10, page=1, box=(0.1, 0.2, 0.5, 0.22)), Spot(11, 20, paragraph=3, part="footnotes"))
    assert unpack_spots(pack_spots(spots)) == spots and pack_spots(()) is None and unpack_spots(None) == ()
    assert spots_of(spots, 5, 15) == (
        Spot(5, 10, page=1, box=(0.3, 0.2, 0.5, 0.22)),
        Spot(11, 15, paragraph=3, part="footnotes"),
    )
    assert spots_of(spots, 10, 11) == () == spots_of((), 0, 5)
