"""Tables in PDF: the cells that rules enclose are read as rows, over the ends of pages, and tasks in them are found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import scans
import writer
from made_pdf import grid, pdf
from playwright.sync_api import Browser

from graph.spots import spots_of
from ingest.extract import extract
from ingest.read import read_bytes, read_file

TITLES = [(62, 684, "TT"), (84, 684, "Nhiem vu"), (164, 684, "Chu tri")]
ACROSS = (60, 80, 160, 240)


def text_of(data: bytes) -> str:
    return read_bytes(data, "văn bản").text


def test_words_near_to_one_another_are_parted_by_a_rule_and_lines_of_a_cell_are_together() -> None:
    first = [(62, 664, "1"), (84, 664, "Trinh de an so"), (164, 664, "So Y te"), (84, 650, "40-CTr/TU")]
    rules = grid(ACROSS, (640, 680, 700))
    source = read_bytes(pdf([(60, 720, "Phu luc"), *TITLES, *first], rules=rules), "văn bản")
    assert source.text == (
        "Phu luc\n\n| TT | Nhiem vu | Chu tri |\n|---|---|---|\n| 1 | Trinh de an so 40-CTr/TU | So Y te |\n\n"
    )
    at = source.text.index("40-CTr")
    (spot,) = spots_of(source.spots, at, at + 9)
    assert spot.page == 1 and spot.box and spot.box[:2] == pytest.approx((84 / 595, 1 - 659 / 842), abs=0.01)


def test_a_table_goes_on_on_the_next_page_without_its_titles_and_a_cut_row_is_whole() -> None:
    rules = grid(ACROSS, (640, 660, 680, 700))
    one = [(62, 664, "1"), (84, 664, "Trinh de an"), (62, 644, "2"), (84, 644, "Bao cao"), (164, 644, "So Tai")]
    other = [(164, 664, "chinh"), (62, 644, "3"), (84, 644, "Tong ket"), (164, 644, "So Y te")]
    assert text_of(pdf([*TITLES, *one], [*TITLES, *other], rules=rules)).splitlines() == [
        "| TT | Nhiem vu | Chu tri |",
        "|---|---|---|",
        "| 1 | Trinh de an |  |",
        "| 2 | Bao cao | So Tai chinh |",
        "| 3 | Tong ket | So Y te |",
        "",
    ]


def test_a_cell_over_some_columns_and_one_that_is_left_open_are_cells() -> None:
    sides = [(x, 640, x, 700) for x in (60, 240)] + [(x, 640, x, 680) for x in (80, 160)]
    rules = [*sides, (60, 700, 240, 700), (60, 680, 240, 680)]  # nothing below: the row goes on on another page
    words = [(62, 684, "Nhom nhiem vu chung"), (62, 664, "1"), (84, 664, "Trinh de an"), (164, 664, "So Y te")]
    assert text_of(pdf(words, rules=rules)).splitlines()[::2] == [
        "| Nhom nhiem vu chung |  |  |",
        "| 1 | Trinh de an | So Y te |",
    ]


def test_a_frame_around_a_page_and_a_rule_through_a_word_change_nothing() -> None:
    words = [(72, 700, "Mot dong van ban"), (300, 700, "va mot cot khac"), (72, 600, "mot doan o duoi day cot")]
    frame = grid((30, 560), (30, 800))
    assert text_of(pdf(words, rules=[*frame, (80, 560, 80, 780), (200, 560, 200, 780)])) == text_of(pdf(words))


def test_a_drawing_is_not_a_table() -> None:
    words = [(72, 700, "Ban do quy hoach"), (300, 700, "ty le 1/500")]
    lines = [(10 + at % 500, 100 + at // 10, 10 + at % 500, 120 + at // 10) for at in range(5_000)]
    assert "|" not in text_of(pdf(words, rules=lines))


ROWS = [
    (
        "Rà soát cơ chế, chính sách khuyến khích đầu tư hạ tầng số, dữ liệu số",
        "Sở Tài chính",
        "Các sở, ban, ngành",
        "Quý II/2026",
    ),
    (
        "Xây dựng Chương trình hỗ trợ nghiên cứu, chuyển giao công nghệ",
        "Sở Khoa học và Công nghệ",
        "Sở Công Thương",
        "2026",
    ),
    (
        "Tổ chức tập huấn cho cán bộ hợp tác xã về truy xuất nguồn gốc",
        "Sở Nông nghiệp và Môi trường",
        "Hội Nông dân tỉnh",
        "Tháng 9/2026",
    ),
]
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Kế hoạch</title><style>
@page {{ size: A4; margin: 2cm }} body {{ font-family: "DejaVu Serif"; font-size: 11pt }}
table {{ border-collapse: collapse }} td, th {{ vertical-align: top }}</style></head><body>
<p>Số: 552/KH-UBND</p><p>Nhiệm vụ cụ thể như sau:</p>
<table border="1" width="640"><col width="40"><col width="220"><col width="140"><col width="140"><col width="100">
<thead><tr><th>STT</th><th>Nhiệm vụ</th><th>Cơ quan chủ trì</th><th>Cơ quan phối hợp</th><th>Thời hạn</th></tr></thead>
<tbody>{rows}</tbody></table></body></html>"""


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with a table of tasks over some pages."""
    cells = [(f"{row[0]}, lần {number + 1}", *row[1:]) for number in range(9) for row in ROWS]
    rows = "".join(f"<tr><td>{n}</td><td>{'</td><td>'.join(row)}</td></tr>" for n, row in enumerate(cells, start=1))
    path = tmp_path_factory.mktemp("tables") / "kế hoạch.html"
    path.write_text(PAGE.format(rows=rows), encoding="utf-8")
    return path


def tasks(path: Path) -> Sequence[tuple[object, ...]]:
    """The tasks of a file, their words without what parts lines."""
    found = extract(path.stem, read_file(path).text).tasks
    return [(re.sub(r"\s+", " ", one.text), one.lead, one.coordinate, one.deadline) for one in found]


@pytest.mark.browser
def test_tasks_in_a_table_that_a_browser_printed(plan: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(plan.as_uri())
    page.pdf(path=plan.with_suffix(".pdf"), prefer_css_page_size=True)
    page.close()
    assert len(tasks(plan)) == 27 and tasks(plan.with_suffix(".pdf")) == tasks(plan)


@pytest.mark.writer
def test_tasks_in_a_table_that_a_word_processor_wrote(plan: Path, tmp_path: Path) -> None:
    if reason := writer.missing():
        pytest.fail(f"no word processor to test with: {reason}; or set ALLOW_MISSING=writer", pytrace=False)
    docx = writer.converted([plan], "docx", tmp_path)
    (made,) = writer.converted(docx, "pdf", tmp_path)
    assert tasks(docx[0]) == tasks(plan) and tasks(made) == tasks(plan)


@pytest.mark.browser
@pytest.mark.ocr
def test_tasks_in_a_table_that_was_scanned(plan: Path, browser: Browser) -> None:
    """Letters are recognised with faults ("Quý II" as "Quý 11"); rows, who leads and who helps are as on the page."""
    if reason := scans.missing():
        pytest.fail(f"nothing to recognise words with: {reason}; or set ALLOW_MISSING=ocr", pytrace=False)
    page = browser.new_page()
    page.goto(plan.as_uri())
    page.pdf(path=plan.with_suffix(".pdf"), prefer_css_page_size=True)
    page.close()
    found = tasks(scans.scanned(plan.with_suffix(".pdf"), plan.with_suffix(".scan.pdf")))
    said = [one[1:3] for one in tasks(plan)]
    assert len(found) == len(said)
    assert sum(one[1:3] == other for one, other in zip(found, said, strict=True)) >= 0.9 * len(said)
