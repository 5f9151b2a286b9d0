"""Bad input through the real command: a clear message, the right code, and all work before it kept."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from command import DEMO, started, vanban

from graph.stores import open_store

pytestmark = pytest.mark.slow
# More than are read before a signal comes, however slow the rest of the machine is.
MANY = 3_000
GOOD = DEMO / "001_5c18f8e189779d4f.txt"
HELD = "vn:state:ubnd@binh-thuan:cv:2022:3933"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    assert vanban(home, "ingest", GOOD).returncode == 0
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    """A home of its own that holds one document."""
    return Path(shutil.copytree(filled, tmp_path / "home"))


def holds(home: Path, key: str = HELD) -> bool:
    return vanban(home, "document", key).stdout.count("held") > 0


def wait_for(home: Path, documents: int = 1) -> None:
    """Until the library holds so many documents; a minute at most."""
    for _ in range(1200):
        time.sleep(0.05)
        if (home / "library.sqlite").exists() and held(home) >= documents:
            return
    raise AssertionError("nothing was ingested within a minute")


def held(home: Path) -> int:
    """How many sources the library has, as another process sees it; 0 while it is being made."""
    try:
        with closing(sqlite3.connect(home / "library.sqlite")) as library:
            return int(library.execute("SELECT count(*) FROM sources").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def bad_files(folder: Path) -> dict[str, str]:
    """Files that cannot be read, each with a word of the reason."""
    folder.mkdir()
    (folder / "empty.txt").touch()
    (folder / "binary.txt").write_bytes(os.urandom(64) + b"\0" * 64)
    (folder / "encoded.txt").write_bytes(bytes(range(0x80, 0x100)) * 20 + b"\x81\x8d\x8f\x90\x9d" * 50)
    with (folder / "huge.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    return {"empty.txt": "empty", "binary.txt": "not text", "encoded.txt": "not text", "huge.txt": "200 MB"}


def test_files_that_cannot_be_read_are_named_with_the_reason_and_the_others_come_in(tmp_path: Path) -> None:
    reasons = bad_files(tmp_path / "files")
    shutil.copy(GOOD, tmp_path / "files" / "good.txt")
    done = vanban(tmp_path / "home", "ingest", tmp_path / "files")
    assert done.returncode == 1
    for name, reason in reasons.items():
        line = next(line for line in done.stdout.splitlines() if name in line)
        assert reason in line, line
    assert "1 added" in done.stdout and f"{len(reasons)} failed" in done.stdout
    assert holds(tmp_path / "home")


def test_read_names_them_too(tmp_path: Path) -> None:
    reasons = bad_files(tmp_path / "files")
    done = vanban(tmp_path / "home", "read", "--jsonl", tmp_path / "files", GOOD)
    assert done.returncode == 1 and len(done.stdout.splitlines()) == 1
    assert all(name in done.stderr for name in reasons)


def test_an_unreadable_file_and_one_that_is_gone(tmp_path: Path) -> None:
    locked, gone = tmp_path / "locked.txt", tmp_path / "gone.txt"
    locked.write_text("Căn cứ Nghị định số 16/2015/NĐ-CP.", encoding="utf-8")
    locked.chmod(0)
    gone.symlink_to(tmp_path / "nowhere")
    if os.geteuid() == 0:  # root may read all: a folder in the file's place may not be read by anybody
        locked.unlink()
        locked.symlink_to("/proc/self/mem")
    done = vanban(tmp_path / "home", "ingest", locked, gone, GOOD)
    assert done.returncode == 1 and "1 added" in done.stdout and "2 failed" in done.stdout
    assert "locked.txt" in done.stdout and "gone.txt" in done.stdout


def test_a_circle_of_links_ends(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "again").symlink_to(folder)
    (folder / "self.txt").symlink_to("self.txt")
    shutil.copy(GOOD, folder / "good.txt")
    done = vanban(tmp_path / "home", "ingest", folder)
    assert done.returncode == 1 and "1 added" in done.stdout and "self.txt" in done.stdout


def test_a_file_that_vanishes_while_others_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "files"
    folder.mkdir()
    text = GOOD.read_text(encoding="utf-8")
    for number in range(60):
        (folder / f"{number:03}.txt").write_text(f"{text}\n{number}", encoding="utf-8")
    running = started(tmp_path / "home", "ingest", folder)
    wait_for(tmp_path / "home")
    (folder / "059.txt").unlink()
    out, _ = running.communicate(timeout=180)
    assert running.returncode in (0, 1) and "Traceback" not in out
    assert ("059.txt" in out and "1 failed" in out) or "60 added" in out


def test_an_unknown_key_and_a_malformed_query(home: Path) -> None:
    unknown = vanban(home, "lineage", "vn:state:ttg:qd:1999:1")
    assert unknown.returncode == 4 and "vn:state:ttg:qd:1999:1" in unknown.stderr
    malformed = vanban(home, "lineage", "vn:state:ttg")
    assert malformed.returncode == 2 and "document" in malformed.stderr


HOLD = """import kglite, sys
s = kglite.open_session(sys.argv[1], durable='full')
print('held', flush=True)
sys.stdin.read()
"""


def test_a_store_held_by_another_process_can_be_read_and_not_written(home: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(home / "graph.kgl")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        done = vanban(home, "ingest", DEMO)
        assert done.returncode == 3 and str(holder.pid) in done.stderr and "stop it" in done.stderr
        assert holds(home)
        holder.communicate("")
    assert vanban(home, "ingest", DEMO).returncode == 0


def test_a_damaged_graph_is_said_and_made_again_from_the_library(home: Path) -> None:
    with (home / "graph.kgl").open("r+b") as file:
        file.write(os.urandom(400))
    for command in (("lineage", HELD), ("ingest", DEMO)):
        done = vanban(home, *command)
        assert done.returncode == 3 and "damaged" in done.stderr and "vanban rebuild" in done.stderr
    assert vanban(home, "rebuild").returncode == 0
    assert holds(home)


def test_a_damaged_library_is_said(home: Path) -> None:
    for path in home.glob("library.sqlite*"):
        path.write_bytes(os.urandom(4096))
    done = vanban(home, "ingest", DEMO)
    assert done.returncode == 3 and "library.sqlite" in done.stderr and "damaged" in done.stderr


def test_a_full_disk_is_said_and_what_was_done_before_is_kept(tmp_path: Path, small_disk: Path) -> None:
    first = vanban(small_disk, "ingest", GOOD)
    assert first.returncode == 0, first.stderr
    filler = small_disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            pass
    done = vanban(small_disk, "ingest", DEMO)
    assert done.returncode == 3 and "full" in done.stderr
    filler.unlink()
    assert holds(small_disk)
    assert vanban(small_disk, "ingest", DEMO).returncode == 0
    assert "5 documents held" in vanban(small_disk, "stats").stdout


@pytest.fixture
def small_disk(tmp_path: Path) -> Path:
    """A file system of four megabytes; where none may be mounted the test is one of the environment's limits."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True)
    yield place
    if mounted.returncode == 0:
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_killed_while_ingesting_it_goes_on_from_there(tmp_path: Path) -> None:
    folder, home, whole = tmp_path / "files", tmp_path / "home", tmp_path / "whole"
    folder.mkdir()
    text = GOOD.read_text(encoding="utf-8")
    for number in range(40):
        changed = text.replace("3933 /UBND", f"{5000 + number} /UBND")
        (folder / f"{number:03}.txt").write_text(changed, encoding="utf-8")
    running = started(home, "ingest", folder, "--workers", "0")
    wait_for(home, 3)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert vanban(home, "ingest", folder).returncode == 0
    assert vanban(whole, "ingest", folder).returncode == 0
    assert vanban(home, "export").stdout == vanban(whole, "export").stdout
    open_store(str(home / "graph.kgl")).close()


def test_ctrl_c_keeps_what_was_done_and_leaves_with_130(tmp_path: Path) -> None:
    folder, home = tmp_path / "files", tmp_path / "home"
    folder.mkdir()
    text = GOOD.read_text(encoding="utf-8")
    for number in range(MANY):
        (folder / f"{number:04}.txt").write_text(text.replace("3933 /UBND", f"{5000 + number} /UBND"), encoding="utf-8")
    running = started(home, "ingest", folder, "--workers", "0")
    wait_for(home, 3)
    running.send_signal(signal.SIGINT)
    out, _ = running.communicate(timeout=60)
    assert running.returncode == 130 and "interrupted" in out and "Traceback" not in out
    kept = int(out.split(" added")[0].split()[-1])
    assert 0 < kept < MANY
    assert f"{kept} documents held" in vanban(home, "stats").stdout
