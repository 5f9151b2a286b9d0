"""A bound on the time of one answer: past it the answer is an error, never a shorter one."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from graph.store import Row, Step, Store, StoreBusy


class TookTooLong(StoreBusy):
    """An answer that was not ready in time; a narrower question may be."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A store for one answer: it gives rows for `seconds` from now on."""

    store: Store
    seconds: float
    since: float = field(default_factory=time.monotonic)

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a named query. Raises `TookTooLong`, `StoreError`."""
        if time.monotonic() - self.since > self.seconds:
            raise TookTooLong(f"the answer took longer than {self.seconds:g} seconds; ask for less, or try again later")
        return self.store.read(query, parameters)

    def write(self, steps: Sequence[Step]) -> None:
        """Writing takes the time that it takes. Raises `StoreError`."""
        self.store.write(steps)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()
