"""One node for a body, however it is called: "BCH Đảng bộ tỉnh" is the Tỉnh ủy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from graph.key import UNKNOWN, BadKey, Key
from graph.model import Header
from ingest.clean import fold
from ingest.key import scene_of
from ingest.key_body import body, offices, words
from ingest.key_place import Place, place, slug
from ingest.key_scene import Scene
from ingest.key_symbol import Row
from ingest.key_where import place_for
from ingest.places import label, life
from ingest.tables import table

_LONGEST = 300
_LONGEST_ID = 160


@dataclass(frozen=True, slots=True)
class Organisation:
    """A body: `id` as in the graph, its full name, its level (central, province, district, commune), the segment of its
    place, first and last day (ISO) where known. `collective` is true for a class of bodies ("các sở, ban, ngành")."""

    id: str
    name: str
    level: str | None = None
    place: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    collective: bool = False


def organisation(name: str, context: Header, key: str | None = None) -> Organisation | None:
    """The body that `name` means in a document with the header `context` and the key `key`; None for no name at all.

    "Sở Y tế" in a document of Quảng Ninh → vn:org:syt@quang-ninh.
    """
    said = _tidy(name)
    if _folded(said) == UNKNOWN:
        return None
    return _organisation(said, scene_of(context, key))


def _tidy(name: str) -> str:
    """`name` on one line without office, marks and list signs: "- Giám đốc Sở Y tế;" → "Sở Y tế"."""
    said = " ".join(name[:_LONGEST].split()).strip(' -+*•.,;:/()"“”')
    return said[offices(fold(said)) :].strip() or said


@lru_cache(maxsize=20_000)
def _organisation(said: str, scene: Scene) -> Organisation:
    if _collective(said):
        return _class(said, scene)
    found = body(said)
    if found and _only_place(found[1]):
        return _of_table(found[0], said, scene)
    return _of_name(said, scene)


# --- classes


@cache
def _plural() -> re.Pattern[str]:
    starts = "|".join(fold(word) for word in table("successions")["classes"]["plural"])
    units = "|".join(fold(word) for word in table("successions")["classes"]["units"])
    return re.compile(rf"(?:{starts})\b|.*\bcac (?:{units})\b|.*\bcap (?:xa|huyen|tinh|co so)\b")


@cache
def _bare() -> frozenset[str]:
    return frozenset(words(word) for word in table("successions")["classes"]["bare"])


def _collective(said: str) -> bool:
    folded = words(said)
    found = body(said)
    whole = found is not None and not found[1]
    return folded in _bare() or (not whole and bool(_plural().match(folded)))


def _class(said: str, scene: Scene) -> Organisation:
    local = _home(scene)
    id = f"vn:org:class.{_folded(said)}{_at(local)}"
    return Organisation(id, said, None, local or None, collective=True)


def _home(scene: Scene) -> str:
    """The province (with its era) of the document that speaks, "" for a central one or an unknown one."""
    match = re.match(r"[a-z-]+(?:\.2025)?", scene.place)
    return match[0] if match else ""


def _at(where: str) -> str:
    return f"@{where}" if where else ""


def _folded(said: str) -> str:
    return slug(said)[:_LONGEST_ID].strip("-")


# --- bodies of the table


def _only_place(rest: str) -> bool:
    """Whether nothing but a place stands behind the name of a body."""
    found = place(rest)
    return not rest or found.province is not None or found.level is not None or rest in ("viet nam", "dang")


def _of_table(row: Row, said: str, scene: Scene) -> Organisation:
    row = _acting(row)
    where = place_for(row, said, scene)
    if row.get("many") and row["key"] != "du":
        return _of_name(said, scene)
    found = of_row(row, where)
    return replace(found, name=_named_below(row, said)) if found.level != "province" and place(said).below else found


def _named_below(row: Row, said: str) -> str:
    """The full name of a body below the province, its place as printed: "Ủy ban nhân dân thành phố Phan Thiết"."""
    rest = (body(said) or (row, ""))[1].split()
    printed = said.split()
    tail = next((printed[at:] for at in range(len(printed)) if words(" ".join(printed[at:])).split() == rest), [])
    return " ".join([str(row["name"]), *tail]).strip()


def _acting(row: Row) -> Row:
    return _rows()[row["office"]] if "office" in row else row


@cache
def _rows() -> dict[str, Row]:
    return {row["code"]: row for row in reversed(table("issuers")["issuer"])}


@cache
def rows_by_key() -> dict[str, Row]:
    """The issuer segment of a key → the row of the body."""
    return {row["key"]: row for row in reversed(table("issuers")["issuer"])}


def of_row(row: Row, where: str) -> Organisation:
    """The body of a table row at a place segment ("" for none)."""
    first, last = life(where) if where not in ("", UNKNOWN) else (None, None)
    starts = [day for day in (row.get("valid_from"), first) if day]
    ends = [day for day in (row.get("valid_to"), last) if day]
    return Organisation(
        f"vn:org:{row['key']}{_at(where)}",
        _full_name(row, where),
        _level(row, where),
        where or None,
        max(starts, default=None),
        min(ends, default=None),
    )


def _level(row: Row, where: str) -> str:
    depth = len([part for part in where.split(".") if not part.isdigit()]) if where not in ("", UNKNOWN) else 0
    if depth > 1:
        return "commune" if depth > 2 or ".2025" in where else "district"
    levels: dict[str, str] = table("successions")["levels"]
    return "province" if depth == 1 else levels.get(row["level"], "province" if row["local"] else "central")


_CITY = (("Tỉnh ủy", "Thành ủy"), ("Công an tỉnh", "Công an thành phố"), ("Thanh tra tỉnh", "Thanh tra thành phố"))


def _full_name(row: Row, where: str) -> str:
    """ "Ủy ban nhân dân tỉnh Bình Thuận", "Thành ủy Hải Phòng"."""
    name = str(row["name"])
    if where in ("", UNKNOWN):
        return name
    kind, printed = label(where)
    if kind.lower() == "thành phố":
        for tinh, city in _CITY:
            name = name.replace(tinh, city)
    said = any(word in name for pair in _CITY for word in pair)
    return f"{name} {printed}" if said else f"{name} {kind} {printed}"


# --- bodies without a row


def _of_name(said: str, scene: Scene) -> Organisation:
    found = place(said)
    where = place_for(None, said, scene) if found.level or found.province else _lent(said, scene)
    where = "" if where == UNKNOWN and not (found.level or found.province) else where
    name = _folded(_without_place(said, found) if where not in ("", UNKNOWN) else said)
    level = found.level if found.level in ("province", "district", "commune") else ("province" if where else None)
    first, last = life(where) if where not in ("", UNKNOWN) else (None, None)
    return Organisation(f"vn:org:~{name}{_at(where)}", said, level, where or None, first, last)


def _lent(said: str, scene: Scene) -> str:
    """A local document's own place for a body that is not one of the whole country."""
    return "" if _national(said) else _home(scene)


def _national(said: str) -> bool:
    heads: Iterable[str] = table("successions")["heads"]["central"]
    folded = words(said)
    starts = any(folded.startswith(words(head) + " ") for head in heads)
    return starts or bool(re.search(r"\b(?:trung uong|quoc gia|viet nam|quoc hoi|chinh phu)\b", folded))


def _without_place(said: str, found: Place) -> str:
    """The name before its place: "Bệnh viện Đa khoa tỉnh Quảng Ninh" → "Bệnh viện Đa khoa tỉnh"."""
    if found.province is None:
        return said
    cut = re.search(r"\s(?:tỉnh|Tỉnh|thành phố|Thành phố|TP\.?)\s", said)
    if cut:
        return said[: cut.end()].strip()
    folded = words(said)
    tail = found.province.replace("-", " ")
    return folded[: -len(tail)].strip() if folded.endswith(tail) and len(folded) > len(tail) else said


def place_of(id: str) -> str:
    """The place segment of a body's id, "" where it has none."""
    return id.partition("@")[2]


def from_key(key: str) -> Organisation | None:
    """The body that issues the document with this key, where the table knows it."""
    try:
        parsed = Key.parse(key)
    except BadKey:
        return None
    row = rows_by_key().get(parsed.issuer.split("+")[0])
    return of_row(row, parsed.place) if row else None
