"""Which bodies of the graph a name means: with its predecessors, or of every place where none is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from graph.model import Header
from graph.store import Row
from ingest.clean import fold
from ingest.kin import kin
from ingest.organisations import organisation
from queries.corpus import Corpus
from queries.errors import NamesNothing

# Days on both sides of the merger of provinces: bodies of one name are others after it.
_BEFORE, _AFTER = "2025-06-30", "2025-07-01"


Certainty = Literal["yes", "perhaps"]


@dataclass(frozen=True, slots=True)
class Body:
    """A body by key and name, its role in a task; `predecessor` where it is an older body of the one asked for.

    `field` is the part of its work that went over, where not all did; `includes` marks a class of bodies to which the
    one asked for belongs, for sure or perhaps.
    """

    id: str
    name: str | None
    role: str | None = None
    predecessor: bool = False
    includes: Certainty | None = None
    field: str | None = None


def bodies(corpus: Corpus, words: str, as_of: str | None = None) -> tuple[Body, ...]:
    """The bodies that `words` name, by key or as written: "Sở Y tế Bình Thuận", "Sở Tài chính" (of every place).

    Bodies that one of them took over from come last, marked. Raises `NamesNothing`, `StoreError`.
    """
    rows = corpus.read("organizations")
    named = _named(rows, words, as_of)
    older = corpus.read("bodies_before", ids=[row["id"] for row in named], whole=False)
    known = {row["id"] for row in named}
    before = [row for row in older if row["id"] not in known]
    if not named:
        raise NamesNothing("body", f"no body here is {words!r}; a task names bodies as printed, for example Sở Y tế")
    family = known | {row["id"] for row in before}
    return tuple(Body(row["id"], row["name"]) for row in named) + tuple(
        Body(row["id"], row["name"], predecessor=True, field=_went_over(row["id"], family)) for row in before
    )


def _went_over(id: str, family: set[str]) -> str | None:
    """The fields of work that went from a body to others of its family, None where all of its work did."""
    steps = [edge for edge in kin(id)[1] if edge.relation == "SUCCEEDED_BY" and edge.end in family]
    fields = [edge.properties.get("field") for edge in steps]
    return "; ".join(str(one) for one in fields) if fields and all(fields) else None


def _named(rows: Sequence[Row], words: str, as_of: str | None) -> list[Row]:
    """The rows of the body itself, as it is on the day or else was before; of every place where none is told."""
    wanted = _folded(words)
    found = [organisation(words, Header(date=day)) for day in (as_of or _AFTER, _BEFORE)]
    ids = [words.strip(), *(one.id for one in found if one)]
    for id in ids:
        if not id.endswith("@_") and (exact := [row for row in rows if row["id"] == id]):
            return exact
    if kind := next((id.removesuffix("_") for id in ids if id.endswith("@_")), None):
        return [row for row in rows if row["id"].startswith(kind)]
    same = [row for row in rows if _folded(row["name"] or "") == wanted]
    return same or [row for row in rows if _folded(row["name"] or "").startswith(f"{wanted} ")]


def _folded(text: str) -> str:
    return " ".join(fold(text).split())
