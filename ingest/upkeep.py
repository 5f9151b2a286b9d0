"""The graph is kept at what the library says: owed changes, the whole graph made again, documents taken out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from graph.copying import empty
from graph.library import Library, LibraryError
from graph.model import Change
from graph.projection import merged
from graph.store import BATCH, Store
from graph.writing import steps
from ingest.extract import extract
from ingest.judging import judged
from ingest.shipped import shipped

# What the library remembers of the graph: the tables it was made with, and that making it was begun and not ended.
_TABLES, _MAKING = "tables", "making"


@dataclass(frozen=True, slots=True)
class Removed:
    """What was taken out (names as given), and what there is nothing of."""

    removed: tuple[str, ...]
    unknown: tuple[str, ...]


def bring_up_to_date(library: Library, store: Store) -> None:
    """Finish what a crash left, and make the graph again where it is not of this library or of older tables.

    Raises `LibraryError`, `StoreError`.
    """
    held = next(library.sources(), None) is not None or bool(library.imports())
    new = library.meta(_TABLES) is None
    if owed_whole(library, store):
        rebuild(library, store)
        return
    if new:
        if not held and not _is_empty(store):
            raise LibraryError(f"the graph was not made from {library.db.path}: name its library, or `vanban rebuild`")
        library.remark(_TABLES, shipped().version)
    library.settle(store)


def owed_whole(library: Library, store: Store) -> bool:
    """Whether the whole graph is to be made again: making it was begun and not ended, today's tables are others, or
    there is nothing in it.

    Until then it must not be asked: what it says is neither what the library said before nor what it says now.
    """
    tables = library.meta(_TABLES)
    if tables is None:
        return False
    held = next(library.sources(), None) is not None or bool(library.imports())
    return is_half_made(library) or (held and (tables != shipped().version or _is_empty(store)))


def is_half_made(library: Library) -> bool:
    """Whether making the whole graph was begun and not ended."""
    return bool(library.meta(_MAKING))


def _is_empty(store: Store) -> bool:
    return not store.read("export_documents", {"after": "", "limit": 1})


def rebuild(
    library: Library, store: Store, again: bool = False, progress: Callable[[int, int], None] | None = None
) -> int:
    """Make the whole graph again from the library, in any engine; gives the number of sources.

    `again`: extract every reading anew from its text first, with today's rules. `progress` is told how many sources
    were read anew, of how many. Raises `LibraryError`, `StoreError`.
    """
    library.remark(_MAKING, "yes")
    if again or library.meta(_TABLES) not in (None, shipped().version):
        _read_again(library, again, progress)
    empty(store)
    library.begin()
    for change in _portions(library.everything(shipped())):
        store.write(steps(change))
        library.made(change)
    with library.writing():
        library.settled()
        library.remark(_TABLES, shipped().version)
        library.remark(_MAKING, "")
    return library.counts()["sources"]


def _read_again(library: Library, extracted: bool, progress: Callable[[int, int], None] | None) -> None:
    """Each source read anew in the library; what it changes in the graph is not owed: the graph is made again."""
    names = [row.source for row in library.sources()]
    for count, source in enumerate(names, start=1):
        read = library.read(source)
        if read is None:
            continue
        if extracted:
            said = replace(extract(read.said.document, read.text), source=source)
            read = replace(read, said=said, judged=judged(said, read.text, library.judgements_of(source)))
        library.read_anew(shipped(), read)
        if progress:
            progress(count, len(names))


def _portions(changes: Iterable[Change]) -> Iterator[Change]:
    """Changes put together until they are about a batch of rows."""
    portion: list[Change] = []
    size = 0
    for change in changes:
        portion.append(change)
        size += len(change.put_nodes) + len(change.put_edges)
        if size >= BATCH:
            yield merged(portion)
            portion, size = [], 0
    if portion:
        yield merged(portion)


def remove(names: Sequence[str], library: Library, store: Store) -> Removed:
    """Take documents out of library and graph: by key, source, path, or folder of paths."""
    bring_up_to_date(library, store)
    removed: list[str] = []
    unknown: list[str] = []
    for name in names:
        with library.writing():
            changes = _taken_out(library, name)
            library.owe(merged(changes))
        library.settle(store)
        (removed if changes else unknown).append(name)
    return Removed(tuple(removed), tuple(unknown))


def _taken_out(library: Library, name: str) -> list[Change]:
    tables = shipped()
    if library.source(name):
        return [library.remove(tables, name)]
    held = library.sources_of(library.now(name)) if name.startswith("vn:") else []
    if held:
        return [library.remove(tables, row.source) for row in held]
    if any(name == import_ for import_, _, _ in library.imports()):
        return list(iter(lambda: library.take_out(tables, name), None))
    paths = [name, os.path.abspath(os.path.expanduser(name))]
    known = [path for path in dict.fromkeys(paths) if library.source_at(path)]
    if not known:
        known = [path for path, _ in library.paths_under(os.path.join(paths[1], ""))]
    return [library.forget(tables, path) for path in known]
