"""The store and the library that a process answers from and writes to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Event, Lock

from api.commits import Commits
from api.deadline import Timed
from api.settings import Settings
from graph.library import Library, LibraryError
from graph.library_base import FILE
from graph.library_limited import withheld
from graph.store import Store, StoreBusy, StoreError
from graph.stores import bounded, open_store, renew_store, steady
from ingest.upkeep import bring_up_to_date, is_half_made, owed_whole
from queries.corpus import Corpus
from queries.public import public

AGAIN_SECONDS = 1.0
MAKING = "the graph is not whole: it is being made again from the library, or must be (`vanban rebuild`)"


@dataclass(slots=True)
class Desk:
    """One open corpus, shared by all threads; a store that could not be opened is tried again at the next question.

    `run` is the fingerprint of the server's run, None outside of one. Only with `writes` is the library made where
    there is none. One writer at a time holds `writing`. `owed`: the graph may lack what the library has. `making`: the
    whole graph is being made again, or has to be: until then nothing is answered from it.
    """

    settings: Settings
    writes: bool = False
    run: str | None = None
    writing: Lock = field(default_factory=Lock)
    commits: Commits = field(default_factory=Commits)
    owed: Event = field(default_factory=Event)
    making: bool = False
    _corpus: Corpus | None = None
    _counted_at: int = 0
    _failed: tuple[float, StoreError | LibraryError] | None = None
    _library: Library | None = None
    _opening: Lock = field(default_factory=Lock)

    def corpus(self) -> Corpus:
        """The corpus, open. Raises `StoreError`, `LibraryError`."""
        if self._corpus is None:
            with self._opening:
                if self._corpus is None:
                    self._corpus = self._tried()
        return self._corpus

    def asked(self) -> Corpus:
        """The corpus for one answer, which must be ready in time. Raises `StoreError`, `LibraryError`."""
        before = self.commits.count
        corpus = self.whole()
        store = Timed(steady(corpus.store), self.settings.seconds)
        between = before % 2 == 0 and before == self.commits.count
        # Beside a commit nobody knows of which state the view is: what was counted for others may not be of it.
        return replace(corpus, store=store) if between else Corpus(store, corpus.library)

    @property
    def of_one_moment(self) -> bool:
        """Whether all that an answer reads of the graph is of one moment, whatever is committed meanwhile."""
        store = self.corpus().store
        return steady(store) is not store

    def public(self, timed: bool = True) -> Corpus:
        """The corpus for one answer to somebody who is not known. Raises `StoreError`, `LibraryError`."""
        corpus = self.asked() if timed else self.whole()
        return public(corpus, withheld(self._library.db)) if self._library else corpus

    def whole(self) -> Corpus:
        """The corpus when all of it is there. Raises `StoreError`, `LibraryError`."""
        corpus = self.corpus()
        if self.making:
            raise StoreBusy(MAKING)
        commits = self.commits.count
        if self._counted_at != commits:  # what was counted before is not of this state
            self._counted_at = commits
            self._corpus = corpus = Corpus(corpus.store, corpus.library)
        return corpus

    def _tried(self) -> Corpus:
        """Opened; what failed a moment ago is not tried again, so that callers do not wait for one another."""
        if self._failed and time.monotonic() - self._failed[0] < AGAIN_SECONDS:
            raise type(self._failed[1])(str(self._failed[1]))
        try:
            return self._open()
        except (StoreError, LibraryError) as error:
            self._failed = time.monotonic(), error
            raise

    def bring_up_to_date(self) -> None:
        """Give the graph what the library has and it has not, whole if need be. Raises `StoreError`, `LibraryError`."""
        with self.writing:
            self.owed.clear()
            try:
                library, store = self.library(), self.corpus().store
                with self.remaking(owed_whole(library, store)):
                    bring_up_to_date(library, store)
            except BaseException:
                self.owed.set()
                raise

    @contextmanager
    def remaking(self, whole: bool = True) -> Iterator[None]:
        """While the whole graph is made again nothing is answered from it; nor after a failure, until it is made."""
        self.making = self.making or whole
        yield
        self.making = False

    def library(self) -> Library:
        """The library of the corpus. Raises `LibraryError` where none is kept."""
        library = self.kept()
        if library is None:
            raise LibraryError(_no_library(self.settings))
        return library

    def kept(self) -> Library | None:
        """The library of the corpus, None where there is a graph alone. Raises `StoreError`, `LibraryError`."""
        self.corpus()
        return self._library

    def _open(self) -> Corpus:
        """The graph first: where it cannot be opened nothing else is touched."""
        store = bounded(open_graph(self.settings, not self.writes), self.settings.seconds, self.commits.committing)
        try:
            if self.writes or (self.settings.home / FILE).exists():
                self._library = Library.open(self.settings.home, self.settings.files or None)
            if self._library is not None:
                self.making = owed_whole(self._library, store) if self.writes else is_half_made(self._library)
        except (LibraryError, StoreError):
            store.close()
            raise
        return Corpus(store, self._library)

    def ready(self) -> str | None:
        """Why questions cannot be answered now, None when they can."""
        try:
            self.asked().read("count_organizations")
        except (StoreError, LibraryError) as error:
            return str(error)
        return None

    def close(self) -> None:
        """Let go of the store and the library."""
        if self._library is not None:
            self._library.close()
        if self._corpus is not None:
            self._corpus.store.close()
        self._corpus = self._library = None


def open_graph(settings: Settings, readonly: bool) -> Store:
    """The store that the settings name. Raises `StoreError`."""
    return open_store(settings.store, readonly=readonly, **_login(settings))


def renew_graph(settings: Settings) -> Store:
    """The store that the settings name, empty, also in place of a damaged one. Raises `StoreError`."""
    return renew_store(settings.store, **_login(settings))


def _login(settings: Settings) -> dict[str, str]:
    return {
        "user": settings.store_user,
        "password": settings.store_password,
        "database": settings.store_database,
    }


@contextmanager
def library_of(settings: Settings) -> Iterator[Library]:
    """The library alone, to write to; nothing is made where there is none. Raises `LibraryError`."""
    if not (settings.home / FILE).exists():
        raise LibraryError(_no_library(settings))
    library = Library.open(settings.home, settings.files or None)
    try:
        library.db.lease()
        yield library
    finally:
        library.close()


@contextmanager
def opened(settings: Settings, writes: bool = False) -> Iterator[Desk]:
    """A desk for one command, open. Raises `StoreError`, `LibraryError`."""
    desk = Desk(settings, writes)
    try:
        desk.corpus()
        yield desk
    finally:
        desk.close()


def _no_library(settings: Settings) -> str:
    return f"no library at {settings.home}: nothing was ingested there"
