"""The period segment of a key, by the register that a body numbers in: years, Party terms, Assembly terms."""

from __future__ import annotations

from graph.key import UNKNOWN
from ingest.key_period import (
    Days,
    assembly_at,
    assembly_term,
    congress_term,
    local_congress,
    local_term,
    party_term,
    printed_local_term,
    printed_party_term,
    years_term,
)
from ingest.key_scene import Said
from ingest.key_symbol import Row, Symbol


def assembly_period(taken: Symbol, said: Said, days: Days) -> str:
    """The term of the Assembly: "15/2023/QH15" → "qh15"; by the day where none is printed."""
    return assembly_term(taken.term or said.term) if taken.term or said.term else assembly_at(days)


def year_period(taken: Symbol, said: Said, days: Days) -> str:
    """The year that a state body numbers in, where number or date show it."""
    return days.year if taken.year or said.date else UNKNOWN


def party_period(lead: Row | None, said: Said, days: Days, where: str) -> str:
    """The Party's term: national ones by number or day, local ones by day, printed number or years."""
    dated = days if said.date else Days()
    if lead is not None and lead["key"] == "dh":
        return congress_period(said, dated, where)
    if where == "" and (lead is None or not lead["local"]):
        printed = printed_party_term(said.term)
        return printed if printed != UNKNOWN else party_term(dated)
    for found in (local_term(dated), printed_local_term(said.term, where), years_term(said.near)):
        if found != UNKNOWN:
            return found
    return UNKNOWN


def congress_period(said: Said, days: Days, where: str) -> str:
    if where == "":
        printed = printed_party_term(said.term)
        return printed if printed != UNKNOWN else congress_term(days)
    for found in (local_congress(days), printed_local_term(said.term, where), years_term(said.near)):
        if found != UNKNOWN:
            return found
    return UNKNOWN
