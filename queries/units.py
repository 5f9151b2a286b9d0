"""The bodies that a coverage is asked over: provinces before and after 1/7/2025, ministries, or those given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graph.key import Key
from ingest.clean import fold
from ingest.tables import table
from queries.errors import NamesNothing

MERGER = "2025-07-01"
_ERA = "2025"
# Government bodies of a minister's rank whose name does not begin with "Bộ".
_RANKED = ("Ngân hàng Nhà nước Việt Nam", "Thanh tra Chính phủ", "Văn phòng Chính phủ", "Ủy ban Dân tộc")


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, ministry or body: its code, its name as printed, and the codes whose documents count as its own."""

    code: str
    name: str
    codes: tuple[str, ...]
    local: bool

    def issued(self, key: Key) -> bool:
        """Whether a document of that key is one of the unit's."""
        if not self.local:
            body = f"{key.issuer}@{key.place}" if key.place else key.issuer
            return body in self.codes or key.issuer in self.codes
        return province_of(key) in self.codes


def province_of(key: Key) -> str:
    """The province in a key with its era: "vn:state:ubnd@can-tho.2025.an-binh:qd:2025:4" → "can-tho.2025"; "" without
    one."""
    name, *below = key.place.split(".") if key.place else [""]
    return f"{name}.{_ERA}" if below[:1] == [_ERA] else name


def provinces(day: str) -> tuple[Unit, ...]:
    """The 63 provinces until 30/6/2025, the 34 from 1/7/2025 on with the old ones that went into each."""
    places = table("places")
    if day < MERGER:
        return tuple(Unit(row["slug"], _printed(row), (row["slug"],), True) for row in places["province"])
    return tuple(
        Unit(row["slug"], _printed(row), (*row["members"], row["slug"], f"{row['slug']}.{_ERA}"), True)
        for row in places["province_2025"]
    )


def ministries(day: str) -> tuple[Unit, ...]:
    """The ministries and bodies of their rank that there were on the day."""
    rows = [row for row in table("issuers")["issuer"] if row.get("system") == "state" and row.get("level") == "central"]
    alive = [row for row in rows if row.get("valid_from", "") <= day <= row.get("valid_to", "9999")]
    named = [row for row in alive if row["name"].startswith("Bộ ") or row["name"] in _RANKED]
    return tuple(Unit(row["key"], row["name"], (row["key"],), False) for row in named)


def bodies(names: tuple[str, ...]) -> tuple[Unit, ...]:
    """The bodies given by code ("byt", "ubnd@hai-phong") or name ("Bộ Y tế"); `NamesNothing` for others."""
    return tuple(_body(name) for name in names)


def _body(name: str) -> Unit:
    wanted = " ".join(fold(name).split())
    for row in table("issuers")["issuer"]:
        names = {row["key"], *(fold(one) for one in (row["code"], row["name"], *row.get("aliases", ())))}
        if wanted in names:
            return Unit(row["key"], row["name"], (row["key"],), False)
    if "@" in name:
        return Unit(name, name, (name,), False)
    raise NamesNothing("body", f"{name!r} is no body known here; give a code (byt, ubnd@hai-phong) or a name (Bộ Y tế)")


def _printed(row: dict[str, Any]) -> str:
    return f"{row['kind']} {row['name']}"
