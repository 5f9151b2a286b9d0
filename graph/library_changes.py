"""What happens to the library: sources come, are read anew and go; judgements and imports too; each as a change of
the graph."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph import library_counts as counts
from graph import library_imports as imports
from graph import library_judgements as judgements
from graph import library_sources as sources
from graph.judgement import NOT_SAME, SAME, Judgement, done, standing
from graph.library_base import Database
from graph.library_log import JUDGEMENT, note
from graph.library_projection import Touched, changed, silence
from graph.library_rows import FileRow, Read
from graph.model import Change
from graph.projection import merged
from graph.projection_claims import Spoken
from graph.projection_facts import Fact, facts
from graph.projection_tables import Tables


def add(db: Database, tables: Tables, read: Read, file: FileRow, path: str) -> Change:
    """Keep what was read at a path; what was there before goes unless another path holds it."""
    with db.write():
        changes = [_put_file(db, tables, file)]
        if sources.row(db, read.source) is None:
            changes.append(read_anew(db, tables, read))
        changes.append(place(db, tables, path, file.sha256))
        return merged(changes)


def read_anew(db: Database, tables: Tables, read: Read) -> Change:
    """Put a reading in the place of the one that the library has of this source, if it has one."""
    printed = _facts(db, tables, read)
    key, old = sources.key_of(read), sources.row(db, read.source)
    touched = Touched({read.source}, {key} | ({old.key} if old else set()), {fact[0] for fact in printed})

    def act() -> None:
        silence(db, read.source)
        sources.delete(db, read.source)
        sources.insert(db, read, printed)

    with db.write():
        change = changed(db, tables, touched, act)
        db.run("DELETE FROM former WHERE key = ?", (key,))
        if old and old.key != key:
            _redirect(db, old.key, key)
        return change


def _facts(db: Database, tables: Tables, read: Read) -> frozenset[Fact]:
    marked = done(judgements.of_source(db, read.source))
    return facts(Spoken(read.source, sources.key_of(read), read.judged or read.said, read.text, marked), tables)


def _put_file(db: Database, tables: Tables, file: FileRow) -> Change:
    """Note a file; another format of a text that is held may let that text speak."""
    row = sources.row(db, file.source)
    if row is None or sources.file(db, file.sha256) == file:
        sources.put_file(db, file)
        return Change()

    def act() -> None:
        sources.put_file(db, file)
        sources.rank_again(db, file.source)

    return changed(db, tables, Touched({file.source}, {row.key}), act)


def place(db: Database, tables: Tables, path: str, sha256: str) -> Change:
    """Note that a path holds these bytes, which the library has; the bytes it held go unless another path has them."""
    with db.write():
        before = db.one("SELECT sha256 FROM paths WHERE path = ?", (path,))
        db.run("INSERT OR REPLACE INTO paths VALUES (?, ?)", (path, sha256))
        if before is None or before[0] == sha256:
            return Change()
        new = sources.file(db, sha256)
        return _let_go(db, tables, before[0], new.source if new else None)


def forget(db: Database, tables: Tables, path: str) -> Change:
    """Note that a path holds nothing any more; its bytes go unless another path has them."""
    with db.write():
        before = db.one("DELETE FROM paths WHERE path = ? RETURNING sha256", (path,))
        return _let_go(db, tables, before[0], None) if before else Change()


def _let_go(db: Database, tables: Tables, sha256: str, instead: str | None) -> Change:
    """Bytes that no path holds go, and their text when no other bytes decode to it."""
    file = sources.file(db, sha256)
    if file is None or db.one("SELECT 1 FROM paths WHERE sha256 = ? LIMIT 1", (sha256,)):
        return Change()
    row = sources.row(db, file.source)
    last = not [one for one in sources.files_of(db, file.source) if one.sha256 != sha256]

    def act() -> None:
        db.run("DELETE FROM files WHERE sha256 = ?", (sha256,))
        sources.rank_again(db, file.source)
        if last:
            silence(db, file.source)
            sources.delete(db, file.source)

    change = changed(db, tables, Touched({file.source}, {row.key} if row else set()), act)
    new = sources.row(db, instead) if instead else None
    if last and row and new and new.key != row.key and not counts.is_held(db, row.key):
        _redirect(db, row.key, new.key)
    return change


def remove(db: Database, tables: Tables, source: str) -> Change:
    """Take a source out with all its files and paths."""
    row = sources.row(db, source)
    if row is None:
        return Change()

    def act() -> None:
        silence(db, source)
        sources.delete(db, source)
        db.run("DELETE FROM paths WHERE sha256 IN (SELECT sha256 FROM files WHERE source = ?)", (source,))
        db.run("DELETE FROM files WHERE source = ?", (source,))

    with db.write():
        return changed(db, tables, Touched({source}, {row.key}), act)


def _redirect(db: Database, former: str, now: str) -> None:
    """A key that was printed once leads to the one that took its place, also where it was led to itself."""
    db.run("UPDATE former SET now = ? WHERE now = ?", (now, former))
    db.run("INSERT OR REPLACE INTO former VALUES (?, ?)", (former, now))
    db.run("DELETE FROM former WHERE key = now")


def judge(db: Database, tables: Tables, new: Sequence[Judgement], gone: Sequence[str] = ()) -> Change:
    """Keep judgements and forget others, as far as they are on pairs of keys or mark tasks done.

    Judgements that change a reading need it to be made anew: `read_anew` after this.
    """
    all_ = [*new, *(one for id in gone if (one := judgements.one(db, id)))]
    pairs = {key for one in all_ if one.what in (SAME, NOT_SAME) for key in (one.key, one.other) if key}
    touched = Touched({one.source for one in all_ if one.source}, pairs, again=bool(pairs))
    touched.keys |= {row.key for one in touched.sources if (row := sources.row(db, one))}

    def act() -> None:
        judgements.insert(db, new)
        judgements.delete(db, gone)
        note(db, [JUDGEMENT + one.id for one in new], [JUDGEMENT + id for id in gone])
        if pairs:
            counts.same_again(db, pairs, standing(judgements.of_keys(db)))

    with db.write():
        return changed(db, tables, touched, act)


def take_in(
    db: Database, tables: Tables, name: tuple[str, str, str], statements: Sequence[imports.Statement]
) -> Change:
    """Put (more) lines of an import in; `name` is its source, kind and file name. Lines known already are left out."""
    import_, kind, shown = name
    last = imports.last_line(db, import_)
    fresh = [one for one in statements if one.line > last]
    printed = [fact for one in fresh for fact in imports.facts(one)]
    touched = Touched(nodes={fact[0] for fact in printed}, relations=_relations(import_, fresh))

    def act() -> None:
        imports.insert(db, import_, kind, shown, fresh)
        counts.count(db, printed, 1)

    with db.write():
        return changed(db, tables, touched, act)


def take_out(db: Database, tables: Tables, import_: str, most: int = 500) -> Change | None:
    """Take the next lines of an import out; None when nothing of it is left."""
    lines = imports.first(db, import_, most)
    if not lines:
        with db.write():
            imports.delete(db, import_)
        return None
    printed = [fact for one in lines for fact in imports.facts(one)]
    touched = Touched(nodes={fact[0] for fact in printed}, relations=_relations(import_, lines))

    def act() -> None:
        db.run("DELETE FROM statements WHERE import = ? AND line <= ?", (import_, lines[-1].line))
        counts.count(db, printed, -1)

    with db.write():
        return changed(db, tables, touched, act)


def _relations(import_: str, lines: Iterable[imports.Statement]) -> set[tuple[str, str, str, str]]:
    return {(one.start, one.relation, one.end, import_) for one in lines if one.start and one.relation and one.end}
