"""Changes since a cursor: a copy that follows them is the graph; saved searches narrow them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from command import DEMO, vanban
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from served import served
from shelf import POOL, letter, read, row

from api.app import create_app
from api.settings import Settings
from graph.copying import empty
from graph.export import export_lines
from graph.judgement import Judgement
from graph.library import Library
from graph.store import Store
from graph.stores import open_store
from ingest.judging import judge, undo
from ingest.shipped import shipped
from ingest.upkeep import rebuild
from queries.changes import Changes, changes
from queries.corpus import Corpus
from queries.errors import BadQuestion, NamesNothing
from queries.saved import Search, searches
from queries.scope import Scope

NQ20, PARTIAL = "vn:party:tw:nq:k12:20", "vn:party:tw:nq:_:20"
PLAN = "vn:state:ubnd@binh-thuan:kh:2022:1511"


class Copy:
    """What a client keeps."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.cursor = changes(corpus).cursor
        self.nodes: dict[str, Any] = {}
        self.edges: dict[str, Any] = {}
        self.take(export_lines(corpus.store))

    def take(self, lines: Iterator[str]) -> None:
        self.nodes, self.edges = {}, {}
        for said in map(json.loads, lines):
            if "node" in said:
                self.nodes[said["node"]["id"]] = said["node"]
            else:
                self.edges.setdefault(said["edge"]["from"], []).append(said["edge"])

    def follow(self, limit: int = 7) -> list[Changes]:
        """Take all that is new, page by page."""
        answers = []
        while True:
            answer = changes(self.corpus, self.cursor, Scope(limit=limit))
            answers.append(answer)
            if answer.again:
                self.take(export_lines(self.corpus.store))
            for item in answer.items:
                self.nodes.pop(item.id, None)
                self.edges.pop(item.id, None)
                if item.node is not None:
                    self.nodes[item.id], self.edges[item.id] = item.node, list(item.edges)
            self.cursor = answer.cursor
            if not answer.more:
                return answers

    def lines(self) -> list[str]:
        nodes = [{"node": self.nodes[id]} for id in sorted(self.nodes)]
        edges = [edge for some in self.edges.values() for edge in some]
        edges.sort(key=lambda edge: (edge["from"], edge["relation"], edge["to"], edge["source"]))
        return [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in (*nodes, *({"edge": e} for e in edges))]


def put(library: Library, store: Store, name: str, text: str) -> None:
    with library.writing():
        one = read(name, text)
        library.owe(library.add(shipped(), one, row(name, one), f"/docs/{name}"))
    library.settle(store)


def drop(library: Library, store: Store, name: str) -> None:
    with library.writing():
        library.owe(library.forget(shipped(), f"/docs/{name}"))
    library.settle(store)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Store]]:
    home = tmp_path_factory.mktemp("changes")
    library, store = Library.open(home, durable=False), open_store(str(home / "graph.kgl"))
    yield library, store
    library.close()
    store.close()


DEEDS = ("put", "drop", "judge", "undo", "look")


@settings(max_examples=12, deadline=None)
@given(
    deeds=st.lists(st.tuples(st.sampled_from(sorted(POOL)), st.sampled_from(["put", "drop", "judge", "undo", "look"])))
)
def test_a_copy_that_follows_the_changes_is_the_graph(
    place: tuple[Library, Store], deeds: list[tuple[str, str]]
) -> None:
    library, store = place
    for name in POOL:
        drop(library, store, name)
    undo(library, store, [one.id for one in library.judgements()])
    copy = Copy(Corpus(store, library))
    same = Judgement("same", key=PARTIAL, other=NQ20, who="A", when="2026-01-01")
    for name, deed in deeds:
        if deed == "put":
            put(library, store, name, POOL[name])
        elif deed == "drop":
            drop(library, store, name)
        elif deed == "judge":
            judge(library, store, [same])
        elif deed == "undo":
            undo(library, store, [same.id])
        else:
            copy.follow()
    copy.follow(limit=3)
    assert copy.lines() == list(export_lines(store))
    assert changes(Corpus(store, library), copy.cursor).items == ()


def test_it_says_how_each_changed_and_who_judged_on_both_engines(store: Store, tmp_path: Path) -> None:
    library = Library.open(tmp_path / "home", durable=False)
    corpus = Corpus(store, library)
    start = changes(corpus).cursor
    put(library, store, "plan.txt", POOL["plan.txt"])
    first = changes(corpus, start)
    assert {item.how for item in first.items} == {"came"} and {item.what for item in first.items} >= {
        "task",
        "document",
    }
    plan = next(item for item in first.items if item.id == PLAN)
    assert plan.node and plan.node["held"] and {edge["relation"] for edge in plan.edges} >= {"CONTAINS", "IMPLEMENTS"}
    put(library, store, "under.txt", POOL["under.txt"])
    second = {item.id: item.how for item in changes(corpus, first.cursor).items}
    assert second["vn:state:ubnd@binh-thuan:kh:2022:1600"] == "came" and second.get(PLAN) in (None, "changed")
    judge(library, store, [Judgement("not-same", key=PLAN, other=NQ20, who="A", when="2026-01-01", note="khác")])
    cursor = changes(corpus).cursor
    (judged,) = [one for one in changes(corpus, first.cursor, Scope(limit=2000)).items if one.what == "judgement"]
    assert judged.judgement and judged.judgement["who"] == "A" and judged.how == "came"
    drop(library, store, "under.txt")
    assert {item.id: item.how for item in changes(corpus, cursor).items}[
        "vn:state:ubnd@binh-thuan:kh:2022:1600"
    ] == "went"
    library.close()


def test_what_the_graph_has_not_confirmed_is_not_told(place: tuple[Library, Store]) -> None:
    library, store = place
    corpus = Corpus(store, library)
    cursor = changes(corpus).cursor
    text = letter("77/KH-UBND", "Thực hiện Nghị quyết số 99-NQ/TW ngày 25/10/2017.")
    with library.writing():
        one = read("new.txt", text)
        library.owe(library.add(shipped(), one, row("new.txt", one), "/docs/new.txt"))
    assert changes(corpus, cursor).items == () and changes(corpus).cursor == cursor
    library.settle(store)
    assert "vn:state:ubnd@binh-thuan:kh:2022:77" in {item.id for item in changes(corpus, cursor).items}


def test_after_the_graph_was_made_anew_all_is_to_be_copied_again(place: tuple[Library, Store]) -> None:
    library, store = place
    put(library, store, "law.txt", POOL["law.txt"])
    copy = Copy(Corpus(store, library))
    empty(store)
    rebuild(library, store, again=True)
    (answer,) = copy.follow()
    assert answer.again and answer.items == () and copy.lines() == list(export_lines(store))
    put(library, store, "otherdate.txt", POOL["otherdate.txt"])
    assert not copy.follow()[0].again and copy.lines() == list(export_lines(store))
    future = copy.cursor.split(".")[0] + ".999999999"
    assert changes(copy.corpus, future).again


def test_changes_are_narrowed_by_a_saved_search_and_by_the_scope(place: tuple[Library, Store]) -> None:
    library, store = place
    corpus = Corpus(store, library)
    words = Search("tổ chức bộ máy", "kien toan bo may")
    reports = Search("báo cáo", kinds=("Báo cáo",), held=True)
    number = Search("20-NQ/TW", "20-NQ/TW")
    for one in (words, reports, number):
        library.save_search(one.id, asdict(one))
    assert [one.search.name for one in searches(corpus).searches] == ["20-NQ/TW", "báo cáo", "tổ chức bộ máy"]
    for name in ("under.txt", "doubtful.txt", "plan.txt"):
        drop(library, store, name)
    start = changes(corpus).cursor
    for name in ("under.txt", "doubtful.txt", "plan.txt"):
        put(library, store, name, POOL[name])

    def found(search: Search) -> set[str]:
        items = changes(corpus, start, search=search.id).items
        return {item.id for item in items if item.how != "went"}

    assert found(words) == {"vn:state:ubnd@binh-thuan:kh:2022:1600"}
    assert found(reports) == {"vn:state:ubnd@binh-thuan:bc:2022:1700"}
    assert PLAN in found(number) and "vn:state:ubnd@binh-thuan:bc:2022:1700" in found(number)
    cited = changes(corpus, start, Scope(held=False, limit=2000)).items
    assert cited and all(item.node and not item.node["held"] for item in cited if item.how != "went")
    with pytest.raises(NamesNothing):
        changes(corpus, start, search="0" * 16)


@pytest.mark.parametrize("cursor", ["x", "1.2", "zzzzzzzz.3", "0123456789.3"])
def test_what_is_no_cursor_is_a_bad_question(place: tuple[Library, Store], cursor: str) -> None:
    with pytest.raises(BadQuestion) as raised:
        changes(Corpus(place[1], place[0]), cursor)
    assert raised.value.parameter == "since"


KEY = "0123456789abcdef0123"


def test_over_http_and_by_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    vanban(home, "ingest", DEMO)
    cursor = json.loads(vanban(home, "changes", "--json").stdout)["cursor"]
    id = vanban(home, "searches", "save", "y tế", "suc khoe", "--kind", "Kế hoạch").stdout.strip()
    assert "suc khoe" in vanban(home, "searches").stdout
    made = Settings(home=home, store=str(home / "graph.kgl"), api_keys={"office": KEY})
    with TestClient(create_app(made), headers={"X-API-Key": KEY}) as client:
        body = {"name": "y tế", "words": "suc khoe", "kinds": ["Kế hoạch"]}
        said = client.post("/api/v1/searches", json=body)
        assert said.status_code == 201 and said.json()["id"] == id
        assert client.post("/api/v1/searches", json=body, headers={"X-API-Key": "no"}).status_code == 401
        library = client.app.state.desk.library()  # type: ignore[attr-defined]
        store = client.app.state.desk.corpus().store  # type: ignore[attr-defined]
        put(library, store, "plan.txt", POOL["plan.txt"])
        new = client.get("/api/v1/changes", params={"since": cursor, "search": id}).json()
        assert [item["id"] for item in new["items"] if item["how"] != "went"] == [PLAN]
        assert client.get("/api/v1/changes", params={"search": "0" * 16}).status_code == 404
    with served(home):
        assert PLAN in vanban(home, "changes", "--since", cursor, "--search", id).stdout
        assert vanban(home, "searches", "save", "y tế", "suc khoe", "--kind", "Kế hoạch").stdout.strip() == id
        assert vanban(home, "searches", "forget", id).returncode == 0
        assert vanban(home, "searches", "forget", id).returncode == 2
    assert vanban(home, "searches", "forget", id).returncode == 2
    assert "No search is saved" in vanban(home, "searches").stdout
