"""What several test modules share: the stores of both engines, and what happens where a tool is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import browser as browsers
import neo4j_server
import pytest
import scans
import writer
from command import DEMO, vanban
from playwright.sync_api import Browser
from served import Server, served

from graph.copying import empty
from graph.store import Store
from graph.stores import open_store

ENGINES = ("kglite", pytest.param("neo4j", marks=pytest.mark.neo4j))


TOOLS = {"neo4j": neo4j_server.missing, "browser": browsers.missing, "writer": writer.missing, "ocr": scans.missing}


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "neo4j: needs a real Neo4j server (slow)")
    config.addinivalue_line("markers", "browser: needs a real browser (slow)")
    config.addinivalue_line("markers", "writer: needs LibreOffice (slow)")
    config.addinivalue_line("markers", "ocr: needs Tesseract with Vietnamese (slow)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of a missing tool fail, unless ALLOW_MISSING names it: then they are left out, and the summary says so."""
    config.stash[_ABSENT] = absent = []
    for tool, missing in TOOLS.items():
        needing = [item for item in items if item.get_closest_marker(tool)]
        for item in needing:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(tool))
        if tool in allowed() and (reason := missing()):
            items[:] = [item for item in items if item not in needing]
            config.hook.pytest_deselected(items=needing)
            absent.append(f"{tool}: {len(needing)} tests left out ({reason})")


_ABSENT = pytest.StashKey[list[str]]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    absent = config.stash.get(_ABSENT, [])
    if absent:
        terminalreporter.section("not tested")
    for line in absent:
        terminalreporter.line(line)


def allowed() -> set[str]:
    """The tools that may be missing: ALLOW_MISSING=neo4j,browser."""
    return {name.strip() for name in os.environ.get("ALLOW_MISSING", "").split(",") if name.strip()}


@pytest.fixture(scope="session")
def neo4j_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[neo4j_server.Address]:
    """A Neo4j that the tests may empty: the one in VANBAN_TEST_NEO4J, else one started for this run."""
    reason = neo4j_server.missing()
    if reason:
        pytest.fail(f"no Neo4j to test with: {reason}; or set ALLOW_MISSING=neo4j", pytrace=False)
    address = neo4j_server.given()
    if address:
        yield address
        return
    server = neo4j_server.create(tmp_path_factory.mktemp("neo4j"))
    yield server.address
    server.kill()


@pytest.fixture(scope="session")
def neo4j_shared(neo4j_address: neo4j_server.Address) -> Iterator[Store]:
    """The graph on the server, as the test before left it."""
    store = open_store(neo4j_address.url, **neo4j_address.login)
    yield store
    store.close()


@pytest.fixture
def neo4j_store(neo4j_shared: Store) -> Store:
    """An empty graph on the server."""
    empty(neo4j_shared)
    return neo4j_shared


@pytest.fixture
def kglite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty graph in a file."""
    store = open_store(str(tmp_path / "graph.kgl"))
    yield store
    store.close()


@pytest.fixture(params=ENGINES)
def store(request: pytest.FixtureRequest) -> Store:
    """An empty graph, once on each engine."""
    made: Store = request.getfixturevalue(f"{request.param}_store")
    return made


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser."""
    if reason := browsers.missing():
        pytest.fail(f"no browser to test with: {reason}; or set ALLOW_MISSING=browser", pytrace=False)
    with browsers.launched() as opened:
        yield opened


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of the five demonstration documents, to be copied."""
    home = tmp_path_factory.mktemp("demonstration") / "home"
    assert vanban(home, "ingest", DEMO).returncode == 0
    return home


@pytest.fixture(scope="session")
def demo(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of these documents, which no test changes."""
    with served(Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("demo") / "home"))) as server:
        yield server


@pytest.fixture(scope="session")
def office(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the same documents, for tests that add, decide and mark."""
    with served(Path(shutil.copytree(demonstration, tmp_path_factory.mktemp("office") / "home"))) as server:
        yield server
