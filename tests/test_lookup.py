"""Looking up: by fields and with context, candidates with reasons, and by the thousand as a job."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from command import vanban
from fastapi.testclient import TestClient
from served import served
from small_graph import DECISIONS, LAW, NQ20, NQ20_PARTIAL, PROGRAMME, health, store_of

from api.app import create_app
from api.desk import Desk
from api.lookups import MOST_WAITING, Lookups, TooMany
from api.settings import Settings
from graph.store import Store
from graph.writing import steps
from ingest.key_query import Context
from queries.bulk import lookup_line
from queries.corpus import Corpus
from queries.lookup import Cited, Looked, lookup_citations, lookup_text

BINH_THUAN, HAI_PHONG = DECISIONS


@pytest.fixture
def corpus(store: Store) -> Corpus:
    store.write(steps(health()))
    return Corpus(store)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    store = store_of(tmp_path_factory.mktemp("lookup"), health())
    yield Corpus(store)
    store.close()


def alone(corpus: Corpus, cited: Cited | str, context: Context | None = None) -> Looked:
    (found,) = lookup_citations(corpus, [cited], context).citations
    return found


def test_fields_and_context_decide_the_same_on_both_engines(corpus: Corpus) -> None:
    for cited, context, status, key in CASES:
        found = alone(corpus, cited, context)
        assert (found.status, found.key) == (status, key), cited


CASES: list[tuple[Cited | str, Context | None, str, str]] = [
    (Cited("20-NQ/TW", "2017-10-25"), None, "cited_not_held", NQ20),
    (Cited("20-NQ/TW", "2017"), None, "cited_not_held", NQ20),
    (Cited("20", "2017-10-25", "Ban Chấp hành Trung ương", "Nghị quyết"), None, "cited_not_held", NQ20),
    (Cited("20-NQ/TW"), None, "ambiguous", NQ20_PARTIAL),
    (Cited("1511/QĐ-UBND", "2022-07-08", "UBND tỉnh Bình Thuận"), None, "cited_not_held", BINH_THUAN),
    (Cited("1511", "2022-07-08", "UBND tỉnh Bình Thuận", "Quyết định"), None, "cited_not_held", BINH_THUAN),
    (Cited("1511/QĐ-UBND", "2022-07-08"), Context("Hải Phòng"), "cited_not_held", HAI_PHONG),
    (Cited("40-CTr/TU", "2018-01-26", "Tỉnh ủy Bình Thuận"), None, "cited_not_held", PROGRAMME),
    ("Quyết định 1511 ngày 08/07/2022 của UBND tỉnh Bình Thuận", None, "cited_not_held", BINH_THUAN),
    ("Luật Tổ chức chính quyền địa phương số 77/2015/QH13", None, "cited_not_held", LAW),
    ("1511/QĐ-UBND", Context("Bình Thuận", None, "2020-12-31"), "unresolvable", "vn:state:ubnd@binh-thuan:qd:_:1511"),
]


def test_candidates_come_with_reasons_and_none_is_newer_than_the_asking_text(small: Corpus) -> None:
    found = alone(small, "1511/QĐ-UBND", Context("Bình Thuận", None, "2022-12-31"))
    assert found.status == "ambiguous" and [one.document.id for one in found.candidates] == [BINH_THUAN]
    assert "not after 2022-12-31" in " ".join(reason.en for reason in found.candidates[0].reasons)
    text = "Thực hiện Quyết định số 1511/QĐ-UBND và Nghị quyết 20-NQ/TW."
    late = lookup_text(small, text, Context("Bình Thuận", None, "2023-01-01")).citations
    early = lookup_text(small, text, Context("Bình Thuận", None, "2010-01-01")).citations
    assert [one.status for one in late] == ["ambiguous", "ambiguous"]
    assert [one.status for one in early] == ["unresolvable", "unresolvable"]
    assert [text[one.start : one.end] for one in late] == ["Quyết định số 1511/QĐ-UBND", "Nghị quyết 20-NQ/TW"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"citation": "20-NQ/TW ngày 25/10/2017", "id": "a"}', ("a", [NQ20], None)),
        ('{"citation": {"number": "20-NQ/TW", "date": "2017"}}', (None, [NQ20], None)),
        ('{"text": "Nghị quyết 20-NQ/TW ngày 25/10/2017", "place": null}', (None, [NQ20], None)),
        ('{"text": ""}', (None, [], None)),
        ("no json", (None, [], "line: it is no JSON")),
        ("[" * 5000, (None, [], "line: it is no JSON")),
        ("[]", (None, [], "line: give an object")),
        ('{"text": "a", "citation": "b"}', (None, [], "line: give an object")),
        ('{"text": 7}', (None, [], "text: it is no text")),
        ('{"text": "a", "as_of": "1/7/2025"}', (None, [], "as_of: ")),
        ('{"text": "a", "colour": "b"}', (None, [], "colour: it is none of")),
        ('{"citation": {"date": "2017"}, "id": "x"}', ("x", [], "citation: give it as written")),
        ('{"citation": {"number": "20-NQ/TW", "date": 2017}}', (None, [], "date: it is no text")),
        (json.dumps({"text": "a" * 64_001}), (None, [], "text: give a text of at most")),
        ('"' + "a" * 600_000 + '"', (None, [], "line: a line has at most")),
    ],
)
def test_a_line_is_answered_or_told_what_is_wrong_with_it(
    small: Corpus, line: str, said: tuple[str | None, list[str], str | None]
) -> None:
    found = lookup_line(small, 3, line)
    id, keys, problem = said
    assert found.line == 3 and [one.key for one in found.citations] == keys
    assert (found.problem or "").startswith(problem or "") and (problem is None) == (found.problem is None)
    assert found.id == id


# --- as a job

LINES = '{"id": "1", "citation": "20-NQ/TW ngày 25/10/2017"}\n\nno json\n{"text": "Chỉ thị 16/CT-TTg năm 2022"}'


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = tmp_path_factory.mktemp("bulk")
    store_of(home, health()).close()
    with TestClient(create_app(Settings(home=home, store=str(home / "graph.kgl")))) as client:
        yield client


def over(client: TestClient, id: str) -> dict[str, Any]:
    while (job := client.get(f"/api/v1/lookup/jobs/{id}").json())["state"] not in ("done", "failed"):
        time.sleep(0.01)
    return dict(job)


def test_a_job_answers_each_line_in_order(client: TestClient) -> None:
    started = client.post("/api/v1/lookup/jobs", content=LINES.encode())
    assert started.status_code == 202 and started.headers["location"].endswith(started.json()["id"])
    job = over(client, started.json()["id"])
    assert job["state"] == "done" and job["total"] == 4
    assert job["bulk"] == {"lines": 3, "problems": 1, "statuses": {"cited_not_held": 2}}
    said = client.get(f"/api/v1/lookup/jobs/{job['id']}/answers").text.splitlines()
    found = [json.loads(line) for line in said]
    assert [one["line"] for one in found] == [1, 3, 4] and found[0]["id"] == "1"
    assert found[0]["citations"][0]["key"] == NQ20 and found[1]["problem"].startswith("line: ")


def test_only_the_last_answers_are_kept_and_only_so_many_wait(tmp_path: Path) -> None:
    store_of(tmp_path, health()).close()
    go = Event()
    lookups = Lookups(Desk(Settings(home=tmp_path, store=str(tmp_path / "graph.kgl"))))

    class Slow(io.BytesIO):
        def close(self) -> None:
            go.wait()

    first = lookups.start(Slow(b"{}"), 1)
    others = [lookups.start(io.BytesIO(b"{}"), 1) for _ in range(MOST_WAITING - 1)]
    with pytest.raises(TooMany):
        lookups.start(io.BytesIO(b"{}"), 1)
    go.set()
    ended(lookups, others[-1].id)
    last = lookups.start(io.BytesIO(b"{}"), 1)
    assert lookups.answers(first.id) is None and lookups.job(first.id)
    ended(lookups, last.id)
    kept = lookups.answers(last.id)
    assert kept and json.loads(kept.read())["problem"]
    kept.close()
    lookups.close()
    lookups.desk.close()


def ended(lookups: Lookups, id: str) -> None:
    while not (job := lookups.job(id)) or not job.over:
        time.sleep(0.01)


@pytest.mark.parametrize("id", ["0" * 16, "x"])
def test_a_job_that_is_not_known_is_said(client: TestClient, id: str) -> None:
    for path in (f"/api/v1/lookup/jobs/{id}", f"/api/v1/lookup/jobs/{id}/answers"):
        assert client.get(path).status_code in (404, 422)


def test_no_lines_and_too_many_are_refused(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.post("/api/v1/lookup/jobs", content=b"").json()["parameter"] == "body"
    monkeypatch.setattr("api.routes_bulk.MOST_LINES", 2)
    assert client.post("/api/v1/lookup/jobs", content=b"{}\n" * 3).status_code == 422


def test_lines_by_command_alone_and_through_the_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    store_of(home, health()).close()
    alone = vanban(home, "lookup", "--jsonl", "-", text=LINES)
    assert [json.loads(line)["line"] for line in alone.stdout.splitlines()] == [1, 3, 4]
    lines = tmp_path / "lines.jsonl"
    lines.write_text(LINES, encoding="utf-8")
    with served(home):
        assert vanban(home, "lookup", "--jsonl", lines).stdout == alone.stdout
