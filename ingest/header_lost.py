"""What a lost letterhead still leaves to be known: from signature, text and the law's closing line."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.model import Header
from ingest.clean import Text, fold
from ingest.header_issuer import most_named_province, name_of, place_of
from ingest.header_top import dated
from ingest.header_zones import Zones

_SIGNS_FOR = {
    "giam doc": r"giam doc\s+(so\s+(?:[^\W\d_]+\s*,?\s*){1,8})",
    "bo truong": r"bo truong\s+(bo\s+(?:[^\W\d_]+\s*,?\s*){1,9})",
}
_PASSED = re.compile(r"nay\s+(?:da\s+)?(?:duoc|da\s+duoc)\s+.{0,200}?thong\s+qua\s+(?=ngay)", re.DOTALL)


def inferred(text: Text, zone: Zones, header: Header) -> Header:
    """`header` with issuer and date filled from signature and text where they are missing and these tell them."""
    found: dict[str, str] = {}
    if not header.issuer and (header.type or header.number) and (issuer := _issuer(text, header)):
        found["issuer"] = issuer
    if not header.date and (date := _passed(text, zone)):
        found["date"] = date
    if not found:
        return header
    header = replace(header, inferred=(*header.inferred, *sorted(found)))
    header = replace(header, issuer=found.get("issuer", header.issuer), date=found.get("date", header.date))
    return replace(header, place=header.place or place_of(header.issuer or ""))


def _issuer(text: Text, header: Header) -> str | None:
    marks = fold(header.capacity or "")
    if not marks:
        return None
    if re.search(r"t/m (?:ban chap hanh|ban thuong vu|tinh uy|thanh uy)", marks):
        return _party(text)
    if match := re.search(r"tm\.? (uy ban nhan dan|hoi dong nhan dan|chinh phu)", marks):
        return name_of([match[1].upper()], text, None)
    for office, like in _SIGNS_FOR.items():
        if office in marks and (said := _most_said(text, like)):
            return name_of([said], text, None)
    return None


def _party(text: Text) -> str | None:
    window = text.folded[:40_000]
    committee = "Thành ủy" if window.count("thanh uy") > window.count("tinh uy") else "Tỉnh ủy"
    province = most_named_province(text)
    return f"{committee} {province[1]}" if province else None


def _most_said(text: Text, like: str) -> str | None:
    """The body whose head the text names first: "Giám đốc Sở Y tế chủ trì" → "Sở Y tế"."""
    match = re.search(like, text.folded[:40_000])
    if not match:
        return None
    words: list[str] = []
    for word in " ".join(text.flat[match.start(1) : match.end(1)].split()).split():
        if words and not word[0].isupper() and len(words) > 2:
            break
        words.append(word)
    return " ".join(words) or None


def _passed(text: Text, zone: Zones) -> str | None:
    """The day a law was passed, as its end says: "Luật này được Quốc hội … thông qua ngày 18 tháng 6 năm 2025"."""
    start = max(zone.start, zone.end - 60_000)
    last = None
    for match in _PASSED.finditer(text.folded, start, zone.end):
        last = match
    found = dated(" ".join(text.flat[last.end() : last.end() + 60].split())) if last else None
    return found.date if found and found.start < 3 else None
