"""Places in a body's name and their segment in a key: "UBND xã Tân Lập, thành phố Hà Nội" is `ha-noi.tan-lap`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.key import UNKNOWN
from ingest.clean import fold
from ingest.key_period import Days
from ingest.tables import table

MERGER = "2025-07-01"
DAY_BEFORE_MERGER = "2025-06-30"
_ERA = ".2025"
_KINDS = {
    "tinh": "province",
    "thanh pho": "city",
    "tp": "city",
    "thi xa": "district",
    "huyen": "district",
    "quan": "district",
    "xa": "commune",
    "phuong": "commune",
    "thi tran": "commune",
    "dac khu": "commune",
}
_PARTY = {
    "tinh uy": "tinh",
    "thanh uy thanh pho": "thanh pho",
    "thanh uy tp": "thanh pho",
    "thanh uy": "thanh pho",
    "huyen uy": "huyen",
    "quan uy": "quan",
    "thi uy": "thi xa",
}
_UNIT = re.compile(
    r"(?<![\w])(?P<kind>tinh|thanh pho|tp|thi xa|huyen|quan(?! (?:ly|khu|doi|trac|tri))"
    r"|xa(?! hoi)|phuong(?! (?:phap|an|tien))|thi tran|dac khu)\b\.?"
    r"(?P<name>(?:\s+(?!(?:tinh|thanh pho|tp|thi xa|huyen|xa|thi tran|dac khu)\b)[\w-]+){0,5})"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body sits: province as a slug without era, `below` the units under it from larger to smaller.

    `level` is province, district or commune, also when the name is not printed ("UBND tỉnh" has level province and no
    province). `former` is true where "(cũ)" is printed.
    """

    province: str | None = None
    below: tuple[str, ...] = ()
    level: str | None = None
    former: bool = False


@cache
def _provinces() -> Mapping[str, str]:
    """Folded name of a province or centrally run city → slug, longest names first."""
    rows = [*table("places")["province"], *table("places")["province_2025"]]
    names = {_words(name): row["slug"] for row in rows for name in (row["name"], *row.get("aliases", ()))}
    return dict(sorted(names.items(), key=lambda pair: -len(pair[0])))


@cache
def _successions() -> Mapping[str, tuple[str, bool]]:
    """Slug until 30/6/2025 → the successor's slug, and whether its body was merged."""
    return {row["slug"]: (row["successor"], row["merged"]) for row in table("places")["province"]}


@cache
def merged_names() -> frozenset[str]:
    """Slugs whose name went on after 1/7/2025 with another body."""
    return frozenset(slug for slug, (after, merged) in _successions().items() if merged and slug == after)


def successor(slug: str) -> str:
    """The segment of the province that took over `slug` ("binh-thuan" → "lam-dong.2025")."""
    after, merged = _successions().get(slug, (slug, False))
    return f"{after}{_ERA}" if merged else after


def _words(name: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", fold(name)).split())


def slug(name: str) -> str:
    """`name` as a segment: "Phan Thiết" → "phan-thiet"; `_` where no letter is left."""
    return re.sub(r"[^a-z0-9]+", "-", _words(name)).strip("-") or UNKNOWN


def province(name: str) -> str | None:
    """The slug of the province that `name` is, with or without "tỉnh", "thành phố"."""
    said = re.sub(r"^(?:tinh|thanh pho|tp|thu do)\s+", "", _words(name))
    return _provinces().get(said) or _provinces().get(_words(name))


@lru_cache(maxsize=8_000)
def place(name: str) -> Place:
    """The place that the name of a body prints.

    >>> place("Ủy ban nhân dân thành phố Phan Thiết, tỉnh Bình Thuận")
    Place(province='binh-thuan', below=('phan-thiet',), level='district', former=False)
    """
    said = _said(name)
    former = bool(re.search(r"\(\s*cu\s*\)|\bcu$", fold(name[:300])))
    units = [(match["kind"], match["name"].strip()) for match in _UNIT.finditer(said)]
    found = _Found()
    for kind, printed in units:
        found = found.with_unit(_KINDS[kind], kind, printed)
    if found.province is None:
        found = found.with_province(_last_province(said))
    return Place(found.province, tuple(reversed(found.below)), found.level, former)


def _said(name: str) -> str:
    said = re.sub(r"[^\w\s.,()-]", " ", fold(name[:300]))
    said = re.sub(r"\s+", " ", said)
    if "quan uy trung uong" in said:
        return ""
    for party, kind in _PARTY.items():
        said = re.sub(rf"(?<!\w){party}\b", f", {kind}", said)
    return said


def _last_province(said: str) -> str | None:
    words = _words(re.sub(r"\(.*?\)", "", said))
    return next((found for name, found in _provinces().items() if re.search(rf"(?<!\w){name}$", words)), None)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the units read so far say, smallest unit first in `below`."""

    province: str | None = None
    below: tuple[str, ...] = ()
    level: str | None = None

    def with_unit(self, kind: str, word: str, printed: str) -> _Found:
        named = _leading_province(printed) if kind in ("province", "city") else None
        if named and self.province is None:
            return _Found(named, self.below, self.level or "province")
        if kind == "province":
            return _Found(self.province, self.below, self.level or "province")
        if not printed:
            return _Found(self.province, self.below, self.level or ("city" if kind == "city" else kind))
        level = self.level or ("district" if kind == "city" else kind)
        return _Found(self.province, (*self.below, _unit_slug(word, printed)), level)

    def with_province(self, found: str | None) -> _Found:
        return _Found(found, self.below, self.level or ("province" if found else None))


def _leading_province(printed: str) -> str | None:
    words = printed.split()
    for count in range(min(len(words), 5), 0, -1):
        found = _provinces().get(_words(" ".join(words[:count])))
        if found:
            return found
    return None


def _unit_slug(kind: str, printed: str) -> str:
    """Numbered units keep their kind ("Quận 1" → "quan-1")."""
    return slug(f"{kind} {printed}") if printed[0].isdigit() else slug(printed)


def segment(found: Place, days: Days) -> str:
    """The place segment of a body at `found` that acts within `days`; `_` where the era is open."""
    if found.province is None or found.level == "city":
        return UNKNOWN
    return below(_with_era(found, days), found, days)


def below(base: str, found: Place, days: Days) -> str:
    """The segment of the units of `found` under the province segment `base`.

    All communes were made anew on 1/7/2025: after it they carry the era themselves where their province does not.
    """
    if UNKNOWN in (base, *found.below) or (found.level == "commune" and not _one_era(days)):
        return UNKNOWN
    anew = found.level == "commune" and days.since(MERGER) and not base.endswith(_ERA)
    return ".".join((base, *found.below)) + (_ERA if anew else "")


def _one_era(days: Days) -> bool:
    return days.before(MERGER) or days.since(MERGER)


def _with_era(found: Place, days: Days) -> str:
    name = found.province or UNKNOWN
    if name == "hue" and days.before("2025-01-01"):
        return "thua-thien-hue.hue" if not found.below else "thua-thien-hue"
    if name not in merged_names() or found.former:
        return name
    if days.before(MERGER):
        return name
    return f"{name}{_ERA}" if days.since(MERGER) else UNKNOWN


def in_era(base: str, days: Days) -> str:
    """The segment of the body that a text of the province `base` (with its era) means by "UBND tỉnh" within `days`.

    A text of a merged province may mean any of its predecessors before the merger: `_`.
    """
    if not base.endswith(_ERA):
        return base
    return base if days.since(MERGER) else UNKNOWN
