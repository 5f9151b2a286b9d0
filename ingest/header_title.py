"""Type and subject: the title under the letterhead, or the "V/v" of a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from ingest.clean import fold
from ingest.header_lines import Line, Lines, is_capital
from ingest.header_zones import folded_words, layout
from ingest.tables import table

_LONGEST_SUBJECT = 1200
# How the preamble opens below the authority that speaks.
_OPENINGS = ("can cu", "xet", "theo de nghi", "chieu")


@dataclass(frozen=True, slots=True)
class Title:
    """What the title says; `at` is the index of its line, `after` of the first line that is not part of it.

    `number` and `date` where the title prints them: "CHỈ THỊ CỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 16/2001/CT-TTG NGÀY …".
    """

    type: str
    subject: str | None
    at: int
    after: int
    speaker: str | None = None
    number: str | None = None
    date: str | None = None


_NUMBERED = re.compile(
    r"(?i)^của (?P<body>.{3,80}?) số:? (?P<number>\S*\d\S*),? (?P<date>ngày \d(?:.{6,24}? năm \d{4}|[\d/.-]{5,9}))\s+"
)


@cache
def type_names() -> dict[str, str]:
    """Folded type names and how they are written, longest first."""
    names = {fold(row["name"]): row["name"] for row in table("types")["type"]}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


@cache
def type_of_code(code: str) -> str | None:
    """The type that a code in a number means: "KH" → "Kế hoạch"; the first row that has it."""
    for row in table("types")["type"]:
        if code in row.get("codes", ()):
            return str(row["name"])
    return None


@cache
def _first_words() -> tuple[str, ...]:
    return tuple({name.split()[0] for name in type_names()})


def find_title(lines: Lines) -> Title | None:
    """The first line that is a type name in capitals ("QUYẾT ĐỊNH"), whole or cut in two, with the subject after it."""
    for at, line in enumerate(lines):
        if not line.folded.startswith(_first_words()):
            continue
        if found := _type_at(line):
            return _with_subject(lines, *found, (at, at + 1))
        after = lines[at + 1] if lines.has(at + 1) else None
        if after and not after.gap and (found := _type_at(Line(f"{line.text} {after.text}", line.start, line.end))):
            return _with_subject(lines, *found, (at, at + 2))
    return None


def _type_at(line: Line) -> tuple[str, str] | None:
    """The type a title line begins with and what follows it on the line."""
    for folded, name in type_names().items():
        if not line.folded.startswith(folded) or not is_capital(line.text[: len(folded)]):
            continue
        rest = line.text[len(folded) :]
        if fold(rest).strip(" .:*-/()") in folded_words("marks", "urgency"):
            rest = ""
        if not rest.strip(" .:*-/"):
            return (name, "") if ":" not in rest else None
        if rest[0] in " ,:" and (line.capital or _begins_subject(rest)):
            return name, rest.strip(" :")
    return None


def _begins_subject(rest: str) -> bool:
    """Whether what follows the type on its line is a subject: "Về việc …", "Thực hiện …"; not "số 12", "này"."""
    return rest[1:2].isupper() and not re.match(r"\W*(?:so|nay|do)\b", fold(rest))


def _with_subject(lines: Lines, name: str, rest: str, span: tuple[int, int]) -> Title:
    at, first = span
    speaker = None
    if rest and _is_speaker(rest, lines[first : first + 1]):
        speaker, rest = rest[4:], ""
    elif not rest:
        speaker, first = _speaker(lines, first)
    parts, after = _subject_lines(lines, first, rest)
    if name == "Thông báo kết luận" and not parts:
        name = "Thông báo"
    said = _NUMBERED.match(" ".join(" ".join(parts).split()))
    return Title(name, one_line(parts), at, after, speaker, *(said.group("number", "date") if said else ()))


def _is_speaker(rest: str, after: Sequence[Line]) -> bool:
    """Whether the words behind the type name who speaks: "QUYẾT ĐỊNH CỦA UBND TỈNH / Về việc …"."""
    named = fold(rest)[4:].startswith(folded_words("title", "speakers")) and len(rest) <= 60
    return fold(rest).startswith("cua ") and named and any(re.match(r"ve |v/v", line.folded) for line in after)


def one_line(parts: Sequence[str]) -> str | None:
    """The lines of a subject as one, without "V/v": ["VỀ", "VIỆC XẾP HẠNG"] → "VỀ VIỆC XẾP HẠNG"."""
    said = " ".join(" ".join(parts).split())
    said = _NUMBERED.sub("", said)
    said = re.sub(r"^\W*(?:V/[vV]|V\.v)\b[ :.]*", "", said).strip(" .;:*-_")
    return said[:_LONGEST_SUBJECT] or None


def _speaker(lines: Lines, at: int) -> tuple[str | None, int]:
    """The body after the type: "CỦA BỘ CHÍNH TRỊ, / BAN BÍ THƯ" (until a line that begins otherwise)."""
    if not lines.has(at) or not lines[at].folded.startswith("cua "):
        return None, at
    heads = folded_words("title", "speakers")
    if not lines[at].folded[4:].startswith(heads) or re.search(r"\d", lines[at].text):
        return None, at
    said, end = lines[at].text[4:], at + 1
    while (
        lines.has(end) and not lines[end].gap and not re.match(r"(?:ve|v/v)\b", lines[end].folded) and len(said) < 200
    ):
        if not (said.rstrip().endswith((",", " VÀ", " và")) or lines[end].folded.startswith(heads)):
            break
        said, end = f"{said} {lines[end].text}", end + 1
    return (said, end) if lines.has(end) else (None, at)


def _subject_lines(lines: Lines, at: int, rest: str) -> tuple[list[str], int]:
    parts = [rest] if rest else []
    first = lines[at] if lines.has(at) else None
    while lines.has(at) and not _subject_ended(lines, at, parts, first):
        parts.append(lines[at].text)
        at += 1
    return parts, at


def _subject_ended(lines: Lines, at: int, parts: list[str], first: Line | None) -> bool:
    line = lines[at]
    if line.folded.startswith(folded_words("title", "ends")):
        return True
    opens = line.folded.startswith(folded_words("title", "opens")) and not line.capital
    if opens and (not _goes_on(lines, at) if parts else _is_sentence(lines, at)):
        return True
    if _is_authority(lines, at) or sum(map(len, parts)) > _LONGEST_SUBJECT:
        return True
    if not parts or first is None:
        return False
    if line.gap == "rule" or (line.gap == "cell" and not parts[-1].endswith(",")):
        return True
    if first.capital and not line.capital and any(map(str.isalpha, line.text)):
        return True
    if line.gap == "blank" and _begins_small(line) and not parts[-1].rstrip(" *_").endswith((".", ";", ":")):
        return False
    return line.gap == "blank" and not (line.capital and first.capital) and not (line.bold and first.bold)


def _is_sentence(lines: Lines, at: int) -> bool:
    """Whether the paragraph at `at` is text: neither bold nor right below the type, and it ends like a sentence."""
    if lines[at].bold or not lines[at].gap:
        return False
    end = at + 1
    while lines.has(end) and not lines[end].gap:
        end += 1
    return lines[end - 1].text.rstrip(" *_").endswith((".", ";", ":", ","))


def _begins_small(line: Line) -> bool:
    """Whether its first word is in small letters; not "ủY BAN", whose capital an old font lost."""
    words = line.text.strip(" *_").split(None, 1)
    return bool(words) and words[0].islower()


def _goes_on(lines: Lines, at: int) -> bool:
    """Whether the line at `at` goes on with a subject: it begins small, or ends a short piece without a full stop."""
    if _begins_small(lines[at]):
        return True
    end = at
    while lines.has(end) and end < at + 3 and (end == at or not lines[end].gap):
        end += 1
    after = lines[end] if lines.has(end) else None
    if after and (not after.gap or after.folded.startswith(_OPENINGS)):
        return False
    return not lines[at].gap and not lines[end - 1].text.rstrip(" *_").endswith((".", ";", ":", ","))


def _is_authority(lines: Lines, at: int) -> bool:
    line = lines[at]
    if not line.capital or not line.folded.startswith(folded_words("title", "authorities")):
        return False
    follows = lines[at + 1 : at + 4]
    opening = any(one.folded.startswith((*_OPENINGS, "khoa ", "quyet ")) for one in follows)
    before = lines[at - 1]
    goes_on = before.folded.rstrip(" *").endswith((",", *folded_words("title", "hanging")))
    return opening and (bool(line.gap) or line.bold != before.bold or not before.capital or not goes_on)


def find_letter_subject(lines: Sequence[Line]) -> str | None:
    """What follows "V/v" near the number of a letter: "V/v cấp vốn / năm 2025" → "cấp vốn năm 2025"."""
    begin = re.compile(rf"\W*(?:{layout('letter')['subject']})", re.IGNORECASE)
    for at, line in enumerate(lines):
        if match := begin.match(line.folded):
            parts = [line.text[match.end() :]]
            for one in lines[at + 1 : at + 12]:
                if (
                    one.gap
                    or (is_capital(parts[0]) and not one.capital)
                    or one.folded.startswith("kinh gui")
                    or re.match(r"so ?:", one.folded)
                ):
                    break
                parts.append(one.text)
            return one_line(parts)
    return None
