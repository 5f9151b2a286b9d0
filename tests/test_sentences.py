"""The sentence or item around a mention."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean
from ingest.sentences import LONGEST, quote_bounds, read_sentences

QUOTES = [
    ("Sở họp. TP. Hồ Chí Minh và Q.1 họp ngày 30.4.2024. Hết.", "Q.1", "TP. Hồ Chí Minh và Q.1 họp ngày 30.4.2024."),
    ("Đạt 1.234,5 tỷ v.v. theo số 5\nvà nguồn khác. Xong.", "số 5", "Đạt 1.234,5 tỷ v.v. theo số 5\nvà nguồn khác."),
    ("- Giao Sở A lập Kế hoạch 5.\n- Giao Sở B lập Kế hoạch 6.\n", "Kế hoạch 6", "- Giao Sở B lập Kế hoạch 6."),
    ("của\n\nThủ tướng tại số 5, đến\n\nnăm 2025. Sau đó.", "số 5", "của\n\nThủ tướng tại số 5, đến\n\nnăm 2025."),
    ("*Căn cứ Luật A;*\n\n*Căn cứ Luật B ngày 01/01/2024;*\n", "Luật B", "Căn cứ Luật B ngày 01/01/2024;"),
    ("Điều 1. Phê duyệt Đề án 06. Điều này có hiệu lực.", "Đề án 06", "Điều 1. Phê duyệt Đề án 06."),
    ("| Nhiệm vụ | Sở Y tế theo Kế hoạch 7 |\n|---|---|\n| Khác | Sở C |\n", "hoạch 7", "Sở Y tế theo Kế hoạch 7"),
]


@pytest.mark.parametrize(("raw", "mention", "quote"), QUOTES)
def test_quotes(raw: str, mention: str, quote: str) -> None:
    text = clean(raw)
    start = text.flat.index(mention)
    first, last = quote_bounds(text, start, start + len(mention))
    assert text.slice(first, last) == quote


def test_a_long_sentence_is_cut_at_clauses_around_the_mention() -> None:
    clause = "các cơ quan, đơn vị phối hợp thực hiện; "
    raw = clause * 30 + "theo Nghị định số 5; " + clause * 30
    text = clean(raw)
    start = raw.index("Nghị định số 5")
    first, last = quote_bounds(text, start, start + 14)
    assert last - first <= LONGEST
    assert raw[first:last].startswith(("các cơ quan", "đơn vị"))
    assert "Nghị định số 5" in raw[first:last]


PIECES = "Căn cứ ,Luật A,. ,.\n\n,;\n,\n- ,TP. ,| ,Điều 2. ,aaaaaaaaaaaaaaaaaaaaaaaaaa,\n\n,5.1 ,“,” ,e\u0301 "
pieces = st.sampled_from(PIECES.split(","))


@given(st.lists(pieces, max_size=60), st.data())
def test_a_quote_holds_the_mention(parts: list[str], data: st.DataObject) -> None:
    text = clean("".join(parts))
    start = data.draw(st.integers(0, max(0, len(text.flat) - 1)))
    end = data.draw(st.integers(start, len(text.flat)))
    first, last = quote_bounds(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text.flat)
    assert last - first <= max(LONGEST, end - start)


@given(st.lists(pieces, max_size=60))
def test_sentences_are_in_order_and_do_not_overlap(parts: list[str]) -> None:
    sentences = read_sentences(clean("".join(parts)))
    bounds = list(zip(sentences.starts, sentences.ends, strict=True))
    assert all(start < end for start, end in bounds)
    assert all(before[1] <= after[0] for before, after in pairwise(bounds))


@pytest.mark.parametrize("unit", [" \n", "|\n", "*\n", ". ", "Căn cứ\n"])
def test_hostile_text_takes_time_in_proportion(unit: str) -> None:
    def spent(size: int) -> float:
        text = clean("Căn cứ Luật A" + unit * (size // len(unit)) + "b")
        begin = time.perf_counter()
        read_sentences(text, ())
        return time.perf_counter() - begin

    small, large = spent(5_000), spent(40_000)
    assert large < 40 * small + 0.5
