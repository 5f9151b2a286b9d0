"""The text of a held document as people read it, part by part, with each citation where it stands and what it means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from graph.key import Key
from graph.library_rows import Mention as Place
from graph.library_rows import Read
from graph.model import Citation, Header, Programme, Reading, Repair
from ingest.blocks import Block, split_blocks
from ingest.clean import Text, clean
from queries.answer import Asked, Candidate, CorpusNote, Document
from queries.ask import Wanted, ask
from queries.corpus import Corpus
from queries.errors import NamesNothing, UnknownDocument
from queries.review import Reader
from queries.scope import Scope

PART = 40_000
_OVER = 2_000
_WORDS = re.compile(r"\S+")
# Signs that conversion may have put in as marks and that a text may have of its own.
_SIGNS = "<>~^"
_SPACES = re.compile(r"\s+")
_BREAK = re.compile(r"  \n|<br|\n\s*\n| \n$")
Status = Literal["resolved", "cited_not_held", "ambiguous", "unresolvable"]


class NotHeld(UnknownDocument):
    """A document that is known only by being cited: there is no text of it here."""

    def __init__(self, words: str, document: Document, parameter: str) -> None:
        super().__init__(words, document.id, parameter)
        self.args = (f"{document.name} ({document.id}) is cited here and not held: there is no text to show.",)
        self.document = document


@dataclass(frozen=True, slots=True)
class Mark:
    """A citation in the text: its place (code points of the source), what it means and how sure that is."""

    start: int
    end: int
    status: Status
    key: str
    document: Document | None
    relation: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a passage; `mark` is the number of the citation that they are, None for others."""

    text: str
    mark: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading, item, paragraph, rule or table cell; `level` counts what it stands under, `table` and so on as there.

    `start` and `end` count code points of the source."""

    kind: str
    zone: str
    level: int
    bold: bool
    start: int
    end: int
    pieces: tuple[Piece, ...]
    table: int = -1
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class DocumentText:
    """One part of a document's text. `sources` are all texts that are held of it, `source` the one shown, which has
    `length` code points; `next` and `before` are where the parts around begin, None at the ends."""

    asked: Asked
    source: str
    sources: tuple[str, ...]
    header: Header
    flags: tuple[str, ...]
    passages: tuple[Passage, ...]
    marks: tuple[Mark, ...]
    start: int
    length: int
    next: int | None
    before: int | None
    corpus: CorpusNote


@dataclass(frozen=True, slots=True)
class Told:
    """One citation with all that is known of it: what it means or may mean and why, what it says, how it was read.

    `citing` is the document in whose text it stands, `teller` the one that the text says it of, where that is another.
    """

    source: str
    start: int
    end: int
    words: str
    quote: str
    status: Status
    key: str
    document: Document | None
    citing: Document | None
    teller: Document | None
    relation: str
    pinpoint: str | None
    method: str
    candidates: tuple[Candidate, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[str, ...]
    corpus: CorpusNote


def text_of(
    corpus: Corpus, wanted: Wanted | str, start: int = 0, source: str | None = None, scope: Scope | None = None
) -> DocumentText:
    """The part of a held document's text, of about 40,000 code points, that the place `start` lies in; of one of its
    sources when it has several.

    Raises `NotHeld`, `UnknownDocument`, `AmbiguousDocument`, `NamesNothing`, `StoreError`.
    """
    wanted = Wanted(wanted) if isinstance(wanted, str) else wanted
    asked = ask(corpus, wanted, scope.as_of if scope else None)
    sources = tuple(row.source for row in corpus.library.sources_of(asked.document.id)) if corpus.library else ()
    if not sources or corpus.library is None:
        raise NotHeld(wanted.words, asked.document, wanted.parameter)
    if source and source not in sources:
        raise NamesNothing("source", f"{asked.document.id} has no text {source}")
    shown = source or sources[0]
    read = corpus.library.read(shown)
    if read is None:
        raise NotHeld(wanted.words, asked.document, wanted.parameter)
    before, start, end = _part(read.text, start)
    reading = read.judged or read.said
    marks = _marks(corpus, read, start, end)
    return DocumentText(
        asked, shown, sources, reading.header, reading.flags,
        tuple(_passages(read.text[start:end], start, marks)), marks, start, len(read.text),
        end if end < len(read.text) else None, before, corpus.note(),
    )  # fmt: skip


def _end(text: str, start: int) -> int:
    """Where a part that begins at `start` ends: at a blank line, else at a line's end, else where it is full."""
    full = start + PART
    if full + _OVER >= len(text):
        return len(text)
    for sign in ("\n\n", "\n", " "):
        if (at := text.rfind(sign, full - _OVER, full + _OVER)) >= 0:
            return at + len(sign)
    return full


def _part(text: str, place: int) -> tuple[int | None, int, int]:
    """The part that a place lies in, and where the one before begins."""
    before, start, end = None, 0, _end(text, 0)
    while end <= place and end < len(text):
        before, start, end = start, end, _end(text, end)
    return before, start, end


def _marks(corpus: Corpus, read: Read, start: int, end: int) -> tuple[Mark, ...]:
    """The citations in a part that do not overlap the one before."""
    reader = Reader(corpus)
    reading = read.judged or read.said
    found: list[Citation | Programme] = [
        one for part in (reading.citations, reading.programmes) for one in part if start <= one.start and one.end <= end
    ]
    found.sort(key=lambda one: (one.start, -one.end))
    known = corpus.documents(one.key for one in found if one.key)
    marks: list[Mark] = []
    for one in found:
        if one.key and (not marks or marks[-1].end <= one.start):
            document = known.get(one.key)
            status = _status(reader, read.source, one, document)
            marks.append(Mark(one.start, one.end, status, one.key, document, one.relation))
    return tuple(marks)


def _status(reader: Reader, source: str, one: Citation | Programme, document: Document | None) -> Status:
    if Key.parse(one.key or "").complete:
        return "resolved" if document and document.held else "cited_not_held"
    said = reader.mentioned(Place(source, one.start, one.end, one.key or "", "citation"))
    return "ambiguous" if said and said.candidates else "unresolvable"


def passages_of(text: str, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """The passages of a whole text, cut where the citations begin and end."""
    return tuple(_passages(text, 0, marks))


def _passages(part: str, offset: int, marks: Sequence[Mark]) -> Iterator[Passage]:
    """The blocks of a part of a text that begins at `offset`."""
    text = clean(part)
    places = [(_inside(text, mark.start - offset), _inside(text, mark.end - offset)) for mark in marks]
    for block in split_blocks(text):
        pieces = tuple(_pieces(text, block, places))
        yield Passage(
            block.kind, block.zone, block.level, block.bold,
            offset + text.raw_offset(block.start), offset + text.raw_offset(block.end), pieces,
            block.table, block.row, block.column,
        )  # fmt: skip


def _pieces(text: Text, block: Block, places: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The words of a block, cut where citations begin and end; `places` are those of all citations, in order."""
    at = block.start
    for number in range(bisect_left(places, (block.start, 0)), bisect_left(places, (block.end, 0))):
        first, last = places[number][0], min(places[number][1], block.end)
        if words := _shown(text, at, first, block):
            yield Piece(words)
        yield Piece(_shown(text, first, last, block).strip() or text.clean[first:last], number)
        at = last
    if words := _shown(text, at, block.end, block):
        yield Piece(words)


def _inside(text: Text, raw: int) -> int:
    """The offset in the views of a place in the part."""
    return raw if text.starts is None else bisect_left(text.starts, raw)


def _shown(text: Text, start: int, end: int, block: Block) -> str:
    """The words between two places, without the marks of Markdown; a line break where people see one."""
    exact = text.raw if text.starts is None else text.clean
    written: list[str] = []
    at = start
    for word in _WORDS.finditer(text.flat, start, end):
        written += (_gap(exact[at : word.start()], block), exact[word.start() : word.end()])
        at = word.end()
    return "".join((*written, _gap(exact[at:end], block)))


def _gap(between: str, block: Block) -> str:
    """What is shown of the marks and spaces between two words. Letters there are those of a tag, such as <br>."""
    if any(char.isalnum() for char in between):
        between = " \n" if _BREAK.search(between) else " "
    kept = "".join(char for char in between if char.isspace() or char in _SIGNS)
    broken = "\n" in between and (block.zone != "body" or block.kind in ("heading", "cell"))
    if broken or _BREAK.search(between):
        return f"{kept.strip()}\n"
    return _SPACES.sub(" ", kept)


def told(corpus: Corpus, source: str, start: int) -> Told:
    """The citation that begins at `start` of a source. Raises `NamesNothing`, `StoreError`."""
    read = corpus.library.read(source) if corpus.library else None
    one = _at(read.judged or read.said, start) if read else None
    if read is None or one is None or not one.key:
        raise NamesNothing("start", f"no citation begins at {start} in {source}")
    said = Reader(corpus).mentioned(Place(source, one.start, one.end, one.key, "citation"))
    known = corpus.documents(key for key in (one.key, one.from_key) if key)
    document = known.get(one.key)
    candidates = said.candidates if said else ()
    complete: Status = "resolved" if document and document.held else "cited_not_held"
    return Told(
        source, one.start, one.end, one.text, said.quote if said else one.text,
        complete if Key.parse(one.key).complete else "ambiguous" if candidates else "unresolvable",
        one.key, document, said.citing if said else None, known.get(one.from_key or ""), one.relation,
        *_how(one), candidates, *_doubts(one), corpus.note(),
    )  # fmt: skip


def _how(one: Citation | Programme) -> tuple[str | None, str]:
    """The article or clause that is named, and how the citation was read."""
    return (one.pinpoint, one.method) if isinstance(one, Citation) else (None, "programme")


def _doubts(one: Citation | Programme) -> tuple[tuple[Repair, ...], tuple[str, ...]]:
    return (one.repairs, one.notes) if isinstance(one, Citation) else ((), ())


def _at(reading: Reading, start: int) -> Citation | Programme | None:
    found: list[Citation | Programme] = [
        one for part in (reading.citations, reading.programmes) for one in part if one.start == start
    ]
    return found[0] if found else None
