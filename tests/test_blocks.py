"""Blocks: headings, items, healed paragraphs, table cells."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Block, marker_at, split_blocks
from ingest.clean import clean
from ingest.tables import table


def cut(raw: str) -> list[tuple[str, str]]:
    text = clean(raw)
    return [(block.kind, " ".join(text.slice(block.start, block.end).split())) for block in split_blocks(text)]


def words(raw: str) -> list[str]:
    return [said for _, said in cut(raw)]


@pytest.mark.parametrize("row", table("blocks")["marker"], ids=lambda row: row["family"])
def test_every_marker_row_matches_its_examples_and_not_its_counter_examples(row: dict[str, list[str]]) -> None:
    pattern = re.compile(str(row["pattern"]))
    for example in row["examples"]:
        text = clean(example)
        assert re.match(table("blocks")["opening"], text.folded), example
        assert pattern.match(text.flat if row.get("case") else text.folded), example
    for counter in row["counter"]:
        text = clean(counter)
        assert not pattern.match(text.flat if row.get("case") else text.folded), counter


def test_a_marker_is_told_from_the_words_after_it() -> None:
    text = clean("**Điều 2. **Giao Sở Y tế")
    family, start, end = marker_at(text, 2, len(text.flat))
    assert (family, text.slice(start, end)) == ("article", "Điều 2.")


def test_wrapped_lines_are_one_block() -> None:
    raw = (
        "1. Sở Y tế chủ trì, phối hợp với các\ncơ quan, đơn vị liên quan rà soát\nvà báo cáo.\n\n2. Sở "
        "Tài chính bố trí\nkinh phí."
    )
    assert words(raw) == [
        "1. Sở Y tế chủ trì, phối hợp với các cơ quan, đơn vị liên quan rà soát và báo cáo.",
        "2. Sở Tài chính bố trí kinh phí.",
    ]


def test_a_page_break_inside_a_sentence_is_healed() -> None:
    raw = "- Triển khai đồng bộ; bảo đảm thực hiện tốt\n\nnhững công việc thường xuyên.\n\n- Rà soát."
    assert words(raw) == [
        "- Triển khai đồng bộ; bảo đảm thực hiện tốt những công việc thường xuyên.",
        "- Rà soát.",
    ]


def test_a_number_that_a_wrap_has_put_first_is_no_marker() -> None:
    raw = (
        "Căn cứ Nghị quyết số\n57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá\nphát triển giai "
        "đoạn 2021\n- 2025 của tỉnh;"
    )
    assert len(words(raw)) == 1


def test_two_headings_on_one_line_are_two_blocks() -> None:
    assert words("**I- ĐÁNH GIÁ THỰC TRẠNG****1- Kết quả**") == ["I- ĐÁNH GIÁ THỰC TRẠNG", "1- Kết quả"]


def test_items_stand_under_their_headings() -> None:
    raw = (
        "## I. NHIỆM VỤ\n\n**1. Sở Y tế**\n\n- Rà soát.\n\n- Báo cáo.\n\n**2. Sở Tài chính**\n\nBố trí "
        "kinh phí.\n\n## II. KINH PHÍ"
    )
    blocks = split_blocks(clean(raw))
    assert [block.parent for block in blocks] == [-1, 0, 1, 1, 0, 4, -1]
    assert blocks[1].bold and not blocks[2].bold


def test_a_table_with_bars_on_their_own_lines_is_told_by_cell() -> None:
    raw = (
        "|\n**STT**\n|\n**Nhiệm vụ**\n|\n**Chủ trì**\n|\n|\n**I**\n|\n**Nhóm một**\n|\n|\n1\n|\nRà soát "
        "văn\nbản\n|\nSở Y tế\n|\n\nHết bảng."
    )
    blocks = split_blocks(clean(raw))
    places = [(block.row, block.column) for block in blocks]
    assert places == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0), (2, 1), (2, 2), (-1, -1)]
    assert blocks[6].end - blocks[6].start == len("Rà soát văn\nbản")


@pytest.mark.parametrize(
    "box",
    [
        "| Số hiệu | 31/KH-UBND |\n| Cơ quan ban hành | Tỉnh Lào Cai |\n",
        "• Số hiệu văn bản: 31/KH-UBND\n• Nơi ban hành: A",
    ],
)
def test_the_box_of_a_site_stands_before_the_letterhead(box: str) -> None:
    raw = f"{box}\n\nỦY BAN NHÂN DÂN\nTỈNH LÀO CAI\n\nCỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\n\nSố: 31/KH-UBND\n"
    text = clean(raw)
    zones = {text.flat[block.start : block.end]: block.zone for block in split_blocks(text)}
    assert {zone for words, zone in zones.items() if "ban hành" in words} == {"front"}
    assert zones["Số: 31/KH-UBND"] == "body"


def test_a_markdown_table_is_told_by_cell() -> None:
    raw = "| STT | Nhiệm vụ | Chủ trì |\n| --- | --- | --- |\n| 1 | Rà soát | Sở Y tế |\n"
    blocks = split_blocks(clean(raw))
    assert [(block.row, block.column) for block in blocks] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_zones_follow_the_document() -> None:
    raw = (
        "Kính gửi:\n\n- Sở Y tế;\n\nThực hiện chỉ đạo của Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh yêu "
        "cầu Sở Y tế và các đơn vị:\n\n1. Rà soát.\n\n**Nơi nhận:**\n\n- Như trên;\n\n**TM. ỦY BAN NHÂN "
        "DÂN**\n\nPHỤ LỤC\n\nBảng việc"
    )
    zones = [block.zone for block in split_blocks(clean(raw))]
    assert zones == [
        "addressees",
        "addressees",
        "body",
        "body",
        "recipients",
        "recipients",
        "signature",
        "annex",
        "annex",
    ]


LINES = st.lists(
    st.sampled_from(
        [
            "1. Sở Y tế",
            "- báo cáo",
            "|",
            "",
            "**Điều 1.** Giao",
            "| a | b |",
            "và các đơn vị.",
            "# I. MỤC",
            "x" * 90,
            "**",
            "****",
            "---",
        ]
    ),
    max_size=30,
)


@settings(deadline=None)
@given(LINES)
def test_blocks_are_in_order_do_not_overlap_and_lose_no_word(lines: list[str]) -> None:
    text = clean("\n".join(lines))
    blocks = split_blocks(text)
    assert all(
        block.start < block.end and block.start <= block.body <= block.end for block in blocks if block.kind != "rule"
    )
    assert all(first.end <= second.start for first, second in pairwise(blocks))
    covered = {at for block in blocks for at in range(block.start, block.end)}
    assert all(at in covered for at, char in enumerate(text.flat) if char.isalnum())
    assert all(_earlier(index, block) for index, block in enumerate(blocks))


def _earlier(index: int, block: Block) -> bool:
    return -1 <= block.parent < index


@pytest.mark.parametrize("unit", ["|\n", "**", "1. ", "- a\n", "*", "(1) ", "a\n\n", "|a", "#"])
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    def spent(times: int) -> float:
        text = clean(unit * times)
        begin = time.perf_counter()
        split_blocks(text)
        return time.perf_counter() - begin

    small, large = spent(5_000), spent(40_000)
    assert large < 40 * small + 0.5


def test_an_empty_row_on_one_line_opens_no_cell() -> None:
    raw = "CHÍNH PHỦ\n\n| | |\n\nSố: 12/2030/NĐ-CP\n\nĐiều 1. Bãi bỏ\n\nBãi bỏ các văn bản sau:"
    assert [kind for kind, _ in cut(raw)] == ["paragraph", "paragraph", "item", "paragraph"]


@pytest.mark.parametrize("heading", ["ĐĂNG KÝ, SỬ DỤNG TÀI KHOẢN", "Đăng ký và sử dụng tài khoản", "Nơi nhận báo cáo"])
def test_a_heading_about_accounts_or_reports_ends_no_document(heading: str) -> None:
    text = clean(f"Chương II\n\n{heading}\n\nĐiều 7. Hồ sơ\n\nHồ sơ gồm có đơn.")
    assert {block.zone for block in split_blocks(text)} == {"body"}
