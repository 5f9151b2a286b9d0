"""Registers: lists of documents as tables (CSV), taken in as documents that are known and not held."""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from graph.folding import fold
from graph.key import UNKNOWN, BadKey, Key
from graph.library import Library
from graph.library_imports import Statement
from graph.store import BATCH, Store
from ingest.key_derive import derive
from ingest.key_scene import Said, Scene
from ingest.shipped import shipped
from ingest.tables import table
from ingest.upkeep import bring_up_to_date

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\Z")
_ISO = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


class BadRegister(ValueError):
    """A table that is no register; the message names the file, what is wrong and what is expected."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import: its source in the graph, the lines taken in, those left out (line and why).

    `known`: it was in the library already, whole. Doubles are lines that say again what one before them said.
    """

    source: str
    lines: int
    left_out: tuple[tuple[int, str], ...] = ()
    doubles: int = 0
    known: bool = False


def import_register(path: str | Path, library: Library, store: Store) -> Imported:
    """Take in a CSV file with a row a document; needs a column for its number, others as `register.toml` names them.

    Raises `BadRegister` for a file that is no such table, `OSError` where it cannot be read, `LibraryError`,
    `StoreError`; an import that was cut short goes on where it stopped.
    """
    name = source_name(path)
    bring_up_to_date(library, store)
    left_out: list[tuple[int, str]] = []
    seen = _Seen()
    lines = _lines(path, left_out, seen)
    taken, known = take_in(library, store, (name, "register", os.path.basename(path)), lines)
    return Imported(name, taken, tuple(left_out), seen.doubles, known)


def check_register(path: str | Path) -> None:
    """Look through a whole file before anything of it is taken in. Raises `BadRegister`, `OSError`."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = _rows(path, file)
        try:
            _columns(path, next(rows, []))
            for _ in rows:
                pass
        except (UnicodeDecodeError, csv.Error) as problem:
            raise BadRegister(f"{path}: it is no CSV in UTF-8 ({problem}); save it as one") from problem


def source_name(path: str | Path) -> str:
    """The name of an import as a source: by its content, so that the same file is the same import."""
    with open(path, "rb") as file:
        return f"import-{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"


def take_in(library: Library, store: Store, name: tuple[str, str, str], lines: Iterable[Statement]) -> tuple[int, bool]:
    """Put the lines of an import in, a batch a transaction: how many, and whether all of them were there before."""
    before = {source for source, _, _ in library.imports()}
    waiting = iter(lines)
    count, fresh = 0, False
    while batch := list(islice(waiting, BATCH)):
        with library.writing():
            last = library.last_line(name[0])
            library.owe(library.take_in(shipped(), name, batch))
        fresh = fresh or batch[-1].line > last
        library.settle(store)
        count += len(batch)
    return count, name[0] in before and not fresh


class _Seen:
    """The rows that were read, to know doubles by."""

    def __init__(self) -> None:
        self.rows: set[int] = set()
        self.doubles = 0

    def again(self, statement: Statement) -> bool:
        mark = hash((statement.key, tuple(sorted(statement.said.items()))))
        if mark in self.rows:
            self.doubles += 1
            return True
        self.rows.add(mark)
        return False


def _lines(path: str | Path, left_out: list[tuple[int, str]], seen: _Seen) -> Iterator[Statement]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = _rows(path, file)
        try:
            columns = _columns(path, next(rows, []))
            for line, row in enumerate(rows, start=2):
                found = _statement(line, {field: row[at].strip() for field, at in columns.items() if at < len(row)})
                if isinstance(found, str):
                    left_out.append((line, found))
                elif found and not seen.again(found):
                    yield found
        except (UnicodeDecodeError, csv.Error) as problem:
            raise BadRegister(f"{path}: it is no CSV in UTF-8 ({problem}); save it as one") from problem


def _rows(path: str | Path, file: Iterable[str]) -> Iterator[list[str]]:
    lines = iter(file)
    try:
        first = next(lines, "")
    except UnicodeDecodeError as problem:
        raise BadRegister(f"{path}: it is no CSV in UTF-8 ({problem}); save it as one") from problem
    sign = max(",;\t|", key=first.count)
    yield from csv.reader(_with_first(first, lines), delimiter=sign)


def _with_first(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


@cache
def _names() -> Mapping[str, str]:
    """Folded name of a column → the field it holds."""
    columns = table("register")["columns"]
    return {_plain(name): field for field, names in columns.items() for name in names}


@cache
def _validities() -> Mapping[str, str]:
    values = table("register")["validity"]
    return {_plain(name): value for value, names in values.items() for name in names}


def _plain(name: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in fold(name)).split())


def _columns(path: str | Path, head: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, name in enumerate(head):
        field = _names().get(_plain(name))
        if field:
            found.setdefault(field, at)
    if "number" not in found and "key" not in found:
        shown = ", ".join(repr(name) for name in head[:20]) or "nothing"
        raise BadRegister(f"{path}: no column for the number ('number', 'Số ký hiệu'); its first line has {shown}")
    return found


def _statement(line: int, row: Mapping[str, str]) -> Statement | str | None:
    """A row as a statement, why it is none, or nothing for an empty row."""
    if not any(row.values()):
        return None
    said = {field: value for field, value in row.items() if value and field != "key"}
    for field in ("date", "effective_from", "effective_to"):
        if field in said:
            day = iso(said[field])
            if day is None:
                return f"{field} {said[field]!r} is no date (25/10/2017 or 2017-10-25)"
            said[field] = day
    if "validity" in said:
        value = _validities().get(_plain(said["validity"]))
        if value is None:
            return f"status {said['validity']!r} is not known"
        said["validity"] = value
    key = _key(row.get("key", ""), said)
    return Statement(line, said, key=key) if key else "it has no number that names a document"


def _key(printed: str, said: Mapping[str, str]) -> str | None:
    if printed:
        try:
            return str(Key.parse(printed))
        except BadKey:
            return None
    words = Said(said.get("number"), said.get("kind"), None, said.get("date"), None, said.get("issuer"))
    key = derive(words, Scene())
    return None if key.number == UNKNOWN else str(key)


def iso(words: str) -> str | None:
    """A day as printed in ISO: "25/10/2017" → "2017-10-25"; None for what is no day."""
    words = words.strip().split("T")[0].split(" ")[0]
    if _ISO.match(words):
        return words
    match = _DAY.match(words)
    if not match:
        return None
    day, month, year = (int(part) for part in match.groups())
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= 31 and 1 <= month <= 12 else None
