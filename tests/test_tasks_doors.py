"""Tasks of the five demonstration documents by command and route: asked for, marked done, undone, carried over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from command import DEMO
from fastapi.testclient import TestClient
from task_demo import HUNG_YEN, LETTER, NQ20, demo_client, fill, said

from graph.export import export_lines
from graph.library import Library
from graph.stores import open_store
from ingest.decisions import Decision, stated
from ingest.exchange import export_judgements
from ingest.judging import judge, undo
from ingest.upkeep import rebuild
from queries.corpus import Corpus
from queries.task_search import Which
from queries.tasks import tasks


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with demo_client(tmp_path_factory.mktemp("demo")) as client:
        yield client


def asked(client: TestClient, route: str = "tasks", **parameters: Any) -> dict[str, Any]:
    found = client.get(f"/api/v1/{route}", params=parameters)
    assert found.status_code == 200, found.text
    answer: dict[str, Any] = found.json()
    return answer


def test_what_a_body_must_do_under_a_resolution_by_any_chain(client: TestClient) -> None:
    answer = asked(client, under="20-NQ/TW", limit=500)
    assert answer["under"]["assumed"] and answer["under"]["document"]["id"] == NQ20
    chains = {tuple(one["chain"]) for one in answer["tasks"]}
    assert {(HUNG_YEN, NQ20), (LETTER, "vn:party:tu@binh-thuan:ctr:n2015:40", NQ20)} <= chains
    one = asked(client, under="20-NQ/TW", body="Ban Tuyên giáo Tỉnh ủy Hưng Yên", role="lead")["tasks"]
    assert one and all("tuyên truyền" in task["text"] and task["document"]["id"] == HUNG_YEN for task in one)


def test_a_task_says_where_it_is_printed(client: TestClient) -> None:
    for one in asked(client, document="3933/UBND-KGVXNV")["tasks"]:
        text = (DEMO / "001_5c18f8e189779d4f.txt").read_bytes().decode()
        assert one["id"] == f"vn:task:{one['source']}:{one['spans'][0]['start']}"
        assert all(text[span["start"] : span["end"]] == one["text"] for span in one["spans"])


def test_past_due_and_due_soon_on_a_day(client: TestClient) -> None:
    def months(due: str, day: str) -> set[str]:
        answer = asked(client, due=due, as_of=day)
        assert answer["as_of"] == day and all(one["completion"] == "unknown" for one in answer["tasks"])
        assert all(one["due"] == due for one in answer["tasks"])
        return {one["deadline"] for one in answer["tasks"]}

    assert months("past", "2023-08-15") == {"2023-07"}
    assert months("soon", "2023-08-15") == {"2023-08"}
    assert months("past", "2023-07-15") == set()


@pytest.mark.parametrize(
    ("parameters", "status", "parameter"),
    [
        ({"due": "late"}, 422, "due"),
        ({"within": -1}, 422, "within"),
        ({"due_to": "8/2023"}, 422, "due_to"),
        ({"role": "boss"}, 422, "role"),
        ({"under": "999/QĐ-TTg"}, 404, "under"),
        ({"body": "Sở Không Có"}, 404, "body"),
    ],
)
def test_a_problem_names_the_parameter(
    client: TestClient, parameters: dict[str, Any], status: int, parameter: str
) -> None:
    problem = client.get("/api/v1/tasks", params=parameters)
    assert (problem.status_code, problem.json()["parameter"]) == (status, parameter)


def test_done_is_a_judgement_that_outlives_rebuilding_and_can_be_undone_and_carried_over(tmp_path: Path) -> None:
    fill(tmp_path)
    library, store = Library.open(tmp_path, durable=False), open_store(str(tmp_path / "graph.kgl"))
    before = list(export_lines(store))
    task = tasks(Corpus(store), Which(document=HUNG_YEN)).tasks[0]
    source, start = task.id.split(":")[2:]
    (made,) = stated(library, [Decision("done", source, int(start))], "Trần Thị B", "2026-01-05")
    assert made.quote == task.text
    judge(library, store, [made])
    assert tasks(Corpus(store), Which(document=HUNG_YEN)).tasks[0].completion == "done"
    marked = list(export_lines(store))
    assert marked != before and any('"done": true' in line for line in marked)
    rebuild(library, store)
    assert list(export_lines(store)) == marked
    line = json.loads(next(iter(export_judgements(library))))
    assert (line["judgement"]["what"], line["judgement"]["start"]) == ("done", int(start))
    undo(library, store, [made.id])
    assert list(export_lines(store)) == before
    store.close()
    library.close()


def test_tasks_are_listed_and_marked_by_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill(tmp_path)

    def listed(*more: str) -> dict[str, Any]:
        code, out, _ = said(tmp_path, capsys, "tasks", "--document", HUNG_YEN, "--json", *more)
        answer: dict[str, Any] = json.loads(out)
        assert code == 0
        return answer

    ids = [one["id"] for one in listed("--limit", "2")["tasks"]]
    assert len(ids) == 2 and listed("--limit", "2")["next"] == 2
    code, out, _ = said(tmp_path, capsys, "tasks", "done", *ids, "--who", "B", "--note", "báo cáo 12")
    assert code == 0 and "2 judgements kept" in out
    shown = said(tmp_path, capsys, "tasks", "--document", HUNG_YEN)[1]
    assert shown.count("done") >= 2 and ids[0] in shown
    assert said(tmp_path, capsys, "tasks", "done", ids[0], "--no")[0] == 0
    marked = {one["id"]: one["completion"] for one in listed()["tasks"] if one["id"] in ids}
    assert marked == {ids[0]: "unknown", ids[1]: "done"}
    code, _, err = said(tmp_path, capsys, "tasks", "done", ids[0].rpartition(":")[0] + ":1")
    assert code == 2 and "begins at 1" in err
    assert said(tmp_path, capsys, "tasks", "--due-to", "8/2023")[0] == 2
