"""The end of a document: who receives it, who signs, in what capacity."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.clean import Text, fold
from ingest.header_lines import UPPER, Line, cut_at, is_capital, lines_of
from ingest.header_top import find_stamps
from ingest.header_zones import Zones, folded_words, layout

_BEFORE = 1_200
_AFTER = 5_000
_TRIES = 20
_LONGEST_ITEM = 400
_LONGEST_CAPACITY = 160
_MOST_ITEMS = 80
_STAMP_LINES = 40
_PART = r"[^\W\d_]+(?:['’-][^\W\d_]+)?"
_NAME = re.compile(rf"{_PART}(?: {_PART}){{1,5}}\Z")
_LONG_PART = re.compile(r"[^\W\d_]{10}")
_BULLET = re.compile(r" (?<=[;:,.)] ) *(?=[-+] ?\S)")
_CAPACITY = rf"(?:\b(?:TM|KT|TL|TUQ)\.|\b[TK]/[MTL]\b)[ *_]{{0,6}}(?:{UPPER}|[ủụỷ]){UPPER}"
_CAPITALS = re.compile(f"{UPPER}{{2}}[ .,]+{UPPER}")
_SIGNED = re.compile(_CAPACITY)


@dataclass(frozen=True, slots=True)
class Ending:
    """`capacity` is the lines above the name, joined by " / "; `stamps` are those of copies and arrival below it."""

    recipients: tuple[str, ...] = ()
    signer: str | None = None
    capacity: str | None = None
    stamps: tuple[str, ...] = ()


def find_ending(text: Text, zone: Zones) -> Ending:
    """Recipients and signature of the document in `zone`; those of forms in its annexes are not looked at."""
    at = _recipients_at(text, zone)
    if at is None:
        return Ending((), *_signature_alone(text, zone))
    items, rest = _items(_printed(text, at, min(zone.end, at + _AFTER)))
    signer, capacity = _signature(rest)
    if not signer:
        signer, capacity = _last_signature(_printed(text, max(zone.start, at - _BEFORE), at))
    if not signer:
        signer, capacity = _signature_alone(text, zone)
    return Ending(items, signer, capacity, tuple(stamp.said for stamp in find_stamps(rest[:_STAMP_LINES])))


def _printed(text: Text, start: int, end: int) -> list[Line]:
    """The lines between two offsets, those that hold several things cut."""
    pieces: list[Line] = []
    for line in cut_at(lines_of(text, start, end), _BULLET):
        if _CAPITALS.search(line.text):
            pieces.extend(piece for part in cut_at([line], _beside()) for piece in _name_apart(part))
        else:
            pieces.append(line)
    return pieces


def _name_apart(line: Line) -> list[Line]:
    """Capacity and name on one line as two lines: "KT. BỘ TRƯỞNG THỨ TRƯỞNG Lê Tấn Dũng"."""
    words = line.text.split()
    name = next((n for n, word in enumerate(words) if word[0].isupper() and word[1:].islower()), 0)
    capacity = Line(" ".join(words[:name]), line.start, line.end, line.gap, line.bold)
    if not name or not capacity.capital or not _is_signature(capacity):
        return [line]
    end = next((n for n in range(name, len(words)) if words[n][1:].isupper() or not words[n].isalpha()), len(words))
    return [capacity, Line(" ".join(words[name:end]), line.start, line.end, "", line.bold)]


@cache
def _beside() -> re.Pattern[str]:
    """Where an office begins within a line: "Như trên; PHÓ GIÁM ĐỐC", "VT. TL. BỘ TRƯỞNG", "CHỦ TỊCH PHÓ CHỦ TỊCH"."""
    offices = "|".join(re.escape(office.upper()) for office in layout("end")["positions"])
    deputies = "|".join(re.escape(office.upper()) for office in layout("end")["below"])
    not_mark = r"(?<!KT\. )(?<!TM\. )(?<!TL\. )(?<!UQ\. )(?<!Q\. )"
    return re.compile(
        rf" (?:(?<=\S ) *(?={_CAPACITY})|(?<=[;.:] ){not_mark} *(?=(?:{offices})(?!\w))"
        rf"|(?<={UPPER} )(?<!PHÓ )(?<!TỔNG ) *(?=(?:{deputies})(?!\w)))"
    )


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
    """The lines under "Nơi nhận" up to the filing line, and the lines after and beside them."""
    items: list[str] = []
    rest: list[Line] = []
    bulleted = any(line.text.startswith(("-", "+")) for line in lines[:6])
    lines, at = _without_heading(lines), 0
    while at < len(lines):
        line, at = lines[at], at + 1
        beside = rest and (_name(line) or line.capital) and not line.text.startswith("-")
        if beside or (_is_signature(line) and line.capital):
            rest.append(line)
        elif _filing().match(line.folded) or _over(line, items, bulleted):
            break
        else:
            _add(items, line, bulleted)
    rest += _after_filing(lines[at:])
    return tuple(said for item in items if (said := item.strip(" -+;,.:*"))), rest


@cache
def _filing() -> re.Pattern[str]:
    return re.compile(layout("end")["filing"])


def _without_heading(lines: Sequence[Line]) -> list[Line]:
    """The lines without the words "Nơi nhận" and what is beside them only."""
    if not lines:
        return []
    first = re.sub(r"^\W*n[oơ]i nh[aậ]n\W*", "", lines[0].text, flags=re.IGNORECASE)
    return [*([Line(first, lines[0].start, lines[0].end)] if first else []), *lines[1:]]


def _over(line: Line, items: Sequence[str], bulleted: bool) -> bool:
    """Whether the list ended without a filing line: an annex, a heading or a paragraph begins."""
    if len(items) >= _MOST_ITEMS or line.folded.startswith(folded_words("end", "forms")):
        return True
    return (
        bool(items) and bool(line.gap) and not line.text.startswith(("-", "+")) and (bulleted or len(line.text) > 150)
    )


def _after_filing(lines: Sequence[Line]) -> list[Line]:
    """Without what still belongs to the filing line ("Lưu: VT, / KGVX (2b)")."""
    first = lines[0] if lines else None
    if first and not first.gap and not first.capital and not _is_signature(first) and len(first.text) < 30:
        return list(lines[1:]) if not _name(first) else list(lines)
    return list(lines)


def _add(items: list[str], line: Line, bulleted: bool) -> None:
    begins = line.text.startswith(("-", "+")) or not items
    if not bulleted and items and (line.gap or items[-1].endswith((";", "."))):
        begins = True
    if begins:
        items.append(line.text.lstrip("-+ "))
    elif len(items[-1]) < _LONGEST_ITEM:
        items[-1] = f"{items[-1]} {line.text}"


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines of capitals that were cut put together: "TM. ỦY BAN / NHÂN DÂN", "CHỦ / TỊCH"."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last
            and not line.gap
            and line.capital
            and last.capital
            and not _is_signature(line)
            and not _surname(line.text)
        ):
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
    if len(said) > _LONGEST_CAPACITY:
        return False
    if said.startswith(folded_words("end", "capacities")):
        return line.capital or not line.text[3:].islower()
    return line.capital and said.startswith(folded_words("end", "positions")) and len(said) < 90


def _signature(lines: Sequence[Line]) -> tuple[str | None, str | None]:
    """Signer and capacity: the lines of capacity and the first name below them; several signers joined by commas."""
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
    return _signed_by(lines), None


def _signed_by(lines: Sequence[Line]) -> str | None:
    """The name beside a note that the original is signed: "Nguyễn Mạnh Kiểm (Đã ký)", or the one after it."""
    signed = folded_words("end", "signed")
    for n, line in enumerate(lines):
        if mark := next((mark for mark in signed if mark in line.folded), None):
            at = line.folded.index(mark)
            near = [
                Line(f"{line.text[:at]}{line.text[at + len(mark) :]}", 0, 0),
                *lines[n + 1 : n + 2],
                *lines[max(0, n - 1) : n],
            ]
            return next((name for one in near if len(one.text) < 60 and (name := _name(one))), None)
    return None


def _signature_alone(text: Text, zone: Zones) -> tuple[str | None, str | None]:
    """The signature of a document without recipients: the first mark of capacity with a name, else the last office."""
    begin = max(zone.start, zone.motto[1])
    for _, match in zip(range(_TRIES), _SIGNED.finditer(text.clean, begin, zone.end), strict=False):
        line_start = text.clean.rfind("\n", max(begin, match.start() - 200), match.start()) + 1
        signer, capacity = _signature(_printed(text, line_start or match.start(), min(zone.end, match.end() + 800)))
        if signer:
            return signer, capacity
    return _last_signature(_printed(text, max(begin, zone.end - 4_000), zone.end))


def _name(line: Line, after: Sequence[Line] = ()) -> str | None:
    """The personal name on a line, without rank: "Thượng tướng Lê Văn Hiếu" → "Lê Văn Hiếu"; joins a cut one."""
    said = _without_rank(line.text.strip(" .,;:*_-"))
    words = said.split()
    if len(words) == 1 and words[0][:1].isupper() and after and not after[0].gap:
        said = f"{said} {after[0].text.strip(' *')}"
    said = "".join(word if word.islower() else f" {word}" for word in said.split()).strip()
    if not _NAME.match(said) or not all(word[0].isupper() for word in said.split()) or _LONG_PART.search(said):
        return None
    if _is_signature(line) or fold(said) in folded_words("end", "signed") or (is_capital(said) and not _surname(said)):
        return None
    return " ".join(word.capitalize() for word in said.split()) if is_capital(said) else said


def _without_rank(said: str) -> str:
    folded = fold(said)
    for rank in _ranks():
        if folded.startswith(rank):
            said = said[len(rank) :].strip()
            folded = fold(said)
    return said


@cache
def _ranks() -> tuple[str, ...]:
    return tuple(fold(rank) + " " for rank in layout("end")["ranks"])
