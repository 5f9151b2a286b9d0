"""What came, changed and went since a cursor, for clients that keep a copy; narrowed by a saved search: an alert."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from graph.export import edges_of, nodes_of
from graph.library_log import JUDGEMENT
from graph.store import BATCH
from queries.answer import CorpusNote
from queries.corpus import Corpus, Shelf
from queries.errors import BadQuestion
from queries.saved import Filter, saved
from queries.scope import Scope

What = Literal["document", "task", "organization", "judgement"]
How = Literal["came", "changed", "went"]
_CURSOR = re.compile(r"([0-9a-f]{8})\.([0-9]{1,18})")
_LABELS: Mapping[What, str] = {"document": "Document", "task": "Task", "organization": "Organization"}


@dataclass(frozen=True, slots=True)
class Item:
    """One change. `node` is the node as it is now and `edges` all that start at it, as in an export: they take the
    place of what the client has under `id`. A judgement has neither, but `judgement`. What went has nothing."""

    id: str
    what: What
    how: How
    node: Mapping[str, Any] | None = None
    edges: tuple[Mapping[str, Any], ...] = ()
    judgement: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The next changes, the oldest first, each node once, as it is now.

    `cursor` is where to go on; there is `more` now. `again`: the graph was made anew after the cursor that was given;
    copy all of it again (`/export`), then go on from `cursor`.
    """

    items: tuple[Item, ...]
    cursor: str
    more: bool
    again: bool
    search: str | None
    corpus: CorpusNote


def changes(corpus: Corpus, since: str | None = None, scope: Scope | None = None, search: str | None = None) -> Changes:
    """What changed after the cursor `since`, at most `scope.limit` items; without one nothing, but the cursor of now.

    `search` is the id of a saved search: only documents that it finds (as they are now), and what went.
    Raises `BadQuestion`, `StoreError`.
    """
    scope, library = scope or Scope(), _library(corpus)
    wanted = saved(corpus, search).filter(corpus, scope) if search else Filter(scope)
    epoch, after = _place(since) if since else (library.epoch, library.last_change)
    again = epoch != library.epoch or after > library.last_change
    rows = () if again else library.changed(after, scope.limit + 1)
    page = rows[: scope.limit]
    at = library.last_change if again else page[-1][1] if page else after
    items = [item for some in _some(page) for item in _items(corpus, library, some, after)]
    return Changes(
        tuple(item for item in items if item.how == "went" or _fits(item, wanted)),
        f"{library.epoch}.{at}", len(rows) > scope.limit, again, search, corpus.note(),
    )  # fmt: skip


def _library(corpus: Corpus) -> Shelf:
    if corpus.library is None:
        raise BadQuestion("since", "there is no library here that notes changes")
    return corpus.library


def _place(cursor: str) -> tuple[str, int]:
    match = _CURSOR.fullmatch(cursor)
    if not match:
        raise BadQuestion("since", "give the `cursor` of an answer before")
    return match[1], int(match[2])


Row = tuple[str, int, int, bool]


def _some(page: Sequence[Row]) -> Iterator[Sequence[Row]]:
    return (page[at : at + BATCH] for at in range(0, len(page), BATCH))


def _items(corpus: Corpus, library: Shelf, rows: Sequence[Row], after: int) -> Iterator[Item]:
    """The changes of some rows; what the graph does not have any more is said to be gone."""
    here = [id for id, _, _, gone in rows if not gone]
    nodes: dict[str, dict[str, Any]] = {}
    edges: dict[str, list[dict[str, Any]]] = {}
    for what, label in _LABELS.items():
        nodes |= nodes_of(corpus.store, label, _of(here, what))
        edges |= edges_of(corpus.store, label, _of(here, what))
    for id, _, came, _ in rows:
        what, how = _what(id), "came" if came > after else "changed"
        judgement = library.judgement(id.removeprefix(JUDGEMENT)) if what == "judgement" else None
        if judgement:
            yield Item(id, what, how, judgement={"id": judgement.id, **judgement.to_json()})  # type: ignore[arg-type]
        elif id in nodes:
            yield Item(id, what, how, nodes[id], tuple(edges[id]))  # type: ignore[arg-type]
        else:
            yield Item(id, what, "went")


def _of(ids: Iterable[str], what: What) -> list[str]:
    return [id for id in ids if _what(id) == what]


def _what(id: str) -> What:
    starts: Mapping[str, What] = {JUDGEMENT: "judgement", "vn:task:": "task", "vn:org:": "organization"}
    return next((what for start, what in starts.items() if id.startswith(start)), "document")


def _fits(item: Item, wanted: Filter) -> bool:
    if not wanted.narrow:
        return True
    return item.what == "document" and item.node is not None and wanted.takes(item.node)
