"""Web pages: the document without the site, tables kept, places by paragraph."""

from __future__ import annotations

import pytest

from graph.spots import spots_of
from ingest.extract import extract
from ingest.read import Source, Unreadable, read_bytes

MENU = "<ul>" + "".join(f'<li><a href="/{at}">Văn bản mới số {at}</a></li>' for at in range(30)) + "</ul>"
PLAN = """
<table border=0><tr><td><b>ỦY BAN NHÂN DÂN<br>TỈNH BÌNH THUẬN</b><br>-------</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>
Độc lập - Tự do - Hạnh phúc</b></td></tr>
<tr><td>Số: 1511/KH-UBND</td><td><i>Bình Thuận, ngày 12 tháng 8 năm 2022</i></td></tr></table>
<p align=center><b>KẾ HOẠCH</b></p><p align=center><b>Chăm sóc sức khỏe nhân dân</b></p>
<p>Thực hiện Nghị quyết số <span>20</span>-NQ/TW
   ngày 25/10/2017;</p><ol start=2><li>Giao <b>Sở Y tế</b> chủ trì.</li><li><p>Giao Sở Tài chính.</p></li></ol>
<ul><li>gạch</li><li>- gạch sẵn</li></ul>
<table border=1><tr><th>Việc</th><th colspan=2>Ai</th></tr><tr><td>Rà soát<td>Sở Y tế<br>Sở Nội vụ<td></tr></table>
<table><tr><td>Nơi nhận:<br>- Như trên;</td>
<td><b>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH</b><br><br>Nguyễn Văn A</td></tr></table>
"""


def read(body: str, encoding: str = "utf-8", head: str = "") -> Source:
    page = f"<!DOCTYPE html><html><head><title>Trang</title>{head}</head><body>{body}</body></html>"
    source = read_bytes(page.encode(encoding), "tải về")
    assert source.format == "HTML"
    return source


def test_a_table_that_is_nearly_all_of_a_page_is_a_table_and_one_around_it_is_not() -> None:
    rows = "".join(f"<tr><td>{at}<td>Rà soát chính sách khuyến khích đầu tư<td>Sở Tài chính</tr>" for at in range(30))
    table = f"<table><thead><tr><th>TT<th>Nhiệm vụ<th>Chủ trì</tr></thead><tbody>{rows}</tbody></table>"
    said = read(f"<p>Phụ lục</p>{table}").text
    assert said.startswith("Phụ lục\n\n| TT | Nhiệm vụ | Chủ trì |\n|---|---|---|\n| 0 | Rà soát")
    assert read(f"<table><tr><td>menu<td><p>Phụ lục</p>{table}</table>").text == said


def test_cells_over_some_rows_and_columns_leave_the_others_in_their_columns() -> None:
    table = """<table><tr><td>1<td>Rà soát<td rowspan=2>Sở Tài chính<td rowspan=3>2026</tr><tr><td>2<td>Trình</tr>
    <tr><td>3<td>Tổ chức<td>Sở Y tế</tr><tr><td>4<td colspan=2 rowspan=2>Bãi bỏ<td>2027</tr><tr><td>5<td>2028</tr>
    </table>"""
    assert read(f"<p>Phụ lục</p>{table}").text.splitlines()[2:] == [
        "| 1 | Rà soát | Sở Tài chính | 2026 |",
        "|---|---|---|---|",
        "| 2 | Trình |  |  |",
        "| 3 | Tổ chức | Sở Y tế |  |",
        "| 4 | Bãi bỏ |  | 2027 |",
        "| 5 |  |  | 2028 |",
        "",
    ]


def test_the_document_is_read_without_the_site() -> None:
    site = f"<header>Cổng thông tin</header><nav>{MENU}</nav><div>{MENU}</div><div id=main><div>{PLAN}</div></div>"
    site += "<script>var a = 'Nghị quyết số 99-NQ/TW';</script><div style='display: none'>ẩn</div>"
    site += f"<footer>Bản quyền</footer>{MENU}"
    assert read(site).text == read(PLAN).text


def test_its_header_tables_lists_and_signature_are_read() -> None:
    text = read(PLAN).text
    reading = extract("x", text)
    header = reading.header
    assert (header.number, header.date, header.subject) == ("1511/KH-UBND", "2022-08-12", "Chăm sóc sức khỏe nhân dân")
    assert (header.issuer, header.signer) == ("Ủy ban nhân dân tỉnh Bình Thuận", "Nguyễn Văn A")
    assert [one.number for one in reading.citations] == ["20-NQ/TW"]
    for line in (
        "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM  \nĐộc lập - Tự do - Hạnh phúc**\n\n",
        "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017;\n\n2. Giao Sở Y tế chủ trì.\n\n",
        "3. Giao Sở Tài chính.\n\n- gạch\n\n- gạch sẵn\n\n",
        "| Việc | Ai |  |\n|---|---|---|\n| Rà soát | Sở Y tế<br>Sở Nội vụ |  |\n",
    ):
        assert line in text


def test_a_page_that_is_set_out_in_tables_is_read_whole() -> None:
    assert "Số: 1511/KH-UBND\n\n" in read(f"<table><tr><td>{MENU}</td><td>{PLAN}</td></tr></table>").text


def test_a_citation_is_found_in_its_paragraph() -> None:
    source = read(PLAN)
    (cited,) = extract("x", source.text).citations
    (spot,) = spots_of(source.spots, cited.start, cited.end)
    assert spot.paragraph is not None and source.text[spot.start : spot.end] == cited.text


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1258"])
def test_pages_in_other_encodings(encoding: str) -> None:
    words = "<p>Nghị quyết về chăm sóc sức khỏe nhân dân trong tình hình mới của Ban Chấp hành Trung ương</p>"
    if encoding == "cp1258":
        from ingest.encodings import code_page

        data = b"<html><body>" + code_page("CP1258").encode(words) + b"</body></html>"
        source = read_bytes(data, "x")
    else:
        source = read(words, encoding)
    assert source.text.strip() == words[3:-4]


def test_pages_in_fonts_of_before_unicode() -> None:
    assert read("<p><font face='.VnTime'>NghÞ quyÕt</font> mới</p>").text == "Nghị quyết mới\n\n"
    words = "Céng hßa x· héi chñ nghÜa ViÖt Nam, NghÞ quyÕt vÒ ch¨m sãc søc kháe nh©n d©n trong t×nh h×nh míi"
    assert read(f"<p>{words}</p>").text.startswith("Cộng hòa xã hội chủ nghĩa Việt Nam, Nghị quyết về chăm sóc")


def test_markdown_with_tags_is_no_web_page() -> None:
    assert read_bytes("Số: 1/KH<br>một <b>dòng</b>".encode(), "x.html").format == "text"


@pytest.mark.parametrize("body", ["", "<script>x</script>", "<div>" * 100_000, "<p>&nbsp;</p>"])
def test_pages_without_words_are_refused(body: str) -> None:
    with pytest.raises(Unreadable, match="it holds no words"):
        read(body)


def test_deep_and_broken_pages_are_read_as_far_as_they_go() -> None:
    assert "chữ" in read("<p>chữ" + "<b>" * 50_000).text
    assert "chữ" in read("<table><tr><td>chữ<p><div></table></td>").text
