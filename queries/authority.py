"""Which bases give only the power to act: a body's founding law, the law on making law, its functions."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from ingest.clean import fold
from queries.answer import Document, Edge


@cache
def authority_words() -> tuple[str, ...]:
    """The folded words by which such an act is known."""
    table = tomllib.loads(files("queries").joinpath("authority.toml").read_text(encoding="utf-8"))
    return tuple(row["words"] for row in table["authority"])


def gives_power(text: str) -> bool:
    """Whether the text names an act cited for power: "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025"."""
    folded = " ".join(fold(text).split())
    return any(words in folded for words in authority_words())


def mere_authority(edge: Edge, basis: Document | None) -> bool:
    """Whether an edge names its basis for power only: BASED_ON, by every quote or by the basis's own subject."""
    if edge.relation != "BASED_ON":
        return False
    if basis is not None and basis.subject and gives_power(basis.subject):
        return True
    return bool(edge.quotes) and all(gives_power(quote.text) for quote in edge.quotes)
