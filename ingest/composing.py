"""Builds the text of a document from paragraphs and tables, and notes where each piece stands in its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from graph.spots import Spot
from ingest.clean import fold

_LONGEST_CELL = 1_500
_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u3000]+")
_LETTERHEAD = ("doc lap", "dang cong san viet nam")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words in one look; "\\n" is a line break that its writer made."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: its text with Markdown for what is bold, its number in the file, and its part ("footnotes").

    `lines` are its pieces where each stands elsewhere on a page; those without a spot stand between two lines.
    """

    text: str
    number: int
    part: str | None = None
    lines: tuple[tuple[str, Spot | None], ...] = ()

    @property
    def pieces(self) -> tuple[tuple[str, Spot | None], ...]:
        """Its text, each piece with its spot."""
        return self.lines or ((self.text, Spot(0, 0, paragraph=self.number, part=self.part)),)


Cell = tuple[Paragraph, ...]
Row = tuple[Cell, ...]


@dataclass(slots=True)
class Composer:
    """The text so far and its spots."""

    _pieces: list[str] = field(default_factory=list)
    _spots: list[Spot] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str, spot: Spot | None = None) -> None:
        """Put `text` at the end; `spot` says where it stands (its offsets are set here)."""
        if spot is not None and text:
            end = self._length + len(text)
            self._spots.append(Spot(self._length, end, spot.page, spot.box, spot.paragraph, spot.part))
        self._pieces.append(text)
        self._length += len(text)

    def paragraph(self, one: Paragraph) -> None:
        """A paragraph with a blank line below."""
        if one.text:
            for text, spot in one.pieces:
                self.add(text, spot)
            self.add("\n\n")

    def table(self, rows: Sequence[Row]) -> None:
        """A table: of data as rows with bars; one that only sets out a letterhead or a signature cell after cell."""
        rows = [row for row in rows if any(cell for cell in row)]
        if _sets_out(rows):
            for one in (one for row in rows for cell in row for one in cell):
                self.paragraph(one)
            return
        for number, row in enumerate(rows):
            self._row(row)
            if number == 0:
                self.add("|" + "---|" * len(row) + "\n")
        self.add("\n")

    def _row(self, row: Row) -> None:
        for cell in row:
            self.add("| ")
            for number, one in enumerate(cell):
                self.add("<br>" if number else "")
                for text, spot in one.pieces:
                    self.add(in_cell(text) if spot else text, spot)
            self.add(" ")
        self.add("|\n")

    def done(self) -> tuple[str, tuple[Spot, ...]]:
        """The text, and where its pieces stand."""
        return "".join(self._pieces), tuple(self._spots)


def in_cell(text: str) -> str:
    """`text` on one line, without what would be taken for the bars of a table."""
    return re.sub(r" *\n+", "<br>", text.replace("|", "/").lstrip("#").strip())


def _sets_out(rows: Sequence[Row]) -> bool:
    """Whether a table is there for the layout: one column, whole pages in a cell, a letterhead, a signature."""
    texts = [" ".join(one.text for one in cell) for row in rows for cell in row]
    if max(map(len, rows), default=0) < 2 or max(map(len, texts), default=0) > _LONGEST_CELL:
        return True
    said = [fold(text[:200]).lstrip(" *#") for text in texts]
    return any(one.startswith("noi nhan") or any(words in one for words in _LETTERHEAD) for one in said)


def marked(pieces: Iterable[Piece]) -> str:
    """The words of a paragraph on as many lines as its writer made, bold where it opens bold: "**1. Sở Y tế** chủ trì".

    Blanks are one space; a break is two spaces and a new line, as in Markdown.
    """
    lead: list[str] = []
    rest: list[str] = []
    for piece in pieces:
        blank = not piece.text.strip()
        (rest if rest or not (piece.bold or blank) else lead).append(piece.text)
    opening = "".join(lead)
    bold = opening.strip()
    plain = _lines(opening[len(opening.rstrip()) :] + "".join(rest))
    return f"**{_lines(bold)}**{plain}".strip() if bold else plain.strip()


def _lines(text: str) -> str:
    lines = [_BLANKS.sub(" ", line) for line in text.split("\n")]
    inner = "  \n".join(line.strip() if len(lines) > 1 else line for line in lines)
    return re.sub(r"(?:  \n){2,}", "\n\n", inner)
