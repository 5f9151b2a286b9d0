"""The graph set down in a temporary file, for forms that must name all properties before the first row."""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from graph.export import items
from graph.store import Store

EDGE = "edge"
_STATED = frozenset(("id", "labels", "from", "to", "relation"))
_EMPTY = "[]"


@dataclass(frozen=True, slots=True)
class SetDown:
    """The nodes and edges in order, and of each label (of `edge`) the names of the properties with their types.

    A type is string, boolean, long, double, or one of these in a list: "string[]".
    """

    columns: dict[str, dict[str, str]]
    _file: IO[str]

    def nodes(self) -> Iterator[dict[str, Any]]:
        """The nodes, by id: `id`, `labels` and their properties."""
        yield from self._read("node")

    def edges(self) -> Iterator[dict[str, Any]]:
        """The edges, by their ends: `from`, `relation`, `to` and their properties."""
        yield from self._read(EDGE)

    def of_all(self, groups: Iterable[str]) -> dict[str, str]:
        """The properties of several groups together, by name."""
        said: dict[str, str] = {}
        for group in groups:
            for name, kind in self.columns.get(group, {}).items():
                said[name] = _wider(said.get(name), kind)
        return dict(sorted(said.items()))

    def _read(self, what: str) -> Iterator[dict[str, Any]]:
        self._file.seek(0)
        for line in self._file:
            said = json.loads(line)
            if what in said:
                yield said[what]


@contextmanager
def set_down(store: Store) -> Iterator[SetDown]:
    """The graph of the store, while the context lasts. Raises `StoreError`."""
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    with tempfile.TemporaryFile("w+", encoding="ascii") as file:
        for item in items(store):
            file.write(json.dumps(item) + "\n")
            for what, said in item.items():
                names = columns[EDGE if what == EDGE else said["labels"][0]]
                for name, value in said.items():
                    if name not in _STATED and value is not None:
                        names[name] = _wider(names.get(name), _kind(value))
        yield SetDown({group: _columns(names) for group, names in columns.items()}, file)


def _columns(names: dict[str, str]) -> dict[str, str]:
    return {name: "string[]" if kind == _EMPTY else kind for name, kind in sorted(names.items())}


def _kind(value: Any) -> str:
    if isinstance(value, list):
        if not value:
            return _EMPTY
        kinds = {_kind(one) for one in value}
        return f"{kinds.pop() if len(kinds) == 1 else 'string'}[]"
    return {bool: "boolean", int: "long", float: "double"}.get(type(value), "string")


def _wider(one: str | None, other: str) -> str:
    """The type that holds what both hold."""
    if one in (None, other) or (one == _EMPTY and other.endswith("[]")):
        return other
    if other == _EMPTY and one and one.endswith("[]"):
        return one
    if {one, other} == {"long", "double"}:
        return "double"
    return "string[]" if one and one.endswith("[]") and other.endswith("[]") else "string"
