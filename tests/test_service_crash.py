"""kill -9 of the server, and of the Neo4j under it, while documents come in: nothing acknowledged is lost, and it ends
where an undisturbed run ends. A stop by signal cuts no request."""

from __future__ import annotations

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import httpx2
import neo4j_server
import pytest
from fastapi.testclient import TestClient
from served import KEY, Server, job, letters, put, served, settled

from api.app import create_app
from api.settings import Settings
from graph.library import Library

APP_KILLS = int(os.environ.get("VANBAN_KILLS", "3"))
SERVER_KILLS = int(os.environ.get("VANBAN_KILLS", "1"))
UNREAD = 16_384  # bytes
Documents = dict[str, str]


def undisturbed(home: Path, documents: Documents) -> list[str]:
    """The export of a run that nothing happened to."""
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl"), api_keys={"test": KEY}))) as client:
        return all_in(client, documents)


def all_in(client: httpx2.Client, documents: Documents) -> list[str]:
    """The export after all documents were given once more."""
    client.headers["X-API-Key"] = KEY
    files = [("files", (name, text.encode())) for name, text in documents.items()]
    settled(client)
    done = job(client, client.post("/api/v1/documents", files=files).json())
    assert done["state"] == "done" and not done["report"]["failed"]
    return client.get("/api/v1/export").text.splitlines()


def put_on(client: httpx2.Client, documents: Documents, acknowledged: list[str]) -> None:
    """Give one document after the other until the server fails; `acknowledged` has those that it said to be in."""
    for name, text in documents.items():
        try:
            if put(client, name, text)["state"] != "done":
                return
        except (httpx2.HTTPError, ValueError, KeyError):
            return
        acknowledged.append(name)


def held(home: Path) -> set[str]:
    library = Library.open(home)
    names = {path for path, _ in library.paths_under("")}
    library.close()
    return names


def named(lines: list[str]) -> set[str]:
    """The numbers of the held documents of an export."""
    nodes = [json.loads(line).get("node", {}) for line in lines]
    return {node["number"] for node in nodes if node.get("held")}


@pytest.mark.slow
def test_a_server_killed_at_random_points_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    random, home, documents = Random(3), tmp_path / "killed", letters(4 * APP_KILLS)
    acknowledged: list[str] = []
    for _ in range(APP_KILLS):
        with served(home) as server, server.client() as client:
            settled(client)
            left = {name: text for name, text in documents.items() if name not in acknowledged}
            writer = threading.Thread(target=put_on, args=(client, left, acknowledged))
            writer.start()
            time.sleep(0.1 + random.random() / 4)
            server.process.kill()
            writer.join()
        assert set(acknowledged) <= held(home)
    with served(home) as server, server.client() as client:
        settled(client)
        there = {f"{name[4:7]}/KH-UBND" for name in held(home)}
        assert named(client.get("/api/v1/export").text.splitlines()) == there
        assert all_in(client, documents) == undisturbed(tmp_path / "quiet", documents)


def slow_client(server: Server) -> httpx2.Client:
    """A client whose end of the line holds so little that most of a long answer waits at the server."""
    narrow = httpx2.HTTPTransport(socket_options=[(socket.SOL_SOCKET, socket.SO_RCVBUF, UNREAD)])
    return httpx2.Client(base_url=server.address, transport=narrow, headers={"Accept-Encoding": "identity"}, timeout=60)


@pytest.mark.slow
def test_a_stop_by_signal_answers_what_is_under_way_and_keeps_what_was_done(tmp_path: Path) -> None:
    home, documents = tmp_path / "stopped", letters(30)
    folder, names = tmp_path / "documents", sorted(documents)
    folder.mkdir()
    with served(home) as server, server.client() as client:
        settled(client)
        all_in(client, {name: documents[name] for name in names[:15]})
        for name in names[15:]:
            (folder / name).write_text(documents[name], encoding="utf-8")
        local = {"Authorization": f"Bearer {json.loads((home / 'server.json').read_text())['token']}"}
        asked = client.post("/api/v1/documents/paths", json={"paths": [str(folder)]}, headers=local).json()
        while not client.get(f"/api/v1/jobs/{asked['id']}").json()["done"]:
            time.sleep(0.01)
        with slow_client(server) as slow, slow.stream("GET", "/api/v1/export") as answer:
            server.process.send_signal(signal.SIGTERM)
            lines = answer.read().splitlines(keepends=True)  # an answer cut short is an error of the protocol
            assert sum(map(len, lines)) > 4 * UNREAD and all(json.loads(line) for line in lines)
        assert server.process.wait(60) in (0, -signal.SIGTERM)
        assert "Traceback" not in server.log.read_text() and not (home / "server.json").exists()
    with served(home) as server, server.client() as client:
        assert all_in(client, documents) == undisturbed(tmp_path / "quiet", documents)


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Server]:
    reason = neo4j_server.missing(own=True)
    if reason:
        pytest.fail(f"no Neo4j to kill: {reason}; or set ALLOW_MISSING=neo4j", pytrace=False)
    server = neo4j_server.create(tmp_path_factory.mktemp("killed-neo4j"))
    yield server
    server.kill()


@pytest.mark.neo4j
def test_a_neo4j_that_goes_and_comes_back_is_a_503_and_then_answers_without_a_restart(
    own_server: neo4j_server.Server, tmp_path: Path
) -> None:
    documents = letters(4 * SERVER_KILLS + 2)
    login = {"store_user": own_server.address.user, "store_password": own_server.address.password}
    settings = Settings(home=tmp_path / "app", store=own_server.address.url, api_keys={"test": KEY}, **login)
    own_server.stop()
    acknowledged: list[str] = []
    with TestClient(create_app(settings), headers={"X-API-Key": KEY}) as client:
        refused(client)  # it is down from the start
        own_server.start()
        for turn in range(SERVER_KILLS):
            settled(client)
            left = {name: text for name, text in documents.items() if name not in acknowledged}
            writer = threading.Thread(target=put_on, args=(client, left, acknowledged))
            writer.start()
            while len(acknowledged) < 2 * turn + 1 and writer.is_alive():
                time.sleep(0.01)
            own_server.kill()
            writer.join()
            refused(client)
            own_server.start()
        settled(client)
        assert set(acknowledged) <= held(tmp_path / "app")
        assert all_in(client, documents) == undisturbed(tmp_path / "quiet", documents)


def refused(client: TestClient) -> None:
    """While the store is away every question is a problem that says when to come again."""
    for path in ("/api/v1/stats", "/api/v1/export"):  # each waits as long as a lost connection is tried again
        said = client.get(path)
        assert said.status_code == 503 and int(said.headers["retry-after"]) > 0
        assert said.headers["content-type"] == "application/problem+json"
    health = client.get("/health")
    assert health.status_code == 503 and health.json()["live"] and "no answer" in health.json()["problem"]
    assert "vanban_ready 0.0" in client.get("/metrics").text
