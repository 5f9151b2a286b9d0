"""From a document's text to its reading: header, citations, relations, tasks, keys, in that order."""

from __future__ import annotations

from graph.model import Reading
from ingest.blocks import split_blocks
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.header import read_header
from ingest.header_zones import zones
from ingest.key import with_keys
from ingest.relate import relate
from ingest.secrecy import with_marks
from ingest.tasks import find_tasks


def extract(document: str, raw: str) -> Reading:
    """The reading of one document; `document` is its name, `raw` its text as decoded. Pure: no file, no clock."""
    text = clean(raw)
    zone = zones(text)
    header = with_marks(text, read_header(text, zone))
    blocks = split_blocks(text)
    related = relate(text, header, find_citations(text, header, zone), blocks)
    tasks = find_tasks(text, header, blocks)
    reading = Reading(
        document,
        header,
        citations=related.citations,
        extra_edges=related.extra_edges,
        programmes=related.programmes,
        tasks=tasks.tasks,
        unassigned=tasks.unassigned,
    )
    return with_keys(reading, text)
