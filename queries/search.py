"""The documents that have some words or a number, however written: ranked, with the passage, filtered and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from graph.key import UNKNOWN, Key
from graph.library_search import Passage, passage
from ingest.candidates import Asked as Mention
from queries.answer import CorpusNote, Document
from queries.ask import MOST_CANDIDATES, Wanted, candidates_of, read_words
from queries.corpus import Corpus
from queries.errors import BadQuestion, NamesNothing
from queries.scope import Scope
from queries.walk import wanted

MOST_FOUND = 5000
MOST_VALUES = 50
MOST_LETTERS = 1000
_PAGE = 500
By = Literal["number", "subject", "text"]


@dataclass(frozen=True, slots=True)
class Narrow:
    """Only documents of these kinds ("Nghị quyết") and years ("2022"); empty: of any."""

    kinds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found by its number, its subject or the text of a source, and the passage that has most of the
    words."""

    document: Document
    by: By
    passage: Passage
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the documents found have a value."""

    value: str
    documents: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values that a filter may take (kind, issuer, place, year, held), most documents first, under the other
    filters; at most 50."""

    name: str
    values: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of what was found, by number first, then by subject, then by text, the best first.

    `read_as` is the key that the words were read as, None when they name no document. `total` counts what the filters
    leave. `truncated`: more were found than could be ranked. `texts` is false where there is no library whose texts
    and subjects could be searched. `next` is the cursor of the page after, None on the last.
    """

    words: str
    read_as: str | None
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...]
    truncated: bool
    texts: bool
    next: int | None
    as_of: str | None
    corpus: CorpusNote


@dataclass(frozen=True, slots=True)
class _Found:
    document: Document
    by: By
    source: str | None


def search(
    corpus: Corpus, words: str, scope: Scope | None = None, narrow: Narrow | None = None, cursor: int = 0
) -> Results:
    """The documents that have all the words, with or without accents, `scope.limit` from the place `cursor` on; none
    where there is no letter and no digit to search for.

    Raises `BadQuestion`, `StoreError`.
    """
    scope, narrow = scope or Scope(limit=20), narrow or Narrow()
    if not words or len(words) > MOST_LETTERS:
        raise BadQuestion("q", f"give words or a number to search for, at most {MOST_LETTERS} characters")
    key = read_as(words)
    ways = _ways(corpus, key, words)
    found = [one for one in _known(corpus, dict(islice(ways.items(), MOST_FOUND))) if _dated(one.document, scope)]
    shown = [one for one in found if all(test(one.document) for test in tests(scope, narrow).values())]
    page = shown[cursor : cursor + scope.limit]
    return Results(
        words, str(key) if key else None,
        tuple(_hits(corpus, page, words)),
        len(shown),
        tuple(_facets([one.document for one in found], tests(scope, narrow))),
        len(ways) > MOST_FOUND,
        corpus.library is not None,
        cursor + scope.limit if len(shown) > cursor + scope.limit else None,
        scope.as_of,
        corpus.note(),
    )  # fmt: skip


def read_as(words: str) -> Key | None:
    """The key that words are read as, None when they name no document."""
    try:
        return read_words(Wanted(words, parameter="q")).key
    except NamesNothing:
        return None


def _ways(corpus: Corpus, key: Key | None, words: str) -> dict[str, tuple[By, str | None]]:
    """How each document was found and in which source, best first."""
    found: dict[str, tuple[By, str | None]] = dict.fromkeys(by_number(corpus, key), ("number", None))
    for one in corpus.library.matches(words, MOST_FOUND + 1) if corpus.library else ():
        by, source = found.get(one.key, (one.where, None))
        found[one.key] = by, source or one.source
    return found


def by_number(corpus: Corpus, key: Key | None) -> list[str]:
    """What the key may mean: itself when it is complete, then the candidates, then what is known in part."""
    if key is None or key.number == UNKNOWN:
        return []
    likely = [one.document.id for one in candidates_of(corpus, Mention(key))]
    near = corpus.read("documents_number", prefix=f"{key.number}|", limit=MOST_CANDIDATES)
    partial = [row["id"] for row in near if not row["complete"] and _overlap(Key.parse(row["id"]), key)]
    itself = [corpus.now(str(key))]
    return list(dict.fromkeys([*itself, *likely, *partial] if key.complete else [*likely, *itself, *partial]))


def _overlap(one: Key, other: Key) -> bool:
    return one.could_be(other) or other.could_be(one)


def _known(corpus: Corpus, ways: Mapping[str, tuple[By, str | None]]) -> Iterator[_Found]:
    """Those of them that the graph has, in their order."""
    ids = list(ways)
    for at in range(0, len(ids), _PAGE):
        rows = {row["id"]: row for row in corpus.read("documents", ids=sorted(ids[at : at + _PAGE]))}
        for id in ids[at : at + _PAGE]:
            if id in rows:
                yield _Found(Document.of(rows[id]), *ways[id])


def _dated(document: Document, scope: Scope) -> bool:
    return (document.date_first or "") <= scope.last_day


Test = Callable[[Document], bool]


def tests(scope: Scope, narrow: Narrow) -> dict[str, Test]:
    """What each filter lets pass, by the name of its facet."""
    return {
        "kind": lambda one: not narrow.kinds or one.kind in narrow.kinds,
        "issuer": lambda one: wanted(one, Scope(issuers=scope.issuers)),
        "place": lambda one: wanted(one, Scope(places=scope.places)),
        "year": lambda one: not narrow.years or _year(one) in narrow.years,
        "held": lambda one: scope.held is None or one.held == scope.held,
    }


_VALUES: dict[str, Callable[[Document], str | None]] = {
    "kind": lambda one: one.kind,
    "issuer": lambda one: one.issuer,
    "place": lambda one: one.place,
    "year": lambda one: _year(one),
    "held": lambda one: str(one.held).lower(),
}


def _year(document: Document) -> str | None:
    return (document.date or document.date_first or "")[:4] or None


def _facets(found: Sequence[Document], tests: dict[str, Test]) -> Iterator[Facet]:
    for name, value in _VALUES.items():
        others = [test for other, test in tests.items() if other != name]
        counts = Counter(value(one) for one in found if all(test(one) for test in others))
        named = sorted(((said, many) for said, many in counts.items() if said), key=lambda pair: (-pair[1], pair[0]))
        yield Facet(name, tuple(Counted(*pair) for pair in named[:MOST_VALUES]))


def _hits(corpus: Corpus, page: Sequence[_Found], words: str) -> Iterator[Hit]:
    """The documents of a page with their files and passages: of the subject where that has the words."""
    known = corpus.documents(one.document.id for one in page)
    for one in page:
        document = known.get(one.document.id, one.document)
        shown = passage(document.subject or document.name, words)
        text = corpus.library.passage(one.source, words) if corpus.library and one.source else None
        if text and (one.by == "text" or not shown.marks):
            yield Hit(document, one.by, text, one.source)
        else:
            yield Hit(document, one.by, shown)
