"""Reads web pages: the document without the site around it, tables kept, each paragraph numbered."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import html  # type: ignore[import-untyped]

from ingest.composing import Cell, Composer, Paragraph, Piece, Row, marked
from ingest.encodings import Decoded, decode
from ingest.html_article import article, is_hidden
from ingest.legacy_fonts import FONTS, in_font, unsettled

_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,4000}?-->\s*){0,5}<"
    rb"(?:!doctype html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCKS = frozenset(
    (
        *("html", "body", "header", "main", "section", "article", "div", "center", "form", "fieldset", "address"),
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "blockquote", "hr", "figure", "figcaption"),
        *("ul", "ol", "li", "dl", "dt", "dd"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "td", "th"),
    )
)
_BOLD = frozenset(("b", "strong", "th"))
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_DEEPEST = 200
_OWN_MARKER = re.compile(r"\s*(?:[-+•*–]|\d{1,3}[.)]|[a-zđA-Z][.)]|[IVXLivxl]{1,6}[.)])\s")


def is_html(data: bytes) -> bool:
    """Whether a file begins as a web page does."""
    head = data[:6_000]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        head = head.decode("utf-16", "replace").encode()
    return _START.match(head) is not None


def read_html(data: bytes, name: str) -> Decoded:
    """The document in a web page; text without words when it holds none. Raises `NotText`."""
    decoded = decode(data)
    said = html_text(decoded)
    page = unsettled(said.text)
    return html_text(decoded, FONTS[page]) if page in FONTS else said


def html_text(page: Decoded, font: str | None = None) -> Decoded:
    """The document in the text of a web page; words that name no other font are in `font`."""
    parser = html.HTMLParser(recover=True, no_network=True, remove_comments=True, remove_pis=True)
    bare = re.sub(r"\A\ufeff?\s*<\?xml[^>]{0,200}\?>", "", page.text)
    root = html.document_fromstring(bare, parser=parser) if bare.strip() else None
    if root is None:
        return Decoded("", page.encoding)
    walk = _Walk()
    walk.visit(article(root), _Look(font=font))
    walk.flush()
    text, spots = walk.composer.done()
    return Decoded(text, page.encoding, page.notes, spots)


@dataclass(frozen=True, slots=True)
class _Look:
    """How words look where they stand."""

    bold: bool = False
    upper: bool = False
    font: str | None = None
    kept: bool = False
    deep: int = 0


@dataclass(slots=True)
class _Walk:
    """Goes through a page in order and gives its paragraphs to a composer, or, inside of a table, to a cell."""

    composer: Composer = field(default_factory=Composer)
    number: int = 0
    heading: int = 0
    prefix: str = ""
    _pieces: list[Piece] = field(default_factory=list)
    _cell: list[Paragraph] | None = None

    def visit(self, node: Any, look: _Look) -> None:
        """Take in an element and what is inside of it."""
        if not isinstance(node.tag, str) or look.deep > _DEEPEST or is_hidden(node):
            return
        tag = node.tag.rpartition("}")[2].lower()
        if tag == "br":
            self._pieces.append(Piece("\n"))
        elif tag == "table" and self._cell is None:
            self.flush()
            self._table(node, _seen(node, tag, look))
        else:
            self._inside(node, tag, look)

    def _inside(self, node: Any, tag: str, look: _Look) -> None:
        block = tag in _BLOCKS
        if block:
            self.flush()
            self.heading = _HEADINGS.get(tag, self.heading)
        if tag == "li":
            self.prefix = _list_marker(node)
        inner = _seen(node, tag, look)
        self._say(node.text, inner)
        for child in node:
            self.visit(child, inner)
            self._say(child.tail, inner)
        if block:
            self.flush()
            self.heading = 0 if tag in _HEADINGS else self.heading

    def _say(self, words: str | None, look: _Look) -> None:
        if words:
            said = in_font(words, look.font)
            said = said if look.kept else re.sub(r"[\r\n]+", " ", said)
            self._pieces.append(Piece(said.upper() if look.upper else said, look.bold))

    def flush(self) -> None:
        """End the paragraph."""
        pieces, self._pieces = self._pieces, []
        text = marked(pieces)
        if not text:
            return
        if self.prefix:
            text = text if _OWN_MARKER.match(text.lstrip("*")) else self.prefix + text
            self.prefix = ""
        if self.heading and self._cell is None:
            text = "#" * self.heading + " " + re.sub(r" *\n+", " ", text)
        self.number += 1
        paragraph = Paragraph(text, self.number)
        if self._cell is None:
            self.composer.paragraph(paragraph)
        else:
            self._cell.append(paragraph)

    def _table(self, node: Any, look: _Look) -> None:
        if _holds_page(node):
            for cell in node.iter("td", "th", "caption"):
                if next(cell.iterancestors("table")) is node:
                    self._inside(cell, "td", look)
            return
        self.composer.table(self._rows(node, look))

    def _rows(self, node: Any, look: _Look) -> list[Row]:
        rows: list[Row] = []
        down: dict[int, int] = {}  # columns that a cell further up reaches into, and for how many rows
        for row in node.iter("tr"):
            cells: list[Cell] = []
            for cell in row:
                if cell.tag in ("td", "th") and not is_hidden(cell):
                    cells += _reached(len(cells), down)
                    wide, tall = _span(cell, "colspan"), _span(cell, "rowspan")
                    down |= {len(cells) + at: tall for at in range(wide) if tall > 1}
                    cells += [self._one_cell(cell, look), *[()] * (wide - 1)]
            cells += _reached(len(cells), down)
            down = {at: left - 1 for at, left in down.items() if left > 1}
            rows.append(tuple(cells))
        return rows

    def _one_cell(self, cell: Any, look: _Look) -> Cell:
        self._cell = []
        self._inside(cell, "td", look)
        found, self._cell = tuple(self._cell), None
        return found


def _holds_page(table: Any) -> bool:
    """Whether a table is there to set out a page: tables inside it, or a letterhead with the text below it."""
    return table.find(".//table") is not None


def _reached(column: int, down: Mapping[int, int]) -> list[Cell]:
    """Empty cells from a column on as far as cells further up reach down there."""
    end = column
    while end in down:
        end += 1
    return [()] * (end - column)


def _span(cell: Any, how: str) -> int:
    said = cell.get(how, "1").strip()
    return min(int(said), 50) if said.isascii() and said.isdigit() and int(said) else 1


def _seen(node: Any, tag: str, look: _Look) -> _Look:
    style = (node.get("style") or "").lower().replace(" ", "")
    bold = look.bold or tag in _BOLD or tag in _HEADINGS or "font-weight:bold" in style or "font-weight:700" in style
    if "font-weight:normal" in style or "font-weight:400" in style:
        bold = False
    family = re.search(r"font-family:([^;,]{1,60})", (node.get("style") or ""))
    font = family[1] if family else node.get("face") if tag == "font" else None
    return _Look(
        bold,
        look.upper or "text-transform:uppercase" in style,
        font or look.font,
        look.kept or tag == "pre",
        look.deep + 1,
    )


def _list_marker(item: Any) -> str:
    """What a list shows before an item: "3. ", "c) ", "IV. ", "- " for a bullet."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    before = sum(1 for one in item.itersiblings("li", preceding=True))
    number = _number(item.get("value"), _number(parent.get("start"), 1) + before)
    kind = parent.get("type", "1")
    if kind in ("a", "A") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter if kind == 'a' else letter.upper()}) "
    if kind in ("i", "I"):
        return f"{_roman(number) if kind == 'I' else _roman(number).lower()}. "
    return f"{number}. "


def _number(said: str | None, otherwise: int) -> int:
    said = (said or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else otherwise


def _roman(number: int) -> str:
    said = ""
    for value, letters in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while number >= value and len(said) < 12:
            said, number = said + letters, number - value
    return said
