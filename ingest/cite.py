"""Finds every mention of another document in a text, with number or name, date, issuer, term, pinpoint and title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.model import Citation, Header
from ingest.cite_bodies import Where, issuer_of, read_where
from ingest.cite_fields import Fields, read_left, read_right, read_subject, stop_of
from ingest.cite_found import Found
from ingest.cite_lists import numbers_before, share, types_of
from ingest.cite_numbers import find_numbers
from ingest.cite_pinpoints import read_pinpoint
from ingest.clean import Text, fold
from ingest.header_zones import zones


def find_citations(text: Text, header: Header) -> tuple[Citation, ...]:
    """Every mention of another document in `text`, in order of place; offsets are of `text.raw`.

    `header` tells the document's own number, which is no mention, and its body and place, which "UBND tỉnh" means.
    "Thực hiện Chỉ thị số 16/CT-TTg ngày 20/9/2022 của Thủ tướng Chính phủ" gives one: 16/CT-TTg, 2022-09-20.
    """
    zone = zones(text)
    start, end = zone.crest[0] or zone.start, zone.end
    mentions = [found for found in _found(text, start, end) if not _own(found, header)]
    where = read_where(text, header)
    return tuple(_citations(text, mentions, where))


def _found(text: Text, start: int, end: int) -> list[Found]:
    """All mentions in order of place, with the bare members of lists."""
    every: list[Found] = []
    floor = start
    for found in find_numbers(text, start, end):
        every += numbers_before(text, found, floor)
        every.append(found)
        floor = found.end
    return sorted(every, key=lambda found: (found.start, -found.end))


def _own(found: Found, header: Header) -> bool:
    return bool(header.number and found.number and fold(found.number) == fold(header.number))


def _citations(text: Text, mentions: list[Found], where: Where) -> Iterator[Citation]:
    following = [*mentions[1:], None][: len(mentions)]
    fields = share(
        text,
        mentions,
        [
            read_right(text, found.end, stop_of(found, after, len(text.flat)), where)
            for found, after in zip(mentions, following, strict=True)
        ],
    )
    types = types_of(text, mentions)
    issuers = _issuers(text, mentions, fields, where)
    floor = 0
    for found, told, kind, issuer in zip(mentions, fields, types, issuers, strict=True):
        yield _citation(
            text,
            found,
            told,
            Citation(0, 0, "", type=kind, issuer=issuer, pinpoint=read_pinpoint(text, found.start, found.end, floor)),
        )
        floor = found.end


def _issuers(text: Text, mentions: list[Found], fields: Iterable[Fields], where: Where) -> list[str | None]:
    """Who issued each mention: printed right or left of it, by the code, or at another mention of the number."""
    said: list[str | None] = []
    floor = 0
    for found, told in zip(mentions, fields, strict=True):
        printed = told.issuer or (read_left(text, found.start, floor, where) if found.symbol else None)
        said.append(printed)
        floor = found.end
    known = {found.number: issuer for found, issuer in zip(mentions, said, strict=True) if issuer and found.number}
    return [
        issuer or (issuer_of(found.symbol.bodies, where) or known.get(found.number or "") if found.symbol else None)
        for found, issuer in zip(mentions, said, strict=True)
    ]


def _citation(text: Text, found: Found, told: Fields, partly: Citation) -> Citation:
    start, end = text.raw_offset(found.start), text.raw_offset(found.end)
    return replace(
        partly,
        start=start,
        end=end,
        text=text.raw[start:end],
        number=found.number,
        name=found.name,
        date=told.date,
        term=told.term,
        subject=read_subject(text, told.end),
        method=found.method,
        repairs=found.repairs,
        notes=found.notes,
    )
