"""Which documents not everybody may see: those marked as limited, and what is known from them alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from graph.library_base import Database
from graph.library_counts import members
from graph.model import Header

# The remark that the library keeps of each limited source; its value is the key of the document.
_REMARK = "limited:"
_AFTER = "limited;"


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is kept from most readers: keys of limited documents, sources, and keys that only those sources name."""

    documents: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()


def is_limited(header: Header) -> bool:
    """Whether a document with this header is marked as limited, or as a state secret."""
    return bool(header.secrecy or header.circulation)


def remark(db: Database, source: str, key: str, limited: bool) -> None:
    """Note whether a source is limited."""
    if limited:
        db.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_REMARK + source, key))
    else:
        db.run("DELETE FROM meta WHERE name = ?", (_REMARK + source,))


def limited(db: Database) -> dict[str, str]:
    """The limited sources, each with the key of its document."""
    rows = db.rows("SELECT name, value FROM meta WHERE name >= ? AND name < ? ORDER BY name", (_REMARK, _AFTER))
    return {name.removeprefix(_REMARK): key for name, key in rows}


def withheld(db: Database) -> Withheld:
    """All that is kept from readers who may not see limited documents."""
    sources = limited(db)
    if not sources:
        return Withheld()
    documents = {same for key in set(sources.values()) for same in members(db, key)}
    sources = dict(sources) | {one: key for key in documents for one in _sources(db, key)}
    marks = ", ".join("?" * len(sources))
    named = [key for (key,) in db.rows(f"SELECT DISTINCT key FROM mentions WHERE source IN ({marks})", tuple(sources))]
    alone = {key for key in named if key not in documents and not _known_otherwise(db, key, sources)}
    return Withheld(frozenset(documents), frozenset(sources), frozenset(alone))


def _sources(db: Database, key: str) -> list[str]:
    return [source for (source,) in db.rows("SELECT source FROM sources WHERE key = ?", (key,))]


def _known_otherwise(db: Database, key: str, sources: Iterable[str]) -> bool:
    """Whether a document is held, imported, or named in a text that everybody may see."""
    if _sources(db, key) or db.one("SELECT 1 FROM statements WHERE key = ? OR end = ? LIMIT 1", (key, key)):
        return True
    marks = ", ".join("?" * len(list(sources)))
    sql = f"SELECT 1 FROM mentions WHERE key = ? AND source NOT IN ({marks}) LIMIT 1"
    return db.one(sql, (key, *sources)) is not None
