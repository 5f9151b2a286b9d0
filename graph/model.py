"""The values that pass between the rooms: what was read in one document, and the rows of the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Value: TypeAlias = Scalar | list[str] | list[int]
Properties: TypeAlias = Mapping[str, Value]

RELATIONS = ("IMPLEMENTS", "BASED_ON", "GUIDES", "AMENDS", "REPLACES", "REPEALS", "CORRECTS", "CITES", "APPROVES")


@dataclass(frozen=True, slots=True)
class Repair:
    """A damaged reading put right: `raw` as printed, `repaired` as taken, and the rule that says so."""

    raw: str
    repaired: str
    rule: str


@dataclass(frozen=True, slots=True)
class Header:
    """What a document says of itself; a field that it shows nowhere is None.

    `date` is ISO, cut to what is shown ("2022", "2022-09"). `place` is the place printed with the issuer
    ("tỉnh Bình Thuận").
    `secrecy` is a mark of the law on state secrets, `circulation` one that limits who may see it.
    `inferred` names the fields that come from the body or the signature because the header was lost.
    """

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    date: str | None = None
    subject: str | None = None
    signer: str | None = None
    recipients: tuple[str, ...] = ()
    capacity: str | None = None
    place: str | None = None
    effective_from: str | None = None
    effective_to: str | None = None
    secrecy: str | None = None
    circulation: str | None = None
    urgency: str | None = None
    stamps: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One mention of another document. Offsets count code points of the document as decoded, `end` exclusive.

    `from_number` is the number (or name) of the cited document that makes the statement, None when this document does.
    `quote_start`, `quote_end` bound the sentence or item around the mention. `method` says how the mention was read
    (`number`, `list`, `name`, `nickname`, `alias`, …), `key` is the document it means, possibly partial.
    """

    start: int
    end: int
    text: str
    type: str | None = None
    number: str | None = None
    name: str | None = None
    date: str | None = None
    issuer: str | None = None
    term: str | None = None
    pinpoint: str | None = None
    relation: str = "CITES"
    from_number: str | None = None
    from_key: str | None = None
    key: str | None = None
    quote_start: int = 0
    quote_end: int = 0
    method: str = "number"
    nested: bool = False
    subject: str | None = None
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A relation between two cited documents that no mention carries; numbers as in the mentions, or names."""

    from_number: str
    relation: str
    to: str
    start: int = 0
    end: int = 0
    from_key: str | None = None
    to_key: str | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """A programme, strategy or scheme named without a number; `approved_by` is the act the text ties to it."""

    start: int
    end: int
    text: str
    name: str
    relation: str = "CITES"
    from_number: str | None = None
    approved_by: str | None = None
    key: str | None = None
    from_key: str | None = None
    approved_by_key: str | None = None
    quote_start: int = 0
    quote_end: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """An order: the item or sentence that tells bodies to do something. Body names as printed.

    `request` is true where the document asks ("đề nghị") rather than orders. `lead` is empty for an imperative
    under no named body.
    """

    start: int
    end: int
    text: str
    lead: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    deadline: str | None = None
    product: str | None = None
    request: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document. `flags` say in words what is doubtful."""

    document: str
    header: Header = Header()
    citations: tuple[Citation, ...] = ()
    tasks: tuple[Task, ...] = ()
    extra_edges: tuple[Statement, ...] = ()
    programmes: tuple[Programme, ...] = ()
    unassigned: tuple[Task, ...] = ()
    source: str = ""
    key: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A row of the graph: `labels[0]` is Document, Task or Organization, the second label of a Document its family."""

    id: str
    labels: tuple[str, ...]
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship, one per (start, relation, end, source). `source` asserted it: 16 hex of a text, `shipped`, …"""

    start: str
    relation: str
    end: str
    source: str
    properties: Properties = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two projections, written in one transaction: edges go, nodes go, nodes come, edges come."""

    remove_edges: tuple[Edge, ...] = ()
    remove_nodes: tuple[Node, ...] = ()
    put_nodes: tuple[Node, ...] = ()
    put_edges: tuple[Edge, ...] = ()
