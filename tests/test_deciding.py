"""Deciding through the doors: over HTTP and by command, alone and through a running server; registers and exports come
in; all of it survives rebuilding and reading again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import vanban
from fastapi.testclient import TestClient
from served import served
from shelf import POOL

from api.app import create_app
from api.settings import Settings
from graph.judgement import BadJudgement, Judgement
from graph.library import Library
from graph.stores import open_store
from ingest.decisions import Decision, stated
from ingest.intake import ingest_given

KEY = "0123456789abcdef0123"
NQ20, PARTIAL = "vn:party:tw:nq:k12:20", "vn:party:tw:nq:_:20"
NQ21 = "vn:party:tw:nq:k12:21"
PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"
HEAD = {"X-API-Key": KEY}
REGISTER = """Số ký hiệu;Ngày ban hành;Cơ quan ban hành;Trích yếu;Tình trạng;Ngày hết hiệu lực
16/2015/NĐ-CP;14/02/2015;Chính phủ;Cơ chế tự chủ của đơn vị sự nghiệp công lập;Hết hiệu lực;15/08/2021
16/2015/NĐ-CP;14/02/2015;Chính phủ;Cơ chế tự chủ của đơn vị sự nghiệp công lập;Hết hiệu lực;15/08/2021
21-NQ/TW;32/10/2017;Ban Chấp hành Trung ương;Dân số;Còn hiệu lực;
5/QĐ-TTg;01/01/2020;Thủ tướng Chính phủ;Một việc;Chẳng rõ;
"""


def fill(home: Path) -> None:
    library, store = Library.open(home, durable=False), open_store(str(home / "graph.kgl"))
    ingest_given([(name, text.encode()) for name, text in POOL.items()], library, store)
    store.close()
    library.close()


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    fill(tmp_path)
    settings = Settings(home=tmp_path, store=str(tmp_path / "graph.kgl"), api_keys={"office": KEY})
    with TestClient(create_app(settings)) as client:
        yield client


def done(client: TestClient, path: str, body: Any = None, **more: Any) -> dict[str, Any]:
    """What came of a job."""
    said = client.post(f"/api/v1/{path}", json=body, headers=HEAD, **more)
    assert said.status_code == 202, said.text
    return over(client, said.json())


def over(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(3000):
        if job["state"] in ("done", "failed"):
            return job
        threading.Event().wait(0.02)
        job = client.get(f"/api/v1/jobs/{job['id']}", headers=HEAD).json()
    raise AssertionError("the job does not end")


def export(client: TestClient) -> list[str]:
    return client.get("/api/v1/export").text.split("\n")


def first(client: TestClient) -> dict[str, Any]:
    """The first mention of the partial key."""
    doubts = client.get("/api/v1/review", params={"doubt": "partial"}).json()["doubts"]
    found: dict[str, Any] = next(one for one in doubts if one["key"] == PARTIAL)["mentions"][0]
    return found


def test_a_decision_is_kept_signed_listed_and_undone(client: TestClient) -> None:
    before, mention = export(client), first(client)
    said = {"what": "key", "source": mention["source"], "start": mention["start"], "key": NQ21, "note": "xem bản gốc"}
    assert done(client, "judgements", {"decisions": [said]})["judged"] == {"new": 1, "known": 0, "dangling": []}
    (kept,) = client.get("/api/v1/judgements", params={"key": NQ21}).json()["judgements"]
    judgement = kept["judgement"]
    assert kept["stands"] and judgement["who"] == "office" and judgement["when"] and judgement["note"] == "xem bản gốc"
    assert "20-NQ/TW" in judgement["quote"]
    changed = export(client)
    assert changed != before
    assert done(client, "rebuild", {"again": True})["state"] == "done" and export(client) == changed
    line = client.get("/api/v1/judgements/export").text.strip()
    undone = done(client, "judgements/undo", {"ids": [kept["id"], "0" * 16]})["undone"]
    assert undone == {"undone": [kept["id"]], "unknown": ["0" * 16]} and export(client) == before
    files = {"file": ("judgements.jsonl", line.encode())}
    taken = over(client, client.post("/api/v1/import", files=files, headers=HEAD).json())["taken"]
    assert taken["judged"]["new"] == 1 and export(client) == changed


def test_all_high_scores_are_accepted_at_once_and_each_can_be_undone(client: TestClient) -> None:
    before = export(client)
    outcome = done(client, "judgements/accept", {"score": 0.1, "who": "Trần Thị B"})["accepted"]
    assert outcome["judgements"]
    kept = client.get("/api/v1/judgements").json()
    assert {one["id"] for one in kept["judgements"]} == set(outcome["judgements"])
    assert done(client, "judgements/undo", {"ids": outcome["judgements"]})["undone"]["unknown"] == []
    assert export(client) == before


@pytest.mark.parametrize(
    ("decision", "why"),
    [
        ({"what": "key", "source": "0" * 16, "key": NQ20}, "no source"),
        ({"what": "same", "key": NQ20, "other": "vn:party:tw:xx:k12:20"}, "no type"),
        ({"what": "same", "key": NQ20, "other": "xin chào"}, "names no document"),
        ({"what": "same", "key": NQ20}, "give other"),
        ({"what": "same", "key": NQ20, "other": NQ20}, "needs two"),
        ({"what": "correct", "source": PLAN, "field": "date", "value": "x"}, "several texts"),
        ({"what": "split", "source": "unnumbered.txt", "key": NQ20, "other": NQ21}, "does not mention"),
        ({"what": "done", "source": "law.txt", "start": 0}, "they begin at"),
        ({"what": "correct", "source": "law.txt", "field": "colour", "value": "x"}, "no field"),
    ],
)
def test_what_cannot_be_decided_is_a_422_and_nothing_is_kept(
    client: TestClient, decision: dict[str, str], why: str
) -> None:
    good = {"what": "not-same", "key": NQ20, "other": NQ21}
    said = client.post("/api/v1/judgements", json={"decisions": [good, decision]}, headers=HEAD)
    assert said.status_code == 422 and why in said.json()["detail"]
    assert client.get("/api/v1/judgements").json()["all"] == 0


@pytest.mark.parametrize("path", ["judgements", "judgements/accept", "judgements/undo", "import", "import/paths"])
def test_deciding_needs_a_key(client: TestClient, path: str) -> None:
    assert client.post(f"/api/v1/{path}", json={}).status_code == 401
    assert client.post(f"/api/v1/{path}", json={"x": 1}, headers=HEAD).status_code in (403, 422)


def test_a_split_gives_each_mention_in_one_document_another_key(tmp_path: Path) -> None:
    fill(tmp_path)
    library = Library.open(tmp_path)
    held = [row.source for row in library.sources_of(PLAN) if row.speaks]
    other = "vn:state:ubnd@binh-thuan:kh:2023:1511"
    found = stated(library, [Decision("split", held[0], key=PLAN, other=other)], "B", "2026-01-05")
    assert [(one.start, one.key) for one in found][-1] == (None, other)
    with pytest.raises(BadJudgement, match="no mention or task begins at 3"):
        stated(library, [Decision("key", held[0], 3, key=NQ20)], "B", "2026-01-05")
    library.close()


def test_a_register_comes_in_with_what_is_wrong_in_it_listed(tmp_path: Path) -> None:
    fill(tmp_path)
    register = tmp_path / "register.csv"
    register.write_text(REGISTER, encoding="utf-8-sig")
    said = vanban(tmp_path, "import", register, "--json")
    taken = json.loads(said.stdout)
    assert said.returncode == 1 and (taken["kind"], taken["lines"], taken["doubles"]) == ("register", 1, 1)
    assert [line for line, _ in taken["left_out"]] == [4, 5] and "no date" in taken["left_out"][0][1]
    card = json.loads(vanban(tmp_path, "document", "16/2015/NĐ-CP", "--json").stdout)["asked"]["document"]
    assert (card["validity"], card["date"], card["effective_to"]) == ("expired", "2015-02-14", "2021-08-15")
    lapsed = json.loads(vanban(tmp_path, "stale", "--json").stdout)["lapsed"]
    assert "vn:state:ubnd@binh-thuan:qd:2022:1900" in {one["document"]["id"] for one in lapsed}
    assert {(one["certainty"], one["validity"], *one["registers"]) for one in lapsed} == {
        ("before", "expired", "register.csv")
    }
    assert "register.csv: expired" in vanban(tmp_path, "stale").stdout
    again = json.loads(vanban(tmp_path, "import", register, "--json").stdout)
    assert again["known"] is True


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"a;b\n1;2\n", "no column for the number"),
        (b"", "no column"),
        ("Số ký hiệu\n".encode() + b"1\n" * 9000 + b"\xff\n", "no CSV in UTF-8"),
        ("số\n".encode("utf-16"), "no CSV in UTF-8"),
    ],
)
def test_what_is_no_register_is_refused_before_anything_comes_in(tmp_path: Path, data: bytes, why: str) -> None:
    register = tmp_path / "register.csv"
    register.write_bytes(data)
    said = vanban(tmp_path, "import", register)
    assert said.returncode == 2 and why in said.stderr


def test_the_commands_decide_list_undo_and_carry_judgements_over(tmp_path: Path) -> None:
    fill(tmp_path)
    shown = vanban(tmp_path, "review", "--doubt", "partial")
    assert PARTIAL in shown.stdout and "same number" in shown.stdout and "20-NQ/TW" in shown.stdout
    said = vanban(tmp_path, "judge", "same", PARTIAL, NQ20, "--who", "B", "--note", "cùng một văn bản")
    assert said.returncode == 0 and "1 judgements kept" in said.stdout
    listed = vanban(tmp_path, "judgements")
    id = listed.stdout.split()[0]
    assert "cùng một văn bản" in listed.stdout and "same" in listed.stdout
    out = tmp_path / "judgements.jsonl"
    vanban(tmp_path, "judgements", "--jsonl", "-o", out)
    assert Judgement.from_json(json.loads(out.read_text(encoding="utf-8"))["judgement"]).id == id
    assert vanban(tmp_path, "undo", id).returncode == 0 and vanban(tmp_path, "undo", id).returncode == 4
    assert vanban(tmp_path, "import", out).returncode == 0
    assert vanban(tmp_path, "judge", "same", PARTIAL, "xin chào").returncode == 2
    assert "accepted" in vanban(tmp_path, "judge", "accept", "0.9").stdout


def test_judgements_of_another_corpus_are_kept_and_named(tmp_path: Path) -> None:
    fill(tmp_path)
    line = {"judgement": {"what": "key", "source": "f" * 16, "start": 3, "key": NQ20, "who": "C", "when": "2026-01-05"}}
    out = tmp_path / "judgements.jsonl"
    out.write_text(json.dumps(line) + "\n[]\n", encoding="utf-8")
    said = vanban(tmp_path, "import", out)
    assert said.returncode == 1 and "its document is not held" in said.stdout and "line 2" in said.stdout
    assert "f" * 16 in vanban(tmp_path, "judgements").stdout
    assert "without ground" in vanban(tmp_path, "review", "--doubt", "suspicious").stdout


def test_the_commands_decide_through_a_running_server(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    fill(home)
    register = tmp_path / "register.csv"
    register.write_text(REGISTER, encoding="utf-8")
    with served(home):
        assert "1 judgements kept" in vanban(home, "judge", "same", PARTIAL, NQ20, "--who", "B").stdout
        refused = vanban(home, "judge", "same", PARTIAL, "xin chào")
        assert refused.returncode == 2 and "names no document" in refused.stderr
        id = vanban(home, "judgements").stdout.split()[0]
        line = vanban(home, "judgements", "--jsonl").stdout
        assert json.loads(line)["judgement"]["who"] == "B"
        assert json.loads(vanban(home, "undo", id, "--json").stdout)["undone"] == [id]
        assert json.loads(vanban(home, "import", register, "--json").stdout)["lines"] == 1
        assert json.loads(vanban(home, "judge", "accept", "0.1", "--json").stdout)["judgements"]
