"""The embedded store: one graph file in this process, a write-ahead log beside it, one writer at a time."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

import kglite

from graph.store import Row, Step, StoreBusy, StoreError, cypher, plain, statements, written

_T = TypeVar("_T")
TIME_LIMIT = 60.0
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class KgliteStore:
    """A graph file, open. Reads from any thread see the last commit; writes queue. `seconds` bounds each read."""

    session: kglite.Session
    path: Path
    readonly: bool = False
    seconds: float = TIME_LIMIT
    _writing: Lock = field(default_factory=Lock, repr=False)

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of `cypher/{query}.cypher`. Raises `StoreError`; `StoreBusy` past the time limit."""
        text = cypher(query)
        limit = max(1, round(self.seconds * 1000))
        return _said(
            f"query {query}",
            lambda: _rows(self.session.cypher(text, params=plain(parameters or {}), timeout_ms=limit)),
        )

    def write(self, steps: Sequence[Step]) -> None:
        """All the steps in one transaction, on disk when this returns, or none of them. Raises `StoreError`."""
        if self.readonly:
            raise StoreError(f"{self.path} was opened for reading only")
        with self._writing:
            _said(f"writing to {self.path}", lambda: _again(lambda: self._commit(steps)))

    def close(self) -> None:
        """Fold the log into the file and let go of it. Closing twice is no error."""
        if not self.readonly and not self.session.closed:
            _said(f"closing {self.path}", self.session.close)

    def _commit(self, steps: Sequence[Step]) -> None:
        with self.session.begin() as transaction:
            for step in steps:
                rows = transaction.cypher(cypher(step.query), params={"rows": plain(step.rows)}, timeout_ms=0)
                written(step, _rows(rows))


def connect(url: str, *, user: str, password: str, database: str, readonly: bool) -> KgliteStore:
    """The graph file that `url` names, made when it is not there; for reading only, its last checkpoint."""
    path = _path(url)
    if user or password or database:
        raise StoreError(f"{path} is a file: it takes no user, password or database")
    kglite.set_query_warning_policy("silent")
    return _said(f"opening {path}", lambda: _reader(path) if readonly else _writer(path))


def _writer(path: Path) -> KgliteStore:
    new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    session = kglite.open_session(str(path), durable="full")
    for statement in statements("schema_both"):
        session.execute(statement)
    if new:
        session.save()  # readers in other processes see checkpoints only
    return KgliteStore(session, path)


def _reader(path: Path) -> KgliteStore:
    _settle(path)
    if not path.exists():
        raise StoreError(f"no graph at {path} yet: nothing was ingested there")
    with warnings.catch_warnings():
        # That the log is ahead of the checkpoint is what reading beside a living writer means.
        warnings.simplefilter("ignore")
        return KgliteStore(kglite.open_session(str(path)), path, readonly=True)


def _settle(path: Path) -> None:
    """What a crashed writer left in the log comes into the file; while a writer lives, its last checkpoint is read."""
    log = Path(f"{path}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return
    try:
        kglite.open_session(str(path), durable="full").close()
    except (kglite.WriterLeaseHeldError, PermissionError):
        return


def _path(url: str) -> Path:
    path = unquote(urlsplit(url).netloc + urlsplit(url).path) if "://" in url else url
    if not path:
        raise StoreError("a graph file needs a path: graph.kgl or kglite:///home/me/graph.kgl")
    return Path(os.path.expanduser(path))


def _rows(view: Any) -> list[Row]:
    rows: list[Row] = view.to_list()
    return rows


def _again(work: Callable[[], _T]) -> _T:
    """`work`, run again where another thread committed in between; nothing of the lost attempt stays."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return work()
        except kglite.TransactionConflictError:
            continue
    return work()


def _said(doing: str, work: Callable[[], _T]) -> _T:
    """`work`, its engine's errors in our words."""
    try:
        return work()
    except StoreError:
        raise
    except kglite.WriterLeaseHeldError as error:
        raise StoreBusy(f"{doing}: {_holder(error)}") from error
    except (kglite.CypherTimeoutError, kglite.TransactionConflictError) as error:
        raise StoreBusy(f"{doing}: {error}") from error
    except (kglite.KgError, OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"{doing}: {_cause(error)}") from error


def _holder(error: kglite.WriterLeaseHeldError) -> str:
    pid, since = error.holder.get("pid"), error.holder.get("since")
    return f"process {pid or 'unknown'} writes it since {since or 'an unknown time'}; ask that server, or stop it"


def _cause(error: BaseException) -> str:
    text = str(error)
    if getattr(error, "errno", None) == 28 or "No space left" in text:
        return f"the disk is full ({text})"
    if isinstance(error, PermissionError) or "Permission denied" in text:
        return f"not allowed ({text})"
    if isinstance(error, kglite.FileFormatError | RuntimeError):
        return f"the file is damaged ({text}); `vanban rebuild` makes the graph again from the library"
    return text
