"""Bodies by name: "Ban Thường vụ Tỉnh ủy Đồng Tháp" is the issuer `tu`, "Chủ tịch UBND tỉnh" the committee."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from ingest.clean import fold
from ingest.key_symbol import Row
from ingest.tables import table

_LONGEST = 300
_OFFICES = re.compile(
    r"^(?:dong chi |cac dong chi )?(?:pho |quyen )?(?:chu tich|bo truong|giam doc|chanh van phong|truong ban|chu nhiem"
    r"|thong doc|tong giam doc|tong thanh tra|vien truong|chanh an|bi thu|ban thuong vu|btv"
    r"|thuong truc|ban chap hanh|bch|thu truong|lanh dao|tap the lanh dao)\s+(?:cac\s+)?"
)
_CENTRAL = re.compile(r"\b(?:trung uong|quoc hoi|chinh phu|toan quoc|viet nam|^bo [a-z]|tong cuc|quoc gia)\b")


@lru_cache(maxsize=8_000)
def words(name: str) -> str:
    """`name` folded, one space between words, without punctuation: "Sở LĐ-TB&XH" → "so ld tb xh"."""
    return " ".join(re.sub(r"[^\w]+", " ", fold(name[:_LONGEST])).split())


@cache
def _by_name() -> Mapping[str, Row]:
    """Folded name or spelling of a body → its row, longest first."""
    found: dict[str, Row] = {}
    for row in table("issuers")["issuer"]:
        for name in (row["name"], *row.get("aliases", ())):
            found.setdefault(words(name), row)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


def offices(folded: str) -> int:
    """Where the body begins after the words for an office: "giam doc so y te" → 9."""
    at = 0
    while match := _OFFICES.match(folded[at:]):
        if _begins(words(folded[at:])) is not None:
            break
        at += match.end()
    return at


@lru_cache(maxsize=8_000)
def body(name: str) -> tuple[Row, str] | None:
    """The row of the body that `name` begins with and the folded words after it; None for a body of no row.

    "Chủ tịch UBND tỉnh Bình Thuận" → (the row of UBND, "tinh binh thuan").
    """
    said = words(name)
    while said:
        row = _begins(said)
        if row:
            return row
        shorter = _OFFICES.sub("", said, count=1)
        if shorter == said:
            return None
        said = shorter
    return None


def _begins(said: str) -> tuple[Row, str] | None:
    parts = said.split()
    for count in range(min(len(parts), 16), 0, -1):
        row = _by_name().get(" ".join(parts[:count]))
        if row:
            return row, " ".join(parts[count:])
    return None


def central(name: str) -> bool:
    """Whether the name of a body without a row says that it works for the whole country."""
    return bool(_CENTRAL.search(words(name)))
