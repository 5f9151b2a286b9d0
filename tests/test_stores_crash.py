"""kill -9 of the writer and of the server: what was acknowledged is there, nothing is half there, and work goes on."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import neo4j_server
import pytest
from graph_model import Model, random_change

from graph.export import export_lines
from graph.model import Change
from graph.store import Store, StoreBusy
from graph.stores import open_store
from graph.writing import steps

HERE = Path(__file__).parent
# How often each is killed; each kill of the server costs its start.
WRITER_KILLS = int(os.environ.get("VANBAN_KILLS", "20"))
SERVER_KILLS = int(os.environ.get("VANBAN_KILLS", "3"))
# One line is written for each change that the store has acknowledged.
WRITER = """
import sys
import test_stores_crash as crash
from graph.stores import open_store
from graph.writing import steps
store = open_store(sys.argv[1])
for number, change in enumerate(crash.history(int(sys.argv[3]))):
    if number >= int(sys.argv[2]):
        store.write(steps(change))
        print(number, flush=True)
"""


def history(length: int) -> Iterator[Change]:
    """The same changes at each call, large enough to be caught in the middle."""
    random, model = Random(5), Model()
    for _ in range(length):
        change = random_change(random, model, size=25)
        model.apply(change)
        yield change


def state(count: int) -> list[str]:
    """The export after the first `count` changes of the history."""
    model = Model()
    for change in history(count):
        model.apply(change)
    return model.lines()


def recovered(store: Store, acknowledged: int, length: int) -> int:
    """How many changes are there: those acknowledged, perhaps one more, and nothing of any other."""
    lines = list(export_lines(store))
    if lines == state(acknowledged):
        return acknowledged
    assert lines == state(min(acknowledged + 1, length))
    return acknowledged + 1


def finish(store: Store, count: int, length: int) -> None:
    """Write what is left and end where an undisturbed run ends."""
    for change in list(history(length))[count:]:
        store.write(steps(change))
    assert list(export_lines(store)) == state(length)


def write_until_killed(path: Path, first: int, length: int, acknowledged: int, delay: float) -> int:
    """How many changes were acknowledged by a process that is killed some time after its `acknowledged`th."""
    environment = os.environ | {"PYTHONPATH": f"{HERE.parent}{os.pathsep}{HERE}"}
    command = [sys.executable, "-c", WRITER, str(path), str(first), str(length)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as writer:
        assert writer.stdout
        for _ in range(acknowledged):
            writer.stdout.readline()
        time.sleep(delay)
        writer.kill()
        return first + acknowledged + len(writer.stdout.readlines())


def test_a_writer_killed_at_random_points_loses_nothing_and_ends_where_an_undisturbed_one_does(tmp_path: Path) -> None:
    random, path, length = Random(1), tmp_path / "graph.kgl", 8 * WRITER_KILLS
    count = 0
    for _ in range(WRITER_KILLS):
        acknowledged = write_until_killed(path, count, length, random.randrange(4), random.random() / 100)
        store = open_store(str(path))
        count = recovered(store, acknowledged, length)
        store.close()
    store = open_store(str(path))
    finish(store, count, length)
    store.close()


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Server]:
    reason = neo4j_server.missing(own=True)
    if reason:
        pytest.fail(f"no Neo4j to kill: {reason}; or set ALLOW_MISSING=neo4j", pytrace=False)
    server = neo4j_server.create(tmp_path_factory.mktemp("killed-neo4j"))
    yield server
    server.kill()


def write_on(store: Store, changes: list[Change], done: list[Change]) -> None:
    """Write until the store fails; `done` holds what it acknowledged."""
    try:
        for change in changes:
            store.write(steps(change))
            done.append(change)
    except StoreBusy:
        return


@pytest.mark.neo4j
def test_a_server_killed_at_random_points_loses_nothing_and_the_same_store_goes_on(
    own_server: neo4j_server.Server,
) -> None:
    random, length, count = Random(2), 25 * SERVER_KILLS, 0
    changes = list(history(length))
    store = open_store(own_server.address.url, **own_server.address.login)
    for _ in range(SERVER_KILLS):
        done: list[Change] = []
        writer = threading.Thread(target=write_on, args=(store, changes[count:], done))
        writer.start()
        time.sleep(0.3 + random.random())
        own_server.kill()
        writer.join()
        with pytest.raises(StoreBusy, match="no answer from the server"):
            store.read("alive")
        own_server.start()
        count = recovered(store, count + len(done), length)
    finish(store, count, length)
    store.close()
