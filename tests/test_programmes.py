"""Programmes named without a number, and the act that the text ties to each."""

from __future__ import annotations

import pytest

from graph.model import Header, Programme
from ingest.cite import find_citations
from ingest.clean import clean, fold
from ingest.header import read_header
from ingest.relate import relate
from ingest.relate_programmes import _pattern
from ingest.tables import table

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH BÌNH THUẬN\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nSố: 5/QĐ-UBND\n\n"
    "**QUYẾT ĐỊNH**\n\n**{title}**\n\n"
)
TITLE = "Về việc ban hành Quy chế làm việc"


def read(words: str, title: str = TITLE) -> tuple[Programme, ...]:
    text = clean(HEAD.format(title=title) + words + "\n")
    header = read_header(text)
    return relate(text, header, find_citations(text, header)).programmes


@pytest.mark.parametrize(
    ("words", "name", "act"),
    [
        (
            "- Thực hiện Chương trình phát triển công nghiệp dược trong nước (Quyết định số 376/QĐ-TTg).",
            "Chương trình phát triển công nghiệp dược trong nước",
            "376/QĐ-TTg",
        ),
        (
            "Căn cứ Quyết định số 2232/QĐ-TTg về phê duyệt “Chương trình phòng ngừa, ứng phó bạo lực giới”;",
            "Chương trình phòng ngừa, ứng phó bạo lực giới",
            "2232/QĐ-TTg",
        ),
        (
            "1. Triển khai Chiến lược quốc gia về bình đẳng giới được ban hành tại Nghị quyết số 28/NQ-CP.",
            "Chiến lược quốc gia về bình đẳng giới",
            "28/NQ-CP",
        ),
        ("1. Sử dụng vốn của Chương trình phục hồi và phát triển kinh tế - xã hội; bảo đảm tiến độ.",
         "Chương trình phục hồi và phát triển kinh tế - xã hội", None),
        (
            "Căn cứ Quyết định số 1092/QĐ-TTg ngày 02/9/2018 phê duyệt Chương trình Sức khỏe Việt Nam;",
            "Chương trình Sức khỏe Việt Nam",
            "1092/QĐ-TTg",
        ),
    ],
)  # fmt: skip
def test_names_and_acts(words: str, name: str, act: str | None) -> None:
    assert [(one.name, one.approved_by) for one in read(words)] == [(name, act)]


@pytest.mark.parametrize(
    "words",
    [
        "1. Chương trình này do Sở Y tế chủ trì.",
        "1. Tham mưu xây dựng Đề án phát triển du lịch cộng đồng, Đề án bảo tồn làng nghề truyền thống.",
        "1. Thực hiện Chương trình hành động số 40-CTr/TU ngày 26/01/2018 của Tỉnh ủy.",
        "1. Triển khai Đề án 06 tại địa phương.",
        "1. Thực hiện các chương trình, đề án đã được giao.",
    ],
)
def test_no_programme(words: str) -> None:
    assert read(words) == ()


def test_a_short_name_that_the_document_defines_means_the_same() -> None:
    words = (
        "1. Thực hiện Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030 (Chương trình MTQG).\n\n"
        "2. Sở Tài chính bố trí vốn thực hiện Chương trình MTQG, báo cáo Ủy ban nhân dân tỉnh.\n"
    )
    names = [one.name for one in read(words)]
    assert names == ["Chương trình mục tiêu quốc gia phòng, chống ma túy đến năm 2030"] * 3


def test_the_act_that_issues_a_programme_approves_it() -> None:
    (one,) = read(
        "**Điều 1.** Giao Sở Công Thương.", "Phê duyệt Đề án phát triển thương mại điện tử giai đoạn 2024 - 2025"
    )
    assert (one.relation, one.from_number) == ("APPROVES", None)


def test_a_plan_in_another_title_carries_it_out() -> None:
    words = "- Dự án được giao theo Quyết định số 1511/QĐ-UBND ngày 08/7/2022 của UBND tỉnh về việc ban hành Kế hoạch thực hiện các Chương trình mục tiêu quốc gia giai đoạn 2021-2025."  # noqa: E501
    (one,) = read(words)
    assert (one.relation, one.from_number) == ("IMPLEMENTS", "1511/QĐ-UBND")


def test_what_opens_and_closes_a_name() -> None:
    data = table("programmes")
    for example in data["named_examples"]:
        kind = _pattern("type").match(example)
        assert kind and not _pattern("not_named").match(fold(example[kind.end() :]).lstrip()), example
    for counter in data["named_counter"]:
        kind = _pattern("type").match(counter)
        assert kind and _pattern("not_named").match(fold(counter[kind.end() :]).lstrip()), counter
    for example in data["to_come_examples"]:
        assert _pattern("to_come").search(fold(example) + " "), example
    for counter in data["to_come_counter"]:
        assert not _pattern("to_come").search(fold(counter) + " "), counter
    for example in data["approved_examples"]:
        assert _pattern("approved").fullmatch(" " + fold(example) + ("" if example == "(" else " ")), example
    for example in data["ends_examples"]:
        assert _pattern("ends").search(fold(example)), example


def test_text_without_a_header() -> None:
    text = clean("Thực hiện Chương trình phát triển y học cổ truyền, kết hợp với y học hiện đại.")
    assert [one.name for one in relate(text, Header(), ()).programmes] == ["Chương trình phát triển y học cổ truyền"]
