"""From a change of the graph to the steps that write it: which query of `cypher/` runs with which rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from graph.model import Change, Edge, Node, Properties
from graph.store import BATCH, Step

Row = Mapping[str, Any]
_T = TypeVar("_T", Node, Edge)

# The labels at both ends of each type of relationship.
ENDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(
        ("IMPLEMENTS", "BASED_ON", "GUIDES", "AMENDS", "REPLACES", "REPEALS", "CORRECTS", "CITES", "APPROVES"),
        ("Document", "Document"),
    ),
    **dict.fromkeys(("ISSUED_BY", "SENT_TO"), ("Document", "Organization")),
    "CONTAINS": ("Document", "Task"),
    "ASSIGNS_TO": ("Task", "Organization"),
    "UNDER": ("Task", "Document"),
    **dict.fromkeys(("SUCCEEDED_BY", "PART_OF"), ("Organization", "Organization")),
}

LABELS = ("Document", "Task", "Organization")

# The second label of a document; `cypher/write_documents.cypher` names the same ones.
FAMILIES = frozenset(
    {
        *("Agreement", "Charter", "Circular", "Conclusion", "Consolidation", "Contract", "Copy", "Decision"),
        *("Declaration", "Decree", "Directive", "Guidance", "Law", "Letter", "Minutes", "Notice", "Order"),
        *("Ordinance", "Paper", "Plan", "Programme", "Report", "Resolution", "Rules", "Scheme", "Strategy"),
        *("Submission", "Telegram"),
    }
)

# The embedded engine keeps these names for itself, in nodes or in edges.
RESERVED = frozenset(("type", "title"))


class BadChange(ValueError):
    """A row that the graph has no place for; the message names it and says why."""


def steps(change: Change) -> tuple[Step, ...]:
    """The steps that write `change`, in order, at most `BATCH` rows each. Raises `BadChange`."""
    return (
        *_steps(change.remove_edges, lambda edge: f"write_removal_from_{plural(_ends(edge)[0])}", _end_row),
        *_steps(change.remove_nodes, lambda node: f"write_removal_of_{plural(_label(node))}", _id_row),
        *_steps(change.put_nodes, lambda node: f"write_{plural(_label(node))}", _node_row),
        *_steps(change.put_edges, lambda edge: f"write_{_relation(edge).lower()}", _edge_row),
    )


def _steps(items: Sequence[_T], query: Callable[[_T], str], row: Callable[[_T], Row]) -> Iterator[Step]:
    by_query: dict[str, list[Row]] = {}
    for item in items:
        by_query.setdefault(query(item), []).append(row(item))
    for name in sorted(by_query):
        for rows in _batches(by_query[name]):
            yield Step(name, rows)


def _batches(rows: Sequence[Row]) -> Iterable[tuple[Row, ...]]:
    return (tuple(rows[start : start + BATCH]) for start in range(0, len(rows), BATCH))


def plural(label: str) -> str:
    """A label as the names of queries say it: "Document" is `documents`."""
    return f"{label.lower()}s"


def _label(node: Node) -> str:
    if not node.labels or node.labels[0] not in LABELS:
        raise BadChange(f"node {node.id!r} has labels {node.labels!r}; the first is one of {', '.join(LABELS)}")
    return node.labels[0]


def _relation(edge: Edge) -> str:
    if edge.relation not in ENDS:
        raise BadChange(f"{edge.start!r} -> {edge.end!r}: no relationship type {edge.relation!r}")
    return edge.relation


def _ends(edge: Edge) -> tuple[str, str]:
    return ENDS[_relation(edge)]


def _id_row(node: Node) -> Row:
    return {"id": node.id}


def _end_row(edge: Edge) -> Row:
    return {"from": edge.start, "relation": edge.relation, "to": edge.end, "source": edge.source}


def _node_row(node: Node) -> Row:
    row: dict[str, Any] = {"id": node.id, "properties": _kept(node.id, node.properties) | {"id": node.id}}
    return row | {"family": _family(node)} if _label(node) == "Document" else row


def _family(node: Node) -> str | None:
    families = node.labels[1:]
    if len(families) > 1 or not FAMILIES.issuperset(families):
        raise BadChange(f"node {node.id!r}: {families!r} is not one family label of those known")
    return families[0] if families else None


def _edge_row(edge: Edge) -> Row:
    said = _kept(f"{edge.start} {edge.relation} {edge.end}", edge.properties) | {"source": edge.source}
    return {"from": edge.start, "to": edge.end, "source": edge.source, "properties": said}


def _kept(name: str, properties: Properties) -> dict[str, Any]:
    """Absent values go: no engine keeps a null, and one of them would keep it in some statements."""
    reserved = RESERVED.intersection(properties)
    if reserved:
        raise BadChange(f"{name}: property {min(reserved)!r} is a name that an engine keeps for itself")
    return {key: _plain(value) for key, value in properties.items() if value is not None}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
