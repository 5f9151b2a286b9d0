"""The printed lines of a part of a document, one column after the other, freed of Markdown and table marks."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ingest.clean import Text, fold

UPPER = "[A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ]"
_LONGEST_LINE = 2000
_CAPITALS = re.compile(f"{UPPER}{{2}}|{UPPER}[^ a-zA-Z]{UPPER}|[^ a-zA-Z]{UPPER}{{1}}")
_TAG = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|span|p|div|center|font|mark)\b[^<>]{0,80}>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)")
_MARKED = re.compile(r"[*_`<\\#>!]")
_DIVIDED = re.compile(r"[|\t]|    |<[bB][rR]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*|__|`|\\(?=[-*_#.+()\[\]])|^[ \t]*#{1,6}(?= |$)|^[ \t]*>+ ?")
_BULLET = re.compile(r"^([ \t]*)[*•●▪○◦·](?=[ \t]+[^*\s])")
_RULE = re.compile(r"[-=_*~.\s|:+—]*\Z")
_GAPS = ("", "blank", "cell", "rule")
_BULLETS = " \t*•●▪○◦·"
_COLUMNS = re.compile(r"(?i)(?<!số:)(?<!số)(?<!ngày)(?<!tháng)(?<!năm)(?<!luật số:)(?:\t+| {4,})(?!/|tháng|năm)")


@dataclass(frozen=True, slots=False)
class Line:
    """One printed line of one column.

    `start`, `end` are offsets of the views. `gap` is what lies before: "" (a line), "blank", "cell", "rule".
    """

    text: str
    start: int
    end: int
    gap: str = ""
    bold: bool = False

    @cached_property
    def folded(self) -> str:
        """The line in lower case without accents."""
        return fold(self.text)

    @cached_property
    def capital(self) -> bool:
        """Whether it is printed in capitals: "ỦY BAN NHÂN DÂN", "SỞ Y TẾ (2)"; not "Số: 12/KH-UBND"."""
        return is_capital(self.text)


def is_capital(said: str) -> bool:
    """Whether letters are capitals, but for a few; small ones with an accent do not count: legacy fonts had no others.

    "QUYẾT ĐỊNH", "QUYếT địNH" (as converted from TCVN3); not "Quyết định", "Về".
    """
    if said.isupper() or not _CAPITALS.search(said):
        return said.isupper()
    words = re.findall(r"[^\W\d_]+", said)
    capital = [word for word in words if not re.search(r"[a-z]", word) and any(map(str.isupper, word))]
    if not capital or not any(word.isupper() or sum(map(str.isupper, word)) > 1 for word in capital):
        return False
    upper = sum(map(len, capital)) + sum(map(str.isupper, "".join(word for word in words if word not in capital)))
    return upper >= 0.85 * sum(map(len, words))


def tidy(text: str) -> str:
    """`text` without Markdown marks and tags, one blank between words: "**QH**1**5** " → "QH15"."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    return " ".join(_EMPHASIS.sub("", _TAG.sub("", _IMAGE.sub("", text))).split())


def cut_at(lines: Iterable[Line], begins: re.Pattern[str]) -> list[Line]:
    """`lines` with a new line at each match of `begins` in their text: "Số: 12/UBND V/v họp" at "V/v" → two lines."""
    found: list[Line] = []
    for line in lines:
        at = 0
        for match in begins.finditer(line.text):
            if line.text[at : match.start()].strip():
                found.append(
                    Line(line.text[at : match.start()].strip(), line.start, line.end, "" if at else line.gap, line.bold)
                )
                at = match.start()
        found.append(
            Line(line.text[at:].strip(), line.start, line.end, "" if at else line.gap, line.bold) if at else line
        )
    return found


class _Cell(NamedTuple):
    text: str
    start: int
    column: int
    gap: str


def lines_of(
    text: Text, start: int, end: int, breaks: Iterable[tuple[int, int]] = (), most: int = sys.maxsize
) -> list[Line]:
    """The first `most` lines between two offsets of the views; in place of `breaks` a column border is read.

    Rows of several cells are read column by column: "Nơi nhận: | TM. ỦY BAN" above "- VP; | CHỦ TỊCH" gives the left
    lines, then the right ones.
    """
    window = _with_breaks(text.clean[start:end], [(a - start, b - start) for a, b in breaks])
    found: list[Line] = []
    gap = "blank"
    for cell in _column_by_column(_cells(window, start)):
        said = tidy(cell.text)
        if not said or (not said[0].isalnum() and _RULE.match(said)):
            gap = _heavier(gap, cell.gap or _gap_of(cell.text))
            continue
        bold = "**" in cell.text or cell.text.lstrip().startswith("#")
        gap = _heavier(gap, cell.gap) if cell.gap else gap
        found.append(Line(said, cell.start, cell.start + len(cell.text), gap, bold))
        gap = ""
        if len(found) == most:
            break
    return found


def _with_breaks(window: str, breaks: Iterable[tuple[int, int]]) -> str:
    for a, b in breaks:
        a, b = max(a, 0), min(b, len(window))
        if a < b:
            kept = "".join("\n" if char == "\n" else " " for char in window[a + 1 : b])
            window = f"{window[:a]}|{kept}{window[b:]}"
    return window


def _gap_of(text: str) -> str:
    return (
        "rule"
        if "--" in text or "__" in text or text.strip() in {"*", "**", "***", "****", "*****", "\\*"}
        else "blank"
    )


def _heavier(one: str, other: str) -> str:
    return max(one, other, key=_GAPS.index)


def _cells(window: str, offset: int) -> Iterator[list[_Cell]]:
    """The cells of each physical line."""
    at = 0
    for line in window.split("\n"):
        yield _row(line[:_LONGEST_LINE], offset + at)
        at += len(line) + 1


def _row(line: str, at: int) -> list[_Cell]:
    if not _DIVIDED.search(line):
        return [_Cell(_BULLET.sub(r"\1-", line) if line[:1] in _BULLETS else line, at, 0, "")]
    if "|" not in line:
        return _pieces(line, at, 0, "")
    cells: list[_Cell] = []
    column = -1
    for match in re.finditer(r"[^|]*(?:\||$)", line):
        content = match.group().rstrip("|")
        if content.strip():
            column += 1
            cells.extend(_pieces(content, at + match.start(), column, "cell"))
    return cells or [_Cell("", at, 0, "cell")]


def _pieces(content: str, at: int, column: int, gap: str) -> list[_Cell]:
    """A cell cut at `<br>` and, outside of tables, at wide blanks."""
    if "<br" in content or "<BR" in content:
        cuts = _cut(content, _BREAK)
        return [_Cell(piece, at + where, column, gap if n == 0 else "") for n, (piece, where) in enumerate(cuts)]
    content = _BULLET.sub(r"\1-", content)
    if gap or not _COLUMNS.search(content.strip()):
        return [_Cell(content, at, column, gap)]
    cuts = [(piece, where) for piece, where in _cut(content, _COLUMNS) if piece.strip()]
    return [_Cell(piece, at + where, n, "") for n, (piece, where) in enumerate(cuts)]


def _cut(content: str, at: re.Pattern[str]) -> list[tuple[str, int]]:
    pieces, begin = [], 0
    for match in at.finditer(content):
        pieces.append((content[begin : match.start()], begin))
        begin = match.end()
    pieces.append((content[begin:], begin))
    return pieces


def _column_by_column(rows: Iterable[list[_Cell]]) -> Iterator[_Cell]:
    """Runs of rows with several columns turned so that each column is read on its own."""
    run: list[_Cell] = []
    for row in rows:
        if row[-1].column:
            run.extend(row)
            continue
        if run:
            yield from _turned(run)
            run = []
        yield from row
    yield from _turned(run)


def _turned(run: list[_Cell]) -> list[_Cell]:
    last = -1
    turned = []
    for cell in sorted(run, key=lambda cell: cell.column):
        turned.append(_Cell(cell.text, cell.start, cell.column, "cell" if cell.column != last else cell.gap and ""))
        last = cell.column
    return turned
