"""The corpus as those see it who may not see documents of limited circulation: as if these were not held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, cast

from graph.library_limited import Withheld
from graph.store import Row, Step, Store
from queries.corpus import Corpus, Shelf

_MORE = 100
_TASK = "vn:task:"
_GONE = object()


def public(corpus: Corpus, withheld: Withheld) -> Corpus:
    """`corpus` without what is withheld; itself when nothing is."""
    if not withheld.sources:
        return corpus
    seen = Sight(withheld)
    library = cast(Shelf, PublicShelf(corpus.library, seen)) if corpus.library else None
    return Corpus(PublicStore(corpus.store, seen), library)


@dataclass(frozen=True, slots=True)
class Sight:
    """Tells what may be seen."""

    withheld: Withheld

    def hides(self, value: object) -> bool:
        """Whether a value is the key of a hidden document, a hidden source, or a task in one."""
        if not isinstance(value, str):
            return False
        hidden = self.withheld
        if value.startswith(_TASK):
            return value[len(_TASK) :].partition(":")[0] in hidden.sources
        return value in hidden.documents or value in hidden.named or value in hidden.sources

    def shown(self, value: Any) -> Any:
        """`value` without what is hidden in it; `None` for a whole that names it."""
        left = value if isinstance(value, str) else self._left(value)
        return None if left is _GONE else left

    def _left(self, value: Any) -> Any:
        if self.hides(value):
            return _GONE
        if isinstance(value, Mapping):
            kept = {key: self._left(inner) for key, inner in value.items() if not self.hides(key)}
            return {key: inner for key, inner in kept.items() if inner is not _GONE}
        if isinstance(value, list | set | frozenset):
            return type(value)(one for one in map(self._left, value) if one is not _GONE)
        if isinstance(value, tuple):
            if any(self.hides(one) for one in value):
                return _GONE
            return value if hasattr(value, "_fields") else tuple(x for x in map(self._left, value) if x is not _GONE)
        if is_dataclass(value) and not isinstance(value, type):
            parts = {field.name: getattr(value, field.name) for field in fields(value)}
            if any(self.hides(part) for part in parts.values()):
                return _GONE
            lists = {name: self._left(part) for name, part in parts.items() if isinstance(part, tuple | list)}
            return replace(value, **{name: part for name, part in lists.items() if part is not _GONE})
        return value

    def rows(self, rows: Sequence[Row]) -> list[Row]:
        """The rows that name nothing hidden; what is hidden in their lists is left out."""
        seen = (row for row in rows if not any(self.hides(value) for value in row.values()))
        return [{name: self.shown(value) for name, value in row.items()} for row in seen]


@dataclass(frozen=True, slots=True)
class PublicStore:
    """A graph without what is hidden; it is only read."""

    store: Store
    sight: Sight

    def read(self, query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        """The rows of a named query, as many as were asked for when there are so many. Raises `StoreError`."""
        asked = dict(parameters or {})
        if query == "count_documents":
            return self._counted(self.store.read(query, asked))
        if "limit" not in asked:
            return self.sight.rows(self.store.read(query, asked))
        skip, want = int(asked.get("skip", 0)), int(asked["limit"])
        ask = skip + want + _MORE
        while True:
            rows = self.store.read(query, asked | {"limit": ask} | ({"skip": 0} if "skip" in asked else {}))
            seen = self.sight.rows(rows)
            if len(seen) >= skip + want or len(rows) < ask:
                return seen[skip : skip + want]
            ask *= 4

    def _counted(self, rows: Sequence[Row]) -> list[Row]:
        less = {True: len(self.sight.withheld.documents), False: len(self.sight.withheld.named)}
        return [{**row, "documents": max(0, int(row["documents"]) - less[bool(row["held"])])} for row in rows]

    def write(self, steps: Sequence[Step]) -> None:
        """Nothing is written through it."""
        raise PermissionError("the public view of a graph is only read")

    def close(self) -> None:
        """The graph is another's to close."""


class PublicShelf:
    """A library without what is hidden: whatever it is asked, what names a hidden document is left out."""

    def __init__(self, library: Shelf, sight: Sight) -> None:
        self._library, self._sight = library, sight

    def passage(self, source: str, words: str) -> Any:
        """Where most of the words stand in the text of a source; nowhere in a hidden one."""
        return None if self._sight.hides(source) else self._library.passage(source, words)

    def __getattr__(self, name: str) -> Any:
        """What the library has under that name."""
        found = getattr(self._library, name)
        if not callable(found):
            return found
        return lambda *given, **named: self._sight.shown(found(*given, **named))
