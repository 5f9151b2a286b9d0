"""The forms that the whole graph can be written in; equal graphs give equal bytes, and nothing is held in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from graph.export import export_lines
from graph.export_csv import csv_files
from graph.export_linked import json_ld
from graph.export_xml import gexf, graphml
from graph.store import Store

FormName = Literal["jsonl", "graphml", "gexf", "csv", "jsonld"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the graph: its media type, the ending of a file's name, and what writes it."""

    media: str
    ending: str
    pieces: Callable[[Store], Iterator[bytes]]


def jsonl(store: Store) -> Iterator[bytes]:
    """A node or an edge a line, sorted. Raises `StoreError`."""
    return (line.encode("utf-8", "replace") + b"\n" for line in export_lines(store))


FORMS: Mapping[FormName, Form] = {
    "jsonl": Form("application/x-ndjson", "jsonl", jsonl),
    "graphml": Form("application/graphml+xml", "graphml", graphml),
    "gexf": Form("application/gexf+xml", "gexf", gexf),
    "csv": Form("application/zip", "zip", csv_files),
    "jsonld": Form("application/ld+json", "jsonld", json_ld),
}
