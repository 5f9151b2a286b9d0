"""The word before a number that names its type: "Báo cáo giải trình, tiếp thu số" before 469/BC-UBND."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from ingest.cite_symbols import type_codes
from ingest.clean import Text, fold, fold_name
from ingest.patterns import compiled
from ingest.tables import table

_WINDOW = 90
_MOST_WORDS = 10
_NUMBER_WORDS = ("so", "no", "no.")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a number: `start` of the mention, the type by its name, and whether "số" is printed."""

    start: int
    type: str | None
    numbered: bool
    generic: bool = False

    @property
    def needs(self) -> str:
        """How much the words before let a number pass: see the table of forms."""
        if self.type:
            return "type"
        return "lead" if self.numbered or self.generic else ""


@cache
def type_names() -> dict[str, str]:
    """The names of types as people write them, folded: to the name as listed."""
    names = {fold(row["name"]): str(row["name"]) for row in table("types")["type"]}
    names["thong bao ket luan"] = "Thông báo"
    return names


@cache
def _phrases() -> tuple[dict[str, str | None], frozenset[str], re.Pattern[str]]:
    """Types (and generic words, which name none), the words that they begin with, and a qualified type."""
    generic: dict[str, str | None] = dict.fromkeys(map(fold, table("forms")["lead"]["generic"]))
    phrases = type_names() | generic
    types = "|".join(re.escape(name) for name in sorted(phrases, key=len, reverse=True))
    words = "|".join(sorted((fold(word) for word in table("forms")["lead"]["qualifiers"]), key=len, reverse=True))
    qualified = re.compile(rf"({types}) (?:{words})(?: [a-z]+){{0,4}}")
    return phrases, frozenset(name.split()[0] for name in phrases), qualified


def read_lead(text: Text, at: int, floor: int = 0) -> Lead:
    """What stands before the number at `at`, looking back no further than `floor`: "Nghị quyết số" before 20-NQ/TW."""
    begin = max(floor, at - _WINDOW)
    said = text.folded[begin:at].rstrip(" (:")
    word = said[said.rfind(" ") + 1 :]
    numbered = word in _NUMBER_WORDS
    if numbered:
        said = said[: -len(word)].rstrip(" (:") if word != said else ""
    elif text.folded[at - 1 : at].isalnum():
        return Lead(at, None, False)
    found = _last_type(said)
    if found:
        start, name = found
        return Lead(begin + start, name, numbered, name is None)
    return _abbreviated(text, begin, begin + len(said), at, numbered)


@cache
def _form_words() -> tuple[str, ...]:
    return tuple(" " + fold(word) for word in table("forms")["lead"]["not_after"])


def after_form(text: Text, at: int) -> bool:
    """Whether the number at `at` is that of a form or a standard: "Mẫu số 01/QĐ-XPHC"."""
    return f" {text.folded[max(0, at - 24) : at].rstrip(' :')}".endswith(_form_words())


def _last_type(said: str) -> tuple[int, str | None] | None:
    """The longest type that ends `said`: where it begins and its name, None for "văn bản"."""
    phrases, first_words, qualified = _phrases()
    found: tuple[int, str | None] | None = None
    phrase = ""
    for start, word in _words_back(said):
        phrase = f"{word} {phrase}" if phrase else word
        if word not in first_words:
            continue
        if phrase in phrases:
            found = start, phrases[phrase]
        elif found is None and (match := qualified.fullmatch(phrase)):
            return start, phrases[match[1]]
    return found


def _words_back(said: str) -> Iterator[tuple[int, str]]:
    """The last words of `said`, from the last one on, with where each begins."""
    end = len(said)
    for _ in range(_MOST_WORDS):
        blank = said.rfind(" ", 0, end)
        if end > blank + 1:
            word = said[blank + 1 : end].lstrip("([“\"'")
            yield end - len(word), word
        if blank < 0:
            return
        end = blank


@cache
def _code() -> re.Pattern[str]:
    return compiled(r"(?<!\w)[A-ZĐ][A-Za-zĐđ]{1,3}\Z")


def _abbreviated(text: Text, begin: int, cut: int, at: int, numbered: bool) -> Lead:
    """A type by its code, as in "NĐ 81/2021/NĐ-CP"."""
    word = _code().search(text.flat[max(begin, cut - 5) : cut])
    if word and word[0] in type_codes() and word[0] not in ("HĐ", "TC", "PC"):
        return Lead(cut - len(word[0]), type_codes()[word[0]][0], numbered)
    return Lead(at, None, numbered)


def spread_lead(text: Text, at: int, types: tuple[str, ...], floor: int = 0) -> int | None:
    """Where a type that the code means begins, other words standing between: "Báo cáo kết quả … số 12/BC-UBND"."""
    begin = max(floor, at - _WINDOW)
    window = text.folded[begin:at]
    for name in types:
        start = window.rfind(fold_name(name) + " ")
        if start >= 0 and text.flat[begin + start].isupper() and not re.search(r"[.;:()\"“”\d]", window[start:]):
            return begin + start
    return None
