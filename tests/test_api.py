"""The HTTP application: questions, problems, the page, writing as jobs, and who may write."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import DEMO
from fastapi.testclient import TestClient
from small_graph import DECISIONS, LETTER, NQ20, health, store_of

from api.app import create_app
from api.running import new_run, running
from api.settings import Settings

KEY = "0123456789abcdef0123"


def settings_at(home: Path, **more: Any) -> Settings:
    return Settings(home=home, store=str(home / "graph.kgl"), **more)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The application on the small graph."""
    home = tmp_path_factory.mktemp("small")
    store_of(home, health()).close()
    with TestClient(create_app(settings_at(home)), raise_server_exceptions=False) as client:
        yield client


# --- questions

QUESTIONS: list[tuple[str, dict[str, str]]] = [
    ("documents", {}),
    ("documents/card", {"document": "20-NQ/TW"}),
    ("lineage", {"document": "20-NQ/TW"}),
    ("impact", {"document": "20-NQ/TW"}),
    ("missing", {}),
    ("stats", {}),
    ("stale", {}),
    ("coverage", {"document": "20-NQ/TW"}),
    ("path", {"from": "40-CTr/TU", "to": "20-NQ/TW"}),
    ("timeline", {"document": "20-NQ/TW"}),
    ("common", {"document": LETTER, "other": "20-NQ/TW"}),
    ("tasks", {}),
    ("gaps", {}),
    ("gaps", {"document": "20-NQ/TW"}),
    ("rank", {}),
    ("cycles", {}),
    ("islands", {}),
    ("lookup", {"text": "Nghị quyết 20-NQ/TW"}),
    ("search", {"q": "20-NQ/TW"}),
    ("changes", {}),
    ("similar", {"document": "20-NQ/TW"}),
    ("searches", {}),
]


@pytest.mark.parametrize(("route", "parameters"), QUESTIONS, ids=lambda one: one if isinstance(one, str) else "")
def test_every_question_answers_in_json(client: TestClient, route: str, parameters: dict[str, str]) -> None:
    said = client.get(f"/api/v1/{route}", params=parameters)
    assert said.status_code == 200 and said.headers["content-type"] == "application/json"
    assert said.json() and said.headers["x-request-id"]


def test_an_assumed_document_is_said_to_be_assumed(client: TestClient) -> None:
    asked = client.get("/api/v1/lineage", params={"document": "20-NQ/TW"}).json()["asked"]
    assert asked["assumed"] is True and asked["document"]["id"] == NQ20
    exact = client.get("/api/v1/lineage", params={"document": "20-NQ/TW", "exact": "true"}).json()["asked"]
    assert exact["document"]["id"] == "vn:party:tw:nq:_:20"


def test_several_candidates_are_a_300_with_all_of_them(client: TestClient) -> None:
    said = client.get("/api/v1/impact", params={"document": "1511/QĐ-UBND"})
    assert said.status_code == 300 and said.headers["content-type"] == "application/problem+json"
    assert {one["document"]["id"] for one in said.json()["candidates"]} == set(DECISIONS)


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/api/v1/lineage", 422, "document"),
        ("/api/v1/lineage?document=", 422, "document"),
        ("/api/v1/lineage?document=xin+chào", 404, "document"),
        ("/api/v1/lineage?document=vn:x", 404, "document"),
        ("/api/v1/lineage?document=999/QĐ-TTg", 404, "document"),
        ("/api/v1/lineage?document=20-NQ/TW&depth=99", 422, "depth"),
        ("/api/v1/lineage?document=20-NQ/TW&depth=x", 422, "depth"),
        ("/api/v1/lineage?document=20-NQ/TW&as_of=2025-13-01", 422, "as_of"),
        ("/api/v1/lineage?document=20-NQ/TW&relation=LIKES", 422, "relation.0"),
        ("/api/v1/lineage?document=20-NQ/TW&limit=0", 422, "limit"),
        ("/api/v1/missing?cursor=99999999999999999999", 422, "cursor"),
        ("/api/v1/path?from=20-NQ/TW&to=999/QĐ-TTg", 404, "to"),
        ("/api/v1/coverage?document=20-NQ/TW&body=Không+có", 404, "body"),
        ("/api/v1/tasks?body=Không+có", 404, "body"),
        ("/api/v1/missing?as_of=0", 422, "as_of"),
        ("/nowhere", 404, None),
    ],
)
def test_a_problem_names_the_parameter(client: TestClient, path: str, status: int, parameter: str | None) -> None:
    said = client.get(path)
    problem = said.json()
    assert (said.status_code, problem.get("parameter")) == (status, parameter)
    assert said.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status and problem["detail"] and problem["request"] == said.headers["x-request-id"]


@pytest.mark.parametrize(
    "document",
    [
        "\x00",
        "%00",
        "'; MATCH (n) DETACH DELETE n //",
        b"\xed\xa0\x80",
        "{{7*7}}",
        "a" * 1000,
        "vn:" * 300,
    ],
)
def test_nothing_that_a_caller_sends_is_an_error_of_ours(client: TestClient, document: str | bytes) -> None:
    for route in ("lineage", "impact", "documents/card", "coverage", "timeline"):
        assert client.get(f"/api/v1/{route}", params={"document": document}).status_code in (404, 422)
    assert client.get("/api/v1/stats").json()["held"] == 3


def test_lookup_takes_a_text_or_citations_with_a_context(client: TestClient) -> None:
    text = "Thực hiện Nghị quyết số 20-NQ/TW ngày 25/10/2017; 3933/UBND-KGVXNV ngày 22/11/2022."
    found = client.post("/api/v1/lookup", json={"text": text, "place": "tỉnh Bình Thuận"}).json()["citations"]
    assert [text[one["start"] : one["end"]] for one in found] == [one["words"] for one in found]
    assert found[0]["status"] == "cited_not_held" and found[0]["document"]["id"] == NQ20
    given: list[object] = ["20-NQ/TW", {"number": "1511/QĐ-UBND", "date": "2022-07-08"}, "xin chào", "999/QĐ-TTg"]
    asked = {"citations": given, "place": "Bình Thuận"}
    statuses = [one["status"] for one in client.post("/api/v1/lookup", json=asked).json()["citations"]]
    assert statuses == ["ambiguous", "cited_not_held", "not_a_citation", "unresolvable"]
    for wrong in (
        {},
        {"text": None, "place": ""},
        {"citations": []},
        {"citations": ["a"] * 251},
        {"text": "a" * 64_001},
        {"text": "a", "as_of": 0},
        [],
        1,
    ):
        assert client.post("/api/v1/lookup", json=wrong).status_code == 422


def test_pages_follow_their_cursor(client: TestClient) -> None:
    first = client.get("/api/v1/documents", params={"limit": 6}).json()
    second = client.get("/api/v1/documents", params={"limit": 6, "cursor": first["next"]}).json()
    ids = [one["id"] for one in (*first["documents"], *second["documents"])]
    assert ids == sorted(node.id for node in health().put_nodes) and second["next"] is None


# --- service


def test_health_says_whether_it_can_answer(client: TestClient, tmp_path: Path) -> None:
    said = client.get("/health").json()
    expected = {"live": True, "ready": True, "engine": "kglite", "version": "0.1.0", "jobs": 0}
    assert expected.items() <= said.items() and "problem" not in said
    (tmp_path / "graph.kgl").write_bytes(b"no graph" * 100)
    with TestClient(create_app(settings_at(tmp_path))) as broken:
        said = broken.get("/health")
        assert said.status_code == 503 and said.json()["live"] is True and "damaged" in said.json()["problem"]
        refused = broken.get("/api/v1/stats")
        assert refused.status_code == 503 and refused.headers["retry-after"]


def test_bounds_on_bodies_and_rates(tmp_path: Path) -> None:
    with TestClient(create_app(settings_at(tmp_path, rate=5, max_body=1000))) as client:
        assert client.post("/api/v1/lookup", json={"text": "a" * 2000}).status_code == 413

        def pieces() -> Iterator[bytes]:
            yield b'{"text": "'
            yield from (b"a" * 400 for _ in range(5))

        assert client.post("/api/v1/lookup", content=pieces()).status_code == 413
        found = [client.get("/health").status_code for _ in range(6)]
        assert found[0] == 200 and found[-1] == 429


def test_the_schema_names_its_problems_and_has_examples(client: TestClient) -> None:
    schema = client.get("/openapi.json").json()
    for path, methods in schema["paths"].items():
        for operation in methods.values():
            assert operation.get("summary") or path == "/health"
    assert "Problem" in schema["components"]["schemas"]
    assert "20-NQ/TW" in json.dumps(schema, ensure_ascii=False)


# --- writing


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestClient]:
    """An application with an API key, that commands on this machine know of."""
    settings = settings_at(tmp_path, api_keys={"office": KEY}, public_read=False)
    started = new_run("http://testserver", settings.store)
    with TestClient(create_app(settings, started)) as client:
        client.headers["X-Token"] = started.token
        yield client


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def ended(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(600):
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.05)
        job = client.get(f"/api/v1/jobs/{job['id']}", headers=bearer(KEY)).json()
    raise AssertionError(f"job did not end: {job}")


def test_documents_come_in_and_go_as_jobs(office: TestClient) -> None:
    files = [("files", (path.name, path.read_bytes())) for path in sorted(DEMO.glob("*.txt"))]
    said = office.post("/api/v1/documents", files=files, headers=bearer(KEY))
    assert said.status_code == 202 and said.headers["location"] == f"/api/v1/jobs/{said.json()['id']}"
    assert len(ended(office, said.json())["report"]["added"]) == 5
    with office.stream("GET", f"/api/v1/jobs/{said.json()['id']}/events", headers=bearer(KEY)) as events:
        text = "".join(events.iter_text())
    assert text.startswith("event: done\ndata: {") and text.endswith("\n\n")
    named = office.get("/api/v1/impact", params={"document": "20-NQ/TW"}, headers=bearer(KEY)).json()
    assert "004_9f49aac2b4a91be7.txt" in json.dumps(named["touched"])
    gone = office.post("/api/v1/remove", json={"names": ["004_9f49aac2b4a91be7.txt", "nope"]}, headers=bearer(KEY))
    assert ended(office, gone.json())["removed"] == {"removed": ["004_9f49aac2b4a91be7.txt"], "unknown": ["nope"]}
    before = office.get("/api/v1/export", headers=bearer(KEY)).text
    assert (
        ended(office, office.post("/api/v1/rebuild", json={"again": True}, headers=bearer(KEY)).json())["sources"] == 4
    )
    assert office.get("/api/v1/export", headers=bearer(KEY)).text == before


def test_only_known_callers_write_and_only_local_ones_name_files(office: TestClient) -> None:
    paths = {"paths": [str(DEMO)]}
    for headers in ({}, bearer("x" * 20), {"Authorization": "Bearer é".encode()}, {"Authorization": f"Basic {KEY}"}):
        assert office.post("/api/v1/documents/paths", json=paths, headers=headers).status_code == 401
        assert office.get("/api/v1/stats", headers=headers).status_code == 401
    assert office.post("/api/v1/documents/paths", json=paths, headers=bearer(KEY)).status_code == 403
    token = office.headers["X-Token"]
    job = office.post("/api/v1/documents/paths", json=paths, headers=bearer(token))
    assert job.status_code == 202 and len(ended(office, job.json())["report"]["added"]) == 5
    assert office.get("/api/v1/stats", headers={"X-API-Key": KEY}).json()["held"] == 5
    assert office.get("/api/v1/jobs/0123456789abcdef", headers=bearer(KEY)).status_code == 404


def test_a_file_that_cannot_be_read_is_in_the_report_of_its_job(office: TestClient) -> None:
    said = office.post("/api/v1/documents", files=[("files", ("empty.txt", b""))], headers=bearer(KEY))
    [failed] = ended(office, said.json())["report"]["failed"]
    assert failed["path"] == "empty.txt" and "empty" in failed["why"]


def test_the_run_is_announced_to_its_owner_alone_and_withdrawn(tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    with TestClient(create_app(settings, new_run("http://127.0.0.1:9", settings.store))):
        file = tmp_path / "server.json"
        assert file.stat().st_mode & 0o077 == 0 and json.loads(file.read_text())["address"] == "http://127.0.0.1:9"
        assert running(tmp_path, settings.store) is None  # nobody answers there
    assert not file.exists()
