"""The documents in tests/golden, written for what real collections are thin on, are read as they are labelled.

Each folder holds a document and beside it its label, in the shape of a reading: offsets into the text as decoded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from graph.reading import to_json
from ingest.clean import fold
from ingest.extract import extract
from ingest.read import read_file

FOLDERS = sorted(path for path in (Path(__file__).parent / "golden").iterdir() if path.is_dir())
ENCODINGS = {"legacy_tcvn3": "TCVN3", "legacy_vni": "VNI", "legacy_cp1258": "CP1258"}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Golden:
    """A labelled document, its text and what was read in it."""

    label: dict[str, Any]
    text: str
    encoding: str
    said: dict[str, Any]


@cache
def golden(folder: Path) -> Golden:
    label = json.loads(next(folder.glob("*.json")).read_text(encoding="utf-8"))
    source = read_file(folder / label["document"])
    return Golden(label, source.text, source.encoding, to_json(extract(label["document"], source.text)))


def folded(value: object) -> object:
    """As a reader compares: no case, no accents, no "Về việc", no full stop."""
    if isinstance(value, list):
        return [folded(one) for one in value]
    said = fold(str(value or "")).strip(" .;")
    return " ".join(said.removeprefix("ve viec ").split())


def overlap(one: dict[str, Any], other: dict[str, Any]) -> int:
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def paired(golds: Rows, saids: Rows, names: tuple[str, ...]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Labels and answers that lie on each other and agree in `names`, one to one."""
    left = list(saids)
    pairs = []
    for gold in golds:
        fits = [
            said
            for said in left
            if overlap(gold, said) * 2 >= gold["end"] - gold["start"]
            and all(folded(gold.get(name)) == folded(said.get(name)) for name in names)
        ]
        if fits:
            left.remove(fits[0])
            pairs.append((gold, fits[0]))
    return pairs


def f1(golds: int, saids: int, hits: int) -> float:
    return 2 * hits / (golds + saids) if golds + saids else 1.0


def counted(part: str, names: tuple[str, ...]) -> float:
    """F1 over all documents of the rows of `part` that agree in `names`."""
    rows = [(one.label[part], one.said[part]) for one in map(golden, FOLDERS)]
    hits = sum(len(paired(golds, saids, names)) for golds, saids in rows)
    return f1(sum(len(golds) for golds, _ in rows), sum(len(saids) for _, saids in rows), hits)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_labels_lie_on_the_text(folder: Path) -> None:
    one = golden(folder)
    for row in one.label["citations"] + one.label["tasks"]:
        assert one.text[row["start"] : row["end"]] == row["text"]
    assert one.encoding == ENCODINGS.get(folder.name, "UTF-8")


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_headers_are_read_as_labelled(folder: Path) -> None:
    one = golden(folder)
    header = one.label["header"]
    assert {name: folded(one.said["header"][name]) for name in header} == {
        name: folded(header[name]) for name in header
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_offsets_of_readings_lie_on_the_text(folder: Path) -> None:
    one = golden(folder)
    for row in one.said["citations"] + one.said["tasks"]:
        assert one.text[row["start"] : row["end"]] == row["text"]


@pytest.mark.parametrize(
    ("part", "names", "least"),
    [
        ("citations", ("number", "name"), 0.97),
        ("citations", ("number", "name", "date"), 0.97),
        ("citations", ("number", "name", "issuer"), 0.96),
        ("citations", ("number", "name", "pinpoint"), 0.96),
        ("citations", ("number", "name", "relation", "from"), 0.94),
        ("tasks", ("lead",), 0.9),
        ("tasks", ("lead", "deadline"), 0.87),
        ("tasks", ("lead", "coordinate"), 0.87),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else str(value),
)
def test_readings_agree_with_the_labels(part: str, names: tuple[str, ...], least: float) -> None:
    assert counted(part, names) >= least
