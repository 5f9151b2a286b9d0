"""Held documents that lay down tasks and that nothing known here carries out."""

from __future__ import annotations

from dataclasses import dataclass

from queries.answer import CorpusNote, Document
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import wanted


@dataclass(frozen=True, slots=True)
class Gap:
    """A held document with the number of its tasks, and no document known that carries it out."""

    document: Document
    tasks: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """One page of such documents, most tasks first; `next` is the cursor of the page after, None on the last."""

    gaps: tuple[Gap, ...]
    next: int | None
    as_of: str | None
    corpus: CorpusNote


def gaps(corpus: Corpus, scope: Scope | None = None, cursor: int = 0) -> Gaps:
    """The documents that lay down tasks and that none known here implements or guides. Raises `StoreError`."""
    scope = scope or Scope(limit=50)
    relations = list(scope.relations or ("IMPLEMENTS", "GUIDES"))
    rows = corpus.read("gaps", as_of=scope.last_day, relations=relations, skip=cursor, limit=scope.limit + 1)
    page = rows[: scope.limit]
    known = corpus.known(page)
    found = [Gap(known[row["id"]], row["tasks"]) for row in page]
    onward = cursor + scope.limit if len(rows) > scope.limit else None
    return Gaps(tuple(one for one in found if wanted(one.document, scope)), onward, scope.as_of, corpus.note())
