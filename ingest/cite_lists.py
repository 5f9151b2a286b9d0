"""Lists and ranges: numbers printed without their code, and what the members share: "57, 59, 66, 68-NQ/TW"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ingest.cite_fields import Fields
from ingest.cite_found import Found
from ingest.cite_types import read_lead
from ingest.clean import Text

_WINDOW = 80
_GAP = 24


@cache
def _bare_numbers() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w./-])((?:\d{1,4}(?:\s{0,2}-)?(?:\s{0,3}[,;]\s{0,3}|\s{1,3}(?:va|den|hoac)\s{1,3}(?:so\s{1,3})?|\s{0,3},\s{0,3}so\s{1,3})){1,12})(?:so\s{1,3})?\Z"
    )


def numbers_before(text: Text, found: Found, floor: int) -> Iterator[Found]:
    """The members of a list whose code stands at its last one only: 187 of "số 187 và 188-KL/TW"."""
    if found.symbol is None or found.type is not None:
        return
    begin = max(floor, found.at - _WINDOW)
    listed = _bare_numbers().search(text.folded[begin : found.at])
    if not listed:
        return
    first = begin + listed.start(1)
    lead = read_lead(text, first, floor)
    if not lead.type and not lead.numbered:
        return
    for number in re.finditer(r"\d+", listed[1]):
        at, end = begin + listed.start(1) + number.start(), begin + listed.start(1) + number.end()
        start = lead.start if at == first else at
        yield replace(
            found,
            start=start,
            end=end,
            at=at,
            type=lead.type,
            number=number[0] + found.symbol.suffix,
            method="list",
            repairs=(),
        )


def _separated(text: Text, before: int, after: int) -> bool:
    """Whether only a separator of a list stands between two mentions."""
    return (
        re.fullmatch(r"[\s,;()]*(?:(?:va|hoac|cung|voi|cac|so|den|tu)[\s,;()]+)*", text.folded[before:after])
        is not None
    )


def share(text: Text, mentions: Sequence[Found], fields: Sequence[Fields]) -> list[Fields]:
    """Fields of lists: issuer and term go right to left over members of one body, a date where the type was elided.

    A member with a term of its own takes no issuer: "Nghị quyết 28-NQ/TW (khóa XIII), 41-QĐ/TW của Bộ Chính trị".
    """
    shared = list(fields)
    for at in range(len(mentions) - 2, -1, -1):
        left, right = mentions[at], mentions[at + 1]
        mine, theirs = shared[at], shared[at + 1]
        if right.start - mine.end > _GAP or (mine.issuer and mine.date and mine.term) or not _alike(left, right):
            continue
        if not _separated(text, mine.end, right.start):
            continue
        date = mine.date or (theirs.date if right.type is None else None)
        term = mine.term or (theirs.term if not mine.issuer else None)
        issuer = mine.issuer or (None if mine.term else theirs.issuer)
        shared[at] = Fields(mine.end, date, issuer, term)
    return shared


def goes_on(text: Text, left: Found, mine: Fields, right: Found) -> bool:
    """Whether a list with one type and issuer goes on: "các Nghị quyết của Bộ Chính trị: số 57-NQ/TW, số 59-NQ/TW"."""
    return right.type is None and _alike(left, right) and _separated(text, mine.end, right.start)


def _alike(left: Found, right: Found) -> bool:
    """Whether two neighbours can be of one body: the same code, or bare numbers of one list."""
    if left.symbol is None or right.symbol is None:
        bare = left.symbol is right.symbol and left.number is not None and right.number is not None
        return bare and (right.method == "list" or left.type == right.type)
    return left.symbol.bodies == right.symbol.bodies and _tail(left) == _tail(right)


def _tail(found: Found) -> str:
    return re.split("[-/]", found.number or "")[-1]


def types_of(text: Text, mentions: Sequence[Found]) -> list[str | None]:
    """The type of each mention: as printed, by the code, or carried from the member before it."""
    types: list[str | None] = []
    for at, found in enumerate(mentions):
        coded = found.symbol.types if found.symbol else ()
        # "Công văn" is said of any document that is sent; the code knows better.
        kind = None if found.type == "Công văn" and coded else found.type
        elided = kind is None and at and _carried(text, mentions[at - 1], found)
        if elided and (types[-1] in coded or not coded):
            kind = types[-1]
        types.append(kind or (coded[0] if coded else _by_shape(found)))
    return types


def _carried(text: Text, left: Found, right: Found) -> bool:
    """Whether the type of a mention before may be meant: the right one prints none, and no sentence ends between."""
    if right.start < right.at or right.start - left.end >= 300:
        return False
    return not re.search(r"\.\s", text.flat[left.end : right.start])


def _by_shape(found: Found) -> str | None:
    if found.symbol is None:
        return None
    if found.symbol.shape == "assembly":
        return None
    return "Công văn" if found.symbol.shape.startswith("letter") else None
