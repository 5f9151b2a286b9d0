"""A mention on its way: where it stands in the views and what is known of it before its fields are read."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model import Repair
from ingest.cite_symbols import Symbol


@dataclass(frozen=True, slots=True)
class Found:
    """One mention. Offsets are of the views: `start:end` the mention, `at` where its number (or name) begins.

    `type` is the name of the type as printed, None when it is elided; `worded` the span has a type word.
    """

    start: int
    end: int
    at: int
    type: str | None = None
    number: str | None = None
    name: str | None = None
    symbol: Symbol | None = None
    method: str = "number"
    repairs: tuple[Repair, ...] = ()
    notes: tuple[str, ...] = ()
    term: str | None = None
    date: str | None = None
    issuer: str | None = None

    @property
    def inner(self) -> bool:
        """Whether it is a name that can stand inside another name."""
        return self.number is None
