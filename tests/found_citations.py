"""What is found in some words of a letter of the Ủy ban nhân dân tỉnh Bình Thuận."""

from __future__ import annotations

from graph.model import Citation, Header
from ingest.cite import find_citations
from ingest.clean import clean

HEADER = Header(
    number="3933/UBND-KGVXNV", type="Công văn", issuer="Ủy ban nhân dân tỉnh Bình Thuận", date="2025-11-18"
)  # fmt: skip


def cited(words: str, header: Header = HEADER) -> tuple[Citation, ...]:
    return find_citations(clean(words), header)


def one(words: str) -> Citation:
    found = cited(words)
    assert len(found) == 1, found
    return found[0]
