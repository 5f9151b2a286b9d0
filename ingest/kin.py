"""What a body is tied to by the shipped tables: who took over from it, in which field, and what it is part of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from graph.key import UNKNOWN
from graph.model import Edge, Header, Value
from graph.projection_tables import Body
from ingest.key_symbol import Row
from ingest.organisations import Organisation, of_row, organisation, place_of, rows_by_key
from ingest.places import MERGED, life, next_of, province_of
from ingest.tables import table

_SHIPPED = "shipped"
_DISTRICT_WORK = "phần việc của cấp huyện chuyển lên cấp tỉnh"


def body_named(name: str, header: Header, key: str | None = None) -> Body | None:
    """The body that a name means in a document with this header and key, as the projection takes it."""
    found = organisation(name, header, key)
    return as_body(found) if found else None


def as_body(found: Organisation) -> Body:
    """A body for the projection; its kind is the class it stands for."""
    kind = found.name if found.collective else None
    return Body(found.id, found.name, found.level, kind, found.valid_from, found.valid_to)


@lru_cache(maxsize=20_000)
def kin(id: str) -> tuple[tuple[Body, ...], tuple[Edge, ...]]:
    """All bodies that `id` is tied to, over any number of ties, and the edges that start at `id` itself.

    vn:org:skhdt@binh-thuan → its Sở Tài chính, that of Lâm Đồng, their committees; SUCCEEDED_BY {field, date}, PART_OF.
    """
    bodies: dict[str, Body] = {}
    queue = [id]
    while queue:
        for _, other in _steps(queue.pop()):
            if other.id not in bodies and other.id != id:
                bodies[other.id] = other
                queue.append(other.id)
    own = sorted((edge for edge, _ in _steps(id)), key=lambda edge: (edge.relation, edge.end, str(edge.properties)))
    return tuple(bodies[name] for name in sorted(bodies)), tuple(_one_each(own))


def _one_each(edges: Iterable[Edge]) -> Iterator[Edge]:
    """One edge for two bodies: several fields of work are joined."""
    joined: dict[tuple[str, str, str], Edge] = {}
    for edge in edges:
        name = (edge.start, edge.relation, edge.end)
        before = joined.get(name)
        fields = [str(one.properties["field"]) for one in (before, edge) if one and one.properties.get("field")]
        more: dict[str, Value] = {"field": "; ".join(fields)} if fields else {}
        joined[name] = Edge(*name, _SHIPPED, dict(edge.properties) | more)
    yield from joined.values()


def _steps(id: str) -> Iterator[tuple[Edge, Body]]:
    issuer, where = id.removeprefix("vn:org:").partition("@")[0], place_of(id)
    row = rows_by_key().get(issuer)
    if where == UNKNOWN:
        return
    if row is not None:
        yield from _successors(id, row, where)
        yield from _parents(id, row, where)


def _successors(id: str, row: Row, where: str) -> Iterator[tuple[Edge, Body]]:
    for step in _by_code().get(row["code"], ()):
        if where and _begins(where) > step["date"]:
            continue
        yield _edge(id, "SUCCEEDED_BY", of_row(_row(step["to"]), where), step.get("field"), step["date"])
    after = next_of(where)
    if after and row.get("valid_to", "9999") >= MERGED:
        yield _edge(id, "SUCCEEDED_BY", of_row(row, after[0]), None, after[1])
    elif _district(row, where):
        base = next_of(province_of(where))
        yield _edge(id, "SUCCEEDED_BY", of_row(row, base[0] if base else province_of(where)), _DISTRICT_WORK, MERGED)


def _begins(where: str) -> str:
    return life(where)[0] or ""


def _district(row: Row, where: str) -> bool:
    return row["key"] in ("ubnd", "hdnd") and where.count(".") == 1 and not re.search(r"\.2025\b", where)


def _parents(id: str, row: Row, where: str) -> Iterator[tuple[Edge, Body]]:
    parents: dict[str, str] = table("successions")["parents"]
    base = province_of(where) if where else ""
    if where != base and row["key"] in ("ubnd", "hdnd", "hu", "qu", "txu", "du"):
        above = ".".join(where.split(".")[:-1]) if where.count(".") > 1 and not where.endswith(".2025") else base
        top = _row("TU") if row["system"] == "party" else row
        yield _edge(id, "PART_OF", of_row(top, base if top is not row else above), None, None)
        return
    code = parents.get(row["code"]) or parents.get(row["level"]) or (_ministry(row, parents))
    if code is None or code == row["code"]:
        return
    above_row = _row(code)
    yield _edge(id, "PART_OF", of_row(above_row, base if above_row["local"] else ""), None, None)


def _ministry(row: Row, parents: dict[str, str]) -> str | None:
    named = str(row["name"]).startswith(("Bộ ", "Thanh tra Chính phủ", "Ngân hàng Nhà nước", "Ủy ban Dân tộc"))
    return parents["ministry"] if row["level"] == "central" and named else None


def _edge(id: str, relation: str, other: Organisation, work: str | None, day: str | None) -> tuple[Edge, Body]:
    said: dict[str, Value] = {name: value for name, value in (("field", work), ("date", day)) if value}
    return Edge(id, relation, other.id, _SHIPPED, said), as_body(other)


@cache
def _by_code() -> dict[str, tuple[Row, ...]]:
    found: dict[str, tuple[Row, ...]] = {}
    for step in table("successions")["succession"]:
        found[step["from"]] = (*found.get(step["from"], ()), step)
    return found


@cache
def _codes() -> dict[str, Row]:
    return {row["code"]: row for row in reversed(table("issuers")["issuer"])}


def _row(code: str) -> Row:
    return _codes()[code]
