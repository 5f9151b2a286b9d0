"""What changed when, node by node: for clients that keep a copy of the graph; and the searches that people saved.

Every edge hangs on the node that it starts at: a client that takes a changed node with all its outgoing edges has the
graph. Each change gets the next number; a node's row holds its last one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import count
from typing import Any

from graph.library_base import Database
from graph.model import Change

EPOCH = "epoch"
JUDGEMENT = "judgement:"


def log(db: Database, change: Change) -> None:
    """Note which nodes a change of the graph touches; within the transaction that makes it."""
    gone = {node.id for node in change.remove_nodes}
    touched = {node.id for node in change.put_nodes}
    touched |= {edge.start for edge in (*change.put_edges, *change.remove_edges)}
    note(db, sorted(touched - gone), sorted(gone))


def note(db: Database, touched: Iterable[str], gone: Iterable[str] = ()) -> None:
    """Give these ids the next numbers."""
    numbers = count(last(db) + 1)
    db.run_many(
        "INSERT INTO changes (id, number, came, gone) VALUES (?1, ?2, ?2, ?3) ON CONFLICT (id) DO UPDATE"
        " SET came = CASE WHEN gone THEN excluded.came ELSE came END, number = excluded.number, gone = excluded.gone",
        ((id, next(numbers), is_gone) for is_gone, ids in ((0, touched), (1, gone)) for id in ids),
    )


def last(db: Database) -> int:
    """The last number given."""
    return int(db.rows("SELECT coalesce(max(number), 0) FROM changes")[0][0])


def settled(db: Database) -> int:
    """The last number whose change the graph has confirmed, as all before it."""
    found = db.rows("SELECT min(number) FROM pending")[0][0]
    return last(db) if found is None else int(found)


def changed(db: Database, after: int, limit: int) -> list[tuple[str, int, int, bool]]:
    """(id, number, number at which it came, whether it is gone) of what changed after a number, in their order."""
    sql = "SELECT id, number, came, gone FROM changes WHERE number > ? AND number <= ? ORDER BY number LIMIT ?"
    return [(id, number, came, bool(gone)) for id, number, came, gone in db.rows(sql, (after, settled(db), limit))]


def begin(db: Database, epoch: str) -> None:
    """The graph is made anew: numbers given before mean nothing any more."""
    db.run("DELETE FROM changes")
    db.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", (EPOCH, epoch))


def searches(db: Database) -> list[tuple[str, dict[str, Any]]]:
    """(id, what it says) of every saved search, by id."""
    return [(id, json.loads(said)) for id, said in db.rows("SELECT id, said FROM searches ORDER BY id")]


def save_search(db: Database, id: str, said: dict[str, Any]) -> None:
    """Keep a search."""
    db.run("INSERT OR REPLACE INTO searches VALUES (?, ?)", (id, json.dumps(said, ensure_ascii=False, sort_keys=True)))


def forget_search(db: Database, id: str) -> bool:
    """Forget a search; whether there was one."""
    return db.run("DELETE FROM searches WHERE id = ?", (id,)) > 0
