"""docs/cypher.md: the schema drawn from a live graph, every named query with parameters and an answer from it.

`python tests/cypher_page.py` writes it again.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from sample_graph import examples, questions  # noqa: E402
from small_graph import CT16, DECISIONS, LAW, LETTER, NOTE, NQ20, NQ20_PARTIAL, PLAN, health  # noqa: E402

from graph.model import Change, Edge, Node  # noqa: E402
from graph.store import Store, cypher  # noqa: E402
from graph.stores import open_store  # noqa: E402
from graph.writing import RESERVED, steps  # noqa: E402

PAGE = ROOT / "docs" / "cypher.md"
TASK, LATER = "vn:task:0123456789abcdef:120", "vn:task:0123456789abcdef:480"
BODY, NEXT, BOSS = "vn:org:syt@binh-thuan", "vn:org:syt@lam-dong.2025", "vn:org:ubnd@binh-thuan"
CLASS = "vn:org:class.cac-so-ban-nganh"
_LONG = 300
_HEAD = """# Cypher

The schema and every named query of `cypher/`, written by `python tests/cypher_page.py` from a small graph and checked
on both engines by the tests; not edited by hand. A query's file runs in Neo4j Browser as it is: set its parameters
first, by `:params` and the object in its second line. Saved queries that need none: `/guides/vanban.zip`.
"""


def graph() -> Change:
    """A resolution, who carries it out, tasks and bodies, and an edge of every type."""
    order: dict[str, Any] = {"starts": [120], "ends": [180], "method": "task", "confidence": 0.9, "asserted_by": LETTER}
    nodes = (
        Node(TASK, ("Task",), {"text": "Báo cáo kết quả", "deadline": "2022-12", "due_first": "2022-12-01",
                               "due_last": "2022-12-31", "derived": False}),
        Node(LATER, ("Task",), {"text": "Bố trí kinh phí", "product": "Kế hoạch", "done": True}),
        Node(BODY, ("Organization",), {"name": "Sở Y tế tỉnh Bình Thuận", "valid_to": "2025-06-30"}),
        Node(NEXT, ("Organization",), {"name": "Sở Y tế tỉnh Lâm Đồng", "valid_from": "2025-07-01"}),
        Node(BOSS, ("Organization",), {"name": "Ủy ban nhân dân tỉnh Bình Thuận", "level": "province"}),
        Node(CLASS, ("Organization",), {"name": "các sở, ban, ngành", "class": True}),
    )  # fmt: skip
    more = (
        *((LETTER, "CONTAINS", task, order) for task in (TASK, LATER)),
        (TASK, "ASSIGNS_TO", BODY, order | {"role": "lead"}),
        (TASK, "ASSIGNS_TO", CLASS, order | {"role": "coordinate"}),
        (LATER, "ASSIGNS_TO", BODY, order | {"role": "coordinate"}),
        (TASK, "UNDER", NQ20, order),
        (LETTER, "ISSUED_BY", BOSS, {}),
        (LETTER, "SENT_TO", BODY, {}),
        (BODY, "SUCCEEDED_BY", NEXT, {}),
        (BODY, "PART_OF", BOSS, {}),
        (NOTE, "GUIDES", DECISIONS[0], {}),
        (NOTE, "REPLACES", DECISIONS[1], {}),
        (CT16, "REPEALS", LAW, {}),
        (CT16, "CORRECTS", NQ20_PARTIAL, {}),
        (CT16, "APPROVES", PLAN, {}),
    )
    base = health()
    edges = (*base.put_edges, *(Edge(start, relation, end, "", said) for start, relation, end, said in more))
    return Change(put_nodes=(*base.put_nodes, *nodes), put_edges=tuple(map(_sourced, edges)))


def _sourced(edge: Edge) -> Edge:
    """The edge by a source that is the same in every run."""
    said = str(edge.properties.get("asserted_by") or edge.start)
    return replace(edge, source=hashlib.sha256(said.encode()).hexdigest()[:16])


def page(store: Store) -> str:
    """The page from a store that holds `graph()`."""
    return "\n".join(
        (_HEAD, *_schema(store), "## Queries", *(line for name in questions() for line in _query(store, name)))
    )


def _schema(store: Store) -> Iterator[str]:
    yield "## Schema\n\n```mermaid\nflowchart LR"
    ends: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in store.read("schema_edges"):
        ends[row["start"], row["finish"]].append(row["relation"])
    for (start, finish), relations in sorted(ends.items()):
        yield f'  {start} -->|"{"<br>".join(relations)}"| {finish}'
    yield "```\n\n| node | properties |\n|---|---|"
    names: dict[str, list[str]] = defaultdict(list)
    for row in store.read("schema_properties"):
        if row["property"] not in RESERVED:
            names[row["label"]].append(f"`{row['property']}`")
    for label, properties in sorted(names.items()):
        yield f"| {label} | {', '.join(properties)} |"
    yield ""


def _query(store: Store, name: str) -> Iterator[str]:
    said, parameters, *_ = cypher(name).splitlines()
    yield f"\n### [`{name}`](../cypher/{name}.cypher)\n\n{said.removeprefix('// ').rstrip('.')}.\n"
    yield f"Parameters: `{parameters.removeprefix('// parameters: ')}`\n"
    asked, rows = _answer(store, name)
    if rows:
        yield f"{_some(rows)} for `{_short(asked)}`; the first:\n\n```json\n{_short(_plain(rows[0]))}\n```"
    else:
        yield "No row in the example graph."


def _answer(store: Store, name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The parameters of the first example that finds something, and what it finds."""
    for asked in examples(name, graph()):
        if rows := store.read(name, asked):
            return asked, rows
    return {}, []


def _some(rows: list[dict[str, Any]]) -> str:
    return "1 row" if len(rows) == 1 else f"{len(rows)} rows"


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row without the names that an engine adds to whole maps of properties."""
    if isinstance(said := row.get("properties"), dict):
        return row | {"properties": {key: value for key, value in sorted(said.items()) if key not in RESERVED}}
    return row


def _short(said: Any) -> str:
    text = json.dumps(said, ensure_ascii=False)
    return text if len(text) <= _LONG else f"{text[:_LONG]} …"


def main() -> None:
    """Write the page from the embedded engine."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(f"{folder}/graph.kgl")
        store.write(steps(graph()))
        PAGE.write_text(page(store), encoding="utf-8")
        store.close()


if __name__ == "__main__":
    main()
