"""PDF with text: read as the eye reads, healed of lines and pages, refused when locked, broken or without letters."""

from __future__ import annotations

import pytest
from made_pdf import bomb, form, locked, pdf

from graph.spots import spots_of
from ingest import read_scan
from ingest.extract import extract
from ingest.read import Source, Unreadable, read_bytes

Page = list[tuple[float, float, str]]


def read(data: bytes) -> Source:
    source = read_bytes(data, "văn bản")
    assert source.format == "PDF"
    return source


def lines(*texts: str, top: float = 700, left: float = 72) -> Page:
    return [(left, top - 16 * at, text) for at, text in enumerate(texts)]


def test_wrapped_lines_are_one_paragraph_and_numbers_are_healed() -> None:
    body = lines(
        "Thuc hien Nghi quyet so 20-NQ/TW ngay 25/10/2017 cua Ban Chap hanh, Quyet dinh so 1511/",
        "QD-UBND ngay 12/8/2022 va cac van ban khac ve cham soc suc khoe nhan dan trong tinh hinh",
        "moi tren dia ban tinh giai doan 2016 -",
        "2020.",
        "Doan van thu hai.",
    )
    assert read(pdf(body)).text == (
        "Thuc hien Nghi quyet so 20-NQ/TW ngay 25/10/2017 cua Ban Chap hanh, Quyet dinh so 1511/QD-UBND ngay 12/8/2022 "
        "va cac van ban khac ve cham soc suc khoe nhan dan trong tinh hinh moi tren dia ban tinh giai doan 2016 -  \n"
        "2020.  \nDoan van thu hai.\n"
    )


def test_what_opens_an_item_or_follows_a_colon_may_stand_within_a_sentence() -> None:
    body = lines(
        "Thu tam, ve tiem chung va dau tu: (1) Thuc hien dong bo cac bien phap tiem vac xin + cach ly",
        "+ y thuc nguoi dan + cac bien phap khac ve phong dich, chong dich va khoi phuc kinh te, xa hoi;",
        "(2) Tiep tuc phoi hop trong viec lap chu truong dau tu Benh vien da khoa cua tinh, co so hai:",
        "Giao Phong Ke hoach tai chinh tham muu ve dau tu cong trung han trong ca giai doan 2026",
        "- 2030.",
    )
    said = read(pdf(body)).text
    assert said == " ".join(text for *_, text in body) + "\n"
    # What begins a paragraph is an item, as before.
    items = lines("Cac viec sau:", "- mot viec;", "- Hai viec;", "(1) Viec ba.")
    assert read(pdf(items)).text.count("\n") == 7


def test_columns_of_a_letterhead_are_apart_and_letters_in_any_order_are_sorted() -> None:
    head = [(72, 780, "UBND TINH HA GIANG"), (330, 780, "CONG HOA XA HOI CHU NGHIA VIET NAM")]
    number = [(72, 764, "So: 12/KH-UBND"), (330, 764, "Ha Giang, ngay 05 thang 01 nam 2023")]
    assert read(pdf([*head, *number])).text == "".join(f"{text}\n\n" for *_, text in (*head, *number))[:-1]
    mixed = [(72, 700, "K"), (88.6, 700, "ho"), (110, 700, "ch"), (80, 700, "e"), (102.6, 700, "a")]
    assert read(pdf([*mixed, *lines("Mot dong van ban binh thuong o ben duoi.", top=600)])).text.startswith(
        "Ke hoach\n\n"
    )


def test_page_numbers_and_running_heads_go_and_pages_are_healed() -> None:
    def page(number: int, *body: str) -> Page:
        return [(300, 800, "Cong bao"), (300, 30, f"Trang {number}/3"), *lines(*body)]

    wide = "mot dong dai cua mot doan van keo dai sang trang sau va khong co dau cham cuoi dong nay"
    named = read(pdf(lines(wide), lines("Uy ban nhan dan tinh."), lines("BI THU", "Do Tien Sy"))).text
    assert f"{wide} Uy ban nhan dan tinh.\n\nBI THU" in named
    said = read(pdf(page(1, wide), page(2, "tiep tuc o day.", "Trang cuoi"), page(3, "Het.", "Ky ten"))).text
    assert "Trang 1" not in said and said.count("Cong bao") == 1
    assert f"{wide} tiep tuc o day." in said


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_turned_page_is_read_and_its_boxes_are_those_that_are_seen(turned: int) -> None:
    source = read(pdf([(72, 700, "Nghi quyet so 20-NQ/TW ngay 25/10/2017")], turned=turned))
    assert source.text == "Nghi quyet so 20-NQ/TW ngay 25/10/2017\n"
    box = source.spots[0].box
    assert box is not None
    left, top, right, bottom = box
    middle = ((left + right) / 2, (top + bottom) / 2)
    seen = {0: (0.31, 0.16), 90: (0.84, 0.31), 180: (0.69, 0.84), 270: (0.16, 0.69)}[turned]
    assert middle == pytest.approx(seen, abs=0.02)


def test_a_citation_is_found_on_its_page_in_its_box() -> None:
    source = read(
        pdf(lines("Trang dau khong co gi o day ca"), lines("Can cu Quyet dinh so 376/QD-TTg ngay 17/3/2021;"))
    )
    (cited,) = extract("x", source.text).citations
    (spot,) = spots_of(source.spots, cited.start, cited.end)
    assert spot.page == 2 and spot.box is not None
    assert 0.15 < spot.box[0] < spot.box[2] < 0.6 and 0.15 < spot.box[1] < spot.box[3] < 0.19


def test_bold_words_are_marked_as_in_markdown() -> None:
    assert read(pdf(lines("KE HOACH CHAM SOC SUC KHOE"), bold=True)).text == "**KE HOACH CHAM SOC SUC KHOE**\n"


def test_form_fields_and_signatures_are_read() -> None:
    said = read(form("So cua van ban:", "12/KH-UBND", "Nguoi ky: Nguyen Van A")).text
    assert "So cua van ban:" in said and "12/KH-UBND" in said and "Nguoi ky: Nguyen Van A" in said


def test_fonts_of_before_unicode_are_converted() -> None:
    words = lines("Céng hßa x· héi chñ nghÜa ViÖt Nam, NghÞ quyÕt vÒ ch¨m sãc søc kháe nh©n d©n", "trong t×nh h×nh míi")
    source = read(pdf(words))
    assert source.text.startswith("Cộng hòa xã hội chủ nghĩa Việt Nam, Nghị quyết về chăm sóc sức khỏe nhân dân")
    assert "TCVN3" in source.notes[0]


def test_pages_without_text_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_scan, "available", lambda: False)
    source = read(pdf(lines("Mot trang co chu va mot trang khong co"), [(300, 400, "-")], []))
    assert source.notes == ("pages without text, not read: 2",)


def test_a_page_with_a_few_letters_and_nothing_else_is_no_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_scan, "available", lambda: True)
    monkeypatch.setattr(read_scan, "recognised", lambda *_: pytest.fail("it was recognised"))
    source = read(pdf(lines("Mot trang co chu, va mot trang co chu ky"), lines("BI THU", "Do Tien Sy")))
    assert source.text.endswith("\n\nBI THU Do Tien Sy\n") and source.notes == ()


def test_lines_that_were_set_in_no_order_are_sorted_each_on_its_own() -> None:
    """As a word processor sets letters with marks from another font: after the others of their line."""
    wide = [(72, 700, "Quan tri"), (128.1, 700, "thuc hi"), (170.1, 700, "n"), (114.7, 700, "et"), (163.4, 700, "e")]
    below = [(300, 680, "mot cot"), (72, 680, "cot kia"), (72, 660, "va mot dong binh thuong")]
    said = read(pdf([*wide, *below])).text.split()
    assert " ".join(said) == "Quan triet thuc hien cot kia mot cot va mot dong binh thuong"


GARBAGE = "".join(chr(code) for code in (*range(0xC0, 0xFF), 0xA5, 0xA7, 0xB6)) + " "


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (locked(lines("mat khau")), "it is locked with a password"),
        (pdf(), "it has no pages"),
        (pdf([], []), "its pages are pictures or empty, without text"),
        (pdf(lines(*[" ".join(GARBAGE[at : at + 5] for at in range(0, 60, 5))] * 4)), "do not say which letters"),
        (b"%PDF-1.7\n%\xe2\xe3", "it is damaged or not whole"),
        (pdf(lines("mot nua tep"))[:400], "it is damaged or not whole"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(data: bytes, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_scan, "available", lambda: False)
    with pytest.raises(Unreadable, match=why):
        read_bytes(data, "x.pdf")


def test_a_pdf_with_too_many_pages_is_refused_unread() -> None:
    with pytest.raises(Unreadable, match="it has 5000 pages, more than the 2000 that are read; split it"):
        read_bytes(pdf([]).replace(b"/Count 1", b"/Count 5000"), "x.pdf")


def test_bytes_before_the_mark_do_not_matter() -> None:
    assert read(b"\r\n\0junk\n" + pdf(lines("Mot dong chu o day de doc duoc"))).text.startswith("Mot dong")


def test_content_that_unpacks_without_end_is_bounded() -> None:
    with pytest.raises(Unreadable):
        read_bytes(bomb(60), "x.pdf")
