"""Commits to the graph: when one begins and ends, so that no answer is half of the state before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

T = TypeVar("T")
TRIES = 3
_WAIT_SECONDS = 0.002


@dataclass(slots=True)
class Commits:
    """Counts the beginnings and ends of commits to the graph, of which there is one at a time."""

    count: int = 0
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def committing(self) -> Iterator[None]:
        """Around a commit: from its beginning to its end the count is odd."""
        with self._lock:
            self.count += 1
            try:
                yield
            finally:
                self.count += 1

    @contextmanager
    def held_off(self) -> Iterator[None]:
        """Nothing is committed meanwhile; what is to be written waits."""
        with self._lock:
            yield

    async def hold_off(self) -> None:
        """The same for a coroutine, which ends it by `let_on`."""
        while not self._lock.acquire(blocking=False):
            await asyncio.sleep(_WAIT_SECONDS)

    async def over(self) -> None:
        """Wait for the end of a commit under way: what is asked during one is no answer."""
        while self.count % 2:
            await asyncio.sleep(_WAIT_SECONDS)

    def let_on(self) -> None:
        """Let what waits be committed."""
        self._lock.release()


def undisturbed(commits: Commits, ask: Callable[[], T]) -> T:
    """What `ask` answers from one state of the graph, as a route would."""
    for _ in range(TRIES):
        with commits.held_off():  # the end of a commit under way
            before = commits.count
        try:
            answer = ask()
        except Exception:
            if commits.count == before:
                raise
        else:
            if commits.count == before:
                return answer
    with commits.held_off():
        return ask()
