"""Which bodies a class of bodies stands for: "các sở, ban, ngành" of Bình Thuận are its departments and agencies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.key import UNKNOWN
from graph.store import Row
from ingest.key_symbol import Row as Issuer
from ingest.organisations import Organisation, of_row, place_of, rows_by_key
from ingest.places import life, next_of, province_of
from ingest.tables import table
from queries.bodies import Body, Certainty
from queries.class_words import meaning
from queries.corpus import Corpus
from queries.units import provinces

CLASS = "vn:org:class."
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


def is_class(id: str) -> bool:
    """Whether the id is that of a class of bodies."""
    return id.startswith(CLASS)


def includes(name: str, place: str, id: str) -> Certainty | None:
    """Whether the class `name` of `place` includes a body: "yes", "perhaps", or None."""
    issuer, where = id.removeprefix("vn:org:").partition("@")[0], place_of(id)
    row = rows_by_key().get(issuer)
    if row is None:
        return None
    said = meaning(name, place)
    found = [
        sure and not said.some and (bool(place) or at in _EVERYWHERE)
        for at, codes, sometimes, sure in said.kinds
        if row["code"] in (*codes, *sometimes) and _stands(at, place, row, where)
    ]
    return ("yes" if any(found) else "perhaps") if found else None


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
    if not all(place_of(one.id) for one in bodies):
        places = []  # a class of the whole country may stand in a document of any place
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
    unplaced = not all(sure and (place or at in _EVERYWHERE) for at, _, _, sure in said.kinds)
    listed = [one for at, codes, _, sure in said.kinds if sure for one in _listed(at, codes, place, day)]
    members = {one.id: Body(one.id, one.name) for one in listed}
    for row in known if not unplaced else ():
        if includes(name, place, row["id"]) and _alive(row["id"], day):
            members.setdefault(row["id"], Body(row["id"], row["name"]))
    whole = bool(said.kinds) and all(_is_listed(at, place) and not some for at, _, some, _ in said.kinds)
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
