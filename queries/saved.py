"""Searches that people saved: words and filters under a name, for changes to be narrowed by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from queries.answer import CorpusNote, Document
from queries.corpus import Corpus
from queries.errors import NamesNothing
from queries.scope import Scope
from queries.search import Narrow, by_number, read_as, tests


@dataclass(frozen=True, slots=True)
class Filter:
    """What changes are narrowed to: `ids` (None: any) that the scope and the kinds and years let pass."""

    scope: Scope
    kinds: Narrow = Narrow()  # noqa: RUF009 - frozen
    ids: frozenset[str] | None = None

    @property
    def narrow(self) -> bool:
        """Whether anything is left out at all."""
        return self.ids is not None or self.scope.narrowed or bool(self.scope.as_of) or self.kinds != Narrow()

    def takes(self, node: Mapping[str, Any]) -> bool:
        """Whether a document, as an export prints its node, is among those wanted."""
        document = Document.of(node)
        dated = (document.date_first or "") <= self.scope.last_day
        passes = all(test(document) for test in tests(self.scope, self.kinds).values())
        return dated and passes and (self.ids is None or document.id in self.ids)


@dataclass(frozen=True, slots=True)
class Search:
    """A saved search: `words` as in search (empty: any document), and filters. `id` is made of what it says."""

    name: str
    words: str = ""
    kinds: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    held: bool | None = None

    @property
    def id(self) -> str:
        """16 hex of what it says."""
        said = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]

    def filter(self, corpus: Corpus, scope: Scope) -> Filter:
        """What it finds now. Raises `StoreError`."""
        held = self.held if scope.held is None else scope.held
        issuers, places = (*self.issuers, *scope.issuers), (*self.places, *scope.places)
        within = Scope(as_of=scope.as_of, held=held, issuers=issuers, places=places)
        ids = None
        if self.words and corpus.library:
            ids = frozenset(corpus.library.matching(self.words)) | set(by_number(corpus, read_as(self.words)))
        return Filter(within, Narrow(self.kinds, self.years), ids)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved search with its id."""

    id: str
    search: Search


@dataclass(frozen=True, slots=True)
class Searches:
    """The saved searches, by name."""

    searches: tuple[Saved, ...]
    corpus: CorpusNote


def searches(corpus: Corpus) -> Searches:
    """All saved searches. Raises `StoreError`."""
    said = corpus.library.searches() if corpus.library else ()
    found = sorted((Saved(id, _of(one)) for id, one in said), key=lambda one: (one.search.name, one.id))
    return Searches(tuple(found), corpus.note())


def saved(corpus: Corpus, id: str) -> Search:
    """The search with this id. Raises `NamesNothing` when none is saved."""
    for known, said in corpus.library.searches() if corpus.library else ():
        if known == id:
            return _of(said)
    raise NamesNothing("search", f"no search {id!r} is saved; `vanban searches` lists them")


def _of(said: Mapping[str, Any]) -> Search:
    values: dict[str, Any] = {name: tuple(one) if isinstance(one, list) else one for name, one in said.items()}
    return Search(**values)
