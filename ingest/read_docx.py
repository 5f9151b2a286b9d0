"""Reads DOCX: paragraphs with their automatic numbers, tables, headers, footers, footnotes, tracked changes as made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.composing import Cell, Composer, Paragraph, Piece, Row, marked
from ingest.docx_styles import Numbering, Styles, W, local, on, value
from ingest.encodings import Decoded
from ingest.legacy_fonts import FONTS, in_font, unsettled
from ingest.xml_parts import parse_part
from ingest.zipped import Zipped

_DOCUMENT = "word/document.xml"
_SKIPPED = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sectPr"))
_DEEPEST = 120


def is_docx(names: tuple[str, ...]) -> bool:
    """Whether a ZIP file with these names is a DOCX."""
    return _DOCUMENT in names


def read_docx(data: bytes, name: str) -> Decoded:
    """The text of a DOCX; `Unreadable` when it is damaged, locked or a bomb."""
    zipped = Zipped(data, name)
    styles = Styles.of(parse_part(zipped, "word/styles.xml") if zipped.has("word/styles.xml") else None)
    numbers = parse_part(zipped, "word/numbering.xml") if zipped.has("word/numbering.xml") else None
    said = _read(zipped, styles, numbers)
    page = unsettled(said.text)
    if page in FONTS:
        said = _read(zipped, replace(styles, default=styles.default | {"font": FONTS[page]}), numbers)
    return said


def _read(zipped: Zipped, styles: Styles, numbers: Any) -> Decoded:
    document = parse_part(zipped, _DOCUMENT)
    walk = _Walk(styles, Numbering.of(numbers))
    for part in _parts(zipped, "header"):
        walk.small(parse_part(zipped, part), "header")
    walk.blocks(document.find(f"{W}body"))
    for part, element in (("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")):
        if zipped.has(part):
            walk.notes(parse_part(zipped, part), element)
    for part in _parts(zipped, "footer"):
        walk.small(parse_part(zipped, part), "footer")
    text, spots = walk.composer.done()
    return Decoded(text, "UTF-8", (), spots)


def _parts(zipped: Zipped, kind: str) -> list[str]:
    found = [one for one in zipped.names() if re.fullmatch(rf"word/{kind}\d*\.xml", one)]
    return sorted(found, key=lambda one: (len(one), one))


@dataclass(slots=True)
class _Walk:
    """Goes through the parts in order and gives paragraphs and tables to the composer."""

    styles: Styles
    numbering: Numbering
    composer: Composer = field(default_factory=Composer)
    number: int = 0
    part: str | None = None
    _said: set[str] = field(default_factory=set)
    _open: list[Piece] = field(default_factory=list)

    def blocks(self, parent: Any, deep: int = 0) -> None:
        """The paragraphs and tables of the body or of a content control."""
        for child in () if parent is None or deep > _DEEPEST else parent:
            tag = local(child)
            if tag == "p":
                for one in self._paragraphs(child):
                    self.composer.paragraph(one)
            elif tag == "tbl":
                self.composer.table(self._rows(child, deep))
            elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                self.blocks(child, deep + 1)

    def small(self, root: Any, part: str) -> None:
        """Headers and footers: each line once, page numbers left out."""
        self.part = part
        for node in root.iter(f"{W}p"):
            for one in self._paragraphs(node):
                bare = re.sub(r"[\W\d_]+|\b(?:trang|page)\b", "", one.text.lower())
                if bare and one.text not in self._said:
                    self._said.add(one.text)
                    self.composer.paragraph(one)
        self.part = None

    def notes(self, root: Any, element: str) -> None:
        """Footnotes and endnotes, a paragraph each, below the text."""
        self.part = f"{element}s"
        for note in root.iter(f"{W}{element}"):
            if note.get(f"{W}type") in (None, "normal"):
                for node in note.iter(f"{W}p"):
                    for one in self._paragraphs(node):
                        self.composer.paragraph(one)
        self.part = None

    def _rows(self, table: Any, deep: int) -> list[Row]:
        rows: list[Row] = []
        for row in _inside(table, "tr"):
            cells: list[Cell] = []
            for cell in _inside(row, "tc"):
                width = value(cell.find(f"{W}tcPr/{W}gridSpan"))
                empty = min(int(width), 50) - 1 if width and width.isascii() and width.isdigit() else 0
                cells += [tuple(self._cell(cell, deep + 1)), *[()] * empty]
            rows.append(tuple(cells))
        return rows

    def _cell(self, cell: Any, deep: int) -> Iterator[Paragraph]:
        if deep > _DEEPEST:
            return
        for child in cell:
            tag = local(child)
            if tag == "p":
                yield from self._paragraphs(child)
            elif tag == "tbl":
                for row in self._rows(child, deep):
                    yield from (one for inner in row for one in inner)
            elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
                yield from self._cell(child, deep + 1)

    def _paragraphs(self, node: Any) -> Iterator[Paragraph]:
        """The paragraph, and those of the text boxes that hang on it."""
        self.number += 1
        number = self.number
        boxes: list[Any] = []
        pieces = list(self._runs(node, self.styles.paragraph(node), boxes, 0))
        if on(node.find(f"{W}pPr/{W}rPr/{W}del")):
            self._open += pieces  # the mark at its end was deleted: it goes on in the next one
            return
        pieces, self._open = self._open + pieces, []
        text = marked(pieces)
        if text:
            marker = self.numbering.next(*self.styles.numbered(node))
            yield Paragraph(_led(marker, text), number, self.part)
        for box in boxes:
            for inner in box:
                if local(inner) == "p":
                    yield from self._paragraphs(inner)
                elif local(inner) == "tbl":
                    for row in self._rows(inner, 1):
                        yield from (one for cell in row for one in cell)

    def _runs(self, node: Any, look: dict[str, str | bool], boxes: list[Any], deep: int) -> Iterator[Piece]:
        for child in node if deep < _DEEPEST else ():
            tag = local(child)
            if tag in _SKIPPED:
                continue
            if tag == "r":
                yield from self._run(child, look, boxes)
            elif tag == "br":
                yield Piece("\n")
            elif tag == "AlternateContent":
                boxes.extend(_boxes(child))
            else:
                yield from self._runs(child, look, boxes, deep + 1)

    def _run(self, run: Any, look: dict[str, str | bool], boxes: list[Any]) -> Iterator[Piece]:
        seen = look | self.styles.run(run)
        if seen.get("vanish"):
            return
        bold, font = bool(seen.get("bold")), seen.get("font")
        for child in run:
            tag = local(child)
            if tag == "t":
                said = in_font(child.text or "", font if isinstance(font, str) else None)
                yield Piece(said.upper() if seen.get("caps") else said, bold)
            elif tag in _SIGNS:
                yield Piece(_SIGNS[tag], bold)
            elif tag in ("AlternateContent", "pict", "drawing", "object"):
                boxes.extend(_boxes(child))


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def _inside(parent: Any, tag: str) -> Iterator[Any]:
    """The children with that tag, also those in content controls; rows and cells that were deleted are left out."""
    for child in parent:
        if local(child) == tag:
            if not on(child.find(f"{W}trPr/{W}del")):
                yield child
        elif local(child) in ("sdt", "sdtContent", "customXml", "ins"):
            yield from _inside(child, tag)


def _boxes(node: Any) -> list[Any]:
    """The text boxes of a drawing, not those inside of others; of the two ways in which one is kept, the first."""
    found = [one for one in node.iter(f"{W}txbxContent") if not _is_under(one, node, "txbxContent")]
    return [one for one in found if not _is_under(one, node, "Fallback")] or found


def _is_under(one: Any, top: Any, tag: str) -> bool:
    """Whether an element lies in one with that tag, inside of `top`."""
    for outer in one.iterancestors():
        if outer is top:
            return False
        if local(outer) == tag:
            return True
    return False


def _led(marker: str, text: str) -> str:
    """`text` behind its automatic number, inside of the bold run that it opens."""
    if not marker:
        return text
    return f"**{marker} {text[2:]}" if text.startswith("**") else f"{marker} {text}"
