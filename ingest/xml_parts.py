"""Parses the XML of office files that may be hostile: no entities, no network, bounded size and depth."""

from __future__ import annotations

from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from ingest.refusal import Unreadable
from ingest.zipped import Zipped


def parse_part(zipped: Zipped, name: str) -> Any:
    """The root of an XML part. `Unreadable` when it is no XML, or declares entities."""
    data = zipped.read(name)
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data or _wide(data, "<!DOCTYPE"):
        raise Unreadable(zipped.path, f"{name} declares entities, as no word processor writes it", "save it again")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        why = f"{name} is not whole ({str(problem)[:120]})"
        raise Unreadable(zipped.path, why, "open it in a word processor and save it again") from problem


def _wide(data: bytes, word: str) -> bool:
    return word.encode("utf-16-le") in data or word.encode("utf-16-be") in data
