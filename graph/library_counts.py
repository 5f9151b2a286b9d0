"""What sources print of each key, counted; and which keys people judged to be the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.judgement import SAME, Judgement
from graph.key import BadKey, Key
from graph.library_base import Database
from graph.library_search import count_titles
from graph.projection import Most
from graph.projection_facts import NAMED, REGISTER, Fact


def count(db: Database, facts: Iterable[Fact], times: int) -> None:
    """Count what a source prints (`times` 1) or count it no longer (-1)."""
    facts = list(facts)
    db.run_many(
        "INSERT INTO printed VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET count = count + excluded.count",
        ((*fact, times) for fact in facts),
    )
    if times < 0:
        db.run_many("DELETE FROM printed WHERE key = ? AND field = ? AND value = ? AND count <= 0", facts)
    count_titles(db, facts, times)


def most_printed(db: Database, members: Sequence[str]) -> Most:
    """The value of a field that most sources print of any of these keys, ties by the smallest."""
    marks = ", ".join("?" * len(members))
    several = (
        f"SELECT value FROM printed WHERE key IN ({marks}) AND field = ?"
        " GROUP BY value ORDER BY sum(count) DESC, value LIMIT 1"
    )
    one = "SELECT value FROM printed WHERE key = ? AND field = ? ORDER BY count DESC, value LIMIT 1"
    sql = one if len(members) == 1 else several

    def most(field: str) -> str | None:
        found = db.one(sql, (*members, field))
        return found[0] if found else None

    return most


def is_named(db: Database, members: Sequence[str]) -> bool:
    """Whether a source or an import names one of these keys."""
    marks = ", ".join("?" * len(members))
    sql = f"SELECT 1 FROM printed WHERE key IN ({marks}) AND field IN (?, ?) LIMIT 1"
    return db.one(sql, (*members, NAMED, REGISTER + NAMED)) is not None


def members(db: Database, key: str) -> tuple[str, ...]:
    """The keys that were judged to be the same as this one, with itself, in order."""
    found = db.rows("SELECT key FROM same WHERE class = (SELECT class FROM same WHERE key = ?) ORDER BY key", (key,))
    return tuple(one[0] for one in found) or (key,)


def canonical(db: Database, key: str) -> str:
    """The key under which the graph has this one: of keys judged the same the held, then the complete, then the
    smallest."""
    same = members(db, key)
    return same[0] if len(same) == 1 else min(same, key=lambda one: (not is_held(db, one), not _complete(one), one))


def is_held(db: Database, key: str) -> bool:
    """Whether a document with this very key is held."""
    return db.one("SELECT 1 FROM sources WHERE key = ? LIMIT 1", (key,)) is not None


def _complete(key: str) -> bool:
    try:
        return Key.parse(key).complete
    except BadKey:
        return False


def same_again(db: Database, keys: Iterable[str], judgements: Iterable[Judgement]) -> None:
    """Make the classes of these keys again from the judgements that stand."""
    touched = {other for key in keys for other in members(db, key)}
    pairs = [(one.key, one.other) for one in judgements if one.what == SAME and one.key and one.other]
    touched |= {key for pair in pairs for key in pair}
    db.run_many("DELETE FROM same WHERE key = ?", ((key,) for key in touched))
    classes = _classes(pairs)
    db.run_many("INSERT INTO same VALUES (?, ?)", classes.items())


def _classes(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The smallest key of each key's class."""
    above: dict[str, str] = {}

    def top(key: str) -> str:
        while (upper := above.setdefault(key, key)) != key:
            above[key] = key = above[upper]
        return key

    for pair in pairs:
        low, high = sorted(map(top, pair))
        above[high] = low
    return {key: top(key) for key in tuple(above)}
