"""Which held documents share text with one, how much of it, and the passages: who copied whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.folding import fold
from graph.runs import RUN, runs_of, words_of
from queries.answer import Asked, CorpusNote, Document
from queries.ask import Wanted, ask
from queries.corpus import Corpus, Shelf
from queries.scope import Scope
from queries.walk import wanted

LEAST_WORDS = 12
# Two documents that cite the same resolution share its name; this much, or a passage this long, is a copy.
LEAST_SHARE = 0.15
LONG_PASSAGE = 50
MOST_PASSAGES = 20
MOST_COMPARED = 60
_MOST_PLACES = 8
_LONGEST = 200_000


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that both texts have, but for case, accents and punctuation: the words of the one asked for, and where
    they stand in each (code points). Places are None in a text that had to be composed."""

    text: str
    words: int
    start: int | None
    end: int | None
    other_start: int | None
    other_end: int | None


@dataclass(frozen=True, slots=True)
class Alike:
    """A document that shares text: `resemblance` of the two (runs of four words in both, of all runs), which share of
    the one asked for stands in this one (`contained`), and of this one in the one asked for (`contains`), 0 to 1.

    `earlier` tells whether this one is the older, None where a day is not known. The longest passages are listed, of
    12 words and more, at most 20.
    """

    document: Document
    source: str
    resemblance: float
    contained: float
    contains: float
    earlier: bool | None
    passages: tuple[Shared, ...]


@dataclass(frozen=True, slots=True)
class Similar:
    """The documents that share text with one, most alike first; `source` is the text compared, None when none is held.

    `truncated`: more texts may share some words than were compared.
    """

    asked: Asked
    source: str | None
    documents: tuple[Alike, ...]
    truncated: bool
    as_of: str | None
    corpus: CorpusNote


def similar(corpus: Corpus, document: Wanted | str, scope: Scope | None = None) -> Similar:
    """The held documents that share text with a held one, at most `scope.limit`; documents of the same key are left
    out.

    Texts are found by samples of their words: a common passage of 100 words is seldom missed, one of 30 often.
    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    scope = scope or Scope(limit=20)
    asked = ask(corpus, document, scope.as_of)
    library = corpus.library
    sources = library.sources_of(asked.document.id) if library else ()
    if library is None or not sources:
        return Similar(asked, None, (), False, scope.as_of, corpus.note())
    near = library.sharing(sources[0].source, MOST_COMPARED + 1)
    others = [(source, key) for source, key, _ in near[:MOST_COMPARED] if key != asked.document.id]
    known = corpus.documents(key for _, key in others)
    kept = [(source, known[key]) for source, key in others if key in known and _asked_for(known[key], scope)]
    found = list(_compared(library, (sources[0].source, asked.document), kept))
    found.sort(key=lambda one: (-max(one.contained, one.contains), one.document.id, one.source))
    cut = len(near) > MOST_COMPARED or len(found) > scope.limit
    return Similar(asked, sources[0].source, tuple(found[: scope.limit]), cut, scope.as_of, corpus.note())


def _asked_for(document: Document, scope: Scope) -> bool:
    return wanted(document, scope) and (document.date_first or "") <= scope.last_day


class _Text:
    """A text in words: each run of four with its places."""

    def __init__(self, text: str) -> None:
        folded = fold(text)
        self.text, self.same = text, len(folded) == len(text)
        self.words = words_of(folded)[:_LONGEST]
        self.runs = runs_of([word for word, _, _ in self.words])
        self.places: Mapping[int, list[int]] = defaultdict(list)
        for at, run in enumerate(self.runs):
            self.places[run].append(at)

    def span(self, first: int, count: int) -> tuple[int | None, int | None]:
        """Where words stand in the text."""
        return (self.words[first][1], self.words[first + count - 1][2]) if self.same else (None, None)


def _compared(library: Shelf, one: tuple[str, Document], others: Sequence[tuple[str, Document]]) -> Iterator[Alike]:
    mine = _Text(library.text(one[0]) or "")
    for source, document in others:
        theirs = _Text(library.text(source) or "")
        both = len(mine.places.keys() & theirs.places.keys())
        if not both:
            continue
        contained, contains = both / len(mine.places), both / len(theirs.places)
        passages = sorted(common(mine, theirs), key=lambda shared: (-shared.words, shared.start or 0))
        if passages and (max(contained, contains) >= LEAST_SHARE or passages[0].words >= LONG_PASSAGE):
            resemblance = both / (len(mine.places) + len(theirs.places) - both)
            yield Alike(
                document, source, round(resemblance, 4), round(contained, 4), round(contains, 4),
                _earlier(document, one[1]), tuple(passages[:MOST_PASSAGES]),
            )  # fmt: skip


def _earlier(other: Document, one: Document) -> bool | None:
    if other.date_last and one.date_first and other.date_last < one.date_first:
        return True
    if one.date_last and other.date_first and one.date_last < other.date_first:
        return False
    return None


def common(mine: _Text, theirs: _Text) -> Iterator[Shared]:
    """The passages of `LEAST_WORDS` and more that both have, in the order of the first; the longest from each place."""
    at = 0
    while at < len(mine.runs):
        places = theirs.places.get(mine.runs[at], ())[:_MOST_PLACES] if mine.runs[at] in theirs.places else ()
        length, there = max(((_together(mine, at, theirs, place), -place) for place in places), default=(0, 0))
        if length >= LEAST_WORDS:
            start, end = mine.span(at, length)
            shown = " ".join(word for word, _, _ in mine.words[at : at + length])
            text = " ".join(mine.text[start:end].split()) if start is not None else shown
            yield Shared(text, length, start, end, *theirs.span(-there, length))
        at += max(1, length - RUN + 1) if length >= LEAST_WORDS else 1


def _together(mine: _Text, at: int, theirs: _Text, there: int) -> int:
    """How many words both texts go on with from these places."""
    length, most = RUN, min(len(mine.words) - at, len(theirs.words) - there)
    while length < most and mine.words[at + length][0] == theirs.words[there + length][0]:
        length += 1
    return length
