"""Recognises the words in pictures of pages with Tesseract, where it is installed with its Vietnamese model."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from statistics import fmean

import numpy as np
import numpy.typing as npt
from scipy import ndimage  # type: ignore[import-untyped]

from ingest.bounds import allow
from ingest.composing import Composer
from ingest.encodings import Decoded
from ingest.pdf_lines import PageLine
from ingest.pdf_pages import compose, without_furniture
from ingest.pdf_tables import in_tables
from ingest.refusal import Unreadable
from ingest.scan_rules import Ruled, ruled

DPI = 300
_PAGE_SECONDS = 120
_SURE = 70
_COLUMN_GAP = 2.5
# Words that Tesseract itself takes for noise.
_LEAST = 10
# Paper is lighter than this; it is speckled when its dots differ from those around by more than this on average.
_PAPER, _SPECKS = 180, 3.0
ADVICE = "install Tesseract with Vietnamese (apt-get install tesseract-ocr tesseract-ocr-vie), or get the DOCX"
_PICTURES = {
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"II*\0": "TIFF",
    b"MM\0*": "TIFF",
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lines of a page, and how sure their words are on the whole: 0 to 100."""

    lines: tuple[PageLine, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Shown:
    """The picture of a page as a file, and the tables that are known to be in it."""

    data: bytes
    tables: Ruled | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    left: int
    top: int
    right: int
    bottom: int
    confidence: float
    text: str

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.left, self.top, self.right, self.bottom


def is_picture(data: bytes) -> bool:
    """Whether a file is a picture that pages are scanned to: PNG, JPEG, TIFF."""
    return data.startswith(tuple(_PICTURES))


def read_picture(data: bytes, name: str) -> Decoded:
    """The words in a picture. `Unreadable` when there are none, or nothing here recognises them."""
    if not available():
        kind = next(kind for mark, kind in _PICTURES.items() if data.startswith(mark))
        raise Unreadable(
            name, f"it is a picture ({kind}), whose words must be recognised; Tesseract is not here", ADVICE
        )
    pages = list(recognised([lambda: Shown(data)], name))
    return scanned(pages, name)


def scanned(pages: Sequence[Recognised], name: str) -> Decoded:
    """The text of recognised pages. `Unreadable` when there is none."""
    composer = Composer()
    compose(without_furniture([page.lines for page in pages]), composer)
    text, spots = composer.done()
    if not any(char.isalnum() for char in text):
        raise Unreadable(name, "no words are recognised in its pictures", "scan it again, upright, with 300 dpi")
    return Decoded(text, "UTF-8", doubts(pages), spots, "scan")


def doubts(pages: Sequence[Recognised]) -> tuple[str, ...]:
    """How sure the recognition is, and on which pages it is not."""
    sure = [page.confidence for page in pages if page.lines]
    weak = [page.lines[0].page for page in pages if page.lines and page.confidence < _SURE]
    said = f"recognised from pictures, with a confidence of {fmean(sure):.0f} of 100" if sure else ""
    shown = ", ".join(map(str, weak[:10])) + (" …" if len(weak) > 10 else "")
    return (*((said,) if said else ()), *((f"pages that were hard to recognise: {shown}",) if weak else ()))


@cache
def available() -> bool:
    """Whether Tesseract is here and knows Vietnamese."""
    program = shutil.which("tesseract")
    if not program:
        return False
    done = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=60)
    return "vie" in (done.stdout + done.stderr).split()


def recognised(
    pictures: Sequence[Callable[[], Shown]], name: str, numbers: Sequence[int] | None = None
) -> Iterator[Recognised]:
    """What stands on pages, in their order, some at a time; each picture is made when it is its turn."""
    numbers = numbers or range(1, len(pictures) + 1)
    allow(_PAGE_SECONDS + len(pictures) * 30)
    at_once = max(1, os.cpu_count() or 1)
    with ThreadPoolExecutor(at_once) as executor:
        for start in range(0, len(pictures), at_once):
            some = pictures[start : start + at_once]
            # PDFium draws one page at a time; Tesseract works beside.
            drawn = [executor.submit(_page, picture(), name, numbers[start + at]) for at, picture in enumerate(some)]
            yield from (future.result() for future in drawn)


def tidied(grey: npt.NDArray[np.uint8], dots: float) -> Shown:
    """A page in shades of grey, of so many dots an inch, as a PGM picture without the rules of tables.

    Specks go where there are many, else thin strokes would suffer.
    """
    tables = ruled(np.squeeze(grey), dots)  # PDFium gives one channel a dot
    grey = tables.picture
    smooth = ndimage.median_filter(grey, size=3)
    paper = smooth > _PAPER
    specks = np.abs(grey.astype(np.int16) - smooth)[paper]
    shown = smooth if specks.size and float(specks.mean()) > _SPECKS else grey
    return Shown(b"P5 %d %d 255\n" % (shown.shape[1], shown.shape[0]) + shown.tobytes(), tables)


def _page(picture: Shown, name: str, number: int) -> Recognised:
    command = ["tesseract", "stdin", "stdout", "-l", "vie", "--psm", "3", "tsv"]
    try:
        done = subprocess.run(
            command,
            input=picture.data,
            capture_output=True,
            timeout=_PAGE_SECONDS,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except subprocess.TimeoutExpired as problem:
        why = f"page {number} was not recognised in {_PAGE_SECONDS} seconds"
        raise Unreadable(name, why, "scan it again, or split it") from problem
    if done.returncode:
        raise Unreadable(name, f"the picture of page {number} cannot be opened", "save it again as PNG or PDF")
    return _lines(done.stdout.decode("utf-8", "replace"), number, picture.tables)


def _lines(table: str, number: int, tables: Ruled | None = None) -> Recognised:
    """The lines in what Tesseract prints: level, page, block, paragraph, line, word, left, top, width, height, …"""
    width = height = 1
    rows: list[tuple[tuple[str, ...], _Word]] = []
    for line in table.splitlines()[1:]:
        cells = line.split("\t")
        if len(cells) < 12:
            continue
        left, top, wide, high = map(int, cells[6:10])
        if cells[0] == "1":
            width, height = max(1, wide), max(1, high)
        elif cells[0] == "5" and float(cells[10]) >= _LEAST and cells[11].strip():
            word = _Word(left, top, left + wide, top + high, float(cells[10]), cells[11].strip())
            rows.append((tuple(cells[2:5]), word))
    places = tables.places([word.box for _, word in rows]) if tables else [None] * len(rows)
    placed = [(line, place, word) for (line, word), place in zip(rows, places, strict=True)]
    lines = [
        replace(_line(part, number, width, height), cell=place)
        for (_, place), group in groupby(placed, key=lambda row: row[:2])
        for part in _columns(word for _, _, word in group)
    ]
    sure = fmean(word.confidence for _, word in rows) if rows else 0.0
    return Recognised(in_tables(lines), sure)


def _columns(words: Iterator[_Word]) -> Iterator[list[_Word]]:
    """The words of a line, cut where columns are parted."""
    part: list[_Word] = []
    for word in words:
        if part and word.left - part[-1].right > _COLUMN_GAP * max(part[-1].bottom - part[-1].top, 1):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _line(words: Sequence[_Word], number: int, width: int, height: int) -> PageLine:
    box = (
        round(min(word.left for word in words) / width, 4),
        round(min(word.top for word in words) / height, 4),
        round(max(word.right for word in words) / width, 4),
        round(max(word.bottom for word in words) / height, 4),
    )
    return PageLine(" ".join(word.text for word in words), number, box)
