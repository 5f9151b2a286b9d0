"""The end of a document: who receives it, who signs, in what capacity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.clean import Text, fold
from ingest.header_lines import Line, lines_of
from ingest.header_zones import Zones, folded_words, layout

_BEFORE = 1_200
_AFTER = 8_000
_LONGEST_ITEM = 400
_NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)?(?: [^\W\d_]+(?:['’-][^\W\d_]+)?){1,5}\Z")


@dataclass(frozen=True, slots=True)
class Ending:
    """`capacity` is the lines above the name, joined by " / "."""

    recipients: tuple[str, ...] = ()
    signer: str | None = None
    capacity: str | None = None


def find_ending(text: Text, zone: Zones) -> Ending:
    """Recipients and signature of the document in `zone`; those of forms in its annexes are not looked at."""
    at = _recipients_at(text, zone)
    if at is None:
        lines = lines_of(text, max(zone.start, zone.end - 4_000), zone.end)
        return Ending((), *_last_signature(lines))
    lines = lines_of(text, at, min(zone.end, at + _AFTER))
    items, rest = _items(lines)
    signer, capacity = _signature(rest)
    if not signer:
        before = lines_of(text, max(zone.start, at - _BEFORE), at)
        signer, capacity = _last_signature(before)
    return Ending(items, signer, capacity)


def _recipients_at(text: Text, zone: Zones) -> int | None:
    """Where the first "Nơi nhận" that begins a line or a cell lies."""
    words = fold(layout("end")["recipients"])
    at = text.folded.find(words, zone.start, zone.end)
    while at >= 0:
        before = text.clean[max(0, at - 60) : at].rsplit("\n", 1)[-1]
        after = text.folded[at + len(words) : at + len(words) + 12]
        if not re.search(r"[^\W_]", before.rsplit("|", 1)[-1]) and re.match(r"[\s_]*(?::|$|\s{2}|-)", after + "  "):
            return at
        at = text.folded.find(words, at + 1, zone.end)
    return None


def _items(lines: Sequence[Line]) -> tuple[tuple[str, ...], list[Line]]:
    """The lines under "Nơi nhận" up to the filing line, and the lines that are no part of them."""
    items: list[str] = []
    rest: list[Line] = []
    filed = False
    bulleted = any(line.text.startswith(("-", "+")) for line in lines[:6])
    first = re.sub(r"^\W*n[oơ]i nh[aậ]n\W*", "", lines[0].text, flags=re.IGNORECASE) if lines else ""
    queue = [Line(first, lines[0].start, lines[0].end)] if first else []
    for line in [*queue, *lines[1:]]:
        if filed or (items and _is_signature(line) and line.capital):
            if (
                filed
                and not rest
                and not line.gap
                and not _is_signature(line)
                and not line.capital
                and not line.text.startswith("-")
                and len(line.text) < 30
            ):
                continue
            rest.append(line)
            filed = True
            continue
        if _is_signature(line) and line.capital:
            rest.append(line)
            continue
        if re.match(layout("end")["filing"], line.folded):
            filed = True
            continue
        _add(items, line, bulleted)
    return tuple(said for item in items if (said := item.strip(" -+;,.:*"))), rest


def _add(items: list[str], line: Line, bulleted: bool) -> None:
    begins = (
        line.text.startswith(("-", "+")) or not items or (not bulleted and (line.gap or items[-1].endswith((";", "."))))
    )
    if begins:
        items.append(line.text.lstrip("-+ "))
    elif len(items[-1]) < _LONGEST_ITEM:
        items[-1] = f"{items[-1]} {line.text}"


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines of capitals that were cut put together: "TM. ỦY BAN / NHÂN DÂN", "CHỦ / TỊCH"."""
    joined: list[Line] = []
    for line in lines:
        if (
            joined
            and not line.gap
            and line.capital
            and joined[-1].capital
            and not _is_signature(line)
            and not _surname(line.text)
        ):
            last = joined[-1]
            whole = Line(f"{last.text} {line.text}", last.start, line.end, last.gap, last.bold)
            if _is_signature(whole):
                joined[-1] = whole
                continue
        joined.append(line)
    return joined


@cache
def _surnames() -> frozenset[str]:
    """In lower case with accents: "Bàn" is a surname, "Ban" an office."""
    return frozenset(name.lower() for name in layout("end")["surnames"])


def _surname(said: str) -> bool:
    words = said.lower().split()
    return bool(words) and words[0] in _surnames()


def _is_signature(line: Line) -> bool:
    """Whether a line says in what capacity someone signs: "KT. CHỦ TỊCH", "T/M BAN CHẤP HÀNH", "BỘ TRƯỞNG"."""
    said = line.folded.lstrip(" -*")
    if said.startswith(folded_words("end", "capacities")):
        return True
    return line.capital and said.startswith(folded_words("end", "positions")) and len(said) < 90


def _signature(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """Signer and capacity: the lines of capacity and the first name below them."""
    marks: list[str] = []
    lines = _joined(lines)
    for n, line in enumerate(lines):
        if _is_signature(line) or (marks and line.capital and not line.gap and not _surname(line.text)):
            marks.append(line.text.strip(" *"))
        elif marks and (name := _name(line, lines[n + 1 : n + 2])):
            return name, " / ".join(marks)
        elif marks and (len(line.text) > 60 or len(marks) > 8):
            break
    return None, " / ".join(marks) or None


def _last_signature(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    lines = _joined(lines)
    starts = [n for n, line in enumerate(lines) if _is_signature(line) and line.capital]
    while starts:
        first = starts[-1]
        while first - 1 in starts:
            first -= 1
        signer, capacity = _signature(lines[first:])
        if signer:
            return signer, capacity
        starts = [n for n in starts if n < first]
    return None, None


def _name(line: Line, after: Sequence[Line] = ()) -> str | None:
    """The personal name on a line, without rank: "Thượng tướng Lê Văn Hiếu" → "Lê Văn Hiếu"; joins a cut one."""
    said = line.text.strip(" .,;:*_-")
    for rank in layout("end")["ranks"]:
        if fold(said).startswith(fold(rank) + " "):
            said = said[len(rank) :].strip()
    words = said.split()
    if len(words) == 1 and words[0][:1].isupper() and after and not after[0].gap:
        said = f"{said} {after[0].text.strip(' *')}"
        words = said.split()
    if not _NAME.match(said) or not all(word[0].isupper() for word in words):
        return None
    if any(fold(said) == fold(mark) for mark in layout("end")["signed"]) or _is_signature(line):
        return None
    return said if said != said.upper() else " ".join(word.capitalize() for word in words)
