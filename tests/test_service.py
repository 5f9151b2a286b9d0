"""The service around the questions: tags, compression, proxy path, origins, bounds of time, metrics, and its own care
for the graph."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families
from shelf import POOL
from small_graph import health, store_of

from api.app import create_app
from api.deadline import Timed, TookTooLong
from api.desk import Desk
from api.serving import listen
from api.settings import BadSetting, Settings, read_settings
from graph.export import export_lines
from graph.library import Library
from graph.store import StoreError
from graph.stores import open_store
from ingest.intake import ingest_given
from ingest.shipped import shipped

KEY = "0123456789abcdef0123"
GIVEN = [(name, text.encode()) for name, text in POOL.items()]


def settings_at(home: Path, **more: Any) -> Settings:
    return Settings(home=home, store=str(home / "graph.kgl"), **more)


def until(true: Callable[[], bool]) -> None:
    """Wait for what will come to be true."""
    for _ in range(3000):
        if true():
            return
        threading.Event().wait(0.02)
    raise AssertionError("it did not come to be")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("small")
    store_of(place, health()).close()
    return place


@pytest.fixture
def client(home: Path) -> Iterator[TestClient]:
    with TestClient(create_app(settings_at(home)), raise_server_exceptions=False) as client:
        yield client


def test_what_is_answered_does_not_wait_for_the_clients_word() -> None:
    with listen("127.0.0.1", 0) as listening:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_an_answer_that_the_client_has_is_not_sent_again(client: TestClient) -> None:
    asked = {"document": "20-NQ/TW"}
    first = client.get("/api/v1/lineage", params=asked)
    tag = first.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    for known in (tag, tag.removeprefix("W/"), f'"x", {tag}', "*"):
        again = client.get("/api/v1/lineage", params=asked, headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert "content-length" not in again.headers and again.headers["x-request-id"]
    assert client.get("/api/v1/lineage", params=asked, headers={"If-None-Match": '"x"'}).status_code == 200
    other = client.get("/api/v1/impact", params=asked, headers={"If-None-Match": tag})
    assert other.status_code == 200 and other.headers["etag"] != tag
    for path in ("/api/v1/lineage?document=999/QĐ-TTg", "/api/v1/export", "/metrics"):
        assert "etag" not in client.get(path).headers


def test_the_tag_is_the_same_compressed_or_not_and_large_answers_are_compressed(client: TestClient) -> None:
    plain = client.get("/api/v1/lineage?document=20-NQ/TW", headers={"Accept-Encoding": "identity"})
    packed = client.get("/api/v1/lineage?document=20-NQ/TW", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers and packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] == plain.headers["etag"] and packed.json() == plain.json()
    assert "Accept-Encoding" in packed.headers["vary"] and int(packed.headers["content-length"]) < len(plain.content)
    with client.stream("GET", "/api/v1/export", headers={"Accept-Encoding": "gzip"}) as export:
        raw = gzip.decompress(b"".join(export.iter_raw()))
    assert raw == client.get("/api/v1/export", headers={"Accept-Encoding": "identity"}).content


def test_answers_that_need_a_key_are_kept_by_their_owner_alone(home: Path) -> None:
    with TestClient(create_app(settings_at(home, public_read=False, api_keys={"office": KEY}))) as client:
        known = {"X-API-Key": KEY}
        assert client.get("/api/v1/stats", headers=known).headers["cache-control"] == "private, no-cache"
        assert client.get("/metrics").status_code == 401 and client.get("/health").status_code == 200
        assert client.get("/metrics", headers=known).status_code == 200


def test_browsers_of_other_origins_are_answered_only_when_these_are_listed(home: Path, client: TestClient) -> None:
    page = {"Origin": "https://a.example"}
    assert "access-control-allow-origin" not in client.get("/api/v1/stats", headers=page).headers
    with TestClient(create_app(settings_at(home, cors=("https://a.example",), rate=3))) as open_one:
        said = open_one.get("/api/v1/stats", headers=page)
        assert said.headers["access-control-allow-origin"] == "https://a.example"
        assert "ETag" in said.headers["access-control-expose-headers"]
        asks = {**page, "Access-Control-Request-Method": "POST"}
        asks["Access-Control-Request-Headers"] = "authorization, content-type"
        assert open_one.options("/api/v1/lookup", headers=asks).status_code == 200
        stranger = open_one.get("/api/v1/stats", headers={"Origin": "https://b.example"})
        assert "access-control-allow-origin" not in stranger.headers
        open_one.get("/api/v1/stats")
        refused = open_one.get("/api/v1/stats", headers=page)
        assert refused.status_code == 429 and int(refused.headers["retry-after"]) > 0
        assert refused.headers["access-control-allow-origin"] == "https://a.example"


def test_the_page_of_routes_tells_each_one_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    with TestClient(create_app(settings_at(tmp_path))) as client:
        said = client.get("/docs").text
        for path, methods in client.get("/openapi.json").json()["paths"].items():
            for method in methods:
                assert f"<code>{method.upper()} {path}</code>" in said
        assert "up | down | both" in said and "integer ≥ 1 ≤ 12" in said
        assert re.findall(r'(?:src|href)="(?:https?:)?//', said) == []


def test_behind_a_proxy_path_links_have_it(tmp_path: Path) -> None:
    settings = settings_at(tmp_path, root_path="/vanban", api_keys={"office": KEY})
    with TestClient(create_app(settings), root_path="/vanban") as client:
        assert client.get("/vanban/health").status_code == 200
        assert client.get("/vanban/openapi.json").json()["servers"] == [{"url": "/vanban"}]
        assert "/vanban/openapi.json" in client.get("/vanban/docs").text
        said = client.post("/vanban/api/v1/remove", json={"names": ["x"]}, headers={"X-API-Key": KEY})
        assert said.headers["location"].startswith("/vanban/api/v1/jobs/")
        assert client.get(said.headers["location"], headers={"X-API-Key": KEY}).status_code == 200
        refused = client.delete("/vanban/api/v1/lookup")
        assert refused.status_code == 405 and refused.headers["allow"] == "GET, POST"


@pytest.mark.parametrize(("text", "path"), [("/vanban/", "/vanban"), ("", ""), ("/", ""), ("/a/b-c", "/a/b-c")])
def test_a_root_path_as_written(tmp_path: Path, text: str, path: str) -> None:
    assert read_settings({"VANBAN_HOME": str(tmp_path), "VANBAN_ROOT_PATH": text}).root_path == path


@pytest.mark.parametrize("text", ["vanban", "https://x/vanban", "/a b", "/a?b", "//x"])
def test_what_is_no_root_path(tmp_path: Path, text: str) -> None:
    with pytest.raises(BadSetting, match="ROOT_PATH"):
        read_settings({"VANBAN_HOME": str(tmp_path), "VANBAN_ROOT_PATH": text})


def test_an_answer_that_takes_too_long_is_a_503_and_never_a_shorter_one(home: Path) -> None:
    with TestClient(create_app(settings_at(home, seconds=0))) as client:
        said = client.get("/api/v1/lineage", params={"document": "20-NQ/TW"})
        assert said.status_code == 503 and said.json()["type"] == "/problems/took-too-long"
        assert int(said.headers["retry-after"]) > 0
    store = open_store(str(home / "graph.kgl"), readonly=True)
    assert Timed(store, 60).read("alive") == store.read("alive")
    with pytest.raises(TookTooLong, match="longer than 1 seconds"):
        Timed(store, 1, since=-1e9).read("alive")


def test_metrics_count_what_was_asked_by_route(client: TestClient) -> None:
    for _ in range(3):
        client.get("/api/v1/lineage", params={"document": "20-NQ/TW"})
    client.get("/api/v1/lineage")
    client.get("/nowhere/at/all")
    client.request("BREW", "/api/v1/stats")
    said = client.get("/metrics")
    assert said.headers["content-type"].startswith("text/plain; version=0.0.4")
    families = {family.name: family for family in text_string_to_metric_families(said.text)}
    counts = {
        (sample.labels["method"], sample.labels["route"], sample.labels["status"]): sample.value
        for sample in families["vanban_requests"].samples
        if sample.name.endswith("_total")
    }
    assert counts["GET", "/api/v1/lineage", "200"] == 3 and counts["GET", "/api/v1/lineage", "422"] == 1
    assert counts["GET", "other", "404"] == 1 and any(method == "other" for method, *_ in counts)
    documents = {sample.labels["held"]: sample.value for sample in families["vanban_documents"].samples}
    assert documents == {"true": 3, "false": 7}
    assert families["vanban_ready"].samples[0].value == 1


def test_a_request_keeps_the_id_that_a_proxy_gave_it(client: TestClient) -> None:
    assert client.get("/health", headers={"X-Request-ID": "proxy-1.a_B"}).headers["x-request-id"] == "proxy-1.a_B"
    for odd in ("a" * 65, "a b", '"', ""):
        assert client.get("/health", headers={"X-Request-ID": odd}).headers["x-request-id"] != odd


# --- the care for the graph


def filled(home: Path) -> list[str]:
    """A home with the pool of small documents; its export."""
    library, store = Library.open(home, durable=False), open_store(str(home / "graph.kgl"))
    ingest_given(GIVEN, library, store)
    lines = list(export_lines(store))
    store.close()
    library.close()
    return lines


def export(client: TestClient) -> list[str]:
    return client.get("/api/v1/export").text.splitlines()


def test_what_a_crash_left_is_brought_to_the_graph_at_the_next_start(tmp_path: Path) -> None:
    before = filled(tmp_path)

    class Falls:
        """A store that goes away as soon as it is written to."""

        def write(self, steps: object) -> None:
            raise StoreError("gone")

    library = Library.open(tmp_path, durable=False)
    plan, _ = next(library.paths_under(""))
    store = open_store(str(tmp_path / "graph.kgl"))
    with library.writing():
        library.owe(library.forget(shipped(), plan))
    with pytest.raises(StoreError, match="gone"):
        library.settle(Falls())  # type: ignore[arg-type]
    assert library.dirty and list(export_lines(store)) == before
    store.close()
    library.close()
    with TestClient(create_app(settings_at(tmp_path))) as client:
        until(lambda: not client.get("/health").json()["owed"])
        after = export(client)
    assert after != before
    with TestClient(create_app(settings_at(tmp_path))) as client:
        until(lambda: not client.get("/health").json()["owed"])
        assert export(client) == after
    assert not Library.open(tmp_path).dirty


@pytest.mark.parametrize("what", ["making was begun", "the tables are others", "the graph is gone"])
def test_a_graph_that_is_not_whole_is_made_again_and_not_asked_before(tmp_path: Path, what: str) -> None:
    before = filled(tmp_path)
    library = Library.open(tmp_path)
    if what == "the graph is gone":
        (tmp_path / "graph.kgl").unlink()
    else:
        library.remark(*{"making was begun": ("making", "yes"), "the tables are others": ("tables", "old")}[what])
    library.close()
    desk = Desk(settings_at(tmp_path), writes=True)
    assert "not whole" in (desk.ready() or "")
    with pytest.raises(StoreError, match="not whole"):
        desk.asked()
    desk.close()
    with TestClient(create_app(settings_at(tmp_path))) as client:
        until(lambda: client.get("/health").status_code == 200)
        assert export(client) == before
        assert client.get("/api/v1/stats").status_code == 200


def test_a_store_that_is_not_there_yet_is_opened_when_it_is(tmp_path: Path) -> None:
    before = filled(tmp_path)
    graph = tmp_path / "graph.kgl"
    graph.rename(tmp_path / "kept.kgl")
    graph.mkdir()
    with TestClient(create_app(settings_at(tmp_path))) as client:
        assert client.get("/health").status_code == 503
        refused = client.get("/api/v1/stats")
        assert refused.status_code == 503 and refused.headers["retry-after"] and refused.json()["detail"]
        graph.rmdir()
        (tmp_path / "kept.kgl").rename(graph)
        until(lambda: client.get("/health").status_code == 200)
        assert export(client) == before and json.loads(client.get("/api/v1/stats").text)["held"] > 0
