"""A dense small graph in which every question's example finds something, and the questions' examples themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from random import Random
from typing import Any

from graph.key import BadKey, Key
from graph.model import Change, Edge, Node
from graph.store import cypher
from graph.writing import ENDS, FAMILIES

Example = dict[str, Any]
DAYS = ("2015-06-19", "2017-10-25", "2021-01-05", "2022-07-08", "2022-09-20", "2022-11-22", "2023-02-01")
KINDS = ("Nghị quyết", "Quyết định", "Chỉ thị", "Luật", "Kế hoạch")
ISSUERS = ("Ban Chấp hành Trung ương", "Thủ tướng Chính phủ", "Quốc hội", "Ủy ban nhân dân tỉnh Bình Thuận")
PLACES = ("Bình Thuận", "Hải Phòng", None)
SOURCES = ("0123456789abcdef", "fedcba9876543210", "shipped")


def questions() -> list[str]:
    """The names of the queries that read."""
    names = sorted(
        file.name.removesuffix(".cypher") for file in files("cypher").iterdir() if file.name.endswith(".cypher")
    )
    return [name for name in names if not name.startswith(("write_", "schema_"))]


def example(name: str) -> Example:
    """The parameters in the second line of a query's file."""
    given: Example = json.loads(cypher(name).splitlines()[1].removeprefix("// parameters:"))
    return given


def examples(name: str, change: Change) -> list[Example]:
    """The file's own example, and wider ones: all keys of the graph, all types, a limit that cuts through ties."""
    own = example(name)
    wide = {key: _widened(value, change) for key, value in own.items()}
    return [own, wide, wide | {"limit": 7}] if "limit" in own else [own, wide]


def sample(seed: int = 0) -> Change:
    """Documents, tasks and bodies that the examples name, some more, and edges of every type between them."""
    random = Random(seed)
    named = sorted({key for name in questions() for key in _keys(example(name))})
    named += [f"vn:state:ubnd@hai-phong:qd:2022:{i}" for i in range(20)] + [f"vn:org:b{i}" for i in range(6)]
    named += [f"vn:task:0123456789abcdef:{i}" for i in range(12)]
    nodes = tuple(_node(random, key) for key in dict.fromkeys(named))
    edges = [_edge(random, nodes) for _ in range(40 * len(nodes))]
    quiet = tuple(_quiet(f"vn:state:ubnd@hai-phong:kh:2022:{i}") for i in range(3))
    edges += [Edge(node.id, "CONTAINS", random.choice(ids_of(nodes, "Task")), SOURCES[0]) for node in quiet]
    kept = {(edge.start, edge.relation, edge.end, edge.source): edge for edge in edges}
    return Change(put_nodes=nodes + quiet, put_edges=tuple(kept.values()))


def ids_of(nodes: tuple[Node, ...], label: str) -> list[str]:
    """The ids of the nodes of a label."""
    return [node.id for node in nodes if node.labels[0] == label]


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, str) and value.startswith("vn:"):
        yield value
    elif isinstance(value, Mapping):
        yield from (key for inner in value.values() for key in _keys(inner))
    elif isinstance(value, list):
        yield from (key for inner in value for key in _keys(inner))


def _widened(value: Any, change: Change) -> Any:
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        if value[0].startswith("vn:"):
            return [node.id for node in change.put_nodes if _label(node.id) == _label(value[0])]
        return sorted(ENDS) if value[0] in ENDS else value
    return value


def _label(key: str) -> str:
    return {"org": "Organization", "task": "Task"}.get(key.split(":")[1], "Document")


def _node(random: Random, key: str) -> Node:
    label = _label(key)
    if label == "Document":
        return _document(random, key)
    day = random.choice(DAYS)
    said: dict[str, Any] = {
        "Task": {
            "text": f"Báo cáo {random.randrange(3)}",
            "done": random.random() < 0.3,
            "product": None,
            "derived": False,
        }
        | random.choice(({}, {"deadline": day, "due_first": day, "due_last": day})),
        "Organization": {"name": f"Sở {random.randrange(3)}", "level": "province", "class": random.random() < 0.2},
    }[label]
    return Node(key, (label,), said)


def _document(random: Random, key: str) -> Node:
    day, kind = random.choice(DAYS), random.choice(KINDS)
    try:
        parsed = Key.parse(key)
    except BadKey:
        parsed = Key()
    said: dict[str, Any] = {
        "number": f"{parsed.number}/{parsed.type.upper()}",
        "kind": kind,
        "issuer": random.choice(ISSUERS),
        "place": random.choice(PLACES),
        "subject": f"Về việc {random.randrange(4)}",
        "held": random.random() < 0.5,
        "complete": parsed.complete,
        "block": parsed.block,
        "validity": random.choice(("unknown", "expired")),
    }
    dated = {"date": day, "date_first": day, "date_last": day} if random.random() < 0.8 else {}
    return Node(key, ("Document", *random.sample(sorted(FAMILIES), random.randrange(2))), said | dated)


def _quiet(key: str) -> Node:
    """A held document that lays down a task and that nobody takes up."""
    return Node(
        key, ("Document", "Plan"), {"number": key, "held": True, "complete": True, "block": key, "date_first": DAYS[0]}
    )


def _edge(random: Random, nodes: tuple[Node, ...]) -> Edge:
    relation = random.choice(sorted(ENDS))
    start, end = (random.choice(ids_of(nodes, label)) for label in ENDS[relation])
    said: dict[str, Any] = {
        "asserted_by": random.choice(ids_of(nodes, "Document")),
        "starts": [random.randrange(100)],
        "ends": [200],
        "quotes": ["Căn cứ …"],
        "quote_starts": [0],
        "quote_ends": [220],
        "pinpoints": [random.choice(("", "khoản 2 Điều 5"))],
        "method": random.choice(("number", "name", "nested")),
        "confidence": random.choice((0.6, 0.95, 1.0)),
    }
    return Edge(start, relation, end, random.choice(SOURCES), said | {"role": random.choice(("lead", "coordinate"))})
