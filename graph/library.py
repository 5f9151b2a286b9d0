"""The library: all that was read and decided, in one file beside the originals; the graph is made from it."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from graph import library_changes as changes
from graph import library_counts as counts
from graph import library_imports as imports
from graph import library_judgements as judgements
from graph import library_log as history
from graph import library_review as review
from graph import library_runs as runs
from graph import library_sources as sources
from graph.judgement import Judgement
from graph.library_base import (
    Database,
    LibraryDamaged,
    LibraryError,
    LibraryFull,
    LibraryLocked,
    LibraryNewer,
)
from graph.library_imports import Statement
from graph.library_projection import everything
from graph.library_review import Contested, Dangling, Disputed, Flagged, Likely, Repaired
from graph.library_rows import FileRow, Mention, Read, SourceRow, pack_change, unpack_change
from graph.library_search import Match, Passage, matches, matching, passage
from graph.model import Change, Reading
from graph.originals import Originals
from graph.projection import merged
from graph.projection_tables import Tables
from graph.store import Store
from graph.writing import steps

__all__ = [
    "Contested",
    "Dangling",
    "Disputed",
    "FileRow",
    "Judgement",
    "Library",
    "LibraryDamaged",
    "LibraryError",
    "LibraryFull",
    "LibraryLocked",
    "LibraryNewer",
    "Likely",
    "Match",
    "Mention",
    "Passage",
    "Read",
    "SourceRow",
]

ORIGINALS = "originals"


@dataclass(frozen=True, slots=True)
class Library:
    """An open library. Any thread may read; one process at a time writes, from its first write until `close`.

    Everything here raises `LibraryError` (`LibraryLocked`, `LibraryFull`, `LibraryDamaged`, `LibraryNewer`).
    """

    db: Database
    originals: Originals

    @classmethod
    def open(cls, home: Path, files: str | None = None, durable: bool = True) -> Library:
        """The library in a folder, made when it is not there; originals go to `files`, by default a folder in it.

        Not `durable`: a power cut may take the last seconds, for trials.
        """
        db = Database(home, durable)
        try:
            db.prepare()
        except LibraryError:
            db.close()
            raise
        return cls(db, Originals(files or str(home / ORIGINALS)))

    def close(self) -> None:
        """Let go of it. Closing twice is no error."""
        self.db.close()

    # What is held

    def files(self, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The paths of each of these documents that is held, in order; also by keys judged the same."""
        return sources.paths_by_key(self.db, keys)

    def paths_of(self, source: str) -> tuple[str, ...]:
        """The paths that hold a source."""
        sql = "SELECT path FROM files JOIN paths USING (sha256) WHERE source = ? ORDER BY path"
        return tuple(path for (path,) in self.db.rows(sql, (source,)))

    def paths_under(self, folder: str) -> Iterator[tuple[str, str]]:
        """(path, source) of every path that begins with `folder`, in order."""
        sql = "SELECT path, source FROM paths JOIN files USING (sha256) WHERE path >= ? AND path < ? ORDER BY path"
        yield from ((path, source) for path, source in self.db.rows(sql, (folder, folder + "\U0010ffff")))

    def source_at(self, path: str) -> str | None:
        """The source that a path holds."""
        found = self.db.one("SELECT source FROM paths JOIN files USING (sha256) WHERE path = ?", (path,))
        return found[0] if found else None

    def file_at(self, path: str) -> str | None:
        """The hash of the bytes that a path held when it was read."""
        found = self.db.one("SELECT sha256 FROM paths WHERE path = ?", (path,))
        return found[0] if found else None

    def file(self, sha256: str) -> FileRow | None:
        """The file with these bytes, wherever it lay."""
        return sources.file(self.db, sha256)

    def files_of(self, source: str) -> list[FileRow]:
        """The files that decode to a source, the best format first."""
        return sources.files_of(self.db, source)

    def source(self, source: str) -> SourceRow | None:
        """One source, None when it is not held."""
        return sources.row(self.db, source)

    def sources(self) -> Iterator[SourceRow]:
        """All sources, in the order of their names."""
        return sources.each_row(self.db)

    def sources_of(self, key: str) -> list[SourceRow]:
        """The sources of a document, also by keys judged the same; the best format first."""
        return sources.rows_of(self.db, counts.members(self.db, key))

    def text(self, source: str) -> str | None:
        """The text of a source as decoded; offsets of readings and edges count its code points."""
        return sources.text_of(self.db, source)

    def reading(self, source: str) -> Reading | None:
        """The reading of a source, with what people judged."""
        return sources.reading_of(self.db, source)

    def read(self, source: str) -> Read | None:
        """The text and the reading of a source, as read and as judged."""
        return sources.read_of(self.db, source)

    def mentions(self, key: str) -> list[Mention]:
        """Every mention of a document, also by keys judged the same."""
        return sources.mentions_of(self.db, counts.members(self.db, key))

    def matches(self, words: str, most: int = 1000) -> list[Match]:
        """The documents that have all the words, best first, by the keys of the graph; accents and case do not
        matter."""
        return [replace(one, key=counts.canonical(self.db, one.key)) for one in matches(self.db, words, most)]

    def passage(self, source: str, words: str) -> Passage | None:
        """Where most of the words stand in the text of a source, None when it is not held (any more)."""
        text = self.text(source)
        return None if text is None else passage(text, words)

    def sharing(self, source: str, most: int = 50) -> list[tuple[str, str, int]]:
        """(source, key of the graph, weight) of the other texts that share most words with this one."""
        text = self.text(source)
        found = runs.sharing(self.db, source, text, most) if text else []
        return [(other, counts.canonical(self.db, key), many) for other, key, many in found]

    def counts(self) -> Mapping[str, int]:
        """How many sources, speaking ones, files, paths, mentions, judgements and imports there are."""
        sql = {
            "sources": "SELECT count(*) FROM sources",
            "speaking": "SELECT count(*) FROM sources WHERE speaks",
            "files": "SELECT count(*) FROM files",
            "paths": "SELECT count(*) FROM paths",
            "mentions": "SELECT count(*) FROM mentions",
            "judgements": "SELECT count(*) FROM judgements",
            "imports": "SELECT count(*) FROM imports",
        }
        return {name: self.db.rows(one)[0][0] for name, one in sql.items()}

    # Keys

    def now(self, key: str) -> str:
        """The key that the graph has in the place of this one: judged the same, or its follower; itself when none."""
        found = self.db.one("SELECT now FROM former WHERE key = ?", (key,))
        return counts.canonical(self.db, found[0] if found else key)

    def same(self, key: str) -> tuple[str, ...]:
        """The keys that were judged the same as this one, with itself."""
        return counts.members(self.db, key)

    # Judgements and doubts

    def judgements(self) -> list[Judgement]:
        """All judgements, in the order of their ids."""
        return judgements.every(self.db)

    def judgements_of(self, source: str) -> list[Judgement]:
        """The judgements on the evidence of a source."""
        return judgements.of_source(self.db, source)

    def judgement(self, id: str) -> Judgement | None:
        """The judgement with this id."""
        return judgements.one(self.db, id)

    def contested(self, limit: int = 100) -> list[Contested]:
        """Documents of which different texts are held under one key."""
        return review.contested(self.db, limit)

    def disputed(self, limit: int = 100) -> list[Disputed]:
        """Documents of which different dates are printed."""
        return review.disputed(self.db, limit)

    def likely(self, limit: int = 100) -> list[Likely]:
        """Pairs of sources with near-equal texts under different keys, one of them unnumbered."""
        return review.likely(self.db, limit)

    def repaired(self, rules: Sequence[str], limit: int = 100) -> list[Repaired]:
        """Keys that are known only from mentions put right by one of these rules."""
        return review.repaired(self.db, rules, limit)

    def flagged(self, limit: int = 100) -> list[Flagged]:
        """Held documents whose reading contradicts itself."""
        return review.flagged(self.db, limit)

    def dangling(self) -> list[Dangling]:
        """Judgements on evidence that is not here, or that reads otherwise than when they were made."""
        return review.dangling(self.db)

    # Imports

    def imports(self) -> list[tuple[str, str, str]]:
        """(source, kind, file name) of each import."""
        return imports.names(self.db)

    def registers(self, key: str) -> list[str]:
        """The files of the registers that list a document, also by keys judged the same, in order."""
        return imports.registers(self.db, counts.members(self.db, key))

    def last_line(self, import_: str) -> int:
        """The last line of an import that is in the library, -1 for none."""
        return imports.last_line(self.db, import_)

    # Changes, each within `writing`

    def writing(self) -> AbstractContextManager[None]:
        """A transaction: all that is done inside is kept, or nothing."""
        return self.db.write()

    def add(self, tables: Tables, read: Read, file: FileRow, path: str) -> Change:
        """Keep what was read at a path; what was there before goes unless another path holds it."""
        return changes.add(self.db, tables, read, file, path)

    def read_anew(self, tables: Tables, read: Read) -> Change:
        """Put a reading in the place of the one that is held of this source."""
        return changes.read_anew(self.db, tables, read)

    def place(self, tables: Tables, path: str, sha256: str) -> Change:
        """Note that a path holds bytes that the library has."""
        return changes.place(self.db, tables, path, sha256)

    def forget(self, tables: Tables, path: str) -> Change:
        """Note that a path holds nothing any more."""
        return changes.forget(self.db, tables, path)

    def remove(self, tables: Tables, source: str) -> Change:
        """Take a source out with all its files and paths."""
        return changes.remove(self.db, tables, source)

    def judge(self, tables: Tables, new: Sequence[Judgement], gone: Sequence[str] = ()) -> Change:
        """Keep judgements, forget others; readings that they correct are to be made anew after this."""
        return changes.judge(self.db, tables, new, gone)

    def take_in(self, tables: Tables, name: tuple[str, str, str], statements: Sequence[Statement]) -> Change:
        """Put the next lines of an import in: `name` is its source ("import-…"), its kind and its file's name."""
        return changes.take_in(self.db, tables, name, statements)

    def take_out(self, tables: Tables, import_: str) -> Change | None:
        """Take the next lines of an import out; None when nothing of it is left."""
        return changes.take_out(self.db, tables, import_)

    def everything(self, tables: Tables) -> Iterator[Change]:
        """The whole graph, in parts to be written one after the other."""
        return everything(self.db, tables)

    # The dirty mark

    def owe(self, change: Change) -> None:
        """Note that the graph is to get this change; in the transaction that makes it."""
        if change != Change():
            with self.db.write():
                said = pack_change(change), history.last(self.db)
                self.db.run("INSERT INTO pending (change, number) VALUES (?, ?)", said)
                history.log(self.db, change)

    @property
    def dirty(self) -> bool:
        """Whether the graph has not confirmed every change."""
        return self.db.one("SELECT 1 FROM pending LIMIT 1") is not None

    def settle(self, store: Store) -> None:
        """Give the graph the changes that it has not confirmed, in order. Raises `StoreError` too."""
        while owed := self.db.rows("SELECT id, change FROM pending ORDER BY id LIMIT 20"):
            store.write(steps(merged(unpack_change(change) for _, change in owed)))
            with self.db.write():
                self.db.run("DELETE FROM pending WHERE id <= ?", (owed[-1][0],))

    def settled(self) -> None:
        """Forget owed changes: the graph was made anew."""
        with self.db.write():
            self.db.run("DELETE FROM pending")

    # What changed when

    @property
    def epoch(self) -> str:
        """What numbers of changes belong to: 8 hex, others after the graph was made anew."""
        return self.meta(history.EPOCH) or ""

    @property
    def last_change(self) -> int:
        """The number of the last change that the graph has."""
        return history.settled(self.db)

    def changed(self, after: int, limit: int) -> list[tuple[str, int, int, bool]]:
        """(id, number, number at which it came, whether it is gone) of the nodes and judgements that changed after a
        number, in their order; judgements are called "judgement:" and their id."""
        return history.changed(self.db, after, limit)

    def begin(self) -> None:
        """The graph is made anew: clients must copy it again."""
        with self.db.write():
            history.begin(self.db, secrets.token_hex(4))

    def made(self, change: Change) -> None:
        """Note the nodes of a graph that is made anew."""
        with self.db.write():
            history.log(self.db, change)

    def searches(self) -> list[tuple[str, dict[str, Any]]]:
        """(id, what it says) of every saved search, by id."""
        return history.searches(self.db)

    def save_search(self, id: str, said: dict[str, Any]) -> None:
        """Keep a search."""
        with self.db.write():
            history.save_search(self.db, id, said)

    def forget_search(self, id: str) -> bool:
        """Forget a search; whether there was one."""
        with self.db.write():
            return history.forget_search(self.db, id)

    def matching(self, words: str) -> set[str]:
        """The documents that have all the words, by the keys of the graph, in no order and without a limit."""
        return {counts.canonical(self.db, key) for key in matching(self.db, words)}

    def meta(self, name: str) -> str | None:
        """A remark kept in the library."""
        found = self.db.one("SELECT value FROM meta WHERE name = ?", (name,))
        return found[0] if found else None

    def remark(self, name: str, value: str) -> None:
        """Keep a remark in the library."""
        with self.db.write():
            self.db.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))
