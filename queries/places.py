"""Where the citations of a held document stand in its files: page and box, paragraph, or place in the text."""

from __future__ import annotations

from dataclasses import dataclass

from graph.library_rows import FileRow
from graph.spots import Spot, spots_of, unpack_spots
from queries.answer import Asked, CorpusNote
from queries.ask import Wanted, ask
from queries.corpus import Corpus, Shelf
from queries.errors import NamesNothing
from queries.scope import Scope
from queries.text import NotHeld


@dataclass(frozen=True, slots=True)
class HeldFile:
    """A file of a text: what it is, how it was read, where it lay; `sha256` is the hash of its bytes.

    `placed` says by what a mention is found in it: "page", "paragraph" or "offset".
    """

    sha256: str
    format: str
    encoding: str
    size: int
    paths: tuple[str, ...]
    placed: str


@dataclass(frozen=True, slots=True)
class Placed:
    """A citation: `start` and `end` count code points of the text, `spots` are the pieces that it stands in.

    A box is left, top, right, bottom as shares of the page as it is shown; in a file of text there are no spots.
    """

    start: int
    end: int
    words: str
    key: str | None
    relation: str
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Places:
    """One page of the citations of a text of a document. `sources` are all texts held of it, `source` is the one shown.

    `files` are those that say this text, the best format first; spots are in the first of them that has any. `next` is
    the cursor of the page after, None on the last.
    """

    asked: Asked
    source: str
    sources: tuple[str, ...]
    files: tuple[HeldFile, ...]
    citations: tuple[Placed, ...]
    next: int | None
    as_of: str | None
    corpus: CorpusNote


def places(
    corpus: Corpus, wanted: Wanted | str, source: str | None = None, scope: Scope | None = None, cursor: int = 0
) -> Places:
    """Where the citations of a document stand, `scope.limit` from the place `cursor` on.

    Raises `NotHeld`, `UnknownDocument`, `AmbiguousDocument`, `NamesNothing`, `StoreError`.
    """
    scope = scope or Scope()
    asked, shown, sources = _meant(corpus, wanted, source, scope)
    library = corpus.library
    read = library.read(shown) if library else None
    assert library is not None and read is not None
    rows = library.files_of(shown)
    spots = next((kept for row in rows if (kept := unpack_spots(row.map))), ())
    reading = read.judged or read.said
    cited = sorted(reading.citations, key=lambda one: (one.start, one.end))[cursor : cursor + scope.limit + 1]
    found = tuple(
        Placed(
            one.start, one.end, read.text[one.start : one.end], one.key, one.relation,
            spots_of(spots, one.start, one.end),
        )
        for one in cited[: scope.limit]
    )  # fmt: skip
    onward = cursor + scope.limit if len(cited) > scope.limit else None
    files = tuple(_file(library, row) for row in rows)
    return Places(asked, shown, sources, files, found, onward, scope.as_of, corpus.note())


def file_of(corpus: Corpus, wanted: Wanted | str, source: str | None = None) -> FileRow:
    """The best file of a held document: its format and hash. Raises as `places`."""
    wanted = Wanted(wanted) if isinstance(wanted, str) else wanted
    asked, shown, _ = _meant(corpus, wanted, source, Scope())
    rows = corpus.library.files_of(shown) if corpus.library else ()
    if not rows:
        raise NotHeld(wanted.words, asked.document, wanted.parameter)
    return rows[0]


def _meant(
    corpus: Corpus, wanted: Wanted | str, source: str | None, scope: Scope
) -> tuple[Asked, str, tuple[str, ...]]:
    """The document, which of its texts, and all of these."""
    wanted = Wanted(wanted) if isinstance(wanted, str) else wanted
    asked = ask(corpus, wanted, scope.as_of)
    sources = tuple(row.source for row in corpus.library.sources_of(asked.document.id)) if corpus.library else ()
    if not sources:
        raise NotHeld(wanted.words, asked.document, wanted.parameter)
    if source and source not in sources:
        raise NamesNothing("source", f"{asked.document.id} has no text {source}")
    return asked, source or sources[0], sources


def _file(library: Shelf, row: FileRow) -> HeldFile:
    spots = unpack_spots(row.map)
    placed = "offset" if not spots else "page" if spots[0].page else "paragraph"
    paths = tuple(path for path in library.paths_of(row.source) if library.file_at(path) == row.sha256)
    return HeldFile(row.sha256, row.format, row.encoding, row.size, paths, placed)
