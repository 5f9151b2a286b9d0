"""Reading many files over processes: a few at a time, and no file can take the others with it."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from graph.library_base import LibraryError
from graph.library_rows import FileRow, Read
from graph.likeness import sketch
from graph.originals import Originals
from graph.spots import pack_spots
from ingest.extract import extract
from ingest.read import Source, Unreadable, read_bytes, read_file
from ingest.shipped import rank
from ingest.walk import Failed

SECONDS = 120
# Files in work or waiting for each process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 2
# Up to so many bytes in so many files it is quicker to read here than to start processes.
_FEW_FILES, _FEW_BYTES = 8, 400_000
_SECRET = (
    "the law on state secrets keeps such documents off machines with a network: take the file away from here, or give "
    "--keep-secrets on a machine that is meant for them"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where what is read is kept: the originals; and whether documents marked as state secrets are kept at all."""

    originals: Originals
    secrets: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: read, or not and why; `fatal` when no other file will do better (disk full)."""

    path: str
    read: Read | None = None
    file: FileRow | None = None
    failed: Failed | None = None
    fatal: LibraryError | None = None


class TooSlow(Exception):
    """Reading took longer than it may."""


def read_all(paths: Iterable[str], place: Place, workers: int | None = None) -> Iterator[Outcome]:
    """An outcome a file, as they are done. `workers` 0 reads in this process; None decides by what there is to do."""
    paths = list(paths)
    count = _workers(paths) if workers is None else workers
    if count == 0:
        yield from (read_one(path, place) for path in paths)
        return
    waiting = iter(paths)
    while (suspects := (yield from _pooled(waiting, place, count))) is not None:
        for path in suspects:
            yield from _alone(path, place)


def _workers(paths: list[str]) -> int:
    if len(paths) <= _FEW_FILES and sum(_size(path) for path in paths) <= _FEW_BYTES:
        return 0
    return max(1, min(len(paths), os.cpu_count() or 1))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _executor(count: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would copy the locks of the store's threads.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_deaf)


def _deaf() -> None:
    """Ctrl-C is for the process that collects; it lets the files in work be finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _pooled(waiting: Iterator[str], place: Place, count: int) -> Generator[Outcome, None, list[str] | None]:
    """Read from `waiting` until it is empty (gives None) or a process died (gives the paths that were in work)."""
    with _executor(count) as executor:
        works: dict[Future[Outcome], str] = {}
        path: str | None = None
        try:
            while True:
                while len(works) < count * _AHEAD and (path := next(waiting, None)) is not None:
                    works[executor.submit(read_one, path, place)] = path
                path = None
                if not works:
                    return None
                for future in wait(works, return_when=FIRST_COMPLETED).done:
                    outcome = future.result()
                    del works[future]
                    yield outcome
        except BrokenProcessPool:
            # A pool that is found broken when a file is handed to it has not taken that file.
            return sorted({*works.values(), *([path] if path else [])})
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _alone(path: str, place: Place) -> Iterator[Outcome]:
    """A file that was in work when a process died, in a process of its own: it is the culprit or it is not."""
    with _executor(1) as executor:
        try:
            yield executor.submit(read_one, path, place).result()
        except BrokenProcessPool:
            why = "the process that read it was killed, perhaps for want of memory; give it alone, or split it"
            yield Outcome(path, failed=Failed(path, why))


def read_one(path: str, place: Place) -> Outcome:
    """Read one file, and keep its bytes."""
    try:
        with _limited(SECONDS):
            source = read_file(path)
            return _outcome(source, _same_bytes(source), place)
    except Exception as problem:
        return _failure(path, problem)


def read_given(name: str, data: bytes, place: Place) -> Outcome:
    """Read bytes that came otherwise than as a file; `name` stands for their path."""
    try:
        with _limited(SECONDS):
            return _outcome(read_bytes(data, name), data, place)
    except Exception as problem:
        return _failure(name, problem)


def _failure(path: str, problem: Exception) -> Outcome:
    if isinstance(problem, LibraryError):
        return Outcome(path, fatal=problem)
    if isinstance(problem, Unreadable):
        return Outcome(path, failed=Failed(path, f"{problem.why}; {problem.advice}"))
    if isinstance(problem, TooSlow):
        return Outcome(path, failed=Failed(path, f"reading took more than {SECONDS} seconds; split it"))
    why = f"it could not be read ({type(problem).__name__}: {problem}); this is a fault of the program"
    return Outcome(path, failed=Failed(path, why[:500]))


def _same_bytes(source: Source) -> bytes:
    data = Path(source.path).read_bytes()
    if hashlib.sha256(data).hexdigest() != source.data_sha256:
        raise Unreadable(source.path, "it changed while it was read", "give it again")
    return data


def _outcome(source: Source, data: bytes, place: Place) -> Outcome:
    said = extract(os.path.basename(source.path), source.text)
    said = replace(said, source=source.source, flags=(*said.flags, *source.notes))
    if said.header.secrecy and not place.secrets:
        raise Unreadable(source.path, f"it is marked {said.header.secrecy}, and nothing of it was kept", _SECRET)
    place.originals.put(source.data_sha256, data)
    read = Read(source.source, source.text, said, None, sketch(source.text))
    file = FileRow(
        sha256=source.data_sha256,
        source=source.source,
        format=source.format,
        reader=source.format,
        encoding=source.encoding,
        size=len(data),
        rank=rank(source.format),
        map=pack_spots(source.spots),
    )
    return Outcome(source.path, read, file)


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    """Raise `TooSlow` inside when it takes longer; where the system has no such clock, or in a thread, it may."""
    usable = hasattr(signal, "SIGALRM") and threading.current_thread() is threading.main_thread()
    if not usable:
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlow

    before: Callable[..., object] | int | None = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
