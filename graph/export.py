"""The graph as JSON lines: equal graphs give equal bytes, whatever engine holds them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Any

from graph.store import BATCH, Row, Store
from graph.writing import LABELS, RESERVED, plural


def export_lines(store: Store) -> Iterator[str]:
    """A line a node, by id, then a line an edge, by start, relation, end and source; no line ends.

    Reads page by page, at most `BATCH` nodes at a time: hold off writing meanwhile. Raises `StoreError`.

    `{"node": {"id": "vn:party:tw:nq:k12:20", "labels": ["Document", "Resolution"], "number": "20-NQ/TW"}}`
    """
    yield from map(_line, items(store))


def items(store: Store) -> Iterator[dict[str, Any]]:
    """What the lines say, in their order: `{"node": …}`, then `{"edge": …}`. Raises `StoreError`."""
    nodes = merge(*(_nodes(store, label) for label in LABELS), key=lambda node: node["id"])
    yield from ({"node": node} for node in nodes)
    edges = merge(*(_edges(store, label) for label in LABELS), key=_place)
    yield from ({"edge": edge} for edge in edges)


def pages(store: Store, label: str) -> Iterator[list[Row]]:
    """The nodes of a label (id, families, properties), by id, at most `BATCH` a page."""
    after = ""
    while page := store.read(f"export_{plural(label)}", {"after": after, "limit": BATCH}):
        yield [_ours(row, "id") for row in page]
        after = page[-1]["id"]


def edge_rows(store: Store, label: str, page: list[Row]) -> list[Row]:
    """The relationships that start at the nodes of a page (start, relation, finish, source, properties)."""
    rows = store.read(f"export_from_{plural(label)}", {"ids": [row["id"] for row in page]})
    return [_ours(row, "source") for row in rows]


def nodes_of(store: Store, label: str, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The nodes of a label with these ids, at most `BATCH`, as the lines say them. Raises `StoreError`."""
    rows = store.read(f"export_these_{plural(label)}", {"ids": list(ids)}) if ids else []
    return {row["id"]: _node(label, _ours(row, "id")) for row in rows}


def edges_of(store: Store, label: str, ids: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """The edges that start at these nodes, by their start, as the lines say them and in their order."""
    found: dict[str, list[dict[str, Any]]] = {id: [] for id in ids}
    for edge in sorted(map(_edge, edge_rows(store, label, [{"id": id} for id in ids])) if ids else (), key=_place):
        found[edge["from"]].append(edge)
    return found


def _ours(row: Row, elsewhere: str) -> Row:
    """The row without what an engine adds of its own, what it says elsewhere, and what an analysis wrote."""
    left_out = {elsewhere, *RESERVED}
    said = {name: value for name, value in row["properties"].items() if name not in left_out and name[:2] != "x_"}
    return row | {"properties": said}


def _nodes(store: Store, label: str) -> Iterator[dict[str, Any]]:
    for page in pages(store, label):
        yield from (_node(label, row) for row in page)


def _node(label: str, row: Row) -> dict[str, Any]:
    return {**row["properties"], "id": row["id"], "labels": [label, *sorted(row["families"])]}


def _edges(store: Store, label: str) -> Iterator[dict[str, Any]]:
    for page in pages(store, label):
        yield from sorted((_edge(row) for row in edge_rows(store, label, page)), key=_place)


def _edge(row: Row) -> dict[str, Any]:
    ends = {"from": row["start"], "relation": row["relation"], "to": row["finish"], "source": row["source"]}
    return {**row["properties"], **ends}


def _place(edge: dict[str, Any]) -> tuple[str, str, str, str]:
    return edge["from"], edge["relation"], edge["to"], edge["source"] or ""


def _line(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
