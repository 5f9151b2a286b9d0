"""Held documents whose basis was amended, replaced or repealed after them, or is not in force by a register: to be
looked at again, never "no longer in force"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.store import Row
from queries.answer import Asked, CorpusNote, Document, Edge
from queries.ask import Wanted, ask
from queries.authority import mere_authority
from queries.corpus import Corpus
from queries.scope import Scope
from queries.walk import wanted

ADVICE = "cần rà soát"
# How many held documents are looked at together, to begin with and at most.
_FIRST, _MOST = 200, 3_200
_NOT_IN_FORCE = ("expired", "partly_in_force", "suspended", "unsuitable")
_NAMES = ("id", "basis", "change")
Extent = Literal["whole", "part"]
Certainty = Literal["after", "undated"]


@dataclass(frozen=True, slots=True)
class Stale:
    """A held document to look at again: `resting` ties it to its basis, `changing` is what was done to that.

    `changing` is the changing document's own word where it is held; `sources` counts the texts that tell of the change.
    `extent` is whole when the basis was replaced or repealed as a whole; `certainty` is undated when a date is missing
    or only partly known, so that the change may be older; `basis_of` is authority when the basis only gives the power
    to act.
    """

    document: Document
    basis: Document
    change: Document
    resting: Edge
    changing: Edge
    extent: Extent
    certainty: Certainty
    basis_of: Literal["content", "authority"]
    sources: int
    advice: str = ADVICE


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A held document to look at again, since registers (`registers`: their files) say that its basis is not, or not
    wholly, in force: `validity`, since the day after `effective_to` where that is known.

    `certainty`: after, before (the document was made on a basis that had lapsed already), undated.
    """

    document: Document
    basis: Document
    resting: Edge
    validity: str
    effective_to: str | None
    registers: tuple[str, ...]
    extent: Extent
    certainty: Literal["after", "before", "undated"]
    basis_of: Literal["content", "authority"]
    advice: str = ADVICE


@dataclass(frozen=True, slots=True)
class StaleList:
    """One page of documents to look at again: by the word of a document, and (`lapsed`) of a register.

    `next` is the cursor of the page after, None on the last; it counts through both lists at once.
    """

    asked: Asked | None
    stale: tuple[Stale, ...]
    next: int | None
    as_of: str | None
    corpus: CorpusNote
    lapsed: tuple[Lapsed, ...] = ()


def stale(
    corpus: Corpus, document: Wanted | str | None = None, scope: Scope | None = None, cursor: int = 0
) -> StaleList:
    """The held documents to look at again, all or the one named. Raises `UnknownDocument`, `AmbiguousDocument`,
    `StoreError`."""
    scope = scope or Scope(limit=50)
    asked = ask(corpus, document, scope.as_of) if document else None
    bases = list(scope.relations or ("BASED_ON", "IMPLEMENTS", "GUIDES"))
    ids = [asked.document.id] if asked else []
    every = {"bases": bases, "as_of": scope.last_day, "confidence": scope.confidence}
    changed = _changed(corpus, ids, every, cursor + scope.limit + 1)
    rows = changed[cursor:]
    page_of = {"ids": ids, "skip": cursor, "limit": scope.limit + 1}
    listed = corpus.read("lapsed", validities=list(_NOT_IN_FORCE), **every, **page_of)
    page, lapsed = rows[: scope.limit], listed[: scope.limit]
    known = corpus.documents(row[name] for row in (*page, *lapsed) for name in _NAMES if name in row)
    found = [_stale(row, known) for row in page if wanted(known[row["id"]], scope)]
    also = [_lapsed(corpus, row, known) for row in lapsed if wanted(known[row["id"]], scope)]
    onward = cursor + scope.limit if max(len(rows), len(listed)) > scope.limit else None
    return StaleList(asked, tuple(found), onward, scope.as_of, corpus.note(), tuple(also))


def _changed(corpus: Corpus, ids: Sequence[str], every: dict[str, Any], most: int) -> list[Row]:
    """The first `most` pairs of a basis and what changed it: of these documents, else of all held ones, some at a time
    in their order, since a law that thousands rest on and hundreds change has more pairs than can be listed at once."""
    if ids:
        return corpus.read("stale", ids=list(ids), limit=most, **every)
    found: list[Row] = []
    after, some = "", _FIRST
    while len(found) < most:
        held = [row["id"] for row in corpus.read("held_after", after=after, limit=some)]
        if not held:
            break
        found += corpus.read("stale", ids=held, limit=most - len(found), **every)
        after, some = held[-1], min(2 * some, _MOST)
    return found


def _lapsed(corpus: Corpus, row: Row, known: dict[str, Document]) -> Lapsed:
    document, basis = known[row["id"]], known[row["basis"]]
    resting, end = _edge(row, "basis", document.id, basis.id), row["effective_to"]
    after = bool(end and document.date_last and end > document.date_last)
    before = bool(end and document.date_first and end < document.date_first)
    return Lapsed(
        document, basis, resting, row["validity"], end,
        tuple(corpus.library.registers(basis.id)) if corpus.library else (),
        "whole" if row["validity"] == "expired" else "part",
        "after" if after else "before" if before else "undated",
        "authority" if mere_authority(resting, basis) else "content",
    )  # fmt: skip


def _stale(row: Row, known: dict[str, Document]) -> Stale:
    document, basis, change = (known[row[name]] for name in ("id", "basis", "change"))
    resting = _edge(row, "basis", document.id, basis.id)
    changing = _edge(row, "change", change.id, basis.id)
    whole = changing.relation != "AMENDS" and not changing.pinpoints
    sure = bool(document.date_last and change.date_first and change.date_first > document.date_last)
    return Stale(
        document, basis, change, resting, changing,
        "whole" if whole else "part",
        "after" if sure else "undated",
        "authority" if mere_authority(resting, basis) else "content",
        row["sources"],
    )  # fmt: skip


def _edge(row: Row, name: str, start: str, end: str) -> Edge:
    columns = {"starts": "quote_starts", "ends": "quote_ends"}
    said: dict[str, Any] = {
        columns.get(column, column): row[f"{name}_{column}"]
        for column in (
            "relation",
            "source",
            "asserted_by",
            "method",
            "confidence",
            "quotes",
            "starts",
            "ends",
            "pinpoints",
        )
    }
    return Edge.of({"from_id": start, "to_id": end, **said})
