"""Bytes of unknown encoding to text: Unicode, else the Vietnamese code page whose letters make the best syllables."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.spots import Spot
from ingest.tables import table

_SAMPLE = 64_000
_SURE = 0.75
_FEW_BROKEN = 0.02
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile(r"[^\W\d_]+")
_MOJIBAKE = re.compile("á»[\u0080-\u00bf‘’“”•–—˜™š›œžŸ¡-¿]|áº[\u0080-\u00bf¡-¿]|Ä‘|Æ°|Æ¡|Ã[\u00a0-\u00bf]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and how it was had from bytes; `notes` say in words what is doubtful.

    `spots` say where its pieces stand in a file that is not text; `format` is set where it is not that of the reader
    (a PDF that is a scan).
    """

    text: str
    encoding: str
    notes: tuple[str, ...] = ()
    spots: tuple[Spot, ...] = ()
    format: str | None = None


@dataclass(frozen=True, slots=True)
class CodePage:
    """A legacy code page: `decode` never fails, `encode` with UnicodeEncodeError on letters that it lacks."""

    name: str
    decode: Callable[[bytes], str]
    encode: Callable[[str], bytes]
    example: tuple[str, str] = ("", "")


class NotText(ValueError):
    """Bytes that are no text in any encoding; the message says why."""


def decode(data: bytes) -> Decoded:
    """The text of `data`: UTF-8, UTF-16 and UTF-32 with or without mark, CP1258, TCVN3, VISCII, VNI, else Windows-1252.

    A byte order mark stays in the text, line ends too: offsets count the file as decoded. `NotText` when it is binary.
    """
    if wide := _wide(data):
        return _with_losses(data, wide)
    if b"\0" in data:
        raise NotText("it holds zero bytes and is not UTF-16 or UTF-32")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)
    if _controls(data) > 0.1:
        raise NotText("most of it is control characters")
    return Decoded(text, "UTF-8", _mojibake(text))


def _wide(data: bytes) -> str | None:
    """The UTF-16 or UTF-32 codec of `data`, by its mark or by where the zero bytes of its first letters are."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "UTF-32-LE"), (codecs.BOM_UTF32_BE, "UTF-32-BE"),
        (codecs.BOM_UTF16_LE, "UTF-16-LE"), (codecs.BOM_UTF16_BE, "UTF-16-BE"),
    ):  # fmt: skip
        if data.startswith(mark):
            return name
    sample = data[: min(len(data), 4_096) // 4 * 4]
    if len(sample) < 8:
        return None
    zeros = [sample[at::4].count(0) * 4 / len(sample) for at in range(4)]
    if min(zeros[1:]) > 0.4 and zeros[0] < 0.05 and min(zeros[2:]) > 0.9:
        return "UTF-32-LE"
    if min(zeros[:3]) > 0.4 and zeros[3] < 0.05 and min(zeros[:2]) > 0.9:
        return "UTF-32-BE"
    if min(zeros[1], zeros[3]) > 0.3 and max(zeros[0], zeros[2]) < 0.05:
        return "UTF-16-LE"
    if min(zeros[0], zeros[2]) > 0.3 and max(zeros[1], zeros[3]) < 0.05:
        return "UTF-16-BE"
    return None


def _with_losses(data: bytes, name: str) -> Decoded:
    text = data.decode(name, errors="replace")
    lost = text.count("\ufffd")
    if lost > len(text) * _FEW_BROKEN + 1:
        raise NotText(f"it begins like {name} but is not")
    return Decoded(text, name, _lost(lost, name) + _mojibake(text))


def _lost(count: int, name: str) -> tuple[str, ...]:
    return (f"{count} characters are damaged in {name} and stand as U+FFFD",) if count else ()


def _controls(data: bytes) -> float:
    sample = data[:_SAMPLE]
    kept = sample.translate(None, bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0C, 0x0D}))
    return 1 - len(kept) / len(sample) if sample else 0.0


def _not_utf8(data: bytes) -> Decoded:
    """Text that is not UTF-8: UTF-8 with a few broken bytes, or the best code page."""
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    if lost <= _FEW_BROKEN * sum(char > "\x7f" for char in text[:_SAMPLE]) + 1 and _vietnamese(text[:_SAMPLE]) > _SURE:
        return Decoded(text, "UTF-8", _lost(lost, "UTF-8"))
    sample = _whole_words(data)
    scores = {page.name: _vietnamese(page.decode(sample)) for page in code_pages()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] >= _SURE:
        return Decoded(code_page(best).decode(data), best, (f"read as {best} and converted to Unicode",))
    western = data.decode("cp1252", errors="replace")
    if _controls(data) > 0.05 or western.count("\ufffd") > _FEW_BROKEN * len(western):
        raise NotText("it is not text in any known encoding")
    note = "the encoding is not known; read as Windows-1252, check the letters"
    return Decoded(western, "Windows-1252", (note,))


def _whole_words(data: bytes) -> bytes:
    """A sample cut at a blank, from the part with most bytes beyond ASCII."""
    pieces = [data[at : at + _SAMPLE] for at in range(0, min(len(data), 16 * _SAMPLE), _SAMPLE)]
    piece = max(pieces, key=lambda piece: len(piece.translate(None, bytes(range(128)))))
    return piece.rsplit(b" ", 1)[0] if len(piece) == _SAMPLE else piece


def _vietnamese(text: str) -> float:
    """The share of words with letters beyond ASCII that are Vietnamese syllables; 0 when there are none."""
    words = [word for word in _WORD.findall(unicodedata.normalize("NFC", text)) if not word.isascii()]
    return sum(map(is_syllable, words)) / len(words) if words else 0.0


@cache
def _syllable() -> re.Pattern[str]:
    parts = table("encodings")["syllable"]
    onset, vowel, coda = (
        "|".join(sorted(parts[name], key=len, reverse=True)) for name in ("onsets", "vowels", "codas")
    )
    return re.compile(rf"(?:{onset})(?:{vowel})(?:{coda})\Z")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Whether a word is built like a Vietnamese syllable, with one tone at most: "nghị", "QUYẾT"; not "hßa", "chñ"."""
    apart = unicodedata.normalize("NFD", word.lower())
    if word[1:] not in (word[1:].lower(), word[1:].upper()) or len(_TONES.findall(apart)) > 1:
        return False
    return _syllable().match(unicodedata.normalize("NFC", _TONES.sub("", apart))) is not None


def _mojibake(text: str) -> tuple[str, ...]:
    """What Unicode text shows of a wrong conversion before it came here; the text itself is left alone."""
    sample = text[:_SAMPLE]
    notes = []
    if len(_MOJIBAKE.findall(sample)) > 3:
        notes.append(
            "parts look like UTF-8 that was taken for Windows-1252 (mojibake); convert the file and read it again"
        )
    if damaged := text.count("\ufffd"):
        notes.append(f"{damaged} characters were lost before (U+FFFD)")
    if page := page_in_unicode(sample):
        notes.append(
            f"the letters look like {page} kept as Windows-1252 characters; convert the file and read it again"
        )
    return tuple(notes)


def page_in_unicode(sample: str) -> str | None:
    """The code page whose letters `sample` shows as Windows-1252 characters ("Céng hßa"), None when it is no such."""
    foreign = [word for word in _WORD.findall(sample) if not word.isascii()]
    if len(foreign) < 8 or sum(map(is_syllable, foreign)) > 0.6 * len(foreign):
        return None
    data = sample.encode("cp1252", errors="ignore")
    scores = {page.name: _vietnamese(page.decode(data)) for page in code_pages()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= _SURE else None


@cache
def code_pages() -> tuple[CodePage, ...]:
    """The legacy code pages that are tried, in this order where they score the same."""
    shipped = [_pairs(row) if row.get("pairs") else _bytes(row) for row in table("encodings")["page"]]
    return (CodePage("CP1258", _cp1258, _to_cp1258), *shipped)


def code_page(name: str) -> CodePage:
    """The code page of that name; KeyError when there is none."""
    return {page.name: page for page in code_pages()}[name]


def _cp1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", errors="replace"))


def _to_cp1258(text: str) -> bytes:
    """Windows-1258 has the vowels with their hats and the tones on their own."""
    return "".join(map(_tone_apart, unicodedata.normalize("NFC", text))).encode("cp1258")


def _tone_apart(char: str) -> str:
    apart = unicodedata.normalize("NFD", char)
    tone = "".join(_TONES.findall(apart))
    base = unicodedata.normalize("NFC", _TONES.sub("", apart))
    return base + tone


def _rows(row: dict[str, str]) -> list[tuple[str, str]]:
    return list(zip(row["codes"].split(), row["letters"].split(), strict=True))


def _bytes(row: dict[str, str]) -> CodePage:
    """A page of single bytes; bytes it does not name are those of Windows-1252."""
    letters = list(bytes(range(256)).decode("cp1252", errors="replace"))
    for code, letter in _rows(row):
        letters[int(code, 16)] = letter
    codes = {ord(letter): code for code, letter in enumerate(letters) if letter != "\ufffd"}
    codes |= {ord(letter): int(code, 16) for code, letter in _rows(row)}
    decoding = "".join(letters)
    return CodePage(
        row["name"],
        lambda data: codecs.charmap_decode(data, "replace", decoding)[0],
        lambda text: codecs.charmap_encode(text, "strict", codes)[0],
        (row["example"][0], row["example"][1]),
    )


def _pairs(row: dict[str, str]) -> CodePage:
    """A page that writes a letter as a base and a mark, both shown as Windows-1252 shows them."""
    letters = dict(_rows(row))
    letters |= {code[0] + code[1:].lower(): letter for code, letter in letters.items() if len(code) == 2}
    codes = {letter: code for code, letter in _rows(row)}
    either = re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))))
    return CodePage(
        row["name"],
        lambda data: either.sub(lambda found: letters[found.group()], data.decode("cp1252", errors="replace")),
        lambda text: "".join(codes.get(char, char) for char in text).encode("cp1252"),
        (row["example"][0], row["example"][1]),
    )
