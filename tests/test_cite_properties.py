"""A mention made of parts reads back to them with one kind of damage, and never to another number with two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import Citation, Header
from ingest.cite import find_citations
from ingest.clean import clean, fold

HEADER = Header(issuer="Ủy ban nhân dân tỉnh Bình Thuận", place="tỉnh Bình Thuận", date="2026-06-01")
Damage = Callable[[str], str]
Form = Callable[["Parts", str], str]


@dataclass(frozen=True)
class Parts:
    """What a mention is made of: the type, the codes of its number, and what is printed beside it."""

    type: str
    number: str
    date: str
    body: str


def _rows(words: str) -> list[tuple[str, str, str]]:
    """Type, code and body of each line of a table."""
    return [(kind, code, body) for line in words.split("\n") for kind, code, body in [line.strip().split(" | ")]]


STATE = _rows("""Quyết định | QĐ-TTg | Thủ tướng Chính phủ
    Chỉ thị | CT-TTg | Thủ tướng Chính phủ
    Nghị quyết | NQ-CP | Chính phủ
    Thông báo | TB-VPCP | Văn phòng Chính phủ
    Kế hoạch | KH-UBND | Ủy ban nhân dân tỉnh Bình Thuận
    Tờ trình | TTr-BYT | Bộ Y tế
    Báo cáo | BC-BGDĐT | Bộ Giáo dục và Đào tạo
    Công điện | CĐ-TTg | Thủ tướng Chính phủ
    Quyết định | QĐ-BNNMT | Bộ Nông nghiệp và Môi trường""")
NORMATIVE = _rows("""Nghị định | NĐ-CP | Chính phủ
    Thông tư | TT-BTC | Bộ Tài chính
    Quyết định | QĐ-TTg | Thủ tướng Chính phủ
    Thông tư | TT-BLĐTBXH | Bộ Lao động - Thương binh và Xã hội
    Nghị quyết | NQ-HĐND | Hội đồng nhân dân tỉnh Bình Thuận
    Luật | QH15 | Quốc hội
    Nghị quyết | UBTVQH14 | Ủy ban Thường vụ Quốc hội""")
PARTY = _rows("""Nghị quyết | NQ/TW | Bộ Chính trị
    Kết luận | KL/TW | Ban Bí thư
    Chương trình hành động | CTr/TU | Tỉnh ủy Bình Thuận
    Hướng dẫn | HD/BTCTW | Ban Tổ chức Trung ương
    Chỉ thị | CT/TW | Ban Bí thư
    Thông báo | TB/TU | Ban Thường vụ Tỉnh ủy Bình Thuận""")

numbers = st.integers(1, 3999).map(lambda n: f"{n:02}")
years = st.integers(1990, 2030)
dates = st.dates(date(1990, 1, 1), date(2035, 12, 31)).map(date.isoformat)
state = st.builds(lambda n, row, d: Parts(row[0], f"{n}/{row[1]}", d, row[2]), numbers, st.sampled_from(STATE), dates)
party = st.builds(lambda n, row, d: Parts(row[0], f"{n}-{row[1]}", d, row[2]), numbers, st.sampled_from(PARTY), dates)
normative = st.builds(
    lambda n, y, row, d: Parts(row[0], f"{n}/{y}/{row[1]}", d, row[2]),
    numbers,
    years,
    st.sampled_from(NORMATIVE),
    dates,
)
parts = state | normative | party


def _day(iso: str, style: int) -> str:
    year, month, day = iso.split("-")
    return [
        f"{day}/{month}/{year}",
        f"{int(day)}/{int(month)}/{year}",
        f"{day}-{month}-{year}",
        f"{day}.{month}.{year}",
        f"{day} tháng {month} năm {year}",
        f"{int(day)} tháng {int(month)} năm {year}",
    ][style]


FORMS: list[Form] = [
    lambda p, day: f"Thực hiện {p.type} số {p.number} ngày {day} của {p.body} về việc triển khai",
    lambda p, day: f"Căn cứ {p.type} số {p.number}, ngày {day} của {p.body};",
    lambda p, day: f"tại {p.type} số: {p.number} ngày {day} của {p.body} quy định",
    lambda p, day: f"theo {p.type} {p.number} ngày {day} của {p.body}.",
    lambda p, day: f"phê duyệt ({p.type} số {p.number} ngày {day} của {p.body})",
    lambda p, day: f"({p.type} số {p.number} của {p.body} ngày {day})",
]

ONE_KIND: dict[str, Damage] = {
    "none": lambda words: words,
    "decomposed": lambda words: unicodedata.normalize("NFD", words),
    "tone placement": lambda words: words.replace("ủy", "uỷ").replace("khóa", "khoá"),
    "eth": lambda words: words.replace("Đ", "Ð"),
    "Cyrillic": lambda words: words.translate(str.maketrans("CTHAB", "СТНАВ")),
    "en dash": lambda words: words.replace("-", "–"),
    "non-breaking hyphen": lambda words: words.replace("-", "‑"),
    "blank after dash": lambda words: re.sub(r"(?<=\w)-(?=[A-ZĐ])", "- ", words),
    "blank before slash": lambda words: re.sub(r"(?<=\w)/(?=[A-ZĐ])", " /", words),
    "line break": lambda words: words.replace(" ", "\n"),
    "CRLF": lambda words: words.replace(" ", "\r\n"),
    "page break": lambda words: words.replace(" ngày ", " ngày\n\n"),
    "no-break space": lambda words: words.replace(" ", "\u00a0"),
    "two blanks": lambda words: words.replace(" ", "  "),
    "capitals of the number": lambda words: re.sub(r"\d\S+", lambda code: code[0].upper(), words),
    "all capitals": str.upper,
    "bold": lambda words: re.sub(r"(\d+[/-]\S*[A-Z]\w*)", r"**\1**", words),
    "break tag": lambda words: words.replace(" số", "<br>số"),
    "zero width": lambda words: words.replace("/", "\u200b/"),
    "no accents": lambda words: fold_case(words),
    "escaped dash": lambda words: words.replace("-", "\\-"),
    "O for 0": lambda words: re.sub(r"(?<=số )0(?=\d)", "O", words),
    "l for 1": lambda words: re.sub(r"(?<=số )1(?=\d)", "l", words),
    "lost dash": lambda words: re.sub(r"(/(?:QĐ|CT|NQ|TB|KH|TTr|BC|CĐ|NĐ|TT))-(?=[A-ZĐ])", r"\1", words),
}
PARTY_KIND: dict[str, Damage] = {
    "swapped": lambda words: re.sub(r"(\d+)-([A-ZĐ]\w*)/(\w+)", r"\1/\2-\3", words),
    "dashes only": lambda words: re.sub(r"(\d+)-([A-ZĐ]\w*)/(\w+)", r"\1-\2-\3", words),
}


def fold_case(words: str) -> str:
    """Letters without marks, case kept: what ASCII-only typing leaves."""
    bare = unicodedata.normalize("NFD", words.replace("Đ", "D").replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


def read(words: str) -> tuple[Citation, ...]:
    found = find_citations(clean(words), HEADER)
    assert all(words[one.start : one.end] == one.text for one in found)
    return found


@given(parts, st.sampled_from(FORMS), st.integers(0, 5), st.sampled_from(sorted(ONE_KIND)))
@settings(max_examples=600, deadline=None)
def test_parts_read_back_with_one_kind_of_damage(made: Parts, form: Form, day: int, kind: str) -> None:
    words = ONE_KIND[kind](form(made, _day(made.date, day)))
    found = read(words)
    assert [(one.number, one.type, one.date) for one in found] == [(made.number, made.type, made.date)], words
    assert fold(found[0].issuer or "") == fold(made.body), words


@given(party, st.sampled_from(FORMS), st.sampled_from(sorted(PARTY_KIND)))
@settings(deadline=None)
def test_party_numbers_read_back_with_wrong_signs(made: Parts, form: Form, kind: str) -> None:
    words = PARTY_KIND[kind](form(made, _day(made.date, 0)))
    found = read(words)
    assert [(one.number, one.type) for one in found] == [(made.number, made.type)], words
    assert [repair.repaired for repair in found[0].repairs] == [made.number]


@given(parts, st.sampled_from(FORMS), st.lists(st.sampled_from(sorted(ONE_KIND)), min_size=2, max_size=2, unique=True))
@settings(max_examples=400, deadline=None)
def test_two_kinds_of_damage_never_make_another_number(made: Parts, form: Form, kinds: list[str]) -> None:
    words = form(made, _day(made.date, 0))
    for kind in kinds:
        words = ONE_KIND[kind](words)
    assert {one.number for one in read(words)} <= {made.number}, words


@given(parts)
@settings(deadline=None)
def test_a_well_formed_number_is_never_repaired(made: Parts) -> None:
    (found,) = read(f"{made.type} số {made.number};")
    assert (found.number, found.repairs) == (made.number, ())


@given(st.lists(parts, min_size=2, max_size=5), st.sampled_from(["; ", ", ", " và "]))
@settings(deadline=None)
def test_every_member_of_a_list_is_read(made: list[Parts], between: str) -> None:
    found = read("theo " + between.join(f"{one.type} số {one.number} ngày {_day(one.date, 0)}" for one in made))
    assert [(one.number, one.type, one.date) for one in found] == [(one.number, one.type, one.date) for one in made]


PIECES = "Nghị quyết số |20|-|NQ|/|TW| |\n|Luật |Đất đai|sửa đổi, bổ sung |của |(|)|ngày 1/2/2020|khoản 1 Điều 2 "
MORE = ["các ", "2020", "**", "QĐ", "UBND", ", ", "và ", "số ", "gọi tắt là ", "\r\n", "Đề án 06", "57, "]


@given(st.lists(st.sampled_from([*PIECES.split("|"), *MORE]), max_size=40))
@settings(deadline=None)
def test_any_text_is_read_in_order_with_its_own_words(pieces: list[str]) -> None:
    found = read("".join(pieces))
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.number or one.name for one in found)
