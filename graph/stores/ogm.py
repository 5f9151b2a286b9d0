"""Documents, tasks and bodies as py2neo objects, for notebooks on a Neo4j server; the product itself does not use it.

py2neo is an optional extra (`pip install 'vanban-graph[py2neo]'`). It has come to its end of life and is not kept up by
its author: it works with Neo4j 5 but for what it asks of indexes, and one process at a time should write by it. Write
nothing through these objects that is to last: the graph is made again from the library.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from py2neo import Graph  # type: ignore[import-untyped]
from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo  # type: ignore[import-untyped]

_DEPTH = 12


class Organization(Model):  # type: ignore[misc]
    """A body."""

    __primarykey__ = "id"

    id = Property()
    name = Property()
    level = Property()

    tasks = RelatedFrom("Task", "ASSIGNS_TO")
    issued = RelatedFrom("Document", "ISSUED_BY")
    followers = RelatedTo("Organization", "SUCCEEDED_BY")


class Task(Model):  # type: ignore[misc]
    """Something that a document tells bodies to do."""

    __primarykey__ = "id"

    id = Property()
    text = Property()
    deadline = Property()
    due_first = Property()
    due_last = Property()
    done = Property()

    documents = RelatedFrom("Document", "CONTAINS")
    bodies = RelatedTo(Organization, "ASSIGNS_TO")
    under = RelatedTo("Document", "UNDER")

    def bodies_in(self, role: str) -> list[Organization]:
        """The bodies in a role: "lead" or "coordinate"."""
        return [body for body in self.bodies if self.bodies.get(body, "role") == role]


class Document(Model):  # type: ignore[misc]
    """A document, held or only cited."""

    __primarykey__ = "id"

    id = Property()
    number = Property()
    kind = Property()
    issuer = Property()
    date = Property()
    subject = Property()
    held = Property()

    implements = RelatedTo("Document", "IMPLEMENTS")
    implemented_by = RelatedFrom("Document", "IMPLEMENTS")
    based_on = RelatedTo("Document", "BASED_ON")
    basis_of = RelatedFrom("Document", "BASED_ON")
    guides = RelatedTo("Document", "GUIDES")
    guided_by = RelatedFrom("Document", "GUIDES")
    approves = RelatedTo("Document", "APPROVES")
    approved_by = RelatedFrom("Document", "APPROVES")
    cites = RelatedTo("Document", "CITES")
    issuers = RelatedTo(Organization, "ISSUED_BY")
    tasks = RelatedTo(Task, "CONTAINS")

    def rests_on(self, depth: int = 4) -> dict[str, tuple[int, Document]]:
        """What it rests on, by key: (hops, document), nearest first."""
        return _walked(self, depth, ("implements", "based_on", "guides", "approved_by"))

    def carried_out_by(self, depth: int = 4) -> dict[str, tuple[int, Document]]:
        """What rests on it, by key: (hops, document), nearest first."""
        return _walked(self, depth, ("implemented_by", "basis_of", "guided_by", "approves"))

    def quotes(self, other: Document) -> list[str]:
        """The sentences that say that this document implements another."""
        return list(self.implements.get(other, "quotes") or ())


def connected(url: str, user: str, password: str) -> Graph:
    """A py2neo graph at a `bolt://` address. Raises py2neo's own errors."""
    return Graph(url, auth=(user, password))


def document_numbered(graph: Graph, number: str) -> Document | None:
    """The document with a number ("20-NQ/TW"); of several the one whose key comes first."""
    found = sorted(Document.match(graph).where(number=number), key=lambda one: str(one.id))
    return found[0] if found else None


def _walked(start: Document, depth: int, ways: tuple[str, ...]) -> dict[str, tuple[int, Document]]:
    found: dict[str, tuple[int, Document]] = {}
    layer = [start]
    for hops in range(1, min(depth, _DEPTH) + 1):
        new = {one.id: one for here in layer for one in _neighbours(here, ways) if one.id not in found}
        new.pop(start.id, None)
        found |= {id: (hops, new[id]) for id in sorted(new)}
        layer = list(new.values())
    return found


def _neighbours(document: Document, ways: tuple[str, ...]) -> Iterator[Any]:
    for way in ways:
        yield from getattr(document, way)
