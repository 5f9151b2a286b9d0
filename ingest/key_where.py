"""The place segment of a key: printed with the body, or lent by the document that speaks."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.key import UNKNOWN
from ingest.clean import fold
from ingest.key_body import body, central, words
from ingest.key_period import Days
from ingest.key_place import Place, below, place, segment, slug
from ingest.key_scene import Said, Scene
from ingest.key_symbol import Row
from ingest.tables import table


def no_body_place(said: Said) -> str:
    return UNKNOWN if said.issuer and place(said.issuer).province else ""


def place_segment(lead: Row | None, said: Said, scene: Scene, days: Days) -> str:
    if lead is None:
        return _place_of_unknown(said, scene, days)
    if not (_local(lead, said) if lead.get("national") else lead["local"]):
        return ""
    if lead.get("many"):
        return _one_of_many(said, scene, days)
    return where(place(said.issuer or ""), lead, said, scene, days)


def _local(lead: Row, said: Said) -> bool:
    """Whether a body that exists for the country and for places is a local one here."""
    if place(said.issuer or "").level:
        return True
    if lead["key"] != "dh":
        return False
    return "dang bo" in fold(said.issuer) if said.issuer else "toan quoc" not in said.near


def place_for(row: Row | None, name: str, scene: Scene) -> str:
    """The place segment of the body called `name` in a document of `scene`: "" for one of the whole country."""
    said = Said(issuer=name)
    return place_segment(row, said, scene, scene.days)


def where(found: Place, lead: Row, said: Said, scene: Scene, days: Days) -> str:
    """The segment of the place `found` with the body `lead`; what is not printed is lent by the scene."""
    pointed = _points(lead, said)
    if pointed:
        scene = replace(scene, lends=True)
    if found.province and not found.below and not _printed(found.province, said, scene, pointed):
        return scene.within(days)
    if found.province:
        return segment(found, days)
    if found.below:
        return below(scene.within(days), found, days)
    return _lent(found.level, lead, scene, days)


def _printed(province: str, said: Said, scene: Scene, pointed: bool) -> bool:
    """Whether the province stands in the text and was not filled in from a document of the same province.

    Where the body stands behind the mention its place does too; else it may stand before it.
    """
    own = re.match(r"[a-z-]+", scene.place)
    if not said.near or own is None or own[0] != province:
        return True
    return province.replace("-", " ") in words(said.near.partition("|")[2] if pointed else said.near)


def _points(lead: Row, said: Said) -> bool:
    """Whether the body stands behind the mention without a place, and so is the document's own: "của UBND tỉnh"."""
    tail = f" {words(said.near.partition('|')[2])} "
    return any(f" {words(name)} " in tail for name in (lead.get("name"), *lead.get("aliases", ())) if name)


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
        return where(found, {"level": "commune", "local": True}, said, scene, days)
    rest = re.sub(r"\b(?:tinh|thanh pho|tp)\b.*$", "", rest).strip()
    if found.province is None and found.level is None:
        return slug(rest)
    base = where(found, {"level": "province", "local": True}, said, scene, days)
    return UNKNOWN if UNKNOWN in (base, slug(rest)) else f"{base}.{slug(rest)}"


def _place_of_unknown(said: Said, scene: Scene, days: Days) -> str:
    """The place of a body without a row: what its name says, none when it works for the whole country."""
    if not said.issuer:
        return UNKNOWN
    found = place(said.issuer)
    if found.level is None and central(said.issuer):
        return ""
    return where(found, {"level": "", "local": True}, said, scene, days)
