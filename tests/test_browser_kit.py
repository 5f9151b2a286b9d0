"""What Neo4j Browser is given: style, guide and saved queries, served to it, and run on both engines."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import kglite
import neo4j
import pytest
from command import DEMO
from fastapi.testclient import TestClient
from neo4j.graph import Node, Relationship
from neo4j.graph import Path as GraphPath

from api.app import create_app
from api.cli import run
from api.routes_guides import saved_queries
from api.settings import Settings
from graph.copying import copy, empty
from graph.export import items
from graph.store import Store
from graph.stores.kglite import KgliteStore
from graph.stores.neo4j import Neo4jStore
from graph.writing import ENDS, FAMILIES, LABELS
from queries.analyse import analyse
from queries.corpus import Corpus

SAVED = saved_queries()
ONLY_NEO4J = {"22_words_in_subjects"}
# Nothing in the five documents is amended, known in part, or due this quarter.
FIND_NOTHING = {"08_tasks_due_this_quarter_by_body", "15_what_changed_it", "17_known_in_part"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kit")
    assert run(["ingest", str(DEMO), "--home", str(folder)]) == 0
    assert run(["analyse", "--home", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def embedded(home: Path) -> Iterator[KgliteStore]:
    store = KgliteStore(kglite.open_session(str(home / "graph.kgl")), home / "graph.kgl", readonly=True)
    kglite.set_query_warning_policy("silent")
    yield store
    store.close()


@pytest.fixture(scope="module")
def served(embedded: KgliteStore, neo4j_shared: Store) -> Neo4jStore:
    assert isinstance(neo4j_shared, Neo4jStore)
    empty(neo4j_shared)
    copy(items(embedded), neo4j_shared)
    analyse(Corpus(neo4j_shared))
    return neo4j_shared


@pytest.fixture(scope="module")
def client(home: Path) -> Iterator[TestClient]:
    settings = Settings(home=home, store=str(home / "graph.kgl"), cors=("https://example.vn",), public_read=False)
    with TestClient(create_app(settings), base_url="http://localhost:8000") as opened:
        yield opened


def named(value: Any) -> Any:
    """A value of a row as both engines can be compared by: nodes by id, relationships by type and source."""
    if isinstance(value, Node):
        return value["id"]
    if isinstance(value, Relationship):
        return f"{value.type} {value.get('source')}"
    if isinstance(value, GraphPath):
        return [named(one) for one in value.nodes], [named(one) for one in value.relationships]
    if isinstance(value, dict) and "nodes" in value and "relationships" in value:
        return [named(one) for one in value["nodes"]], [named(one) for one in value["relationships"]]
    if isinstance(value, dict) and "labels" in value:
        return value["properties"]["id"]
    if isinstance(value, dict) and "properties" in value:
        return f"{value['type']} {value['properties'].get('source')}"
    return value


def ours(store: KgliteStore, name: str) -> list[Any]:
    rows = store.session.cypher(SAVED[name]).to_list()
    return [{key: named(value) for key, value in row.items()} for row in rows]


def theirs(store: Neo4jStore, name: str) -> list[Any]:
    found = store.driver.execute_query(SAVED[name], routing_=neo4j.RoutingControl.READ)  # type: ignore[call-overload]
    return [{key: named(value) for key, value in record.items()} for record in found.records]


@pytest.mark.parametrize("name", SAVED)
def test_a_saved_query_says_what_it_shows_and_has_bounds(name: str) -> None:
    title, how, *lines = SAVED[name].splitlines()
    assert re.fullmatch(r"// \S.* · \S.*", title) and how.startswith("// ")
    text = "\n".join(lines)
    assert "LIMIT" in text and "$" not in text and not re.search(r"\[[^\]]*\*(?!\d\.\.\d)[^\]]*\]", text)
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE)\b", text)


@pytest.mark.parametrize("name", [name for name in SAVED if name not in ONLY_NEO4J])
def test_a_saved_query_runs_on_a_file(name: str, embedded: KgliteStore) -> None:
    assert bool(ours(embedded, name)) is (name not in FIND_NOTHING)


@pytest.mark.neo4j
@pytest.mark.parametrize("name", SAVED)
def test_a_saved_query_gives_the_same_on_a_server(name: str, embedded: KgliteStore, served: Neo4jStore) -> None:
    found = theirs(served, name)
    if name in ONLY_NEO4J:
        assert found
        return
    there = ours(embedded, name)
    assert len(found) == len(there)
    bound = int(re.findall(r"LIMIT (\d+)", SAVED[name])[-1])
    if len(found) < bound:  # which rows a bound cuts off is the engine's choice
        assert sorted(map(str, found)) == sorted(map(str, there))


def test_there_are_enough_and_they_are_in_the_archive(client: TestClient) -> None:
    assert len(SAVED) >= 15
    got = client.get("/guides/vanban.zip")
    with zipfile.ZipFile(io.BytesIO(got.content)) as packed:
        assert packed.namelist() == [f"vanban/{name}.cypher" for name in SAVED]
        assert packed.read("vanban/01_who_implements.cypher").decode() == SAVED["01_who_implements"]
    assert got.content == client.get("/guides/vanban.zip").content


@pytest.mark.parametrize("name", ["vanban", "vanban.vi", "vanban.en"])
def test_the_guide_names_the_address_it_came_from(client: TestClient, name: str) -> None:
    got = client.get(f"/guides/{name}", headers={"Origin": "http://localhost:7474"})
    assert got.status_code == 200 and got.headers["access-control-allow-origin"] == "*"
    assert got.headers["content-type"].startswith("text/html")
    assert ":style http://localhost:8000/guides/vanban.grass" in got.text and got.text.count("<slide") == 5
    assert "(:Document)-[:CONTAINS]-&gt;(:Task)-[:ASSIGNS_TO]-&gt;(:Organization)" in got.text
    assert f'lang="{"en" if name.endswith("en") else "vi"}"' in got.text


def test_the_browser_may_ask_first_and_other_routes_keep_their_origins(client: TestClient) -> None:
    asks = {"Origin": "http://localhost:7474", "Access-Control-Request-Method": "GET"}
    asks |= {"Access-Control-Request-Headers": "cache-control,pragma"}
    said = client.options("/guides/vanban", headers=asks)
    assert said.status_code == 204 and "Pragma" in said.headers["access-control-allow-headers"]
    assert client.options("/api/v1/stats", headers=asks).status_code == 400
    unknown = client.get("/guides/other")
    assert unknown.status_code == 404 and "vanban.grass" in unknown.json()["detail"]


def test_the_style_names_every_label_and_relation() -> None:
    style = files("api").joinpath("guides", "vanban.grass").read_text(encoding="utf-8")
    said = set(re.findall(r"^(node|relationship)\.(\w+) \{", style, re.M))
    assert said == {("node", label) for label in (*LABELS, *FAMILIES)} | {("relationship", one) for one in ENDS}
