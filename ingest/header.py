"""What a document says of itself: the fields of its letterhead, its title and its end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from graph.model import Header
from ingest.clean import Text, fold
from ingest.header_effect import effect
from ingest.header_end import Ending, find_ending
from ingest.header_issuer import bodies_in, issuer_of_number, name_of
from ingest.header_lines import UPPER, Line, Lines, cut_at, lines_of
from ingest.header_lost import Evidence, inferred
from ingest.header_names import place_of
from ingest.header_title import Title, find_letter_subject, find_title, type_of_code
from ingest.header_top import (
    NUMBERED,
    Dated,
    Stamp,
    dated,
    find_date,
    find_marks,
    find_number,
    find_stamps,
    normal_number,
)
from ingest.header_zones import Zones, folded_words, zones

_ABOVE = 800
_BELOW = 4_000
_MOST_LINES = 80
_LOST_LINES = 40
_PREAMBLE_LINES = 4
_SUBJECT_LINES = 8
_PLACE = r"(?:TP\.? |Thành phố )?[^\W\d_]{2,12}(?: [^\W\d_]{1,8}){0,4}"
_NUMBER = re.compile(r"\W*so ?:")
# What stands above the crest beside lines in capitals: the number, what stamps print.
_SMALL = re.compile(rf"\W*(?:{NUMBERED}|(?:ngay|gio|chuyen)\b) ?[:.]?")
_INLINE = re.compile(
    r" (?:(?<=\S ) *(?=[Vv]/v ?:? |Kính gửi ?:)"
    rf"|(?<=[\d.;:…] |{UPPER} )(?<!TP\. )(?<!Tp\. ) *(?={_PLACE}, ngày ))"
)


@dataclass(frozen=True, slots=True)
class _Top:
    """The first lines of a document: small print without stamps, title, what follows it; number and date as read."""

    print: Sequence[Line]
    stamps: Sequence[Stamp]
    title: Title | None
    preamble: Sequence[Line]
    number: str | None
    date: str | None
    place: str | None
    issuer_lines: Sequence[Line]


def read_header(text: Text, zone: Zones | None = None) -> Header:
    """The header of `text`: what is shown nowhere is None, `inferred` names what was read elsewhere.

    `zone` is where the document lies in it, looked for here when it is not given.
    """
    zone = zone or zones(text)
    top = _top(_opening(text, zone))
    ending = find_ending(text, zone)
    header = _header(text, zone, top, ending)
    header = inferred(text, zone, header, Evidence(tuple(top.preamble), top.place))
    begin, end = effect(text, zone, header)
    return replace(header, effective_from=begin, effective_to=end)


def _opening(text: Text, zone: Zones) -> Lines:
    """The lines of the letterhead and below it, without crest and motto; without letterhead the first ones."""
    if not zone.system:
        return Lines(
            cut_at(islice(lines_of(text, zone.start, min(zone.end, zone.start + _BELOW)), _LOST_LINES), _INLINE)
        )
    end = min(zone.end, zone.crest[1] + _BELOW)
    below = islice(lines_of(text, zone.crest[0], end, (zone.crest, zone.motto)), _MOST_LINES)
    return Lines(cut_at(chain(_above(text, zone), below), _INLINE))


def _above(text: Text, zone: Zones) -> list[Line]:
    """The lines above or left of the crest that belong to the letterhead: capitals and stamps."""
    lines = list(lines_of(text, max(zone.start, zone.crest[0] - _ABOVE), zone.crest[0]))
    first = at = _letter_at(lines)
    while at > 0:
        line = lines[at - 1]
        if not (line.capital or _SMALL.match(line.folded)) or len(line.text) > 120:
            break
        at -= 1
    return lines[at:] if at < first or first < len(lines) else []


def _letter_at(lines: Sequence[Line]) -> int:
    """Where the number of a letter stands whose subject ends the left column: "Số: 12/BYT-KCB / V/v … / …"."""
    for at in range(len(lines) - 1, max(0, len(lines) - _SUBJECT_LINES), -1):
        if lines[at].folded.lstrip(" *").startswith("v/v"):
            return at - 1 if re.match(r"\W*so\b", lines[at - 1].folded) else len(lines)
    return len(lines)


def _top(lines: Lines) -> _Top:
    title = find_title(lines)
    small = lines[: title.at if title else _letter_end(lines)]
    stamps = find_stamps(small)
    stamped = {n for stamp in stamps for n in range(stamp.start, stamp.end)}
    own = [line for n, line in enumerate(small) if n not in stamped]
    number, date = find_number(own), find_date(own)
    stop = number[1] if number else (date[1] if date else len(own))
    if title and not (number or date):  # columns read in another order
        late = lines[title.at + 1 : title.after + 4]
        number, date = find_number(late), find_date(late)
    if title and title.number and title.date and not (number or date):
        number, date = (normal_number(title.number), title.at), _dated(title.date, title.at)
    return _Top(
        print=own,
        stamps=stamps,
        title=title,
        preamble=lines[title.after : title.after + _PREAMBLE_LINES] if title else (),
        number=number[0] if number else None,
        date=date[0].date if date else None,
        place=date[0].place if date else None,
        issuer_lines=[line for line in own[:stop] if line.capital and not _is_mark(line)],
    )


def _dated(said: str, at: int) -> tuple[Dated, int] | None:
    found = dated(said)
    return (found, at) if found else None


def _letter_end(lines: Sequence[Line]) -> int:
    return next((n for n, line in enumerate(lines) if line.folded.startswith("kinh gui")), min(len(lines), 30))


def _is_mark(line: Line) -> bool:
    """A mark of secrecy or urgency, or the line of the number."""
    marks = (*folded_words("marks", "secrecy"), *folded_words("marks", "urgency"))
    return line.folded.strip(" .()[]") in marks or bool(_NUMBER.match(line.folded))


def _header(text: Text, zone: Zones, top: _Top, ending: Ending) -> Header:
    """What letterhead, title and end show; without letterhead, title or number nothing speaks of a document."""
    if not (zone.system or top.title or top.number):
        return Header(signer=ending.signer, capacity=ending.capacity, recipients=ending.recipients)
    issuer = _issuer(text, zone, top, ending) if zone.system else None
    return Header(
        number=top.number,
        type=_type(top),
        issuer=issuer,
        date=top.date,
        subject=top.title.subject if top.title else find_letter_subject(top.print),
        signer=ending.signer,
        recipients=ending.recipients,
        capacity=ending.capacity,
        place=place_of(issuer or ""),
        secrecy=find_marks(top.print, "secrecy"),
        urgency=find_marks(top.print, "urgency"),
        stamps=(*(stamp.said for stamp in top.stamps), *ending.stamps),
    )


def _type(top: _Top) -> str:
    """The type by the title; without one by the number: "12/KH-UBND" → "Kế hoạch", "3933/UBND-KGVXNV" → "Công văn"."""
    codes = re.findall(r"[^\W\d_]+", top.number or "")
    if top.title and "VBHN" not in codes:
        return top.title.type
    return (type_of_code(codes[0]) if codes else None) or "Công văn"


def _issuer(text: Text, zone: Zones, top: _Top, ending: Ending) -> str | None:
    if zone.system == "party" and (speaker := _speaker(top.title, text, ending)):
        return speaker
    issuer = name_of(bodies_in(top.issuer_lines), text, top.place)
    full = issuer_of_number(top.number)
    cut = full and issuer and fold(full).startswith(fold(issuer) + " ")
    return full if cut else issuer


def _speaker(title: Title | None, text: Text, ending: Ending) -> str | None:
    """The body that a Party document speaks for when its letterhead names the whole committee."""
    if title and title.speaker:
        return name_of([title.speaker], text, None)
    for mark in (ending.capacity or "").split(" / "):
        for body in ("Bộ Chính trị", "Ban Bí thư"):
            if fold(mark).endswith(fold(body)):
                return body
    return None
