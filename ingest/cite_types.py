"""The word before a number that names its type: "Báo cáo giải trình, tiếp thu số" before 469/BC-UBND."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.cite_symbols import type_codes
from ingest.clean import Text, fold
from ingest.tables import table

_WINDOW = 90
_NUMBER_WORD = re.compile(r"(?<!\w)(?:so|no\.?)\s{0,3}[:.]?[\s(]{0,4}\Z")
_BLANKS = re.compile(r"[\s(]*\Z")


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
    names.pop("cong van", None)
    return names


@cache
def _ending() -> re.Pattern[str]:
    """A type, and what may qualify it, at the end of a window."""
    types = "|".join(re.escape(name) for name in sorted(type_names(), key=len, reverse=True))
    generic = "|".join(fold(word) for word in table("forms")["lead"]["generic"])
    words = sorted((fold(word) for word in table("forms")["lead"]["qualifiers"]), key=len, reverse=True)
    blank = r"\s{1,4}"
    pattern = rf"(?<!\w)(?:({types})|({generic}))(?:\s(?:{'|'.join(words)})(?:\s[a-z]+){{0,4}})?\s\Z"
    return re.compile(
        pattern.replace(r"\ ", " ").replace(" ", blank).replace(r"\s\Z", r"\s{0,4}\Z").replace(r"\s(", blank + "(")
    )


def read_lead(text: Text, at: int, floor: int = 0) -> Lead:
    """What stands before the number at `at`, looking back no further than `floor`: "Nghị quyết số" before 20-NQ/TW."""
    begin = max(floor, at - _WINDOW)
    window = text.folded[begin:at]
    word = _NUMBER_WORD.search(window)
    cut = word.start() if word else _cut(window)
    found = _last_type(window, cut)
    if found:
        start, name, generic = found
        return Lead(begin + start, name, bool(word), generic)
    return _abbreviated(text, begin, begin + cut, at, bool(word))


def _cut(window: str) -> int:
    blanks = _BLANKS.search(window)
    return blanks.start() if blanks else len(window)


@cache
def _first_words() -> re.Pattern[str]:
    words = {name.split()[-1] for name in (*type_names(), *map(fold, table("forms")["lead"]["generic"]))}
    words |= {name.split()[-1] for name in map(fold, table("forms")["lead"]["qualifiers"])} | {"uong"}
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words))})\s{{0,4}}\Z")


def _last_type(window: str, cut: int) -> tuple[int, str | None, bool] | None:
    """The type that ends at `cut`: its start, its name (None for "văn bản"), whether it is generic."""
    said = window[:cut] + " "
    if not _first_words().search(said):
        return None
    found = _ending().search(said)
    if not found:
        return None
    name = " ".join(found[1].split()) if found[1] else None
    return found.start(), type_names().get(name or "", None) if name else None, not name


def _abbreviated(text: Text, begin: int, cut: int, at: int, numbered: bool) -> Lead:
    """A type by its code, as in "NĐ 81/2021/NĐ-CP"."""
    word = re.search(r"(?<!\w)[A-ZĐ][A-Za-zĐđ]{0,3}\s{0,3}\Z", text.flat[begin:cut])
    code = word[0].strip() if word else ""
    if code in type_codes() and len(code) > 1 and code not in ("HĐ", "TC", "PC"):
        return Lead(begin + (word.start() if word else 0), type_codes()[code][0], numbered)
    return Lead(at, None, numbered)


def spread_lead(text: Text, at: int, types: tuple[str, ...], floor: int = 0) -> int | None:
    """Where a type that the code means begins, other words standing between: "Báo cáo kết quả … số 12/BC-UBND"."""
    begin = max(floor, at - _WINDOW)
    window = text.folded[begin:at]
    for name in types:
        start = window.rfind(fold(name) + " ")
        if start >= 0 and text.flat[begin + start].isupper() and not re.search(r"[.;:()\"“”\d]", window[start:]):
            return begin + start
    return None
