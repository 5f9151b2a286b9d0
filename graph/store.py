"""The seam to a graph engine: run a named query, write a batch of steps, close."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

Row = dict[str, Any]
BATCH = 500


class StoreError(Exception):
    """The graph store cannot answer: down, locked, damaged, wrong password, disk full. The message says which and what to do."""


class StoreBusy(StoreError):
    """The store is there but cannot answer just now; the same request may succeed later."""


@dataclass(frozen=True, slots=True)
class Step:
    """One write: the name of a query in `cypher/` and the rows it is run with, at most `BATCH` of them."""

    query: str
    rows: tuple[Mapping[str, Any], ...]


class Store(Protocol):
    """A graph engine that runs the queries of `cypher/` by name."""

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a named query. Values are scalars, lists and maps. Raises `StoreError`."""

    def write(self, steps: Sequence[Step]) -> None:
        """All the steps in one transaction, or none of them. Raises `StoreError`."""

    def close(self) -> None:
        """Let go of the engine; what was written is there at the next opening."""


@cache
def cypher(name: str) -> str:
    """The text of `cypher/{name}.cypher`."""
    return files("cypher").joinpath(f"{name}.cypher").read_text(encoding="utf-8")
