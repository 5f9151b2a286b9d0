"""The rows of the library as frozen values, and how readings and changes are packed into them."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graph.model import Change, Edge, Node, Reading
from graph.projection_facts import Fact
from graph.reading import from_json, to_json


@dataclass(frozen=True, slots=True)
class FileRow:
    """Bytes that were read: what they decode to, how, and the rank of their format (the smallest speaks)."""

    sha256: str
    source: str
    format: str
    reader: str
    encoding: str
    size: int
    rank: int = 0
    map: str | None = None


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A text as decoded: its key, whether its edges are in the graph, the best rank of its files, its sketch."""

    source: str
    key: str
    speaks: bool
    rank: int
    document: str
    signature: bytes


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a source names a key. `part` is "citation", "programme", "act" (that approves it) or "statement"."""

    source: str
    start: int
    end: int
    key: str
    part: str


@dataclass(frozen=True, slots=True)
class Read:
    """A source newly read, as it goes into the library. `judged` is None where judgements change nothing."""

    source: str
    text: str
    said: Reading
    judged: Reading | None
    signature: bytes


def pack(value: Any) -> bytes:
    """JSON, compressed; equal values give equal bytes."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(), 6)


def unpack(packed: bytes) -> Any:
    """What `pack` packed."""
    return json.loads(zlib.decompress(packed))


def pack_reading(reading: Reading) -> bytes:
    """A reading, compressed."""
    return pack(to_json(reading))


@lru_cache(maxsize=16)
def unpack_reading(packed: bytes) -> Reading:
    """The reading that `pack_reading` packed."""
    return from_json(unpack(packed))


def pack_text(text: str) -> bytes:
    """A text, compressed; also one with lone surrogates."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpack_text(packed: bytes) -> str:
    """The text that `pack_text` packed."""
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")


def pack_facts(facts: Iterable[Fact]) -> bytes:
    """Facts, compressed, in order."""
    return pack(sorted(facts))


def unpack_facts(packed: bytes) -> list[Fact]:
    """The facts that `pack_facts` packed."""
    return [(key, field, value) for key, field, value in unpack(packed)]


def pack_change(change: Change) -> bytes:
    """A change, compressed."""
    return pack(
        {
            "remove_edges": [_edge(edge) for edge in change.remove_edges],
            "remove_nodes": [_node(node) for node in change.remove_nodes],
            "put_nodes": [_node(node) for node in change.put_nodes],
            "put_edges": [_edge(edge) for edge in change.put_edges],
        }
    )


def _node(node: Node) -> dict[str, Any]:
    return {"id": node.id, "labels": node.labels, "properties": dict(node.properties)}


def _edge(edge: Edge) -> dict[str, Any]:
    ends = {"start": edge.start, "relation": edge.relation, "end": edge.end, "source": edge.source}
    return ends | {"properties": dict(edge.properties)}


def unpack_change(packed: bytes) -> Change:
    """The change that `pack_change` packed."""
    said = unpack(packed)
    edges, nodes = _edges, _nodes
    return Change(
        edges(said["remove_edges"]), nodes(said["remove_nodes"]), nodes(said["put_nodes"]), edges(said["put_edges"])
    )


def _nodes(said: list[dict[str, Any]]) -> tuple[Node, ...]:
    return tuple(Node(one["id"], tuple(one["labels"]), one["properties"]) for one in said)


def _edges(said: list[dict[str, Any]]) -> tuple[Edge, ...]:
    return tuple(Edge(**one) for one in said)
