"""Citations in running text: the forms that people write, their fields, lists, names, and what is no citation."""

from __future__ import annotations

import pytest
from found_citations import cited, one

from graph.model import Header
from ingest.cite import find_citations
from ingest.clean import clean


@pytest.mark.parametrize(
    ("words", "text", "number", "date", "issuer", "term"),
    [
        ("Thực hiện Chỉ thị số 16/CT-TTg ngày 20/9/2022 của Thủ tướng Chính phủ về nâng cao",
         "Chỉ thị số 16/CT-TTg", "16/CT-TTg", "2022-09-20", "Thủ tướng Chính phủ", None),
        ("tại Chương trình hành động số 40-CTr/TU, ngày 26/01/2018 của Ban Chấp hành Đảng bộ tỉnh (Khóa XIII) thực",
         "Chương trình hành động số 40-CTr/TU", "40-CTr/TU", "2018-01-26", "Tỉnh ủy Bình Thuận", "XIII"),
        ("Nghị định số 74/2024/NĐ-CP ngày 30 tháng 6 năm 2024 của Chính phủ quy định mức lương",
         "Nghị định số 74/2024/NĐ-CP", "74/2024/NĐ-CP", "2024-06-30", "Chính phủ", None),
        ("Nghị quyết số 09-NQ/ĐH ngày 15/10/2020 Đại hội đại biểu Đảng bộ tỉnh lần thứ XVI, nhiệm kỳ 2020-2025",
         "Nghị quyết số 09-NQ/ĐH", "09-NQ/ĐH", "2020-10-15", "Đại hội đại biểu Đảng bộ tỉnh Bình Thuận", "XVI"),
        ("theo Quyết định số 1511/QĐ-UBND ngày 08/7/2022 của\n\nUBND tỉnh về việc",
         "Quyết định số 1511/QĐ-UBND", "1511/QĐ-UBND", "2022-07-08", "Ủy ban nhân dân tỉnh Bình Thuận", None),
        ("(*Công văn số 1813/UBND-KTTC ngày 11/7/2023 của Ủy ban nhân dân tỉnh Quảng Ninh về*)",
         "Công văn số 1813/UBND-KTTC", "1813/UBND-KTTC", "2023-07-11", "Ủy ban nhân dân tỉnh Quảng Ninh", None),
        ("Thông tư 12/2018/TT-BXD ngày 03 tháng bốn năm 2018 của Bộ trưởng Bộ Xây dựng",
         "Thông tư 12/2018/TT-BXD", "12/2018/TT-BXD", "2018-04-03", "Bộ Xây dựng", None),
        ("Quyết định 376/QĐ-TTg (17/3/2021)", "Quyết định 376/QĐ-TTg", "376/QĐ-TTg", "2021-03-17",
         "Thủ tướng Chính phủ", None),
        ("Nghị định số 54/2018/NĐ-CP được ban hành ngày 16/4/2018", "Nghị định số 54/2018/NĐ-CP", "54/2018/NĐ-CP",
         "2018-04-16", "Chính phủ", None),
        ("quan điểm của Bộ Chính trị tại Kết luận số 132- KL/TW", "Kết luận số 132- KL/TW", "132-KL/TW", None,
         "Bộ Chính trị", None),
        ("Bộ Chính trị, Ban Bí thư đã có Kết luận số 212-KL/TW ngày 18/11/2025", "Kết luận số 212-KL/TW",
         "212-KL/TW", "2025-11-18", "Bộ Chính trị, Ban Bí thư", None),
        ("Tờ trình của Đảng uỷ Chính phủ về Đề án phân loại đô thị (Tờ trình số 03-TTr/ĐU, ngày 17/10/2025)",
         "Tờ trình số 03-TTr/ĐU", "03-TTr/ĐU", "2025-10-17", "Đảng ủy Chính phủ", None),
        ("Kết luận liên ngành Tư pháp Trung ương số 23/KL-LNTPTW ngày 21/11/2024 giữa Bộ Công an",
         "Kết luận liên ngành Tư pháp Trung ương số 23/KL-LNTPTW", "23/KL-LNTPTW", "2024-11-21",
         "Liên ngành Tư pháp Trung ương", None),
        ("Ngày 16/6/2025, Quốc hội đã thông qua Luật Tổ chức chính quyền địa phương số 72/2025/QH15 với",
         "Luật Tổ chức chính quyền địa phương số 72/2025/QH15", "72/2025/QH15", "2025-06-16", "Quốc hội", None),
        ("Báo cáo giải trình, tiếp thu số 469/BC-UBND ngày 25/11/2025 của Ủy ban nhân dân tỉnh",
         "Báo cáo giải trình, tiếp thu số 469/BC-UBND", "469/BC-UBND", "2025-11-25",
         "Ủy ban nhân dân tỉnh Bình Thuận", None),
        ("Kết luận số 21-KL/TW ngày 25-10-2021 của Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khoá XIII về",
         "Kết luận số 21-KL/TW", "21-KL/TW", "2021-10-25", "Ban Chấp hành Trung ương Đảng", "XIII"),
        ("Công văn số 1511/BHXH-CSYT ngày 01/4/2024 của BHXH Việt Nam", "Công văn số 1511/BHXH-CSYT",
         "1511/BHXH-CSYT", "2024-04-01", "Bảo hiểm xã hội Việt Nam", None),
        ("Hướng dẫn số 15-HD/ĐUK ngày 21/11/2016 của Ban Thường vụ Đảng ủy Khối về", "Hướng dẫn số 15-HD/ĐUK",
         "15-HD/ĐUK", "2016-11-21", "Đảng ủy Khối", None),
        ("Nghị quyết số 12-NQ/ĐU, ngày 05/9/2026 của Đảng ủy xã Hòa Bình", "Nghị quyết số 12-NQ/ĐU", "12-NQ/ĐU",
         "2026-09-05", "Đảng ủy xã Hòa Bình", None),
        ("Kế hoạch số 02-KH/BCĐTW ngày 19 tháng 6 tháng 2025 của Ban Chấp hành Trung ương",
         "Kế hoạch số 02-KH/BCĐTW", "02-KH/BCĐTW", "2025-06-19", "Ban Chấp hành Trung ương Đảng", None),
        ("Công văn 285/CCTTHC ngày 08/9/2009 của Tổ công tác chuyên trách của Thủ tướng Chính phủ về chuẩn bị công bố",
         "Công văn 285/CCTTHC", "285/CCTTHC", "2009-09-08", "Tổ công tác chuyên trách của Thủ tướng Chính phủ", None),
        ("Quyết định số 457/QĐ-SNV ngày 14/12/2022", "Quyết định số 457/QĐ-SNV", "457/QĐ-SNV", "2022-12-14",
         "Sở Nội vụ tỉnh Bình Thuận", None),
    ],
)  # fmt: skip
def test_a_mention_by_number(
    words: str, text: str, number: str, date: str | None, issuer: str | None, term: str | None
) -> None:
    found = one(words)
    assert (found.text, found.number, found.date, found.issuer, found.term) == (text, number, date, issuer, term)


@pytest.mark.parametrize(
    ("printed", "number", "rules"),
    [
        ("Chỉ thị 16/CT-TTG", "16/CT-TTg", ["case"]),
        ("Nghị quyết 20/NQ-TW", "20-NQ/TW", ["Party shape"]),
        ("Nghị quyết 72-NQ-TW", "72-NQ/TW", ["Party shape"]),
        ("Quyết định 755-QĐ-BTC", "755/QĐ-BTC", ["dash for slash"]),
        ("Quyết định số 376/QD-TTg", "376/QĐ-TTg", ["lost accent"]),
        ("Quyết định số l6/QĐ-TTg", "16/QĐ-TTg", ["letter for digit"]),
        ("Quyết định số 2O/QĐ-TTg", "20/QĐ-TTg", ["letter for digit"]),
        ("Luật số 15/2023/QHl5", "15/2023/QH15", ["letter for digit"]),
        ("Thông tư số 33/2018/TT- BGTVT", "33/2018/TT-BGTVT", ["blank inside"]),
        ("Quyết định số 5556/QĐBYT", "5556/QĐ-BYT", ["lost dash"]),
        ("Nghị định số 89/2015/NÐ-CP", "89/2015/NĐ-CP", []),
        ("Thông tư 51/2025/TT-BTС", "51/2025/TT-BTC", []),
        ("Thông tư 12/2018/TT-BGD&ĐT", "12/2018/TT-BGD&ĐT", []),
    ],
)
def test_damage_is_put_right_and_recorded(printed: str, number: str, rules: list[str]) -> None:
    found = one(printed)
    assert found.number == number
    assert [repair.rule for repair in found.repairs] == rules
    assert all(repair.repaired == number for repair in found.repairs)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("các Nghị quyết số 20-NQ/TW; 21-NQ/TW Ban chấp hành Trung ương khóa XII", ["20-NQ/TW", "21-NQ/TW"]),
        ("bộ tứ nghị quyết (57, 59, 66, 68-NQ/TW)", ["57-NQ/TW", "59-NQ/TW", "66-NQ/TW", "68-NQ/TW"]),
        ("Kết luận số 187 và 188-KL/TW ngày 29/8/2025", ["187-KL/TW", "188-KL/TW"]),
        ("từ 721/NQ-UBTVQH15 đến 730/NQ-UBTVQH15", ["721/NQ-UBTVQH15", "730/NQ-UBTVQH15"]),
        ("các Nghị quyết số 79 và 80 của Bộ Chính trị", ["79", "80"]),
        ("Nghị quyết số 68, 57; Chỉ thị số 45", ["68", "57", "45"]),
        ("NĐ 30/2020; TT 12/2021", ["30/2020", "12/2021"]),
        ("các văn bản số 554/TTr-BCA ngày 12/9/2025, số 2529/BC-BCA ngày 03/10/2025", ["554/TTr-BCA", "2529/BC-BCA"]),
    ],
)
def test_lists_and_ranges(words: str, numbers: list[str]) -> None:
    assert [found.number for found in cited(words)] == numbers


def test_members_of_a_list_share_what_is_printed_once() -> None:
    first, second = cited("các Nghị quyết số 20-NQ/TW; 21-NQ/TW Ban chấp hành Trung ương khóa XII, về")
    assert (first.type, second.type) == ("Nghị quyết", "Nghị quyết")
    assert (second.text, second.issuer, second.term) == ("21-NQ/TW", "Ban Chấp hành Trung ương Đảng", "XII")
    assert (first.issuer, first.term) == (second.issuer, second.term)
    listed = "Chỉ thị số 31-CT/TU ngày 06/6/2023, Kế hoạch số 134-KH/TU ngày 29/12/2023 của Ban Thường vụ Tỉnh ủy"
    left, right = cited(listed)
    assert left.issuer == right.issuer == "Ban Thường vụ Tỉnh ủy Bình Thuận"
    assert (left.date, right.date) == ("2023-06-06", "2023-12-29")
    a, b = cited("các Nghị quyết số 79 và 80 của Bộ Chính trị")
    assert a.issuer == b.issuer == "Bộ Chính trị"


@pytest.mark.parametrize(
    ("words", "pinpoint"),
    [
        ("quy định tại điểm a khoản 2 Điều 5 Nghị định số 16/2015/NĐ-CP", "điểm a khoản 2 Điều 5"),
        ("Khoản 3, Điều 9, Mục 3, Chương II Nghị định 16/2015/NĐ-CP", "Khoản 3, Điều 9, Mục 3, Chương II"),
        ("bãi bỏ: Điều 2, khoản 2 Điều 3, Điều 6 Nghị định số 141/2013/NĐ-CP", "Điều 2, khoản 2 Điều 3, Điều 6"),
        ("tại các Điều 28, 30 và 32 Nghị định 58/2024/NĐ-CP", "Điều 28, 30 và 32"),
        ("điểm a, b và c khoản 1 Điều 64 của Luật Đất đai", "điểm a, b và c khoản 1 Điều 64"),
        ("Điều 48a Luật Đất đai", "Điều 48a"),
        ("nêu tại Phụ lục 01, Nghị định 16/2015/NĐ-CP", "Phụ lục 01"),
        ("theo Nghị định 16/2015/NĐ-CP (Điều 9, 10, 11);", "Điều 9, 10, 11"),
        ("các khoản: 1, 2 và khoản 9 Điều 98 Nghị định số 16/2015/NĐ-CP", "khoản: 1, 2 và khoản 9 Điều 98"),
        ("tại điểm a.4 khoản 10 Điều 7 Nghị định số 16/2015/NĐ-CP", "điểm a.4 khoản 10 Điều 7"),
        ("Phụ lục VIII được ban hành kèm theo Nghị định số 16/2015/NĐ-CP", "Phụ lục VIII"),
        ("Mẫu số 03 tại Phụ lục ban hành kèm theo Nghị định số 16/2015/NĐ-CP", "Mẫu số 03 tại Phụ lục"),
        ("khoản 2 Điều 5 Quy chế ban hành kèm theo Nghị định số 16/2015/NĐ-CP", "khoản 2 Điều 5"),
        ("khoản 7 Điều 15 và Phụ lục I kèm theo của Nghị định 16/2015/NĐ-CP", "khoản 7 Điều 15 và Phụ lục I"),
        ("Điều 2. Nghị định số 16/2015/NĐ-CP hết hiệu lực", None),
        ("theo khoản 2 Điều này và Nghị định 16/2015/NĐ-CP", None),
    ],
)
def test_pinpoints(words: str, pinpoint: str | None) -> None:
    assert one(words).pinpoint == pinpoint


def test_a_pinpoint_binds_to_the_next_document() -> None:
    found = cited(
        "bãi bỏ Điều 6 Nghị định số 141/2013/NĐ-CP; Nghị định số 73/2015/NĐ-CP; Điều 1 Quyết định số 70/2014/QĐ-TTg"
    )
    assert [each.pinpoint for each in found] == ["Điều 6", None, "Điều 1"]


def test_a_number_ends_where_a_page_lost_the_blank() -> None:
    found = cited(
        "điều của Nghị định số 156/2018/NĐ-CPngày 16 tháng 11 năm 2018 của Chính phủ; Luật số 71/2020/QH14của Quốc hội"
    )
    assert [(one.number, one.date) for one in found] == [("156/2018/NĐ-CP", "2018-11-16"), ("71/2020/QH14", None)]


def test_an_alias_is_followed() -> None:
    found = cited("Quy định số 377-QĐ/TW (sau đây gọi tắt là Quy định 377); theo Quy định 377 thì Quy định 12 nội dung")
    assert [(each.text, each.number) for each in found] == [
        ("Quy định số 377-QĐ/TW", "377-QĐ/TW"),
        ("Quy định 377", "377"),
        ("Quy định 377", "377"),
    ]


@pytest.mark.parametrize(
    "words",
    [
        "Kế hoạch này, Nghị quyết trên, Luật này, Nghị định này",
        "các Thông tư mới, pháp luật về đất đai, kỷ luật Đảng, Luật sư Nguyễn Văn A, quy luật Cung cầu",
        "QCVN 14:2025/BTNMT, TCVN 6909:2001, Mẫu số 01/QĐ-XPHC, Biểu số 02/BC-BTC",
        "dự thảo Luật Nhà giáo, tuân thủ Hiến pháp, luật pháp",
        "30/10/1963-30/10/2023, 24/7, 2K, HĐ58, 7,8/01 vạn dân, giai đoạn 2021-2025, 0906.229966",
        "Hợp đồng số 1509/2025/HĐBT",
        "trình HĐND tỉnh ban hành Nghị quyết Quy định một số chính sách",
        "Công văn số 3933/UBND-KGVXNV ngày 18/11/2025",
        "Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIV của Đảng",
        "Chương trình 5 năm, Nghị quyết 12 nội dung, Nghị quyết số      /NQ-HĐND ngày    tháng năm 2025",
    ],
)
def test_what_is_no_mention(words: str) -> None:
    assert cited(words) == ()


def test_the_own_number_of_another_year_is_another_document() -> None:
    assert one("Công văn số 3933/UBND-KGVXNV ngày 18/11/2021").date == "2021-11-18"


def test_the_own_number_is_known_in_either_family_s_signs() -> None:
    header = Header(number="15/CĐ-TW", type="Công điện", date="2016-07-28")
    assert cited("Số: 15/CĐ-TW", header) == ()


def test_the_act_of_an_annex_is_the_document_itself_when_its_number_is_lost() -> None:
    header = Header(type="Kế hoạch", issuer="Ủy ban nhân dân tỉnh Bình Thuận")
    assert cited("(Ban hành kèm theo Kế hoạch số 552/KH-UBND ngày 19/11/2025)", header) == ()


def test_a_body_without_place_takes_the_province_that_the_text_names_most() -> None:
    words = "làm việc với tỉnh Phú Thọ; tỉnh Phú Thọ báo cáo; Kế hoạch số 12/KH-UBND ngày 01/02/2025 của UBND tỉnh"
    assert [each.issuer for each in cited(words, Header(issuer="Văn phòng Chính phủ"))] == [
        "Ủy ban nhân dân tỉnh Phú Thọ"
    ]


def test_a_title_follows_its_mention() -> None:
    found = one(
        "Quyết định số 06/QĐ-TTg ngày 06/01/2022 của Thủ tướng Chính phủ Phê duyệt Đề án phát triển dữ liệu; và"
    )
    assert found.subject == "Phê duyệt Đề án phát triển dữ liệu"


@pytest.mark.parametrize(
    ("words", "issuer"),
    [
        (
            "theo chỉ đạo của Phó Thủ tướng Chính phủ tại Thông báo số 591/TB-VPCP ngày 31/10/2025.",
            "Văn phòng Chính phủ",
        ),
        ("Xét đề nghị của Ủy ban nhân dân tỉnh Hưng Yên (văn bản số 84/BC-UBND)", "Ủy ban nhân dân tỉnh Hưng Yên"),
        ("Đề nghị Sở Y tế (văn bản số 84/BC-UBND)", None),
    ],
)
def test_who_issued_is_told_by_the_code_or_before_the_bracket(words: str, issuer: str | None) -> None:
    (found,) = find_citations(clean(words), Header())
    assert found.issuer == issuer


@pytest.mark.parametrize(
    ("words", "number", "date", "issuer"),
    [
        ("Quyết định số 1092 ngày 02/9/2018 của Thủ tướng Chính phủ", "1092", "2018-09-02", "Thủ tướng Chính phủ"),
        ("Quyết định 1092 của Thủ tướng Chính phủ", "1092", None, "Thủ tướng Chính phủ"),
        ("Nghị định 30 năm 2020 của Chính phủ", "30", None, "Chính phủ"),
        ("Chỉ thị 16 ngày 20/9/2022 của Thủ tướng Chính phủ", "16", "2022-09-20", "Thủ tướng Chính phủ"),
        ("Quyết định số 376/QĐ-TTg, Ủy ban nhân dân tỉnh ban hành", "376/QĐ-TTg", None, "Thủ tướng Chính phủ"),
    ],
)
def test_a_number_without_a_code_and_who_issued_it(words: str, number: str, date: str | None, issuer: str) -> None:
    assert (one(words).number, one(words).date, one(words).issuer) == (number, date, issuer)


@pytest.mark.parametrize(
    "words",
    [
        "Kế hoạch 30 ngày cao điểm",
        "Báo cáo 06 tháng đầu năm",
        "Kế hoạch 5 năm 2021 - 2025",
        "Thông báo số 12 ngày làm việc",
    ],
)
def test_a_number_that_counts_is_no_mention(words: str) -> None:
    assert cited(words) == ()


def test_a_list_takes_its_issuer_from_its_head() -> None:
    found = cited(
        "các Nghị quyết của Ban Chấp hành Trung ương khóa XII: số 18-NQ/TW ngày 25/10/2017, số 20-NQ/TW ngày 25/10/2017"
    )
    assert [(one.number, one.issuer) for one in found] == [
        ("18-NQ/TW", "Ban Chấp hành Trung ương Đảng"),
        ("20-NQ/TW", "Ban Chấp hành Trung ương Đảng"),
    ]


def test_the_same_day_is_that_of_the_mention_before() -> None:
    found = cited("Quyết định số 3777/QĐ-UBND ngày 16/12/2020 và Quyết định số 3888/QĐ-UBND cùng ngày của UBND tỉnh")
    assert [one.date for one in found] == ["2020-12-16", "2020-12-16"]


def test_fields_do_not_cross_into_another_paragraph() -> None:
    assert one("họp về Nghị quyết số 02/NQ-CP\n\nNgày 15/11/2024, Chủ tịch chủ trì").date is None
    assert one("Nghị quyết số 02/NQ-CP\n\nngày 15/11/2024").date == "2024-11-15"


@pytest.mark.parametrize(
    "issuer", ["Huyện ủy Bình Liêu", "Thành ủy Hạ Long", "Thị ủy Quảng Yên", "Đảng ủy xã Thống Nhất", "Quận ủy Ba Đình"]
)
def test_a_committee_below_the_province_is_not_the_province_s(issuer: str) -> None:
    assert one(f"Nghị quyết số 05-NQ/TU ngày 1/3/2021 của {issuer}; Kế hoạch").issuer == issuer


def test_a_plenum_tells_the_term() -> None:
    assert one("Nghị quyết số 20-NQ/TW, Hội nghị Trung ương 6 khóa XII").term == "XII"
    assert one("Nghị quyết số 12-NQ/TW, ngày 03/6/2017 của Hội nghị Trung ương 5 khóa XII,").term == "XII"


def test_a_term_of_its_own_keeps_the_issuer_of_the_next_away() -> None:
    found = cited("thực hiện Nghị quyết số 28-NQ/TW (khóa XIII); Nghị quyết số 41-NQ/TW của Bộ Chính trị khóa XIII")
    assert [(each.issuer, each.term) for each in found] == [(None, "XIII"), ("Bộ Chính trị", "XIII")]
