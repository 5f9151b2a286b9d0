"""Full text in the library: the sources that have some words, with the place of the first of them."""

from __future__ import annotations

from dataclasses import dataclass

from graph.folding import fold
from graph.library_base import Database
from graph.library_rows import unpack_text

MOST_WORDS = 32
_AROUND = 120


@dataclass(frozen=True, slots=True)
class Found:
    """A source that has the words; `start`, `end` bound the first of them in its text, `snippet` is what stands around.

    `start` and `end` are 0 where the words stand in the number or subject alone.
    """

    source: str
    key: str
    document: str
    start: int
    end: int
    snippet: str


def search(db: Database, words: str, limit: int, offset: int) -> list[Found]:
    """The sources that have all the words ("cham soc suc khoe" finds "Chăm sóc sức khỏe"), best first, ties by name.

    Words in double quotes must follow one another. At most `MOST_WORDS` words count.
    """
    query = match_of(words)
    if not query:
        return []
    sql = (
        "SELECT source, key, document, text FROM (SELECT rowid, bm25(search, 8, 4, 1) AS fit FROM search"
        " WHERE search MATCH ?) AS found JOIN sources ON sources.number = found.rowid JOIN texts USING (number)"
        " ORDER BY fit, source LIMIT ? OFFSET ?"
    )
    rows = db.rows(sql, (query, limit, offset))
    return [Found(source, key, document, *_place(unpack_text(text), words)) for source, key, document, text in rows]


def match_of(words: str) -> str:
    """The words as a query of FTS5: folded, each quoted, nothing of its syntax left."""
    pieces = fold(words).split('"')
    found = []
    for number, piece in enumerate(pieces):
        parts = _tokens(piece)
        found += [" ".join(parts)] if number % 2 and parts else parts
    return " ".join(f'"{one}"' for one in found[:MOST_WORDS])


def _tokens(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def _place(text: str, words: str) -> tuple[int, int, str]:
    folded = fold(text)
    # Composing may move offsets; then the text is shown composed, without a place in the original.
    same = len(folded) == len(text)
    for token in sorted(_tokens(fold(words)), key=len, reverse=True):
        at = folded.find(token)
        if at >= 0:
            around = text[max(0, at - _AROUND) : at + len(token) + _AROUND]
            return (at, at + len(token), " ".join(around.split())) if same else (0, 0, " ".join(around.split()))
    return 0, 0, " ".join(text[: 2 * _AROUND].split())
