"""Backups: taken while another writes, put back whole or not at all, and refused when they are not sound."""

from __future__ import annotations

import sqlite3
import threading
import zipfile
from pathlib import Path

import pytest
from command import DEMO
from shelf import POOL

from api.cli import run
from graph.backup import back_up, restore
from graph.export import export_lines
from graph.library import Library, LibraryDamaged, LibraryError, LibraryLocked, LibraryNewer
from graph.library_schema import VERSION
from graph.stores import open_store
from ingest.intake import ingest_given
from ingest.upkeep import bring_up_to_date

POOL_GIVEN = [(name, text.encode()) for name, text in POOL.items()]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the pool of small documents."""
    place = tmp_path_factory.mktemp("home")
    fill(place, POOL_GIVEN)
    return place


def fill(place: Path, given: list[tuple[str, bytes]]) -> None:
    library, store = Library.open(place, durable=False), open_store(str(place / "graph.kgl"))
    ingest_given(given, library, store)
    store.close()
    library.close()


def exported(place: Path) -> list[str]:
    """The graph of a home, brought up to what its library says."""
    library, store = Library.open(place, durable=False), open_store(str(place / "graph.kgl"))
    bring_up_to_date(library, store)
    lines = list(export_lines(store))
    store.close()
    library.close()
    return lines


def test_what_comes_back_is_what_went_in(home: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    done = back_up(home, None, tmp_path / "b.zip", lambda *far: told.append(far))
    assert done.sources == len(set(POOL.values())) and done.originals == len(told) and not done.missing
    assert [path.name for path in tmp_path.iterdir()] == ["b.zip"]
    place = tmp_path / "back"
    assert restore(place, None, tmp_path / "b.zip") == done
    assert exported(place) == exported(home)
    library = Library.open(place)
    assert all(library.originals.get(row.sha256) for one in library.sources() for row in library.files_of(one.source))
    library.close()


def test_a_backup_taken_while_another_writes_is_the_library_at_one_moment(tmp_path: Path) -> None:
    place = tmp_path / "home"
    fill(place, POOL_GIVEN[:1])
    library, store = Library.open(place, durable=False), open_store(str(place / "graph.kgl"))

    def write() -> None:
        for one in POOL_GIVEN[1:]:
            ingest_given([one], library, store)

    writer = threading.Thread(target=write)
    writer.start()
    taken = []
    while writer.is_alive() or not taken:
        taken.append(back_up(place, None, tmp_path / f"{len(taken)}.zip"))
    writer.join()
    store.close()
    library.close()
    for number, done in enumerate(taken):
        back = tmp_path / f"back{number}"
        restore(back, None, tmp_path / f"{number}.zip")
        fresh = tmp_path / f"fresh{number}"
        kept = Library.open(back)
        names = {one.document for one in kept.sources()}
        kept.close()
        fill(fresh, [(name, content) for name, content in POOL_GIVEN if name in names])
        assert done.sources == len(names) and exported(back) == exported(fresh)


def test_a_library_that_is_there_stays_unless_it_is_to_go(home: Path, tmp_path: Path) -> None:
    back_up(home, None, tmp_path / "b.zip")
    place = tmp_path / "other"
    fill(place, POOL_GIVEN[:2])
    before = exported(place)
    with pytest.raises(LibraryError, match="--replace"):
        restore(place, None, tmp_path / "b.zip")
    assert exported(place) == before
    restore(place, None, tmp_path / "b.zip", replace=True)
    assert exported(place) == exported(home)


def test_an_empty_library_put_back_empties_the_graph(tmp_path: Path) -> None:
    fill(tmp_path / "empty", [])
    back_up(tmp_path / "empty", None, tmp_path / "b.zip")
    fill(tmp_path / "full", POOL_GIVEN[:2])
    restore(tmp_path / "full", None, tmp_path / "b.zip", replace=True)
    assert exported(tmp_path / "full") == []


def test_nothing_is_put_back_under_a_writer(home: Path, tmp_path: Path) -> None:
    back_up(home, None, tmp_path / "b.zip")
    library = Library.open(tmp_path / "busy")
    library.db.lease()
    with pytest.raises(LibraryLocked, match="in use"):
        restore(tmp_path / "busy", None, tmp_path / "b.zip", replace=True)
    library.close()


def rewritten(source: Path, target: Path, name: str, content: bytes | None) -> Path:
    """A backup with one part put in the place of another, or left out."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            if part == name and content is None:
                continue
            new.writestr(part, content if part == name and content is not None else old.read(part))
    return target


def test_what_is_no_sound_backup_is_refused_and_nothing_is_touched(home: Path, tmp_path: Path) -> None:
    good, place = tmp_path / "b.zip", tmp_path / "place"
    back_up(home, None, good)
    with zipfile.ZipFile(good) as archive:
        original = next(name for name in archive.namelist() if name.startswith("originals/"))
        about = archive.read("backup.json")
    (tmp_path / "torn.zip").write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    (tmp_path / "text.zip").write_text("no zip")
    newer = about.replace(f'"schema": {VERSION}'.encode(), b'"schema": 999')
    bad = [
        (tmp_path / "torn.zip", LibraryDamaged),
        (tmp_path / "text.zip", LibraryDamaged),
        (tmp_path / "none.zip", LibraryError),
        (rewritten(good, tmp_path / "1.zip", original, b"other"), LibraryDamaged),
        (rewritten(good, tmp_path / "2.zip", "library.sqlite", b"SQLite format 3\0" + bytes(4000)), LibraryDamaged),
        (rewritten(good, tmp_path / "3.zip", "backup.json", None), LibraryDamaged),
        (rewritten(good, tmp_path / "4.zip", "backup.json", newer), LibraryNewer),
    ]
    for path, kind in bad:
        with pytest.raises(kind):
            restore(place, None, path)
        assert not (place / "library.sqlite").exists()


def test_an_original_that_is_gone_is_said(tmp_path: Path) -> None:
    place = tmp_path / "home"
    fill(place, POOL_GIVEN[:2])
    [lost, *_] = [path for path in (place / "originals").rglob("*") if path.is_file()]
    lost.unlink()
    done = back_up(place, None, tmp_path / "b.zip")
    assert done.missing == (lost.name,) and done.originals == 1


def test_the_library_is_not_changed_by_a_backup(home: Path, tmp_path: Path) -> None:
    with sqlite3.connect(home / "library.sqlite") as db:
        before = db.execute("SELECT name, value FROM meta ORDER BY name").fetchall()
    back_up(home, None, tmp_path / "b.zip")
    with sqlite3.connect(home / "library.sqlite") as db:
        assert db.execute("SELECT name, value FROM meta ORDER BY name").fetchall() == before


def test_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one, other, file = tmp_path / "one", tmp_path / "other", tmp_path / "b.zip"
    assert run(["ingest", str(DEMO), "--home", str(one), "--workers", "0"]) == 0
    assert run(["backup", str(file), "--home", str(one)]) == 0
    assert run(["backup", str(file), "--home", str(one)]) == 3
    assert run(["backup", str(file), "--home", str(one), "--replace", "--json"]) == 0
    assert run(["restore", str(file), "--home", str(other)]) == 0
    assert "5 documents and 5 original files put in place" in capsys.readouterr().out
    assert run(["restore", str(file), "--home", str(other)]) == 3
    exports = []
    for place in (one, other):
        capsys.readouterr()
        assert run(["export", "--home", str(place)]) == 0
        exports.append(capsys.readouterr().out)
    assert exports[0] == exports[1] and exports[0]
    assert run(["backup", str(tmp_path / "n.zip"), "--home", str(tmp_path / "nothing")]) == 3
