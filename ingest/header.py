"""What a document says of itself: the fields of its letterhead, its title and its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.model import Header
from ingest.clean import Text, fold
from ingest.header_effect import effect
from ingest.header_end import Ending, find_ending
from ingest.header_issuer import bodies_in, name_of, place_of
from ingest.header_lines import Line, lines_of
from ingest.header_lost import inferred
from ingest.header_title import Title, find_letter_subject, find_title, type_of_code
from ingest.header_top import Dated, find_date, find_marks, find_number, find_stamps
from ingest.header_zones import Zones, folded_words, zones

_ABOVE = 1_500
_BELOW = 8_000
_TOP_LINES = 80


def read_header(text: Text) -> Header:
    """The header of `text`: what is shown nowhere is None, `inferred` names what was read elsewhere."""
    zone = zones(text)
    ending = find_ending(text, zone)
    header = _printed(text, zone, ending) if zone.system else _lost(text, zone)
    header = replace(header, signer=ending.signer, capacity=ending.capacity, recipients=ending.recipients)
    header = inferred(text, zone, header)
    begin, end = effect(text, zone, header.date)
    return replace(header, effective_from=begin, effective_to=end)


def _printed(text: Text, zone: Zones, ending: Ending) -> Header:
    """The header read from its letterhead."""
    above = _letterhead_above(text, zone)
    below = lines_of(text, zone.crest[0], min(zone.end, zone.crest[1] + _BELOW), [zone.crest, zone.motto])[:_TOP_LINES]
    top = above + below
    title = find_title(top)
    small = top[: title.at if title else _letter_end(top)]
    stamped = {n for stamp in find_stamps(small) for n in range(stamp.start, stamp.end)}
    own = [line for n, line in enumerate(small) if n not in stamped]
    number = find_number(own)
    date = find_date(own)
    bodies = bodies_in(_issuer_lines(own, number, date))
    header = _header(text, title, own, number, date)
    issuer = name_of(bodies, text, date[0].place if date else None)
    issuer = _speaker(title, text, ending) or issuer if zone.system == "party" else issuer
    stamps = tuple(stamp.said for stamp in find_stamps(small))
    return replace(header, issuer=issuer, place=place_of(issuer or ""), stamps=stamps)


def _letterhead_above(text: Text, zone: Zones) -> list[Line]:
    """The lines above or left of the crest that belong to the letterhead: capitals and stamps."""
    lines = lines_of(text, max(zone.start, zone.crest[0] - _ABOVE), zone.crest[0])
    kept: list[Line] = []
    for line in reversed(lines):
        if not (line.capital or _small_print(line)) or len(line.text) > 120:
            break
        kept.append(line)
    return kept[::-1]


def _small_print(line: Line) -> bool:
    return bool(re.match(r"\W*(?:so|ngay|gio|chuyen)\b ?[:.]?", line.folded))


def _letter_end(top: Sequence[Line]) -> int:
    return next((n for n, line in enumerate(top) if line.folded.startswith("kinh gui")), min(len(top), 30))


def _issuer_lines(
    own: Sequence[Line], number: tuple[str | None, int] | None, date: tuple[Dated, int] | None
) -> list[Line]:
    """The capital lines before the number."""
    stop = number[1] if number else (date[1] if date else len(own))
    marks = {fold(mark) for kind in ("secrecy", "urgency") for mark in folded_words("marks", kind)}
    return [line for line in own[:stop] if line.capital and line.folded.strip(" .()[]") not in marks]


def _header(
    text: Text,
    title: Title | None,
    own: Sequence[Line],
    number: tuple[str | None, int] | None,
    date: tuple[Dated, int] | None,
) -> Header:
    symbol = number[0] if number else None
    return Header(
        number=symbol,
        type=title.type if title else _type_of(symbol),
        date=date[0].date if date else None,
        subject=title.subject if title else find_letter_subject(own),
        secrecy=find_marks(own, "secrecy"),
        urgency=find_marks(own, "urgency"),
    )


def _type_of(symbol: str | None) -> str | None:
    """The type by the number where there is no title: "12/KH-UBND" → "Kế hoạch", "3933/UBND-KGVXNV" → "Công văn"."""
    codes = re.findall(r"[^\W\d_]+", symbol or "")
    return (type_of_code(codes[0]) if codes else None) or "Công văn"


def _speaker(title: Title | None, text: Text, ending: Ending) -> str | None:
    """The body that a Party document speaks for when its letterhead names the whole committee."""
    if title and title.speaker:
        return name_of([title.speaker], text, None)
    for mark in (ending.capacity or "").split(" / "):
        for body in ("Bộ Chính trị", "Ban Bí thư"):
            if fold(mark).endswith(fold(body)):
                return body
    return None


def _lost(text: Text, zone: Zones) -> Header:
    """The header of a document without letterhead: what title and first lines still show."""
    lines = lines_of(text, zone.start, min(zone.end, zone.start + _BELOW))[:_TOP_LINES]
    title = find_title(lines[:40])
    small = lines[: title.at] if title else lines[: _letter_end(lines[:20])]
    number, date = find_number(small[:20]), find_date(small[:20])
    if not title and not number:
        return Header()
    return _header(text, title, small, number, date)
