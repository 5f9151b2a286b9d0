"""A library and its originals as one file, taken while others read and write, and put back from there."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.library import ORIGINALS, Library, LibraryError
from graph.library_base import FILE, LEASE, LibraryDamaged, LibraryFull, LibraryLocked, LibraryNewer
from graph.library_schema import VERSION
from graph.originals import Originals

FORMAT = 1
ABOUT = "backup.json"
# Set in a library that was put back: the graph beside it is of another one, until it was made again.
OWED = "making"
_PIECE = 1 << 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds: its own format, the library's schema, how many sources and originals; `missing` are
    originals (by the hash of their bytes) that the library knows of and that are not where they are kept."""

    format: int
    schema: int
    sources: int
    originals: int
    missing: tuple[str, ...] = ()


def back_up(home: Path, files: str | None, target: Path, progress: Progress | None = None) -> Backup:
    """Write the library of `home` and its originals to the file `target`, which is whole or not there.

    Others may read and write meanwhile: the backup is the library at one moment. `progress` is told how many originals
    are in, of how many. Raises `LibraryError`.
    """
    if not (home / FILE).exists():
        raise LibraryError(f"no library at {home}: nothing was ingested there")
    originals = Originals(files or str(home / ORIGINALS))
    with _said(target), tempfile.TemporaryDirectory(prefix="vanban-", dir=target.absolute().parent) as folder:
        copy = Path(folder) / FILE
        _snapshot(home / FILE, copy)
        new = Path(folder) / "backup.zip"
        with zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.write(copy, FILE)
            about = _originals(copy, originals, archive, progress)
            archive.writestr(ABOUT, json.dumps(asdict(about), indent=2))
        with open(new, "rb") as file:
            os.fsync(file.fileno())
        os.replace(new, target)
    return about


def _snapshot(path: Path, copy: Path) -> None:
    """The database at one moment: copied in one read transaction, which keeps no writer waiting."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as one, closing(sqlite3.connect(copy)) as other:
        one.backup(other, pages=-1)
        other.execute("PRAGMA journal_mode = DELETE")


def _originals(copy: Path, originals: Originals, archive: zipfile.ZipFile, progress: Progress | None) -> Backup:
    """Put every original that the library knows of into the archive."""
    with closing(sqlite3.connect(copy)) as db:
        schema = int(db.execute("PRAGMA user_version").fetchone()[0])
        sources = int(db.execute("SELECT count(*) FROM sources").fetchone()[0])
        hashes = [str(row[0]) for row in db.execute("SELECT sha256 FROM files ORDER BY sha256")]
    missing = []
    for count, sha256 in enumerate(hashes, start=1):
        content = originals.get(sha256)
        if content is None:
            missing.append(sha256)
        else:
            archive.writestr(f"{ORIGINALS}/{sha256}", content)
        if progress:
            progress(count, len(hashes))
    return Backup(FORMAT, schema, sources, len(hashes) - len(missing), tuple(missing))


def restore(home: Path, files: str | None, source: Path, replace: bool = False) -> Backup:
    """Put the library and the originals of a backup in `home`; the graph is to be made again from them.

    Everything is looked over before anything is touched. A library that is there stays unless `replace`. Raises
    `LibraryError`; `LibraryLocked` while another process writes there, `LibraryNewer` for a backup of a newer version.
    """
    if (home / FILE).exists() and not replace:
        raise LibraryError(f"{home} has a library already: choose another home, or put it in its place with --replace")
    with _said(source), zipfile.ZipFile(source) as archive:
        about = _about(archive, source)
        home.mkdir(parents=True, exist_ok=True)
        with _alone(home), tempfile.TemporaryDirectory(prefix="restore-", dir=home) as folder:
            new = Path(folder) / FILE
            with archive.open(FILE) as packed, open(new, "wb") as file:
                shutil.copyfileobj(packed, file, _PIECE)
            _look_over(new, source)
            place = Originals(files or str(home / ORIGINALS))
            for sha256, content in _contents(archive, source):
                place.put(sha256, content)
            _put(new, home)
    Library.open(home, files).close()  # brings an older schema to today's
    return about


def _about(archive: zipfile.ZipFile, source: Path) -> Backup:
    try:
        said = json.loads(archive.read(ABOUT))
        about = Backup(**{**said, "missing": tuple(said["missing"])})
        archive.getinfo(FILE)
    except (KeyError, ValueError, TypeError) as error:
        raise LibraryDamaged(f"{source} is no backup of a library ({error})") from error
    if about.format > FORMAT or about.schema > VERSION:
        raise LibraryNewer(f"{source} was written by a newer version: update vanban-graph")
    return about


def _look_over(path: Path, source: Path) -> None:
    """`LibraryDamaged` when the database is not sound; then note in it that the graph is owed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        found = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise LibraryDamaged(f"{source}: its library is damaged ({found})")
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, 'yes')", (OWED,))
        db.execute("DELETE FROM pending")


def _contents(archive: zipfile.ZipFile, source: Path) -> Iterator[tuple[str, bytes]]:
    """Each original under the hash of its bytes, which it must have."""
    for name in archive.namelist():
        folder, _, sha256 = name.partition("/")
        if folder != ORIGINALS:
            continue
        content = archive.read(name)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise LibraryDamaged(f"{source}: {name} is not what was put in")
        yield sha256, content


def _put(new: Path, home: Path) -> None:
    """The new file in the place of the old one and of its log; one of the two is there at any moment."""
    with open(new, "rb") as file:
        os.fsync(file.fileno())
    if (home / FILE).exists():
        # A damaged library is what a backup is put in the place of.
        with closing(sqlite3.connect(home / FILE, isolation_level=None)) as old, suppress(sqlite3.DatabaseError):
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for log in ("-wal", "-shm"):
        (home / f"{FILE}{log}").unlink(missing_ok=True)
    os.replace(new, home / FILE)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Be the one process that writes there. Raises `LibraryLocked`."""
    with closing(sqlite3.connect(home / LEASE, timeout=0, isolation_level=None)) as lease:
        try:
            lease.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise LibraryLocked(f"{home} is in use: stop the server that writes there first") from error
        yield


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """What runs inside raises `LibraryError` where files fail."""
    try:
        yield
    except zipfile.BadZipFile as error:
        raise LibraryDamaged(f"{path} is no backup, or is damaged ({error})") from error
    except OSError as error:
        if error.errno == 28:
            raise LibraryFull(f"{path}: the disk is full; make room and run the command again") from error
        raise LibraryError(f"{path}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise LibraryDamaged(f"{path}: {error}") from error
