"""Folding by its short way and by its definition are the same."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from graph.folding import fold, folded_letters


@given(st.text(alphabet="aAáÁđĐƠợ “–—…b1K\u212a\u0130ß\u0323\ufffe", max_size=40) | st.text(max_size=40))
def test_folding_is_composing_and_then_a_letter_for_a_letter(said: str) -> None:
    composed = unicodedata.normalize("NFC", said)
    assert fold(said) == "".join(folded_letters().get(letter, letter) for letter in composed)


def test_folding_has_no_accents_and_no_capitals() -> None:
    assert fold("ỦY BAN NHÂN DÂN TỈNH Đắk Lắk – “Quyết định”") == "uy ban nhan dan tinh dak lak – “quyet dinh”"
