"""The body that issues, from the capital lines of the letterhead: which of them it is, with its place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from ingest.clean import Text, fold_name
from ingest.header_lines import Line, is_capital
from ingest.header_names import (
    body_of_code,
    ends_with,
    folded_names,
    in_prose,
    most_named_province,
    place_of,
    province_named,
    provinces,
    starts_with,
)
from ingest.header_zones import folded_words, layout

__all__ = ["bodies_in", "issuer_of_number", "name_of", "without_office"]

_OF_PROVINCE = re.compile(
    r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|tinh uy|thanh uy)\s+(?:tinh\s+|thanh pho\s+|tp\.?\s*)?"
)
# Bodies of a joint act set without blanks: "BỘ Y TẾ-BỘ NỘI VỤ".
_JOINT = re.compile(r"(?<=\S)[-–](?=(?:BỘ|VĂN PHÒNG|TÒA|VIỆN|THANH TRA|NGÂN HÀNG|UỶ BAN|ỦY BAN|TỔNG) )")
_BLANK = re.compile(" ")
_SINGLE = ("vu", "bo", "so", "ban", "cuc", "hoi", "to", "doan", "vien", "toa", "phong", "dai", "truong")


def bodies_in(lines: Sequence[Line]) -> list[str]:
    """The bodies that the capital lines of a letterhead name, parent first, each on one line as printed.

    "UBND TỈNH QUẢNG / NINH / SỞ Y TẾ" → ["UBND TỈNH QUẢNG NINH", "SỞ Y TẾ"].
    """
    bodies: list[str] = []
    for said in _with_first_words(lines):
        for part in _parts(said):
            if bodies and not _begins_body(bodies[-1], part):
                bodies[-1] = f"{bodies[-1]} {part}"
            else:
                bodies.append(part)
    return bodies


def _with_first_words(lines: Sequence[Line]) -> list[str]:
    """The lines without "KHÓA …" and rules, a first word that stands alone put before the next: "SỞ / Y TẾ"."""
    joined: list[str] = []
    for said in filter(None, (_bare(line.text) for line in lines)):
        alone = joined and fold_name(joined[-1]) in _SINGLE and _goes_on(fold_name(joined[-1]), fold_name(said))
        if alone and not (joined[1:] and _goes_on(fold_name(joined[-2]), fold_name(joined[-1]))):
            joined[-1] = f"{joined[-1]} {said}"
        else:
            joined.append(said)
    return joined


def _bare(said: str) -> str:
    said = _JOINT.sub(" - ", said.upper() if is_capital(said) else said)
    return re.sub(r"\s+KH[OÓ][AÁ] [IVXL]+\b.*$|\s*[-–—=_*]{2,}\s*$", "", said).strip(" .,;:*_=|")


def _parts(said: str) -> list[str]:
    """Two bodies on one line: "BỘ TÀI CHÍNH TỔNG CỤC THUẾ", "UBND TỈNH QUẢNG NINH SỞ Y TẾ"."""
    folded = fold_name(said)
    for head in _heads_within():
        at = folded.find(head, 1)
        if at > 0 and _whole(folded[:at]) and said[at + 1].isupper():
            return [said[:at], said[at + 1 :]]
    return [said]


@cache
def _heads_within() -> tuple[str, ...]:
    return tuple(f" {head} " for head in folded_words("bodies", "heads"))


@cache
def _whole_names() -> tuple[str, ...]:
    """The folded names of bodies with a blank after each, in order of the alphabet."""
    return tuple(sorted({f"{name} " for name, _ in folded_names()}))


def _is_name(folded: str) -> bool:
    """Whether `folded`, which ends with a blank, is a whole name."""
    at = bisect_left(_whole_names(), folded)
    return _whole_names()[at : at + 1] == (folded,)


@cache
def _local_heads() -> tuple[str, ...]:
    return tuple(fold_name(head) for head in layout("bodies")["local"]["heads"])


def _whole(folded: str) -> bool:
    """Whether folded words are the full name of a body: in the tables, or a committee with its province."""
    if _is_name(f"{folded} "):
        return not starts_with(folded, _local_heads())
    match = _OF_PROVINCE.match(folded)
    return bool(match) and folded[match.end() :] in provinces() if match else False


def _goes_on(before: str, said: str) -> bool:
    """Whether a name in the tables lies over the border of two folded lines, or goes on beyond them."""
    joined, border = f"{before} {said} ", len(before) + 1
    at = bisect_left(_whole_names(), joined)
    if at < len(_whole_names()) and _whole_names()[at].startswith(joined):
        return True
    ends = (blank.end() for blank in _BLANK.finditer(joined, border))
    return any(_is_name(joined[:end]) for end in ends)


@cache
def _unfinished() -> tuple[str, ...]:
    return tuple(word.lower() for word in layout("bodies")["unfinished"])


def _is_unfinished(said: str) -> bool:
    """Compared with accents: "TỈNH" needs a name, "HÀ TĨNH" is one."""
    return ends_with(said.lower().replace("uỷ", "ủy"), _unfinished())


def _begins_body(before: str, said: str) -> bool:
    """Whether a line begins a body of its own: not "VỤ" after "BỘ NỘI", nor "QUỐC HỘI" after "ỦY BAN THƯỜNG VỤ"."""
    if fold_name(said) in _SINGLE or _goes_on(fold_name(before), fold_name(said)):
        return False
    if re.search(r"(?:^|\s)(?:-|,)$", before) or _is_unfinished(before):
        return False
    return starts_with(fold_name(said), folded_words("bodies", "heads"))


def name_of(bodies: Sequence[str], text: Text, printed_at: str | None) -> str | None:
    """The full name of the issuer among `bodies` (parent first); `printed_at` is the place of the date line.

    ["UBND TỈNH QUẢNG NINH", "SỞ Y TẾ"] → "Sở Y tế tỉnh Quảng Ninh".
    """
    if not bodies:
        return None
    if len(bodies) > 1 and _is_joint(bodies):
        return ", ".join(in_prose(one, text) for one in bodies)
    named = ", ".join(in_prose(one, text) for one in _joint(without_office(bodies[-1])))
    if len(bodies) > 1:
        named = _below(in_prose(bodies[-2], text), named)
    return _placed(named, text, printed_at)


def without_office(body: str) -> str:
    """A body without the office that speaks for it: "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH X" → "ỦY BAN NHÂN DÂN TỈNH X"."""
    match = re.match(r"(?:chu tich|bo truong|giam doc|truong)\s+(?=uy ban nhan dan|bo\s|so\s|ban\s)", fold_name(body))
    return body[match.end() :] if match else body


def issuer_of_number(number: str | None) -> str | None:
    """The name of the body by the last code of a number: "494/NQ-UBTVQH13" → "Ủy ban Thường vụ Quốc hội"."""
    codes = re.findall(r"[^\W\d_]+", number or "")
    return body_of_code(codes[-1]) if len(codes) > 1 else None


def _joint(body: str) -> list[str]:
    return re.split(r"\s+-\s+(?=(?:BỘ|ỦY BAN|TÒA|VIỆN|NGÂN HÀNG|BAN|TỔNG)\b)", body)


def _is_joint(bodies: Sequence[str]) -> bool:
    """Bodies of one rank side by side: every one a ministry or a supreme court."""
    peers = (
        "bo ",
        "toa an nhan dan toi cao",
        "vien kiem sat nhan dan toi cao",
        "ngan hang nha nuoc",
        "thanh tra chinh phu",
    )
    return all(fold_name(body).startswith(peers) for body in bodies)


def _below(parent: str, own: str) -> str:
    """A body with what it takes from its parent: a place, the committee, or the whole parent."""
    for row in layout("bodies")["parents"]:
        if fold_name(parent).startswith(fold_name(row["parent"])) and starts_with(
            fold_name(own), [fold_name(h) for h in row["heads"]]
        ):
            return own if fold_name(own).endswith(fold_name(row["adds"])) else f"{own} {row['adds']}"
    if re.fullmatch(r"ban thuong vu (?:tinh|thanh|huyen) uy", fold_name(own)):
        return f"{own} {re.sub(r'^(?:tỉnh|thành phố|huyện) ', '', place_of(parent) or '')}".strip()
    takes = layout("bodies")["takes"]
    if starts_with(fold_name(own), [fold_name(head) for head in takes["parent"]]) and len(own.split()) <= 2:
        return f"{own} {parent}"
    if re.match(r"(?:tinh|thanh|huyen|quan|thi) uy\b", fold_name(parent)) and starts_with(
        fold_name(own), ["ban", "uy ban kiem tra"]
    ):
        return own if re.search(r"(?:tinh|thanh|huyen) uy", fold_name(own)) else f"{own} {parent}"
    place = place_of(parent)
    if place and not place_of(own) and starts_with(fold_name(own), [fold_name(head) for head in takes["place"]]):
        return f"{own} {place}"
    return own


def _placed(name: str, text: Text, printed_at: str | None) -> str:
    """A local body without its place gets that of the date line."""
    if not _needs_place(name):
        return name
    place = province_named(printed_at) or most_named_province(text)
    if not place:
        return name
    kind, where = place
    if re.match(r"(?:tinh|thanh|huyen) uy$", fold_name(name)) or ends_with(fold_name(name), ("tinh", "thanh pho")):
        return f"{name} {where}"
    return f"{name} {kind} {where}"


def _needs_place(name: str) -> bool:
    folded = fold_name(name)
    if place_of(name) or not starts_with(folded, _local_heads()):
        return False
    return not any(folded.endswith(" " + place) for place in provinces())
