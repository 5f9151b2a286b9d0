"""A whole graph emptied, or copied from one engine to another, batch by batch."""

from __future__ import annotations

from graph.export import edge_rows, pages
from graph.model import Change, Edge, Node
from graph.store import BATCH, Row, Store
from graph.writing import LABELS, plural, steps


def empty(store: Store) -> None:
    """Remove every node and relationship of the model, `BATCH` nodes a transaction. Raises `StoreError`."""
    for label in LABELS:
        while page := store.read(f"export_{plural(label)}", {"after": "", "limit": BATCH}):
            store.write(steps(Change(remove_nodes=tuple(Node(row["id"], (label,)) for row in page))))


def copy(source: Store, target: Store) -> None:
    """Put all that `source` holds, analysis left out, into `target`, a batch a transaction. Raises `StoreError`."""
    for label in LABELS:
        for page in pages(source, label):
            target.write(steps(Change(put_nodes=tuple(_node(row, label) for row in page))))
    for label in LABELS:
        for page in pages(source, label):
            rows = edge_rows(source, label, page)
            for start in range(0, len(rows), BATCH):
                edges = tuple(_edge(row) for row in rows[start : start + BATCH])
                target.write(steps(Change(put_edges=edges)))


def _node(row: Row, label: str) -> Node:
    return Node(row["id"], (label, *row["families"]), row["properties"])


def _edge(row: Row) -> Edge:
    return Edge(row["start"], row["relation"], row["finish"], row["source"], row["properties"])
