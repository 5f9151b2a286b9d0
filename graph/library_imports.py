"""Imported statements in the library: rows of registers and lines of other graphs, each import a source of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph.library_base import Database
from graph.model import Edge, Node
from graph.projection import is_body
from graph.projection_claims import TASK
from graph.projection_facts import NAMED, REGISTER, Fact

# What a register may say of a document, and another graph of a body, as their nodes have it.
FIELDS = ("number", "kind", "issuer", "date", "subject", "validity", "effective_from", "effective_to")
BODY_FIELDS = ("name", "level", "class", "valid_from", "valid_to")
TASK_FIELDS = ("text", "deadline", "due_first", "due_last", "rrule", "derived", "product", "done")


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of an import: of a document (`key`, values of `FIELDS`), or an edge (`start`, `relation`, `end`)."""

    line: int
    said: Mapping[str, Any]
    key: str | None = None
    start: str | None = None
    relation: str | None = None
    end: str | None = None


def insert(db: Database, name: str, kind: str, shown: str, statements: Iterable[Statement]) -> None:
    """Put lines of an import in: `name` ("import-…") is its source, `kind` "register" or "jsonl", `shown` its file."""
    db.run("INSERT OR IGNORE INTO imports VALUES (?, ?, ?)", (name, kind, shown))
    db.run_many(
        "INSERT INTO statements (import, line, start, relation, end, key, said) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (name, one.line, one.start, one.relation, one.end, one.key, json.dumps(one.said, ensure_ascii=False))
            for one in statements
        ),
    )


def delete(db: Database, name: str) -> None:
    """Take an import out."""
    for table in ("statements", "imports"):
        db.run(f"DELETE FROM {table} WHERE import = ?", (name,))


def has(db: Database, name: str) -> bool:
    """Whether an import is in the library."""
    return db.one("SELECT 1 FROM imports WHERE import = ?", (name,)) is not None


def names(db: Database) -> list[tuple[str, str, str]]:
    """(source, kind, file name) of each import, in order."""
    return [(source, kind, shown) for source, kind, shown in db.rows("SELECT * FROM imports ORDER BY import")]


def registers(db: Database, keys: Sequence[str]) -> list[str]:
    """The files of the registers that list one of these documents."""
    marks = ", ".join("?" * len(keys))
    sql = (
        "SELECT DISTINCT name FROM statements JOIN imports USING (import)"
        f" WHERE kind = 'register' AND key IN ({marks}) ORDER BY name"
    )
    return [name for (name,) in db.rows(sql, keys)]


def last_line(db: Database, name: str) -> int:
    """The last line of an import that is in the library, -1 for none: lines come in order."""
    found = db.one("SELECT max(line) FROM statements WHERE import = ?", (name,))
    return -1 if found is None or found[0] is None else int(found[0])


def first(db: Database, name: str, most: int) -> list[Statement]:
    """The first statements of an import, in the order of its lines."""
    columns = "line, said, key, start, relation, end"
    sql = f"SELECT {columns} FROM statements WHERE import = ? ORDER BY line LIMIT ?"
    return [Statement(line, json.loads(said), *names) for line, said, *names in db.rows(sql, (name, most))]


def facts(statement: Statement) -> Iterator[Fact]:
    """What an imported line is counted for."""
    for id in filter(None, (statement.key, statement.start, statement.end)):
        yield id, REGISTER + NAMED, ""
    if statement.key:
        fields = () if statement.key.startswith(TASK) else BODY_FIELDS if is_body(statement.key) else FIELDS
        values = ((field, statement.said.get(field)) for field in fields)
        yield from ((statement.key, REGISTER + field, value) for field, value in values if isinstance(value, str))


def task_node(db: Database, id: str) -> Node:
    """The node of a task that an import names; of several the smallest."""
    found = db.one("SELECT said FROM statements WHERE key = ? ORDER BY said LIMIT 1", (id,))
    said = json.loads(found[0]) if found else {}
    return Node(id, ("Task",), {"id": id, **{field: said.get(field) for field in TASK_FIELDS}})


def tasks_of(db: Database, source: str) -> set[str]:
    """The imported tasks of a source's document."""
    first = f"{TASK}{source}:"
    ranges = "SELECT DISTINCT {0} FROM statements WHERE {0} >= ? AND {0} < ?"
    sql = " UNION ".join(ranges.format(column) for column in ("key", "start", "end"))
    return {id for (id,) in db.rows(sql, (first, f"{TASK}{source};") * 3)}


def edges_like(db: Database, name: str, edge: tuple[str, str, str]) -> list[Statement]:
    """The lines of an import that state this relation."""
    sql = (
        "SELECT line, said, key, start, relation, end FROM statements"
        " WHERE start = ? AND relation = ? AND end = ? AND import = ? ORDER BY line"
    )
    return [Statement(line, json.loads(said), *ends) for line, said, *ends in db.rows(sql, (*edge, name))]


def touching(db: Database, keys: Sequence[str]) -> list[tuple[str, Statement]]:
    """The imported edges at these keys, each with its import."""
    marks = ", ".join("?" * len(keys))
    sql = (
        "SELECT import, line, said, key, start, relation, end FROM statements"
        f" WHERE start IN ({marks}) OR end IN ({marks}) ORDER BY import, line"
    )
    return [
        (name, Statement(line, json.loads(said), *ends)) for name, line, said, *ends in db.rows(sql, (*keys, *keys))
    ]


_LISTS = ("starts", "ends", "quotes", "quote_starts", "quote_ends", "pinpoints")


def edge(name: str, ends: tuple[str, str, str], statements: Sequence[Statement], confidence: float) -> Edge:
    """The edge that one or more lines of an import state; their evidence one after the other."""
    said = [one.said for one in sorted(statements, key=lambda one: json.dumps(one.said, sort_keys=True))]
    properties: dict[str, Any] = {field: [value for one in said for value in one.get(field) or []] for field in _LISTS}
    first = said[0]
    properties |= {key: first[key] for key in ("asserted_by", "role", "field") if isinstance(first.get(key), str)}
    properties |= {"method": str(first.get("method") or "import"), "confidence": first.get("confidence", confidence)}
    return Edge(*ends, name, properties)
