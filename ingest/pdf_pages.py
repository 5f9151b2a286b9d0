"""From the lines of PDF pages to paragraphs: what every page repeats goes, wrapped lines and page breaks are healed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from graph.spots import Spot
from ingest.composing import Cell, Composer, Paragraph
from ingest.pdf_lines import PageLine
from ingest.pdf_tables import flow

# Page numbers and running heads stand in this share of the page, above or below.
_MARGIN = 0.09
_LONGEST_HEAD = 120
_NEAR = 24
# The height of a usual line as a share of the page: boxes are as tall as the letters in them.
_TALL = 0.013
# A line of running text takes at least this share of the page; what stands beside a signature does not.
_WIDE = 0.5
_PAGE_NUMBER = re.compile(r"\W*(?:trang\W*|page\W*)?\d{1,3}(?:\s*(?:/|of|trên)\s*\d{1,4})?\W*\Z", re.IGNORECASE)
_OPENS = re.compile(
    r"(?:[-+•*–]\s|\d{1,2}-\s(?=[^\W\d_a-zà-ỹ])|\d{1,3}(?:\.\d{1,3}){0,3}[.)/]\s|\(\d{1,2}\)\s|[a-zđ]{1,2}[.)]\s|[A-Z][.)]\s|[IVXL]{1,6}[.\-/)]\s?"
    r"|Điều \d|Chương [IVX\d]|Mục \d|Phần [IVX\d]|PHẦN |CHƯƠNG |MỤC |Khoản \d|Căn cứ |Kính gửi|Nơi nhận)"
)
# What opens an item where it begins a paragraph, and may stand within a sentence: "vắc xin + ý thức", "(1) …; (2) …".
_INNER = re.compile(r"[-+–]\s[a-zà-ỹ]|\(\d{1,2}\)\s")
# The end of a line and the next one, a date or a range of years between them: "tháng 11 năm / 2025", "2026 / - 2030".
_PARTED = re.compile(
    r"(?:(?<!\w)(?:ngày|tháng|năm|số|điều|khoản|điểm|mục|giai đoạn)\n\d|(?<!\d)\d{4}\n[-–]\s?\d{4}(?!\d))",
    re.IGNORECASE,
)
_ENDS = ".;:!?…"
_CLOSERS = '"”’)»] '


def without_furniture(pages: Sequence[Sequence[PageLine]]) -> list[list[PageLine]]:
    """The lines without page numbers; a line that pages repeat in their margins stays where it stands first."""
    heads = Counter(key for page in pages for key in {_head(line) for line in page if _in_margin(line)})
    repeated = {key for key, count in heads.items() if count >= 3 or (count == 2 and len(pages) <= 3)}
    seen: set[str] = set()
    kept: list[list[PageLine]] = []
    for page in pages:
        rest = []
        for line in page:
            if _in_margin(line):
                key = _head(line)
                if _PAGE_NUMBER.match(line.text) or (key in repeated and key in seen):
                    continue
                seen.add(key)
            rest.append(line)
        kept.append(rest)
    return kept


def _in_margin(line: PageLine) -> bool:
    outside = line.box[3] < _MARGIN or line.box[1] > 1 - _MARGIN
    return outside and len(line.text) <= _LONGEST_HEAD and not line.cell


def _head(line: PageLine) -> str:
    return re.sub(r"\d+", "0", line.text)


def compose(pages: Sequence[Sequence[PageLine]], composer: Composer) -> None:
    """Put the lines into the text: those of a paragraph on one line, close lines below one another, others apart.

    Tables become rows.
    """
    lines: list[PageLine] = []
    for one in flow(pages):
        if isinstance(one, PageLine):
            lines.append(one)
            continue
        _running(lines, composer)
        composer.add("\n" if lines else "")
        composer.table([tuple(map(_cell, row)) for row in one.rows])
        lines = []
    _running(lines, composer)


def _cell(lines: Sequence[PageLine]) -> Cell:
    """The paragraphs of a cell."""
    found: list[list[PageLine]] = []
    right = max((line.box[2] for line in lines), default=0.0)
    for line in lines:
        if found and not _begins(found[-1][-1], line, right):
            found[-1].append(line)
        else:
            found.append([line])
    return tuple(_told(one) for one in found)


def _begins(line: PageLine, after: PageLine, right: float) -> bool:
    """Whether a paragraph of a cell, whose lines go so far to the right, begins with the line after one."""
    closed = line.text.rstrip(_CLOSERS)[-1:] in _ENDS
    opens = _OPENS.match(after.text)
    if opens:
        return closed or not after.text[opens.end() :][:1].islower()
    return closed and after.text[0].isupper() and not _is_full(line, after, right)


def _told(lines: Sequence[PageLine]) -> Paragraph:
    """Lines as one paragraph that knows where each of them stands."""
    pieces: list[tuple[str, Spot | None]] = []
    for number, line in enumerate(lines):
        if number and not _glued(lines[number - 1], line):
            pieces.append((" ", None))
        pieces.append((line.text, Spot(0, 0, page=line.page, box=line.box)))
    return Paragraph("".join(text for text, _ in pieces), 0, lines=tuple(pieces))


def _running(lines: Sequence[PageLine], composer: Composer) -> None:
    """Put lines that stand in no table into the text."""
    run: list[PageLine] = []
    for at, line in enumerate(lines):
        run.append(line)
        joins = at + 1 < len(lines) and _goes_on(lines, at)
        if not joins:
            _paragraph(run, composer)
            composer.add(_below(line, lines[at + 1]) if at + 1 < len(lines) else "\n")
            run = []


def _paragraph(run: Sequence[PageLine], composer: Composer) -> None:
    """The lines of a paragraph as one, bold as far as it opens bold."""
    whole = all(line.bold == len(line.text) for line in run)
    composer.add("**" if whole else "")
    for number, line in enumerate(run):
        spot = Spot(0, 0, page=line.page, box=line.box)
        lead = line.bold if number == 0 and not whole and line.bold < len(line.text) else 0
        said = f"**{line.text[:lead].rstrip()}** {line.text[lead:].lstrip()}" if lead else line.text
        composer.add(said, spot)
        if number + 1 < len(run):
            composer.add("" if _glued(line, run[number + 1]) else " ")
    composer.add("**" if whole else "")


def _right_edge(lines: Sequence[PageLine], at: int) -> float:
    """How far to the right the lines around one go that stand above or below it."""
    left, _, right, _ = lines[at].box
    page = lines[at].page
    boxes = [one.box for one in lines[max(0, at - _NEAR) : at + _NEAR] if one.page == page]
    return max(box[2] for box in boxes if box[0] < right and left < box[2])


def _over(one: PageLine, other: PageLine) -> bool:
    """Whether two lines stand in one column."""
    return one.box[0] < other.box[2] and other.box[0] < one.box[2]


def _below(line: PageLine, after: PageLine) -> str:
    """What parts two lines that are no paragraph: a new line when they are close, else a blank one. A bold line and a
    plain one below it are a heading and its text."""
    if line.bold == len(line.text) and not after.bold:
        return "\n\n"
    tall = max(line.tall, after.tall, _TALL)
    near = line.page == after.page and _over(line, after) and after.box[1] - line.box[3] < 0.75 * tall
    return "  \n" if near and after.box[1] > line.box[1] and not _OPENS.match(after.text) else "\n\n"


def _glued(line: PageLine, after: PageLine) -> bool:
    """Whether a number goes on without a blank: "số 40-" / "CTr/TU"; not "2016 -" / "2020"."""
    return bool(re.search(r"[\w)][-/]\Z", line.text)) and after.text[0].isalnum()


def _goes_on(lines: Sequence[PageLine], at: int) -> bool:
    """Whether the paragraph of a line goes on in the line after it."""
    line, after = lines[at], lines[at + 1]
    if (line.bold == len(line.text)) != (after.bold == len(after.text)):
        return False
    last = line.text.rstrip(_CLOSERS)[-1:]
    closed = last in _ENDS
    if _PARTED.search(f"{line.text[-12:]}\n{after.text[:8]}") and line.page == after.page and _over(line, after):
        return True
    if _OPENS.match(after.text):
        return _within(lines, at) and bool(_INNER.match(after.text)) and (not closed or last == ";")
    if last in (";", ":") and not after.text[0].islower():
        return _within(lines, at)
    if line.page != after.page:
        if closed or after.text[0].islower() or after.text[0].isdigit():
            return not closed
        wide = line.box[2] - line.box[0] > _WIDE and not after.text.isupper()
        return wide and _is_full(line, after, _right_edge(lines, at))
    if not line.box[1] < after.box[1] < line.box[3] + 1.2 * line.tall or not _over(line, after):
        return False
    if after.box[0] > line.box[0] + 2.5 * _letter(line) and (closed or after.text[0].isupper()):
        return False
    right = _right_edge(lines, at)
    if not closed and after.text[0].islower() and line.box[2] - line.box[0] > 0.5 * (right - line.box[0]):
        return True
    return _is_full(line, after, right)


def _within(lines: Sequence[PageLine], at: int) -> bool:
    """Whether a line is full and the one after it stands as near as others here do, and no further right."""
    line, after = lines[at], lines[at + 1]
    if line.box[2] - line.box[0] < _WIDE:
        return False
    others = [_gap(lines, one) for one in (at - 1, at + 1)]
    if not 0 < _gap(lines, at) < 1.35 * min((gap for gap in others if gap), default=0.0):
        return False
    return after.box[0] < line.box[0] + _letter(line) and _is_full(line, after, _right_edge(lines, at))


def _gap(lines: Sequence[PageLine], at: int) -> float:
    """How far below a line the next one of its page stands; 0.0 when none does."""
    if not 0 <= at < len(lines) - 1 or lines[at].page != lines[at + 1].page:
        return 0.0
    return max(0.0, lines[at + 1].box[1] - lines[at].box[1])


def _is_full(line: PageLine, after: PageLine, right: float) -> bool:
    """Whether the first word of the line after one would not have stood on it."""
    letter = _letter(line)
    word = len(after.text.split(" ", 1)[0]) + 1
    return line.box[2] + word * letter >= right - letter


def _letter(line: PageLine) -> float:
    """How wide a letter of a line is."""
    return (line.box[2] - line.box[0]) / max(1, len(line.text))
