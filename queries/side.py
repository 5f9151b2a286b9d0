"""What lies side by side when people decide: a mention and a document that it may mean, or two texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from queries.answer import Document, Edge
from queries.corpus import Corpus
from queries.review import Mentioned
from queries.scope import Scope
from queries.walk import edges_at

AROUND = 700
OPENING = 3_000
_MOST_QUOTES = 3
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Side:
    """A stretch of a text with the spots to look at (code points of the stretch), or how others cite the document.

    `cut` is true where the text goes on; `citing` are the documents that the quotes are from.
    """

    document: Document | None
    text: str = ""
    spots: tuple[tuple[int, int], ...] = ()
    quotes: tuple[Edge, ...] = ()
    citing: tuple[Document, ...] = ()
    cut: bool = False


def of_mention(corpus: Corpus, mention: Mentioned) -> Side:
    """The text around a mention. Raises `LibraryError`."""
    read = corpus.library.read(mention.source) if corpus.library else None
    if read is None:
        return Side(mention.citing, mention.quote)
    first, last = max(0, mention.start - AROUND), min(len(read.text), mention.end + AROUND)
    spot = (mention.start - first, mention.end - first)
    return Side(mention.citing, read.text[first:last], (spot,), cut=last < len(read.text))


def of_document(corpus: Corpus, document: Document) -> Side:
    """The beginning of a document's text; of one that is not held, what others say of it. Raises `StoreError`."""
    for row in corpus.library.sources_of(document.id) if corpus.library else ():
        if read := corpus.library and corpus.library.read(row.source):
            return Side(document, read.text[:OPENING], cut=len(read.text) > OPENING)
    kinds = ("IMPLEMENTS", "BASED_ON", "CITES")
    edges, _ = edges_at(corpus, [document.id], "edges_in", kinds, Scope(limit=_MOST_QUOTES))
    quotes = edges[:_MOST_QUOTES]
    citing = corpus.documents(edge.asserted_by or edge.from_id for edge in quotes)
    return Side(document, quotes=quotes, citing=tuple(citing.values()))


def of_two(corpus: Corpus, sources: Sequence[str], documents: Sequence[Document | None]) -> tuple[Side, Side]:
    """The beginnings of two texts, each with the words that the other has not. Raises `LibraryError`."""
    reads = [corpus.library.read(source) if corpus.library else None for source in sources[:2]]
    texts = [read.text if read else "" for read in reads]
    one, other = (text[:OPENING] for text in texts)
    spots = differing(one, other)
    cuts = [len(text) > OPENING for text in texts]
    return Side(documents[0], one, spots[0], cut=cuts[0]), Side(documents[1], other, spots[1], cut=cuts[1])


def differing(one: str, other: str) -> tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """Where the words of each text stand that the other has not: "a b c", "a x c" → ((2, 3),), ((2, 3),)."""
    first, second = list(_WORDS.finditer(one)), list(_WORDS.finditer(other))
    same = SequenceMatcher(None, [word[0] for word in first], [word[0] for word in second], autojunk=False)
    spots: tuple[list[tuple[int, int]], list[tuple[int, int]]] = ([], [])
    for tag, a, b, c, d in same.get_opcodes():
        if tag != "equal":
            for found, words, start, end in ((spots[0], first, a, b), (spots[1], second, c, d)):
                if start < end:
                    found.append((words[start].start(), words[end - 1].end()))
    return tuple(spots[0]), tuple(spots[1])
