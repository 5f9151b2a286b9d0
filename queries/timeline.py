"""What happened around a document, in the order of the days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from queries.answer import Asked, CorpusNote, Document, Edge
from queries.ask import Wanted
from queries.corpus import Corpus
from queries.lineage import Lineage, lineage
from queries.scope import Scope

Event = Literal["issued", "in force", "out of force"]
Role = Literal["itself", "above", "below", "change", "mention"]


@dataclass(frozen=True, slots=True)
class Moment:
    """One event of one document: the day as far as it is known (ISO, possibly only a year or month; None unknown)."""

    day: str | None
    event: Event
    role: Role
    document: Document


@dataclass(frozen=True, slots=True)
class Timeline:
    """The moments of a document's lineage, changes and mentions; those of unknown day come last."""

    asked: Asked
    moments: tuple[Moment, ...]
    edges: tuple[Edge, ...]
    truncated: bool
    as_of: str | None
    corpus: CorpusNote


def timeline(corpus: Corpus, document: Wanted | str, scope: Scope | None = None) -> Timeline:
    """When a document, what it rests on, what rests on it and what changes it came, took and lost effect.

    Raises `UnknownDocument`, `AmbiguousDocument`, `BadQuestion`, `StoreError`.
    """
    found = lineage(corpus, document, scope)
    moments = [moment for known, role in _roles(found) for moment in _moments(known, role)]
    moments.sort(key=lambda one: (one.day is None, one.day or "", one.document.id, one.event))
    edges = (*found.edges, *found.changes, *found.citations)
    return Timeline(found.asked, tuple(moments), edges, found.truncated, found.as_of, found.corpus)


def _roles(found: Lineage) -> list[tuple[Document, Role]]:
    """Each document once, by its nearest role."""
    roles: dict[str, tuple[Document, Role]] = {found.asked.document.id: (found.asked.document, "itself")}
    for one in found.documents:
        roles.setdefault(one.document.id, (one.document, "above" if one.way == "up" else "below"))
    changing = {id for edge in found.changes for id in (edge.from_id, edge.to_id)}
    ends = {id for edge in found.citations for id in (edge.from_id, edge.to_id)}
    for document in found.others:
        if document.id in changing | ends:
            roles.setdefault(document.id, (document, "change" if document.id in changing else "mention"))
    return list(roles.values())


def _moments(document: Document, role: Role) -> list[Moment]:
    days: list[tuple[str | None, Event]] = [(document.date, "issued")]
    if document.effective_from:
        days.append((document.effective_from, "in force"))
    if document.effective_to:
        days.append((document.effective_to, "out of force"))
    return [Moment(day, event, role, document) for day, event in days]
