"""The embedded store: one graph file in this process, a write-ahead log beside it, one writer at a time."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from glob import escape
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar, cast
from urllib.parse import unquote, urlsplit

import kglite

from graph.store import Committing, Row, Step, StoreBusy, StoreError, asking, cypher, plain, statements, written

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
    committing: Committing = nullcontext
    _writing: Lock = field(default_factory=Lock, repr=False)

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of `cypher/{query}.cypher`. Raises `StoreError`; `StoreBusy` past the time limit."""
        given = plain(parameters or {})
        text, limit = asking(query, given), max(1, round(self.seconds * 1000))
        return _said(f"query {query}", lambda: _rows(self.session.cypher(text, params=given, timeout_ms=limit)))

    def write(self, steps: Sequence[Step]) -> None:
        """All the steps in one transaction, on disk when this returns, or none of them. Raises `StoreError`."""
        if self.readonly:
            raise StoreError(f"{self.path} was opened for reading only")
        with self._writing:
            _said(f"writing to {self.path}", lambda: _again(lambda: self._commit(steps)))

    def steady(self) -> KgliteStore:
        """The graph as it is now, to read: had at once, without a copy, and not changed by later commits."""
        moment = cast(kglite.Session, self.session.snapshot())  # it answers `cypher` as a session does
        return replace(self, session=moment, readonly=True)

    def close(self) -> None:
        """Fold the log into the file and let go of it. Closing twice is no error."""
        if not self.readonly and not self.session.closed:
            _said(f"closing {self.path}", self.session.close)

    def _commit(self, steps: Sequence[Step]) -> None:
        with self.session.begin() as transaction:
            for step in steps:
                rows = transaction.cypher(cypher(step.query), params={"rows": plain(step.rows)}, timeout_ms=0)
                written(step, _rows(rows))
            with self.committing():
                transaction.commit()


def connect(url: str, *, user: str, password: str, database: str, readonly: bool) -> KgliteStore:
    """The graph file that `url` names, made when it is not there; for reading only, its last checkpoint."""
    path = _path(url)
    if user or password or database:
        raise StoreError(f"{path} is a file: it takes no user, password or database")
    kglite.set_query_warning_policy("silent")
    return _said(f"opening {path}", lambda: _reader(path) if readonly else _writer(path))


def renew(url: str, *, user: str, password: str, database: str) -> KgliteStore:
    """An empty graph file where `url` names one, even in place of a damaged one. `StoreBusy` while a writer lives."""
    path = _path(url)
    try:
        connect(url, user=user, password=password, database=database, readonly=False).close()
    except StoreBusy:
        raise
    except StoreError:
        pass  # what cannot be opened is what this is for
    _said(f"removing {path}", lambda: _remove(path))
    return connect(url, user=user, password=password, database=database, readonly=False)


def _remove(path: Path) -> None:
    for old in (path, _log(path), *_set_aside(path)):
        old.unlink(missing_ok=True)


def _writer(path: Path) -> KgliteStore:
    if path.is_dir():
        raise StoreError("it is a folder; name a file in it")
    new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    session = _whole(path)
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
    log = _log(path)
    if not log.exists() or log.stat().st_size == 0:
        return
    try:
        session = _whole(path)
        session.save()  # closing alone leaves a log that was only replayed as it is
        session.close()
    except (kglite.WriterLeaseHeldError, PermissionError):
        return


def _whole(path: Path) -> kglite.Session:
    """The file open for writing, its log replayed in full.

    Of a log damaged in its middle the engine keeps the beginning, sets the rest aside and goes on. Commits would be
    missing without a word, so that is an error here, at this opening and at each one until the graph is made again.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = kglite.open_session(str(path), durable="full")
    if _set_aside(path):
        session.close()
        raise RuntimeError(f"its log lost commits: {_set_aside(path)[0].name}")
    return session


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _set_aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{escape(path.name)}-wal.quarantine-*"))


def _path(url: str) -> Path:
    path = unquote(urlsplit(url).netloc + urlsplit(url).path) if "://" in url else url
    if not path:
        raise StoreError("a graph file needs a path: graph.kgl or kglite:///path/to/graph.kgl")
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
