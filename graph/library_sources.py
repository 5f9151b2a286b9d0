"""Sources in the library: texts, readings, files and paths; which of several with one key speaks."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from graph import library_runs as runs
from graph.folding import fold
from graph.judgement import Judgement, done
from graph.library_base import Database
from graph.library_limited import is_limited, remark
from graph.library_rows import (
    FileRow,
    Mention,
    Read,
    SourceRow,
    pack_facts,
    pack_reading,
    pack_text,
    unpack_facts,
    unpack_reading,
    unpack_text,
)
from graph.likeness import alike, bands
from graph.model import Reading
from graph.projection_claims import Spoken
from graph.projection_facts import Fact

_ROW = "SELECT source, key, speaks, rank, document, signature FROM sources"
# The keys asked for, each with those judged the same; CROSS JOIN keeps the engine to this order.
_PATHS = """
    WITH asked AS (SELECT value AS key FROM json_each(?)),
    alike AS (
        SELECT key, key AS other FROM asked
        UNION SELECT asked.key, two.key FROM asked CROSS JOIN same one USING (key) CROSS JOIN same two USING (class)
    )
    SELECT DISTINCT alike.key, path FROM alike CROSS JOIN sources ON sources.key = other
    CROSS JOIN files USING (source) CROSS JOIN paths USING (sha256) ORDER BY path
"""
_SUBJECT_LENGTH = 400


def key_of(read: Read) -> str:
    """The key of a document; one that was given none has the hash of its text as decoded."""
    return (read.judged or read.said).key or f"vn:_:_:_:_:~{read.source}"


def insert(db: Database, read: Read, facts: Iterable[Fact]) -> None:
    """Put a source in, silent: nothing it prints is counted before it speaks. One with the same text goes first."""
    number = db.one(
        "INSERT INTO sources (source, key, document, signature, facts) VALUES (?, ?, ?, ?, ?) RETURNING number",
        (read.source, key_of(read), read.said.document, read.signature, pack_facts(facts)),
    )
    assert number is not None
    judged = pack_reading(read.judged) if read.judged is not None else None
    db.run("INSERT INTO texts VALUES (?, ?)", (*number, pack_text(read.text)))
    db.run("INSERT INTO readings VALUES (?, ?, ?)", (*number, pack_reading(read.said), judged))
    db.run("INSERT INTO search (rowid, number, subject, text) VALUES (?, ?, ?, ?)", (*number, *_searched(read)))
    runs.put(db, number[0], read.text)
    db.run_many("INSERT OR IGNORE INTO mentions VALUES (?, ?, ?, ?, ?)", _mentions(read))
    db.run_many("INSERT OR IGNORE INTO near VALUES (?, ?)", ((band, read.source) for band in bands(read.signature)))
    remark(db, read.source, key_of(read), is_limited((read.judged or read.said).header))
    rank_again(db, read.source)


def delete(db: Database, source: str) -> None:
    """Take a source out; what it printed must be uncounted before."""
    row = db.one("SELECT number FROM sources WHERE source = ?", (source,))
    read = read_of(db, source)
    if row is None or read is None:
        return
    removed = ("delete", *row, *_searched(read))
    db.run("INSERT INTO search (search, rowid, number, subject, text) VALUES (?, ?, ?, ?, ?)", removed)
    runs.take_out(db, row[0], read.text)
    for table in ("texts", "readings", "sources"):
        db.run(f"DELETE FROM {table} WHERE number = ?", row)
    for table in ("mentions", "near"):
        db.run(f"DELETE FROM {table} WHERE source = ?", (source,))
    remark(db, source, "", False)


def _searched(read: Read) -> tuple[str, str, str]:
    header = read.said.header
    return fold(header.number or ""), fold(header.subject or "")[:_SUBJECT_LENGTH], fold(read.text)


def _mentions(read: Read) -> Iterator[tuple[str, int, int, str, str]]:
    reading = read.judged or read.said
    for citation in reading.citations:
        if citation.key:
            yield read.source, citation.start, citation.end, citation.key, "citation"
    for programme in reading.programmes:
        for key, part in ((programme.key, "programme"), (programme.approved_by_key, "act")):
            if key:
                yield read.source, programme.start, programme.end, key, part
    for statement in reading.extra_edges:
        for key in filter(None, (statement.from_key, statement.to_key)):
            yield read.source, statement.start, statement.end, key, "statement"


def row(db: Database, source: str) -> SourceRow | None:
    """One source, None when the library does not have it."""
    found = db.one(f"{_ROW} WHERE source = ?", (source,))
    return _row(found) if found else None


def rows_of(db: Database, keys: Sequence[str]) -> list[SourceRow]:
    """The sources whose documents have one of these keys: best format first, then by name."""
    marks = ", ".join("?" * len(keys))
    return [_row(one) for one in db.rows(f"{_ROW} WHERE key IN ({marks}) ORDER BY rank, source", keys)]


def each_row(db: Database) -> Iterator[SourceRow]:
    """All sources, in the order of their names."""
    last = ""
    while page := db.rows(f"{_ROW} WHERE source > ? ORDER BY source LIMIT 500", (last,)):
        yield from (_row(one) for one in page)
        last = page[-1][0]


def _row(found: Sequence[object]) -> SourceRow:
    source, key, speaks, rank, document, signature = found
    assert isinstance(source, str) and isinstance(key, str) and isinstance(rank, int)
    assert isinstance(document, str) and isinstance(signature, bytes)
    return SourceRow(source, key, bool(speaks), rank, document, signature)


def text_of(db: Database, source: str) -> str | None:
    """The text of a source as decoded."""
    found = db.one("SELECT text FROM texts JOIN sources USING (number) WHERE source = ?", (source,))
    return unpack_text(found[0]) if found else None


def reading_of(db: Database, source: str) -> Reading | None:
    """The reading of a source with what people judged."""
    read = db.one("SELECT coalesce(judged, said) FROM readings JOIN sources USING (number) WHERE source = ?", (source,))
    return unpack_reading(read[0]) if read else None


def read_of(db: Database, source: str) -> Read | None:
    """A source with its text and its reading, as read and as judged."""
    found = db.one(
        "SELECT text, said, judged, signature FROM sources JOIN texts USING (number) JOIN readings USING (number)"
        " WHERE source = ?",
        (source,),
    )
    if found is None:
        return None
    text, said, judged, signature = found
    judged = unpack_reading(judged) if judged else None
    return Read(source, unpack_text(text), unpack_reading(said), judged, signature)


def facts_of(db: Database, source: str) -> list[Fact]:
    """What a source was counted for, or would be if it spoke."""
    found = db.one("SELECT facts FROM sources WHERE source = ?", (source,))
    return unpack_facts(found[0]) if found else []


def spoken_of(db: Database, source: str, judgements: Iterable[Judgement]) -> Spoken | None:
    """A source as it is projected."""
    read = read_of(db, source)
    if read is None:
        return None
    return Spoken(source, key_of(read), read.judged or read.said, read.text, done(judgements))


def mentions_of(db: Database, keys: Sequence[str]) -> list[Mention]:
    """Every mention of these keys, in the order of sources and texts."""
    marks = ", ".join("?" * len(keys))
    order = "source, start, end, key, part"
    sql = f"SELECT {order} FROM mentions WHERE key IN ({marks}) ORDER BY {order}"
    return [Mention(*found) for found in db.rows(sql, keys)]


def speakers(rows: Sequence[SourceRow]) -> set[str]:
    """Of sources with one key the ones that speak: of near-equal texts the best format, of different texts each."""
    groups: list[list[SourceRow]] = []
    for one in rows:
        near = [group for group in groups if any(alike(one.signature, other.signature) for other in group)]
        groups = [group for group in groups if group not in near] + [[one, *(other for g in near for other in g)]]
    return {min(group, key=lambda one: (one.rank, one.source)).source for group in groups}


def put_file(db: Database, file: FileRow) -> None:
    """Note bytes that were read."""
    values = (file.sha256, file.source, file.format, file.reader, file.encoding, file.size, file.rank, file.map)
    db.run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)


def rank_again(db: Database, source: str) -> None:
    """The rank of a source is the best one of its files."""
    db.run(
        "UPDATE sources SET rank = coalesce((SELECT min(rank) FROM files WHERE files.source = sources.source), 0)"
        " WHERE source = ?",
        (source,),
    )


def files_of(db: Database, source: str) -> list[FileRow]:
    """The files that decode to a source, the best format first."""
    found = db.rows("SELECT * FROM files WHERE source = ? ORDER BY rank, sha256", (source,))
    return [FileRow(*one) for one in found]


def paths_by_key(db: Database, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The paths of each of these documents that has some, in order; also by keys judged the same."""
    found: dict[str, list[str]] = {key: [] for key in keys}
    for key, path in db.rows(_PATHS, (json.dumps(list(found)),)):
        found[key].append(path)
    return {key: tuple(paths) for key, paths in found.items() if paths}


def file(db: Database, sha256: str) -> FileRow | None:
    """The file with these bytes."""
    found = db.one("SELECT * FROM files WHERE sha256 = ?", (sha256,))
    return FileRow(*found) if found else None
