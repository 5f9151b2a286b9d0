"""The key of one mention from what is printed of it and what its own document adds."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from graph.key import UNKNOWN, Key
from ingest.clean import fold
from ingest.key_body import body, central, words
from ingest.key_name import alias, congress, law_at, law_name, law_of_date, law_type, name_number
from ingest.key_period import (
    ALL_DAYS,
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
from ingest.key_place import Place, in_era, place, segment, slug
from ingest.key_symbol import Row, Symbol, body_rows, symbol, type_rows
from ingest.tables import table


@dataclass(frozen=True, slots=True)
class Said:
    """What is printed of a document at one mention. `near` is the folded text around it."""

    number: str | None = None
    type: str | None = None
    name: str | None = None
    date: str | None = None
    term: str | None = None
    issuer: str | None = None
    near: str = ""
    carried_out: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """The document that speaks: when it was written, and the place segment of its body ("" for a central one).

    `level` is the level of its body: province, district, commune, or None. Where `lends` is false the place only tells
    what a printed name can mean, and fills nothing.
    """

    days: Days = ALL_DAYS
    place: str = UNKNOWN
    level: str | None = None
    lends: bool = True

    def blind(self) -> Scene:
        """The same document lending no place."""
        return replace(self, lends=False)

    def within(self, days: Days) -> str:
        """The province that "UBND tỉnh" means for something of `days`; `_` where none is lent."""
        base = re.match(r"[a-z-]+(?:\.2025)?", self.place)
        return in_era(base[0], days) if base and self.lends else UNKNOWN


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
    match = re.match(r"(?:[^\W\d]+ ){1,4}(?:so )?(\d{1,4}(?:/\d{4})?)\Z", words(said.name))
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
    where = _place(lead, taken, said, scene, days) if issuer != UNKNOWN else _no_body_place(said)
    period = _period(lead, system, taken, said, days, where)
    key = Key(system, issuer, where, UNKNOWN, period, taken.number)
    return key.but(type=_type(taken, said, system, key))


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
    implied = next((row["issuer"] for row in _type_named(said.type) if "issuer" in row), None)
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
        return slug(taken.bodies[0]) or UNKNOWN if taken.bodies else UNKNOWN
    others = {row["key"] for row in rows[1:]} | {slug(code) for code in taken.bodies[1:] if not body_rows(code)}
    return "+".join([rows[0]["key"], *sorted(others - {rows[0]["key"]})])


def _days(taken: Symbol, said: Said, scene: Scene) -> Days:
    days = Days.of(said.date or taken.year)
    if taken.year and said.date and days.year != taken.year:
        days = Days.of(taken.year)
    return days.until(scene.days.last)


def _type_named(name: str | None) -> tuple[Row, ...]:
    said = words(name or "")
    return tuple(row for row in table("types")["type"] if words(row["name"]) == said) if said else ()


def _type(taken: Symbol, said: Said, system: str, key: Key) -> str:
    """The type segment: by the number's code, else by the printed word, else a letter, where a body comes first."""
    printed = _type_named(said.type)
    if taken.type_code:
        order = "party" if system == "party" else "state"
        rows = [row for row in type_rows(taken.type_code) if order in row["systems"]] or list(
            type_rows(taken.type_code)
        )
        row = next((row for row in rows if row in printed), rows[0] if rows else None)
        return _series(row, taken, system) if row else UNKNOWN
    if key.system == "na":
        printed_key = printed[0]["key"] if printed else law_type(key.period, key.number) or UNKNOWN
        return "nqn" if printed_key == "nq" and key.issuer != "qh" and taken.year else printed_key
    if taken.bodies and (not printed or _letter_like(said.type)):
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


# --- where


def _no_body_place(said: Said) -> str:
    return UNKNOWN if said.issuer and place(said.issuer).province else ""


def _place(lead: Row | None, taken: Symbol, said: Said, scene: Scene, days: Days) -> str:
    if lead is None:
        return _place_of_unknown(said, scene, days)
    found = place(said.issuer) if said.issuer else place("")
    if lead.get("national") and not _local(lead, taken, said):
        return ""
    if not lead["local"]:
        return ""
    if lead.get("many"):
        return _one_of_many(said, scene, days)
    return _where(found, lead, said, scene, days)


def _local(lead: Row, taken: Symbol, said: Said) -> bool:
    """Whether a body that exists for the country and for places is a local one here."""
    if place(said.issuer or "").level:
        return True
    if lead["key"] != "dh":
        return False
    return "dang bo" in fold(said.issuer) if said.issuer else "toan quoc" not in said.near


def _where(found: Place, lead: Row, said: Said, scene: Scene, days: Days) -> str:
    if found.province and not found.below and not _printed(found.province, said, scene):
        return scene.within(days)
    if found.province:
        return segment(found, days)
    if found.below:
        lent = scene.within(days)
        return UNKNOWN if lent == UNKNOWN else ".".join((lent, *found.below))
    return _lent(found.level, lead, scene, days)


def _printed(province: str, said: Said, scene: Scene) -> bool:
    """Whether the province stands in the text and was not lent by a document of the same, merged, province."""
    lent = scene.place.endswith(".2025") and scene.place.removesuffix(".2025") == province
    return not lent or not said.near or province.replace("-", " ") in " ".join(said.near.split())


def _lent(level: str | None, lead: Row, scene: Scene, days: Days) -> str:
    """The citing document's own place, where its level and the body's fit."""
    base = scene.within(days)
    if base == UNKNOWN:
        return UNKNOWN
    if level == "city":
        level = "province" if _is_city(base) else "district"
    provincial = lead["level"] in ("province", "party-province", "mass-local") or level == "province"
    if provincial or (scene.level == "province" and level is None):
        return base
    return scene.place if level and level == scene.level else UNKNOWN


def _is_city(base: str) -> bool:
    name = base.removesuffix(".2025")
    rows = [*table("places")["province"], *table("places")["province_2025"]]
    return any(row["slug"] == name and row["kind"] == "thành phố" for row in rows)


def _one_of_many(said: Said, scene: Scene, days: Days) -> str:
    """Bodies of which one place has many (hospitals, Party committees of bodies) need their own name too."""
    if not said.issuer:
        return UNKNOWN
    found = place(said.issuer)
    named = body(said.issuer)
    rest = named[1] if named else words(said.issuer)
    if found.below:
        return _where(found, {"level": "commune", "local": True}, said, scene, days)
    rest = re.sub(r"\b(?:tinh|thanh pho|tp)\b.*$", "", rest).strip()
    if found.province is None and found.level is None:
        return slug(rest) or UNKNOWN
    base = _where(found, {"level": "province", "local": True}, said, scene, days)
    return UNKNOWN if UNKNOWN in (base, slug(rest) or UNKNOWN) else f"{base}.{slug(rest)}"


def _place_of_unknown(said: Said, scene: Scene, days: Days) -> str:
    """The place of a body without a row: what its name says, none when it works for the whole country."""
    if not said.issuer:
        return UNKNOWN
    found = place(said.issuer)
    if found.level is None and central(said.issuer):
        return ""
    return _where(found, {"level": "", "local": True}, said, scene, days)


# --- when


def _period(lead: Row | None, system: str, taken: Symbol, said: Said, days: Days, where: str) -> str:
    if system == "na" and lead and lead["key"] in ("qh", "ubtvqh"):
        return assembly_term(taken.term or said.term) if taken.term or said.term else assembly_at(days)
    if system == "party":
        return _party_period(lead, said, days, where)
    if not _dated(taken, said) or system == UNKNOWN:
        return UNKNOWN
    return days.year


def _dated(taken: Symbol, said: Said) -> bool:
    return bool(taken.year or said.date)


def _party_period(lead: Row | None, said: Said, days: Days, where: str) -> str:
    dated = days if said.date else Days()
    if lead is not None and lead["key"] == "dh":
        return _congress_period(said, dated, where)
    if where == "" and (lead is None or not lead["local"]):
        printed = printed_party_term(said.term)
        return printed if printed != UNKNOWN else party_term(dated)
    for found in (local_term(dated), printed_local_term(said.term, where), years_term(said.near)):
        if found != UNKNOWN:
            return found
    return UNKNOWN


def _congress_period(said: Said, days: Days, where: str) -> str:
    if where == "":
        printed = printed_party_term(said.term)
        return printed if printed != UNKNOWN else congress_term(days)
    for found in (local_congress(days), printed_local_term(said.term, where), years_term(said.near)):
        if found != UNKNOWN:
            return found
    return UNKNOWN


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
    types = _type_named(said.type)
    key = Key(type=types[0]["key"] if types else UNKNOWN, number=name_number(name) if name else UNKNOWN)
    named = body(said.issuer) if said.issuer else None
    if named is None:
        return key
    where = _place(named[0], Symbol(""), said, scene, Days.of(said.date).until(scene.days.last))
    return key.but(system=named[0]["system"], issuer=named[0]["key"], place=where)


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
    where = (
        ""
        if found.national
        else _where(
            place(said.issuer or ""),
            {"level": "", "local": True},
            said,
            scene,
            _congress_days(said, found.years, scene),
        )
    )
    kind = {"nghi quyet": "nq", "bao cao chinh tri": "bc"}.get(found.kind, "vk")
    period = _congress_period(said, Days.of(said.date), where)
    return Key("party", "dh", where, kind, period, "~" + slug(found.kind) + "-dai-hoi")


def _congress_days(said: Said, years: str, scene: Scene) -> Days:
    days = Days.of(said.date) if said.date else Days(f"{years}-08-01", f"{years}-12-31") if years else Days()
    return days.until(scene.days.last)
