"""The graph as CSV files in one archive, as `neo4j-admin database import` reads them."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, Any

from graph.export_down import EDGE, SetDown, set_down
from graph.store import Store
from graph.writing import LABELS, plural

# Between the items of a list: a character that no document has, where a comma or a semicolon is common.
_BETWEEN = "\x1f"
_PIECE = 1 << 16
# Files carry no day, so that equal graphs give equal bytes.
_DAY = (1980, 1, 1, 0, 0, 0)
_ARGUMENTS = "".join(
    f"--{said}\n"
    for said in (
        *(f"nodes={plural(label)}.csv" for label in LABELS),
        "relationships=relationships.csv",
        "array-delimiter=U+001F",
        "multiline-fields=true",
        "id-type=string",
    )
)


def csv_files(store: Store) -> Iterator[bytes]:
    """An archive with documents.csv, tasks.csv, organizations.csv, relationships.csv and import.args: unpack it and run
    `neo4j-admin database import full @import.args neo4j` there. Raises `StoreError`."""
    with tempfile.TemporaryFile() as file:
        with set_down(store) as graph, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for label in LABELS:
                with _entry(archive, f"{plural(label)}.csv") as out:
                    out.writelines(_nodes(graph, label))
            with _entry(archive, "relationships.csv") as out:
                out.writelines(_edges(graph))
            with _entry(archive, "import.args") as out:
                out.write(_ARGUMENTS.encode("ascii"))
        file.seek(0)
        while piece := file.read(_PIECE):
            yield piece


def _entry(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return archive.open(info, "w", force_zip64=True)


def _nodes(graph: SetDown, label: str) -> Iterator[bytes]:
    columns = graph.columns.get(label, {})
    yield _head("id:ID", ":LABEL", columns)
    for node in graph.nodes():
        if node["labels"][0] == label:
            yield _line([node["id"], node["labels"], *(node.get(name) for name in columns)])


def _edges(graph: SetDown) -> Iterator[bytes]:
    columns = graph.columns.get(EDGE, {})
    yield _head(":START_ID,:END_ID", ":TYPE", columns)
    for edge in graph.edges():
        yield _line([edge["from"], edge["to"], edge["relation"], *(edge.get(name) for name in columns)])


def _head(ends: str, type_: str, columns: Mapping[str, str]) -> bytes:
    return (",".join((ends, type_, *(f"{name}:{kind}" for name, kind in columns.items()))) + "\n").encode("utf-8")


def _line(values: Iterable[Any]) -> bytes:
    return (",".join(map(_field, values)) + "\n").encode("utf-8", "replace")


def _field(value: Any) -> str:
    """A value as a quoted field; nothing at all where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value).lower()
    parts = value if isinstance(value, list) else [value]
    text = _BETWEEN.join(str(one).replace(_BETWEEN, " ") for one in parts)
    return '"' + text.replace('"', '""') + '"'
