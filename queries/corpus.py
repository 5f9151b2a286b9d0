"""What questions are asked of: the graph, and where its documents were read from."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from graph.judgement import Judgement
from graph.library_review import Contested, Dangling, Disputed, Flagged, Likely, Repaired
from graph.library_rows import FileRow, Mention, Read, SourceRow
from graph.library_search import Match, Passage
from graph.store import Row, Store
from queries.answer import CorpusNote, Document, Edge

_NOTE_SECONDS = 1.0


class Shelf(Protocol):
    """What the library says of held documents."""

    def files(self, keys: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """The paths of each of the documents that is held; others are left out."""

    def now(self, key: str) -> str:
        """The key that the graph has in the place of this one, itself when none."""

    def registers(self, key: str) -> Sequence[str]:
        """The files of the registers that list a document."""

    def mentions(self, key: str) -> Sequence[Mention]:
        """Every mention of a document, also by keys judged the same."""

    def sources_of(self, key: str) -> Sequence[SourceRow]:
        """The sources of a document, the best format first."""

    def files_of(self, source: str) -> Sequence[FileRow]:
        """The files that say a text, the best format first."""

    def paths_of(self, source: str) -> Sequence[str]:
        """The paths that hold a text."""

    def file_at(self, path: str) -> str | None:
        """The hash of the bytes that a path held when it was read."""

    def read(self, source: str) -> Read | None:
        """The text and the reading of a source."""

    def matches(self, words: str, most: int) -> Sequence[Match]:
        """The documents that have all the words in a title or a text, best first."""

    def passage(self, source: str, words: str) -> Passage | None:
        """Where most of the words stand in the text of a source."""

    def text(self, source: str) -> str | None:
        """The text of a source as decoded."""

    def sharing(self, source: str, most: int) -> Sequence[tuple[str, str, int]]:
        """(source, key, weight) of the other texts that share most words with this one."""

    def matching(self, words: str) -> set[str]:
        """The documents that have all the words, in no order."""

    def changed(self, after: int, limit: int) -> Sequence[tuple[str, int, int, bool]]:
        """(id, number, number at which it came, whether it is gone) of what changed after a number."""

    def searches(self) -> Sequence[tuple[str, Mapping[str, Any]]]:
        """(id, what it says) of every saved search."""

    @property
    def epoch(self) -> str:
        """What numbers of changes belong to."""

    @property
    def last_change(self) -> int:
        """The number of the last change that the graph has."""

    def judgement(self, id: str) -> Judgement | None:
        """The judgement with this id."""

    def disputed(self, limit: int) -> Sequence[Disputed]:
        """Documents of which different dates are printed."""

    def contested(self, limit: int) -> Sequence[Contested]:
        """Documents of which different texts are held."""

    def likely(self, limit: int) -> Sequence[Likely]:
        """Pairs of near-equal texts under different keys."""

    def repaired(self, rules: Sequence[str], limit: int) -> Sequence[Repaired]:
        """Keys that are known only from mentions put right by one of these rules."""

    def flagged(self, limit: int) -> Sequence[Flagged]:
        """Held documents whose reading contradicts itself."""

    def dangling(self) -> Sequence[Dangling]:
        """Judgements that lost their ground."""

    def judgements(self) -> Sequence[Judgement]:
        """All judgements."""


@dataclass(slots=True)
class _Counted:
    """The last count of the documents, and when it was made (seconds of the monotonic clock)."""

    note: CorpusNote | None = None
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """A graph to ask, and the library's word on files and former keys (None: there is none here)."""

    store: Store
    library: Shelf | None = None
    _counted: _Counted = field(default_factory=_Counted)

    def read(self, query: str, **parameters: Any) -> list[Row]:
        """The rows of a named query. Raises `StoreError`."""
        return self.store.read(query, parameters)

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """The documents with these keys; those that the graph does not have are left out."""
        wanted = sorted(set(ids))
        return self.known(self.read("documents", ids=wanted)) if wanted else {}

    def known(self, rows: Iterable[Row]) -> dict[str, Document]:
        """The documents of rows, with the files of those that are held."""
        rows = list(rows)
        held = [row["id"] for row in rows if row.get("held")]
        files = self.library.files(held) if self.library and held else {}
        return {row["id"]: Document.of(row, tuple(files.get(row["id"], ()))) for row in rows}

    def now(self, key: str) -> str:
        """The key that the graph has in the place of this one: its follower, or one judged the same."""
        return self.library.now(key) if self.library else key

    def edges(self, query: str, **parameters: Any) -> tuple[Edge, ...]:
        """The edges of one of `cypher/edges_*.cypher`."""
        return tuple(Edge.of(row) for row in self.read(query, **parameters))

    def note(self) -> CorpusNote:
        """How many documents are held; counted at most once a second, since every answer says it."""
        now = time.monotonic()
        if self._counted.note is None or now - self._counted.at > _NOTE_SECONDS:
            self._counted.note, self._counted.at = self._count(), now
        return self._counted.note

    def _count(self) -> CorpusNote:
        counts = {bool(row["held"]): int(row["documents"]) for row in self.read("count_documents")}
        held, cited = counts.get(True, 0), counts.get(False, 0)
        return CorpusNote(
            held, cited, f"Drawn from {_some(held)} held here; {cited} more are known only by being cited."
        )


def _some(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
