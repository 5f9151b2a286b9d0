"""Documents asked for in words, as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.key import Key
from ingest.key_query import Context, Malformed, key_of

TODAY = Context(as_of="2026-11-25")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("20-NQ/TW", "vn:party:tw:nq:_:20"),
        ("20-nq/tw", "vn:party:tw:nq:_:20"),
        ("20 NQ TW", "vn:party:tw:nq:_:20"),
        ("Nghị quyết 20-NQ/TW ngày 25/10/2017", "vn:party:tw:nq:k12:20"),
        ("20-NQ/TW khóa XII", "vn:party:tw:nq:k12:20"),
        ("20-NQ/TW năm 2012", "vn:party:tw:nq:k11:20"),
        ("72-NQ-TW năm 2025", "vn:party:tw:nq:k13:72"),
        ("16/CT-TTg năm 2022", "vn:state:ttg:ct:2022:16"),
        ("16 CT-TTg", "vn:state:ttg:ct:_:16"),
        ("376/qd-ttg 2015", "vn:state:ttg:qd:2015:376"),
        ("Quyết định 376 của Thủ tướng", "vn:state:ttg:qd:_:376"),
        ("NĐ 30/2020", "vn:state:cp:nd:2020:30"),
        ("Nghị định 16/2015/NĐ-CP", "vn:state:cp:nd:2015:16"),
        ("Luật Đất đai 2024", "vn:na:qh:luat:qh15:31"),
        ("luat dat dai nam 2013", "vn:na:qh:luat:qh13:45"),
        ("luật đất đai", "vn:na:qh:luat:qh15:31"),
        ("BLLĐ 2019", "vn:na:qh:luat:qh14:45"),
        ("Luật Ban hành văn bản QPPL", "vn:na:qh:luat:qh15:64"),
        ("Hiến pháp 2013", "vn:na:qh:hp:qh13:~hien-phap"),
        ("Luật Khám bệnh, chữa bệnh số 15/2023/QH15", "vn:na:qh:luat:qh15:15"),
        ("Đề án 06", "vn:state:ttg:qd:2022:6"),
        ("Đề án số 06 của Chính phủ", "vn:state:ttg:qd:2022:6"),
        ("kế hoạch 141 UBND Bắc Ninh", "vn:state:ubnd@_:kh:_:141"),
        ("kế hoạch 141 UBND Bắc Ninh năm 2024", "vn:state:ubnd@bac-ninh:kh:2024:141"),
        ("Kế hoạch 141/KH-UBND ngày 5/9/2025 của UBND tỉnh Bắc Ninh", "vn:state:ubnd@bac-ninh.2025:kh:2025:141"),
        ("67/2026/QĐ-UBND tỉnh Lâm Đồng", "vn:state:ubnd@lam-dong.2025:qdn:2026:67"),
        ("công văn 3933 UBND tỉnh Bình Thuận 2022", "vn:state:ubnd@binh-thuan:cv:2022:3933"),
        ("40-CTr/TU Bình Thuận", "vn:party:tu@binh-thuan:ctr:_:40"),
        ("Nghị quyết Đại hội XIII", "vn:party:dh:nq:k13:~nghi-quyet-dai-hoi"),
        ("Chương trình Sức khỏe Việt Nam", "vn:state:ttg:qd:2018:1092"),
        ("Chương trình phát triển y dược cổ truyền", "vn:_:_:programme:_:~chuong-trinh-phat-trien-y-duoc-co-truyen"),
        ("vn:party:tw:nq:_:20", "vn:party:tw:nq:_:20"),
        ("vn:party:tu@hung-yen:kh:_:~ffda00f594d8b967", "vn:party:tu@hung-yen:kh:_:~ffda00f594d8b967"),
        ("  “20-NQ/TW”  ", "vn:party:tw:nq:_:20"),
    ],
)
def test_words_are_read_as_a_key(words: str, key: str) -> None:
    assert str(key_of(words, TODAY)) == key


@pytest.mark.parametrize(
    "words", ["", "   ", "xin chào", "376", "vn:x", "vn:A:b:c:d:e", "của Thủ tướng", "?", "năm 2022"]
)
def test_words_that_name_no_document_are_malformed(words: str) -> None:
    with pytest.raises(Malformed):
        key_of(words, TODAY)


def test_the_asker_s_place_and_day_count() -> None:
    asked = "1511/QĐ-UBND năm 2022"
    assert str(key_of(asked)) == "vn:state:ubnd@_:qd:2022:1511"
    assert str(key_of(asked, Context("Bình Thuận", as_of="2022-12-01"))) == "vn:state:ubnd@binh-thuan:qd:2022:1511"
    assert str(key_of(asked, Context("lam-dong.2025", as_of="2026-12-01"))) == "vn:state:ubnd@_:qd:2022:1511"
    assert str(key_of("luật đất đai", Context(as_of="2022-01-01"))) == "vn:na:qh:luat:qh13:45"
    assert str(key_of("luật đất đai")) == "vn:na:qh:luat:_:~luat-dat-dai"


@given(st.text(max_size=80))
@settings(deadline=None, max_examples=150)
def test_any_words_are_a_key_or_malformed(words: str) -> None:
    try:
        key = key_of(words, TODAY)
    except Malformed as error:
        assert str(error)
    else:
        assert Key.parse(str(key)) == key


def test_every_key_reads_back_as_itself() -> None:
    for text in ("vn:state:ttg:ct:2022:16", "vn:state:ubnd@can-tho.2025:qd:2025:471", "vn:_:_:_:_:~d873652c630886f8"):
        assert str(key_of(text)) == text


@pytest.mark.parametrize(
    "words",
    ["Quyết định 376/QĐ-TTg, Nghị quyết 20-NQ/TW", "16/CT-TTg và Luật Đất đai năm 2024", "20-NQ/TW; 21-NQ/TW"],
)
def test_a_list_is_no_question_for_one_document(words: str) -> None:
    with pytest.raises(Malformed, match="several documents"):
        key_of(words)


def test_a_document_named_with_its_title_is_one() -> None:
    words = "Nghị định số 128/2024/NĐ-CP sửa đổi, bổ sung một số điều của Nghị định số 81/2018/NĐ-CP"
    assert str(key_of(words)) == "vn:state:cp:nd:2024:128"
