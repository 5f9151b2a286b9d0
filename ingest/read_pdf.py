"""Reads PDF with text: lines as they are seen, forms and signatures too, without what every page repeats."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ingest.composing import Composer
from ingest.encodings import Decoded, is_syllable
from ingest.legacy_fonts import converted, unsettled
from ingest.pdf_lines import PageLine, Sheet, lines_of_page
from ingest.pdf_pages import compose, without_furniture
from ingest.refusal import Unreadable

MOST_PAGES = 2_000
_MOST_CHARS = 200_000
_FEW_CHARS = 24
_SAMPLE = 8_000
_LOST = re.compile("[\ufffd\ue000-\uf8ff\x01\x03-\x08\x0e-\x1f]")
_WORD = re.compile(r"[^\W\d_]+")
_SHOWN = frozenset((pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP))


def is_pdf(data: bytes) -> bool:
    """Whether a file is a PDF; some have a few bytes before the mark."""
    return b"%PDF-" in data[:1_024]


def read_pdf(data: bytes, name: str) -> Decoded:
    """The text of a PDF; `Unreadable` when it is locked, damaged, or holds pictures of pages only."""
    with closing(_opened(data, name)) as document:
        _check_size(len(document), name)
        document.init_forms()
        pages = [_page(document, number) for number in range(len(document))]
    pages, notes = _settled(pages)
    empty = [number for number, page in enumerate(pages, start=1) if sum(len(line.text) for line in page) < _FEW_CHARS]
    if len(empty) == len(pages):
        raise Unreadable(name, "its pages are pictures, without text", "recognise its text (OCR) first")
    if _garbled(pages):
        raise Unreadable(name, "its fonts do not say which letters they show", "print it, scan it, or get the DOCX")
    composer = Composer()
    compose(without_furniture(pages), composer)
    text, spots = composer.done()
    return Decoded(text, "UTF-8", (*notes, *_said(empty)), spots)


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
        return list(lines_of_page(text[:_MOST_CHARS], shown.raw, sheet))


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
