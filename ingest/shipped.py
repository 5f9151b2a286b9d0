"""The shipped tables as the projection takes them: labels, names, periods, bodies, deadlines, confidence, formats."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from graph.key import UNKNOWN, Key
from graph.model import Header
from graph.projection import days
from graph.projection_tables import Body, Due, Tables
from ingest import key_body
from ingest.bodies import read_bodies, words_of
from ingest.clean import clean
from ingest.deadlines import due
from ingest.key_name import laws_by_key
from ingest.key_period import roman
from ingest.key_plenum import acts_by_key
from ingest.kin import kin
from ingest.organisations import Organisation, from_key, organisation
from ingest.tables import table

# Made larger whenever the projection itself changes what it makes of the same library.
PROJECTION = 3
OLDEST_FORMAT = 9


@cache
def shipped() -> Tables:
    """The tables, read once."""
    methods = table("methods")
    return Tables(
        family=_families().get,
        kind=_kinds().get,
        issuer=issuer_name,
        place=place_name,
        body=body_named,
        names=names_in,
        kin=kin,
        due=_due,
        period=period_days,
        law=_listed().get,
        confidence=dict(methods["confidence"]),
        formats=dict(methods["format"]),
        version=_version(),
    )


@cache
def _listed() -> Mapping[str, Mapping[str, str]]:
    return {**laws_by_key(), **acts_by_key()}


def rank(format: str) -> int:
    """The place of a format: of several files of one document the smallest speaks."""
    return int(shipped().formats.get(format, OLDEST_FORMAT))


@cache
def _families() -> Mapping[str, str]:
    return {"programme": "Programme"} | _by_segment("label")


@cache
def _kinds() -> Mapping[str, str]:
    return {"programme": "programme"} | _by_segment("name")


def _by_segment(column: str) -> dict[str, str]:
    """A column of the type table by segment, also by those of acts with the year in their number ("qdn")."""
    rows = [row for row in reversed(table("types")["type"]) if column in row]
    return {key: row[column] for row in rows for key in (row.get("normative", row["key"]), row["key"])}


@cache
def _places() -> Mapping[str, tuple[str, str]]:
    """Slug → name and kind, by the table of the era: "hung-yen", "hung-yen.2025"."""
    before = {row["slug"]: (row["name"], row["kind"]) for row in table("places")["province"]}
    after = {f"{row['slug']}.2025": (row["name"], row["kind"]) for row in table("places")["province_2025"]}
    since = {slug.removesuffix(".2025"): said for slug, said in after.items()}
    return since | before | after


def place_name(segment: str) -> str | None:
    """The name of a province by its segment ("binh-thuan" → "Bình Thuận"); of other places the segment."""
    found = _places().get(segment)
    return found[0] if found else segment


def issuer_name(key: Key) -> str | None:
    """The full name of the body of a key: "Ủy ban nhân dân tỉnh Bình Thuận"; None where it is not known."""
    if key.place == UNKNOWN:
        return None
    found = from_key(str(key))
    return found.name if found else None


def period_days(key: Key) -> tuple[str | None, str | None]:
    """The first and last day that the period of a key allows ("2022", "n2015", "k12", "qh15"), None where none."""
    period = key.period
    if period.isdigit() and len(period) == 4:
        return f"{period}-01-01", f"{period}-12-31"
    if period.startswith("n") and period[1:].isdigit():
        return f"{period[1:]}-01-01", f"{int(period[1:]) + 5}-12-31"
    return _terms().get(period, (None, None))


@cache
def _terms() -> Mapping[str, tuple[str | None, str | None]]:
    registers = {"party_national": "k", "national_assembly": "qh"}
    found: dict[str, tuple[str | None, str | None]] = {}
    for row in table("terms")["term"]:
        prefix = registers.get(row["register"])
        if prefix:
            number = roman(str(row["term"])) or 0
            found[f"{prefix}{number}"] = days(str(row["start"]))[0], days(str(row.get("end") or ""))[1]
    return found


def body_named(name: str, header: Header, key: str) -> Body | None:
    """The body that a name means in a document with this header and key."""
    found = organisation(name, header, key)
    return _body(found) if found else None


def _body(found: Organisation) -> Body:
    kind = "class" if found.collective else None
    return Body(found.id, found.name, found.level, kind, found.valid_from, found.valid_to)


@lru_cache(maxsize=20_000)
def names_in(line: str) -> tuple[str, ...]:
    """The names of bodies in a line of recipients: "- Như trên" has none, "Các Sở: Y tế, Tài chính" has two."""
    words = words_of(clean(line))
    found = read_bodies(words, len(words.low) - len(words.low.lstrip(" -+*•")), len(words.low))
    if found:
        return found.names
    return (line,) if key_body.body(line) else ()


def _due(deadline: str, signed: str | None) -> Due:
    found = due(deadline, signed)
    return Due(found.first, found.last, found.rrule, found.derived)


@cache
def _version() -> str:
    """A hash of the tables that the projection depends on."""
    names = ("types", "issuers", "places", "terms", "methods", "deadlines", "successions", "bodies", "laws", "plenums")
    content = b"".join(files("ingest").joinpath(f"{name}.toml").read_bytes() for name in names)
    return f"{PROJECTION}-{hashlib.sha256(content).hexdigest()[:16]}"
