"""Mentions by the shape of a name: congresses, plenums, the constitution, treaties, nicknames."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.cite_bodies import Place, Where, placed, read_place
from ingest.cite_found import Found
from ingest.clean import Text, fold
from ingest.tables import table

_WINDOW = 300
_BEFORE = 100


@dataclass(frozen=True, slots=True)
class _Shape:
    name: str
    literal: re.Pattern[str]
    before: re.Pattern[str] | None
    pattern: re.Pattern[str]
    type: str
    capital: bool


def _spaced(pattern: str) -> str:
    return pattern.replace(" ?", r"\s{0,4}").replace(" ", r"\s{1,4}")


@cache
def _shapes() -> tuple[_Shape, ...]:
    return tuple(
        _Shape(
            row["name"],
            re.compile(re.escape(row["literal"]).replace(r"\ ", "  {0,3}")),
            re.compile(rf"(?<!\w)(?:{_spaced(row['before'])})\Z") if "before" in row else None,
            re.compile(_spaced(row["pattern"])),
            row["type"],
            row.get("capital", False),
        )
        for row in table("names")["named"]
    )


def find_shapes(text: Text, start: int, end: int, where: Where) -> list[Found]:
    """Names by their shape between `start` and `end`: "Nghị quyết Đại hội XIII", "Đề án 06"."""
    return [
        found
        for shape in _shapes()
        for match in shape.literal.finditer(text.folded, start, end)
        if (found := _read(text, match.start(), shape, where))
    ]


def _read(text: Text, at: int, shape: _Shape, where: Where) -> Found | None:
    begin = at
    if text.folded[at - 1 : at].isalnum():
        return None
    found = shape.pattern.match(text.folded, at, at + _WINDOW)
    if not found:
        return None
    if shape.before:
        head = shape.before.search(text.folded[max(0, at - _BEFORE) : at])
        if not head:
            return None
        begin = max(0, at - _BEFORE) + head.start()
    if (shape.capital and not _proper(text, begin, found)) or not _capital_type(text, begin, shape):
        return None
    if _heads_list(text, begin, found.end()):
        return None
    end = begin + len(text.flat[begin : found.end()].rstrip())
    groups = found.groupdict()
    term = (groups.get("term") or groups.get("term2") or "").upper() or None
    name = " ".join(text.flat[begin:end].split())
    return Found(
        begin,
        end,
        begin,
        shape.type,
        name=name,
        method=shape.name,
        term=term,
        issuer=_issuer(groups, text, found, where),
    )


def _heads_list(text: Text, begin: int, end: int) -> bool:
    """Whether the name only heads a list: "các Nghị quyết của Ban Chấp hành Trung ương khóa XII: số 18-NQ/TW"."""
    several = re.search(r"(?<!\w)(?:cac|nhung)\s{1,4}\Z", text.folded[max(0, begin - 10) : begin])
    return bool(several and re.match(r"\s{0,3}(?::|\(?so\s)", text.folded[end : end + 10]))


def _capital_type(text: Text, begin: int, shape: _Shape) -> bool:
    return text.flat[begin].isupper() or shape.before is not None


def _proper(text: Text, begin: int, found: re.Match[str]) -> bool:
    """Whether a name of free words has a capital or a title in it, and is not a class ("các hiệp định …")."""
    if not text.flat[begin].isupper() or re.search(r"(?<!\w)cac\s{1,4}\Z", text.folded[max(0, begin - 8) : begin]):
        return False
    words = text.flat[begin : found.end()].split()
    return (
        any(word[:1].isupper() or word[:1].isdigit() for word in words[2:]) or " về " in text.flat[begin : found.end()]
    )


@cache
def _nicknames() -> dict[str, str]:
    return {fold(name): issuer for name, issuer in table("names")["nicknames"]["issuers"]}


def _issuer(groups: dict[str, str | None], text: Text, found: re.Match[str], where: Where) -> str | None:
    """A congress of a local party has its place: Đại hội đại biểu Đảng bộ tỉnh Phú Thọ."""
    unit = "unit" if groups.get("unit") else "unit2" if groups.get("unit2") else ""
    if not unit:
        return _nicknames().get(" ".join(fold(found[0]).replace(" so ", " ").split()))
    place, _ = read_place(text, found.start(unit) - 1)
    return placed("Đại hội đại biểu Đảng bộ", "unit", place or Place(), where)
