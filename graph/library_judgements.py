"""Judgements in the library: kept as they were made, by the thing they are about."""

from __future__ import annotations

import json
from collections.abc import Iterable

from graph.judgement import NOT_SAME, SAME, Judgement, standing
from graph.library_base import Database


def insert(db: Database, judgements: Iterable[Judgement]) -> None:
    """Keep judgements; one that is there already is left as it is."""
    db.run_many(
        "INSERT OR IGNORE INTO judgements (id, what, source, start, key, other, said) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (one.id, one.what, one.source, one.start, one.key, one.other, json.dumps(one.to_json(), ensure_ascii=False))
            for one in judgements
        ),
    )


def delete(db: Database, ids: Iterable[str]) -> None:
    """Forget judgements."""
    db.run_many("DELETE FROM judgements WHERE id = ?", ((id,) for id in ids))


def every(db: Database) -> list[Judgement]:
    """All judgements, in the order of their ids."""
    return [_judgement(said) for (said,) in db.rows("SELECT said FROM judgements ORDER BY id")]


def one(db: Database, id: str) -> Judgement | None:
    """The judgement with this id."""
    found = db.one("SELECT said FROM judgements WHERE id = ?", (id,))
    return _judgement(found[0]) if found else None


def of_source(db: Database, source: str) -> list[Judgement]:
    """The judgements on the evidence of a source."""
    found = db.rows("SELECT said FROM judgements WHERE source = ? ORDER BY id", (source,))
    return [_judgement(said) for (said,) in found]


def of_keys(db: Database) -> tuple[Judgement, ...]:
    """The judgements on pairs of keys that stand."""
    found = db.rows("SELECT said FROM judgements WHERE what IN (?, ?) ORDER BY id", (SAME, NOT_SAME))
    return standing(_judgement(said) for (said,) in found)


def _judgement(said: str) -> Judgement:
    return Judgement(**{"what": "", **json.loads(said)})
