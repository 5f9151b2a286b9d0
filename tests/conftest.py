"""What several test modules share: the stores of both engines, and what happens where a tool is missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import neo4j_server
import pytest

from graph.copying import empty
from graph.store import Store
from graph.stores import open_store

ENGINES = ("kglite", pytest.param("neo4j", marks=pytest.mark.neo4j))


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "neo4j: needs a real Neo4j server (slow)")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of a missing tool fail, unless ALLOW_MISSING names it: then they are left out, and the summary says so."""
    for item in items:
        if item.get_closest_marker("neo4j"):
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group("neo4j"))
    if "neo4j" in allowed() and neo4j_server.missing():
        left_out = [item for item in items if item.get_closest_marker("neo4j")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
        config.stash[_ABSENT] = f"neo4j: {len(left_out)} tests left out ({neo4j_server.missing()})"


_ABSENT = pytest.StashKey[str]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    absent = config.stash.get(_ABSENT, None)
    if absent:
        terminalreporter.section("not tested")
        terminalreporter.line(absent)


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
