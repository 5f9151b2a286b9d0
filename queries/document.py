"""One document with all that is said by it and of it, and the documents there are, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import RELATIONS
from queries.answer import Asked, CorpusNote, Document, Edge, Loose
from queries.ask import Wanted, ask, loose_ends
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import edges_at


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of the documents, in the order of their keys; `next` is the cursor of the page after, None on the last."""

    documents: tuple[Document, ...]
    next: str | None
    as_of: str | None
    corpus: CorpusNote


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """A document, what it says of others (`says`) and what others say of it (`said`); `others` are those named there.

    `truncated` is true when there are more edges than the limit.
    """

    asked: Asked
    says: tuple[Edge, ...]
    said: tuple[Edge, ...]
    others: tuple[Document, ...]
    loose: tuple[Loose, ...]
    truncated: bool
    corpus: CorpusNote


def document(corpus: Corpus, wanted: Wanted | str, scope: Scope | None = None) -> DocumentCard:
    """The document that is meant and its direct edges, at most `scope.limit` each way.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    scope = scope or Scope()
    asked = ask(corpus, wanted, scope.as_of)
    relations = scope.relations or RELATIONS
    sides = ("edges_out", "edges_in")
    (says, more), (said, yet) = (edges_at(corpus, [asked.document.id], one, relations, scope) for one in sides)
    named = {id for edge in (*says, *said) for id in (edge.from_id, edge.to_id, edge.asserted_by) if id}
    others = corpus.documents(named - {asked.document.id})
    loose = loose_ends(corpus, asked.document, incoming=True)
    return DocumentCard(asked, says, said, tuple(others.values()), loose, more or yet, corpus.note())


def documents(
    corpus: Corpus, scope: Scope | None = None, kinds: tuple[str, ...] = (), cursor: str = ""
) -> DocumentPage:
    """The documents after the key `cursor`, `scope.limit` of them, of the kinds, bodies and places that are given.
    Raises `StoreError`."""
    scope = scope or Scope(limit=50)
    rows = corpus.read(
        "documents_page",
        after=cursor,
        held=[True, False] if scope.held is None else [scope.held],
        kinds=list(kinds),
        issuers=list(scope.issuers),
        places=list(scope.places),
        as_of=scope.last_day,
        limit=scope.limit + 1,
    )
    page = rows[: scope.limit]
    onward = page[-1]["id"] if len(rows) > scope.limit else None
    return DocumentPage(tuple(corpus.known(page).values()), onward, scope.as_of, corpus.note())
