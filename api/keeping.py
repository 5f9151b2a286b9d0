"""Taking documents in and out: by the server that runs on this machine, else in this process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from api.desk import opened
from api.running import Running, running
from api.settings import Settings
from graph.export import export_lines
from graph.store import StoreBusy
from ingest.intake import Options, Report, ingest
from ingest.upkeep import Removed, rebuild, remove


def ingest_at(settings: Settings, paths: Sequence[str], options: Options) -> Report:
    """Take files, folders and patterns in. Raises `StoreError`, `LibraryError`."""
    if server := running(settings.home, settings.store):
        return _by_server(server, paths, options)
    with opened(settings, writes=True) as desk:
        return ingest(paths, desk.library(), desk.corpus().store, options)


def _by_server(server: Running, paths: Sequence[str], options: Options) -> Report:
    raise StoreBusy(f"the server at {server.address} writes; stop it first")


def remove_at(settings: Settings, names: Sequence[str]) -> Removed:
    """Take documents out by key, path, folder or source. Raises `StoreError`, `LibraryError`."""
    with opened(settings, writes=True) as desk:
        return remove(names, desk.library(), desk.corpus().store)


def rebuild_at(settings: Settings, again: bool) -> int:
    """Make the graph again from the library; the number of sources. Raises `StoreError`, `LibraryError`."""
    with opened(settings, writes=True) as desk:
        return rebuild(desk.library(), desk.corpus().store, again)


def export_from(settings: Settings, format: str) -> Iterator[str]:
    """The lines of the whole graph in a format. Raises `StoreError`."""
    with opened(settings) as desk:
        yield from {"jsonl": export_lines}[format](desk.corpus().store)
