"""What the name of a class of bodies says: which kinds of bodies it stands for and where they are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from ingest.key_body import body
from ingest.key_symbol import Row as Issuer

_LONGEST = 300
# Where bodies are, their codes, the codes of those that only some places have, and whether they are meant for sure.
Kind = tuple[str, tuple[str, ...], tuple[str, ...], bool]


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


@lru_cache(maxsize=20_000)
def meaning(name: str, place: str) -> Meaning:
    """What a class called `name` of a document of `place` ("" for none) stands for: "UBND các huyện" → a committee in
    each district."""
    said = " ".join(name[:_LONGEST].lower().replace("uỷ", "ủy").split())
    of = "central" if _says("national", said) else "local" if place else ""
    each = body(said.removeprefix("các "))
    if said.startswith("các ") and each and each[0]["level"] != "province":
        each = None  # "các tỉnh ủy, thành ủy" is no committee in each of some places
    found: list[Kind]
    if each and said.startswith("các ") and not each[1]:  # "các Sở Y tế"
        found = [("home" if place else "provinces", (str(each[0]["code"]),), (), True)]
    else:
        found = [*(() if each else _by_words(said, of)), *_in_places(said, of, each[0] if each else None)]
    return Meaning(tuple(found), _says("some", said))


def _says(section: str, said: str) -> bool:
    return any(re.search(row["pattern"], said) for row in class_table()[section])


def _rows_for(section: str, said: str, of: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """The rows whose words are there, and whether it is sure that they are meant for a class `of` this reach."""
    for row in class_table()[section]:
        if (not of or row.get("of", of) == of) and re.search(row["pattern"], said):
            yield row, row.get("of", of) == of


def _by_words(said: str, of: str) -> Iterator[Kind]:
    """The kinds of bodies that the words bring in."""
    names: dict[str, bool] = {}
    for row, sure in _rows_for("class", said, of):
        for kind in row["kinds"]:
            names[kind] = names.get(kind, False) or sure
    for kind in class_table()["kind"]:
        if kind["name"] in names:
            yield kind["at"], tuple(kind.get("codes", ())), tuple(kind.get("sometimes", ())), names[kind["name"]]


def _in_places(said: str, of: str, each: Issuer | None) -> Iterator[Kind]:
    """One body in each of some places: the one that is named before them, else the people's committee."""
    if each is None and not _says("bare", said):
        return
    codes = (str(each["code"]) if each else "UBND",)
    many = bool(each and each.get("many"))
    for row, sure in _rows_for("place", said, of):
        yield row["at"], () if many else codes, codes if many else (), sure
