"""Which bodies a class of bodies stands for: "các sở, ban, ngành" of Bình Thuận are its departments and agencies."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from graph.key import UNKNOWN
from graph.store import Row
from ingest.key_body import body
from ingest.key_symbol import Row as Issuer
from ingest.organisations import Organisation, of_row, place_of, rows_by_key
from ingest.places import life, next_of, province_of
from ingest.tables import table
from queries.bodies import Body, Certainty
from queries.corpus import Corpus
from queries.units import provinces

CLASS = "vn:org:class."
# Where bodies are, their codes, and the codes of those that only some places have.
Kind = tuple[str, tuple[str, ...], tuple[str, ...]]
_EVERYWHERE = ("country", "provinces")
_LEVELS = {"provinces": "province", "districts": "district", "communes": "commune"}


@dataclass(frozen=True, slots=True)
class BodyClass:
    """A class of bodies with its members on a day.

    `certainty` is "perhaps" where not all of them need be meant ("các sở, ngành liên quan") or its place is not known.
    `whole` is false where more may belong to it than those told: that no table lists them, or its words do not tell.
    """

    id: str
    name: str
    certainty: Certainty
    members: tuple[Body, ...]
    whole: bool
    as_of: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the words of a class say: kinds of bodies and where they are, and whether only some of them are meant."""

    kinds: tuple[Kind, ...]
    some: bool


@cache
def class_table() -> dict[str, list[dict[str, Any]]]:
    """The table of classes."""
    said: dict[str, list[dict[str, Any]]] = tomllib.loads(
        files("queries").joinpath("classes.toml").read_text(encoding="utf-8")
    )
    return said


def is_class(id: str) -> bool:
    """Whether the id is that of a class of bodies."""
    return id.startswith(CLASS)


@lru_cache(maxsize=20_000)
def meaning(name: str, place: str) -> Meaning:
    """What a class called `name` of a document of `place` ("" for none) stands for: "UBND các huyện" → a committee in
    each district."""
    said = " ".join(name.lower().replace("uỷ", "ủy").split())
    some = any(re.search(row["pattern"], said) for row in class_table()["some"])
    of = "local" if place else "central"
    each = body(said.removeprefix("các "))
    if each and not each[1] and each[0]["level"] == "province":  # "các Sở Y tế"
        return Meaning((("home" if place else "provinces", (each[0]["code"],), ()),), some)
    first = None if said.startswith("các ") else each
    named = () if first else tuple(_by_words(said, of))
    return Meaning((*named, *_in_places(said, of, first[0] if first else None)), some)


def _by_words(said: str, of: str) -> Iterator[Kind]:
    """The kinds of bodies that the words bring in."""
    rows = [row for row in class_table()["class"] if row.get("of", of) == of and re.search(row["pattern"], said)]
    names = {kind for row in rows for kind in row["kinds"]}
    for kind in class_table()["kind"]:
        if kind["name"] in names:
            yield kind["at"], tuple(kind.get("codes", ())), tuple(kind.get("sometimes", ()))


def _in_places(said: str, of: str, each: Issuer | None) -> Iterator[Kind]:
    """One body in each of some places: the one that is named before them, else the people's committee."""
    codes = (str(each["code"]) if each else "UBND",)
    many = bool(each and each.get("many"))
    for row in class_table()["place"]:
        if row.get("of", of) == of and re.search(row["pattern"], said):
            yield row["at"], () if many else codes, codes if many else ()


def includes(name: str, place: str, id: str) -> Certainty | None:
    """Whether the class `name` of `place` includes a body: "yes", "perhaps", or None."""
    issuer, where = id.removeprefix("vn:org:").partition("@")[0], place_of(id)
    row = rows_by_key().get(issuer)
    if row is None:
        return None
    said = meaning(name, place)
    for at, codes, sometimes in said.kinds:
        if row["code"] in (*codes, *sometimes) and _stands(at, place, row, where):
            unsure = said.some or (not place and at not in _EVERYWHERE)
            return "perhaps" if unsure else "yes"
    return None


def _stands(at: str, place: str, row: Issuer, where: str) -> bool:
    """Whether a body of the place `where` is one of those `at` the place of a class."""
    if at == "country":
        return not where
    if where in ("", UNKNOWN):
        return where == UNKNOWN and not place
    if at == "home":
        return place in ("", where)
    level = of_row(row, where).level
    near = at == "provinces" or place in ("", province_of(where))
    return level == _LEVELS[at] and near


def classes_of(corpus: Corpus, bodies: Sequence[Body]) -> tuple[Body, ...]:
    """The classes of the graph that include one of the bodies, by key, marked with how sure that is. Raises
    `StoreError`."""
    places = sorted({"", *(province_of(place_of(one.id)) for one in bodies)})
    found = []
    for row in corpus.read("classes", prefix=CLASS, places=places):
        sure = {includes(row["name"] or "", place_of(row["id"]), one.id) for one in bodies} - {None}
        if sure:
            certainty: Certainty = "yes" if "yes" in sure else "perhaps"
            found.append(Body(row["id"], row["name"], includes=certainty))
    return tuple(found)


def expanded(corpus: Corpus, classes: Iterable[tuple[Body, str]]) -> tuple[BodyClass, ...]:
    """Classes with their members, each on a day (ISO): by the tables, and what is known here of those that no table
    lists. Raises `StoreError`."""
    wanted = sorted({(one.id, one.name or "", day) for one, day in classes})
    known = [row for row in corpus.read("organizations") if not is_class(row["id"])] if wanted else []
    return tuple(_expanded(id, name, day, known) for id, name, day in wanted)


def _expanded(id: str, name: str, day: str, known: Sequence[Row]) -> BodyClass:
    place = place_of(id)
    first, last = life(place) if place else (None, None)
    day = min(max(day, first or day), last or day)
    said = meaning(name, place)
    unplaced = not place and any(at not in _EVERYWHERE for at, _, _ in said.kinds)
    listed = [one for at, codes, _ in said.kinds for one in _listed(at, codes, place, day)]
    members = {one.id: Body(one.id, one.name) for one in listed}
    for row in known if not unplaced else ():
        if includes(name, place, row["id"]) and _alive(row["id"], day):
            members.setdefault(row["id"], Body(row["id"], row["name"]))
    whole = bool(said.kinds) and all(_is_listed(at, place) and not some for at, _, some in said.kinds)
    sure: Certainty = "perhaps" if said.some or unplaced else "yes"
    return BodyClass(id, name, sure, tuple(members[key] for key in sorted(members)), whole, day)


def _is_listed(at: str, place: str) -> bool:
    return at in _EVERYWHERE or (at == "home" and bool(place))


def _listed(at: str, codes: Sequence[str], place: str, day: str) -> Iterator[Organisation]:
    """The bodies that the tables know for sure."""
    if not _is_listed(at, place):
        return
    places = [place] if at == "home" else [""] if at == "country" else [_on(unit.code, day) for unit in provinces(day)]
    for row in table("issuers")["issuer"]:
        if row["code"] in codes:
            yield from (one for where in places if _lives(one := of_row(row, where), day))


def _on(province: str, day: str) -> str:
    """The segment of a province on a day: "lam-dong" → "lam-dong.2025" once it is the merged one."""
    after = next_of(province)
    return after[0] if after and after[1] <= day else province


def _alive(id: str, day: str) -> bool:
    row = rows_by_key().get(id.removeprefix("vn:org:").partition("@")[0])
    return row is None or _lives(of_row(row, place_of(id)), day)


def _lives(one: Organisation, day: str) -> bool:
    return (one.valid_from or day) <= day <= (one.valid_to or day)
