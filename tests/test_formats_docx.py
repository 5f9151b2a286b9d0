"""DOCX: what a word processor shows is what is read, and hostile files are refused."""

from __future__ import annotations

import pytest
from made_files import W, docx, p, table, zipped

from graph.spots import spots_of
from ingest.extract import extract
from ingest.read import Source, Unreadable, read_bytes


def read(body: str, **parts: str) -> Source:
    source = read_bytes(docx(body, **parts), "tệp.bin")
    assert source.format == "DOCX"
    return source


def test_paragraphs_breaks_bold_and_hidden_words() -> None:
    broken = "<w:p><w:r><w:t>dòng 1</w:t><w:br/><w:t>dòng 2</w:t></w:r></w:p>"
    hidden = "<w:p><w:r><w:t>thấy</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t> ẩn</w:t></w:r></w:p>"
    caps = p("Ủy ban nhân dân", look="<w:caps/><w:b/>")
    dash = "<w:p><w:r><w:t>20</w:t><w:noBreakHyphen/><w:t>NQ/TW</w:t></w:r></w:p>"
    said = read(broken + hidden + caps + dash + p("")).text
    assert said == "dòng 1  \ndòng 2\n\nthấy\n\n**ỦY BAN NHÂN DÂN**\n\n20-NQ/TW\n\n"


def test_tracked_insertions_are_kept_and_deletions_dropped() -> None:
    body = (
        "<w:p><w:r><w:t>Nghị quyết số </w:t></w:r><w:ins><w:r><w:t>20</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>19</w:delText></w:r></w:del><w:r><w:t>-NQ/TW</w:t></w:r></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>chuyển đi</w:t></w:r></w:moveFrom></w:p>"
        "<w:p><w:moveTo><w:r><w:t>chuyển đến</w:t></w:r></w:moveTo></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>đoạn đầu </w:t></w:r></w:p>" + p("nối liền")
    )
    assert read(body).text == "Nghị quyết số 20-NQ/TW\n\nchuyển đến\n\nđoạn đầu nối liền\n\n"


def test_automatic_numbers_are_those_that_a_reader_sees() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    shape = (
        level.format(0, "decimal", "Điều %1.") + level.format(1, "lowerLetter", "%2)") + level.format(2, "bullet", "x")
    )
    num = '<w:num w:numId="{}"><w:abstractNumId w:val="0"/>{}</w:num>'
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>'
    numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{shape}</w:abstractNum>'
    numbering += num.format(1, "") + num.format(2, "") + num.format(3, again) + "</w:numbering>"
    styles = f'<w:styles {W}><w:style w:styleId="D"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    styles += '<w:style w:styleId="E"><w:basedOn w:val="D"/><w:rPr><w:b/></w:rPr></w:style></w:styles>'

    def item(list_: int, at: int, words: str) -> str:
        return p(words, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{list_}"/></w:numPr>')

    body = p("a", '<w:pStyle w:val="D"/>') + item(1, 1, "b") + item(1, 1, "c") + item(2, 0, "d") + item(2, 1, "e")
    body += item(1, 2, "f") + p("g", '<w:pStyle w:val="E"/>') + item(3, 0, "h") + item(0, 0, "không")
    lines = read(body, numbering=numbering, styles=styles).text.split("\n\n")
    assert lines[:-1] == [
        "Điều 1. a", "a) b", "b) c", "Điều 2. d", "a) e", "- f", "**Điều 3. g**", "Điều 7. h", "không",
    ]  # fmt: skip


def test_letterhead_tables_are_read_cell_by_cell_and_data_tables_as_rows() -> None:
    head = table(
        (p("UBND TỈNH BÌNH THUẬN"), p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")),
        (p("Số: 12/KH-UBND"), p("Bình Thuận, ngày 05 tháng 01 năm 2023")),
    )
    data = table((p("Nhiệm vụ"), p("Chủ trì")), (p("Rà soát | quy hoạch"), p("Sở Y tế") + p("Sở Tài chính")))
    source = read(head + p("KẾ HOẠCH") + p("Triển khai công tác y tế") + data)
    header = extract("x", source.text).header
    assert (header.number, header.date, header.type) == ("12/KH-UBND", "2023-01-05", "Kế hoạch")
    assert header.issuer == "Ủy ban nhân dân tỉnh Bình Thuận"
    assert source.text.endswith(
        "| Nhiệm vụ | Chủ trì |\n|---|---|\n| Rà soát / quy hoạch | Sở Y tế<br>Sở Tài chính |\n\n"
    )


def test_headers_footers_footnotes_and_text_boxes_are_read() -> None:
    box = (
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>" + p("trong hộp") + "</w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent>" + p("trong hộp") + "</w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "<w:t>bên ngoài</w:t></w:r></w:p>"
    )
    note = f'<w:footnotes {W}><w:footnote w:type="separator">{p("x")}</w:footnote>'
    note += f"<w:footnote>{p('Theo Quyết định số 376/QĐ-TTg.')}</w:footnote></w:footnotes>"
    page = f"<w:hdr {W}>{p('LƯU HÀNH NỘI BỘ')}{p('Trang 3')}</w:hdr>"
    source = read(box, footnotes=note, header1=page, header2=page, footer1=f"<w:ftr {W}>{p('chân trang')}</w:ftr>")
    assert source.text.split("\n\n")[:-1] == [
        "LƯU HÀNH NỘI BỘ", "bên ngoài", "trong hộp", "Theo Quyết định số 376/QĐ-TTg.", "chân trang",
    ]  # fmt: skip
    assert [one.part for one in source.spots] == ["header", None, None, "footnotes", "footer"]
    assert extract("x", source.text).header.circulation == "LƯU HÀNH NỘI BỘ"


def test_a_citation_is_found_in_its_paragraph() -> None:
    source = read(p("Mở đầu") + p("Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017.") + p("Hết"))
    (cited,) = extract("x", source.text).citations
    (spot,) = spots_of(source.spots, cited.start, cited.end)
    assert spot.paragraph == 2 and source.text[spot.start : spot.end] == cited.text


def test_fonts_of_before_unicode_are_converted() -> None:
    font = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    body = p("NghÞ quyÕt", look=font.format(".VnTime")) + p("céng hßa", look=font.format(".VnTimeH"))
    body += p("Nghò quyeát", look=font.format("VNI-Times")) + p("đã là Unicode", look=font.format("Arial"))
    assert read(body).text.split("\n\n")[:-1] == ["Nghị quyết", "CỘNG HÒA", "Nghị quyết", "đã là Unicode"]


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (zipped({"word/document.xml": f"{LAUGHS}<w:document {W}>&b;</w:document>"}), "declares entities"),
        (zipped({"word/document.xml": b"<w:document>" + b" " * 60_000_000}), "unpacks to far more"),
        (zipped({"word/document.xml": "<w:document><w:body>"}), "is not whole"),
        (docx(p("chữ" * 2000))[:-300], "is damaged or not whole"),
        (docx(p("")), "it holds no words"),
        (docx("<w:p>" * 5_000), "is not whole"),
        (docx("<w:sdt>" * 250 + "</w:sdt>" * 250), "it holds no words"),
    ],
)
def test_hostile_files_are_refused_with_the_reason(data: bytes, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        read_bytes(data, "x.docx")
