"""Three views of a document's text, character for character, so that what is found in one can be shown in all."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

_DASHES = "‐‑‒–—―−﹣－\u00ad"
_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff\u200b"
_LOOKALIKES = {"Ð": "Đ", "ð": "đ", "А": "A", "В": "B", "С": "C", "Е": "E", "Н": "H", "К": "K", "М": "M", "О": "O",
               "Р": "P", "Т": "T", "Х": "X", "а": "a", "с": "c", "е": "e", "о": "o", "р": "p", "х": "x", "у": "y"}
_MARKS = "*_#|`~^\\<>\r\n\t\f\v\u2028\u2029"


@dataclass(frozen=True, slots=True)
class Text:
    """A document as decoded and the views that are searched; all views have the length of `clean`.

    `raw` as decoded; `clean` composed (NFC), one kind of dash and space, look-alike letters replaced, layout kept; `flat` the same
    with Markdown marks and line breaks as spaces; `folded` the same as `flat` in lower case and without accents (đ is d).
    `starts` maps an offset of the views to `raw`, None when they are equal.
    """

    raw: str
    clean: str
    flat: str
    folded: str
    starts: tuple[int, ...] | None = None

    def raw_offset(self, offset: int) -> int:
        """Where in `raw` the character at `offset` of the views begins."""
        return offset if self.starts is None else self.starts[offset]

    def slice(self, start: int, end: int) -> str:
        """The text of `raw` under a span of the views."""
        return self.raw[self.raw_offset(start) : self.raw_offset(end)]


@cache
def _clean_table() -> dict[int, str]:
    pairs = dict.fromkeys(_DASHES, "-") | dict.fromkeys(_SPACES, " ") | _LOOKALIKES
    return {ord(char): other for char, other in pairs.items()}


@cache
def _flat_table() -> dict[int, str]:
    return {ord(char): " " for char in _MARKS}


@cache
def _fold_table() -> dict[int, str]:
    letters = (chr(code) for code in [*range(0x41, 0x250), *range(0x1E00, 0x1F00)])
    return {ord(letter): folded for letter in letters if (folded := _base(letter)) != letter}


def _base(letter: str) -> str:
    """The letter without accents, in lower case; itself where that would not be one character."""
    letter = {"đ": "d", "Đ": "d"}.get(letter, letter)
    base = unicodedata.normalize("NFD", letter)[0].lower()
    return base if len(base) == 1 else letter


def fold(text: str) -> str:
    """Lower case, no accents, đ as d; the length stays for composed text: "Quyết định" → "quyet dinh"."""
    return unicodedata.normalize("NFC", text).translate(_fold_table())


def _compose(raw: str) -> tuple[str, tuple[int, ...] | None]:
    """NFC text and the offset in `raw` of each of its characters (None when nothing moved)."""
    if unicodedata.is_normalized("NFC", raw):
        return raw, None
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    while at < len(raw):
        end = at + 1
        while end < len(raw) and unicodedata.combining(raw[end]):
            end += 1
        piece = unicodedata.normalize("NFC", raw[at:end])
        pieces.append(piece)
        starts.extend([at] + [end - 1] * (len(piece) - 1))
        at = end
    return "".join(pieces), (*starts, len(raw))


def clean(raw: str) -> Text:
    """The views of `raw`. Nothing is added or dropped, so every span found in a view has a place in `raw`."""
    composed, starts = _compose(raw)
    tidy = composed.translate(_clean_table())
    flat = tidy.translate(_flat_table())
    return Text(raw, tidy, flat, flat.translate(_fold_table()), starts)
