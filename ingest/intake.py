"""Files come into the library and the graph, are followed when they change, and go."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

from graph.library import FileRow, Library, LibraryError
from graph.model import Change, Reading
from graph.projection import merged
from graph.store import Store
from ingest.judging import judged
from ingest.read import LARGEST
from ingest.shipped import shipped
from ingest.upkeep import bring_up_to_date
from ingest.walk import Failed, walk
from ingest.workers import Item, Known, Outcome, Place, read_all, read_given

# A transaction holds at most so many documents, and is written at least so often (seconds).
BATCH_DOCUMENTS, BATCH_SECONDS = 50, 1.0

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """How to take files in.

    `workers`: processes that read (0: this one, None: as fits). `prune`: documents whose files are gone from the given
    folders go too. `progress` is told, after each file: how many are done, of how many, and its path. `secrets`: keep
    documents that are marked as state secrets, which are refused otherwise.
    """

    workers: int | None = None
    prune: bool = False
    progress: Progress | None = None
    secrets: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """What was read in a file that came in: in which format, which document it is, what was inferred or is doubtful."""

    path: str
    format: str
    encoding: str
    source: str
    key: str | None
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    citations: int
    tasks: int
    inferred: tuple[str, ...]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of each path; of those that came in `told` says what was read.

    `gone` are paths whose files are no longer there: kept, or (`pruned`) taken out. `opened`: archives and mails whose
    documents are named beside the others, as `archive.zip/name`. `left_out`: files of folders and archives that are no
    documents by their names. `interrupted`: it was asked to stop, and what is not named here was not looked at.
    """

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    failed: tuple[Failed, ...] = ()
    gone: tuple[str, ...] = ()
    pruned: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    told: tuple[Told, ...] = ()
    interrupted: bool = False

    @property
    def documents(self) -> int:
        """How many files were looked at."""
        return len(self.added) + len(self.changed) + len(self.unchanged) + len(self.failed)


@dataclass(slots=True)
class _Diary:
    """The report while it is written."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    pruned: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    opened: dict[str, set[str]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    interrupted: bool = False

    def report(self) -> Report:
        lists = ("added", "changed", "unchanged", "moved", "gone", "pruned", "left_out", "opened")
        failed = tuple(sorted(self.failed, key=lambda one: one.path))
        paths = {name: tuple(sorted(getattr(self, name))) for name in lists}
        told = tuple(sorted(self.told, key=lambda one: one.path))
        return Report(**paths, failed=failed, told=told, interrupted=self.interrupted)


def ingest(paths: Sequence[str | Path], library: Library, store: Store, options: Options | None = None) -> Report:
    """Take files, folders and patterns in. Files that are known by their bytes are not read again.

    A file that cannot be read is in the report; the others come in. Ctrl-C stops between two files. Raises
    `LibraryError` and `StoreError` where nothing more can be kept (disk full); what was done before stays.
    """
    options = options or Options()
    library.db.lease()
    bring_up_to_date(library, store)
    walked = walk(paths)
    diary = _Diary(failed=list(walked.failed), left_out=list(walked.left_out))
    with _interruptible() as stopped:
        batch = _Batch(library, store)
        fresh = _known(walked.files, batch, diary, stopped)
        place = Place(library.originals, options.secrets)
        outcomes = read_all(fresh, place, options.workers, _knows(batch, diary))
        done, total = len(walked.files) - len(fresh), len(walked.files)
        for outcome in _until(outcomes, stopped):
            done, total = done + 1, total + len(outcome.inside or ())
            _take(outcome, batch, diary)
            if options.progress:
                options.progress(done, total, outcome.path)
        if not stopped():
            _follow(walked.folders, options.prune, batch, diary)
        batch.write()
        diary.interrupted = stopped()
    return diary.report()


def ingest_given(given: Iterable[tuple[str, bytes]], library: Library, store: Store) -> Report:
    """Take in documents that came otherwise than as files: each a name, which stands for its path, and its bytes."""
    library.db.lease()
    bring_up_to_date(library, store)
    diary, batch = _Diary(), _Batch(library, store)
    known = _knows(batch, diary)
    for name, data in given:
        if not known(Item(name, name, 0, hashlib.sha256(data).hexdigest())):
            for outcome in read_given(name, data, Place(library.originals), known):
                _take(outcome, batch, diary)
    batch.write()
    return diary.report()


class _Batch:
    """Changes of the library that are one transaction, and then one of the graph."""

    def __init__(self, library: Library, store: Store) -> None:
        self.library, self.store = library, store
        self._acts: list[Callable[[], Change]] = []
        self._since = time.monotonic()

    def add(self, act: Callable[[], Change]) -> None:
        """Do this with the next transaction, which is now when enough has come together."""
        self._acts.append(act)
        if len(self._acts) >= BATCH_DOCUMENTS or time.monotonic() - self._since > BATCH_SECONDS:
            self.write()

    def write(self) -> None:
        """Do what has come together: the library first, with the mark that the graph is owed it; then the graph."""
        acts, self._acts = self._acts, []
        if acts:
            with self.library.writing():
                self.library.owe(merged([act() for act in acts]))
            self.library.settle(self.store)
        self._since = time.monotonic()


def _until(outcomes: Iterator[Outcome], stopped: Callable[[], bool]) -> Iterator[Outcome]:
    """The outcomes until it is asked to stop; then the readers are let go."""
    try:
        for outcome in outcomes:
            yield outcome
            if stopped():
                return
    finally:
        close = getattr(outcomes, "close", None)
        if close:
            close()


def _known(files: Sequence[str], batch: _Batch, diary: _Diary, stopped: Callable[[], bool]) -> list[str]:
    """Note the files whose bytes the library has, and give the others."""
    fresh: list[str] = []
    known = _knows(batch, diary)
    for path in files:
        if stopped():
            return []
        if not known(Item(path, path, 0, _hash(path))):
            fresh.append(path)
    return fresh


def _knows(batch: _Batch, diary: _Diary) -> Known:
    """Whether the library has the bytes of a file; then it is noted where they lie."""
    library = batch.library

    def knows(item: Item) -> bool:
        if item.sha256 is None or library.file(item.sha256) is None:
            return False
        if library.file_at(item.path) == item.sha256:
            diary.unchanged.append(item.path)
        else:
            batch.add(_placed(item.path, item.sha256, library, diary))
        return True

    return knows


def _placed(path: str, sha256: str, library: Library, diary: _Diary) -> Callable[[], Change]:
    """Note that bytes that are known lie at another path too, or at one that held others."""

    def act() -> Change:
        before = library.file_at(path)
        (diary.unchanged if before in (None, sha256) else diary.changed).append(path)
        return library.place(shipped(), path, sha256)

    return act


def _hash(path: str) -> str | None:
    """The hash of a file's bytes, None when it cannot or should not be read: reading it will say why."""
    try:
        if not os.path.isfile(path) or os.path.getsize(path) > LARGEST:
            return None
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _take(outcome: Outcome, batch: _Batch, diary: _Diary) -> None:
    """Put what was read into the library."""
    if outcome.fatal:
        batch.write()
        raise outcome.fatal
    if outcome.inside is not None:
        diary.opened[outcome.path] = {one.path for one in outcome.inside}
        diary.left_out += outcome.left_out
        diary.failed += outcome.broken
        return
    if outcome.failed or outcome.read is None or outcome.file is None:
        diary.failed.append(outcome.failed or Failed(outcome.path, "nothing was read"))
        return
    batch.add(lambda: _kept(outcome, batch.library, diary))


def _kept(outcome: Outcome, library: Library, diary: _Diary) -> Change:
    assert outcome.read is not None and outcome.file is not None
    path, read = outcome.path, outcome.read
    try:
        with library.db.attempt():
            before = library.file_at(path)
            decisions = library.judgements_of(read.source)
            read = replace(read, judged=judged(read.said, read.text, decisions))
            change = library.add(shipped(), read, outcome.file, path)
    except LibraryError:
        raise
    except Exception as problem:
        why = f"it could not be kept ({type(problem).__name__}: {problem}); this is a fault of the program"
        diary.failed.append(Failed(path, why[:500]))
        return Change()
    (diary.added if before is None else diary.changed).append(path)
    diary.told.append(_told(path, read.judged or read.said, outcome.file))
    return change


def _told(path: str, reading: Reading, file: FileRow) -> Told:
    header = reading.header
    return Told(
        path, file.format, file.encoding, file.source, reading.key, header.type, header.number, header.date,
        header.issuer, len(reading.citations), len(reading.tasks), header.inferred, reading.flags,
    )  # fmt: skip


def _follow(folders: Sequence[str], prune: bool, batch: _Batch, diary: _Diary) -> None:
    """Paths in these folders that hold no file any more: moved when their document lies elsewhere too."""
    library = batch.library
    batch.write()
    for folder in folders:
        for path, source in library.paths_under(os.path.join(folder, "")):
            if _is_there(path, diary.opened):
                continue
            moved = any(_is_there(other, diary.opened) for other in library.paths_of(source) if other != path)
            (diary.moved if moved else diary.pruned if prune else diary.gone).append(path)
            if moved or prune:
                batch.add(lambda path=path: library.forget(shipped(), path))  # type: ignore[misc]


def _is_there(path: str, opened: Mapping[str, set[str]]) -> bool:
    """Whether a file is there, or in an archive or a mail that is; of one opened now it is known what it holds."""
    if os.path.lexists(path):
        return True
    holder = os.path.dirname(path)
    while len(holder) > 1 and not os.path.lexists(holder):
        holder = os.path.dirname(holder)
    if not os.path.isfile(holder):
        return False
    inside = {one for container, paths in opened.items() if _within(container, holder) for one in paths}
    return holder not in opened or path in inside


def _within(path: str, holder: str) -> bool:
    return path == holder or path.startswith(holder + os.sep)


@contextmanager
def _interruptible() -> Iterator[Callable[[], bool]]:
    """Inside, Ctrl-C asks to stop, and the function given says whether it was asked; the second time it is at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked.is_set
        return

    def ask(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        if callable(before) and before is not signal.default_int_handler:
            before(number, frame)

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
