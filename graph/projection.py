"""The rows of the graph: pure functions from what sources claim and print to nodes, edges and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from graph.key import UNKNOWN, BadKey, Key
from graph.model import Change, Edge, Header, Node, Value
from graph.projection_claims import ORGANIZATION, Claim, Evidence, GivenTask, Spoken, claims, tasks
from graph.projection_facts import REGISTER
from graph.projection_tables import Tables

Canon = Callable[[str], str]
Most = Callable[[str], str | None]
EdgeName = tuple[str, str, str, str]

SHIPPED = "shipped"
_LAST_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(slots=True)
class Projection:
    """Some rows of the graph by their names; filled while it is made, then compared."""

    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[EdgeName, Edge] = field(default_factory=dict)

    def add(self, nodes: Iterable[Node] = (), edges: Iterable[Edge] = ()) -> None:
        """Put rows in; one with the same name is replaced."""
        self.nodes.update((node.id, node) for node in nodes)
        self.edges.update((named(edge), edge) for edge in edges)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one document beside its key: the header of the speaking source (None: it is not held), the
    number of different texts held, and the most printed value of a field (a register's where it begins "register.")."""

    most: Most
    header: Header | None = None
    texts: int = 0


def named(edge: Edge) -> EdgeName:
    """What an edge is known by."""
    return edge.start, edge.relation, edge.end, edge.source


def difference(before: Projection, after: Projection) -> Change:
    """What has to be removed and put, in the order of names, to come from one projection to the other."""
    return Change(
        remove_edges=tuple(edge for name, edge in sorted(before.edges.items()) if name not in after.edges),
        remove_nodes=tuple(node for id, node in sorted(before.nodes.items()) if id not in after.nodes),
        put_nodes=tuple(node for id, node in sorted(after.nodes.items()) if before.nodes.get(id) != node),
        put_edges=tuple(edge for name, edge in sorted(after.edges.items()) if before.edges.get(name) != edge),
    )


def source_rows(spoken: Spoken, tables: Tables, canon: Canon) -> Projection:
    """The tasks and the edges of one source."""
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims(spoken, tables):
        start, end = canon(claim.start), canon(claim.end)
        # A document that names itself, or two that were judged the same, state no relation.
        if start != end:
            found.setdefault((start, claim.relation, end), []).append(claim)
    rows = Projection()
    rows.add(_task_node(spoken, given, tables) for given in tasks(spoken))
    asserted_by = canon(spoken.key)
    rows.add(edges=(_edge(name, said, spoken, asserted_by, tables) for name, said in found.items()))
    return rows


def _edge(name: tuple[str, str, str], said: list[Claim], spoken: Spoken, asserted_by: str, tables: Tables) -> Edge:
    evidence = _distinct(claim.evidence for claim in said)
    method = min((one.method for one in evidence), key=lambda one: (-tables.sure(one), one))
    properties: dict[str, Value] = {"asserted_by": asserted_by, **_lists(evidence, spoken.text)}
    properties |= {"method": method, "confidence": tables.sure(method)}
    roles = {claim.role for claim in said} - {""}
    if roles:
        properties["role"] = "lead" if "lead" in roles else min(roles)
    return Edge(*name, spoken.source, properties)


def _distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each mention once, in the order of the text; a mention that is not in the text only where no other is."""
    by_place = {(one.start, one.end): one for one in sorted(evidence, reverse=True)}
    return sorted(by_place.values())


def _lists(evidence: list[Evidence], text: str) -> dict[str, Value]:
    placed = [one for one in evidence if one.end]
    return {
        "starts": [one.start for one in placed],
        "ends": [one.end for one in placed],
        "quotes": [text[one.quote_start : one.quote_end] for one in placed],
        "quote_starts": [one.quote_start for one in placed],
        "quote_ends": [one.quote_end for one in placed],
        "pinpoints": [one.pinpoint for one in placed],
    }


def _task_node(spoken: Spoken, given: GivenTask, tables: Tables) -> Node:
    due = tables.due(given.task.deadline, spoken.reading.header.date) if given.task.deadline else None
    return Node(
        given.id,
        ("Task",),
        {
            "id": given.id,
            "text": given.task.text,
            "deadline": given.task.deadline,
            "due_first": due.first if due else None,
            "due_last": due.last if due else None,
            "rrule": due.rrule if due else None,
            "derived": due.derived if due else None,
            "product": given.task.product,
            "done": True if any(start in spoken.done for start, _ in given.spans) else None,
        },
    )


def document_node(id: str, known: Known, tables: Tables) -> Node:
    """The node of a document: what its speaking source says, then a register, then what most sources print."""
    key = parsed(id)
    header = known.header or Header()
    listed = tables.law(id) or {}

    def value(field: str) -> str | None:
        own: str | None = getattr(header, "type" if field == "kind" else field, None)
        return own or known.most(REGISTER + field) or listed.get(field) or known.most(field)

    date = value("date")
    first, last = days(date) if date else tables.period(key)
    properties: dict[str, Value] = {
        "id": id,
        "number": value("number"),
        "kind": value("kind") or tables.kind(key.type),
        "issuer": value("issuer") or tables.issuer(key),
        "place": tables.place(key.place) if key.place not in ("", UNKNOWN) else None,
        "date": date,
        "date_first": first,
        "date_last": last,
        "subject": value("subject") or known.most("name"),
        "held": known.texts > 0,
        "texts": known.texts,
        "complete": key.complete,
        "block": key.block,
        "validity": known.most(REGISTER + "validity") or "unknown",
        "effective_from": value("effective_from"),
        "effective_to": value("effective_to"),
    }
    return Node(id, ("Document", family) if (family := tables.family(key.type)) else ("Document",), properties)


def body_node(id: str, most: Most) -> Node:
    """The node of a body: what the tables say of it, else the name that most sources print, else an import's word."""
    fields = ("name", "level", "class", "valid_from", "valid_to")
    said = {field: most(field) or most(REGISTER + field) for field in fields}
    return Node(id, ("Organization",), {"id": id, **said})


def parsed(id: str) -> Key:
    """The key of a document's id; for an id of another shape one whose segments are all unknown."""
    try:
        return Key.parse(id)
    except BadKey:
        return Key()


def is_body(id: str) -> bool:
    """Whether an id is that of a body and not of a document."""
    return id.startswith(ORGANIZATION)


def days(date: str) -> tuple[str | None, str | None]:
    """The first and last day of an ISO date that may be cut: "2022-09" → 2022-09-01, 2022-09-30."""
    year, *rest = date.split("-")
    if not all(part.isdigit() for part in (year, *rest)) or len(year) != 4:
        return None, None
    if not rest:
        return f"{year}-01-01", f"{year}-12-31"
    if len(rest) > 1 or not 1 <= int(rest[0]) <= 12:
        return date, date
    leap = rest[0] == "02" and int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return f"{date}-01", f"{date}-{_LAST_DAYS[int(rest[0]) - 1] + leap}"


def merged(changes: Iterable[Change]) -> Change:
    """Several changes, one after the other, as one: of what is said of a row the last word counts."""
    nodes: dict[str, tuple[bool, Node]] = {}
    edges: dict[EdgeName, tuple[bool, Edge]] = {}
    for change in changes:
        nodes.update((node.id, (False, node)) for node in change.remove_nodes)
        nodes.update((node.id, (True, node)) for node in change.put_nodes)
        edges.update((named(edge), (False, edge)) for edge in change.remove_edges)
        edges.update((named(edge), (True, edge)) for edge in change.put_edges)
    return Change(
        remove_edges=tuple(edge for _, (stays, edge) in sorted(edges.items()) if not stays),
        remove_nodes=tuple(node for _, (stays, node) in sorted(nodes.items()) if not stays),
        put_nodes=tuple(node for _, (stays, node) in sorted(nodes.items()) if stays),
        put_edges=tuple(edge for _, (stays, edge) in sorted(edges.items()) if stays),
    )


def counted(facts: Mapping[str, Mapping[str, int]]) -> Most:
    """The most counted value of a field, ties by the smallest."""

    def most(field: str) -> str | None:
        counts = facts.get(field)
        return min(counts, key=lambda value: (-counts[value], value)) if counts else None

    return most
