"""Which texts share words, looked up by the runs of words that are kept of each."""

from __future__ import annotations

from collections import Counter

from graph.library_base import Database
from graph.runs import samples

# A run that more texts have than this is a form of words (letterheads, closing lines), not a copy.
MOST_TEXTS = 500


def put(db: Database, number: int, text: str) -> None:
    """Have a text found by its runs."""
    db.run_many("INSERT OR IGNORE INTO runs VALUES (?, ?)", ((run, number) for run in samples(text)))


def take_out(db: Database, number: int, text: str) -> None:
    """Have a text no longer found."""
    db.run_many("DELETE FROM runs WHERE run = ? AND number = ?", ((run, number) for run in samples(text)))


def sharing(db: Database, source: str, text: str, most: int) -> list[tuple[str, str, int]]:
    """(source, key, how many kept runs are shared) of the texts that share most with this one, ties by name."""
    counts: Counter[int] = Counter()
    for run in sorted(samples(text)):
        found = db.rows("SELECT number FROM runs WHERE run = ? LIMIT ?", (run, MOST_TEXTS + 1))
        if len(found) <= MOST_TEXTS:
            counts.update(number for (number,) in found)
    near = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[: most + 1]
    rows = [(*_named(db, number), many) for number, many in near]
    return sorted((row for row in rows if row[0] != source), key=lambda row: (-row[2], row[0]))[:most]


def _named(db: Database, number: int) -> tuple[str, str]:
    source, key = db.rows("SELECT source, key FROM sources WHERE number = ?", (number,))[0]
    return source, key
