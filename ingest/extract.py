"""From a document's text to its reading: header, citations, relations, tasks, keys, in that order."""

from __future__ import annotations

from graph.model import Reading
from ingest.cite import find_citations
from ingest.clean import clean
from ingest.header import read_header


def extract(document: str, raw: str) -> Reading:
    """The reading of one document; `document` is its name, `raw` its text as decoded. Pure: no file, no clock, no graph."""
    text = clean(raw)
    header = read_header(text)
    citations = find_citations(text, header)
    return Reading(document, header, citations)
