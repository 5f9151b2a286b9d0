"""The pages without a browser: what they answer, in two languages, safely, whatever a document holds."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from shelf import letter, read, row
from small_graph import DECISIONS, NQ20, health, store_of

from api.app import create_app
from api.page import count, day, deadline, flag, plain
from api.pages_coverage import tiles
from api.settings import Settings
from ingest.intake import ingest_given
from ingest.shipped import shipped
from queries.units import provinces

ROOT = Path(__file__).parent.parent
KEY = "0123456789abcdef0123"
BIDI = "\u202e"
HOSTILE = letter(
    "15/KH-UBND",
    "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII.\n\n"
    f"<script>alert(1)</script> <img src=x onerror=alert(2)> [xem](javascript:alert(3)) {BIDI}WT/QN-02 "
    "{{ 7+7 }} <a href='javascript:alert(4)'>a</a> &lt;b&gt;",
    subject='Về <b>an toàn</b> & "nháy" {{ x }}',
)


def settings_at(home: Path, **more: Any) -> Settings:
    return Settings(home=home, store=str(home / "graph.kgl"), **more)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on the small graph, which has no texts."""
    home = tmp_path_factory.mktemp("small")
    store_of(home, health()).close()
    with TestClient(create_app(settings_at(home)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on a library with hostile documents."""
    home = tmp_path_factory.mktemp("hostile")
    long = letter(
        "16/KH-UBND", "Căn cứ Nghị định số 16/2015/NĐ-CP ngày 14/02/2015 của Chính phủ;\n\n" + "Lời. " * 30_000
    )
    with TestClient(create_app(settings_at(home)), raise_server_exceptions=False) as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        given = [("hostile.md", HOSTILE.encode()), ("long.txt", long.encode())]
        report = ingest_given(given, desk.library(), desk.corpus().store)
        assert len(report.added) == 2
        yield client


# --- what they answer


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/", 200, "Kế hoạch (không số) của Tỉnh ủy Hưng Yên"),
        ("/?place=Hưng Yên", 200, "Kế hoạch (không số) của Tỉnh ủy Hưng Yên"),
        ("/?kind=Luật&held=false", 200, "Luật 77/2015/QH13"),
        ("/?q=20-NQ/TW", 200, "đây là văn bản duy nhất phù hợp"),
        ("/?q=1511/QĐ-UBND", 200, DECISIONS[0].replace(":", "%3A").replace("@", "%40")),
        ("/?q=khong-co-gi-ca", 200, "Không tìm thấy văn bản nào"),
        ("/document?document=20-NQ/TW", 200, "chưa có trong kho"),
        ("/relations?document=16/CT-TTg", 200, "Văn bản sửa đổi, bổ sung"),
        ("/lineage?document=20-NQ/TW", 200, "Kế hoạch (không số) của Tỉnh ủy Hưng Yên"),
        ("/graph?document=20-NQ/TW", 200, "Đồ thị"),
        ("/coverage?document=20-NQ/TW&as_of=2025-06-30", 200, "1 nơi có văn bản trong kho, 1 nơi được nhắc đến"),
        ("/coverage?document=20-NQ/TW", 200, "tổng số 34"),
        ("/coverage?document=20-NQ/TW&among=ministries", 200, "Bộ Y tế"),
        ("/coverage?document=20-NQ/TW&among=planets", 422, "Không hiểu được yêu cầu"),
        ("/tasks?body=&due=&document=", 200, "Không có nhiệm vụ nào phù hợp"),
        ("/tasks?body=Bộ+Không+Có", 404, "Không có văn bản hoặc cơ quan như vậy"),
        ("/draft", 200, "Nội dung dự thảo"),
        ("/review", 200, "Chỉ biết một phần"),
        ("/review?doubt=partial&cursor=99", 200, "Không còn gì chờ xem xét"),
        ("/review?doubt=none", 422, "Không hiểu được yêu cầu"),
        ("/lineage?document=1511/QĐ-UBND", 300, "Hãy chọn một".lower()),
        ("/lineage?document=9999/QĐ-TTg", 404, "Không có văn bản này"),
        ("/lineage?document=<script>alert(1)</script>", 404, "Không có văn bản"),
        ("/lineage", 422, "Không hiểu được yêu cầu"),
        ("/mention?source=0123456789abcdef&start=1", 404, "<h1>Không"),
        ("/?q=%00%01", 200, "Không tìm thấy"),
        ("/document?document=20-NQ/TW&start=-1", 422, "Không hiểu được yêu cầu"),
    ],
)
def test_a_page_answers(client: TestClient, path: str, status: int, words: str) -> None:
    page = client.get(path)
    assert page.status_code == status and words in page.text
    assert "<script>" not in page.text and page.headers["content-type"].startswith("text/html")


def test_the_edges_of_a_tree_carry_their_quotes(client: TestClient) -> None:
    page = client.get("/lineage", params={"document": NQ20})
    assert page.text.count("<blockquote>") >= 3 and "khoản 2 Điều 5" in page.text


def test_nothing_inline_and_nothing_from_elsewhere(client: TestClient) -> None:
    for path in ("/", "/document?document=20-NQ/TW", "/lineage?document=20-NQ/TW"):
        page = client.get(path)
        policy = page.headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy and "default-src 'none'" in policy
        assert not re.search(r"\sstyle=|\son\w+=|<style|<script>|javascript:", page.text)
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page.text)


def test_the_first_page_and_all_it_loads_are_under_200_kb(client: TestClient) -> None:
    page = client.get("/")
    loaded = re.findall(r"(?:src|href)=\"(/static/[^\"]+)\"", page.text)
    assert len(loaded) >= 4
    assert len(page.content) + sum(len(client.get(path).content) for path in loaded) < 200_000


def test_static_files_may_be_kept_and_nothing_else_is_served(client: TestClient) -> None:
    path = re.search(r"/static/page\.css\?v=\w+", client.get("/").text)
    assert path and "immutable" in client.get(path[0]).headers["cache-control"]
    for wrong in ("/static/../app.py", "/static/%2e%2e/app.py", "/static/none.js", "/static/"):
        assert client.get(wrong).status_code == 404


# --- two languages


def test_the_language_is_switched_and_kept(tmp_path: Path) -> None:
    store_of(tmp_path, health()).close()
    with TestClient(create_app(settings_at(tmp_path))) as client:
        assert '<html lang="vi">' in client.get("/").text
        english = client.get("/relations?document=16/CT-TTg&lang=en")
        assert '<html lang="en">' in english.text and "What amends it" in english.text
        assert 'href="/relations?document=16%2FCT-TTg&amp;lang=vi"' in english.text
        assert "What it says of others" in client.get("/relations?document=16/CT-TTg").text
        assert '<html lang="vi">' in client.get("/?lang=vi").text
        assert '<html lang="vi">' in client.get("/?lang=xx").text


def _leaves(said: dict[str, Any]) -> Iterator[Any]:
    for one in said.values():
        yield from _leaves(one) if isinstance(one, dict) else (one,)


def test_every_word_is_there_twice_and_used() -> None:
    said = tomllib.loads(files("api").joinpath("words.toml").read_text(encoding="utf-8"))
    for pair in _leaves(said):
        assert len(pair) == 2 and all(pair) and pair[0].count("{}") == pair[1].count("{}")
    users = (*(ROOT / "api" / "templates").glob("*.html"), *(ROOT / "api").glob("page*.py"))
    text = "".join(path.read_text(encoding="utf-8") for path in users)
    unused = [name for name in said if not re.search(rf"\b(w|words)\.{name}\b", text) and "problem_" not in name]
    assert unused == []


def test_days_numbers_and_doubts_are_said_as_people_say_them() -> None:
    assert [day(one) for one in ("2017-10-25", "2022-09", "2022", None)] == ["25/10/2017", "9/2022", "2022", ""]
    assert (count(20000), count(20000, "en"), count(7)) == ("20.000", "20,000", "7")
    said = [deadline(one) for one in ("2022-Q3", "2018-03", "2022-12-15", "hằng năm")]
    assert said == ["quý III/2022", "3/2018", "15/12/2022", "hằng năm"]
    assert flag("read as VNI and converted to Unicode", "vi") == "Đọc theo bảng mã VNI và chuyển sang Unicode."
    assert flag("it is empty; give a file with text", "vi") == "tệp trống."
    assert flag("it is an XLS file, which is not read; save it", "vi").startswith("là XLS file, không phải")
    assert flag("something else", "vi") == flag("something else", "en") == "something else"
    assert plain(f"<b>{BIDI}\ud800") == "&lt;b&gt;[U+202E]\ufffd"


def test_behind_a_proxy_every_address_has_its_path(tmp_path: Path) -> None:
    store_of(tmp_path, health()).close()
    app = create_app(settings_at(tmp_path, root_path="/vanban", api_keys={"office": KEY}))
    with TestClient(app, root_path="/vanban", follow_redirects=False) as client:
        for path in ("/", "/relations?document=16/CT-TTg", "/tasks", "/draft", "/add", "/key"):
            page = client.get(path).text
            addresses = re.findall(r'(?:href|src|action|hx-get)="(/[^"]*)"', page)
            assert addresses and all(address.startswith("/vanban/") for address in addresses)
        assert (
            "path=/vanban"
            in client.post("/key", data={"key": KEY, "back": "/vanban/tasks"}).headers["set-cookie"].lower()
        )


# --- hostile documents


def test_a_hostile_document_is_shown_as_text(library: TestClient) -> None:
    page = library.get("/document?document=15/KH-UBND").text
    assert "script&gt;alert(1)&lt;/script&gt;" in page and "[U+202E]WT/QN-02" in page and "{{ 7+7 }}" in page
    assert not re.search(r"<script>|<img|javascript:[^)&]*['\"]|<b>", page.replace("[xem](javascript:alert(3))", ""))
    assert BIDI not in page
    for path in ("/?q=an+toan", "/relations?document=15/KH-UBND", "/lineage?document=15/KH-UBND"):
        assert "<b>an" not in library.get(path).text


def test_each_citation_leads_to_what_is_known_of_it(library: TestClient) -> None:
    page = library.get("/document?document=15/KH-UBND").text
    links = re.findall(r'class="mark (\w+)" id="m\d+" href="([^"]+)"', page)
    assert [status for status, _ in links] == ["cited_not_held"]
    told = library.get(links[0][1].replace("&amp;", "&")).text
    assert "thực hiện" in told and "Nghị quyết 20-NQ/TW" in told and "<html" in told
    part = library.get(links[0][1].replace("&amp;", "&"), headers={"HX-Request": "true"}).text
    assert "<html" not in part and "Nghị quyết 20-NQ/TW" in part


def test_a_long_document_is_shown_in_parts_that_lose_nothing(library: TestClient) -> None:
    seen, path = 0, "/document?document=16/KH-UBND"
    while path:
        page = library.get(path)
        assert len(page.content) < 200_000
        seen += page.text.count("Lời.")
        onward = re.search(r'href="([^"]+)" rel="next"', page.text)
        path = onward[1].replace("&amp;", "&") if onward else ""
    assert seen == 30_000


def test_ten_megabytes_are_shown_part_by_part(library: TestClient) -> None:
    small = letter("17/KH-UBND", "Thực hiện Chỉ thị số 16/CT-TTg ngày 20/9/2022.", "Về một văn bản dài")
    large = small + "\n\n" + "<script>alert(1)</script> Các đơn vị thực hiện.\n\n" * 180_000 + "Hết."
    source = hashlib.sha256(large.encode()).hexdigest()[:16]
    one = read("large.txt", small)
    one = replace(one, source=source, text=large, said=replace(one.said, source=source))
    desk = library.app.state.desk  # type: ignore[attr-defined]
    kept = desk.library()
    with kept.writing():
        kept.owe(kept.add(shipped(), one, row("large.txt", one), "/docs/large.txt"))
    kept.settle(desk.corpus().store)
    assert len(large.encode()) > 10_000_000
    for start, words in ((0, "Về một văn bản dài"), (len(large) - 1, "Hết.")):
        page = library.get("/document", params={"document": "17/KH-UBND", "start": start})
        assert page.status_code == 200 and words in page.text and len(page.content) < 400_000
        assert "<script>" not in page.text and "script&gt;alert(1)&lt;/script&gt;" in page.text


def test_a_text_that_is_not_held_is_told_by_the_route(library: TestClient) -> None:
    text = library.get("/api/v1/documents/text?document=15/KH-UBND").json()
    assert text["header"]["number"] == "15/KH-UBND" and text["marks"][0]["status"] == "cited_not_held"
    said = "".join(piece["text"] for one in text["passages"] for piece in one["pieces"])
    assert "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017" in said
    mark = text["marks"][0]
    told = library.get(f"/api/v1/documents/mention?source={text['source']}&start={mark['start']}").json()
    assert told["words"] == HOSTILE.replace("\r\n", "\n")[mark["start"] : mark["end"]]
    assert library.get("/api/v1/documents/text?document=20-NQ/TW").status_code == 404
    assert library.get("/api/v1/documents/mention?source=0123456789abcdef&start=0").status_code == 404


# --- the map


@pytest.mark.parametrize(("name", "day_", "many"), [("before", "2025-06-30", 63), ("after", "2025-07-01", 34)])
def test_every_province_has_one_tile(name: str, day_: str, many: int) -> None:
    rows = tiles()[name]
    placed = [code for row in rows for code in row if code != "."]
    assert {len(row) for row in rows} == {7}
    assert sorted(placed) == sorted(unit.code for unit in provinces(day_)) and len(placed) == many


# --- drafts


def test_a_draft_is_checked_as_text_or_as_a_file(library: TestClient) -> None:
    words = "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/11/2017 của Ban Chấp hành Trung ương Đảng khóa XII <b>x</b>."
    for given in ({"data": {"text": words}}, {"files": {"file": ("du thao.txt", words.encode())}}):
        page = library.post("/draft", **given)  # type: ignore[arg-type]
        assert page.status_code == 200 and "ngày đã biết của văn bản là 25/10/2017" in page.text
        assert "[?] Nghị quyết số 20-NQ/TW ngày 25 tháng 10 năm 2017" in page.text and "<b>" not in page.text
    assert library.get("/api/v1/stats").json() == library.get("/api/v1/stats").json()


def test_a_draft_that_cannot_be_read_is_refused_in_words(library: TestClient) -> None:
    page = library.post("/draft", files={"file": ("a.rar", b"Rar!\x1a\x07\x00" + bytes(50))})
    assert page.status_code == 422 and 'role="alert"' in page.text
    assert library.post("/draft", data={"text": "a" * 400_001}).status_code == 422
    assert library.post("/draft", data={"text": "a" * 2_000_000}).status_code in (400, 413, 422)
    assert (
        library.post("/draft", content=b"\xff\xfe", headers={"content-type": "multipart/form-data"}).status_code < 500
    )
    assert library.post("/draft").status_code == 200
