"""The graph as GraphML and as GEXF, for Gephi, yEd and networkx; lists are written as JSON, which these forms lack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from graph.export_down import EDGE, SetDown, set_down
from graph.store import Store
from graph.writing import LABELS

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def graphml(store: Store) -> Iterator[bytes]:
    """The graph as GraphML: each property a key of its own, `labels` and `relation` too. Raises `StoreError`."""
    with set_down(store) as graph:
        nodes, edges = _columns(graph)
        yield _bytes(_HEAD + '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
        for kind, columns in (("node", nodes), ("edge", edges)):
            for name, type_ in columns.items():
                said = f'id={_quoted(f"{kind}.{name}")} for="{kind}" attr.name={_quoted(name)} attr.type="{type_}"'
                yield _bytes(f"<key {said}/>\n")
        yield _bytes('<graph id="vanban" edgedefault="directed">\n')
        for node in graph.nodes():
            yield _bytes(f"<node id={_quoted(node['id'])}>{_data('node', node, nodes)}</node>\n")
        for edge in graph.edges():
            ends = f"source={_quoted(edge['from'])} target={_quoted(edge['to'])}"
            yield _bytes(f"<edge {ends}>{_data('edge', edge, edges)}</edge>\n")
        yield _bytes("</graph>\n</graphml>\n")


def gexf(store: Store) -> Iterator[bytes]:
    """The graph as GEXF 1.2, without the day it was written; a node is labelled by its number. Raises `StoreError`."""
    with set_down(store) as graph:
        nodes, edges = _columns(graph)
        yield _bytes(_HEAD + '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n')
        yield _bytes('<graph mode="static" defaultedgetype="directed" idtype="string">\n')
        for kind, columns in (("node", nodes), ("edge", edges)):
            yield _bytes(f'<attributes class="{kind}">\n')
            for name, type_ in columns.items():
                yield _bytes(f'<attribute id={_quoted(name)} title={_quoted(name)} type="{type_}"/>\n')
            yield _bytes("</attributes>\n")
        yield _bytes("<nodes>\n")
        for node in graph.nodes():
            label = node.get("number") or node.get("name") or node.get("subject") or node["id"]
            said = f"id={_quoted(node['id'])} label={_quoted(label)}"
            yield _bytes(f"<node {said}><attvalues>{_values(node, nodes)}</attvalues></node>\n")
        yield _bytes("</nodes>\n<edges>\n")
        for number, edge in enumerate(graph.edges()):
            said = f'id="{number}" source={_quoted(edge["from"])} target={_quoted(edge["to"])}'
            said += f" label={_quoted(edge['relation'])}"
            yield _bytes(f"<edge {said}><attvalues>{_values(edge, edges)}</attvalues></edge>\n")
        yield _bytes("</edges>\n</graph>\n</gexf>\n")


def _columns(graph: SetDown) -> tuple[dict[str, str], dict[str, str]]:
    """The properties of nodes and of edges, with the types that XML forms have."""
    nodes = {"labels": "string[]", **graph.of_all(LABELS)}
    edges = {"relation": "string", **graph.of_all([EDGE])}
    return tuple({name: _type(kind) for name, kind in one.items()} for one in (nodes, edges))  # type: ignore[return-value]


def _type(kind: str) -> str:
    return "string" if kind.endswith("[]") else kind


def _data(kind: str, said: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    values = ((name, said[name]) for name in columns if said.get(name) is not None)
    return "".join(
        f"<data key={_quoted(f'{kind}.{name}')}>{_escaped(_printed(value))}</data>" for name, value in values
    )


def _values(said: Mapping[str, Any], columns: Mapping[str, str]) -> str:
    values = ((name, said[name]) for name in columns if said.get(name) is not None)
    return "".join(f"<attvalue for={_quoted(name)} value={_quoted(_printed(value))}/>" for name, value in values)


def _printed(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    return quoteattr(_NOT_XML.sub("\ufffd", text))


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _bytes(text: str) -> bytes:
    return text.encode("utf-8")
