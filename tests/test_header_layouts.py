"""Whatever the layout and wherever the lines break, a header reads back to the parts it was printed from."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Header
from ingest.clean import clean
from ingest.header import read_header
from ingest.header_zones import zones
from ingest.tables import table


@dataclass(frozen=True)
class Parts:
    """What is printed, and what is to be read back."""

    parent: str
    issuer: str
    issuer_read: str
    number: str
    type: str
    place: str
    day: int
    month: int
    year: int
    subject: str
    capacity: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]

    @property
    def date(self) -> str:
        return f"{self.year}-{self.month:02}-{self.day:02}"

    @property
    def printed_date(self) -> str:
        return f"{self.place}, ngày {self.day:02} tháng {self.month:02} năm {self.year}"


WORDS = [
    "công tác", "bảo vệ", "môi trường", "năm 2025", "chuyển đổi số", "an toàn thực phẩm", "phòng, chống thiên tai",
    "trên địa bàn", "giai đoạn 2026 - 2030", "giáo dục", "và đào tạo", "của các cơ quan", "nông thôn mới", "y tế cơ sở",
]  # fmt: skip
RECIPIENTS = [
    "Như trên", "Như Điều 3", "Bộ Y tế", "Thường trực Tỉnh ủy", "Chủ tịch, các PCT UBND tỉnh", "VPUB: CVP, các PCVP",
    "Cục Kiểm tra văn bản - Bộ Tư pháp", "UBND các xã, phường", "Trang TTĐT tỉnh", "Các Bộ: TC, NV (để b/c)",
]  # fmt: skip
SIGNERS = [
    "Lê Khắc Nam",
    "Trần Thị Diệu Thúy",
    "Bùi Thanh Sơn",
    "Đỗ Tiến Sỹ",
    "Nguyễn Thị Bích Ngọc",
    "Tô Lâm",
    "Hoàng Nam",
]
TYPES = [
    ("Kế hoạch", "KH"),
    ("Quyết định", "QĐ"),
    ("Chỉ thị", "CT"),
    ("Thông báo", "TB"),
    ("Báo cáo", "BC"),
    ("Tờ trình", "TTr"),
]
OFFICES = [
    ("Ủy ban nhân dân", "UBND", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ("Ủy ban nhân dân", "UBND", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ("Hội đồng nhân dân", "HĐND", ("CHỦ TỊCH",)),
    ("Sở Y tế", "SYT", ("GIÁM ĐỐC",)),
    ("Sở Nông nghiệp và Môi trường", "SNNMT", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
]  # fmt: skip


@st.composite
def parts(draw: st.DrawFn) -> Parts:
    province = draw(st.sampled_from(table("places")["province_2025"]))
    body, code, capacity = draw(st.sampled_from(OFFICES))
    name, letters = draw(st.sampled_from(TYPES))
    place = f"{province['kind']} {province['name']}"
    office = body.startswith("Sở")
    return Parts(
        parent=f"ỦY BAN NHÂN DÂN {place}".upper() if office else "",
        issuer=body.upper() if office else f"{body} {place}".upper(),
        issuer_read=f"{body} {place}",
        number=f"{draw(st.integers(1, 9999))}/{letters}-{code}",
        type=name,
        place=province["name"],
        day=draw(st.integers(1, 28)),
        month=draw(st.integers(1, 12)),
        year=draw(st.integers(1990, 2026)),
        subject=" ".join(["Về việc tăng cường", *draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8))]),
        capacity=capacity,
        signer=draw(st.sampled_from(SIGNERS)),
        recipients=tuple(draw(st.lists(st.sampled_from(RECIPIENTS), min_size=1, max_size=6, unique=True))),
    )


def wrapped(draw: st.DrawFn, text: str) -> str:
    """`text` with up to two of its blanks made line breaks."""
    words = text.split()
    breaks = draw(st.sets(st.integers(1, max(1, len(words) - 1)), max_size=2))
    return words[0] + "".join(("\n" if n in breaks else " ") + word for n, word in enumerate(words) if n)


def web(draw: st.DrawFn, said: Parts) -> str:
    """A page turned into Markdown: every cell on lines of its own, borders on theirs, lines broken anywhere."""
    issuer = "\n".join(filter(None, [said.parent, "**" + wrapped(draw, said.issuer) + "**"]))
    lines = [
        "|", issuer, "-------", "|", "**" + wrapped(draw, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + "**",
        "Độc lập - Tự do - Hạnh phúc", "---------------", "|", "|", f"Số: {said.number}", "|",
        "*" + wrapped(draw, said.printed_date) + "*", "|", "", f"**{said.type.upper()}**", "",
        wrapped(draw, said.subject.upper()), "", "Căn cứ Luật Tổ chức chính quyền địa phương;", "",
        "Điều 1. Làm việc này./.", "|", "*Nơi nhận:*", *(f"- {one};" for one in said.recipients), "- Lưu: VT, TH.", "|",
        *(f"**{one}**" for one in said.capacity), said.signer, "|",
    ]  # fmt: skip
    return "\n".join(lines)


def scan(draw: st.DrawFn, said: Parts) -> str:
    """A recognised scan: blocks between blank lines, bold, two blanks at line ends."""
    parent = f"{said.parent}  \n" if said.parent else ""
    blocks = [
        f"**{parent}{said.issuer}**", "**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM  \nĐộc lập - Tự do - Hạnh Phúc**",
        f"Số: {said.number}", f"*{said.printed_date}*", f"## **{said.type.upper()}**", f"**{said.subject}**",
        "Căn cứ Luật Tổ chức chính quyền địa phương;", "Điều 1. Làm việc này./.", "### **Nơi nhận:**",
        "\n".join([*(f"- {one};" for one in said.recipients), "- Lưu: VT."]),
        "**" + "  \n".join(said.capacity) + "**", f"**{said.signer}**",
    ]  # fmt: skip
    return "\n\n".join(blocks)


def columns(draw: st.DrawFn, said: Parts) -> str:
    """Plain text with two columns side by side."""
    left = [*filter(None, [said.parent, said.issuer]), "", f"Số: {said.number}"]
    right = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "", said.printed_date]
    right = right[: len(left) - 1] + right[len(left) - 1 :]
    left += [""] * (len(right) - len(left))
    end_left = ["Nơi nhận:", *(f"- {one};" for one in said.recipients), "- Lưu: VT, TH."]
    end_right = [*said.capacity, "", said.signer]
    end_left += [""] * (len(end_right) - len(end_left))
    end_right += [""] * (len(end_left) - len(end_right))
    head = [f"{a:<70}{b}".rstrip() for a, b in zip(left, right, strict=False)]
    end = [f"{a:<50}{b}".rstrip() for a, b in zip(end_left, end_right, strict=True)]
    return "\n".join([*head, "", said.type.upper(), said.subject, "", "Căn cứ Luật;", "Điều 1. Làm./.", "", *end])


def table_row(draw: st.DrawFn, said: Parts) -> str:
    """A Markdown table whose cells were put on one line each."""
    issuer = " ".join(filter(None, [said.parent, said.issuer]))
    receivers = " ".join(f"- {one};" for one in said.recipients)
    return "\n".join([
        f"| {issuer} ------- | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc ------- |", "|---|---|",
        f"| Số: {said.number} | {said.printed_date} |", "", said.type.upper(), "", said.subject.upper(), "",
        "Căn cứ Luật Tổ chức chính quyền địa phương;", "", "Điều 1. Làm việc này./.", "",
        f"| Nơi nhận: {receivers} - Lưu: VT. | {' '.join(said.capacity)} {said.signer} |", "|---|---|",
    ])  # fmt: skip


@pytest.mark.parametrize("layout", [web, scan, columns, table_row], ids=lambda layout: layout.__name__)
@given(data=st.data())
@settings(deadline=None, max_examples=150)
def test_a_header_reads_back_to_its_parts(layout, data: st.DataObject) -> None:  # type: ignore[no-untyped-def]
    said = data.draw(parts())
    text = layout(data.draw, said)
    read = read_header(clean(text))
    assert (read.number, read.type, read.date) == (said.number, said.type, said.date), text
    assert (read.issuer or "").lower() == said.issuer_read.lower(), text
    assert (read.subject or "").lower() == said.subject.lower(), text
    assert (read.signer, read.recipients) == (said.signer, said.recipients), text
    assert read.capacity == " / ".join(said.capacity), text


@given(st.text(max_size=600))
@settings(deadline=None)
def test_any_text_has_a_header(text: str) -> None:
    assert isinstance(read_header(clean(text)), Header)


PIECES = [
    "Số: ", "ngày ", "tháng ", "|", "Nơi nhận:", "- ", "KT. ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\n", "**", "(",
    "QUYẾT ĐỊNH", "hiệu lực ", "Nghị quyết này ", "V/v ", "1", "/", "<br>", "   ", "ĐẢNG CỘNG SẢN VIỆT NAM", "\n\n",
    "Hà Nội, ", "A",
]  # fmt: skip
HOSTILE = [
    "1", "Số: ", "Nghị quyết này có hiệu lực ", "- ", "| ", "KT. ", "(", "**", "<br>", " ", "\n", "A", "ngày . tháng ",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "\nNơi nhận:\n", "\nQUYẾT ĐỊNH\n", "KT. CHỦ TỊCH\n", "<", "![](",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
@settings(deadline=None, max_examples=300)
def test_any_mix_of_marks_has_a_header(text: str) -> None:
    read = read_header(clean(text))
    zone = zones(clean(text))
    assert 0 <= zone.start <= zone.end <= len(text)
    assert read.subject is None or "\n" not in read.subject


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        text = clean(piece * (size // len(piece)))
        begin = time.perf_counter()
        read_header(text)
        return time.perf_counter() - begin

    seconds(10_000)
    assert min(seconds(800_000) for _ in range(2)) < 3 * 2 * max(min(seconds(400_000) for _ in range(2)), 0.01)
