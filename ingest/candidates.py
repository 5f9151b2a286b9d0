"""Which documents a partly known mention may mean: filtered by what is known, ranked by title and issuer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz.fuzz import token_set_ratio

from graph.key import UNKNOWN, BadKey, Key
from ingest.key_name import name_words

TITLE, ISSUER, DATE = 0.6, 0.25, 0.15
_ALIKE = 60.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A mention to be matched: its key, the title and issuer printed with it, and the citing document's last day (ISO).

    `place` is the name or segment of a place that is printed although the key leaves it open ("bac-ninh" of two eras).
    """

    key: Key
    title: str | None = None
    issuer: str | None = None
    place: str | None = None
    last: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document may be meant, in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that a mention may mean. `score` from 0 to 1 orders candidates of one mention; `dated` is false for
    one whose date is not known, which therefore could not be held against the citing date."""

    id: str
    score: float
    dated: bool
    reasons: tuple[Reason, ...]


def rank(mention: Asked, nodes: Sequence[Mapping[str, Any]]) -> tuple[Candidate, ...]:
    """The documents among `nodes` (rows with id, subject, issuer, date_first) that `mention` may mean, best first.

    Nodes that contradict what is known, that are partial themselves, or later than the citing document fall out.
    """
    found = (_candidate(mention, node) for node in nodes if _may_be(mention, node))
    return tuple(sorted(found, key=lambda one: (-one.score, one.id)))


def _may_be(mention: Asked, node: Mapping[str, Any]) -> bool:
    key = _key(node)
    if key is None or not key.complete or not mention.key.could_be(key):
        return False
    if mention.place and key.place and not _within(key.place, mention.place):
        return False
    first = node.get("date_first")
    return not (first and mention.last and first > mention.last)


def _within(segment: str, place: str) -> bool:
    """Whether a place segment is that place in any era: "bac-ninh.2025" is in "bac-ninh"."""
    return segment == place or segment.startswith(f"{place}.")


def _key(node: Mapping[str, Any]) -> Key | None:
    try:
        return Key.parse(str(node.get("id", "")))
    except BadKey:
        return None


def _candidate(mention: Asked, node: Mapping[str, Any]) -> Candidate:
    parts = [_title(mention, node), _issuer(mention, node), _date(mention, node)]
    reasons = (*_known(mention.key, Key.parse(str(node["id"]))), *(reason for _, reason in parts if reason))
    score = sum(share for share, _ in parts)
    return Candidate(str(node["id"]), round(score, 4), bool(node.get("date_first")), reasons)


_SAME = {
    "number": ("cùng số", "same number"),
    "type": ("cùng loại", "same type"),
    "issuer": ("cùng cơ quan ban hành", "same issuer"),
    "place": ("cùng địa phương", "same place"),
    "period": ("cùng năm hoặc nhiệm kỳ", "same year or term"),
}


def _known(asked: Key, found: Key) -> Iterator[Reason]:
    same = [name for name in _SAME if getattr(asked, name) not in (UNKNOWN, "")]
    yield Reason(", ".join(_SAME[name][0] for name in same), ", ".join(_SAME[name][1] for name in same))
    for name in _SAME:
        if getattr(asked, name) == UNKNOWN:
            vi, en = _SAME[name]
            value = getattr(found, name)
            yield Reason(
                f"chưa rõ {vi.removeprefix('cùng ')}: {value}", f"{en.removeprefix('same ')} left open: {value}"
            )


def _title(mention: Asked, node: Mapping[str, Any]) -> tuple[float, Reason | None]:
    subject = node.get("subject")
    if not mention.title or not subject:
        return 0.0, None
    alike = token_set_ratio(name_words(mention.title), name_words(str(subject)))
    words = ("trích yếu giống nhau", "titles alike") if alike >= _ALIKE else ("trích yếu khác nhau", "titles differ")
    return TITLE * alike / 100, Reason(f"{words[0]} ({alike:.0f}/100)", f"{words[1]} ({alike:.0f}/100)")


def _issuer(mention: Asked, node: Mapping[str, Any]) -> tuple[float, Reason | None]:
    issuer = node.get("issuer")
    if not mention.issuer or not issuer:
        return 0.0, None
    alike = token_set_ratio(name_words(mention.issuer), name_words(str(issuer)))
    words = ("cơ quan giống nhau", "issuers alike") if alike >= _ALIKE else ("cơ quan khác nhau", "issuers differ")
    return ISSUER * alike / 100, Reason(f"{words[0]} ({alike:.0f}/100)", f"{words[1]} ({alike:.0f}/100)")


def _date(mention: Asked, node: Mapping[str, Any]) -> tuple[float, Reason | None]:
    first = node.get("date_first")
    if not first:
        return 0.0, Reason("chưa rõ ngày", "date not known")
    if mention.last is None:
        return 0.0, None
    return DATE, Reason(
        f"ban hành từ {first}, không sau {mention.last}", f"issued from {first}, not after {mention.last}"
    )
