"""Relations on documents written for the purpose, on the five shipped ones, and the tables of cues."""

from __future__ import annotations

import csv
import os
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.model import RELATIONS, Citation, Header
from ingest.cite import find_citations
from ingest.clean import clean, fold
from ingest.extract import extract
from ingest.header import read_header
from ingest.relate import Related, relate
from ingest.relate_cues import Cue, lead, passive, read_cues, rule, weak
from ingest.tables import table

HERE = Path(__file__).parent
CASES: list[dict[str, Any]] = tomllib.loads((HERE / "relations.toml").read_text(encoding="utf-8"))["case"]
DEMO = HERE.parent / "api" / "demo"


def read(raw: str) -> Related:
    text = clean(raw)
    header = read_header(text)
    return relate(text, header, find_citations(text, header))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_relations_of_a_document(case: dict[str, Any]) -> None:
    related = read(case["text"])
    said = [[one.number or one.name, one.relation, one.from_number or ""] for one in related.citations]
    assert _folded(said) == _folded(case["mentions"])
    edges = {(one.from_number, one.relation, one.to) for one in related.extra_edges}
    assert edges == {tuple(edge) for edge in case.get("edges", [])}


def _folded(rows: list[list[str]]) -> list[list[str]]:
    return [[fold(word or "") for word in row] for row in rows]


def active(words: str) -> Cue | None:
    folded = fold(words)
    return read_cues(folded, [(0, len(folded))]).last(0, len(folded))


@pytest.mark.parametrize("row", table("cues")["active"], ids=lambda row: row["name"])
def test_active_cues(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        cue = active(example + " ")
        assert cue and cue.relation == row["relation"], example
    for counter in row["counter"]:
        cue = active(counter + " ")
        assert cue is None or cue.relation != row["relation"], counter


@pytest.mark.parametrize("row", table("cues")["passive"], ids=lambda row: row["name"])
def test_passive_cues(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        folded = "nghi dinh " + fold(example) + " "
        cue = passive(folded, 0, len(folded))
        assert cue and cue.relation == row["relation"], example
    for counter in row["counter"]:
        folded = fold(counter) + " "
        cue = passive(folded, 0, len(folded))
        assert cue is None or cue.relation != row["relation"], counter


@pytest.mark.parametrize("row", table("cues")["weak"], ids=lambda row: row["name"])
def test_weakening_words(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert weak(fold(example) + " ") == row["name"], example
    for counter in row["counter"]:
        assert weak(fold(counter) + " ") != row["name"], counter


@pytest.mark.parametrize("row", table("cues")["lead"], ids=lambda row: row["name"])
def test_lead_words(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        folded = fold(example)
        cue = lead(folded, 0, len(folded))
        assert cue and cue.name == row["name"], example
    for counter in row["counter"]:
        folded = fold(counter)
        cue = lead(folded, 0, len(folded))
        assert cue is None or cue.name != row["name"], counter


@pytest.mark.parametrize("row", table("cues")["section"], ids=lambda row: row["zone"])
def test_section_headings(row: dict[str, Any]) -> None:
    for example in row["examples"]:
        assert re.match(row["pattern"], fold(example)), example
    for counter in row["counter"]:
        assert not re.match(row["pattern"], fold(counter)), counter


def test_every_rule_is_a_pattern() -> None:
    for name in table("cues")["rules"]:
        assert rule(name)


@pytest.mark.parametrize("path", sorted(DEMO.glob("*.txt")), ids=lambda path: path.stem)
def test_offsets_and_relations_of_the_shipped_documents(path: Path) -> None:
    raw = path.read_bytes().decode("utf-8")
    related = read(raw)
    for one in related.citations:
        assert one.relation in RELATIONS
        assert one.quote_start <= one.start < one.end <= one.quote_end
        assert one.nested == (one.from_number is not None)
        assert one.quote_end - one.quote_start <= max(600, one.end - one.start)
    for named in related.programmes:
        assert raw[named.start : named.end] == named.text
        assert named.quote_start <= named.start < named.end <= named.quote_end


@cache
def _expected() -> list[dict[str, str]]:
    gold = os.environ.get("VANBAN_GOLD")
    if not gold:
        print("VANBAN_GOLD is not set: the founding documents' expected edges were not compared")
        return []
    with open(Path(gold) / "expected_edges.csv", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[*#]", "", words).split())


def test_expected_edges_of_the_founding_documents() -> None:
    for edge in _expected():
        raw = (DEMO / edge["asserted_by"]).read_bytes().decode("utf-8")
        own = edge["source"] == edge["asserted_by"]
        source = "" if own else edge["source"].split(" ")[0]
        found = [
            one
            for one in read(raw).citations
            if one.relation == edge["relation"] and (one.from_number or "") == source and _is(one, edge["target"])
        ]
        quotes = [_bare(raw[one.quote_start : one.quote_end]) for one in found]
        assert any(_bare(edge["quote"]) in quote or quote in _bare(edge["quote"]) for quote in quotes), edge


def _is(citation: Citation, target: str) -> bool:
    """Whether the mention may be the target; one document names a resolution that the table numbers."""
    names = [citation.number or "", citation.name or ""]
    if citation.name == "Đề án 06":
        names.append("06/QĐ-TTg")
    if "Đại hội XVI" in (citation.name or ""):
        names.append("09-NQ/ĐH")
    return any(name and target.startswith(name.split(" (")[0]) for name in names)


PIECES = (
    "Căn cứ |Nghị định số 12/2020/NĐ-CP|Thông tư số 05/2021/TT-BYT|Luật Đầu tư| sửa đổi, bổ sung | và |; | (|)|\n|.\n\n"
    "| được sửa đổi bởi | về việc ban hành Kế hoạch thực hiện |Điều 1. Bãi bỏ | hết hiệu lực| Chương trình “A b c” "
)
mentions = st.sampled_from(PIECES.split("|"))


@given(st.lists(mentions, max_size=40))
def test_any_text_keeps_the_mentions_and_their_order(parts: list[str]) -> None:
    text = clean("".join(parts))
    citations = find_citations(text, Header(type="Quyết định"))
    related = relate(text, Header(type="Quyết định"), citations)
    assert [(one.start, one.end, one.number, one.name) for one in related.citations] == [
        (one.start, one.end, one.number, one.name) for one in citations
    ]
    for one in related.citations:
        assert one.relation in RELATIONS
        assert one.quote_start <= one.start < one.end <= one.quote_end
        assert one.from_number is None or one.from_number != one.number


@given(st.lists(mentions, max_size=25), st.randoms(use_true_random=False))
def test_the_order_of_citations_does_not_matter(parts: list[str], random: Any) -> None:
    text = clean("".join(parts))
    citations = list(find_citations(text, Header()))
    straight = relate(text, Header(), tuple(citations))
    random.shuffle(citations)
    mixed = relate(text, Header(), tuple(citations))
    assert sorted(straight.citations, key=lambda one: (one.start, one.end)) == sorted(
        mixed.citations, key=lambda one: (one.start, one.end)
    )
    assert set(straight.extra_edges) == set(mixed.extra_edges)


def test_what_a_telegram_carries_out_stands_below_its_addressees() -> None:
    raw = (
        "THỦ TƯỚNG CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n"
        "Số: 228/CĐ-TTg\n\nHà Nội, ngày 25 tháng 11 năm 2025\n\nCÔNG ĐIỆN\n\nVề việc chi trả bảo hiểm\n\n"
        "THỦ TƯỚNG CHÍNH PHỦ điện:\n\n- Bộ trưởng các Bộ: Tài chính, Y tế;\n"
        "- Chủ tịch Ủy ban nhân dân các tỉnh, thành phố: Đắk Lắk, Gia Lai.\n\n"
        "Thực hiện Nghị quyết số 380/NQ-CP ngày 25 tháng 11 năm 2025 của Chính phủ, Thủ tướng Chính phủ yêu cầu:\n\n"
        "1. Bộ Tài chính thực hiện nghiêm Công điện số 225/CĐ-TTg ngày 20/11/2025.\n"
    )
    assert [(one.number, one.relation) for one in extract("x", raw).citations] == [
        ("380/NQ-CP", "IMPLEMENTS"),
        ("225/CĐ-TTg", "CITES"),
    ]


def test_a_title_without_marks_does_not_swallow_the_basis_below_it() -> None:
    raw = (
        "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "-------\nSố: 12/KH-UBND\nLào Cai, ngày 20 tháng 11 năm 2025\n\nKẾ HOẠCH\nThực hiện công tác y tế năm 2026\n\n"
        "Căn cứ Luật Khám bệnh, chữa bệnh số 15/2023/QH15;\n\nI. MỤC ĐÍCH\n"
    )
    assert [one.relation for one in extract("x", raw).citations] == ["BASED_ON"]


TOP = (
    "ỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n-------\n"
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n-------\n\n"
)


def test_a_title_and_the_paragraph_below_it_are_two_sentences() -> None:
    raw = TOP + (
        "Số: 77/BC-UBND\n\nLào Cai, ngày 20 tháng 11 năm 2024\n\nBÁO CÁO\n"
        "Kết quả thực hiện Nghị quyết số 20-NQ/TW trên địa bàn tỉnh\n\n"
        "Thực hiện Công văn số 6789/BYT-KCB ngày 20/9/2024 của Bộ Y tế, UBND tỉnh báo cáo như sau:\n\n"
        "I. CÔNG TÁC CHỈ ĐẠO\nUBND tỉnh đã ban hành Kế hoạch số 123/KH-UBND ngày 3/3/2018.\n"
    )
    found = extract("x", raw).citations
    assert [(one.number, one.from_number) for one in found] == [
        ("20-NQ/TW", None),
        ("6789/BYT-KCB", None),
        ("123/KH-UBND", None),
    ]
    assert found[2].issuer == "Ủy ban nhân dân tỉnh Lào Cai"


def test_who_proposes_is_not_what_the_lines_above_rest_on() -> None:
    raw = TOP + (
        "Số: 33/TTr-UBND\n\nLào Cai, ngày 20 tháng 11 năm 2024\n\nTỜ TRÌNH\n"
        "Về việc ban hành Nghị quyết sửa đổi Nghị quyết số 16/2021/NQ-HĐND của Hội đồng nhân dân tỉnh\n\n"
        "Kính gửi: Hội đồng nhân dân tỉnh\n\nCăn cứ Luật Ngân sách nhà nước ngày 25/6/2015;\n"
        "UBND tỉnh trình HĐND tỉnh dự thảo Nghị quyết thay thế Nghị quyết số 20/2022/NQ-HĐND.\n"
    )
    found = extract("x", raw).citations
    assert [one.relation for one in found] == ["CITES", "BASED_ON", "CITES"]
    assert found[0].issuer == "Hội đồng nhân dân tỉnh Lào Cai"
