"""Reading many files over processes: a few at a time, and no file can take the others with it."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

from graph.library_base import LibraryError
from graph.library_rows import FileRow, Read
from graph.likeness import sketch
from graph.originals import Originals
from graph.spots import pack_spots
from ingest.bounds import TooSlow, as_worker, limited
from ingest.containers import LARGEST_INSIDE, begins_archive, contents, is_container
from ingest.extract import extract
from ingest.read import LARGEST, Source, Unreadable, bytes_of, is_plain, read_bytes
from ingest.shipped import rank
from ingest.walk import Failed

# Up to so many bytes in so many files of text it is quicker to read here than to start processes.
_FEW_FILES, _FEW_BYTES = 8, 400_000
# Files in work or waiting for each process: enough to keep it busy, few enough to keep memory flat.
_AHEAD = 4
# What may wait on the disk to be read out of archives and mails before it is read.
_WAITING_BYTES = 256 * 1024 * 1024
_SECRET = (
    "the law on state secrets keeps such documents off machines with a network: take the file away from here, or give "
    "--keep-secrets on a machine that is meant for them"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where what is read is kept: the originals; whether documents marked as state secrets are kept at all.

    What is in archives and mails waits in the folder `unpacked` until it is read.
    """

    originals: Originals
    secrets: bool = False
    unpacked: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A file to be read: the path it is known by, and where its bytes lie: elsewhere for what is in `depth` others."""

    path: str
    at: str
    depth: int = 0
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file: read, or opened (a container), or not and why; `fatal` when no other will do better.

    `inside` are the files in a container, `left_out` the paths in it that are no documents by their names, `broken`
    those that could not be taken out.
    """

    path: str
    read: Read | None = None
    file: FileRow | None = None
    failed: Failed | None = None
    fatal: LibraryError | None = None
    inside: tuple[Item, ...] | None = None
    left_out: tuple[str, ...] = ()
    broken: tuple[Failed, ...] = ()


Known = Callable[[Item], bool]


def read_all(
    paths: Iterable[str], place: Place, workers: int | None = None, known: Known | None = None
) -> Iterator[Outcome]:
    """An outcome a file, as they are done, and one for each file in an archive or a mail, which follow their container.

    `workers` 0 reads in this process; None decides by what there is to do. What `known` knows is not read.
    """
    with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
        yield from _read_deep([Item(path, path) for path in paths], replace(place, unpacked=folder), workers, known)


def _read_deep(items: Sequence[Item], place: Place, workers: int | None, known: Known | None) -> Iterator[Outcome]:
    inside: list[Item] = []
    for outcome in _read_flat(items, place, workers):
        yield outcome
        inside += [one for one in outcome.inside or () if not (known and known(one))]
        if sum(_size(one.at) for one in inside) > _WAITING_BYTES:
            now, inside = inside, []
            yield from _read_deep(now, place, workers, known)
    if inside:
        yield from _read_deep(inside, place, workers, known)


def _read_flat(items: Sequence[Item], place: Place, workers: int | None) -> Iterator[Outcome]:
    count = _workers(items) if workers is None else workers
    if count == 0:
        yield from (read_one(item, place) for item in items)
        return
    waiting = iter(items)
    while (suspects := (yield from _pooled(waiting, place, count))) is not None:
        for item in suspects:
            yield from _alone(item, place)


def _workers(items: Sequence[Item]) -> int:
    """A few small texts are read here; what may be hostile is read where it can be killed."""
    few = len(items) <= _FEW_FILES and sum(_size(item.at) for item in items) <= _FEW_BYTES
    if few and all(is_plain(item.at) for item in items):
        return 0
    return max(1, min(len(items), os.cpu_count() or 1))


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _executor(count: int) -> ProcessPoolExecutor:
    # Spawned, not forked: a fork would copy the locks of the store's threads.
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=as_worker)


def _pooled(waiting: Iterator[Item], place: Place, count: int) -> Generator[Outcome, None, list[Item] | None]:
    """Read from `waiting` until it is empty (gives None) or a process died (gives the files that were in work)."""
    with _executor(count) as executor:
        works: dict[Future[Outcome], Item] = {}
        item: Item | None = None
        try:
            while True:
                while len(works) < count * _AHEAD and (item := next(waiting, None)) is not None:
                    works[executor.submit(read_one, item, place)] = item
                item = None
                if not works:
                    return None
                for future in wait(works, return_when=FIRST_COMPLETED).done:
                    outcome = future.result()
                    del works[future]
                    yield outcome
        except BrokenProcessPool:
            # A pool that is found broken when a file is handed to it has not taken that file.
            return sorted({*works.values(), *([item] if item else [])}, key=lambda one: one.path)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _alone(item: Item, place: Place) -> Iterator[Outcome]:
    """A file that was in work when a process died, in a process of its own: it is the culprit or it is not."""
    with _executor(1) as executor:
        try:
            yield executor.submit(read_one, item, place).result()
        except BrokenProcessPool:
            why = "the process that read it was killed: it took too much memory or time; give it alone, or split it"
            yield Outcome(item.path, failed=Failed(item.path, why))


def read_one(item: Item, place: Place) -> Outcome:
    """Read one file, and keep its bytes; of an archive or a mail, put what is in it where it can be read."""
    try:
        with limited():
            data = bytes_of(item.at, item.path, LARGEST_INSIDE if begins_archive(item.at) else LARGEST)
            if is_container(data):
                return _opened(item, data, place)
            return _outcome(read_bytes(data, item.path), data, place)
    except Exception as problem:
        return _failure(item.path, problem)


def read_given(name: str, data: bytes, place: Place, known: Known | None = None) -> Iterator[Outcome]:
    """Read bytes that came otherwise than as a file; `name` stands for their path."""
    with tempfile.TemporaryDirectory(prefix="vanban-") as folder:
        at = os.path.join(folder, "given")
        Path(at).write_bytes(data)
        yield from _read_deep([Item(name, at)], replace(place, unpacked=folder), None, known)


def _opened(item: Item, data: bytes, place: Place) -> Outcome:
    """The files in a container, each with a place of its own on the disk; their names lead nowhere there."""
    found = contents(data, item.path, item.depth)
    inside = []
    for one in found.documents:
        handle, at = tempfile.mkstemp(dir=place.unpacked)
        with os.fdopen(handle, "wb") as file:
            file.write(one.data)
        inside.append(Item(one.path, at, item.depth + 1, hashlib.sha256(one.data).hexdigest()))
    if not inside and not found.failed:
        raise Unreadable(item.path, "there is no document in it", "give what is meant")
    broken = tuple(Failed(one.path, f"{one.why}; {one.advice}") for one in found.failed)
    return Outcome(item.path, inside=tuple(inside), left_out=found.left_out, broken=broken)


def _failure(path: str, problem: Exception) -> Outcome:
    if isinstance(problem, LibraryError):
        return Outcome(path, fatal=problem)
    if isinstance(problem, Unreadable):
        return Outcome(path, failed=Failed(path, f"{problem.why}; {problem.advice}"))
    if isinstance(problem, TooSlow):
        return Outcome(path, failed=Failed(path, f"{problem}; split it"))
    if isinstance(problem, MemoryError):
        return Outcome(path, failed=Failed(path, "reading it takes more memory than a file may; split it"))
    why = f"it could not be read ({type(problem).__name__}: {problem}); this is a fault of the program"
    return Outcome(path, failed=Failed(path, why[:500]))


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
