"""What people should look at: contested keys, disputed dates, likely doubles, judgements without ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph import library_sources as sources
from graph.judgement import Judgement
from graph.key import BadKey, Key
from graph.library_base import Database
from graph.library_judgements import every
from graph.likeness import ALIKE, likeness
from graph.model import Reading
from graph.projection_facts import FLAG, NAMED, REGISTER, REPAIRED

_MOST_IN_BAND = 50


@dataclass(frozen=True, slots=True)
class Contested:
    """A key under which several different texts are held."""

    key: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disputed:
    """A key of which several dates are printed, with the number of sources for each; registers as "register: date"."""

    key: str
    dates: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Repaired:
    """A key that every source that names it prints in a form that had to be put right, by these rules."""

    key: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flagged:
    """A held document whose reading contradicts itself, in words."""

    key: str
    flag: str


@dataclass(frozen=True, slots=True)
class Likely:
    """Two sources with near-equal texts under different keys."""

    source: str
    other: str
    key: str
    other_key: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Dangling:
    """A judgement that cannot be applied as it was meant, and why."""

    judgement: Judgement
    why: str


def contested(db: Database, limit: int) -> list[Contested]:
    """Keys with several speaking sources, in order."""
    sql = "SELECT key FROM sources WHERE speaks GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT ?"
    keys = [key for (key,) in db.rows(sql, (limit,))]
    return [Contested(key, tuple(row.source for row in sources.rows_of(db, [key]) if row.speaks)) for key in keys]


def disputed(db: Database, limit: int) -> list[Disputed]:
    """Complete keys with several whole dates, most printed first."""
    dated = f"field IN ('date', '{REGISTER}date') AND length(value) = 10"
    several = "GROUP BY key HAVING count(DISTINCT value) > 1 ORDER BY sum(count) DESC, key"
    sql = f"SELECT key FROM printed WHERE {dated} {several}"
    found = []
    for (key,) in db.each(sql):
        if _complete(key):
            rows = db.rows(
                f"SELECT field, value, count FROM printed WHERE key = ? AND {dated} ORDER BY field, value", (key,)
            )
            dates = tuple((f"register: {date}" if field != "date" else date, count) for field, date, count in rows)
            found.append(Disputed(key, dates))
        if len(found) == limit:
            break
    return found


def repaired(db: Database, rules: Sequence[str], limit: int) -> list[Repaired]:
    """Keys that are known only from mentions put right by one of these rules, in order."""
    marks = ", ".join("?" * len(rules))
    sql = (
        f"SELECT key, group_concat(value, '|'), max(count) AS most FROM printed AS one WHERE field = '{REPAIRED}'"
        f" AND value IN ({marks}) GROUP BY key HAVING most >= (SELECT coalesce(sum(count), 0) FROM printed AS other"
        f" WHERE other.key = one.key AND other.field IN ('{NAMED}', '{REGISTER}{NAMED}')) ORDER BY key LIMIT ?"
    )
    return [Repaired(key, tuple(sorted(said.split("|")))) for key, said, _ in db.rows(sql, (*rules, limit))]


def flagged(db: Database, limit: int) -> list[Flagged]:
    """What is flagged in the readings that speak, in the order of their documents."""
    sql = "SELECT key, value FROM printed WHERE field = ? ORDER BY key, value LIMIT ?"
    return [Flagged(key, flag) for key, flag in db.rows(sql, (FLAG, limit))]


def likely(db: Database, limit: int) -> list[Likely]:
    """Pairs of near-equal texts under different keys of which one stands for its text alone, most alike first."""
    sql = (
        "SELECT DISTINCT one.source, other.source FROM near AS one JOIN near AS other USING (band)"
        " WHERE one.source < other.source AND one.band IN"
        f" (SELECT band FROM near GROUP BY band HAVING count(*) BETWEEN 2 AND {_MOST_IN_BAND}) LIMIT 10000"
    )
    pairs = [pair for one, other in db.rows(sql) if (pair := _pair(db, one, other))]
    return sorted(pairs, key=lambda pair: (-pair.likeness, pair.source, pair.other))[:limit]


def _pair(db: Database, one: str, other: str) -> Likely | None:
    rows = sources.row(db, one), sources.row(db, other)
    if rows[0] is None or rows[1] is None or rows[0].key == rows[1].key:
        return None
    if not any(_hashed(row.key) for row in rows if row):
        return None
    share = likeness(rows[0].signature, rows[1].signature)
    return Likely(one, other, rows[0].key, rows[1].key, round(share, 3)) if share >= ALIKE else None


def dangling(db: Database) -> list[Dangling]:
    """Judgements on sources that are not held, whose quote is not in the text, or that no mention or task begins at."""
    found = []
    for judgement in every(db):
        if judgement.source is None:
            continue
        read = sources.read_of(db, judgement.source)
        if read is None:
            found.append(Dangling(judgement, "its document is not held"))
        elif judgement.quote and judgement.quote.split() and not _quoted(judgement, read.text):
            found.append(Dangling(judgement, "its quote is not in the document"))
        elif judgement.start is not None and judgement.start not in starts_of(read.said):
            found.append(Dangling(judgement, "no mention or task begins there in the document as it is read now"))
    return found


def starts_of(reading: Reading) -> frozenset[int]:
    """Where the mentions and tasks of a reading begin: what a judgement can be about."""
    parts = (reading.citations, reading.programmes, reading.tasks, reading.unassigned)
    return frozenset(one.start for part in parts for one in part)


def _quoted(judgement: Judgement, text: str) -> bool:
    return " ".join((judgement.quote or "").split()) in " ".join(text.split())


def _complete(key: str) -> bool:
    parsed = _parsed(key)
    return parsed is not None and parsed.complete


def _hashed(key: str) -> bool:
    parsed = _parsed(key)
    return parsed is not None and parsed.hashed


def _parsed(key: str) -> Key | None:
    try:
        return Key.parse(key)
    except BadKey:
        return None
