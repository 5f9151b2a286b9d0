"""The pages that write, without a browser: the key, adding, marking, deciding; refused without key and token."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from shelf import POOL, letter
from small_graph import NQ20

from api.app import create_app
from api.settings import Settings
from ingest.intake import ingest_given
from queries.side import differing

KEY = "0123456789abcdef0123"


# --- the key


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestClient]:
    """An application that only those with a key may read or write, on one plan with a task."""
    store = str(tmp_path / "graph.kgl")
    settings = Settings(home=tmp_path, store=store, api_keys={"office": KEY}, public_read=False)
    with TestClient(create_app(settings), follow_redirects=False) as client:
        desk = client.app.state.desk  # type: ignore[attr-defined]
        ingest_given([("plan.txt", POOL["plan.txt"].encode())], desk.library(), desk.corpus().store)
        yield client


def test_the_key_is_given_once_and_kept_from_scripts(office: TestClient) -> None:
    asked = office.get("/tasks?body=Sở+Y+tế")
    assert asked.status_code == 303 and asked.headers["location"].startswith("/key?back=%2Ftasks%3Fbody")
    assert office.get("/key").status_code == 200 and office.get("/api/v1/stats").status_code == 401
    wrong = office.post("/key", data={"key": "x" * 20, "back": "/"})
    assert wrong.status_code == 401 and "Khóa này không đúng" in wrong.text and "set-cookie" not in wrong.headers
    kept = office.post("/key", data={"key": KEY, "back": "/tasks"})
    assert kept.status_code == 303 and kept.headers["location"] == "/tasks"
    cookie = kept.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "path=/" in cookie
    assert office.get("/tasks").status_code == 200 and office.get("/api/v1/stats").status_code == 200
    gone = office.post("/key", data={"forget": "true"})
    assert gone.status_code == 303 and office.get("/tasks").status_code == 303


@pytest.mark.parametrize(
    "back", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/a\nb"]
)
def test_one_is_never_sent_to_another_server(office: TestClient, back: str) -> None:
    assert office.post("/key", data={"key": KEY, "back": back}).headers["location"] == "/"


def test_a_form_that_writes_needs_the_cookie_and_the_token(office: TestClient) -> None:
    office.post("/key", data={"key": KEY})
    page = office.get("/tasks").text
    task = re.search(r"vn:task:[0-9a-f]{16}:\d+", page)
    token = re.search(r'name="token" value="([0-9a-f]{64})"', page)
    assert task and token
    given = {"task": task[0], "back": "/tasks"}
    assert office.post("/tasks/done", data=given).status_code == 403
    assert office.post("/tasks/done", data=given | {"token": "0" * 64}).status_code == 403
    elsewhere = {"Sec-Fetch-Site": "cross-site"}
    assert office.post("/tasks/done", data=given | {"token": token[1]}, headers=elsewhere).status_code == 403
    assert office.post("/key", data={"key": KEY}, headers=elsewhere).status_code == 403
    assert office.post("/api/v1/judgements", json={"decisions": []}).status_code == 401
    assert "đã xong</span>" not in office.get("/tasks").text
    done = office.post("/tasks/done", data=given | {"token": token[1]})
    assert done.status_code == 303 and "đã xong</span>" in office.get("/tasks").text
    office.post("/tasks/done", data=given | {"token": token[1], "undone": "true"})
    assert "đã xong</span>" not in office.get("/tasks").text
    office.cookies.clear()
    assert office.post("/tasks/done", data=given | {"token": token[1]}).status_code == 401


# --- adding


def _token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([0-9a-f]{64})"', client.get("/add").text)
    assert found
    return found[1]


def _added(client: TestClient, files: list[tuple[str, bytes]]) -> str:
    """The page of a work that is over."""
    sent = [("files", one) for one in files]
    started = client.post("/add", data={"token": _token(client)}, files=sent)
    assert started.status_code == 303
    where = started.headers["location"]
    events = client.get(where.replace("/added?", "/added/events?"))
    assert events.headers["content-type"].startswith("text/event-stream") and "event: done" in events.text
    return client.get(where).text


def test_files_are_taken_in_and_what_cannot_be_read_is_told(office: TestClient) -> None:
    office.post("/key", data={"key": KEY})
    one, other = letter("21/KH-UBND", "Một."), letter("22/KH-UBND", "Hai.")
    page = _added(office, [("cv.txt", one.encode()), ("../cv.txt", other.encode()), ("a<b>.txt", b" \n")])
    assert "Đã nạp 2 tệp, 1 tệp không đọc được" in page and "Kế hoạch 21/KH-UBND" in page and "22/KH-UBND" in page
    assert "a&lt;b&gt;.txt" in page and "tệp trống" in page and "<b>" not in page
    assert "đã có từ trước" in _added(office, [("cv.txt", one.encode())])
    for number in ("21/KH-UBND", "22/KH-UBND"):
        assert office.get("/document", params={"document": number}).status_code == 200


def test_adding_needs_the_key_and_the_token(office: TestClient) -> None:
    files = [("files", ("a.txt", b"a"))]
    assert office.post("/add", files=files).status_code == 401
    office.post("/key", data={"key": KEY})
    assert office.post("/add", files=files, data={"token": "x"}).status_code == 403
    many = [("files", (f"{n}.txt", b"a")) for n in range(201)]
    assert office.post("/add", files=many, data={"token": _token(office)}).status_code == 413
    assert office.get("/added?job=0123456789abcdef").status_code == 404
    office.cookies.clear()
    for path in ("/added?job=0123456789abcdef", "/added/events?job=0123456789abcdef"):
        assert office.get(path).status_code == 303


# --- the review


@pytest.fixture
def doubtful(office: TestClient) -> TestClient:
    """The same with a number that may mean a known resolution, and the plan again without its number."""
    copy = POOL["plan.txt"].replace("Số: 1511/KH-UBND", "Số:      /KH-UBND")
    desk = office.app.state.desk  # type: ignore[attr-defined]
    given = [("doubtful.txt", POOL["doubtful.txt"].encode()), ("copy.txt", copy.encode())]
    ingest_given(given, desk.library(), desk.corpus().store)
    office.post("/key", data={"key": KEY})
    return office


def _form(page: str) -> dict[str, str]:
    """The fields of the form of decisions."""
    form = page[page.index('class="verdict"') :]
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("</form>")].replace("&amp;", "&")))


def test_a_mention_is_decided_and_the_decision_undone(doubtful: TestClient) -> None:
    page = doubtful.get("/review?doubt=partial").text
    said = _form(page)
    assert "<mark>Nghị quyết số 20-NQ/TW</mark>" in page and said["key"] == "vn:party:tw:nq:_:20"
    assert said["other"] == NQ20 and said["source"] and "cùng số" in page
    kept = doubtful.post("/review", data=said | {"verdict": "same"})
    assert kept.status_code == 303 and "Đã ghi quyết định" in doubtful.get(kept.headers["location"]).text
    told = doubtful.get("/api/v1/judgements").json()["judgements"]
    assert [(one["judgement"]["what"], one["judgement"]["key"], one["judgement"]["who"]) for one in told] == [
        ("key", NQ20, "office")
    ]
    undo = {"token": said["token"], "decided": told[0]["id"], "back": "/review?doubt=partial"}
    assert doubtful.post("/review/undo", data=undo).status_code == 303
    assert doubtful.get("/api/v1/judgements").json()["all"] == 0
    different = doubtful.post("/review", data=said | {"verdict": "different"})
    assert different.status_code == 303
    assert _form(doubtful.get("/review?doubt=partial").text).get("other") != NQ20


def test_two_texts_lie_side_by_side_with_what_differs(doubtful: TestClient) -> None:
    page = doubtful.get("/review?doubt=suspicious").text
    assert "Nghi là một văn bản" in page and page.count('class="excerpt"') == 2 and "<mark>1511/KH-UBND</mark>" in page
    said = _form(page)
    assert "source" not in said
    assert doubtful.post("/review", data=said | {"verdict": "same"}).status_code == 303
    assert "Không còn gì chờ xem xét" in doubtful.get("/review?doubt=suspicious").text


def test_a_decision_that_says_nothing_is_refused(doubtful: TestClient) -> None:
    said = _form(doubtful.get("/review?doubt=partial").text) | {"verdict": "same"}
    for wrong in ({"other": "gibberish"}, {"start": "1"}, {"source": "0" * 16}, {"verdict": "maybe"}, {"key": ""}):
        assert 400 <= doubtful.post("/review", data=said | wrong).status_code < 500, wrong
    assert doubtful.post("/review", data=said | {"token": ""}).status_code == 403
    assert doubtful.get("/api/v1/judgements").json()["all"] == 0


def test_what_differs_between_two_texts() -> None:
    assert differing("a b c d", "a x c") == (((2, 3), (6, 7)), ((2, 3),))
    assert differing("", "a") == ((), ((0, 1),)) and differing("a  b", "a b") == ((), ())
