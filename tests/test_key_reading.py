"""The keys of a whole reading: the document's own, its mentions' by each other, statements, programmes, flags."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.key import Key
from graph.model import Citation, Header, Programme, Reading, Statement
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.extract import extract
from ingest.key import with_keys

HAI_PHONG = Header(issuer="Ủy ban nhân dân thành phố Hải Phòng", date="2022-10-20", type="Công văn")


def _read(raw: str, header: Header = HAI_PHONG) -> Reading:
    text = clean(raw)
    return with_keys(Reading("a.txt", header, find_citations(text, header)), text)


def _keys(raw: str, header: Header = HAI_PHONG) -> list[str]:
    return [str(one.key) for one in _read(raw, header).citations]


@pytest.mark.parametrize(
    ("key", "header"),
    [
        (
            "vn:state:ubnd@binh-thuan:cv:2022:3933",
            Header("3933/UBND-KGVXNV", "Công văn", "Ủy ban nhân dân tỉnh Bình Thuận", "2022-11-18"),
        ),
        (
            "vn:state:ubnd@bac-ninh.2025:qd:2025:471",
            Header("471/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Bắc Ninh", "2025-11-28"),
        ),
        (
            "vn:state:ubnd@bac-ninh:qd:2025:471",
            Header("471/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Bắc Ninh", "2025-03-28"),
        ),
        (
            "vn:state:ubnd@_:qd:2025:471",
            Header("471/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Bắc Ninh", "2025"),
        ),
        (
            "vn:party:btctw:hd:k13:45",
            Header("45-HD/BTCTW", "Hướng dẫn", "Ban Tổ chức Trung ương", "2025-11-21"),
        ),
        (
            "vn:party:tw:kl:k13:212",
            Header("212-KL/TW", "Kết luận", "Bộ Chính trị, Ban Bí thư", "2025-11-18"),
        ),
        (
            "vn:state:hdnd@ha-noi:nqn:2025:54",
            Header("54/2025/NQ-HĐND", "Nghị quyết", "Hội đồng nhân dân thành phố Hà Nội", "2025-11-26"),
        ),
        (
            "vn:na:qh:luat:qh15:15",
            Header("15/2023/QH15", "Luật", "Quốc hội", "2023-01-09"),
        ),
        (
            "vn:state:ubnd@son-la:kh:2023:98",
            Header("98/KH-UBND", "Kế hoạch", "Ủy ban nhân dân", "2023-01-09", place="tỉnh Sơn La"),
        ),
    ],
)
def test_a_document_has_a_key_of_its_own(key: str, header: Header) -> None:
    assert _read("Nội dung.", header).key == key


def test_without_a_number_the_content_is_the_number() -> None:
    said = "Kế hoạch thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương."
    one = Key.parse(str(_read(said, Header(issuer="Tỉnh ủy Hưng Yên", type="Kế hoạch")).key))
    two = Key.parse(str(_read(said.replace(" ", "\r\n"), Header(issuer="Tỉnh ủy Hưng Yên", type="Kế hoạch")).key))
    assert one == two and one.hashed and one.complete
    assert str(one.but(number="x")) == "vn:party:tu@hung-yen:kh:_:x"
    assert Key.parse(str(_read("Khác.", Header()).key)).but(number="_") == Key()


def test_a_state_body_s_year_is_inferred_and_said_to_be() -> None:
    reading = _read("Họp ngày 12/7/2023 tại Sở.", Header(issuer="Sở Y tế tỉnh Quảng Ninh", type="Thông báo"))
    assert str(reading.key).startswith("vn:state:syt@quang-ninh:tb:2023:~")
    assert any("2023-07-12" in flag for flag in reading.flags)


def test_a_mention_takes_its_term_from_another_one_of_the_same_number() -> None:
    raw = (
        "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương. Theo Nghị quyết số 20-NQ/TW, …"
    )
    assert _keys(raw) == ["vn:party:tw:nq:k12:20"] * 2


def test_of_two_documents_with_one_number_a_bare_mention_takes_none() -> None:
    raw = (
        "Nghị quyết số 20-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương; "
        "Nghị quyết số 20-NQ/TW ngày 01/11/2012 của Ban Chấp hành Trung ương; thực hiện Nghị quyết số 20-NQ/TW."
    )
    assert _keys(raw) == ["vn:party:tw:nq:k12:20", "vn:party:tw:nq:k11:20", "vn:party:tw:nq:_:20"]


def test_another_mention_says_more_than_the_document_s_own_place() -> None:
    raw = "Kế hoạch số 12/KH-UBND ngày 05/02/2022 của UBND tỉnh Hải Dương. Tiếp tục thực hiện Kế hoạch số 12/KH-UBND."
    assert _keys(raw) == ["vn:state:ubnd@hai-duong:kh:2022:12"] * 2


def test_a_congress_takes_the_only_number_printed_for_it() -> None:
    raw = (
        "Nghị quyết số 09-NQ/ĐH ngày 15/10/2020 Đại hội đại biểu Đảng bộ thành phố lần thứ XVI, nhiệm kỳ 2020-2025; "
        "Chương trình thực hiện Nghị quyết Đại hội XVI Đảng bộ thành phố. Nghị quyết Đại hội XIII của Đảng."
    )
    assert _keys(raw) == [
        "vn:party:dh@hai-phong:nq:n2020:9",
        "vn:party:dh@hai-phong:nq:n2020:9",
        "vn:party:dh:nq:k13:~nghi-quyet-dai-hoi",
    ]


def test_a_defined_short_name_means_what_it_was_defined_for() -> None:
    raw = (
        "Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ phê duyệt Chương trình "
        "(sau đây gọi tắt là Đề án 22). Các đơn vị thực hiện Đề án 22."
    )
    text = clean(raw)
    at = raw.rindex("Đề án 22")
    short = Citation(at, at + 8, "Đề án 22", "Đề án", name="Đề án 22")
    cited = (*[one for one in find_citations(text, HAI_PHONG) if one.number], short)
    assert [one.key for one in with_keys(Reading("a", HAI_PHONG, cited), text).citations] == [
        "vn:state:ttg:qd:2020:749"
    ] * 2


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("Luật Tổ chức HĐND và UBND ngày 26/11/2003", "vn:na:qh:luat:qh11:11"),
        ("Luật Ban hành văn bản QPPL của HĐND, UBND ngày 03/12/2004", "vn:na:qh:luat:qh11:31"),
        (
            "Luật Ban hành văn bản quy phạm pháp luật của Hội đồng nhân dân và Ủy ban nhân dân năm 2004",
            "vn:na:qh:luat:qh11:31",
        ),
        ("Luật Ban hành văn bản quy phạm pháp luật ngày 03/6/2008", "vn:na:qh:luat:qh12:17"),
        ("Bộ luật Hàng hải Việt Nam ngày 25 tháng 11 năm 2015", "vn:na:qh:luat:qh13:95"),
        ("Luật Ngân hàng Nhà nước năm 2010", "vn:na:qh:luat:qh12:46"),
        ("Luật Bảo vệ và Phát triển rừng năm 2004", "vn:na:qh:luat:qh11:29"),
        ("Pháp lệnh Thực hiện dân chủ ở xã, phường, thị trấn năm 2007", "vn:na:ubtvqh:pl:qh11:34"),
    ],
)
def test_laws_of_old_are_known_by_the_names_that_people_write(words: str, key: str) -> None:
    assert _keys(f"Căn cứ {words};")[0] == key


def test_what_follows_the_name_of_a_law_is_no_title_of_it() -> None:
    law, decree = _read("theo Luật Đất đai quy định về giá đất và Nghị định số 1/2020/NĐ-CP quy định về phí;").citations
    assert (law.subject, decree.subject) == (None, "quy định về phí")


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (
            "Nghị quyết Hội nghị lần thứ sáu Ban Chấp hành Trung ương Đảng (khóa XII) về tăng cường công tác bảo vệ, "
            "chăm sóc và nâng cao sức khoẻ nhân dân",
            "vn:party:tw:nq:k12:20",
        ),
        ("Nghị quyết Trung ương 6 khóa XII về công tác dân số trong tình hình mới", "vn:party:tw:nq:k12:21"),
        ("Nghị quyết TW4 (khóa XII) về tăng cường xây dựng, chỉnh đốn Đảng", "vn:party:tw:nq:k12:4"),
        ('Nghị quyết T.Ư 4, khóa XI "Một số vấn đề cấp bách về xây dựng Đảng hiện nay"', "vn:party:tw:nq:k11:12"),
        ("Kết luận Hội nghị Trung ương 4 khóa XIII về xây dựng, chỉnh đốn Đảng", "vn:party:tw:kl:k13:21"),
        # A plenum passes several: without a title, or with one that is not in the table, it stays open.
        ("Nghị quyết Trung ương 6 khóa XII", "vn:_:_:nq:_:~nghi-quyet-trung-uong-6-khoa-xii"),
        ("Nghị quyết Trung ương 6 khóa XII về kinh tế", "vn:_:_:nq:_:~nghi-quyet-trung-uong-6-khoa-xii"),
    ],
)
def test_an_act_of_a_plenum_is_known_by_its_title(words: str, key: str) -> None:
    assert _keys(f"Thực hiện {words};", Header(date="2024-03-01")) == [key]


def test_the_law_inside_an_amending_law_is_of_the_days_in_which_it_is_spoken_of() -> None:
    text = (
        "BỘ TÀI CHÍNH\nSố: 1/2026/TT-BTC\nHà Nội, ngày 10 tháng 01 năm 2026\n\nTHÔNG TƯ\nQuy định về phí\n\n"
        "Điều 1. Nghị định số 137/2013/NĐ-CP ngày 21 tháng 10 năm 2013 của Chính phủ quy định chi tiết thi hành một số "
        "điều của Luật Điện lực và Luật sửa đổi, bổ sung một số điều của Luật Điện lực.\n"
    )
    laws = [one.key for one in extract("a.txt", text).citations if one.name]
    assert laws == ["vn:na:qh:luat:qh11:28", "vn:na:qh:luat:qh13:24", "vn:na:qh:luat:qh11:28"]


@pytest.mark.parametrize("words", ["sau đây gọi là", "gọi tắt là", "viết tắt là"])
def test_a_law_is_known_by_the_name_that_the_document_gives_it(words: str) -> None:
    law = "Luật Đầu tư theo phương thức đối tác công tư"
    for said in (f"{law} số 64/2020/QH14", f"{law} năm 2020"):
        keys = _keys(f"Căn cứ {said} ({words} Luật PPP);\n\nTheo Điều 9 của Luật PPP và Nghị định này.")
        assert keys == ["vn:na:qh:luat:qh14:64"] * 3


def test_an_act_of_a_plenum_is_not_known_before_it_was_passed() -> None:
    assert _keys("Nghị quyết Trung ương 6 khóa XII về công tác dân số;", Header(date="2017-01-01")) == [
        "vn:_:_:nq:_:~nghi-quyet-trung-uong-6-khoa-xii"
    ]


def test_a_decree_of_old_guides_the_law_of_its_days() -> None:
    text = clean("Nghị định số 43/2014/NĐ-CP quy định chi tiết thi hành Luật Đất đai.")
    decree = Citation(0, 27, "Nghị định số 43/2014/NĐ-CP", "Nghị định", "43/2014/NĐ-CP", date="2014-05-15")
    law = Citation(55, 66, "Luật Đất đai", "Luật", name="Luật Đất đai", relation="GUIDES", from_number="43/2014/NĐ-CP")
    header = Header(issuer="Bộ Tài chính", date="2025-08-01")
    found = with_keys(Reading("a", header, (decree, law)), text).citations[1]
    assert (found.from_key, found.key) == ("vn:state:cp:nd:2014:43", "vn:na:qh:luat:qh13:45")


def test_carrying_out_a_law_not_yet_in_force_means_the_new_one() -> None:
    text = clean("Kế hoạch triển khai thi hành Luật Việc làm. Theo Luật Việc làm.")
    one = Citation(28, 40, "Luật Việc làm", "Luật", name="Luật Việc làm", relation="IMPLEMENTS")
    two = Citation(48, 60, "Luật Việc làm", "Luật", name="Luật Việc làm")
    header = Header(issuer="Ủy ban nhân dân Thành phố Hồ Chí Minh", date="2025-11-18")
    assert [found.key for found in with_keys(Reading("a", header, (one, two)), text).citations] == [
        "vn:na:qh:luat:qh15:74"
    ] * 2
    assert with_keys(Reading("a", header, (two,)), text).citations[0].key == "vn:na:qh:luat:_:~luat-viec-lam"


def test_statements_and_programmes_have_keys() -> None:
    raw = (
        "Chương trình Sức khỏe Việt Nam (Quyết định số 1092/QĐ-TTg ngày 02/9/2018). Đề án phát triển y dược cổ truyền."
    )
    text = clean(raw)
    act = Citation(32, 59, "Quyết định số 1092/QĐ-TTg", "Quyết định", "1092/QĐ-TTg", date="2018-09-02")
    reading = Reading(
        "a",
        HAI_PHONG,
        (act,),
        extra_edges=(Statement("1092/QĐ-TTg", "IMPLEMENTS", "139/NQ-CP"),),
        programmes=(
            Programme(0, 30, raw[:30], "Chương trình Sức khỏe Việt Nam", approved_by="1092/QĐ-TTg"),
            Programme(77, 110, raw[77:110], "Đề án phát triển y dược cổ truyền"),
        ),
    )
    found = with_keys(reading, text)
    assert found.extra_edges[0].from_key == "vn:state:ttg:qd:2018:1092"
    assert found.extra_edges[0].to_key == "vn:state:cp:nq:_:139"
    assert found.programmes[0].key == "vn:_:_:programme:_:~chuong-trinh-suc-khoe-viet-nam"
    assert found.programmes[0].approved_by_key == "vn:state:ttg:qd:2018:1092"
    assert found.programmes[1].approved_by_key is None


@pytest.mark.parametrize(
    ("raw", "word"),
    [
        ("Nghị định số 16/2015/NĐ-CP ngày 14/02/2015; Nghị định số 16/2015/NĐ-CP ngày 12/02/2015.", "2015-02-12"),
        ("Nghị định số 16/2015/NĐ-CP ngày 14/02/2016.", "another year"),
        ("Kế hoạch số 12/KH-UBND ngày 05/02/2023 của Ủy ban nhân dân thành phố.", "later than the document"),
    ],
)
def test_contradictions_are_flagged(raw: str, word: str) -> None:
    assert any(word in flag for flag in _read(raw).flags)


def test_two_prints_of_one_date_are_no_contradiction() -> None:
    assert not _read("Nghị định số 16/2015/NĐ-CP năm 2015; Nghị định số 16/2015/NĐ-CP ngày 14/02/2015.").flags


WORDS = st.text(max_size=40)
MAYBE = st.one_of(st.none(), WORDS)


@given(
    st.lists(st.builds(Citation, st.just(0), st.just(0), WORDS, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE, MAYBE), max_size=4),
    st.builds(Header, MAYBE, MAYBE, MAYBE, MAYBE, place=MAYBE),
)
@settings(deadline=None)
def test_whatever_was_read_gets_a_key_that_parses(citations: list[Citation], header: Header) -> None:
    reading = with_keys(Reading("a", header, tuple(citations)), clean("Một văn bản."))
    assert Key.parse(str(reading.key))
    assert all(Key.parse(str(one.key)) for one in reading.citations)


@given(st.permutations(range(3)))
@settings(deadline=None)
def test_other_documents_do_not_matter(order: list[int]) -> None:
    raws = ["Nghị quyết số 20-NQ/TW.", "Nghị quyết số 20-NQ/TW ngày 25/10/2017.", "Nghị quyết số 20-NQ/TW khóa XI."]
    alone = [_keys(raw) for raw in raws]
    assert {at: _keys(raws[at]) for at in order} == dict(enumerate(alone))


def test_the_year_behind_an_act_is_that_of_its_number() -> None:
    reading = extract("x", "theo Nghị quyết 127/NQ-CP năm 2023 và Kế hoạch số 9/KH-BYT năm 2023 của Bộ Y tế")
    assert [one.key for one in reading.citations] == ["vn:state:cp:nq:2023:127", "vn:state:byt:kh:_:9"]
