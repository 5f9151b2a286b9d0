"""The library's file: connections for many threads, one writer, transactions, and its errors in our words."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from graph.folding import fold, title_row
from graph.library_schema import UPGRADES, VERSION
from graph.runs import samples_json

FILE = "library.sqlite"
LEASE = "library.lease"
BUSY_SECONDS = 10.0

SqlRow = tuple[Any, ...]


class LibraryError(Exception):
    """The library cannot be used; the message says which file, why, and what to do."""


class LibraryLocked(LibraryError):
    """Another process writes the library."""


class LibraryDamaged(LibraryError):
    """The library's file is not what it should be."""


class LibraryFull(LibraryError):
    """No room is left where the library is."""


class LibraryNewer(LibraryError):
    """The library was written by a newer version."""


class Database:
    """An SQLite file in WAL mode: reads from any thread, writes from one at a time, in this process alone.

    Not `durable`: what was committed last may be lost when the power fails, and only then.
    """

    def __init__(self, home: Path, durable: bool = True) -> None:
        self.home = home
        self.durable = durable
        self.path = home / FILE
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._writing = threading.RLock()
        self._depth = 0
        self._lease: sqlite3.Connection | None = None

    def prepare(self) -> None:
        """Make the file and bring it to today's schema. Raises `LibraryError`."""
        with self.said():
            self.home.mkdir(parents=True, exist_ok=True)
            version = self._version()
            if version > VERSION:
                raise LibraryNewer(
                    f"{self.path} has schema {version}, this version knows {VERSION}: update vanban-graph"
                )
            if version < VERSION:
                self._upgrade()

    def _version(self) -> int:
        return int(self.rows("PRAGMA user_version")[0][0])

    def _upgrade(self) -> None:
        with self.write():
            for version, statements in enumerate(UPGRADES[self._version() :], start=self._version() + 1):
                for statement in _statements(statements):
                    self.run(statement)
                self.run(f"PRAGMA user_version = {version}")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[SqlRow]:
        """The rows of a statement. Raises `LibraryError`."""
        try:
            return self._connection().execute(sql, parameters).fetchall()
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error

    def each(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[SqlRow]:
        """The rows of a statement, one after the other. Raises `LibraryError`."""
        with self.said():
            yield from self._connection().execute(sql, parameters)

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> SqlRow | None:
        """The first row of a statement, None when there is none. Raises `LibraryError`."""
        try:
            row: SqlRow | None = self._connection().execute(sql, parameters).fetchone()
        except sqlite3.Error as error:
            raise _ours(self.path, error) from error
        return row

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run a statement that writes; how many rows it changed. Raises `LibraryError`."""
        with self.said():
            return self._connection().execute(sql, parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement that writes once for each of the rows. Raises `LibraryError`."""
        with self.said():
            self._connection().executemany(sql, rows)

    @contextmanager
    def write(self) -> Iterator[None]:
        """A transaction: all that is run inside is kept, or nothing. Inside another one it is part of that one."""
        with self._writing:
            self.lease()
            outer = self._depth == 0
            if outer:
                self.run("BEGIN IMMEDIATE")
            self._depth += 1
            try:
                yield
            except BaseException:
                if outer:
                    with suppress(LibraryError):
                        self.run("ROLLBACK")
                raise
            finally:
                self._depth -= 1
            if outer:
                self.run("COMMIT")

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part of a transaction: when it raises, what it did is undone and the rest of the transaction stands."""
        self.run("SAVEPOINT attempt")
        try:
            yield
        except BaseException:
            self.run("ROLLBACK TO attempt")
            self.run("RELEASE attempt")
            raise
        self.run("RELEASE attempt")

    def lease(self) -> None:
        """Be the one process that writes, until `close`. Raises `LibraryLocked`."""
        if self._lease is not None:
            return
        with self.said():
            lease = sqlite3.connect(self.home / LEASE, timeout=0, isolation_level=None, check_same_thread=False)
            try:
                lease.execute("BEGIN EXCLUSIVE")
            except sqlite3.Error:
                lease.close()
                raise
            self._lease = lease

    def close(self) -> None:
        """Let go of the file. Closing twice is no error."""
        with self._writing:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()
            if self._lease is not None:
                self._lease.close()
                self._lease = None

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = _connect(self.path, self.durable)
            self._local.connection = connection
            self._open.append(connection)
        return connection

    @contextmanager
    def said(self) -> Iterator[None]:
        """What runs inside raises `LibraryError` where SQLite or the file system fails."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise _ours(self.path, error) from error


def _connect(path: Path, durable: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    # The graph's own log is flushed at each commit; the library must never be behind it after a power cut.
    connection.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
    connection.execute("PRAGMA cache_size = -32000")
    connection.create_function("folded", 1, fold, deterministic=True)
    connection.create_function("samples", 1, samples_json, deterministic=True)
    connection.create_function("title_row", 3, title_row, deterministic=True)
    return connection


def _statements(script: str) -> list[str]:
    lines = (line for line in script.splitlines() if not line.lstrip().startswith("--"))
    return [one for one in "\n".join(lines).split(";") if one.strip()]


def _ours(path: Path, error: Exception) -> LibraryError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return LibraryLocked(f"{path} is being written by another process: ask the running server, or stop it")
    if "disk is full" in text or getattr(error, "errno", None) == 28:
        return LibraryFull(f"{path}: the disk is full; make room and run the command again, nothing before it is lost")
    if any(sign in text for sign in ("malformed", "not a database", "corrupt")):
        return LibraryDamaged(f"{path} is damaged ({text}): put a backup in its place (`vanban restore`)")
    return LibraryError(f"{path}: {text}")
