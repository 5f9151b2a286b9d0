"""A graph in memory that obeys changes as a store must, and random changes to try both with."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from typing import Any

from graph.model import Change, Edge, Node
from graph.writing import ENDS, FAMILIES, LABELS

Place = tuple[str, str, str, str]
WORDS = ("Nghị quyết", 'một "câu" lạ', "dòng\nhai", "`backtick` $x {y}", "\\", "", "Đường 🛣", "a" * 600)
SOURCES = ("shipped", "judgement", "0123456789abcdef", "fedcba9876543210")


@dataclass
class Model:
    """Nodes and edges by their keys, and the export they should give."""

    nodes: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = field(default_factory=dict)
    edges: dict[Place, dict[str, Any]] = field(default_factory=dict)

    def apply(self, change: Change) -> None:
        """As `graph.model.Change` says: edges go, nodes go (with what hangs on them), nodes come, edges come."""
        for edge in change.remove_edges:
            self.edges.pop(_place(edge), None)
        for node in change.remove_nodes:
            self.nodes.pop(node.id, None)
            self.edges = {place: said for place, said in self.edges.items() if node.id not in (place[0], place[2])}
        for node in change.put_nodes:
            self.nodes[node.id] = (node.labels, _kept(node.properties))
        for edge in change.put_edges:
            self.edges[_place(edge)] = _kept(edge.properties)

    def lines(self) -> list[str]:
        """The export of this graph."""
        nodes = [{**said, "id": key, "labels": list(labels)} for key, (labels, said) in sorted(self.nodes.items())]
        edges = [
            {**said, "from": start, "relation": relation, "to": end, "source": source}
            for (start, relation, end, source), said in sorted(self.edges.items())
        ]
        said = [*({"node": node} for node in nodes), *({"edge": edge} for edge in edges)]
        return [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in said]


def _place(edge: Edge) -> Place:
    return edge.start, edge.relation, edge.end, edge.source


def _kept(properties: Any) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in properties.items() if v is not None}


def ids(label: str, count: int) -> list[str]:
    """Ids of a label, as the model names them."""
    shapes = {
        "Document": "vn:state:ttg:qd:2022:{}",
        "Task": "vn:task:0123456789abcdef:{}",
        "Organization": "vn:org:b{}",
    }
    return [shapes[label].format(i) for i in range(count)]


def random_change(random: Random, model: Model, size: int = 8) -> Change:
    """A change that `model` can take: puts of new and known rows, removals of known and unknown ones."""
    removed_nodes = tuple(_known(random, model, label) for label in LABELS if random.random() < 0.3)
    removed_edges = tuple(_known_edge(random, model) for _ in range(random.randrange(size)))
    put_nodes = {node.id: node for node in (random_node(random) for _ in range(random.randrange(size)))}
    there = {node.id for node in put_nodes.values()} | (set(model.nodes) - {node.id for node in removed_nodes})
    edges = (random_edge(random) for _ in range(3 * size))
    put_edges = {_place(edge): edge for edge in edges if edge.start in there and edge.end in there}
    return Change(removed_edges, removed_nodes, tuple(put_nodes.values()), tuple(put_edges.values()))


def random_node(random: Random, count: int = 12) -> Node:
    """A node of any label with some properties."""
    label = random.choice(LABELS)
    key = random.choice(ids(label, count))
    family = (random.choice(sorted(FAMILIES)),) if label == "Document" and random.random() < 0.8 else ()
    return Node(key, (label, *family), _properties(random))


def random_edge(random: Random, count: int = 12) -> Edge:
    """An edge of any type between nodes that may exist."""
    relation = random.choice(sorted(ENDS))
    start, end = (random.choice(ids(label, count)) for label in ENDS[relation])
    said = _properties(random) | {"confidence": random.choice((0.5, 0.95, 1.0))}
    return Edge(start, relation, end, random.choice(SOURCES), said)


def _properties(random: Random) -> dict[str, Any]:
    pool: dict[str, Any] = {
        "number": random.choice(WORDS),
        "held": random.random() < 0.5,
        "starts": [random.randrange(10**6) for _ in range(random.randrange(3))],
        "quotes": tuple(random.choice(WORDS) for _ in range(random.randrange(3))),
        "date": None,
        "level": random.choice((-1, 0, 2**53)),
        "weight": random.choice((0.1, 1.0, -2.5e-9)),
    }
    return {name: value for name, value in pool.items() if random.random() < 0.7}


def _known(random: Random, model: Model, label: str) -> Node:
    known = sorted(key for key, (labels, _) in model.nodes.items() if labels[0] == label)
    return Node(random.choice(known or ids(label, 1)), (label,))


def _known_edge(random: Random, model: Model) -> Edge:
    if not model.edges or random.random() < 0.2:
        return random_edge(random)
    return Edge(*random.choice(sorted(model.edges)))
