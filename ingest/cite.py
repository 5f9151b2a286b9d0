"""Finds every mention of another document in a text, with number or name, date, issuer, term, pinpoint and title."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from graph.model import Citation, Header
from ingest.cite_bodies import Where, is_national, issuer_of, named_by, read_where
from ingest.cite_fields import (
    Fields,
    read_bracketed,
    read_date_left,
    read_left,
    read_right,
    read_subject,
    read_title_body,
    stop_of,
)
from ingest.cite_found import Found
from ingest.cite_laws import find_laws, joined
from ingest.cite_lists import goes_on, numbers_before, share, types_of
from ingest.cite_numbers import find_numbers
from ingest.cite_pinpoints import read_pinpoint
from ingest.cite_shapes import find_shapes
from ingest.cite_short import find_aliases, find_short
from ingest.clean import Text, fold, fold_name
from ingest.header_zones import Zones, zones
from ingest.patterns import compiled
from ingest.tables import table

# How far above the crest a left column may begin, and how many words tell its subject.
_COLUMN, _OPENING = 800, 4


def find_citations(text: Text, header: Header, zone: Zones | None = None) -> tuple[Citation, ...]:
    """Every mention of another document in `text`, in order of place; offsets are of `text.raw`.

    `header` tells the document's own number, which is no mention, and its body and place, which "UBND tỉnh" means;
    `zone` where the document lies, looked for here when it is not given.
    "Thực hiện Chỉ thị số 16/CT-TTg ngày 20/9/2022 của Thủ tướng Chính phủ" gives one: 16/CT-TTg, 2022-09-20.
    """
    zone = zone or zones(text)
    where = read_where(text, header)
    found = _found(text, _begin(text, zone, header), zone.end, where)
    mentions = [one for one in found if not _to_come(one, header)]
    cited = _citations(text, mentions, where)
    return tuple(one for one in cited if not _own(text, one, header))


def _begin(text: Text, zone: Zones, header: Header) -> int:
    """Where mentions may begin: at the crest, or at a letter's subject in a left column that is printed above it."""
    crest = zone.crest[0]
    words = fold(header.subject or "").split()[:_OPENING]
    if not crest or len(words) < _OPENING:
        return crest or zone.start
    column = re.search(r"\s+".join(map(re.escape, words)), text.folded[max(zone.start, crest - _COLUMN) : crest])
    return max(zone.start, crest - _COLUMN) + column.start() if column else crest


def _found(text: Text, start: int, end: int, where: Where) -> list[Found]:
    """All mentions in order of place; where two overlap the numbered one holds, but laws stand in names of laws."""
    numbers: list[Found] = []
    floor = start
    for found in find_numbers(text, start, end):
        numbers += numbers_before(text, found, floor)
        numbers.append(found)
        floor = found.end
    laws, numbers = joined(text, find_laws(text, start, end), numbers)
    kept = _without_overlap(numbers, find_shapes(text, start, end, where))
    kept = _without_overlap(kept, find_short(text, start, end, numbers))
    kept = _without_overlap(kept, find_aliases(text, start, end, sorted([*kept, *laws], key=_place)))
    return sorted([*kept, *_laws_beside(laws, kept)], key=_place)


def _place(found: Found) -> tuple[int, int]:
    return found.start, -found.end


def _without_overlap(kept: list[Found], more: list[Found]) -> list[Found]:
    """`kept` and those of `more` that touch none of them, nor each other, in order of place."""
    ordered = sorted(kept, key=_place)
    starts = [found.start for found in ordered]
    beside: list[Found] = []
    for found in sorted(more, key=_place):
        at = bisect_left(starts, found.end)
        free = at == 0 or ordered[at - 1].end <= found.start
        if free and (not beside or beside[-1].end <= found.start):
            beside.append(found)
    return sorted([*ordered, *beside], key=_place)


def _laws_beside(laws: list[Found], kept: list[Found]) -> Iterator[Found]:
    """The laws that are not already part of a mention by number: an amending law may hold numbered ones."""
    starts = [found.start for found in kept]
    for law in laws:
        at = bisect_left(starts, law.end)
        before = kept[at - 1] if at else None
        if (
            before is None
            or before.end <= law.start
            or (before.start > law.start and before.end <= law.end)
            or (
                before.name
                and law.start > before.start
                and law.end < before.end
                and fold_name(before.name).startswith("luat sua doi")
            )
        ):
            yield law


# The line of an annex that names its act: "(Ban hành kèm theo Quyết định số …)", not words in a sentence.
_ANNEXED = re.compile(r"(?:\A|[\n(])[\s*_]*(?:ban hanh )?kem theo\s*\Z")


def _own(text: Text, cited: Citation, header: Header) -> bool:
    """Whether a mention is the document itself: its number, of no other year; the act "kèm theo" when that is lost.

    A law is known by its name too: "Quốc hội ban hành Luật Đất đai" in the Luật Đất đai.
    """
    if cited.number is None:
        return bool(header.subject and cited.name) and fold_name(cited.name or "") == fold_name(
            f"{header.type} {header.subject}"
        )
    if header.number is None:
        before = fold(text.raw[max(0, cited.start - 40) : cited.start])
        return header.type is not None and cited.type == header.type and _ANNEXED.search(before) is not None
    if _plain(cited.number) != _plain(header.number):
        return False
    return not (cited.date and header.date and cited.date[:4] != header.date[:4])


def _plain(number: str) -> str:
    """A number whatever its family's signs: "15/CĐ-TW" is 15-CĐ/TW."""
    return fold_name(number).replace("-", "/")


def _to_come(found: Found, header: Header) -> bool:
    """Whether a mention by name means a congress that had not been held when the document was written."""
    if found.method != "congress" or found.issuer or not header.date or not found.term:
        return False
    begins = (
        row["start"]
        for row in table("terms")["term"]
        if row["register"] == "party_national" and row["term"] == found.term
    )
    return any(header.date < start[: len(header.date)] for start in begins)


def _joint(found: Found) -> bool:
    return found.symbol is not None and len(found.symbol.bodies) > 1


@cache
def _sectors() -> re.Pattern[str]:
    return compiled(r"lien\s{1,4}nganh\s{1,4}(?=[a-z])")


def _law_by_name(found: Found) -> bool:
    """A law without its number: the body after its name is part of the name ("… của Hội đồng nhân dân")."""
    return found.number is None and found.type in ("Luật", "Bộ luật", "Pháp lệnh")


def _sector(text: Text, found: Found) -> str | None:
    """The bodies of a sector that issue together: "Kết luận liên ngành Tư pháp Trung ương số 23/KL-LNTPTW"."""
    sector = _sectors().search(text.folded, found.start, found.at)
    if not sector or not text.flat[sector.end()].isupper():
        return None
    words = text.flat[sector.end() : found.at].split()
    return " ".join(["Liên ngành", *(word for word in words if word.rstrip(":") != "số")])


def _told_before(text: Text, found: Found, floor: int, where: Where) -> str | None:
    """The issuer in the words before a number: one that the sentence ties to it or the title names."""
    if found.number is None:
        return None
    codes = found.symbol.bodies if found.symbol else ()
    if is_national(codes):
        return None
    kind = found.type or (found.symbol.types[0] if found.symbol and found.symbol.types else None)
    return (
        read_left(text, found.start, floor, where)
        or read_title_body(text, found.start, kind, where)
        or read_bracketed(text, found.start, named_by(codes), where)
    )


# Ways of naming a document by its title: what follows is no title, as in "Luật Ngân sách nhà nước quy định về chi".
_TITLED = frozenset(("name", "abbreviation", "constitution", "charter", "treaty", "convention"))


def _citations(text: Text, mentions: list[Found], where: Where) -> Iterator[Citation]:
    fields = share(text, mentions, _fields(text, mentions, where))
    types = types_of(text, mentions)
    issuers = _issuers(text, mentions, fields, where)
    floor = 0
    for found, told, kind, issuer in zip(mentions, fields, types, issuers, strict=True):
        start, end = text.raw_offset(found.start), text.raw_offset(found.end)
        yield Citation(
            start,
            end,
            text.raw[start:end],
            type=kind,
            number=found.number,
            name=found.name,
            date=told.date,
            issuer=issuer,
            term=told.term,
            pinpoint=read_pinpoint(text, found.start, found.end, min(floor, found.start)),
            subject=None if found.method in _TITLED else read_subject(text, told.end),
            method=found.method,
            repairs=found.repairs,
            notes=found.notes,
        )
        floor = max(floor, found.end)


def _fields(text: Text, mentions: list[Found], where: Where) -> list[Fields]:
    """The fields right of each mention; a law at the end of another's name leaves them to that one."""
    outer = 0
    fields: list[Fields] = []
    for at, found in enumerate(mentions):
        if found.end <= outer:
            fields.append(Fields(found.end, None, found.issuer, found.term))
            continue
        outer = found.end
        after = next((one for one in mentions[at + 1 : at + 12] if one.start >= found.end), None)
        same = _same_day().match(text.folded, found.end)
        told = read_right(text, same.end() if same else found.end, stop_of(found, after, len(text.flat)), where)
        date = told.date or (fields[-1].date if same and fields else None) or read_date_left(text, found.start)
        fields.append(Fields(told.end, date, found.issuer or told.issuer, found.term or told.term))
    return fields


@cache
def _same_day() -> re.Pattern[str]:
    """The date of the mention before: "… ngày 16/12/2020 và Quyết định số 3888/QĐ-UBND cùng ngày"."""
    return re.compile(r"[\s,]{0,4}cung\s{1,4}ngay(?!\w)")


def _issuers(text: Text, mentions: list[Found], fields: Iterable[Fields], where: Where) -> list[str | None]:
    """Who issued each mention: printed right or left of it, by the code, or at another mention of the number."""
    said: list[str | None] = []
    floor = 0
    left: tuple[Found, Fields] | None = None
    for found, told in zip(mentions, fields, strict=True):
        right = None if _joint(found) or _law_by_name(found) else told.issuer
        issuer = _sector(text, found) or right or _told_before(text, found, floor, where)
        said.append(issuer or (said[-1] if left and goes_on(text, *left, found) else None))
        floor = max(floor, found.end)
        left = found, told
    known = {found.number: issuer for found, issuer in zip(mentions, said, strict=True) if issuer and found.number}
    return [
        issuer or (issuer_of(found.symbol.bodies, where) or known.get(found.number or "") if found.symbol else None)
        for found, issuer in zip(mentions, said, strict=True)
    ]
