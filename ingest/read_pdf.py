"""Reads PDF with text: lines as they are seen, forms and signatures too, without what every page repeats."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ingest import read_scan
from ingest.composing import Composer
from ingest.encodings import Decoded, is_syllable
from ingest.legacy_fonts import converted, unsettled
from ingest.pdf_lines import PageLine, lines_of_page
from ingest.pdf_pages import compose, without_furniture
from ingest.pdf_places import Sheet
from ingest.refusal import Unreadable

MOST_PAGES = 2_000
_MOST_CHARS = 200_000
_FEW_CHARS = 24
_SAMPLE = 8_000
_MOST_PIXELS = 6_000
_LOST = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")
_SHOWN = frozenset((pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP))


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF; some have a few bytes before the mark."""
    return b"%PDF-" in data[:1_024]


def read_pdf(data: bytes, name: str) -> Decoded:
    """The text of a PDF, pictures of pages recognised where that is possible; `Unreadable` when nothing can be read."""
    with closing(_opened(data, name)) as document:
        _check_size(len(document), name)
        document.init_forms()
        pages = [_page(document, number) for number in range(len(document))]
        pages, notes = _settled(pages)
        blind = [at for at, page in enumerate(pages) if _length(page) < _FEW_CHARS]
        garbled = len(blind) < len(pages) and _garbled(pages)
        if garbled:
            blind = list(range(len(pages)))
        blind = [at for at in blind if garbled or _is_drawn(document, at, any(map(_says, pages[at])))]
        if blind and read_scan.available():
            seen = list(read_scan.recognised([_drawn(document, at) for at in blind], name, [at + 1 for at in blind]))
            if len(blind) == len(pages):
                return read_scan.scanned(seen, name)
            for at, page in zip(blind, seen, strict=True):
                pages[at] = max(pages[at], list(page.lines), key=_length)
            notes = (*notes, *read_scan.doubts(seen))
            blind = []
    if garbled:
        raise Unreadable(name, "its fonts do not say which letters they show", read_scan.ADVICE)
    if not any(pages):
        raise Unreadable(name, "its pages are pictures or empty, without text", read_scan.ADVICE)
    composer = Composer()
    compose(without_furniture(pages), composer)
    text, spots = composer.done()
    return Decoded(text, "UTF-8", (*notes, *_said([at + 1 for at in blind])), spots)


def _length(lines: Sequence[PageLine]) -> int:
    return sum(len(line.text) for line in lines)


def _says(line: PageLine) -> bool:
    return any(map(str.isalnum, line.text))


def _is_drawn(document: Any, number: int, written: bool) -> bool:
    """Whether anything is shown on a page; on one that is written, anything that is not letters."""
    with closing(document[number]) as page:
        count = pdfium.FPDFPage_CountObjects(page)
        kinds = (pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) for at in range(count))
        return any(kind != pdfium.FPDF_PAGEOBJ_TEXT for kind in kinds) if written else count > 0


def _drawn(document: Any, number: int) -> Callable[[], read_scan.Shown]:
    """What draws a page in shades of grey, as finely as it was scanned."""

    def draw() -> read_scan.Shown:
        with closing(document[number]) as page:
            width, height = page.get_size()
            scale = min(_scanned_at(page, width) / 72, _MOST_PIXELS / max(width, height, 1))
            return read_scan.tidied(page.render(scale=scale, grayscale=True).to_numpy(), 72 * scale)

    return draw


def _scanned_at(page: Any, width: float) -> float:
    """The dots an inch of the picture that fills a page; the usual ones where none does."""
    for shown in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, _, right, _ = shown.get_bounds()
        if right - left > 0.7 * width:
            dots = shown.get_px_size()[0] / (right - left) * 72
            return float(min(max(dots, 100), read_scan.DPI))
    return read_scan.DPI


def _opened(data: bytes, name: str) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        # The code alone will not do: PDFium keeps that of a file before.
        if getattr(problem, "err_code", None) == pdfium.FPDF_ERR_PASSWORD and b"/Encrypt" in data:
            raise Unreadable(name, "it is locked with a password", "give it without the password") from problem
        if b"/Count 0" in data:
            raise Unreadable(name, "it has no pages", "get it again") from problem
        why = "it is damaged or not whole: no PDF can be opened"
        raise Unreadable(name, why, "get it again, or print it to a new PDF") from problem


def _check_size(pages: int, name: str) -> None:
    if pages > MOST_PAGES:
        raise Unreadable(name, f"it has {pages} pages, more than the {MOST_PAGES} that are read", "split it")


def _said(empty: Sequence[int]) -> tuple[str, ...]:
    if not empty:
        return ()
    shown = ", ".join(map(str, empty[:10])) + (" …" if len(empty) > 10 else "")
    return (f"pages without text, not read: {shown}",)


def _page(document: Any, number: int) -> list[PageLine]:
    """The lines of a page; one that cannot be loaded has none."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return []
    with closing(page):
        flat = _shows_more(page) and pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS
        if not flat:
            return _lines(page, number + 1)
    with closing(document[number]) as page:
        return _lines(page, number + 1)


def _shows_more(page: Any) -> bool:
    """Whether form fields, signatures or notes show words that are not in the page itself."""
    for at in range(min(500, pdfium.FPDFPage_GetAnnotCount(page))):
        note = pdfium.FPDFPage_GetAnnot(page, at)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in _SHOWN:
            return True
    return False


def _lines(page: Any, number: int) -> list[PageLine]:
    left, bottom, _, _ = page.get_cropbox()
    width, height = page.get_size()
    sheet = Sheet(number, width, height, page.get_rotation() // 90, left, bottom)
    if sheet.width <= 0 or sheet.height <= 0:
        return []
    with closing(page.get_textpage()) as shown:
        count = shown.count_chars()
        text = shown.get_text_range() if count else ""
        if len(text) != count:
            codes = (pdfium.FPDFText_GetUnicode(shown.raw, at) for at in range(min(count, _MOST_CHARS)))
            text = "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)
        return list(lines_of_page(text[:_MOST_CHARS], shown.raw, sheet, page))


def _settled(pages: list[list[PageLine]]) -> tuple[list[list[PageLine]], tuple[str, ...]]:
    """Lines in fonts of before Unicode as Unicode."""
    page = unsettled("\n".join(line.text for lines in pages for line in lines)[:_SAMPLE])
    if page is None:
        return pages, ()
    said = [[replace(line, text=converted(line.text, page)) for line in lines] for lines in pages]
    said = [[replace(line, bold=min(line.bold, len(line.text))) for line in lines] for lines in said]
    return said, (f"the letters were those of {page} and were converted to Unicode",)


def _garbled(pages: list[list[PageLine]]) -> bool:
    """Whether the text cannot be what the page shows: letters without a code, or no Vietnamese syllables."""
    sample = "\n".join(line.text for lines in pages for line in lines)[:_SAMPLE]
    lost = len(_LOST.findall(sample))
    words = [word for word in _WORD.findall(sample) if not word.isascii()]
    strange = len(words) >= 30 and sum(map(is_syllable, words)) < 0.3 * len(words)
    return lost > 0.15 * max(1, len(sample.replace(" ", ""))) or strange
