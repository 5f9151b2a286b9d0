"""The views of a text: equal lengths, offsets that lead back to the document, damage that conversions do."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean, fold

_PIECES = [
    "Quyết định",
    "số",
    "20-NQ/TW",
    "ngày",
    "ỦY BAN",
    "\r\n",
    "\n",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "**",
    "<br>",
    "\\-",
    "&amp;",
    "Đ",
    "Ð",
    "С",
    "–",
    "\u00a0",
    "QH**1**5",
    "16/2015",
    "e\u0301",
    "\u212b",
    "\u0344",
    "😀",
    "\ud800",
]
texts = st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join) | st.text(max_size=80)
forms = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@given(texts, forms)
@settings(deadline=None)
def test_views_have_one_length_and_lead_back(raw: str, form: str) -> None:
    raw = unicodedata.normalize(form, raw)
    text = clean(raw)
    assert len(text.clean) == len(text.flat) == len(text.folded)
    offsets = [text.raw_offset(at) for at in range(len(text.clean) + 1)]
    assert offsets == sorted(offsets)
    assert offsets[-1] == len(raw)
    assert text.slice(offsets.index(offsets[0]), len(text.clean)) == raw[offsets[0] :]


latin = st.characters(max_codepoint=0x36F) | st.characters(min_codepoint=0x1E00, max_codepoint=0x1EFF)


@given(st.lists(st.sampled_from(_PIECES), max_size=30).map(" ".join) | st.text(latin, max_size=80))
@settings(deadline=None)
def test_composed_and_decomposed_text_have_the_same_views(raw: str) -> None:
    assert clean(unicodedata.normalize("NFD", raw)).folded == clean(unicodedata.normalize("NFC", raw)).folded


@given(st.text(alphabet="aăâđêôơưĂÂĐÊÔƠƯ ớợờỨỰỲỵ-/*\n", max_size=40))
@settings(deadline=None)
def test_folded_is_flat_folded(raw: str) -> None:
    text = clean(raw)
    assert text.folded == fold(text.flat)


@pytest.mark.parametrize(
    ("raw", "flat"),
    [
        ("89/2015/NÐ-CP", "89/2015/NĐ-CP"),
        ("51/2025/TT-BTС", "51/2025/TT-BTC"),
        ("20–NQ/TW", "20-NQ/TW"),
        ("39/2024/QH**1**5", "39/2024/QH15"),
        ("20\\-NQ/TW", "20-NQ/TW"),
        ("QĐ-BGD&amp;ĐT", "QĐ-BGD&ĐT"),
        ("20\u200b-NQ/TW", "20-NQ/TW"),
        ("\ufeffSố", "Số"),
        ("quy\u00adết", "quyết"),
        ("Chỉ thị<br>số 16", "Chỉ thị    số 16"),
        ("CV<sup>Hàng</sup>", "CV     Hàng      "),
        ("Chỉ thị\r\nsố", "Chỉ thị  số"),
        ("**TRẠNG****1-", "  TRẠNG    1-"),
        ("**A**B", "  A  B"),
    ],
)
def test_damage_of_conversions(raw: str, flat: str) -> None:
    assert clean(raw).flat == flat


def test_a_span_of_decomposed_text_is_the_words_of_the_document() -> None:
    raw = unicodedata.normalize("NFD", "Căn cứ Nghị định số 16/2015/NĐ-CP")
    text = clean(raw)
    at = text.flat.index("Nghị định")
    assert unicodedata.normalize("NFC", text.slice(at, at + len("Nghị định"))) == "Nghị định"


def test_a_text_that_needs_nothing_keeps_its_offsets() -> None:
    assert clean("Nghị quyết số 20-NQ/TW").starts is None
