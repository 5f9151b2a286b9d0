"""The graph's rows for some of the library's sources and keys, before and after it changes; and all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from graph import library_counts as counts
from graph import library_imports as imports
from graph import library_sources as sources
from graph.library_base import Database
from graph.library_judgements import of_source
from graph.model import Change, Edge, Node
from graph.projection import Known, Projection, body_node, difference, document_node, is_body, source_rows
from graph.projection_claims import TASK
from graph.projection_facts import NAMED, REGISTER
from graph.projection_tables import Tables

_T = TypeVar("_T")
_PAGE = 500


@dataclass(slots=True)
class Touched:
    """What a change of the library may touch.

    `sources`: those that come, go or are read anew; `keys`: whose group of sources may change; `nodes`: keys whose
    counts may change; `relations`: (start, relation, end, import) of imported lines. `again`: the keys may get another
    name in the graph, so that whoever mentions them (`mentioning`) states it anew.
    """

    sources: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    nodes: set[str] = field(default_factory=set)
    relations: set[tuple[str, str, str, str]] = field(default_factory=set)
    again: bool = False
    mentioning: set[str] = field(default_factory=set)


def changed(db: Database, tables: Tables, touched: Touched, act: Callable[[], None]) -> Change:
    """Run `act` in the library and give what it changes in the graph; for use inside `db.write()`."""
    _widen(db, touched)
    before = _rows(db, tables, touched)
    act()
    _widen(db, touched)
    for key in sorted(touched.keys):
        _regroup(db, counts.members(db, key))
    return difference(before, _rows(db, tables, touched))


def _widen(db: Database, touched: Touched) -> None:
    """What shares a key with what is touched is touched too."""
    keys = {other for key in touched.keys for other in counts.members(db, key)}
    again = touched.again or len(keys) > len(touched.keys)
    touched.keys |= keys
    touched.nodes |= keys
    touched.sources |= {row.source for row in sources.rows_of(db, sorted(keys))}
    touched.sources |= {id.split(":")[2] for id in touched.nodes if id.startswith(TASK)}
    for source in touched.sources:
        touched.nodes |= {key for key, _, _ in sources.facts_of(db, source)} | imports.tasks_of(db, source)
    if again:
        touched.mentioning |= {mention.source for mention in sources.mentions_of(db, sorted(keys))}
        found = imports.touching(db, sorted(keys))
        touched.relations |= {(one.start or "", one.relation or "", one.end or "", name) for name, one in found}


def _regroup(db: Database, members: tuple[str, ...]) -> None:
    """Let the right ones of the sources with one key speak, and count what they print."""
    rows = sources.rows_of(db, members)
    speak = sources.speakers(rows)
    for row in rows:
        if row.speaks != (row.source in speak):
            counts.count(db, sources.facts_of(db, row.source), -1 if row.speaks else 1)
            db.run("UPDATE sources SET speaks = ? WHERE source = ?", (not row.speaks, row.source))


def silence(db: Database, source: str) -> None:
    """Count no longer what a source prints, before it goes or is read anew."""
    row = sources.row(db, source)
    if row and row.speaks:
        counts.count(db, sources.facts_of(db, source), -1)
        db.run("UPDATE sources SET speaks = 0 WHERE source = ?", (source,))


def _rows(db: Database, tables: Tables, touched: Touched) -> Projection:
    rows = Projection()
    for id in sorted({counts.canonical(db, key) for key in touched.nodes}):
        rows.add(*_of_key(db, tables, id))
    # After what imports say of tasks: a source that is held says it better.
    for source in sorted(touched.sources | touched.mentioning):
        row = sources.row(db, source)
        if row and row.speaks:
            said = _of_source(db, tables, source)
            rows.add(said.nodes.values(), said.edges.values())
    for start, relation, end, name in sorted(touched.relations):
        rows.add(edges=_imported(db, tables, name, (start, relation, end)))
    return rows


def _of_source(db: Database, tables: Tables, source: str) -> Projection:
    spoken = sources.spoken_of(db, source, of_source(db, source))
    return source_rows(spoken, tables, lambda key: counts.canonical(db, key)) if spoken else Projection()


def _of_key(db: Database, tables: Tables, id: str) -> tuple[list[Node], list[Edge]]:
    """The node of a key and the shipped edges from it; nothing when nobody names it."""
    same = counts.members(db, id)
    if not counts.is_named(db, same):
        return [], []
    if id.startswith(TASK):
        return [imports.task_node(db, id)], []
    most = counts.most_printed(db, same)
    if is_body(id):
        return [body_node(id, most)], _kin(db, tables, same)
    speak = [row for row in sources.rows_of(db, same) if row.speaks]
    reading = sources.reading_of(db, speak[0].source) if speak else None
    known = Known(most, reading.header if reading else None, len(speak))
    return [document_node(id, known, tables)], []


def _kin(db: Database, tables: Tables, same: Iterable[str]) -> list[Edge]:
    found = []
    for id in same:
        for edge in tables.kin(id)[1]:
            start, end = counts.canonical(db, edge.start), counts.canonical(db, edge.end)
            if start != end:
                found.append(Edge(start, edge.relation, end, edge.source, edge.properties))
    return found


def _imported(db: Database, tables: Tables, name: str, edge: tuple[str, str, str]) -> list[Edge]:
    """The edge that lines of an import state between these keys, or keys that are the same."""
    start, relation, end = edge
    ends = counts.canonical(db, start), relation, counts.canonical(db, end)
    lines = [
        line
        for one in counts.members(db, start)
        for other in counts.members(db, end)
        for line in imports.edges_like(db, name, (one, relation, other))
    ]
    return [imports.edge(name, ends, lines, tables.sure("import"))] if lines and ends[0] != ends[2] else []


def everything(db: Database, tables: Tables) -> Iterator[Change]:
    """All rows of the graph in parts that may be written one after the other: ends come before their edges."""
    for page in _pages(_names(db)):
        yield Change(put_nodes=tuple(node for id in page for node in _of_key(db, tables, id)[0]))
    for row in sources.each_row(db):
        said = _of_source(db, tables, row.source) if row.speaks else Projection()
        yield Change(put_nodes=tuple(said.nodes.values()), put_edges=tuple(said.edges.values()))
    for page in _pages(id for id in _names(db) if is_body(id)):
        yield Change(put_edges=tuple(edge for id in page for edge in _of_key(db, tables, id)[1]))
    for name, _, _ in imports.names(db):
        for lines in _pages(sorted(_relations(db, name))):
            yield Change(put_edges=tuple(edge for one in lines for edge in _imported(db, tables, name, one)))


def _names(db: Database) -> Iterator[str]:
    """The keys of the graph's documents and bodies, each once."""
    last, seen = "", set()
    sql = "SELECT DISTINCT key FROM printed WHERE key > ? AND field IN (?, ?) ORDER BY key LIMIT 500"
    while page := db.rows(sql, (last, NAMED, REGISTER + NAMED)):
        for (key,) in page:
            id = counts.canonical(db, key)
            if id != key or len(counts.members(db, key)) > 1:
                if id in seen:
                    continue
                seen.add(id)
            yield id
        last = page[-1][0]


def _relations(db: Database, name: str) -> Iterator[tuple[str, str, str]]:
    sql = "SELECT DISTINCT start, relation, end FROM statements WHERE import = ? AND relation IS NOT NULL"
    yield from ((start, relation, end) for start, relation, end in db.each(sql, (name,)))


def _pages(items: Iterable[_T]) -> Iterator[list[_T]]:
    page: list[_T] = []
    for item in items:
        page.append(item)
        if len(page) == _PAGE:
            yield page
            page = []
    if page:
        yield page
