"""The documents that are cited and not held: what to get next."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import RELATIONS
from queries.answer import CorpusNote, Document
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import wanted


@dataclass(frozen=True, slots=True)
class Missed:
    """A document that is not held, and how many held documents speak of it."""

    document: Document
    cited_by: int
    edges: int


@dataclass(frozen=True, slots=True)
class Missing:
    """One page of what is missing, most cited first; `next` is the cursor of the page after, None on the last."""

    documents: tuple[Missed, ...]
    next: int | None
    as_of: str | None
    corpus: CorpusNote


def missing(corpus: Corpus, scope: Scope | None = None, cursor: int = 0) -> Missing:
    """The documents cited and not held, `scope.limit` from the place `cursor` on. Raises `StoreError`."""
    scope = scope or Scope(limit=50)
    relations = list(scope.relations or RELATIONS)
    rows = corpus.read("missing", relations=relations, as_of=scope.last_day, skip=cursor, limit=scope.limit + 1)
    page = rows[: scope.limit]
    known = corpus.known(page)
    found = [Missed(known[row["id"]], row["cited_by"], row["edges"]) for row in page]
    onward = cursor + scope.limit if len(rows) > scope.limit else None
    return Missing(tuple(one for one in found if wanted(one.document, scope)), onward, scope.as_of, corpus.note())
