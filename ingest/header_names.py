"""Names of bodies and places as they are written in prose, from the capitals and damaged lines of a letterhead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache

from ingest.clean import Text, fold_name
from ingest.header_zones import layout
from ingest.tables import table

_BODY_WINDOW = 40_000
_COMMITTEE = re.compile(r"(tinh|thanh|huyen|quan) uy (?=\w)")
_COMMITTEES = ("Tỉnh ủy", "Thành ủy", "Huyện ủy", "Quận ủy", "Thị ủy", "Đảng ủy")


@cache
def provinces() -> dict[str, tuple[str, str]]:
    """Folded names and aliases of provinces → (kind, name); kinds as since July 2025 where they changed."""
    found: dict[str, tuple[str, str]] = {}
    for row in [*table("places")["province_2025"], *table("places")["province"]]:
        for name in (row["name"], *(alias for alias in row.get("aliases", ()) if len(alias) > 3)):
            found.setdefault(fold_name(name), (row["kind"], row["name"]))
    return found


@cache
def official_names() -> tuple[str, ...]:
    """Full names of bodies in the tables, longest first; short forms and names that stand for several are left out."""
    rows = table("issuers")["issuer"]
    said = [*(row["name"] for row in rows), *_COMMITTEES, *(alias for row in rows for alias in row.get("aliases", ()))]
    names: dict[str, str] = {}
    for name in filter(_is_full, said):
        names.setdefault(fold_name(name), name)
    return tuple(sorted(names.values(), key=lambda name: -len(name)))


@cache
def folded_names() -> tuple[tuple[str, str], ...]:
    """The official names folded, with how they are written."""
    return tuple((fold_name(name), name) for name in official_names())


def _is_full(name: str) -> bool:
    words = re.findall(r"[^\W\d_]+", name)
    return (
        len(words) > 1
        and not any(len(word) > 1 and word.isupper() for word in words)
        and not re.search(r"[(/]|,(?!.* và )", name)
    )


@cache
def _squeezed_names() -> dict[str, str]:
    return {_squeezed(name): name for name in reversed(official_names())}


def _squeezed(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", fold_name(name))


@cache
def body_of_code(code: str) -> str | None:
    """The name of the body that a code in a number means: "UBTVQH" → "Ủy ban Thường vụ Quốc hội"."""
    for row in table("issuers")["issuer"]:
        if code in (row["code"], *row.get("codes", ())) and row["name"] in official_names():
            return str(row["name"])
    return None


def starts_with(said: str, heads: Sequence[str]) -> bool:
    """Whether folded `said` begins with one of `heads` as whole words."""
    return any(said.startswith(head) and not said[len(head) : len(head) + 1].isalnum() for head in heads)


def ends_with(said: str, ends: Sequence[str]) -> bool:
    """Whether folded `said` ends with one of `ends` as whole words."""
    return any(said.endswith(end) and (said == end or not said[-len(end) - 1].isalnum()) for end in ends)


def place_of(name: str) -> str | None:
    """The place in a name: "Sở Y tế tỉnh Bình Thuận" → "tỉnh Bình Thuận", "Tỉnh ủy Hưng Yên" → "tỉnh Hưng Yên".

    Compared with accents where the name has them: "Quân khu 7" is no quận, "Hà Tĩnh" no tỉnh.
    """
    spelled = fold_name if name.isascii() else str.lower
    if match := _unit(spelled).search(spelled(name)):
        return name[match.start() :].strip()
    if match := _COMMITTEE.match(fold_name(name)):
        kind = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận"}[match[1]]
        return f"{kind} {name[match.end() :].strip()}"
    return None


@cache
def _unit(spelled: Callable[[str], str]) -> re.Pattern[str]:
    """The kind of a unit before its name, with accents or without."""
    kinds = "|".join(spelled(kind) for kind in layout("bodies")["local"]["kinds"])
    return re.compile(rf"\b(?:{kinds})\s+(?=\w)(?![uủ]y\b|uỷ\b|h[oộ]i\b)")


def in_prose(body: str, text: Text) -> str:
    """A body in the letters of prose: by the tables, else as the document writes it elsewhere, else by rule.

    "ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN" → "Ủy ban nhân dân tỉnh Bình Thuận"; letters apart ("B Ộ Y T Ế") are joined.
    """
    body = _renamed(body)
    if body != body.upper():
        return body
    if name := _official(body):
        return name
    return _as_in_text(body, text) or _by_rule(body)


def _official(body: str) -> str | None:
    folded = fold_name(body)
    for official, name in folded_names():
        if folded == official:
            return name
        if folded.startswith(f"{official} "):
            return f"{name} {_cased_place(body[len(name) :].strip())}"
    return _from_pieces(body)


def _from_pieces(body: str) -> str | None:
    """The name of a body whose letters stand apart: exact, or a local body with its province."""
    words = body.split()
    if sum(len(word) == 1 for word in words) < 2 and "-" not in body:
        return None
    squeezed = _squeezed(body)
    if squeezed in _squeezed_names():
        return _squeezed_names()[squeezed]
    for head in ("Ủy ban nhân dân", "Hội đồng nhân dân"):
        rest = squeezed.removeprefix(_squeezed(head))
        for folded, (kind, name) in provinces().items():
            if rest in (_squeezed(kind) + _squeezed(folded), _squeezed(folded)) and rest != squeezed:
                return f"{head} {kind} {name}"
    return None


def _renamed(body: str) -> str:
    for like, name in _renamings():
        if match := like.match(fold_name(body)):
            return f"{name} {_cased_place(body[match.end() :].strip())}".strip()
    return body


@cache
def _renamings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"{row['like']}(?=\s|$)"), row["name"]) for row in layout("bodies")["renamed"])


def _cased_place(place: str) -> str:
    """ "TỈNH BÌNH THUẬN" → "tỉnh Bình Thuận", "TP. HỒ CHÍ MINH" → "thành phố Hồ Chí Minh"."""
    if place != place.upper() or not place:
        return place
    for kind in (*layout("bodies")["local"]["kinds"], "TP.", "TP"):
        if fold_name(place).startswith(fold_name(kind) + " "):
            return f"{'thành phố' if kind.startswith('TP') else kind} {_titled(place[len(kind) :].strip())}"
    return _titled(place)


def _titled(name: str) -> str:
    known = provinces().get(fold_name(name))
    return known[1] if known else " ".join("-".join(w.capitalize() for w in word.split("-")) for word in name.split())


def _as_in_text(body: str, text: Text) -> str | None:
    """How the document writes the name in running text, when it does."""
    words = r"\s+".join(re.escape(word) for word in fold_name(body).split())
    for match in re.finditer(rf"\b{words}\b", text.folded[:_BODY_WINDOW]):
        said = " ".join(text.flat[match.start() : match.end()].split())
        if said[0].isupper() and said != said.upper():
            return said
    return None


def _by_rule(body: str) -> str:
    """Sentence case, the place in capitals: "CHI CỤC KIỂM LÂM TỈNH LÀO CAI" → "Chi cục kiểm lâm tỉnh Lào Cai"."""
    place = place_of(body)
    if not place or not body.endswith(place):
        return body.capitalize()
    return f"{body[: len(body) - len(place)].strip().capitalize()} {_cased_place(place)}"


def province_named(said: str | None) -> tuple[str, str] | None:
    """The (kind, name) of the province that a place line names: "TP. Hồ Chí Minh" → ("thành phố", "Hồ Chí Minh")."""
    return provinces().get(re.sub(r"^(?:tinh|thanh pho|tp\.?)\s+", "", fold_name(said or "").strip()))


def most_named_province(text: Text) -> tuple[str, str] | None:
    """The province that the text names most, if it names one at least twice and twice as often as the next."""
    window = " ".join(text.folded[:_BODY_WINDOW].split())
    counts: Counter[tuple[str, str]] = Counter()
    for folded, row in provinces().items():
        if len(folded) > 4 and (count := _count(window, folded)):
            counts[row] += count
    first, second = (counts.most_common(2) + [(("", ""), 0)] * 2)[:2]
    return first[0] if first[1] >= 2 and first[1] >= 2 * second[1] else None


def _count(window: str, words: str) -> int:
    """How often `words` stand in `window` as whole words."""
    count, at = 0, window.find(words)
    while at >= 0:
        end = at + len(words)
        whole = not _is_word(window[at - 1 : at]) and not _is_word(window[end : end + 1])
        count += whole
        at = window.find(words, end if whole else at + 1)
    return count


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"
