"""Bytes in any encoding that Vietnamese was written in come back as the text that was meant."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.encodings import NotText, code_page, code_pages, decode, is_syllable

SENTENCE = (
    "Căn cứ Luật Tổ chức chính quyền địa phương; Ủy ban nhân dân tỉnh ban hành Kế hoạch thực hiện Nghị quyết số "
    "20-NQ/TW về tăng cường công tác bảo vệ, chăm sóc và nâng cao sức khỏe nhân dân trong tình hình mới; giao Sở Y tế "
    "chủ trì, phối hợp với các sở, ngành, địa phương tổ chức thực hiện, báo cáo kết quả trước ngày 15/12/2018./."
)
PAGES = [page.name for page in code_pages()]
WORDS = [
    "nghị",
    "quyết",
    "thực",
    "hiện",
    "kế",
    "hoạch",
    "bảo",
    "vệ",
    "chăm",
    "sóc",
    "được",
    "giao",
    "chủ",
    "trì",
    "mười",
]


def in_page(name: str, text: str) -> bytes:
    """TCVN3 writes accented capitals with a capital font, so its text here is in small letters."""
    return code_page(name).encode(text.lower() if name == "TCVN3" else text)


@pytest.mark.parametrize("name", PAGES)
def test_legacy_text_is_recognised_and_converted(name: str) -> None:
    said = decode(in_page(name, SENTENCE))
    assert said.encoding == name
    assert said.text.lower() == SENTENCE.lower()
    assert said.notes == (f"read as {name} and converted to Unicode",)


@pytest.mark.parametrize("page", code_pages()[1:], ids=PAGES[1:])
def test_the_table_says_how_a_page_looks(page) -> None:  # type: ignore[no-untyped-def]
    shown, meant = page.example
    assert page.decode(shown.encode("cp1252")) == meant


@pytest.mark.parametrize("name", PAGES)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30))
@settings(deadline=None)
def test_a_page_gives_back_what_was_written_in_it(name: str, words: list[str]) -> None:
    text = " ".join(words)
    assert code_page(name).decode(code_page(name).encode(text)) == text


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"], include_characters="\t\r\n"), max_size=400))
@settings(deadline=None)
def test_utf8_is_never_changed(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_wide_unicode_is_recognised_with_and_without_mark(codec: str, mark: str) -> None:
    said = decode((mark + SENTENCE).encode(codec))
    assert (said.text, said.encoding) == (mark + SENTENCE, codec.upper())


def test_a_mark_and_line_ends_stay() -> None:
    text = "\ufeffSố: 12/KH-UBND\r\nHà Nội\r"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", ["Plain English, nothing else.", "It costs 5 euros (net)."])
def test_ascii_is_utf8(text: str) -> None:
    assert decode(text.encode()) == decode(text.encode("cp1252"))
    assert decode(text.encode()).notes == ()


def test_western_text_is_not_taken_for_vietnamese() -> None:
    french = "Le café crème coûte cher à la forêt, déjà reçu par l'élève français où naïve Noël garçon".encode("cp1252")
    said = decode(french)
    assert said.encoding == "Windows-1252"
    assert said.notes == ("the encoding is not known; read as Windows-1252, check the letters",)


def test_a_few_broken_bytes_do_not_make_utf8_another_page() -> None:
    data = (SENTENCE * 5).encode()
    said = decode(data[:300] + b"\xff" + data[300:])
    assert said.encoding == "UTF-8"
    assert said.text.count("\ufffd") >= 1
    assert "stand as U+FFFD" in said.notes[0]


def test_mojibake_is_told_and_left_alone() -> None:
    broken = SENTENCE.encode().decode("cp1252", errors="replace")
    said = decode(broken.encode())
    assert said.text == broken
    assert any("mojibake" in note for note in said.notes)


@pytest.mark.parametrize("name", ["TCVN3", "VNI"])
def test_a_legacy_page_kept_in_unicode_is_told(name: str) -> None:
    shown = in_page(name, SENTENCE).decode("cp1252")
    said = decode(shown.encode())
    assert said.text == shown
    assert any(name in note for note in said.notes)


@pytest.mark.parametrize(
    "data", [b"\0\1\2\3" * 50, b"\x01\x02\x03\x04\x05" * 100, bytes(range(256)) * 4, b"\xff\xfe" + b"\x00\xd8" * 99]
)
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(NotText):
        decode(data)


def test_utf16_in_normal_text_stays_in_order() -> None:
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, SENTENCE)
        assert decode(text.encode("utf-16")).text.removeprefix("\ufeff") == text


@pytest.mark.parametrize("word", ["nghị", "QUYẾT", "Người", "khuỷu", "giếng", "thuở", "Đắk", "xã", "uỷ", "ủy"])
def test_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["hßa", "chñ", "nghÜa", "ViÖt", "chuû", "hoïc", "áá", "qUyết"])
def test_no_syllables(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("data", [b"\xf9" * 1000, b"a\xf9" * 1000, b"\xc3\xa1" * 1000, b"\xe1\xbb " * 1000])
def test_decoding_takes_time_in_proportion(data: bytes) -> None:
    def seconds(times: int) -> float:
        begin = time.perf_counter()
        decode(data * times)
        return time.perf_counter() - begin

    seconds(10)
    assert seconds(800) < 12 * max(seconds(200), 0.005)
