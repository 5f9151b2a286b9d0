"""Every query of `cypher/` that reads: it runs, it finds something, and both engines give the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sample_graph import example, examples, questions, sample

from graph.copying import empty
from graph.model import Change
from graph.store import Row, Store, cypher
from graph.stores import open_store
from graph.writing import RESERVED, steps

SEEDS = (0, 1)


@pytest.fixture(scope="module", params=SEEDS)
def change(request: pytest.FixtureRequest) -> Change:
    seed: int = request.param
    return sample(seed)


@pytest.fixture(scope="module")
def embedded(change: Change, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = open_store(str(tmp_path_factory.mktemp("sample") / "graph.kgl"))
    store.write(steps(change))
    yield store
    store.close()


@pytest.fixture(scope="module")
def served(change: Change, neo4j_shared: Store) -> Store:
    empty(neo4j_shared)
    neo4j_shared.write(steps(change))
    return neo4j_shared


def comparable(name: str, rows: list[Row]) -> list[Row]:
    """The rows; an engine adds names of its own to the whole maps of an export, which `graph.export` takes out."""
    if not name.startswith("export_"):
        return rows
    return [row | {"properties": {key: row["properties"][key] for key in own(row)}} for row in rows]


def own(row: Row) -> list[str]:
    return sorted(set(row["properties"]) - RESERVED)


def only_plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) and only_plain(inner) for key, inner in value.items())
    if isinstance(value, list):
        return all(only_plain(inner) for inner in value)
    return value is None or isinstance(value, str | int | float | bool)


@pytest.mark.parametrize("name", questions())
def test_the_first_lines_say_what_it_answers_and_show_parameters(name: str) -> None:
    said, shown = cypher(name).splitlines()[:2]
    assert said.startswith("// ") and len(said) > 12
    assert shown.startswith("// parameters: {")
    used = {word.strip("$,.()[]{}:|") for word in cypher(name).replace("(", " ").split() if word.startswith("$")}
    assert used <= set(example(name)), f"{used - set(example(name))} are not in the example"


@pytest.mark.parametrize("name", questions())
def test_it_gives_plain_values_and_its_widest_example_finds_something(
    name: str, embedded: Store, change: Change
) -> None:
    found = [embedded.read(name, parameters) for parameters in examples(name, change)]
    assert any(found), f"{name}: no example finds anything in {json.dumps(examples(name, change))[:300]}"
    assert only_plain(found)


@pytest.mark.neo4j
@pytest.mark.parametrize("name", questions())
def test_both_engines_give_the_same_rows(name: str, embedded: Store, served: Store, change: Change) -> None:
    for parameters in examples(name, change):
        ours, theirs = (comparable(name, store.read(name, parameters)) for store in (embedded, served))
        assert ours == theirs, json.dumps(parameters)[:300]
        assert json.dumps(ours) == json.dumps(theirs)
