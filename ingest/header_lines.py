"""The printed lines of a part of a document, one column after the other, freed of Markdown and table marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, overload

from ingest.clean import Text, fold

UPPER = "[A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ]"
_LONGEST_LINE = 2000
# The least share of capitals in a line that is printed in them.
_FEWEST = 0.85
_WORD = re.compile(r"[^\W\d_]+")
_SMALL = b"abcdefghijklmnopqrstuvwxyz"
_CAPITALS = re.compile(f"{UPPER}{{2}}|{UPPER}[^ a-zA-Z]{UPPER}|[^ a-zA-Z]{UPPER}{{1}}")
_TAG = re.compile(r"</?(?:sup|sub|b|i|u|em|strong|span|p|div|center|font|mark)\b[^<>]{0,80}>", re.IGNORECASE)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^)\n]{0,400}\)")
_MARKED = re.compile(r"[*_`<\\#>!]")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*|__|`|\\(?=[-*_#.+()\[\]])|^[ \t]*#{1,6}(?= |$)|^[ \t]*>+ ?")
_BULLET = re.compile(r"^([ \t]*)[*•●▪○◦·](?=[ \t]+[^*\s])")
_RULE = re.compile(r"[-=_*~.\s|:+—]*\Z")
_GAPS = {gap: weight for weight, gap in enumerate(("", "blank", "cell", "rule"))}
_STARS = frozenset(("*", "**", "***", "****", "*****", "\\*"))
_BULLETS = " \t*•●▪○◦·"
_COLUMNS = re.compile(
    r"(?i)(?<![ \t])(?<!số:)(?<!số)(?<!ngày)(?<!tháng)(?<!năm)(?<!luật số:)"
    r"(?: *\t[ \t]*| {4,})(?![ \t]*(?:/|tháng|năm))"
)


class Line:
    """One printed line of one column; its forms are worked out when first asked for.

    `start`, `end` are offsets of the views. `gap` is what lies before: "" (a line), "blank", "cell", "rule".
    """

    __slots__ = ("_capital", "_folded", "bold", "end", "gap", "start", "text")

    def __init__(self, text: str, start: int, end: int, gap: str = "", bold: bool = False) -> None:
        self.text, self.start, self.end, self.gap, self.bold = text, start, end, gap, bold
        self._folded: str | None = None
        self._capital: bool | None = None

    @property
    def folded(self) -> str:
        """The line in lower case without accents."""
        if self._folded is None:
            self._folded = fold(self.text)
        return self._folded

    @property
    def capital(self) -> bool:
        """Whether it is printed in capitals: "ỦY BAN NHÂN DÂN", "SỞ Y TẾ (2)"; not "Số: 12/KH-UBND"."""
        if self._capital is None:
            self._capital = is_capital(self.text)
        return self._capital


def is_capital(said: str) -> bool:
    """Whether letters are capitals, but for a few; small ones with an accent do not count: legacy fonts had no others.

    "QUYẾT ĐỊNH", "QUYếT địNH" (as converted from TCVN3); not "Quyết định", "Về".
    """
    if said.isupper():
        return True
    if _small(said) > (1 - _FEWEST) * len(said) or not _CAPITALS.search(said):
        return False
    words = _WORD.findall(said)
    capital = [word for word in words if not _small(word) and any(map(str.isupper, word))]
    if not capital or not any(word.isupper() or sum(map(str.isupper, word)) > 1 for word in capital):
        return False
    upper = sum(map(len, capital)) + sum(map(str.isupper, "".join(word for word in words if word not in capital)))
    return upper >= _FEWEST * sum(map(len, words))


def _small(said: str) -> int:
    """How many small letters without an accent there are."""
    printed = said.encode("utf-8", "surrogatepass")
    return len(printed) - len(printed.translate(None, _SMALL))


def tidy(text: str) -> str:
    """`text` without Markdown marks and tags, one blank between words: "**QH**1**5** " → "QH15"."""
    if not _MARKED.search(text):
        return " ".join(text.split())
    bare = _IMAGE.sub("", text) if "![" in text else text
    bare = _TAG.sub("", bare) if "<" in bare else bare
    return " ".join(_EMPHASIS.sub("", bare).split())


def cut_at(lines: Iterable[Line], begins: re.Pattern[str]) -> Iterator[Line]:
    """`lines` with a new line at each match of `begins` in their text: "Số: 12/UBND V/v họp" at "V/v" → two lines."""
    for line in lines:
        at = 0
        for match in begins.finditer(line.text):
            if line.text[at : match.start()].strip():
                yield Line(
                    line.text[at : match.start()].strip(), line.start, line.end, "" if at else line.gap, line.bold
                )
                at = match.start()
        yield Line(line.text[at:].strip(), line.start, line.end, "" if at else line.gap, line.bold) if at else line


class Lines(Sequence[Line]):
    """Lines that are read only as far as they are asked for; the length asks for all."""

    def __init__(self, source: Iterable[Line]) -> None:
        self._source, self._known = iter(source), list[Line]()

    def _read(self, count: int | None) -> None:
        self._known.extend(islice(self._source, None if count is None else max(0, count - len(self._known))))

    def has(self, at: int) -> bool:
        """Whether there is a line at `at`."""
        if at >= len(self._known):
            self._read(at + 1)
        return at < len(self._known)

    def __iter__(self) -> Iterator[Line]:
        at = 0
        while self.has(at):
            yield self._known[at]
            at += 1

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | Sequence[Line]:
        last = at.stop if isinstance(at, slice) else at + 1
        self._read(None if last is None or last < 1 else last)
        return self._known[at]

    def __len__(self) -> int:
        self._read(None)
        return len(self._known)


class _Cell(NamedTuple):
    text: str
    start: int
    column: int
    gap: str


def lines_of(text: Text, start: int, end: int, breaks: Iterable[tuple[int, int]] = ()) -> Iterator[Line]:
    """The lines between two offsets of the views; in place of `breaks` a column border is read.

    Rows of several cells are read column by column: "Nơi nhận: | TM. ỦY BAN" above "- VP; | CHỦ TỊCH" gives the left
    lines, then the right ones.
    """
    window = _with_breaks(text.clean[start:end], [(a - start, b - start) for a, b in breaks])
    gap = "blank"
    for cell in _cells(window, start):
        said = tidy(cell.text)
        if not said or (not said[0].isalnum() and _RULE.match(said)):
            gap = _heavier(gap, cell.gap or _gap_of(cell.text))
            continue
        bold = "**" in cell.text or cell.text.lstrip().startswith("#")
        gap = _heavier(gap, cell.gap) if cell.gap else gap
        yield Line(said, cell.start, cell.start + len(cell.text), gap, bold)
        gap = ""


def _with_breaks(window: str, breaks: Iterable[tuple[int, int]]) -> str:
    for a, b in breaks:
        a, b = max(a, 0), min(b, len(window))
        if a < b:
            kept = "".join("\n" if char == "\n" else " " for char in window[a + 1 : b])
            window = f"{window[:a]}|{kept}{window[b:]}"
    return window


def _gap_of(text: str) -> str:
    return "rule" if "--" in text or "__" in text or text.strip() in _STARS else "blank"


def _heavier(one: str, other: str) -> str:
    return other if _GAPS[other] > _GAPS[one] else one


def _cells(window: str, offset: int) -> Iterator[_Cell]:
    """The cells of the physical lines; runs of lines with several columns turned so that each column is read alone."""
    at = offset
    run: list[_Cell] = []
    for printed in window.split("\n"):
        line = printed[:_LONGEST_LINE]
        row = _row(line, at) if _is_divided(line) else [_Cell(_with_dash(line), at, 0, "")]
        at += len(printed) + 1
        if row[-1].column:
            run.extend(row)
            continue
        if run:
            yield from _turned(run)
            run = []
        yield from row
    yield from _turned(run)


def _is_divided(line: str) -> bool:
    """Whether a line may hold several things side by side."""
    return "|" in line or "    " in line or "\t" in line or "<" in line


def _with_dash(line: str) -> str:
    """A line with a dash in place of its bullet."""
    return _BULLET.sub(r"\1-", line) if line[:1] in _BULLETS else line


def _row(line: str, at: int) -> list[_Cell]:
    if "|" not in line:
        return _pieces(line, at, 0, "")
    cells: list[_Cell] = []
    column, start = -1, at
    for content in line.split("|"):
        if content.strip():
            column += 1
            cells.extend(_pieces(content, start, column, "cell"))
        start += len(content) + 1
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


def _turned(run: list[_Cell]) -> list[_Cell]:
    last = -1
    turned = []
    for cell in sorted(run, key=lambda cell: cell.column):
        turned.append(_Cell(cell.text, cell.start, cell.column, "cell" if cell.column != last else cell.gap and ""))
        last = cell.column
    return turned
