"""The five founding documents, rendered by real tools to each format and read back: the mentions of the Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import scans
import writer
from command import DEMO
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from graph.model import Reading
from graph.spots import spots_of
from ingest import read_office, read_scan
from ingest.clean import fold
from ingest.extract import extract
from ingest.read import Source, Unreadable, read_file

FOUNDING = sorted(DEMO.glob("*.txt"))
PAGE = """<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{title}</title>
<style>body {{ font-family: "DejaVu Serif"; font-size: 11pt; text-align: justify }} h1, h2, h3 {{ font-size: 11pt }}
</style></head><body>{body}</body></html>"""
FIELDS = ("number", "type", "issuer", "date", "subject", "signer")
Rendered = Mapping[str, Sequence[Path]]


@cache
def markdown(path: Path) -> Reading:
    return extract(path.stem, path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The documents as web pages."""
    folder, render = tmp_path_factory.mktemp("founding"), MarkdownIt("commonmark").enable("table").render
    made = [folder / f"{path.stem}.html" for path in FOUNDING]
    for path, page in zip(FOUNDING, made, strict=True):
        page.write_text(PAGE.format(title=path.stem, body=render(path.read_text(encoding="utf-8"))), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def written(pages: Sequence[Path], tmp_path_factory: pytest.TempPathFactory) -> Rendered:
    """The documents as a word processor writes them; its PDF is made from its DOCX."""
    if reason := writer.missing():
        pytest.fail(f"no word processor to test with: {reason}; or set ALLOW_MISSING=writer", pytrace=False)
    folder = tmp_path_factory.mktemp("written")
    docx = writer.converted(pages, "docx", folder)
    made = {"docx": docx, "pdf": writer.converted(docx, "pdf", folder)}
    return made | {to: writer.converted(docx[1:2], to, folder) for to in ("doc", "rtf", "odt")}


@pytest.fixture(scope="module")
def printed(pages: Sequence[Path], browser: Browser) -> list[Path]:
    """The documents as a browser prints them to PDF."""
    page = browser.new_page()
    for path in pages:
        page.goto(path.as_uri())
        page.pdf(path=path.with_suffix(".pdf"), format="A4")
    page.close()
    return [path.with_suffix(".pdf") for path in pages]


@pytest.fixture(scope="module")
def scans_of(printed: Sequence[Path]) -> list[Path]:
    """The printed documents scanned: pictures of pages, without any text."""
    if reason := scans.missing():
        pytest.fail(f"nothing to recognise words with: {reason}; or set ALLOW_MISSING=ocr", pytrace=False)
    return [scans.scanned(path, path.with_suffix(".scan.pdf")) for path in printed]


def mentions(reading: Reading) -> Counter[str]:
    return Counter(one.key or fold(one.number or one.name or one.text) for one in reading.citations)


def ordered(reading: Reading) -> Counter[str]:
    """Tasks by who leads and by when."""
    return Counter(fold(" + ".join((*one.lead, one.deadline or "-"))) for one in reading.tasks)


def f1(files: Sequence[Path], what: Callable[[Reading], Counter[str]] = mentions) -> float:
    """How far the mentions (or what else) read in the files are those read in Markdown, over all of them."""
    pairs = [(what(markdown(gold)), what(read(path)[1])) for gold, path in zip(FOUNDING, files, strict=True)]
    hits = sum((gold & said).total() for gold, said in pairs)
    return 2 * hits / sum(gold.total() + said.total() for gold, said in pairs)


@cache
def read(path: Path) -> tuple[Source, Reading]:
    source = read_file(path)
    return source, extract(path.stem, source.text)


def headers(files: Sequence[Path]) -> Iterator[tuple[str, str, object, object]]:
    """Where a header is not that of the Markdown."""
    for gold, path in zip(FOUNDING, files, strict=True):
        one, other = markdown(gold).header, read(path)[1].header
        for name in FIELDS:
            if fold(str(getattr(one, name))) != fold(str(getattr(other, name))):
                yield path.name, name, getattr(one, name), getattr(other, name)


def located(files: Sequence[Path]) -> None:
    """Every mention has a place in its file."""
    for path in files:
        source, reading = read(path)
        for one in reading.citations:
            spots = spots_of(source.spots, one.start, one.end)
            assert spots and all(spot.paragraph or (spot.page and spot.box) for spot in spots)


def test_html(pages: Sequence[Path]) -> None:
    assert f1(pages) >= 0.99 and f1(pages, ordered) >= 0.98 and not list(headers(pages))
    located(pages)


@pytest.mark.writer
def test_docx(written: Rendered) -> None:
    assert {read(path)[0].format for path in written["docx"]} == {"DOCX"}
    assert f1(written["docx"]) >= 0.99 and f1(written["docx"], ordered) >= 0.98 and not list(headers(written["docx"]))
    located(written["docx"])


@pytest.mark.writer
def test_pdf_of_a_word_processor(written: Rendered) -> None:
    assert {read(path)[0].format for path in written["pdf"]} == {"PDF"}
    assert f1(written["pdf"]) >= 0.99 and f1(written["pdf"], ordered) >= 0.98 and not list(headers(written["pdf"]))
    located(written["pdf"])


@pytest.mark.writer
@pytest.mark.parametrize("to", ["doc", "rtf", "odt"])
def test_formats_read_by_a_word_processor(written: Rendered, to: str) -> None:
    """The letter of Bình Thuận, which cites most; each conversion takes seconds."""
    path = written[to][0]
    source, reading = read(path)
    assert source.format == to.upper() and source.notes == ("converted by LibreOffice",)
    assert mentions(reading) == mentions(markdown(FOUNDING[1]))
    located([path])


@pytest.mark.writer
def test_doc_is_read_by_antiword_too_and_else_it_is_said_what_to_do(
    written: Rendered, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_office, "_OFFICES", ())
    path = written["doc"][0]
    assert mentions(extract("x", read_file(path).text)) == mentions(markdown(FOUNDING[1]))
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable, match="read with LibreOffice or antiword; neither is here; install it"):
        read_file(path)
    with pytest.raises(Unreadable, match=r"Rich Text \(RTF\), which is read with LibreOffice; it is not here"):
        read_file(written["rtf"][0])


@pytest.mark.browser
def test_pdf_of_a_browser(printed: Sequence[Path]) -> None:
    assert f1(printed) >= 0.99 and f1(printed, ordered) >= 0.97 and not list(headers(printed))
    located(printed)


def numbers(reading: Reading) -> Counter[str]:
    """Mentions as they are scored: by number, or by name."""
    return Counter(fold(one.number or one.name or one.text) for one in reading.citations)


@pytest.mark.browser
@pytest.mark.ocr
def test_scans(scans_of: Sequence[Path]) -> None:
    pairs = [(numbers(markdown(gold)), numbers(read(path)[1])) for gold, path in zip(FOUNDING, scans_of, strict=True)]
    hits = sum((gold & said).total() for gold, said in pairs)
    assert 2 * hits / sum(gold.total() + said.total() for gold, said in pairs) >= 0.92
    for path in scans_of:
        source = read(path)[0]
        assert source.format == "scan" and "with a confidence of 9" in source.notes[0]
    located(scans_of)


@pytest.mark.browser
@pytest.mark.ocr
def test_pictures_of_pages_and_a_pdf_that_is_scanned_in_part(printed: Sequence[Path], tmp_path: Path) -> None:
    picture = scans.pictures(printed[3])[0].crop((0, 0, 1654, 800))
    picture.save(tmp_path / "trang.png")
    said = read_file(tmp_path / "trang.png")
    assert said.format == "scan" and "20-NQ/TW" in said.text
    picture.save(tmp_path / "trang.pdf", resolution=scans.DPI)
    with pikepdf.open(tmp_path / "trang.pdf") as scan, pikepdf.open(printed[0]) as whole:
        whole.pages.insert(1, scan.pages[0])
        whole.save(tmp_path / "cả hai.pdf")
    both = read_file(tmp_path / "cả hai.pdf")
    assert both.format == "PDF" and "recognised from pictures" in both.notes[0]
    assert {spot.page for spot in both.spots} == set(range(1, 1 + len(pypdfium2.PdfDocument(tmp_path / "cả hai.pdf"))))


@pytest.mark.browser
def test_without_tesseract_it_is_said_what_to_do(
    printed: Sequence[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = scans.scanned(printed[3], tmp_path / "quét.pdf")
    scans.pictures(printed[3])[0].save(tmp_path / "trang.png")
    monkeypatch.setattr(read_scan, "available", lambda: False)
    for path in (scan, tmp_path / "trang.png"):
        with pytest.raises(Unreadable, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
            read_file(path)
