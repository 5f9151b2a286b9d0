"""Bodies that issue, as text names them, with their place: "Chủ tịch UBND tỉnh" → Ủy ban nhân dân tỉnh Bình Thuận."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import islice

from graph.model import Header
from ingest.cite_symbols import issuer_rows
from ingest.clean import Text, fold_name
from ingest.patterns import compiled
from ingest.tables import table

_UNITS = "tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu"
_HIGH = ("tỉnh", "thành phố")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of administration: ("tỉnh", "Bình Thuận"); the name is empty where only the kind is told."""

    kind: str = ""
    name: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Where:
    """Where a document comes from: its own unit and the province that this lies in; empty when unknown."""

    own: Place = Place()
    province: Place = Place()


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was read: its full name and where the words end."""

    name: str
    end: int


@cache
def _provinces() -> dict[str, Place]:
    """Provinces by folded name and alias; of two times the kind that lasted longer."""
    rows = [*table("places")["province_2025"], *table("places")["province"]]
    places = {
        fold_name(name): Place(row["kind"], row["name"])
        for row in rows
        for name in (row["name"], *row.get("aliases", ()))
    }
    return {name: place for name, place in places.items() if len(name) > 3}


@cache
def _province_pattern() -> re.Pattern[str]:
    names = sorted({*_provinces()}, key=len, reverse=True)
    return re.compile("(?:" + "|".join(r"\s{1,4}".join(map(re.escape, name.split())) for name in names) + r")(?!\w)")


@cache
def _unit_pattern() -> re.Pattern[str]:
    units = fold_name(_UNITS).replace(" ", r"\s{1,4}")
    return re.compile(rf"\s{{1,4}}(?:cac\s{{1,4}}(?:{units})|({units}|tp\.?)(?!\w))")


_ANY_WORD = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")
BLANK_LINE = re.compile(r"\n[ \t*_#|]*\n")
_LONGEST_NAME = 5
_KINDS = {"tp": "thành phố", "tp.": "thành phố"} | {fold_name(unit): unit for unit in _UNITS.split("|")}


def read_place(text: Text, at: int) -> tuple[Place, int]:
    """The place that follows `at` and its end: " tỉnh Bình Thuận", " TP. Hà Nội", " tỉnh"; else an empty one."""
    unit = _unit_pattern().match(text.folded, at)
    if not unit:
        name = _province_at(text, at)
        return (_provinces()[fold_name(_joined(name[0]))], name.end()) if name else (Place(), at)
    if unit[1] is None:
        return Place(), at
    kind = _KINDS[_joined(unit[1])]
    name = _province_at(text, unit.end()) if kind in _HIGH else None
    if name:
        return Place(kind, _provinces()[fold_name(_joined(name[0]))].name), name.end()
    end = unit.end() if text.flat[unit.start(1)].isupper() else _name_end(text, unit.end())
    return Place(kind, _joined(text.flat[unit.end() : end])), end


def _name_end(text: Text, at: int) -> int:
    """Where up to five words with a capital end that stand at `at` in its paragraph; `at` when none does."""
    end = at
    for word in islice(_WORD.finditer(text.flat, at, at + 60), _LONGEST_NAME):
        apart = not 0 < word.start() - end <= 4 or not text.flat[end : word.start()].isspace()
        if apart or not word[0].istitle() or BLANK_LINE.search(text.clean, end, word.start()):
            break
        end = word.end()
    return end


def _province_at(text: Text, at: int) -> re.Match[str] | None:
    while at < len(text.folded) and text.folded[at].isspace():
        at += 1
    return _province_pattern().match(text.folded, at) if at < len(text.flat) and text.flat[at].isupper() else None


def _joined(words: str) -> str:
    return " ".join(words.split())


def read_where(text: Text, header: Header) -> Where:
    """The document's own unit and province, from the header, else from the places it names most."""
    own = _place_in(header.place or "") or _place_in(header.issuer or "") or Place()
    if own.kind in _HIGH and fold_name(own.name) in _provinces():
        return Where(own, own)
    named = Counter(
        place
        for m in _place_words().finditer(text.folded[:40_000])
        if (place := read_place(text, m.start())[0]).name
        and place.kind in _HIGH
        and fold_name(place.name) in _provinces()
    )
    return Where(own, min(named, key=lambda place: (-named[place], str(place))) if named else Place())


@cache
def _place_words() -> re.Pattern[str]:
    return compiled(r" t(?:inh|hanh pho) (?=[a-z])")


def _place_in(words: str) -> Place | None:
    """The unit at the end of a body's name: "Sở Y tế tỉnh Quảng Ninh", "Tỉnh ủy Hưng Yên"."""
    found = re.search(rf"(?:^|\s)({_UNITS}|TP\.?)\s+([A-ZĐÀ-Ỹ].*)$", words, re.I)
    if found:
        name = _provinces().get(fold_name(found[2]))
        return Place(_KINDS[fold_name(found[1])], name.name if name else found[2])
    last = _province_pattern().search(fold_name(words))
    return _provinces()[fold_name(_joined(last[0]))] if last else None


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    place: str


@cache
def _known() -> dict[str, _Known]:
    """Bodies by their folded words."""
    known: dict[str, _Known] = {}
    for row in issuer_rows().values():
        if "(" in row["name"] or "/" in row["name"]:
            continue
        local = row.get("local") or row.get("national")
        place = "unit" if local and row["system"] == "state" else ""
        for words in (
            row["name"],
            *(alias for alias in row.get("aliases", ()) if " " in alias or row["system"] != "party"),
        ):
            whole = words.endswith("Việt Nam") and not row["name"].endswith("Việt Nam")
            known[_words(words)] = _Known(f"{row['name']} Việt Nam", "") if whole else _Known(row["name"], place)
    for row in table("forms")["body"]:
        known |= {_words(words): _Known(row["name"], row["place"]) for words in row["words"]}
    return known


def _words(words: str) -> str:
    return " ".join(_ANY_WORD.findall(fold_name(words)))


@cache
def _body_pattern() -> re.Pattern[str]:
    between = r"[\s,-]{1,5}"
    names = sorted(_known(), key=len, reverse=True)
    bodies = "|".join(between.join(map(re.escape, name.split())) for name in names)
    officers = "|".join(
        between.join(_words(word).split()) for word in sorted(table("forms")["officer"]["words"], key=len, reverse=True)
    )
    alone = "|".join(
        between.join(_words(word).split())
        for word, _ in sorted(table("forms")["officer"]["alone"], key=lambda row: -len(row[0]))
    )
    return re.compile(rf"(?:({alone})(?!\w)|(?:(?:{officers})\s{{1,4}}){{0,2}}(?:({bodies})(?!\w)))")


@cache
def _over() -> frozenset[str]:
    return frozenset(fold_name(words) for words in table("forms")["officer"]["over"])


@cache
def _alone() -> dict[str, str]:
    return {_words(words): name for words, name in table("forms")["officer"]["alone"]}


def read_body(text: Text, at: int, where: Where) -> Body | None:
    """The body named at `at`: "Bộ trưởng Bộ Y tế" → Bộ Y tế, "UBND tỉnh" → Ủy ban nhân dân tỉnh Bình Thuận."""
    found = _body_pattern().match(text.folded, at, at + 160)
    if not found:
        return None
    if found[1]:
        return Body(_alone()[_words(found[1])], found.end())
    known = _known()[_words(found[2])]
    if fold_name(known.name) in _over():
        under = read_body(text, found.end() + 1, where) if text.flat.startswith(" ", found.end()) else None
        if under and under.end - at < _LONGEST:
            return Body(f"{known.name} {under.name}", under.end)
    if not known.place:
        return Body(known.name, found.end())
    if known.place == "words":
        return _by_words(text, known.name, found.end(), where)
    place, end = read_place(text, found.end())
    if known.place == "party" and not place.kind and fold_name(known.name).endswith("thanh uy"):
        named = _name_end(text, end)
        if named > end:
            return Body(f"{known.name} {_joined(text.flat[end:named])}", named)
    return Body(placed(known.name, known.place, place, where), end)


def _by_words(text: Text, name: str, at: int, where: Where) -> Body:
    """A body that its own words tell, not the document's place: "Đảng ủy xã Hòa Bình", "Đảng ủy Khối"."""
    place, end = read_place(text, at)
    if place.name:
        return Body(f"{name} {place}", end)
    if place.kind:
        known = next((each for each in (where.own, where.province) if each.kind == place.kind and each.name), place)
        return Body(f"{name} {known}", end)
    end = _name_end(text, at)
    return Body(f"{name} {_joined(text.flat[at:end])}".strip(), end)


def placed(name: str, how: str, place: Place, where: Where) -> str:
    """`name` with its place, the document's own where none is told: "Tỉnh ủy" → Tỉnh ủy Bình Thuận."""
    if not place.name:
        place = _filled(place, where)
    if how == "party":
        return f"{name} {_party_place(place)}".strip()
    if place.kind and name.endswith(f" {place.kind}"):
        return f"{name} {place.name}".strip()
    return f"{name} {place}".strip()


def _filled(place: Place, where: Where) -> Place:
    """A kind alone means the document's own unit of this kind, or its province."""
    for known in (where.own, where.province):
        if known.name and place.kind in ("", known.kind):
            return known
    return where.province if place.kind in ("", *_HIGH) and where.province.name else place


def _party_place(place: Place) -> str:
    return f"Thành phố {place.name}" if place.name == "Hồ Chí Minh" else place.name


# Codes that stand for several bodies: the symbol alone does not tell which.
_MANY = frozenset(("TW", "ĐH", "ĐU", "BCĐ", "CB", "ĐB", "HU", "QU", "BCSĐ", "ĐĐ", "CA"))


def issuer_of(codes: tuple[str, ...], where: Where) -> str | None:
    """Who issues a number, by its code: TTg → Thủ tướng Chính phủ, SYT → Sở Y tế tỉnh Quảng Ninh; None if not told."""
    names = [name for code in codes if (name := _by_code(code, where))]
    return ", ".join(dict.fromkeys(names)) or None


def named_by(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the bodies that codes stand for: UBND → Ủy ban nhân dân; none where one code has several bodies."""
    rows = [issuer_rows().get(code) for code in codes if code not in _MANY]
    return tuple(str(row["name"]) for row in rows if row)


def is_national(codes: tuple[str, ...]) -> bool:
    """Whether codes alone tell the issuer, whoever spoke: "chỉ đạo của Phó Thủ tướng tại Thông báo 591/TB-VPCP"."""
    rows = [issuer_rows().get(code) for code in codes]
    return bool(codes) and all(
        row and not any(row.get(word) for word in ("local", "many", "national")) and row["code"] not in _MANY
        for row in rows
    )


def _by_code(code: str, where: Where) -> str | None:
    if code.startswith("QH"):
        return "Quốc hội"
    if code.startswith("UBTVQH"):
        return "Ủy ban Thường vụ Quốc hội"
    row = issuer_rows().get(code)
    if not row or code in _MANY:
        return None
    if code in ("UB", "UBND", "CTUBND"):
        return placed("Ủy ban nhân dân", "unit", Place(), where) if where.own.name else None
    if code == "TU":
        return _by_committee(where)
    if not row.get("local"):
        return str(row["name"])
    province = where.province if str(row["name"]).startswith("Sở") or "Tỉnh" in row["name"] else where.own
    return (
        placed(row["name"], "party" if row["system"] == "party" else "unit", province, where) if province.name else None
    )


def _by_committee(where: Where) -> str | None:
    place = where.province
    if not place.name:
        return None
    return placed("Thành ủy" if place.kind == "thành phố" else "Tỉnh ủy", "party", place, where)
