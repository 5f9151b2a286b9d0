"""The small print of the letterhead: number, place and date, secrecy and urgency, stamps of arrival and of copies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.cite_symbols import split_code
from ingest.clean import fold
from ingest.header_lines import Line
from ingest.header_zones import layout
from ingest.tables import table

# "Số: 12/KH-UBND", "Luật số: 116/2025/QH15"
NUMBERED = r"(?:(?:bo )?luat |phap lenh |nghi quyet |van ban )?so\b"
_NUMBER = re.compile(rf"^\W*{NUMBERED} ?[:.]? ?(?P<number>\S.*)?$")
_SYMBOL = re.compile(
    r"(?P<serial>\d[\d.]*[a-zA-Z]{0,2}|[A-Z]?\d+) ?"
    r"(?P<rest>(?:[/-] ?\d{4} ?)?(?:[/-] ?[A-ZĐa-zđ][\w&.,]*(?: ?[-/] ?[A-ZĐa-zđ][\w&.]*)*))"
)
_BLANK_SYMBOL = re.compile(r"^[\s.…_]*(?:/ ?\d{4} ?)?[-/] ?[A-ZĐ]")
_DATE = re.compile(
    r"\bngay\b(?P<day>[\s.…_\d]{0,24})(?:thang(?P<month>[\s.…_\d]{0,24})nam\s*(?P<year>\d ?\d ?\d ?\d)"
    r"|(?P<sep>[/.-])\s*(?P<month2>\d{0,2})[\s.…_]*[/.-]\s*(?P<year2>\d{4}))"
)


# A type and a body that stand together since the sign between them was lost: "1961/QĐUBND".
_SIGN_LOST = re.compile(r"(\d+[a-z]?/(?:\d{4}/)?)([^\W\d_]{4,})")
_CUT_LINES = 10
_LONGEST_MARK = 40


@dataclass(frozen=True, slots=True)
class Dated:
    """A place-date line: "Hải Phòng, ngày    tháng    năm 2022" → place "Hải Phòng", date "2022"."""

    place: str | None
    date: str
    start: int
    end: int


def find_number(lines: Sequence[Line]) -> tuple[str | None, int] | None:
    """The document's number and the index of its line; (None, at) when it is left blank: "Số:     /UBND-VX"."""
    for at, line in enumerate(lines):
        match = _NUMBER.match(line.folded)
        if not match:
            continue
        said = line.text[match.start("number") :] if match["number"] else ""
        if not said and at + 1 < len(lines) and not lines[at + 1].gap:
            said = lines[at + 1].text
        if symbol := _SYMBOL.match(said.lstrip(" :.")):
            return normal_number(symbol.group()), at
        if _BLANK_SYMBOL.match(said) or re.fullmatch(r"[\s.…_/-]*", said):
            return None, at
    return None


def normal_number(printed: str) -> str:
    """A number without blanks, in its official case: "3933 /UBND-VX" → "3933/UBND-VX", "16/CT-TTG" → "16/CT-TTg"."""
    packed = re.sub(r"\s+", "", printed).rstrip(".,;-/")
    packed = packed.upper() if packed.islower() else packed
    if lost := _SIGN_LOST.fullmatch(packed):
        packed = lost[1] + "-".join(split_code(lost[2]))
    return re.sub(r"[^\W\d_]+", lambda part: _official().get(part.group().upper(), part.group()), packed)


@cache
def _official() -> dict[str, str]:
    """Codes whose official form is not in capitals only, by their capitals."""
    codes = [code for row in table("types")["type"] for code in row.get("codes", ())]
    codes += [row["code"] for row in table("issuers")["issuer"]]
    return {code.upper(): code for code in codes if code != code.upper() and len(code) > 2}


def find_date(lines: Sequence[Line]) -> tuple[Dated, int] | None:
    """The first place-date line, possibly cut ("Thành phố Hồ Chí / Minh, ngày 18 / tháng 11 năm 2025")."""
    for at, line in enumerate(lines):
        said = [line]
        for more in lines[at + 1 : at + _CUT_LINES]:
            if more.gap:
                break
            said.append(more)
        if not any("ngay" in one.folded for one in said):
            continue
        joined = " ".join(one.text for one in said)
        found = dated(joined)
        if found and _is_place_date(joined, found, len(line.text)):
            return found, at
    return None


def dated(said: str) -> Dated | None:
    """The place and date in a line; a day or month that is left blank is cut from the date."""
    folded = fold(said)
    match = _DATE.search(folded)
    if not match:
        return None
    day, month = (_digits(match["day"]), _digits(match["month"] or match["month2"] or ""))
    date = (match["year"] or match["year2"]).replace(" ", "")
    if 1 <= int(month or 0) <= 12:
        date += f"-{int(month):02}" + (f"-{int(day):02}" if 1 <= int(day or 0) <= 31 else "")
    place = re.search(r"([^,;|]{2,40}?)\s*,\s*$", said[: match.start()])
    return Dated(place.group(1).strip(" *_-") if place else None, date, match.start(), match.end())


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


def _is_place_date(said: str, found: Dated, first: int) -> bool:
    """Whether the date stands with a place before it and little after it, beginning in the first line."""
    before = said[: found.start].strip(" ,.*_-")
    if found.start >= first and not (before and re.fullmatch(r"[^,;:|/\d]{2,40}", before)):
        return False
    rest = said[found.end :].strip(" .,;*_-")
    return len(before) <= 45 and (bool(found.place) or not before) and (len(rest) <= 60 or bool(found.place))


def find_marks(lines: Sequence[Line], kind: str) -> str | None:
    """The secrecy or urgency stamped on the document ("MẬT", "HỎA TỐC"): a line of its own in capitals."""
    short = [line.folded for line in lines if len(line.text) <= _LONGEST_MARK and line.capital]
    return next((mark for mark, alone in _marks(kind) if any(map(alone.match, short))), None)


@cache
def _marks(kind: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The marks of a kind, each with the line that prints it."""
    form = r"\W*(?:do (?:mat|khan)\W*)?{}(?: hen gio)?\W*$"
    return tuple((mark, re.compile(form.format(fold(mark)))) for mark in layout("marks")[kind])


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp of a copy or of arrival: the lines `start` to `end` belong to it."""

    said: str
    start: int
    end: int


def find_stamps(lines: Sequence[Line]) -> list[Stamp]:
    """The stamps with their own number and date: "ĐẾN / Số: 812 / Ngày: 24/11/2025" → "ĐẾN số 812 ngày 2025-11-24"."""
    stamps: list[Stamp] = []
    at = 0
    while at < len(lines):
        found = _stamp_at(lines, at)
        at = found.end if found else at + 1
        stamps += [found] if found else []
    return stamps


@cache
def _stamp_words_all() -> tuple[str, ...]:
    return tuple(fold(mark) for row in layout("marks")["stamps"] for mark in row["lines"])


def _stamp_at(lines: Sequence[Line], at: int) -> Stamp | None:
    if not lines[at].folded.lstrip(" -.:|([").startswith(_stamp_words_all()):
        return None
    row = next((row for row in layout("marks")["stamps"] if _is_stamp(lines[at], row["lines"])), None)
    if not row:
        return None
    end = at + 1
    while end < min(len(lines), at + 6) and _stamp_line(lines[end], bool(row.get("placed"))):
        end += 1
    return Stamp(_stamp_words(row["name"], lines[at:end]), at, end)


def _is_stamp(line: Line, marks: Sequence[str]) -> bool:
    return (
        any(re.match(rf"\W*{fold(mark)}(?:\W*$|\W+(?:so|ngay|gio)\b)", line.folded) for mark in marks)
        and line.text.strip(" -.:|(")[:3].isupper()
    )


def _stamp_line(line: Line, placed: bool) -> bool:
    """Whether a line belongs to the stamp above it; one of place and date only where such stamps have it."""
    if re.fullmatch(r"[\d/.\s:-]{1,20}", line.text):
        return True
    if re.search(r"thang\s*\d*\s*nam", line.folded):
        return placed and len(line.text) < 60
    return bool(re.match(r"\W*(?:so|ngay|gio|chuyen|luu ho so|kinh chuyen)\b\W{0,3}", line.folded))


def _stamp_words(name: str, lines: Sequence[Line]) -> str:
    said = " ".join(line.text for line in lines)
    number = re.search(r"\bso ?[:.]? ?([^\s,;]*\d[^\s,;]*)", fold(said))
    date = next((found.date for line in lines if (found := dated(line.text.replace("ày:", "ày ")))), None)
    words = f"{name} số {said[number.start(1) : number.end(1)]}" if number else name
    return f"{words} ngày {date}" if date else words
