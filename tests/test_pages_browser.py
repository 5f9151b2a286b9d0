"""The pages in a real browser, by clicks and keys, on the five demonstration documents."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import PHONE, barriers, too_wide, visitor
from playwright.sync_api import Browser, Page, expect
from served import KEY, Server, put
from shelf import POOL, letter

pytestmark = pytest.mark.browser
NQ20 = "vn:party:tw:nq:k12:20"
LETTER = "vn:state:ubnd@binh-thuan:cv:2022:3933"
PLACE = "id => document.getElementById('graph').shown().place(id)"
SHIFTS = """() => new Promise((told) => {
  const seen = [];
  const observer = new PerformanceObserver((list) => seen.push(...list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  const tell = () => told([...seen, ...observer.takeRecords()].map((one) => one.value));
  requestAnimationFrame(() => requestAnimationFrame(tell));
})"""
READ = (
    "/",
    "/?q=suc+khoe+nhan+dan",
    "/document?document=3933/UBND-KGVXNV",
    "/relations?document=20-NQ/TW",
    "/lineage?document=20-NQ/TW",
    "/graph?document=20-NQ/TW",
    "/coverage?document=20-NQ/TW",
    "/tasks?under=16/CT-TTg",
    "/key",
    "/draft",
    "/add",
    "/review",
    "/docs",
    "/lineage?document=9999/QĐ-TTg",
)


def test_searching_by_number_and_by_words_without_marks(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/")
        box = page.get_by_label("Số, ký hiệu, tên hoặc nội dung văn bản")
        box.fill("suc khoe nhan dan")
        expect(page.locator("#found mark").first).to_have_text("sức")
        one.picture("tra-cuu")
        box.fill("nghi quyet 20 nq/tw")
        expect(page.get_by_role("heading", name="Văn bản được hỏi")).to_be_visible()
        page.locator(".asked").get_by_role("link", name="Nghị quyết 20-NQ/TW").click()
        expect(page.get_by_role("heading", name="Nghị quyết 20-NQ/TW", level=1)).to_be_visible()


def test_a_citation_is_chosen_by_mouse_and_by_keys(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/document?document=3933/UBND-KGVXNV")
        first = page.locator(".mark[href]").first
        first.click()
        expect(page.locator("#panel h2")).to_be_focused()
        expect(page.locator("#panel")).to_contain_text("Chỉ thị 16/CT-TTg")
        expect(page.locator("#panel blockquote")).to_contain_text("Thực hiện chỉ đạo của Thủ tướng Chính phủ")
        one.picture("van-ban")
        page.keyboard.press("Escape")
        expect(page.locator("#panel")).to_be_empty()
        expect(first).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#panel")).to_contain_text("Chương trình hành động 40-CTr/TU")
        assert "/document" in page.url


def test_the_relations_show_both_directions_with_their_sentences(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/document?document=20-NQ/TW")
        expect(page.get_by_role("status")).to_contain_text("chưa có trong kho")
        expect(page.get_by_role("heading", name="Văn bản thực hiện")).to_be_visible()
        expect(page.get_by_text("theo Công văn 3933/UBND-KGVXNV")).to_be_visible()
        one.picture("luoc-do")
        page.get_by_role("link", name="Cây văn bản").click()
        expect(page.get_by_role("heading", name="Được thực hiện, căn cứ bởi")).to_be_visible()
        page.get_by_role("link", name="English").click()
        expect(page.get_by_role("heading", name="What rests on it")).to_be_visible()


def test_nobody_is_kept_out_and_nothing_moves(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        for path in READ:
            page = one.go(path)
            assert sum(page.evaluate(SHIFTS)) < 0.01, path
            assert barriers(page) == [], path
        page = one.go("/document?document=3933/UBND-KGVXNV")
        page.locator(".mark[href]").first.click()
        expect(page.locator("#panel h2")).to_be_focused()
        assert barriers(page) == []


def test_everything_can_be_read_in_the_dark(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address, color_scheme="dark") as one:
        for path in READ[2:-1:2]:
            assert barriers(one.go(path), "color-contrast") == [], path


def test_a_phone_shows_it_without_scrolling_sideways(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address, viewport=PHONE) as one:
        for path in READ:
            assert not too_wide(one.go(path)), path


def test_it_reads_without_scripts(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address, java_script_enabled=False) as one:
        page = one.go("/")
        page.get_by_label("Số, ký hiệu, tên hoặc nội dung văn bản").fill("3933/UBND-KGVXNV")
        page.get_by_role("button", name="Tìm").click()
        page.locator(".asked a").first.click()
        page.locator(".mark[href]").first.click()
        expect(page.get_by_role("heading", name="Viện dẫn: Chỉ thị số 16/CT-TTg")).to_be_visible()
        page.get_by_role("link", name="Xem tại chỗ trong văn bản").click()
        expect(page.locator(".mark:target")).to_be_visible()


def test_what_is_printed_is_the_document_alone(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/document?document=3933/UBND-KGVXNV")
        page.emulate_media(media="print")
        expect(page.locator(".paper")).to_be_visible()
        for gone in (".tabs", ".language", ".top nav", ".hint >> nth=0"):
            expect(page.locator(gone)).to_be_hidden()
        sheet = page.pdf(format="A4", prefer_css_page_size=True)
        assert sheet.startswith(b"%PDF") and 2 <= sheet.count(b"/Type /Page\n") <= 8


def test_a_tile_leads_to_its_row_and_the_provinces_change_with_the_day(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/lineage?document=20-NQ/TW")
        page.get_by_role("link", name="Tình hình triển khai").click()
        expect(page.get_by_text("1 nơi có văn bản trong kho, 1 nơi được nhắc đến, 32 nơi chưa thấy")).to_be_visible()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Tải tệp Word").click()
        assert saved.value.path().read_bytes().startswith(b"PK")
        one.picture("trien-khai")
        page.locator(".tile", has_text="Lâm Đồng").click()
        expect(page.locator("tr:target")).to_contain_text("Chương trình hành động 40-CTr/TU")
        page.get_by_role("link", name="63 tỉnh, thành phố").click()
        expect(page.locator("a.tile")).to_have_count(63)
        assert (
            page.locator("h2", has_text="Chưa thấy").bounding_box()["y"]
            < (  # type: ignore[index]
                page.locator("h2", has_text="Đã có").bounding_box()["y"]  # type: ignore[index]
            )
        )


def test_tasks_are_found_by_body_kept_as_files_and_marked_as_done(browser: Browser, office: Server) -> None:
    with visitor(browser, office.address) as one:
        page = one.go("/")
        page.get_by_role("link", name="Nhiệm vụ").click()
        page.get_by_label("Cơ quan", exact=True).fill("Sở Y tế")
        page.get_by_label("Vai trò").select_option("chủ trì")
        page.get_by_role("button", name="Xem nhiệm vụ").click()
        expect(page.locator("tbody tr").first).to_contain_text("Sở Y tế")
        one.picture("nhiem-vu")
        for label, begin in (("Excel (XLSX)", b"PK"), ("CSV", b"\xef\xbb\xbf"), ("Lịch (ICS)", b"BEGIN:VCALENDAR")):
            with page.expect_download() as saved:
                page.get_by_role("link", name=label).click()
            assert saved.value.path().read_bytes().startswith(begin)
        page.get_by_role("link", name="Nhập khóa để đánh dấu").click()
        page.get_by_label("Khóa").fill(KEY)
        page.get_by_role("button", name="Dùng khóa này").click()
        row = page.locator("tbody tr").first
        row.get_by_role("button", name="Đánh dấu đã xong").click()
        expect(page.locator("tr:target")).to_contain_text("đã xong")
        assert barriers(page) == []


DRAFT = """KẾ HOẠCH

Thực hiện Nghị quyết số 20-NQ/TW ngày 25/11/2017 của Ban Chấp hành Trung ương Đảng khóa XII; Chỉ thị số 16/CT-TTg ngày
20/9/2022 của Thủ tướng Chính phủ; Quyết định số 376/QĐ-TTg ngày 17/3/2020 của Thủ tướng Chính phủ;
Quyết định số 9999/QĐ-BYT ngày 01/02/2020 của Bộ Y tế, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
"""


def test_a_draft_is_pasted_checked_and_its_list_copied(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address, permissions=["clipboard-read", "clipboard-write"]) as one:
        page = one.go("/draft")
        page.get_by_label("Nội dung dự thảo").fill(DRAFT)
        page.get_by_role("button", name="Rà soát viện dẫn").click()
        expect(page.get_by_role("status").first).to_contain_text("4 văn bản được viện dẫn, 3 văn bản cần xem lại")
        one.picture("du-thao")
        assert barriers(page) == []
        page.locator(".paper .mark").first.click()
        expect(page.locator("li:target")).to_contain_text("ngày đã biết của văn bản là 25/10/2017")
        page.get_by_role("button", name="Chép danh mục").click()
        expect(page.get_by_text("Đã chép.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert "Chỉ thị số 16/CT-TTg ngày 20 tháng 9 năm 2022 của Thủ tướng Chính phủ;" in copied


def test_files_are_dropped_watched_and_found(browser: Browser, office: Server, tmp_path: Path) -> None:
    files = [tmp_path / f"ke-hoach-{number}.txt" for number in (31, 32)]
    for number, file in zip((31, 32), files, strict=True):
        file.write_text(letter(f"{number}/KH-UBND", "Thực hiện Chỉ thị số 16/CT-TTg ngày 20/9/2022."), encoding="utf-8")
    broken = tmp_path / "trang.txt"
    broken.write_bytes(b" \n")
    with visitor(browser, office.address) as one:
        page = one.go("/add")
        page.get_by_role("link", name="Nhập khóa").click()
        page.get_by_label("Khóa").fill(KEY)
        page.get_by_role("button", name="Dùng khóa này").click()
        page.get_by_label("Chọn các tệp").set_input_files([*files, broken])
        expect(page.locator("#picked li")).to_have_count(3)
        page.get_by_role("button", name="Nạp các tệp này").click()
        expect(page.get_by_role("heading", name="Đã nạp 2 tệp, 1 tệp không đọc được")).to_be_visible()
        one.picture("nap-van-ban")
        assert barriers(page) == []
        page.get_by_role("link", name="Kế hoạch 31/KH-UBND").click()
        expect(page.locator(".mark[href]").first).to_have_text(re.compile("Chỉ thị số 16/CT-TTg"))


def test_doubts_are_decided_by_keys(browser: Browser, office: Server) -> None:
    for name in ("plan.txt", "doubtful.txt"):
        put(office.client(), name, POOL[name])
    with visitor(browser, office.address) as one:
        page = one.go("/key?back=/review%3Fdoubt%3Dpartial")
        page.get_by_label("Khóa").fill(KEY)
        page.get_by_role("button", name="Dùng khóa này").click()
        expect(page.locator(".excerpt mark")).to_have_text("Nghị quyết số 20-NQ/TW")
        expect(page.locator(".two section").nth(1)).to_contain_text("Nghị quyết 20-NQ/TW")
        one.picture("xem-xet")
        assert barriers(page) == []
        before = page.locator(".doubt").inner_text()
        page.keyboard.press("g")
        expect(page.get_by_text("Đã ghi quyết định")).to_be_visible()
        assert page.locator(".doubt").count() == 0 or page.locator(".doubt").inner_text() != before
        page.keyboard.press("h")
        expect(page.locator(".doubt")).to_contain_text("20-NQ/TW")
        expect(page.locator(".decided")).to_have_count(0)
        page.get_by_label("dùng phím tắt").uncheck()
        page.keyboard.press("b")
        assert "cursor" not in page.url
        page.get_by_label("dùng phím tắt").check()
        page.keyboard.press("b")
        page.wait_for_url("**cursor=1")
    kept = office.client().get("/api/v1/judgements").json()["judgements"]
    assert "key" not in {said["judgement"]["what"] for said in kept}


# --- the graph


def _ready(page: Page) -> None:
    expect(page.locator("#graph[data-ready=yes]")).to_be_visible()


def _shown(page: Page) -> tuple[set[str], set[str]]:
    found = page.evaluate("document.getElementById('graph').shown()")
    return set(found["nodes"]), set(found["edges"])


def test_the_graph_is_filtered_unfolded_and_found_again_by_its_address(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/graph?document=20-NQ/TW")
        _ready(page)
        before, _ = _shown(page)
        assert NQ20 in before and LETTER not in before
        page.get_by_label("dẫn chiếu").check()
        expect(page.get_by_role("button", name="Công văn 3933/UBND-KGVXNV")).to_be_visible()
        page.get_by_role("button", name="Công văn 3933/UBND-KGVXNV").click()
        expect(page.locator("#chosen h2")).to_be_focused()
        one.picture("do-thi")
        page.get_by_role("button", name="Mở rộng từ văn bản này").click()
        expect(page.get_by_role("button", name="Chỉ thị 16/CT-TTg")).to_be_visible()
        more, _ = _shown(page)
        assert more > before
        page.locator("#fit").click()
        place = page.evaluate(PLACE, LETTER)
        assert barriers(page) == []
        address = page.url
    with visitor(browser, "") as other:
        page = other.go(address)
        _ready(page)
        assert _shown(page)[0] == more
        expect(page.locator("#chosen h2")).to_have_text("Công văn 3933/UBND-KGVXNV")
        again = page.evaluate(PLACE, LETTER)
        assert abs(again["x"] - place["x"]) < 3 and abs(again["y"] - place["y"]) < 3


def test_an_edge_shows_its_quote_and_the_graph_is_kept_as_a_picture(browser: Browser, demo: Server) -> None:
    with visitor(browser, demo.address) as one:
        page = one.go("/graph?document=20-NQ/TW")
        _ready(page)
        edge = next(id for id in _shown(page)[1] if "vn:party:tu@binh-thuan:ctr:n2015:40 IMPLEMENTS" in id)
        place = page.evaluate(PLACE, edge)
        page.locator("#graph").click(position=place)
        expect(page.locator("#chosen blockquote")).to_contain_text("Chương trình hành động số 40-CTr/TU")
        expect(page.locator("#chosen")).to_contain_text("theo Công văn 3933/UBND-KGVXNV")
        with page.expect_download() as saved:
            page.get_by_role("button", name="SVG").click()
        picture = saved.value.path().read_text(encoding="utf-8")
        drawn = ElementTree.fromstring(picture)
        assert "Nghị quyết" in picture and len(drawn.findall("{http://www.w3.org/2000/svg}rect")) == len(
            _shown(page)[0]
        )
        with page.expect_download() as saved:
            page.get_by_role("button", name="PNG").click()
        assert saved.value.path().read_bytes().startswith(b"\x89PNG")
