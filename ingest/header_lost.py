"""What a lost letterhead leaves to be known: from the authority line, signature, number, text, and a law's end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.model import Header
from ingest.clean import Text, fold
from ingest.header_issuer import issuer_of_number, name_of, without_office
from ingest.header_lines import Line
from ingest.header_names import most_named_province, place_of, province_named
from ingest.header_top import dated
from ingest.header_zones import Zones, folded_words

_WINDOW = 40_000
_SIGNS_FOR = {
    "giam doc": r"giam doc\s+(so\s+(?:[^\W\d_]+\s*,?\s*){1,8})",
    "bo truong": r"bo truong\s+(bo\s+(?:[^\W\d_]+\s*,?\s*){1,9})",
}
_PASSED = re.compile(r"nay\s+(?:da\s+)?(?:duoc|da\s+duoc)\s+.{0,200}?thong\s+qua\s+(?=ngay)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What else the first lines show: the first lines after the subject, and the place printed with the date."""

    preamble: tuple[Line, ...] = ()
    place: str | None = None


def inferred(text: Text, zone: Zones, header: Header, evidence: Evidence) -> Header:
    """`header` with issuer and date filled where they are missing and the rest of the document tells them."""
    found: dict[str, str] = {}
    if not header.issuer and (header.type or header.number) and (issuer := _issuer(text, header, evidence)):
        found["issuer"] = issuer
    if not header.date and (date := _passed(text, zone)):
        found["date"] = date
    if not found:
        return header
    header = replace(header, inferred=(*header.inferred, *sorted(found)))
    header = replace(header, issuer=found.get("issuer", header.issuer), date=found.get("date", header.date))
    return replace(header, place=header.place or place_of(header.issuer or ""))


def _issuer(text: Text, header: Header, evidence: Evidence) -> str | None:
    place = evidence.place if province_named(evidence.place) else None
    return (
        _authority(text, evidence.preamble, place) or _signed_for(text, header, place) or _numbered(text, header, place)
    )


def _authority(text: Text, preamble: Sequence[Line], place: str | None) -> str | None:
    """The body in the capital line before the preamble: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAI CHÂU"."""
    for line in preamble:
        if line.capital and line.folded.startswith(folded_words("title", "authorities")):
            return name_of([without_office(line.text.strip(" ,:;"))], text, place)
    return None


def _signed_for(text: Text, header: Header, place: str | None) -> str | None:
    """The body in whose name the document is signed."""
    marks = fold(header.capacity or "")
    if re.search(r"t/m (?:ban chap hanh|ban thuong vu|tinh uy|thanh uy)", marks):
        return _party(text)
    if match := re.search(r"tm\.? (uy ban nhan dan|hoi dong nhan dan|chinh phu)", marks):
        return name_of([match[1].upper()], text, place)
    for office, like in _SIGNS_FOR.items():
        if office in marks and (said := _first_said(text, like)):
            return name_of([said], text, place)
    return None


def _numbered(text: Text, header: Header, place: str | None) -> str | None:
    """The body by the code in the number, with the place of the date line or of the text."""
    name = issuer_of_number(header.number)
    return name_of([name], text, place) if name else None


def _party(text: Text) -> str | None:
    window = text.folded[:_WINDOW]
    committee = "Thành ủy" if window.count("thanh uy") > window.count("tinh uy") else "Tỉnh ủy"
    province = most_named_province(text)
    return f"{committee} {province[1]}" if province else None


def _first_said(text: Text, like: str) -> str | None:
    """The body whose head the text names first: "Giám đốc Sở Y tế chủ trì" → "Sở Y tế"."""
    match = re.search(like, text.folded[:_WINDOW])
    if not match:
        return None
    words: list[str] = []
    for word in text.flat[match.start(1) : match.end(1)].split():
        if words and not word[0].isupper() and len(words) > 2:
            break
        words.append(word)
    return " ".join(words) or None


def _passed(text: Text, zone: Zones) -> str | None:
    """The day a law was passed, as its end says: "Luật này được Quốc hội … thông qua ngày 18 tháng 6 năm 2025"."""
    last = None
    for match in _PASSED.finditer(text.folded, max(zone.start, zone.end - 60_000), zone.end):
        last = match
    found = dated(" ".join(text.flat[last.end() : last.end() + 60].split())) if last else None
    return found.date if found and found.start < 3 else None
