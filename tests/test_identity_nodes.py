"""The labelled documents together: the nodes that a reader wrote down, from the labels and from the texts."""

from __future__ import annotations

import csv
import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from graph.key import Key
from graph.model import Reading
from graph.reading import from_json
from ingest.clean import clean
from ingest.extract import extract
from ingest.key import with_keys

LISTED = tomllib.loads(Path(__file__).with_name("identity_nodes.toml").read_text(encoding="utf-8"))["document"]


def _gold(record_property: Callable[[str, object], None]) -> Path | None:
    said = os.environ.get("VANBAN_GOLD")
    if said:
        return Path(said)
    record_property("absent", "VANBAN_GOLD is not set: the labelled documents were not read")
    print("VANBAN_GOLD is not set: the labelled documents were not read")
    return None


def _raw(gold: Path, name: str) -> str:
    return (gold / "docs" / name).read_bytes().decode("utf-8")


def _from_labels(gold: Path, name: str) -> Reading:
    said: dict[str, Any] = json.loads((gold / "labels" / f"{name}.json").read_text(encoding="utf-8"))
    return with_keys(from_json(said), clean(_raw(gold, name)))


def _plain(key: str | None) -> str:
    return re.sub(r"~[0-9a-f]{16}\Z", "~#", str(key))


def _differences(readings: Iterator[Reading]) -> list[str]:
    found = []
    for listed, reading in zip(LISTED, readings, strict=True):
        own, cited = _plain(reading.key), {str(one.key) for one in reading.citations}
        found += [f"{listed['name']}: is {own}, not {listed['key']}"] if own != listed["key"] else []
        found += [f"{listed['name']}: missing {key}" for key in sorted(set(listed["cites"]) - cited)]
        found += [f"{listed['name']}: not listed {key}" for key in sorted(cited - set(listed["cites"]))]
    return found


def test_the_list_is_of_keys() -> None:
    keys = [key for listed in LISTED for key in listed["cites"]]
    assert all(str(Key.parse(key)) == key for key in keys)
    assert len(LISTED) == 34 and len({listed["name"] for listed in LISTED}) == 34
    open_ = [key for key in keys if not Key.parse(key).complete]
    assert len(open_) / len(keys) <= 0.10


def test_labelled_mentions_are_the_nodes_of_the_list(record_property: Callable[[str, object], None]) -> None:
    gold = _gold(record_property)
    if gold:
        assert _differences(_from_labels(gold, listed["name"]) for listed in LISTED) == []


def test_texts_give_the_nodes_of_the_list(record_property: Callable[[str, object], None]) -> None:
    gold = _gold(record_property)
    if gold:
        found = _differences(extract(listed["name"], _raw(gold, listed["name"])) for listed in LISTED)
        keys = sum(len(listed["cites"]) + 1 for listed in LISTED)
        record_property("differences", len(found))
        assert len(found) / keys <= 0.02, found


def test_the_founding_edges_have_their_keys(record_property: Callable[[str, object], None]) -> None:
    gold = _gold(record_property)
    if gold:
        with (gold / "expected_edges.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        readings = {name: _from_labels(gold, name) for name in {row["asserted_by"] for row in rows}}
        stated = {
            (_plain(one.from_key or reading.key), one.relation, _plain(one.key))
            for reading in readings.values()
            for one in reading.citations
        }
        wanted = {
            (row["source_key"].replace("(hash)", "#"), row["relation"], row["target_key"].replace("(hash)", "#"))
            for row in rows
        }
        assert len(rows) == 35 and wanted <= stated
