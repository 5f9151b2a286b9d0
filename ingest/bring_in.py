"""A file of statements comes in, whatever it is: a register (CSV), an export, or judgements alone (JSON lines)."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from graph.library import Library
from graph.store import Store
from ingest.exchange import import_lines
from ingest.judging import Judged
from ingest.register import check_register, import_register

LISTED = 1000


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an import: its source in the graph, lines taken in, those left out (the first 1,000, line and why).

    `doubles`: lines that say again what one before them said. `known`: all of it was in the library already.
    """

    source: str
    kind: Literal["register", "jsonl"]
    name: str
    lines: int
    left_out: tuple[tuple[int, str], ...]
    left_out_all: int
    doubles: int = 0
    known: bool = False
    judged: Judged | None = None


def bring_in(path: str | Path, library: Library, store: Store) -> Taken:
    """Take a register, an export or judgements in; what a line cannot be used for is listed.

    Raises `BadRegister`, before anything is taken in, for a file that is no table with a column for the number;
    `OSError`, `LibraryError`, `StoreError`.
    """
    name = os.path.basename(path)
    if is_json(path):
        found = import_lines(path, library, store)
        left_out, judged = found.left_out, found.judged
        return Taken(found.source, "jsonl", name, found.lines, left_out[:LISTED], len(left_out), 0, found.known, judged)
    check_register(path)
    done = import_register(path, library, store)
    left_out = done.left_out
    return Taken(done.source, "register", name, done.lines, left_out[:LISTED], len(left_out), done.doubles, done.known)


def is_json(path: str | Path) -> bool:
    """Whether the first character of a file that is no space opens a JSON object. Raises `OSError`."""
    with open(path, "rb") as file:
        return file.read(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def check(path: str | Path) -> None:
    """Raise `BadRegister` for what `bring_in` would refuse, `OSError` where it cannot be read."""
    if not is_json(path):
        check_register(path)
