"""The seam to a graph engine: run a named query, write a batch of steps, close."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Protocol

from graph.model import RELATIONS

Row = dict[str, Any]
BATCH = 500
# What an engine enters around each commit: outside of it, what readers see does not change.
Committing = Callable[[], AbstractContextManager[None]]


class StoreError(Exception):
    """The graph store cannot answer: down, locked, damaged, wrong password, disk full; the message says what to do."""


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


def asking(name: str, parameters: Mapping[str, Any]) -> str:
    """The text of a query that reads. Where it looks for some `relations`, its pattern names them.

    The types of a pattern cannot be parameters, and an engine that filters them afterwards looks at each of the
    thousands of citations of a hub. Names that are no relation of documents stay out of the text.
    """
    given = tuple(parameters.get("relations") or ())
    return _typed(name, given) if given and set(given) <= set(RELATIONS) else cypher(name)


@lru_cache(maxsize=256)
def _typed(name: str, relations: tuple[str, ...]) -> str:
    text = cypher(name)
    return text.replace("[r]", f"[r:{'|'.join(relations)}]") if "type(r) IN $relations" in text else text


def statements(name: str) -> list[str]:
    """The statements of `cypher/{name}.cypher`, each ended by a semicolon, without comment lines."""
    text = "\n".join(line for line in cypher(name).splitlines() if not line.lstrip().startswith("//"))
    return [one.strip() for one in text.split(";") if one.strip()]


def plain(value: Any) -> Any:
    """`value` as the engines take it: mappings as dicts, sequences and sets as lists."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def written(step: Step, rows: Sequence[Row]) -> None:
    """`StoreError` when a step that counts what it wrote did not write every row: an end of an edge is missing."""
    for row in rows:
        if row.get("written", len(step.rows)) != len(step.rows):
            raise StoreError(f"{step.query}: {row['written']} of {len(step.rows)} rows found both their ends")
