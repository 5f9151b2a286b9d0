"""The frozen values that answers are made of: documents, edges with their quotes, and what is held at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from ingest.candidates import Reason


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the graph, held or only cited. `name` is what a reader calls it, `files` where a held one was read
    from."""

    id: str
    name: str
    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    place: str | None = None
    date: str | None = None
    date_first: str | None = None
    date_last: str | None = None
    subject: str | None = None
    held: bool = False
    complete: bool = False
    validity: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any], files: tuple[str, ...] = ()) -> Self:
        """The document of a row of `cypher/documents.cypher`."""
        said = row.get
        return cls(
            row["id"], title(row), said("number"), said("kind"), said("issuer"), said("place"), said("date"),
            said("date_first"), said("date_last"), said("subject"), bool(said("held")), bool(said("complete")),
            said("validity"), said("effective_from"), said("effective_to"), files,
        )  # fmt: skip


def title(row: Mapping[str, Any]) -> str:
    """What a reader calls a document: "Nghị quyết 20-NQ/TW", "Hiến pháp 2013", "Kế hoạch (không số) của Tỉnh ủy"."""
    kind, number, issuer = row.get("kind"), row.get("number"), row.get("issuer")
    if number:
        return f"{kind} {number}" if kind and not number.startswith(kind) else str(number)
    if not row.get("held") and row.get("subject"):
        return str(row["subject"])
    unnumbered = f"{kind or 'Văn bản'} (không số)"
    return f"{unnumbered} của {issuer}" if issuer else unnumbered


@dataclass(frozen=True, slots=True)
class Quote:
    """The words that say so, with their place in the text that says it (code points, `end` exclusive)."""

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """`from_id` IMPLEMENTS, CITES … `to_id`, by the word of the document `asserted_by`."""

    from_id: str
    relation: str
    to_id: str
    source: str
    asserted_by: str | None = None
    method: str | None = None
    confidence: float | None = None
    quotes: tuple[Quote, ...] = ()
    pinpoints: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self:
        """The edge of a row of `cypher/edges_*.cypher`."""
        said = row.get
        pinpoints = tuple(dict.fromkeys(filter(None, said("pinpoints") or ())))
        return cls(
            row["from_id"], row["relation"], row["to_id"], row["source"], said("asserted_by"), said("method"),
            said("confidence"), _quotes(row), pinpoints,
        )  # fmt: skip


def _quotes(row: Mapping[str, Any]) -> tuple[Quote, ...]:
    texts = row.get("quotes") or []
    starts, ends = row.get("quote_starts") or [], row.get("quote_ends") or []
    if len(starts) != len(texts) or len(ends) != len(texts):
        return tuple(Quote(text) for text in dict.fromkeys(texts))
    return tuple(Quote(*one) for one in dict.fromkeys(zip(texts, starts, ends, strict=True)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be meant, and why; `score` orders those of one question (0 to 1).

    `dated` is false for one whose date is not known, so that nothing could be held against it.
    """

    document: Document
    score: float = 0.0
    dated: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CorpusNote:
    """What an answer was drawn from: the documents held, and those that are only cited."""

    held: int
    cited: int
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """The document that a question was answered for.

    `assumed` is true when the words left something open and one document of the graph alone fits them.
    """

    words: str
    key: str
    document: Document
    assumed: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Loose:
    """What hangs on a partly known document that may be the one asked for; `citing` say so."""

    document: Document
    edges: tuple[Edge, ...]
    citing: tuple[Document, ...]
    text: str
