"""The type segment of a key: one for each series of numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graph.key import UNKNOWN, Key
from ingest.key_body import words
from ingest.key_name import law_type
from ingest.key_symbol import Row, Symbol, body_rows, type_rows
from ingest.tables import table


def type_named(name: str | None) -> tuple[Row, ...]:
    """The rows of a type by its name: "Quy định" of the state and of the Party."""
    return _by_name().get(words(name), ()) if name else ()


@cache
def _by_name() -> Mapping[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for row in table("types")["type"]:
        found[words(row["name"])] = (*found.get(words(row["name"]), ()), row)
    return found


def type_segment(taken: Symbol, word: str | None, system: str, key: Key) -> str:
    """The type segment: by the number's code, else by the printed word, else a letter, where a body comes first."""
    printed = type_named(word)
    if taken.type_code:
        order = "party" if system == "party" else "state"
        rows = [row for row in type_rows(taken.type_code) if order in row["systems"]] or list(
            type_rows(taken.type_code)
        )
        fit = [row for row in rows if row in printed] or [row for row in rows if _issues(row, key)] or rows
        row = next(iter(fit), None)
        return _series(row, taken, system) if row else UNKNOWN
    if key.system == "na":
        printed_key = printed[0]["key"] if printed else law_type(key.period, key.number) or UNKNOWN
        return "nqn" if printed_key == "nq" and key.issuer != "qh" and taken.year else printed_key
    if taken.bodies and (not printed or _letter_like(word)):
        return "cv"
    return _by_system(printed, taken, system)


def _by_system(rows: tuple[Row, ...], taken: Symbol, system: str) -> str:
    """The segment of a type printed as a word; `_` where state and Party use the word for different series."""
    order = "party" if system == "party" else "state"
    fit = [row for row in rows if system == UNKNOWN or order in row["systems"]] or list(rows)
    found = {_series(row, taken, system) for row in fit}
    return found.pop() if len(found) == 1 else UNKNOWN


def _series(row: Row, taken: Symbol, system: str) -> str:
    """Normative acts, with the year in the number, have a series of their own."""
    normative = taken.year is not None and system == "state"
    return str(row.get("normative", row["key"]) if normative else row["key"])


def _letter_like(name: str | None) -> bool:
    return words(name or "") in ("cong van", "van ban", "thu cong")


def _issues(row: Row, key: Key) -> bool:
    """Whether the type is one that this body alone issues: an "L" of the President is a Lệnh, not a Luật."""
    return any(one["key"] == key.issuer for one in body_rows(row["issuer"])) if "issuer" in row else False
