"""The graph as linked data: JSON-LD with the terms of ELI (European Legislation Identifier) and of schema.org."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from graph.export import items
from graph.store import Store

CONTEXT: Mapping[str, Any] = {
    "vn": "urn:vanban:",
    "vanban": "urn:vanban:term:",
    "eli": "http://data.europa.eu/eli/ontology#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# What a relation is called elsewhere; each is also said by its own name, vanban:implements.
TERMS: Mapping[str, tuple[str, ...]] = {
    "IMPLEMENTS": ("eli:ensures_implementation_of",),
    "BASED_ON": ("eli:based_on", "schema:isBasedOn"),
    "GUIDES": ("eli:related_to",),
    "AMENDS": ("eli:amends", "schema:legislationChanges"),
    "REPLACES": ("eli:changes", "dcterms:replaces", "schema:legislationChanges"),
    "REPEALS": ("eli:repeals", "schema:legislationChanges"),
    "CORRECTS": ("eli:corrects", "schema:legislationChanges"),
    "CITES": ("eli:cites", "schema:citation"),
    "APPROVES": ("eli:related_to",),
    "ISSUED_BY": ("eli:passed_by", "schema:legislationPassedBy"),
    "SENT_TO": ("eli:relevant_for",),
    "CONTAINS": ("schema:potentialAction",),
    "UNDER": ("dcterms:conformsTo",),
    "SUCCEEDED_BY": ("dcterms:isReplacedBy",),
    "PART_OF": ("schema:parentOrganization",),
}
ROLES = {"lead": ("schema:agent",), "coordinate": ("schema:participant",)}
TYPES: Mapping[str, list[str]] = {
    "Document": ["eli:LegalResource", "schema:Legislation"],
    "Task": ["schema:Action"],
    "Organization": ["schema:Organization"],
}
FORCE: Mapping[str, tuple[str, str]] = {
    "in_force": ("eli:InForce-inForce", "schema:InForce"),
    "partly_in_force": ("eli:InForce-partiallyInForce", "schema:PartiallyInForce"),
    **dict.fromkeys(("not_yet_in_force", "expired", "suspended"), ("eli:InForce-notInForce", "schema:NotInForce")),
}
# Properties by other names; what is not here is said by its own, vanban:held.
NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("eli:number", "schema:legislationIdentifier"),
    "kind": ("schema:legislationType",),
    "subject": ("eli:description", "schema:name"),
    "place": ("schema:spatialCoverage",),
    "effective_from": ("eli:first_date_entry_in_force",),
    "effective_to": ("eli:date_no_longer_in_force",),
    "date": ("eli:date_document", "schema:legislationDate"),
    "due_last": ("schema:endTime",),
    "name": ("schema:name",),
    "text": ("schema:description",),
    "product": ("schema:result",),
    "valid_from": ("schema:foundingDate",),
    "valid_to": ("schema:dissolutionDate",),
}
_DAYS = {10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}

_DATED = frozenset(
    f"{prefix}{name}"
    for prefix, names in {
        "eli:": ("first_date_entry_in_force", "date_no_longer_in_force", "date_document"),
        "schema:": ("legislationDate", "endTime", "foundingDate", "dissolutionDate"),
    }.items()
    for name in names
)


def json_ld(store: Store) -> Iterator[bytes]:
    """The graph as one JSON-LD document, a node or an edge a line. Raises `StoreError`.

    Each edge is stated twice: as a triple, and as an rdf:Statement that carries its quotes and whose word it is.
    """
    yield b'{"@context": ' + _json(CONTEXT) + b',\n"@graph": ['
    between = b"\n"
    for item in items(store):
        for said in [_node(item["node"])] if "node" in item else _edge(item["edge"]):
            yield between + _json(said)
            between = b",\n"
    yield b"\n]}\n"


def _node(node: Mapping[str, Any]) -> dict[str, Any]:
    label, *families = node["labels"]
    types = [*TYPES[label], *(f"vanban:{one}" for one in (label, *families))]
    said: dict[str, Any] = {"@id": iri(node["id"]), "@type": types}
    if label == "Document":
        said["eli:id_local"] = node["id"]
    for name, value in node.items():
        if name in ("id", "labels"):
            continue
        for term in (*NAMES.get(name, ()), f"vanban:{name}"):
            said[term] = _value(term, value)
    if force := FORCE.get(node.get("validity", "")):
        said["eli:in_force"], said["schema:legislationLegalForce"] = ({"@id": one} for one in force)
    if node.get("done"):
        said["schema:actionStatus"] = {"@id": "schema:CompletedActionStatus"}
    return said


def _edge(edge: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    relation, start, end = edge["relation"], iri(edge["from"]), {"@id": iri(edge["to"])}
    own = f"vanban:{relation.lower()}"
    terms = ROLES.get(edge.get("role", ""), ()) if relation == "ASSIGNS_TO" else TERMS.get(relation, ())
    yield {"@id": start, **dict.fromkeys((*terms, own), end)}
    stated = {"rdf:subject": {"@id": start}, "rdf:predicate": {"@id": own}, "rdf:object": end}
    left_out = ("from", "to", "relation", "asserted_by")
    said = {f"vanban:{name}": _value("", value) for name, value in edge.items() if name not in left_out}
    if by := edge.get("asserted_by"):
        said["prov:wasDerivedFrom"] = {"@id": iri(by)}
    yield {"@type": "rdf:Statement", **stated, **said}


def iri(id: str) -> str:
    """A key as a name of linked data: "vn:party:tw:nq:k12:20" is short for urn:vanban:party:tw:nq:k12:20."""
    return quote(id if id.startswith("vn:") else f"vanban:other/{id}", safe=":@~+/")


def _value(term: str, value: Any) -> Any:
    """A value with its type: days as xsd:date; lists in their order."""
    if isinstance(value, list):
        return {"@list": value}
    if term in _DATED and (kind := _day(value)):
        return {"@type": kind, "@value": value}
    return value


def _day(text: Any) -> str | None:
    """What a day is that may be cut to a month or a year, None for what is none: "2022-09" → xsd:gYearMonth."""
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return None
    return _DAYS.get(len(text))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
