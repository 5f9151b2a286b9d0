"""Folders that are watched, reports for people, and originals in S3."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from command import COMMAND, environment, vanban
from made_files import docx, p, zipped
from moto.server import ThreadedMotoServer
from shelf import POOL
from test_secrecy import marked
from watchfiles import Change

from api.cli_watch import meant
from api.intake_report import writer_of
from graph.library import Library
from graph.originals import Originals
from graph.stores import open_store
from ingest.intake import Options, ingest

SECONDS = 120


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, "it does not come"
        time.sleep(0.05)


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "plan.txt").write_text(POOL["plan.txt"], encoding="utf-8")
    return folder


def test_what_comes_changes_and_goes_is_followed_until_it_is_stopped(tmp_path: Path, docs: Path) -> None:
    home, log = tmp_path / "home", tmp_path / "log"

    def held() -> dict[str, str]:
        library = Library.open(home)
        try:
            return {os.path.basename(path): source for path, source in library.paths_under(str(docs))}
        finally:
            library.close()

    with log.open("wb") as out:
        running = subprocess.Popen([*COMMAND, "watch", docs, "--prune"], env=environment(home), stdout=out, stderr=out)
    try:
        until(lambda: b"1 added" in log.read_bytes())
        (docs / "law.docx").write_bytes(docx("".join(p(line) for line in POOL["law.txt"].split("\n"))))
        until(lambda: set(held()) == {"plan.txt", "law.docx"})
        before = held()["plan.txt"]
        (docs / "plan.txt").write_text(POOL["nested.txt"], encoding="utf-8")
        until(lambda: held()["plan.txt"] != before)
        (docs / "bad.pdf").write_bytes(b"%PDF-1.7 half")
        until(lambda: b"bad.pdf" in log.read_bytes())
        (docs / "law.docx").unlink()
        until(lambda: set(held()) == {"plan.txt"})
        running.send_signal(signal.SIGINT)
        assert running.wait(SECONDS) == 0
    finally:
        running.kill()
    assert b"Traceback" not in log.read_bytes()


def test_the_paths_that_are_meant_by_changes(docs: Path) -> None:
    whole, plan = str(docs), str(docs / "plan.txt")
    litter = docs / "~$plan.docx"
    litter.write_bytes(b"x")
    assert meant([(Change.added, plan), (Change.modified, str(litter))], [whole]) == {plan}
    assert meant([(Change.added, str(docs / "gone.txt"))], [whole]) == set()
    assert meant([(Change.deleted, str(docs / "gone.txt"))], [whole, "/elsewhere"]) == {whole}


def test_a_report_says_of_each_file_how_it_was_read_or_why_not(tmp_path: Path, docs: Path) -> None:
    (docs / "=1+1.docx").write_bytes(docx("".join(p(line) for line in POOL["law.txt"].split("\n"))))
    (docs / "gửi.zip").write_bytes(zipped({"<b>trong.txt": POOL["nested.txt"].encode(), "x.bmp": b"BM"}))
    (docs / "mật.txt").write_text(marked("TỐI MẬT"), encoding="utf-8")
    (docs / "hỏng.pdf").write_bytes(b"%PDF-1.7 half")
    library, store = Library.open(tmp_path, durable=False), open_store(str(tmp_path / "graph.kgl"))
    report = ingest([docs], library, store, Options(workers=0))
    store.close()
    library.close()
    table, page = tmp_path / "report.csv", tmp_path / "report.html"
    for path in (table, page):
        writer_of(path)(report, path)
    rows = {os.path.basename(row["path"]): row for row in csv.DictReader(table.open(encoding="utf-8-sig"))}
    assert {name: row["state"] for name, row in rows.items()} == {
        "=1+1.docx": "added", "plan.txt": "added", "<b>trong.txt": "added", "gửi.zip": "opened",
        "x.bmp": "left out", "mật.txt": "failed", "hỏng.pdf": "failed",
    }  # fmt: skip
    plan = rows["plan.txt"]
    assert (plan["format"], plan["encoding"], plan["number"]) == ("text", "UTF-8", "1511/KH-UBND")
    assert rows["=1+1.docx"]["format"] == "DOCX" and "TỐI MẬT" in rows["mật.txt"]["why"]
    assert "not whole" in rows["hỏng.pdf"]["why"] and int(plan["citations"]) == 3
    said = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;trong.txt" in said and "<b>trong" not in said
    assert "TỐI MẬT" in said and "1511/KH-UBND" in said and "không đọc được: 2" in said


def test_a_report_of_another_kind_is_refused_before_anything_is_read(tmp_path: Path, docs: Path) -> None:
    done = vanban(tmp_path / "home", "ingest", docs, "--report", tmp_path / "report.doc")
    assert done.returncode == 2 and ".html or .csv" in done.stderr and not (tmp_path / "home").exists()
    assert vanban(tmp_path / "home", "ingest", docs, "--report", tmp_path / "report.csv").returncode == 0
    assert "plan.txt,added" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of an S3 server of this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    settings = {"ACCESS_KEY_ID": "test", "SECRET_ACCESS_KEY": "test", "REGION": "us-east-1"}
    for name, value in (settings | {"ENDPOINT_URL": f"http://{host}:{port}"}).items():
        monkeypatch.setenv(f"AWS_{name}", value)
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir(f"vanban-{port}")
    yield f"s3://vanban-{port}/files"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_originals_are_kept_in_s3(bucket: str, tmp_path: Path, docs: Path) -> None:
    home = tmp_path / "home"
    (docs / "law.docx").write_bytes(law := docx("".join(p(line) for line in POOL["law.txt"].split("\n"))))
    assert vanban(home, "ingest", docs, VANBAN_FILES=bucket).returncode == 0
    assert not list(home.rglob("originals"))
    out = tmp_path / "law.docx"
    asked = "vn:state:ubnd@binh-thuan:qd:2022:1900"
    assert vanban(home, "file", asked, "--output", out, VANBAN_FILES=bucket).returncode == 0
    assert out.read_bytes() == law
    kept = Originals(bucket)
    assert kept.get("0" * 64) is None
    for place in (kept, Originals(str(tmp_path / "folder"))):
        with ThreadPoolExecutor(4) as many:
            list(many.map(lambda _: place.put("1" * 64, b"x"), range(8)))  # noqa: B023
        assert place.get("1" * 64) == b"x"
    assert kept.get("1" * 64) == b"x"
    kept.drop("1" * 64)
    kept.drop("1" * 64)
    assert kept.get("1" * 64) is None


def test_a_bucket_that_is_not_there_is_said(bucket: str, tmp_path: Path, docs: Path) -> None:
    done = vanban(tmp_path / "home", "ingest", docs, VANBAN_FILES="s3://vanban-nowhere/files")
    assert done.returncode == 3 and "s3://vanban-nowhere/files: cannot keep a file there" in done.stderr
