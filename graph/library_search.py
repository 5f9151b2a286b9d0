"""Full text in the library: the sources and the titles that have some words, and the passage where they stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from graph.folding import fold, title_row
from graph.library_base import Database

MOST_WORDS = 32
AROUND = 240
_MARKED_FROM = 2_000_000
_MOST_MARKS = 5000
# What is printed of a document beside its number, by whoever names it.
TITLES = ("subject", "name", "register.subject")
Where = Literal["subject", "text"]


@dataclass(frozen=True, slots=True)
class Match:
    """A document that has the words, in its title or subject (as any source prints it) or in the text of a source."""

    key: str
    where: Where
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a text from `start` on (code points), and where in them the words asked for stand.

    `start` is None where the text had to be composed, so that places in it are not places in the original.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    start: int | None = 0


def matches(db: Database, words: str, most: int) -> list[Match]:
    """The documents that have all the words ("cham soc suc khoe" finds "Chăm sóc sức khỏe"), best first, ties by name.

    Numbers and subjects go before texts. Words in double quotes, and those joined by signs ("20-NQ/TW"), must follow
    one another. At most `MOST_WORDS` words count, at most `most` matches of each kind are given.
    """
    query = match_of(words)
    if not query:
        return []
    titled = [
        (fit, key, source)
        for sql, asked in ((_OWN, f"{{number subject}} : ({query})"), (_TITLED, query))
        for fit, key, source in db.rows(sql, (asked, most))
    ]
    titled.sort(key=lambda row: (row[0], row[1]))
    found = [Match(key, "subject", source) for _, key, source in titled]
    return found + [Match(key, "text", source) for _, key, source in db.rows(_OWN, (query, most))]


def matching(db: Database, words: str) -> set[str]:
    """The keys of the documents that have all the words, in no order and without a limit."""
    query = match_of(words)
    if not query:
        return set()
    texts = "SELECT key FROM search JOIN sources ON sources.number = search.rowid WHERE search MATCH ?"
    return {key for sql in (texts, "SELECT key FROM titles WHERE titles MATCH ?") for (key,) in db.rows(sql, (query,))}


_OWN = (
    "SELECT fit, key, source FROM (SELECT rowid, bm25(search, 8, 4, 1) AS fit FROM search WHERE search MATCH ?)"
    " AS found JOIN sources ON sources.number = found.rowid ORDER BY fit, source LIMIT ?"
)
_TITLED = "SELECT bm25(titles) AS fit, key, NULL FROM titles WHERE titles MATCH ? ORDER BY fit, key LIMIT ?"


def count_titles(db: Database, facts: Iterable[tuple[str, str, str]], times: int) -> None:
    """Have the titles among these facts found (`times` 1), or no longer (-1) where nobody prints them any more."""
    for key, field, value in facts:
        if field not in TITLES or key.startswith("vn:org:"):
            continue
        row = title_row(key, field, value)
        if times < 0 and not db.one("SELECT 1 FROM printed WHERE (key, field, value) = (?, ?, ?)", (key, field, value)):
            db.run("DELETE FROM titles WHERE rowid = ?", (row,))
        elif times > 0 and not db.one("SELECT 1 FROM titles WHERE rowid = ?", (row,)):
            db.run("INSERT INTO titles (rowid, words, key) VALUES (?, ?, ?)", (row, fold(value), key))


def match_of(words: str) -> str:
    """The words as a query of FTS5: folded, each quoted, nothing of its syntax left."""
    return " ".join(f'"{one}"' for one in terms(words))


def terms(words: str) -> list[str]:
    """The words asked for, folded; what must follow one another is one: 'y tế "cơ sở" 20-NQ/TW' → y, te, co so,
    20 nq tw."""
    found = []
    for number, piece in enumerate(fold(words).split('"')):
        parts = [" ".join(_tokens(one)) for one in ([piece] if number % 2 else piece.split())]
        found += [part for part in parts if part]
    return list(dict.fromkeys(found))[:MOST_WORDS]


def passage(text: str, words: str, around: int = AROUND) -> Passage:
    """The stretch of about `around` characters in which most of the words stand, the first of equal ones."""
    folded = fold(text)
    same = len(folded) == len(text)
    if not same:
        text = unicodedata.normalize("NFC", text)
    wanted = _pattern(terms(words))
    spans = [one.span() for one in islice(wanted.finditer(folded, 0, _MARKED_FROM), _MOST_MARKS)] if wanted else []
    begin, end = _cut(text, *_densest(folded, spans, around), around)
    marks = tuple((a - begin, b - begin) for a, b in spans if begin <= a and b <= end)
    return Passage(re.sub(r"\s", " ", text[begin:end]), marks, begin if same else None)


def _tokens(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in text).split()


def _pattern(terms: Sequence[str]) -> re.Pattern[str] | None:
    """Any of the terms as whole words, the longest first."""
    said = [r"[\W_]{1,8}".join(map(re.escape, one.split())) for one in sorted(terms, key=len, reverse=True)]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(said)})(?![^\W_])") if said else None


def _densest(folded: str, spans: Sequence[tuple[int, int]], around: int) -> tuple[int, int]:
    """The first and the last place of the stretch with most different words; 0, 0 when there is none."""
    best, first, counts = (0, 0, 0), 0, dict[str, int]()
    for start, end in spans:
        counts[folded[start:end]] = counts.get(folded[start:end], 0) + 1
        while end - spans[first][0] > around and spans[first][0] < start:
            gone = folded[slice(*spans[first])]
            counts[gone] -= 1
            counts = {word: many for word, many in counts.items() if many}
            first += 1
        if len(counts) > best[0]:
            best = len(counts), spans[first][0], end
    return best[1], best[2]


def _cut(text: str, start: int, end: int, around: int) -> tuple[int, int]:
    """Widened to about `around` characters, at white space where some is near."""
    spare = max(0, around - (end - start)) // 2
    begin, stop = max(0, start - spare), min(len(text), end + spare + (spare if start < spare else 0))
    if begin:
        begin = min((at for at in range(begin, min(begin + 20, start + 1)) if text[at - 1].isspace()), default=begin)
    if stop < len(text):
        stop = max((at for at in range(max(stop - 20, end), stop + 1) if text[at].isspace()), default=stop)
    return begin, stop
