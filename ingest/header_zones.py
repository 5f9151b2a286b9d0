"""Where in a file the document itself lies: letterhead, preamble, end, and the pages of web sites around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ingest.clean import Text, fold
from ingest.header_lines import is_capital
from ingest.patterns import compiled
from ingest.tables import table

_HEAD = 60_000
_LETTERHEAD = 6_000
_NEXT_LABEL = 400
_HEADING = 400


@cache
def layout(part: str) -> dict[str, Any]:
    """One part of the table of layouts."""
    said: dict[str, Any] = table("layout")[part]
    return said


@cache
def folded_words(part: str, name: str) -> tuple[str, ...]:
    """A list of the table of layouts, folded."""
    return tuple(fold(word) for word in layout(part)[name])


@cache
def spaced(words: str) -> re.Pattern[str]:
    """A pattern that finds `words` in a folded view, with any blanks between them."""
    return re.compile(r"\s*[-–]?\s*".join(re.escape(word) for word in fold(words).replace("-", " ").split()))


@dataclass(frozen=True, slots=True)
class Zones:
    """Offsets of the views. `system` is "state", "party" or "" when the letterhead is lost.

    `crest` is the span of the line that tells the system, `motto` that below it; `start`, `end` bound the document.
    """

    start: int
    end: int
    system: str = ""
    crest: tuple[int, int] = (0, 0)
    motto: tuple[int, int] = (0, 0)


def zones(text: Text) -> Zones:
    """Where the document lies in `text`."""
    end = _after(text)
    box = _box_end(text)
    state = _crest(text, "state", min(end, _HEAD))
    found = _crest(text, "party", state[0] if state else min(end, _HEAD)) or state
    if not found:
        return Zones(box, end)
    at, till, system = found
    motto = spaced(layout("letterhead")["motto"]).search(text.folded, till, till + 400)
    return Zones(max(box, 0), end, system, (at, till), motto.span() if motto else (till, till))


def _crest(text: Text, system: str, end: int) -> tuple[int, int, str] | None:
    """The first letterhead line in capitals, or followed by the motto, that ends its line."""
    for match in spaced(layout("letterhead")[system]).finditer(text.folded, 0, end):
        a, b = match.span()
        capital = is_capital(text.clean[a:b])
        motto = spaced(layout("letterhead")["motto"]).search(text.folded, b, b + 60)
        if (capital or motto) and _ends_line(text, b) and not _in_form(text, a):
            return a, b, system
    return None


def _ends_line(text: Text, at: int) -> bool:
    """Whether the crest is the last of its line or cell; the motto may follow."""
    rest = text.clean[at : at + 200].split("\n", 1)[0].lstrip(" *_")
    if rest[:1] in ("", "|", "\t") or rest.startswith("<br") or rest.startswith("    "):
        return True
    if spaced(layout("letterhead")["motto"]).search(fold(rest)):
        return True
    return not re.search(r"[^\W_]", re.sub(r"<[^<>]{0,20}>", "", rest))


def _in_form(text: Text, at: int) -> bool:
    """Whether the letterhead at `at` is that of a form: it stands after "Nơi nhận", "Mẫu số", "Phụ lục"."""
    if re.search(r"\bnoi nhan\s{0,3}:", text.folded[max(0, at - _HEAD) : at]):
        return True
    lines = fold(text.clean[max(0, at - _HEADING) : at]).split("\n")
    return any(line.lstrip(" *_#|").startswith(folded_words("end", "forms")) for line in lines)


def _box_end(text: Text) -> int:
    """Where the catalogue box of a web site ends; 0 when there is none."""
    window = text.folded[:_LETTERHEAD]
    labels = sorted(at for word in folded_words("furniture", "box") if (at := _label_end(window, word)))
    chain = labels[:1]
    for at in labels[1:]:
        if at - chain[-1] > _NEXT_LABEL:
            break
        chain.append(at)
    if len(chain) < 4:
        return 0
    at = chain[-1]
    value = compiled(r"[\s|]*[^\n|]*").match(text.clean, at, at + 300)
    return value.end() if value else at


def _label_end(window: str, word: str) -> int:
    """Where the first "{word}:" in `window` ends; 0 when there is none."""
    at = window.find(word)
    while at >= 0:
        colon = window.find(":", at, at + len(word) + 6)
        if colon >= 0 and not window[at + len(word) : colon].strip():
            return colon + 1
        at = window.find(word, at + 1)
    return 0


def _after(text: Text) -> int:
    """Where the notices of a web site begin, the repeated title before them included."""
    marks = [at for mark in layout("furniture")["after"] if (at := text.clean.find(mark)) >= 0]
    if not marks:
        return len(text.clean)
    at = min(marks)
    before = text.clean.rfind("\n", 0, max(0, at - 1)) + 1
    line = fold(text.clean[before:at]).strip(" #*|\n")
    return before if line and at - before < _HEADING and _names_type(line) else at


def _names_type(line: str) -> bool:
    return any(line.startswith(fold(row["name"]) + " ") for row in table("types")["type"])
