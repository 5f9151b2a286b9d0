"""The server store: a Neo4j 5 or later over Bolt."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from neo4j import READ_ACCESS, WRITE_ACCESS, Driver, GraphDatabase, ManagedTransaction, Session, unit_of_work
from neo4j.exceptions import DriverError, Neo4jError, ServiceUnavailable, SessionExpired

from graph.copying import empty
from graph.store import Committing, Row, Step, StoreBusy, StoreError, asking, cypher, plain, statements, written

_T = TypeVar("_T")
TIME_LIMIT = 60.0
OLDEST = 5
# Long enough for a pooled connection that a restarted server closed, short enough for someone who waits.
_RETRY_SECONDS = 3.0
_CONNECT_SECONDS = 5.0

# Beginning of the server's error code -> what to tell; the first that fits.
_CAUSES = (
    ("Neo.ClientError.Security.Unauthorized", "wrong user or password"),
    ("Neo.ClientError.Security.AuthenticationRateLimit", "too many wrong passwords: the server lets nobody in for now"),
    ("Neo.ClientError.Security.CredentialsExpired", "the password must be changed on the server first"),
    ("Neo.ClientError.Security.Forbidden", "this user may not do that"),
    ("Neo.ClientError.Database.DatabaseNotFound", "the server has no database of that name"),
    ("Neo.ClientError.Statement.AccessMode", "a query for reading tried to write"),
    ("Neo.ClientError.Transaction.TransactionTimedOut", "it took longer than the time limit"),
    ("Neo.TransientError.General.DatabaseUnavailable", "the database is not available"),
    ("Neo.TransientError.General.MemoryPoolOutOfMemoryError", "the server's memory for transactions is used up"),
    ("Neo.DatabaseError.Transaction.TransactionCommitFailed", "the server could not commit: see its disk and its log"),
    ("Neo.DatabaseError.Transaction.TransactionLogError", "the server could not write its log: is its disk full?"),
)
_LATER = (
    "Neo.TransientError.",
    "Neo.ClientError.Transaction.TransactionTimedOut",
    "Neo.ClientError.Security.Authentica",
)


@dataclass(frozen=True, slots=True)
class Neo4jStore:
    """A database of a Neo4j server. Any thread may read and write. `seconds` bounds each transaction that reads."""

    driver: Driver
    database: str | None = None
    readonly: bool = False
    seconds: float = TIME_LIMIT
    committing: Committing = nullcontext

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of `cypher/{query}.cypher`. Raises `StoreError`; `StoreBusy` past the time limit or while down."""
        given = plain(parameters or {})
        text = asking(query, given)
        work = unit_of_work(timeout=self.seconds)(lambda tx: [dict(record) for record in tx.run(text, given)])
        return _said(
            f"query {query}", lambda: self._in_session(READ_ACCESS, lambda session: session.execute_read(work))
        )

    def write(self, steps: Sequence[Step]) -> None:
        """All the steps in one transaction, or none of them. Raises `StoreError`.

        A transaction whose end got lost is run again: every step may be run twice with the same outcome.
        """
        if self.readonly:
            raise StoreError("the graph was opened for reading only")
        with ExitStack() as commit:

            def work(transaction: ManagedTransaction) -> None:
                commit.close()  # that of an attempt before
                _run(transaction, steps)
                commit.enter_context(self.committing())

            _said("writing", lambda: self._in_session(WRITE_ACCESS, lambda session: session.execute_write(work)))

    def close(self) -> None:
        """Let go of the connections. Closing twice is no error."""
        self.driver.close()

    def _in_session(self, mode: str, work: Callable[[Session], _T]) -> _T:
        with self.driver.session(database=self.database, default_access_mode=mode) as session:
            return work(session)


def connect(url: str, *, user: str, password: str, database: str, readonly: bool) -> Neo4jStore:
    """The database on the server at `url`, its schema made unless `readonly`. Raises `StoreError`."""
    return _said(f"opening {url.rpartition('@')[2]}", lambda: _open(url, (user, password), database or None, readonly))


def renew(url: str, *, user: str, password: str, database: str) -> Neo4jStore:
    """The database on the server at `url`, emptied of the nodes of the model. Raises `StoreError`."""
    store = connect(url, user=user, password=password, database=database, readonly=False)
    empty(store)
    return store


def _open(url: str, login: tuple[str, str], database: str | None, readonly: bool) -> Neo4jStore:
    if "@" in url:
        raise StoreError("user and password go into their own settings, not into the address")
    driver = GraphDatabase.driver(
        url,
        auth=login if login[0] else None,
        connection_timeout=_CONNECT_SECONDS,
        max_transaction_retry_time=_RETRY_SECONDS,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )
    try:
        supported(driver.get_server_info().agent)
        store = Neo4jStore(driver, database, readonly)
        _prepare(store)
    except BaseException:
        driver.close()
        raise
    return store


def supported(agent: str) -> None:
    """`StoreError` when the server that calls itself `agent` ("Neo4j/5.26.0") is older than Neo4j 5."""
    version = re.search(r"/v?(\d+)\.", agent)
    if version and int(version[1]) < OLDEST:
        raise StoreError(f"the server is {agent}; it must be Neo4j {OLDEST} or later")


def _prepare(store: Neo4jStore) -> None:
    store.read("alive")
    if not store.readonly:
        store._in_session(WRITE_ACCESS, _make_schema)


def _make_schema(session: Session) -> None:
    for statement in (*statements("schema_both"), *statements("schema_neo4j")):
        session.run(statement).consume()


def _run(transaction: ManagedTransaction, steps: Sequence[Step]) -> None:
    for step in steps:
        rows = [dict(record) for record in transaction.run(cypher(step.query), rows=plain(step.rows))]
        written(step, rows)


def _said(doing: str, work: Callable[[], _T]) -> _T:
    """`work`, its driver's errors in our words."""
    try:
        return work()
    except (ServiceUnavailable, SessionExpired) as error:
        raise StoreBusy(f"{doing}: no answer from the server ({_line(error)})") from error
    except Neo4jError as error:
        kind = StoreBusy if (error.code or "").startswith(_LATER) else StoreError
        raise kind(f"{doing}: {_cause(error)}") from error
    except (DriverError, OSError, ValueError) as error:
        raise StoreError(f"{doing}: {_line(error)}") from error


def _cause(error: Neo4jError) -> str:
    code = error.code or ""
    known = next((said for start, said in _CAUSES if code.startswith(start)), "the server refused")
    return f"{known} ({code}: {error.message})"


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
