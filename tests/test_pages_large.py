"""The pages as people use them all day: on a graph of 20,000 documents with hubs, and once through on Neo4j."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import neo4j_server
import pytest
from browser import PHONE, too_wide, visitor
from command import DEMO, vanban
from playwright.sync_api import Browser, Page, expect
from served import KEY, Server, served
from shelf import POOL, letter

from bench.graph import Size, key, load
from graph.store import Store
from graph.stores import open_store

pytestmark = pytest.mark.browser
HUB = key(0)


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a graph of 20,000 documents, a few of which very many cite; there is no library."""
    home = tmp_path_factory.mktemp("crowd") / "home"
    home.mkdir()
    store = open_store(str(home / "graph.kgl"))
    load(store, Size(20_000, 40_000))
    store.close()
    with served(home) as server:
        yield server


def test_a_hub_of_a_large_graph_is_read_without_being_swamped(browser: Browser, crowd: Server) -> None:
    with visitor(browser, crowd.address) as one:
        page = one.go("/")
        expect(page.get_by_text("13.333 văn bản có trong kho, 6.667 văn bản khác")).to_be_visible()
        page.get_by_label("Số, ký hiệu, tên hoặc nội dung văn bản").fill("19999/QĐ-UBND")
        page.keyboard.press("Enter")
        page.locator("#found").get_by_role("link", name="19999/QĐ-UBND").first.click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("19999/QĐ-UBND")
        for path in ("relations", "lineage", "coverage", "tasks", "document"):
            answer = page.goto(f"{crowd.address}/{path}?document={HUB}")
            assert answer and answer.ok and len(answer.body()) < 1_000_000, path
        page = one.go(f"/lineage?document={HUB}")
        expect(page.get_by_text("Chỉ hiện một phần")).to_be_visible()
        page.get_by_role("link", name="Đồ thị").click()
        expect(page.locator("#graph[data-ready=yes]")).to_be_visible()
        shown = page.evaluate("document.getElementById('graph').shown().nodes.length")
        assert 2 <= shown <= 41 and "còn nữa" in page.locator("#told").inner_text()
        page = one.go("/tasks?body=Ủy ban nhân dân 6")
        expect(page.locator("tbody tr")).to_have_count(50)
        page.get_by_role("link", name="Trang sau").click()
        expect(page.locator("tbody tr").first).to_be_visible()
    with visitor(browser, crowd.address, viewport=PHONE) as one:
        assert not too_wide(one.go(f"/relations?document={HUB}"))


@pytest.fixture
def on_neo4j(
    tmp_path: Path, neo4j_address: neo4j_server.Address, neo4j_store: Store, browser: Browser
) -> Iterator[Server]:
    """A server of the five documents whose graph is in Neo4j."""
    user, password = neo4j_address.login["user"], neo4j_address.login["password"]
    where = {"VANBAN_STORE": neo4j_address.url, "VANBAN_STORE_USER": user, "VANBAN_STORE_PASSWORD": password}
    done = vanban(tmp_path / "home", "ingest", DEMO, **where)
    assert done.returncode == 0, done.stderr
    with served(tmp_path / "home", **where) as server:
        yield server


@pytest.mark.neo4j
def test_every_page_once_through_on_neo4j(browser: Browser, on_neo4j: Server, tmp_path: Path) -> None:
    with visitor(browser, on_neo4j.address) as one:
        page = one.go("/?q=3933/UBND-KGVXNV")
        page.locator(".asked a").first.click()
        page.locator(".mark[href]").first.click()
        expect(page.locator("#panel")).to_contain_text("Chỉ thị 16/CT-TTg")
        page.locator("#panel dd a").first.click()
        expect(page.get_by_role("heading", name="Văn bản thực hiện")).to_be_visible()
        page.get_by_role("link", name="Cây văn bản").click()
        expect(page.get_by_role("heading", name="Được thực hiện, căn cứ bởi")).to_be_visible()
        page.get_by_role("link", name="Đồ thị").click()
        expect(page.locator("#graph[data-ready=yes]")).to_be_visible()
        page = one.go("/coverage?document=20-NQ/TW")
        expect(page.get_by_text("1 nơi có văn bản trong kho, 1 nơi được nhắc đến")).to_be_visible()
        page = one.go("/draft")
        page.get_by_label("Nội dung dự thảo").fill("Thực hiện Chỉ thị số 16/CT-TTg ngày 20/9/2022 của Thủ tướng.")
        page.get_by_role("button", name="Rà soát viện dẫn").click()
        expect(page.get_by_role("status").first).to_contain_text("1 văn bản được viện dẫn, 0 văn bản cần xem lại")
        _write(one.go("/key?back=/add"), tmp_path)


def _write(page: Page, folder: Path) -> None:
    """Add two documents, mark a task as done, decide a doubt and undo it."""
    for name, text in (
        ("mot.txt", letter("41/KH-UBND", "1. Giao Sở Y tế chủ trì.")),
        ("hai.txt", POOL["doubtful.txt"]),
    ):
        (folder / name).write_text(text, encoding="utf-8")
    page.get_by_label("Khóa").fill(KEY)
    page.get_by_role("button", name="Dùng khóa này").click()
    page.get_by_label("Chọn các tệp").set_input_files([folder / "mot.txt", folder / "hai.txt"])
    page.get_by_role("button", name="Nạp các tệp này").click()
    expect(page.get_by_role("heading", name="Đã nạp 2 tệp, 0 tệp không đọc được")).to_be_visible()
    page.get_by_role("link", name="Nhiệm vụ", exact=True).click()
    page.locator("tbody tr").first.get_by_role("button", name="Đánh dấu đã xong").click()
    expect(page.locator("tr:target")).to_contain_text("đã xong")
    page.get_by_role("link", name="Chờ xem xét").click()
    expect(page.locator(".excerpt mark")).to_have_text("Nghị quyết số 20-NQ/TW")
    page.keyboard.press("g")
    expect(page.get_by_text("Đã ghi quyết định")).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator(".excerpt mark")).to_have_text("Nghị quyết số 20-NQ/TW")
