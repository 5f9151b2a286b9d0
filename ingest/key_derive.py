"""The key of one mention from what is printed of it and what its own document adds."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.key import UNKNOWN, Key
from ingest.key_body import body, words
from ingest.key_name import alias, congress, law_at, law_name, law_of_date, name_number
from ingest.key_period import Days, years_term
from ingest.key_place import place, slug
from ingest.key_plenum import plenum_act
from ingest.key_scene import Said, Scene
from ingest.key_symbol import Row, Symbol, body_rows, symbol
from ingest.key_type import type_named, type_segment
from ingest.key_when import assembly_period, congress_period, party_period, year_period
from ingest.key_where import no_body_place, place_segment, where


def derive(said: Said, scene: Scene) -> Key:
    """The key of the document that `said` means; segments that it leaves open are `_`."""
    taken = symbol(said.number) if said.number else _number_in_name(said)
    if taken and not (said.number is None and said.name and alias(said.name, scene.days.last)):
        return _numbered(taken, said, scene)
    return _named(said, scene)


def _number_in_name(said: Said) -> Symbol | None:
    """ "Quy định 377", "Nghị quyết số 57" as names hold a bare number."""
    if not said.name or law_name(said.name):
        return None
    match = re.match(r"(?:[^\W\d]+ ){1,4}(?:so )?([0-9]{1,4}(?:/[0-9]{4})?)\Z", words(said.name))
    return symbol(match[1]) if match else None


# --- numbered documents


def _numbered(taken: Symbol, said: Said, scene: Scene) -> Key:
    rows = issuer_rows(taken, said)
    lead = rows[0] if rows else None
    system = _system(taken, lead)
    days = _days(taken, said, scene)
    if lead and lead["key"] == "dh" and not days.known and years_term(said.near) != UNKNOWN:
        days = Days.of(years_term(said.near)[1:])
    issuer = _issuer_segment(taken, rows)
    spot = place_segment(lead, said, scene, days) if issuer != UNKNOWN else no_body_place(said)
    if system == "na" and lead and lead["key"] in ("qh", "ubtvqh"):
        period = assembly_period(taken, said, days)
    elif system == "party":
        period = party_period(lead, said, days, spot)
    else:
        period = UNKNOWN if system == UNKNOWN else year_period(taken, said, days)
    key = Key(system, issuer, spot, UNKNOWN, period, taken.number)
    return key.but(type=type_segment(taken, said.type, system, key))


def issuer_rows(taken: Symbol, said: Said) -> tuple[Row, ...]:
    """The issuers of a number, lead first: by its codes, else by the printed body, else by its type (a decree is the
    Government's)."""
    if taken.bodies:
        first = _fitting(body_rows(taken.bodies[0]), taken, said)
        if not first:
            return ()
        others = (body_rows(code)[0] for code in taken.bodies[1:] if body_rows(code))
        return (first, *others)
    named = body(said.issuer) if said.issuer else None
    if named:
        return (_acting(named[0]),)
    implied = next((row["issuer"] for row in type_named(said.type) if "issuer" in row), None)
    return body_rows(implied)[:1] if implied else ()


def _acting(row: Row) -> Row:
    return body_rows(row["office"])[0] if "office" in row else row


def _fitting(rows: tuple[Row, ...], taken: Symbol, said: Said) -> Row | None:
    """Of bodies that share a code, the one of the printed name, else of the number's order (Party or state)."""
    named = body(said.issuer) if said.issuer else None
    if named and named[0] in rows:
        return named[0]
    fit = [row for row in rows if (row["system"] == "party") == taken.party]
    return next(iter([*fit, *rows]), None)


def _system(taken: Symbol, lead: Row | None) -> str:
    if lead:
        return str(lead["system"])
    if not taken.bodies:
        return UNKNOWN
    return "party" if taken.party else "state"


def _issuer_segment(taken: Symbol, rows: tuple[Row, ...]) -> str:
    if not rows:
        return slug(taken.bodies[0]) if taken.bodies else UNKNOWN
    others = {row["key"] for row in rows[1:]} | {slug(code) for code in taken.bodies[1:] if not body_rows(code)}
    return "+".join([rows[0]["key"], *sorted(others - {rows[0]["key"], UNKNOWN})])


def _days(taken: Symbol, said: Said, scene: Scene) -> Days:
    days = Days.of(said.date or taken.year)
    if taken.year and said.date and days.year != taken.year:
        days = Days.of(taken.year)
    return days.until(scene.days.last)


# --- documents called by name


def _named(said: Said, scene: Scene) -> Key:
    name = said.name or ""
    known = alias(name, scene.days.last)
    if known:
        return known.key
    if law_name(name):
        return _law(said, scene)
    if congress(name):
        return _congress(said, scene)
    act = plenum_act(said, scene.days.last)
    taken = symbol(act.number) if act else None
    if act and taken:
        return _numbered(taken, replace(said, number=act.number, date=act.date, issuer=None), scene)
    types = type_named(said.type)
    key = Key(type=types[0]["key"] if types else UNKNOWN, number=name_number(name) if name else UNKNOWN)
    named = body(said.issuer) if said.issuer else None
    if named is None:
        return key
    spot = place_segment(named[0], said, scene, Days.of(said.date).until(scene.days.last))
    return key.but(system=named[0]["system"], issuer=named[0]["key"], place=spot)


def _law(said: Said, scene: Scene) -> Key:
    name = law_name(said.name or "")
    if name is None:
        return Key()
    dated = said.date or name.year
    law = law_of_date(name, dated) if dated else law_at(name, scene.days, said.carried_out)
    if law:
        return law.key
    kind = "pl" if name.words.startswith("phap lenh") else "hp" if name.words == "hien phap" else "luat"
    return Key("na", "ubtvqh" if kind == "pl" else "qh", "", kind, UNKNOWN, name_number(name.words))


def _congress(said: Said, scene: Scene) -> Key:
    found = congress(said.name or "")
    if found is None:
        return Key()
    years = f" nhiem ky {found.years}-{found.years}" if found.years else ""
    term = said.term or found.term
    if not found.national and said.issuer is None:
        said = replace(said, issuer=said.name)
    said = replace(said, term=term, near=years or ("" if found.national else said.near))
    named = replace(scene, lends=True)
    days = _congress_days(said, found.years, scene)
    local = {"level": "", "local": True}
    spot = "" if found.national else where(place(said.issuer or ""), local, said, named, days)
    kind = {"nghi quyet": "nq", "bao cao chinh tri": "bc"}.get(found.kind, "vk")
    period = congress_period(said, Days.of(said.date), spot)
    return Key("party", "dh", spot, kind, period, "~" + slug(found.kind) + "-dai-hoi")


def _congress_days(said: Said, years: str, scene: Scene) -> Days:
    days = Days.of(said.date) if said.date else Days(f"{years}-08-01", f"{years}-12-31") if years else Days()
    return days.until(scene.days.last)
