"""Laws, codes and ordinances cited by name: versions, lists, and laws that change others."""

from __future__ import annotations

import pytest
from found_citations import cited, one

from graph.model import Header
from ingest.cite import find_citations
from ingest.clean import clean


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("theo Luật Đất đai, Luật Nhà ở và Luật Kinh doanh bất động sản",
         ["Luật Đất đai", "Luật Nhà ở", "Luật Kinh doanh bất động sản"]),
        ("THI HÀNH LUẬT VIỆC LÀM TRÊN ĐỊA BÀN", ["Luật Việc làm"]),
        ("các nghị định hướng dẫn Luật Nhà ở", ["Luật Nhà ở"]),
        ("của Luật phòng, chống ma túy;", ["Luật Phòng, chống ma túy"]),
        ("Luật Ban hành VBQPPL của Hội đồng nhân dân và UBND;", ["Luật Ban hành VBQPPL của Hội đồng nhân dân và UBND"]),
        ("Luật Phòng chống bạo lực gia đình", ["Luật Phòng chống bạo lực gia đình"]),
        ("Luật Khám bệnh, chữa bệnh năm 2023", ["Luật Khám bệnh, chữa bệnh năm 2023"]),
        ("(Luật Khám bệnh, chữa bệnh sửa đổi)", ["Luật Khám bệnh, chữa bệnh sửa đổi"]),
        ("Bộ luật Hình sự 2015, BLLĐ", ["Bộ luật Hình sự 2015", "BLLĐ"]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học ngày 19/11/2018",
         ["Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học", "Luật Giáo dục đại học"]),
        ("Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở ngày 24/6/2023",
         ["Luật sửa đổi, bổ sung một số điều của Luật Đất đai và Luật Nhà ở", "Luật Đất đai", "Luật Nhà ở"]),
        ("Luật sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch ngày 20/11/2018",
         ["Luật sửa đổi, bổ sung một số điều của 11 luật có liên quan đến quy hoạch"]),
        ("Luật Bảo tồn tiếng nói các dân tộc năm 2030", ["Luật Bảo tồn tiếng nói các dân tộc năm 2030"]),
        ("Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013",
         ["Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam năm 2013"]),
        ("các luật: Đất đai, Nhà ở và Kinh doanh bất động sản",
         ["Luật Đất đai", "Luật Nhà ở", "Luật Kinh doanh bất động sản"]),
        ("Bộ luật Lao động (năm 2019)", ["Bộ luật Lao động (năm 2019)"]),
        ("Pháp lệnh Ưu đãi người có công với cách mạng", ["Pháp lệnh Ưu đãi người có công với cách mạng"]),
    ],
)  # fmt: skip
def test_laws_by_name(words: str, names: list[str]) -> None:
    assert [found.name for found in cited(words)] == names


def test_a_body_in_the_name_of_a_law_did_not_issue_it() -> None:
    found = one("Căn cứ Luật Ban hành văn bản quy phạm pháp luật của UBND, HĐND ngày 03 tháng 12 năm 2004;")
    assert (found.name, found.date, found.issuer) == (
        "Luật Ban hành văn bản quy phạm pháp luật của UBND, HĐND",
        "2004-12-03",
        None,
    )


def test_a_law_that_is_guided_is_a_mention() -> None:
    found = cited("Nghị định số 32/2013/NĐ-CP hướng dẫn Luật Cơ yếu; hướng dẫn luật sư theo dân luật")
    assert [each.number or each.name for each in found] == ["32/2013/NĐ-CP", "Luật Cơ yếu"]


def test_an_amending_law_that_counts_ends_before_the_next_document() -> None:
    printed = (
        "khoản 13 Điều 13 Luật sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch và các Nghị định"
    )
    assert one(printed).name == "Luật sửa đổi, bổ sung một số điều của 37 Luật có liên quan đến quy hoạch"


def test_an_old_ordinance_is_known_in_small_letters() -> None:
    found = cited("Căn cứ Pháp lệnh phòng, chống lụt, bão ngày 08/3/1993 và Pháp lệnh thuế nông nghiệp ngày 25-2-1983;")
    assert [each.name for each in found] == ["Pháp lệnh Phòng, chống lụt, bão", "Pháp lệnh Thuế nông nghiệp"]


def test_an_amending_law_may_count_the_laws_that_it_amends() -> None:
    found = one("Căn cứ Luật sửa đổi, bổ sung 15 luật trong lĩnh vực nông nghiệp số 146/2025/QH15 ngày 11/12/2025;")
    assert (found.number, found.name) == ("146/2025/QH15", "Luật sửa đổi, bổ sung 15 luật trong lĩnh vực nông nghiệp")
    assert cited("bổ sung dự án Luật sửa đổi, bổ sung một số điều của 10 luật vào Chương trình lập pháp") == ()


def test_an_amending_law_has_the_date_and_the_law_inside_has_none() -> None:
    outer, inner = cited("Luật sửa đổi, bổ sung một số điều của Luật Giáo dục đại học ngày 19/11/2018;")
    assert (outer.date, inner.date) == ("2018-11-19", None)
    assert outer.start < inner.start
    assert inner.end == outer.end


def test_a_law_with_name_and_number_is_one_mention() -> None:
    found = one("Căn cứ Luật Khám bệnh, chữa bệnh số 15/2023/QH15 ngày 09/01/2023;")
    assert (found.name, found.number, found.issuer) == ("Luật Khám bệnh, chữa bệnh", "15/2023/QH15", "Quốc hội")


@pytest.mark.parametrize("after", [".", ". Điều", ",", " và", ""])
def test_the_year_of_a_law_may_end_the_sentence(after: str) -> None:
    (found, *_) = find_citations(clean(f"theo quy định của Luật Giáo dục năm 2019{after}"), Header())
    assert found.name == "Luật Giáo dục năm 2019"


def test_a_list_of_laws_goes_on_behind_their_dates() -> None:
    found = cited("Căn cứ các Luật: Tổ chức chính quyền địa phương ngày 19/6/2015; Ngân sách nhà nước ngày 25/6/2015;")
    assert [(one.name, one.date) for one in found] == [
        ("Luật Tổ chức chính quyền địa phương", "2015-06-19"),
        ("Luật Ngân sách nhà nước", "2015-06-25"),
    ]


def test_a_law_that_changes_many_names_the_law_on_public_assets_by_its_short_name() -> None:
    name = "Luật sửa đổi, bổ sung một số điều của Luật Kế toán, Luật Quản lý tài sản công, Luật Quản lý thuế"
    found = cited(f"Căn cứ {name} ngày 29 tháng 11 năm 2024;")
    assert (found[0].name, found[0].date) == (name, "2024-11-29")
    assert [one.name for one in found[1:]] == ["Luật Kế toán", "Luật Quản lý tài sản công", "Luật Quản lý thuế"]


def test_the_day_on_which_an_assembly_passed_a_law() -> None:
    printed = "Căn cứ Luật Giáo dục đã được Quốc hội khóa XI, kỳ họp thứ 7 thông qua ngày 14/6/2005; Luật Đất đai;"
    assert [each.date for each in cited(printed)] == ["2005-06-14", None]
