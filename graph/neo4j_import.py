"""The files and the command line with which `neo4j-admin` makes a whole database at once, without a running server."""

from __future__ import annotations

import shlex
import tempfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Files in a folder, and the command to run there while the server is stopped; it replaces that database."""

    folder: Path
    files: tuple[str, ...]
    command: str


def unpack(archive: Iterable[bytes], folder: Path, database: str = "neo4j") -> ImportFiles:
    """Write the archive of `graph.export_csv.csv_files` into a folder. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as file:
        file.writelines(archive)
        with zipfile.ZipFile(file) as packed:
            packed.extractall(folder)
            names = tuple(packed.namelist())
    words = ("neo4j-admin", "database", "import", "full", "--overwrite-destination", "@import.args", database)
    return ImportFiles(folder, names, f"cd {shlex.quote(str(folder.absolute()))} && {shlex.join(words)}")
