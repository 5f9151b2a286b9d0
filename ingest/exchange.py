"""The whole as JSON lines, out and in: nodes, edges and judgements; and judgements alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.exports import FORMS, FormName
from graph.judgement import BadJudgement, Judgement
from graph.key import BadKey, Key
from graph.library import Library
from graph.library_imports import Statement
from graph.projection_claims import ORGANIZATION, TASK
from graph.store import Store
from graph.writing import ENDS
from ingest.judging import Judged, judge, sound
from ingest.register import source_name, take_in
from ingest.upkeep import bring_up_to_date

_LONGEST_LINE = 4_000_000


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What came of an import of JSON lines: its source, the nodes and edges taken in, what was left out, judgements."""

    source: str
    lines: int
    left_out: tuple[tuple[int, str], ...]
    judged: Judged
    known: bool = False


def exported(store: Store, library: Library | None, format: FormName) -> Iterator[bytes]:
    """The whole graph in a form; JSON lines have the judgements of the library too. Equal graphs give equal bytes."""
    yield from FORMS[format].pieces(store)
    if library and format == "jsonl":
        yield from (line.encode("utf-8", "replace") + b"\n" for line in export_judgements(library))


def export_judgements(library: Library) -> Iterator[str]:
    """Every judgement, a line each, in the order of their ids."""
    for one in library.judgements():
        yield json.dumps({"judgement": one.to_json()}, ensure_ascii=False, sort_keys=True)


def import_judgements(
    lines: Iterable[str], library: Library, store: Store
) -> tuple[Judged, tuple[tuple[int, str], ...]]:
    """Take in judgements of another library; those on documents that are not here are kept and named. Lines that are
    none are left out, with their numbers."""
    bring_up_to_date(library, store)
    found, left_out = _judgements(_parsed(lines))
    return judge(library, store, found), tuple(left_out)


def import_lines(path: str | Path, library: Library, store: Store) -> Exchanged:
    """Take in an export: its nodes as documents known and not held, its edges as this import's word, its judgements.

    Raises `OSError` where the file cannot be read, `LibraryError`, `StoreError`.
    """
    bring_up_to_date(library, store)
    name = source_name(path)
    left_out: list[tuple[int, str]] = []
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        lines = _statements(_parsed(file), left_out)
        taken, known = take_in(library, store, (name, "jsonl", os.path.basename(path)), lines)
    with open(path, encoding="utf-8", errors="surrogateescape") as file:
        judgements, bad = _judgements(_parsed(file))
    return Exchanged(name, taken, tuple(sorted(left_out + bad)), judge(library, store, judgements), known)


def _parsed(lines: Iterable[str]) -> Iterator[tuple[int, Any]]:
    """(line number, its value); None where it is no JSON object."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield number, _json(line)


def _json(line: str) -> Any:
    try:
        value = json.loads(line[:_LONGEST_LINE])
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _judgements(lines: Iterable[tuple[int, Any]]) -> tuple[list[Judgement], list[tuple[int, str]]]:
    found: list[Judgement] = []
    bad: list[tuple[int, str]] = []
    for number, value in lines:
        if not value or "judgement" not in value:
            continue
        try:
            found.append(sound(Judgement.from_json(value["judgement"])))
        except (BadJudgement, AttributeError, TypeError) as problem:
            bad.append((number, str(problem)[:300]))
    return found, bad


def _statements(lines: Iterable[tuple[int, Any]], left_out: list[tuple[int, str]]) -> Iterator[Statement]:
    for number, value in lines:
        if value and "judgement" in value:
            continue
        try:
            yield _statement(number, value or {})
        except (ValueError, TypeError, KeyError, AttributeError) as problem:
            left_out.append((number, str(problem)[:300] or "it is no line of an export"))


def _statement(number: int, value: Mapping[str, Any]) -> Statement:
    if "node" in value:
        node = dict(value["node"])
        _label(node["id"])
        return Statement(number, _plain(node), key=node["id"])
    if "edge" not in value:
        raise ValueError("it is neither node, edge nor judgement")
    edge = dict(value["edge"])
    ends = ENDS.get(edge["relation"])
    if ends != (_label(edge["from"]), _label(edge["to"])):
        raise ValueError(f"no relationship {edge['relation']!r} from {edge['from']!r} to {edge['to']!r}")
    return Statement(number, _plain(edge), start=edge["from"], relation=edge["relation"], end=edge["to"])


def _label(id: str) -> str:
    for prefix, label in ((TASK, "Task"), (ORGANIZATION, "Organization")):
        if id.startswith(prefix):
            return label
    try:
        Key.parse(id)
    except BadKey as problem:
        raise ValueError(str(problem)) from problem
    return "Document"


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that a property can have: scalars, and lists of texts or of whole numbers."""
    return {name: value for name, value in values.items() if _is_plain(value)}


def _is_plain(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value) or all(type(one) is int for one in value)
    return isinstance(value, str | int | float | bool)
