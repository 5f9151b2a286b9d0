"""What goes wrong with a store, and what is said then."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import neo4j_server
import pytest
from graph_model import Model, random_change

import graph.stores.kglite
import graph.stores.neo4j
from graph.export import export_lines
from graph.model import Change, Node
from graph.store import Step, Store, StoreBusy, StoreError, plain
from graph.stores import SCHEMES, open_store, renew_store
from graph.stores.neo4j import supported
from graph.writing import steps

NODE = Change(put_nodes=(Node("vn:state:ttg:qd:2022:1", ("Document",), {"subject": "chữ " * 100}),))
SLOW = "UNWIND range(1, 3000000) AS x UNWIND range(1, 1000) AS y RETURN sum(x * y) AS n"


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A graph file of some nodes, closed."""
    path, random, model = tmp_path / "graph.kgl", Random(3), Model()
    store = open_store(str(path))
    for _ in range(5):
        change = random_change(random, model)
        model.apply(change)
        store.write(steps(change))
    store.close()
    return path


def python(code: str, *arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("url", ["mysql://localhost", "http://localhost:7474", "neo4j+x://h"])
def test_an_unknown_engine_is_named_with_those_known(url: str) -> None:
    with pytest.raises(StoreError, match="no engine for") as caught:
        open_store(url)
    assert all(scheme in str(caught.value) for scheme in SCHEMES)


@pytest.mark.parametrize("url", ["", "kglite://"])
def test_a_file_needs_a_path(url: str) -> None:
    with pytest.raises(StoreError, match="needs a path"):
        open_store(url)


def test_a_file_takes_no_password(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no user, password or database"):
        open_store(str(tmp_path / "g.kgl"), user="neo4j", password="x")


def test_a_url_and_a_path_name_the_same_file(saved: Path) -> None:
    spaced = saved.rename(saved.with_name("đồ thị.kgl"))
    for url in (str(spaced), f"kglite://{spaced}", f"kglite://{str(spaced).replace(' ', '%20')}"):
        store = open_store(url, readonly=True)
        assert store.read("export_documents", {"after": "", "limit": 1})


def test_one_who_reads_may_not_write_and_needs_a_file(saved: Path) -> None:
    with pytest.raises(StoreError, match="for reading only"):
        open_store(str(saved), readonly=True).write(steps(NODE))
    with pytest.raises(StoreError, match="no graph at"):
        open_store(str(saved.with_name("none.kgl")), readonly=True)


def test_a_second_writer_is_told_who_writes_and_a_reader_reads(saved: Path) -> None:
    hold = "import sys, graph.stores as s; o = s.open_store(sys.argv[1]); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(saved)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout and holder.stdout.readline() == "held\n"
        for opening in (open_store, renew_store):
            with pytest.raises(StoreBusy, match=f"process {holder.pid} writes it"):
                opening(str(saved))
        reader = open_store(str(saved), readonly=True)
        assert reader.read("export_documents", {"after": "", "limit": 1})
        holder.kill()
    open_store(str(saved)).close()


def test_what_a_killed_writer_left_in_the_log_is_read(tmp_path: Path) -> None:
    write = (
        "import sys, os, graph.stores as s, graph.writing as w, graph.model as m\n"
        "o = s.open_store(sys.argv[1])\n"
        "o.write(w.steps(m.Change(put_nodes=(m.Node('vn:org:x', ('Organization',)),))))\n"
        "os.kill(os.getpid(), 9)"
    )
    path = tmp_path / "graph.kgl"
    assert python(write, path).returncode == -9
    assert list(export_lines(open_store(str(path), readonly=True)))


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_file_is_refused_and_can_be_made_again(saved: Path, seed: int) -> None:
    random, whole = Random(seed), saved.read_bytes()
    where = random.randrange(len(whole))
    cut, flipped = whole[:where], whole[:where] + bytes([whole[where] ^ 1 << seed % 8]) + whole[where + 1 :]
    saved.write_bytes(cut if seed % 5 == 0 else flipped)
    for readonly in (False, True):
        with pytest.raises(StoreError, match=r"damaged.*vanban rebuild"):
            open_store(str(saved), readonly=readonly)
    store = renew_store(str(saved))
    store.write(steps(NODE))
    assert len(list(export_lines(store))) == 1
    store.close()


def test_a_log_damaged_in_its_middle_is_refused_each_time(tmp_path: Path, saved: Path) -> None:
    store = open_store(str(saved))
    for turn in range(4):
        store.write(steps(Change(put_nodes=(Node(f"vn:org:{turn}", ("Organization",)),))))
    copied = tmp_path / "copy.kgl"
    copied.write_bytes(saved.read_bytes())
    log = bytearray(saved.with_name("graph.kgl-wal").read_bytes())
    store.close()
    log[len(log) // 2] ^= 1
    copied.with_name("copy.kgl-wal").write_bytes(log)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"lost commits.*vanban rebuild"):
            open_store(str(copied))
    renew_store(str(copied)).close()
    assert list(export_lines(open_store(str(copied)))) == []


def test_a_folder_and_a_place_that_cannot_be_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="it is a folder"):
        open_store(str(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="opening"):
        open_store(str(tmp_path / "file" / "graph.kgl"))


def test_a_write_that_does_not_fit_the_disk_is_refused_whole(saved: Path) -> None:
    """The limit of this process on the size of files stands for a full disk."""
    write = (
        "import sys, signal, graph.stores as s, graph.store as t, graph.writing as w, graph.model as m\n"
        "name = {'name': 'n' * 2000}\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "o = s.open_store(sys.argv[1])\n"
        "done = 0\n"
        "try:\n"
        "    for i in range(1000):\n"
        "        o.write(w.steps(m.Change(put_nodes=(m.Node(f'vn:org:{i}', ('Organization',), name),))))\n"
        "        done += 1\n"
        "except t.StoreError as error: print(done, error)\n"
    )
    limit = 300_000
    run = python(write, saved, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)))
    done, _, said = run.stdout.partition(" ")
    assert "writing to" in said and 10 < int(done) < 1000
    store = open_store(str(saved))
    put = [row["id"] for row in store.read("export_organizations", {"after": "", "limit": 5000})]
    assert {f"vn:org:{i}" for i in range(int(done))} <= set(put)
    store.close()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "No space left on device"), "disk is full"),
        (PermissionError(13, "Permission denied"), "not allowed"),
        (RuntimeError("log could not be replayed"), "damaged"),
        (ValueError("odd"), "odd"),
    ],
)
def test_causes_are_said_in_words(error: Exception, said: str) -> None:
    def fail() -> None:
        raise error

    with pytest.raises(StoreError, match=said):
        graph.stores.kglite._said("opening x", fail)


def test_a_wrong_query_is_an_error_of_the_store(store: Store) -> None:
    with pytest.raises(StoreError, match="query documents"):
        store.read("documents", {})
    with pytest.raises(StoreError):
        store.write((Step("write_documents", ({"id": None},)),))


def test_a_reading_may_not_write(store: Store) -> None:
    with pytest.raises(StoreError):
        store.read("write_organizations", {"rows": [{"id": "vn:org:x", "properties": {"id": "vn:org:x"}}]})
    assert list(export_lines(store)) == []


def test_a_question_that_takes_too_long_is_cut(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for engine in (graph.stores.kglite, graph.stores.neo4j):
        monkeypatch.setattr(engine, "asking", lambda *_: SLOW)
    hasty = replace(store, seconds=0.2)  # type: ignore[type-var]
    begun = time.monotonic()
    with pytest.raises(StoreBusy):
        hasty.read("slow")
    assert time.monotonic() - begun < 30


def test_parameters_may_be_tuples_sets_and_mappings() -> None:
    assert plain({"a": (1, {"b": {2, 1}})}) == {"a": [1, {"b": [1, 2]}]}


@pytest.mark.parametrize("agent", ["Neo4j/4.4.30", "Neo4j/3.5.0"])
def test_an_old_server_is_refused(agent: str) -> None:
    with pytest.raises(StoreError, match="Neo4j 5 or later"):
        supported(agent)


@pytest.mark.parametrize("agent", ["Neo4j/5.26.0", "Neo4j/2025.10.1", "Neo4j/v5.11.0 compatible graph database server"])
def test_a_server_of_today_is_taken(agent: str) -> None:
    supported(agent)


def test_a_server_that_is_not_there() -> None:
    port = neo4j_server._free_port()
    with pytest.raises(StoreBusy, match="no answer from the server"):
        open_store(f"bolt://127.0.0.1:{port}", user="neo4j", password="x")


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(StoreError, match="their own settings") as caught:
        open_store("bolt://neo4j:geheim@localhost")
    assert "geheim" not in str(caught.value)


@pytest.mark.neo4j
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda a: {"user": a.user, "password": "wrong"}, "wrong user or password"),
        (lambda a: {**a.login, "database": "none"}, "no database of that name"),
    ],
)
def test_who_may_not_come_in(
    neo4j_address: neo4j_server.Address, change: Callable[[neo4j_server.Address], dict[str, str]], said: str
) -> None:
    with pytest.raises(StoreError, match=said):
        open_store(neo4j_address.url, **change(neo4j_address))


@pytest.mark.neo4j
def test_one_who_reads_a_server_may_not_write(neo4j_address: neo4j_server.Address, neo4j_store: Store) -> None:
    store = open_store(neo4j_address.url, **neo4j_address.login, readonly=True)
    with pytest.raises(StoreError, match="for reading only"):
        store.write(steps(NODE))
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.read("alive")


@pytest.mark.neo4j
def test_renewing_empties_a_server(neo4j_address: neo4j_server.Address, neo4j_store: Store) -> None:
    neo4j_store.write(steps(NODE))
    store = renew_store(neo4j_address.url, **neo4j_address.login)
    assert list(export_lines(store)) == []
    store.close()
