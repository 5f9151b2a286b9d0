"""Documents of limited circulation are left out of what unknown readers see, by every route; others see them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from shelf import POOL, letter

from api.app import create_app
from api.settings import read_settings
from graph.library import Library
from graph.library_limited import withheld
from graph.stores import open_store
from ingest.intake import Options, ingest

KEY = "0123456789abcdef0123"
KNOWN = {"X-API-Key": KEY}
# Its number, the number that it alone cites, and words of its text.
TRACES = ("4711", "8999", "Ninh Hải", "Ninh Hai")
LIMITED = "LƯU HÀNH NỘI BỘ\n" + letter(
    "4711/KH-UBND",
    "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII; Quyết định số "
    "8999/QĐ-TTg ngày 12/3/2021 của Thủ tướng Chính phủ.\n\n1. Giao Sở Y tế rà soát việc riêng của Ninh Hải, hoàn "
    "thành trước ngày 15/12/2022.",
    "Về việc riêng của Ninh Hải",
)
CITING = letter("1500/BC-UBND", "Báo cáo Kế hoạch số 1511/KH-UBND ngày 12/8/2022.", kind="BÁO CÁO")


def held(home: Path) -> Path:
    docs = home / "docs"
    docs.mkdir(parents=True)
    for name, text in {"limited.txt": LIMITED, "citing.txt": CITING, "plan.txt": POOL["plan.txt"]}.items():
        (docs / name).write_text(text, encoding="utf-8")
    library, store = Library.open(home, durable=False), open_store(str(home / "graph.kgl"))
    assert len(ingest([docs], library, store, Options(workers=0)).added) == 3
    store.close()
    library.close()
    return home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held(tmp_path_factory.mktemp("public") / "home")


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    settings = read_settings({"VANBAN_HOME": str(home), "VANBAN_API_KEY": f"test:{KEY}"})
    with TestClient(create_app(settings)) as opened:
        yield opened


ASKED = [
    "documents", "documents?limit=1", "missing", "tasks", "gaps", "rank", "stale", "islands", "export", "changes",
    "coverage?document=20-NQ/TW", "lineage?document=20-NQ/TW", "impact?document=20-NQ/TW", "timeline?document=20-NQ/TW",
    "documents/card?document=20-NQ/TW", "search?q=nhân dân", "search?q=Sở Y tế", "review", "stats",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_no_route_tells_unknown_readers_of_it(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/v1/{asked}")
    assert answer.status_code == 200, answer.text
    assert not [trace for trace in TRACES if trace in answer.text]


@pytest.mark.parametrize("asked", ["documents", "tasks", "export", "lineage?document=20-NQ/TW"])
def test_who_is_known_sees_it(client: TestClient, asked: str) -> None:
    assert "4711" in client.get(f"/api/v1/{asked}", headers=KNOWN).text


@pytest.mark.parametrize("route", ["lineage", "documents/card", "documents/text", "impact"])
@pytest.mark.parametrize("words", ["4711/KH-UBND", "vn:state:ubnd@binh-thuan:kh:2022:4711", "8999/QĐ-TTg"])
def test_asked_for_by_name_it_is_not_there(client: TestClient, route: str, words: str) -> None:
    answer = client.get(f"/api/v1/{route}", params={"document": words})
    assert answer.status_code == 404 and "Ninh H" not in answer.text


def test_its_words_are_not_found_and_its_text_is_not_shown(client: TestClient, home: Path) -> None:
    library = Library.open(home)
    (source,) = withheld(library.db).sources
    library.close()
    for params in ({"q": "Ninh Hải"}, {"q": "việc riêng"}):
        assert not [trace for trace in TRACES[:3] if trace in client.get("/api/v1/search", params=params).text[200:]]
    place = {"source": source, "start": LIMITED.index("20-NQ/TW") - 15}
    assert client.get("/api/v1/documents/mention", params=place).status_code in (404, 422)
    assert client.get("/", headers={"accept": "text/html"}).status_code == 200


def test_the_count_is_of_what_is_seen(client: TestClient) -> None:
    seen = client.get("/api/v1/documents").json()
    known = client.get("/api/v1/documents", headers=KNOWN).json()
    assert (seen["corpus"]["held"], known["corpus"]["held"]) == (2, 3)
    assert known["corpus"]["cited"] - seen["corpus"]["cited"] == 1


def test_pages_are_as_long_as_without_it(client: TestClient) -> None:
    found, cursor = [], ""
    while True:
        page = client.get("/api/v1/documents", params={"limit": 1, "cursor": cursor}).json()
        assert len(page["documents"]) == 1
        found.append(page["documents"][0]["id"])
        if not (cursor := page["next"] or ""):
            break
    assert len(found) == len(set(found)) == len(client.get("/api/v1/documents").json()["documents"])


def test_taken_out_nothing_is_withheld(tmp_path: Path) -> None:
    home = held(tmp_path / "home")
    library, store = Library.open(home), open_store(str(home / "graph.kgl"))
    assert len(withheld(library.db).sources) == 1
    (home / "docs" / "limited.txt").unlink()
    ingest([home / "docs"], library, store, Options(workers=0, prune=True))
    assert not withheld(library.db).sources
    store.close()
    library.close()
