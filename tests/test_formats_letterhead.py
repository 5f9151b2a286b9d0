"""A letterhead set out in a table, stamps of arrival and of a copy, a signature: the same header from each format."""

from __future__ import annotations

from pathlib import Path

import pytest
import writer
from playwright.sync_api import Browser

from graph.model import Header
from ingest.extract import extract
from ingest.read import read_file

PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Công văn</title>
<style>body { font-family: "DejaVu Serif"; font-size: 11pt }</style></head><body>
<table width="640"><col width="280"><col width="360"><tr>
<td align="center"><p>UBND TỈNH LÀO CAI<br><b>SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG</b></p></td>
<td align="center"><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b></p></td></tr>
<tr><td align="center"><p>Số: 2077/SNNMT-KL</p><p>V/v ứng phó mưa lũ</p></td>
<td align="center"><p><i>Lào Cai, ngày 23 tháng 11 năm 2025</i></p></td></tr></table>
<table border="1"><tr><td><p><b>ĐẾN</b></p><p>Số: 812</p><p>Ngày: 24/11/2025</p></td></tr></table>
<p align="center">Kính gửi: Ủy ban nhân dân các xã, phường.</p>
<p>Thực hiện Công điện số 224/CĐ-TTg ngày 22/11/2025 của Thủ tướng Chính phủ về ứng phó mưa lũ, Sở Nông nghiệp và Môi
trường đề nghị Ủy ban nhân dân các xã, phường thực hiện các nhiệm vụ sau đây
trong tuần này và báo cáo kết quả về Sở.</p>
<table width="640"><col width="300"><col width="340"><tr>
<td><p><b>Nơi nhận:</b><br>- Như trên;<br>- UBND tỉnh (để báo cáo);<br>- Lưu: VT, KL.</p></td>
<td align="center"><p><b>KT. GIÁM ĐỐC<br>PHÓ GIÁM ĐỐC</b></p><p><br></p><p><b>Hoàng Quốc Bảo</b></p></td></tr></table>
<p><b>SAO Y BẢN CHÍNH</b></p><p>Số: 15/SY-UBND</p><p>Lào Cai, ngày 25 tháng 11 năm 2025</p></body></html>"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("letterhead") / "công văn.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def is_read(path: Path) -> None:
    header: Header = extract(path.name, read_file(path).text).header
    assert (header.number, header.date, header.type) == ("2077/SNNMT-KL", "2025-11-23", "Công văn")
    assert (header.issuer, header.place) == ("Sở Nông nghiệp và Môi trường tỉnh Lào Cai", "tỉnh Lào Cai")
    assert (header.subject, header.signer) == ("ứng phó mưa lũ", "Hoàng Quốc Bảo")
    assert header.stamps == ("ĐẾN số 812 ngày 2025-11-24", "SAO Y số 15/SY-UBND ngày 2025-11-25")
    assert header.recipients == ("Như trên", "UBND tỉnh (để báo cáo)")


def test_html(page: Path) -> None:
    is_read(page)


@pytest.mark.writer
def test_docx(page: Path, tmp_path: Path) -> None:
    if reason := writer.missing():
        pytest.fail(f"no word processor to test with: {reason}; or set ALLOW_MISSING=writer", pytrace=False)
    is_read(*writer.converted([page], "docx", tmp_path))


@pytest.mark.browser
def test_pdf(page: Path, browser: Browser) -> None:
    opened = browser.new_page()
    opened.goto(page.as_uri())
    opened.pdf(path=page.with_suffix(".pdf"), format="A4")
    opened.close()
    is_read(page.with_suffix(".pdf"))
