"""The store and the library that a process answers from, opened when first needed and again after a failure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from api.settings import Settings
from graph.library import Library, LibraryError
from graph.library_base import FILE
from graph.store import Store, StoreError
from graph.stores import open_store
from queries.corpus import Corpus


@dataclass(slots=True)
class Desk:
    """One open corpus, shared by all threads; a store that could not be opened is tried again at the next question.

    `run` is the fingerprint of the server's run, None outside of one.
    """

    settings: Settings
    readonly: bool = False
    run: str | None = None
    _corpus: Corpus | None = None
    _opening: Lock = field(default_factory=Lock)

    def corpus(self) -> Corpus:
        """The corpus, open. Raises `StoreError`, `LibraryError`."""
        if self._corpus is None:
            with self._opening:
                if self._corpus is None:
                    self._corpus = self._open()
        return self._corpus

    def _open(self) -> Corpus:
        """The graph first: where it cannot be opened nothing else is touched."""
        store = open_graph(self.settings, self.readonly)
        if not (self.settings.home / FILE).exists():
            return Corpus(store)
        try:
            return Corpus(store, Library.open(self.settings.home, self.settings.files or None))
        except LibraryError:
            store.close()
            raise

    def ready(self) -> str | None:
        """Why questions cannot be answered now, None when they can."""
        try:
            self.corpus().read("count_organizations")
        except (StoreError, LibraryError) as error:
            return str(error)
        return None

    def close(self) -> None:
        """Let go of the store."""
        if self._corpus is not None:
            self._corpus.store.close()
            if isinstance(self._corpus.library, Library):
                self._corpus.library.close()
            self._corpus = None


def open_graph(settings: Settings, readonly: bool) -> Store:
    """The store that the settings name. Raises `StoreError`, `LibraryError`."""
    return open_store(
        settings.store, user=settings.store_user, password=settings.store_password,
        database=settings.store_database, readonly=readonly,
    )  # fmt: skip


@contextmanager
def opened(settings: Settings) -> Iterator[Corpus]:
    """The corpus for one question of this process, for reading only. Raises `StoreError`, `LibraryError`."""
    desk = Desk(settings, readonly=True)
    try:
        yield desk.corpus()
    finally:
        desk.close()
