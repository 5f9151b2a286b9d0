"""A whole graph emptied, or made the same as another, batch by batch."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from graph.export import export_lines, items
from graph.model import Change, Edge, Node
from graph.store import BATCH, Store, StoreError
from graph.writing import LABELS, plural, steps

# What an export says, an item at a time and in its order.
Item = dict[str, Any]
Progress = Callable[[int], None]
_TRANSACTION = 10 * BATCH


@dataclass(frozen=True, slots=True)
class Copied:
    """What a copying did: the items of the graph, those that were written or removed because they differed, and the
    SHA-256 of both exports."""

    nodes: int
    edges: int
    written: int
    removed: int
    sha256: str = ""


@dataclass(slots=True)
class _Pending:
    """The change that is not written yet, and the counts of what was."""

    target: Store
    put: list[Node | Edge] = field(default_factory=list)
    gone: list[Node | Edge] = field(default_factory=list)
    written: int = 0
    removed: int = 0

    def flush(self, least: int = 1) -> None:
        """Write what waits when it is at least so much."""
        if len(self.put) + len(self.gone) < least:
            return
        self.target.write(steps(Change(_edges(self.gone), _nodes(self.gone), _nodes(self.put), _edges(self.put))))
        self.written += len(self.put)
        self.removed += len(self.gone)
        self.put, self.gone = [], []


def empty(store: Store) -> None:
    """Remove every node and relationship of the model, `BATCH` nodes a transaction. Raises `StoreError`."""
    for label in LABELS:
        while page := store.read(f"export_{plural(label)}", {"after": "", "limit": BATCH}):
            store.write(steps(Change(remove_nodes=tuple(Node(row["id"], (label,)) for row in page))))


def copy(source: Iterable[Item], target: Store, replace: bool = False, progress: Progress | None = None) -> Copied:
    """Make `target` hold what an export says (`graph.export.items`), writing only what differs: what was interrupted
    goes on where it stopped.

    What only the target holds is removed with `replace`, else it is refused: it is not a copy of the same graph.
    `progress` is told the number of items done. Raises `StoreError`.
    """
    pending, counts = _Pending(target), {"node": 0, "edge": 0}
    for done, (ours, theirs) in enumerate(_beside(source, items(target)), start=1):
        if ours is None:
            _extra(pending, theirs or {}, replace)
        else:
            counts[_kind(ours)] += 1
            if ours != theirs:
                pending.put.append(_row(ours))
        if done % BATCH == 0 and progress:
            progress(done)
        pending.flush(_TRANSACTION)
    pending.flush()
    if progress:
        progress(sum(counts.values()))
    return Copied(counts["node"], counts["edge"], pending.written, pending.removed)


def same(source: Iterable[bytes], target: Store) -> str:
    """The SHA-256 that the lines of an export and those of the target have in common. `StoreError` where they part."""
    said = hashlib.sha256()
    lines = (line.encode("utf-8", "replace") for line in export_lines(target))
    for number, (ours, theirs) in enumerate(zip_longest(source, lines), start=1):
        if ours != theirs:
            shown = " and ".join((line or b"nothing").decode("utf-8", "replace")[:200] for line in (ours, theirs))
            raise StoreError(f"the exports differ at line {number}: {shown}; was one written meanwhile? copy again")
        said.update(ours + b"\n")
    return said.hexdigest()


def _beside(ours: Iterable[Item], theirs: Iterable[Item]) -> Iterator[tuple[Item | None, Item | None]]:
    """Two exports side by side in their common order, with None where one lacks what the other has."""
    one, other = iter(ours), iter(theirs)
    here, there = next(one, None), next(other, None)
    while here or there:
        first, second = _place(here), _place(there)
        yield here if first <= second else None, there if second <= first else None
        here, there = (next(one, None) if first <= second else here), (next(other, None) if second <= first else there)


def _place(item: Item | None) -> tuple[Any, ...]:
    """Where an item stands in the order of an export; behind all where there is none."""
    if item is None:
        return (2,)
    if "node" in item:
        return 0, item["node"]["id"]
    edge = item["edge"]
    return 1, edge["from"], edge["relation"], edge["to"], edge["source"] or ""


def _extra(pending: _Pending, item: Item, replace: bool) -> None:
    if not replace:
        said = item.get("node") or item["edge"]
        named = said.get("id") or f"{said['from']} {said['relation']} {said['to']} ({said['source']})"
        raise StoreError(f"the target holds {named}, which the source does not: name an empty graph, or use --replace")
    pending.gone.append(_row(item))


def _kind(item: Item) -> str:
    return "node" if "node" in item else "edge"


def _row(item: Item) -> Node | Edge:
    if node := item.get("node"):
        said = {name: value for name, value in node.items() if name not in ("id", "labels")}
        return Node(node["id"], tuple(node["labels"]), said)
    edge = item["edge"]
    said = {name: value for name, value in edge.items() if name not in ("from", "relation", "to", "source")}
    return Edge(edge["from"], edge["relation"], edge["to"], edge["source"], said)


def _nodes(rows: list[Node | Edge]) -> tuple[Node, ...]:
    return tuple(row for row in rows if isinstance(row, Node))


def _edges(rows: list[Node | Edge]) -> tuple[Edge, ...]:
    return tuple(row for row in rows if isinstance(row, Edge))
