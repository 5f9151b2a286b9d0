"""What one source prints of each key it names, counted by the library so that a node is the word of most sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from graph.model import Citation
from graph.projection_claims import TASK, Spoken, bodies, claims
from graph.projection_tables import Body, Tables

Fact: TypeAlias = tuple[str, str, str]

# The field that counts the sources that name a key at all.
NAMED = "named"
# The fields for what is doubtful: how a key had to be put right wherever the source prints it, and a document's flags.
REPAIRED, FLAG = "repaired", "flag"
REGISTER = "register."
_PRINTED = ("number", "date", "issuer", "subject", "name")


def facts(spoken: Spoken, tables: Tables) -> frozenset[Fact]:
    """(key, field, value) of what a source prints; each once, however often it is printed."""
    said = (_named(spoken, tables), _mentions(spoken), _bodies(spoken, tables), _doubts(spoken))
    return frozenset(fact for source in said for fact in source)


def body_facts(body: Body, name: str) -> Iterator[Fact]:
    """What is known of a body, and the name it is called by."""
    yield body.id, NAMED, ""
    yield body.id, "name", body.name or name
    said = (("level", body.level), ("class", body.kind), ("valid_from", body.valid_from), ("valid_to", body.valid_to))
    yield from ((body.id, field, value) for field, value in said if value)


def _named(spoken: Spoken, tables: Tables) -> Iterator[Fact]:
    yield spoken.key, NAMED, ""
    for claim in claims(spoken, tables):
        yield from ((key, NAMED, "") for key in (claim.start, claim.end) if not key.startswith(TASK))


def _mentions(spoken: Spoken) -> Iterator[Fact]:
    for citation in spoken.reading.citations:
        if citation.key:
            yield from _of_mention(citation.key, citation)
    for programme in spoken.reading.programmes:
        if programme.key:
            yield programme.key, "name", programme.name


def _doubts(spoken: Spoken) -> Iterator[Fact]:
    """A key that the source prints nowhere as it should be; what the document's reading flags."""
    yield from ((spoken.key, FLAG, flag) for flag in spoken.reading.flags)
    plain = {one.key for one in spoken.reading.citations if not one.repairs}
    for one in spoken.reading.citations:
        if one.key and one.key not in plain:
            yield from ((one.key, REPAIRED, repair.rule) for repair in one.repairs)


def _of_mention(key: str, citation: Citation) -> Iterator[Fact]:
    values = {field: getattr(citation, field) for field in _PRINTED} | {"kind": citation.type}
    yield from ((key, field, value) for field, value in values.items() if value)


def _bodies(spoken: Spoken, tables: Tables) -> Iterator[Fact]:
    for name, body in bodies(spoken, tables):
        yield from body_facts(body, name)
        for relative in tables.kin(body.id)[0]:
            yield from body_facts(relative, relative.name)
