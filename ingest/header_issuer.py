"""The body that issues: from the capital lines of the letterhead, or from signature and text when these are lost."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from ingest.clean import Text, fold
from ingest.header_lines import Line
from ingest.header_zones import folded_words, layout
from ingest.tables import table

_BODY_WINDOW = 40_000


def bodies_in(lines: Sequence[Line]) -> list[str]:
    """The bodies that the capital lines of a letterhead name, parent first, each on one line as printed.

    "UBND TỈNH QUẢNG / NINH / SỞ Y TẾ" → ["UBND TỈNH QUẢNG NINH", "SỞ Y TẾ"].
    """
    bodies: list[str] = []
    for line in lines:
        said = re.sub(r"\s+KH[OÓ][AÁ] [IVXL]+\b.*$", "", line.text.strip(" .,;:*_-–—=|"))
        if not said:
            continue
        if bodies and not _begins_body(bodies[-1], said):
            bodies[-1] = f"{bodies[-1]} {said}"
        else:
            bodies.append(said)
    return bodies


def _begins_body(before: str, said: str) -> bool:
    if re.search(r"(?:^|\s)(?:-|,)$", before) or _ends_with(fold(before), folded_words("bodies", "unfinished")):
        return False
    return _starts_with(fold(said), folded_words("bodies", "heads"))


def _starts_with(said: str, heads: Sequence[str]) -> bool:
    return any(said.startswith(head) and not said[len(head) : len(head) + 1].isalnum() for head in heads)


def _ends_with(said: str, ends: Sequence[str]) -> bool:
    return any(said.endswith(end) and (said == end or not said[-len(end) - 1].isalnum()) for end in ends)


def name_of(bodies: Sequence[str], text: Text, printed_at: str | None) -> str | None:
    """The full name of the issuer among `bodies` (parent first); `printed_at` is the place of the date line.

    ["UBND TỈNH QUẢNG NINH", "SỞ Y TẾ"] → "Sở Y tế tỉnh Quảng Ninh".
    """
    if not bodies:
        return None
    own = _joint(bodies[-1])
    if len(bodies) > 1 and _is_joint(bodies):
        return ", ".join(_cased(one, text) for one in bodies)
    named = _cased(own, text)
    if len(bodies) > 1:
        named = _below(_cased(bodies[-2], text), named)
    return _placed(named, text, printed_at)


def _joint(body: str) -> str:
    return re.sub(r"\s+-\s+(?=(?:BỘ|ỦY BAN|TÒA|VIỆN|NGÂN HÀNG|BAN|TỔNG)\b)", ", ", body)


def _is_joint(bodies: Sequence[str]) -> bool:
    """Bodies of one rank side by side: every one a ministry or a supreme court."""
    peers = (
        "bo ",
        "toa an nhan dan toi cao",
        "vien kiem sat nhan dan toi cao",
        "ngan hang nha nuoc",
        "thanh tra chinh phu",
    )
    return all(fold(body).startswith(peers) for body in bodies)


def _below(parent: str, own: str) -> str:
    """A body with what it takes from its parent: a place, the committee, or the whole parent."""
    for row in layout("bodies")["parents"]:
        if fold(parent).startswith(fold(row["parent"])) and _starts_with(fold(own), [fold(h) for h in row["heads"]]):
            return own if fold(own).endswith(fold(row["adds"])) else f"{own} {row['adds']}"
    takes = layout("bodies")["takes"]
    if _starts_with(fold(own), [fold(head) for head in takes["parent"]]) and len(own.split()) <= 2:
        return f"{own} {parent}"
    if re.match(r"(?:tinh|thanh|huyen|quan|thi) uy\b", fold(parent)) and _starts_with(
        fold(own), ["ban", "uy ban kiem tra"]
    ):
        return own if re.search(r"(?:tinh|thanh|huyen) uy", fold(own)) else f"{own} {parent}"
    place = place_of(parent)
    if place and not place_of(own) and _starts_with(fold(own), [fold(head) for head in takes["place"]]):
        return f"{own} {place}"
    return own


@cache
def _provinces() -> dict[str, tuple[str, str]]:
    """Folded names and aliases of provinces → (kind, name)."""
    found: dict[str, tuple[str, str]] = {}
    for row in [*table("places")["province_2025"], *table("places")["province"]]:
        for name in (row["name"], *row.get("aliases", ())):
            if len(name) > 3:
                found.setdefault(fold(name), (row["kind"], row["name"]))
    return found


def place_of(name: str) -> str | None:
    """The place in a name: "Sở Y tế tỉnh Bình Thuận" → "tỉnh Bình Thuận", "Tỉnh ủy Hưng Yên" → "tỉnh Hưng Yên"."""
    kinds = "|".join(fold(kind) for kind in layout("bodies")["local"]["kinds"])
    folded = fold(name)
    if match := re.search(rf"\b(?:{kinds})\s+(?=\w)(?!uy\b)", folded):
        return name[match.start() :].strip()
    if match := re.match(r"(tinh|thanh|huyen|quan) uy (?=\w)", folded):
        kind = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận"}[match[1]]
        return f"{kind} {name[match.end() :].strip()}"
    return None


def _cased(body: str, text: Text) -> str:
    """A body in the letters it has in prose: by the tables, else as the document writes it elsewhere, else by rule."""
    body = _renamed(body)
    if body != body.upper():
        return body
    folded = fold(body)
    for name in _official_names():
        if folded == fold(name):
            return name
    for name in _official_names():
        if folded.startswith(fold(name) + " "):
            return f"{name} {_cased_place(body[len(name) :].strip())}"
    return _as_in_text(body, text) or _by_rule(body)


def _renamed(body: str) -> str:
    for row in layout("bodies")["renamed"]:
        if match := re.match(rf"{row['like']}(?=\s|$)", fold(body)):
            return f"{row['name']} {_cased_place(body[match.end() :].strip())}".strip()
    return body


@cache
def _official_names() -> tuple[str, ...]:
    names = {row["name"] for row in table("issuers")["issuer"] if not re.search(r"[(/,](?![^,]*và)", row["name"])}
    return tuple(
        sorted(names | {"Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy"}, key=lambda name: -len(name))
    )


def _cased_place(place: str) -> str:
    """ "TỈNH BÌNH THUẬN" → "tỉnh Bình Thuận", "THÀNH PHỐ HỒ CHÍ MINH" → "Thành phố Hồ Chí Minh"."""
    if place != place.upper() or not place:
        return place
    for kind in (*layout("bodies")["local"]["kinds"], "TP.", "TP"):
        if fold(place).startswith(fold(kind) + " "):
            name = place[len(kind) :].strip()
            kind = "thành phố" if kind.startswith("TP") else kind
            return f"{kind} {_titled(name)}"
    return _titled(place)


def _titled(name: str) -> str:
    known = _provinces().get(fold(name))
    return known[1] if known else " ".join("-".join(w.capitalize() for w in word.split("-")) for word in name.split())


def _as_in_text(body: str, text: Text) -> str | None:
    """How the document writes the name in running text, when it does."""
    words = r"\s+".join(re.escape(word) for word in fold(body).split())
    for match in re.finditer(rf"\b{words}\b", text.folded[:_BODY_WINDOW]):
        said = " ".join(text.flat[match.start() : match.end()].split())
        if said[0].isupper() and said != said.upper():
            return said
    return None


def _by_rule(body: str) -> str:
    """Sentence case with the place in capitals: "CHI CỤC KIỂM LÂM TỈNH LÀO CAI" → "Chi cục kiểm lâm tỉnh Lào Cai"."""
    place = place_of(body)
    own = body[: len(body) - len(place)].strip() if place and body.endswith(place) else body
    own = own.capitalize()
    return f"{own} {_cased_place(place)}" if place and body.endswith(place) else own


def _placed(name: str, text: Text, printed_at: str | None) -> str:
    """A local body without its place gets that of the date line."""
    if not _needs_place(name):
        return name
    place = _province_named(printed_at) or most_named_province(text)
    if not place:
        return name
    kind, where = place
    if re.match(r"(?:tinh|thanh|huyen) uy$", fold(name)):
        return f"{name} {where}"
    return f"{name} {where}" if _ends_with(fold(name), ("tinh", "thanh pho")) else f"{name} {kind} {where}"


def _needs_place(name: str) -> bool:
    folded = fold(name)
    if place_of(name) or not _starts_with(folded, [fold(head) for head in layout("bodies")["local"]["heads"]]):
        return False
    return not any(folded.endswith(" " + place) for place in _provinces())


def _province_named(said: str | None) -> tuple[str, str] | None:
    folded = re.sub(r"^(?:tinh|thanh pho|tp\.?)\s+", "", fold(said or "").strip())
    return _provinces().get(folded)


def most_named_province(text: Text) -> tuple[str, str] | None:
    """The province that the text names most, if it names one at least twice and twice as often as the next."""
    window = " ".join(text.folded[:_BODY_WINDOW].split())
    counts: Counter[tuple[str, str]] = Counter()
    for folded, row in _provinces().items():
        if len(folded) > 4:
            counts[row] += len(re.findall(rf"(?<!\w){re.escape(folded)}(?!\w)", window))
    first, second = (counts.most_common(2) + [(("", ""), 0)] * 2)[:2]
    return first[0] if first[1] >= 2 and first[1] >= 2 * second[1] else None
