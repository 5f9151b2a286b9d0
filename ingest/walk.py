"""From paths as people give them (files, folders, patterns) to the files that are meant, in order."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.tables import table

# Files that systems and editors leave behind.
_LITTER = frozenset((".DS_Store", "Thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class Failed:
    """A path of which nothing came into the library, and why, with what to do."""

    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Walked:
    """The files that are meant, the folders they were looked for in (all absolute), and what is not there.

    `left_out` are files of the folders that are no documents by their names; given by name they are taken.
    """

    files: tuple[str, ...]
    folders: tuple[str, ...]
    failed: tuple[Failed, ...]
    left_out: tuple[str, ...] = ()


def walk(paths: Iterable[str | Path]) -> Walked:
    """Each file once, by name. Folders are walked whole, links to folders inside them are not followed."""
    files: set[str] = set()
    left_out: set[str] = set()
    folders: list[str] = []
    failed: list[Failed] = []
    for given in paths:
        for path in _meant(os.fspath(given)):
            if os.path.isdir(path):
                folders.append(path)
                found = set(_inside(path, failed))
                files |= {one for one in found if is_document(one)}
                left_out |= {one for one in found if not is_document(one)}
            elif os.path.lexists(path):
                files.add(path)
            else:
                failed.append(Failed(os.fspath(given), "it is not there; check the path, or the pattern in quotes"))
    return Walked(tuple(sorted(files)), tuple(folders), tuple(failed), tuple(sorted(left_out - files)))


def is_litter(path: str) -> bool:
    """Whether systems and editors leave files of that name behind, or hide it."""
    name = os.path.basename(path)
    return name in _LITTER or name.startswith((".", "~$")) or "__MACOSX" in path.split("/")


def is_document(path: str) -> bool:
    """Whether a file in a folder is taken for a document, by how its name ends."""
    return os.path.splitext(path)[1].lower() in table("methods")["folder"]["suffixes"]


def _meant(path: str) -> list[str]:
    """The absolute paths that one argument means: itself, or what a pattern fits."""
    whole = os.path.abspath(os.path.expanduser(path))
    if os.path.lexists(whole) or not glob.has_magic(path):
        return [whole]
    found = sorted(glob.glob(whole, recursive=True))
    return found or [whole]


def _inside(folder: str, failed: list[Failed]) -> Iterator[str]:
    def note(problem: OSError) -> None:
        failed.append(Failed(str(problem.filename), f"it may not be entered ({problem.strerror}); change its rights"))

    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (os.path.join(place, name) for name in names if not is_litter(name))
