"""Mentions by the shape of a name: congresses, plenums, the constitution, treaties, nicknames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    literal: str
    before: re.Pattern[str] | None
    pattern: re.Pattern[str]
    type: str
    capital: bool
    terms: re.Pattern[str] | None


def _spaced(pattern: str) -> str:
    return pattern.replace(" ?", r"\s{0,4}").replace(" ", r"\s{1,4}")


@cache
def _shapes() -> tuple[_Shape, ...]:
    return tuple(
        _Shape(
            row["name"],
            row["literal"],
            re.compile(rf"(?<!\w)(?:{_spaced(row['before'])})\Z") if "before" in row else None,
            re.compile(_spaced(row["pattern"])),
            row["type"],
            row.get("capital", False),
            re.compile(_spaced(row["terms"])) if "terms" in row else None,
        )
        for row in table("names")["named"]
    )


@cache
def _literals() -> dict[str, re.Pattern[str]]:
    """The pieces with which the search begins; their words may be parted by more than one blank."""
    return {shape.literal: re.compile(shape.literal.replace(" ", "  {0,3}")) for shape in _shapes()}


def find_shapes(text: Text, start: int, end: int, where: Where) -> list[Found]:
    """Names by their shape between `start` and `end`: "Nghị quyết Đại hội XIII", "Đề án 06"."""
    places = {
        literal: [found.start() for found in pattern.finditer(text.folded, start, end)]
        for literal, pattern in _literals().items()
    }
    return [found for shape in _shapes() for at in places[shape.literal] for found in _read(text, at, shape, where)]


def _read(text: Text, at: int, shape: _Shape, where: Where) -> Iterator[Found]:
    begin = at
    if text.folded[at - 1 : at].isalnum():
        return
    found = shape.pattern.match(text.folded, at, at + _WINDOW)
    if not found:
        return
    if shape.before:
        head = shape.before.search(text.folded[max(0, at - _BEFORE) : at])
        if not head:
            return
        begin = max(0, at - _BEFORE) + head.start()
    if (shape.capital and not _proper(text, begin, found)) or not _capital_type(text, begin, shape):
        return
    if _heads_list(text, begin, found.end()):
        return
    end = begin + len(text.flat[begin : found.end()].rstrip())
    groups = found.groupdict()
    term = (groups.get("term") or groups.get("term2") or "").upper() or None
    name = " ".join(text.flat[begin:end].split())
    whole = Found(
        begin,
        end,
        begin,
        shape.type,
        name=name,
        method=shape.name,
        term=term,
        issuer=_issuer(groups, text, found, where),
    )
    yield from _numbered(text, whole, found) if groups.get("rest") else (whole,)
    if shape.terms:
        yield from _terms(text, whole, shape.terms)


def _numbered(text: Text, whole: Found, found: re.Match[str]) -> Iterator[Found]:
    """The members of a list of plenums of one term: "Nghị quyết Trung ương 5, Trung ương 6 khóa XII"."""
    head = " ".join(text.flat[whole.start : found.start("first")].split())
    places = [found.span("first")]
    places += [one.span() for one in _plenum().finditer(text.folded, found.start("rest"), found.end("rest"))]
    for at, (start, end) in enumerate(places):
        number = text.flat[start:end].split()[-1]
        yield replace(
            whole,
            start=start if at else whole.start,
            end=whole.end if at == len(places) - 1 else end,
            at=start if at else whole.start,
            name=f"{head} {number} khóa {whole.term}",
        )


@cache
def _plenum() -> re.Pattern[str]:
    return re.compile(r"(?:trung\s{1,4}uong\s{1,4})?\d{1,2}")


def _terms(text: Text, first: Found, more: re.Pattern[str]) -> Iterator[Found]:
    """The same document of further terms: "XII" and "XIII" of "Nghị quyết Trung ương 4 khóa XI, XII và XIII"."""
    at = first.end
    while (found := more.match(text.folded, at)) and text.flat[found.start("term") : found.end("term")].isupper():
        start, at, term = found.start("member"), found.end(), text.flat[found.start("term") : found.end("term")]
        name = re.sub(r"[IVX]{1,6}(\)?)\Z", rf"{term}\1", first.name or "")
        yield replace(first, start=start, end=at, at=start, name=name, term=term)


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
