"""The key that people mean by words they type: "20-NQ/TW", "Luật Đất đai 2024", "kế hoạch 141 UBND Bắc Ninh"."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache

from graph.key import UNKNOWN, BadKey, Key
from graph.model import Citation, Header
from ingest.cite import find_citations
from ingest.clean import clean, fold
from ingest.key_body import body
from ingest.key_derive import derive
from ingest.key_name import alias, congress, law_name, programme_key
from ingest.key_period import ALL_DAYS, Days
from ingest.key_place import place, province, segment
from ingest.key_scene import Said, Scene
from ingest.key_symbol import symbol, type_rows
from ingest.tables import table

_LONGEST = 500
_NUMBER = re.compile(
    r"(?:so\s*:?\s*)?(?P<number>[0-9]{1,6}[a-z]?(?:/(?:19|20)[0-9][0-9])?)(?![\w/-])(?P<rest>.*)", re.DOTALL
)
_YEAR = re.compile(r"\b(?:nam\s+|ngay\s+)?((?:19|20)[0-9][0-9])\b(?!\s*-)")
_DATE = re.compile(r"\b([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]((?:19|20)[0-9][0-9])\b")
_TERM = re.compile(r"\bkhoa\s+([ivxl]+|[0-9]{1,2})\b|\blan\s+thu\s+([ivxl]+)\b")
_LISTED = re.compile(r"[,;]|(?<!\w)(?:va|hoac|cung)(?!\w)")
_PROGRAMME = re.compile(r"(?:chuong trinh|ctmtqg|de an|chien luoc|du an|ke hoach|quy hoach)\s+\S+\s+\S+")


class Malformed(ValueError):
    """Words that name no document, or more than one; the message quotes them."""


@dataclass(frozen=True, slots=True)
class Context:
    """What an asker takes for granted: a place ("Bình Thuận" or its segment), a body's name, a day (ISO)."""

    place: str | None = None
    issuer: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words say of a document, for candidates to be held against."""

    key: Key
    title: str | None = None
    issuer: str | None = None
    days: Days = ALL_DAYS
    known: Said = Said()  # noqa: RUF009 - frozen


def key_of(words: str, context: Context | None = None) -> Key:
    """The key, often partial, of the document that `words` name; a key's own text is read as it is.

    `Malformed` for words that name none. "Quyết định 376 của Thủ tướng" → vn:state:ttg:qd:_:376.
    """
    return ask(words, context or Context()).key


def ask(words: str, context: Context, given: Said | None = None) -> Asked:
    """`key_of` with what else the words say: issuer and days. The date and issuer `given` beside the words go first."""
    text = words.strip().strip("\"'“”.,;")[:_LONGEST]
    if text.startswith("vn:"):
        return Asked(_parsed(text))
    said = _as_cited(text) or _as_typed(text)
    if said is None:
        raise Malformed(f"{words.strip()[:80]!r} names no document")
    given = given or Said()
    said = replace(said, date=given.date or said.date, issuer=given.issuer or said.issuer or context.issuer)
    scene = _scene(context, said.date)
    key = _programme(said, text) or derive(said, scene)
    if key.number == UNKNOWN:
        raise Malformed(f"{words.strip()[:80]!r} names no document")
    return Asked(key, None, said.issuer, Days.of(said.date), said)


def _parsed(text: str) -> Key:
    try:
        return Key.parse(text)
    except BadKey as bad:
        raise Malformed(str(bad)) from bad


def _scene(context: Context, date: str | None) -> Scene:
    """What the words are read in; the place has the era of the document's own date, else of the asking day."""
    days = Days.of(context.as_of)
    if not context.place:
        return Scene(days)
    try:
        where = Key(place=context.place).place if re.search(r"[-.]", context.place) else None
    except BadKey:
        where = None
    found = (
        place(context.place)
        if province(context.place) is None
        else replace(place(""), province=province(context.place))
    )
    where = where or segment(replace(found, level=found.level or "province"), Days.of(date or context.as_of))
    return Scene(days, where, "province" if found.level in (None, "city") else found.level)


# --- words with a full number or a full name


def _as_cited(text: str) -> Said | None:
    view = clean(text)
    found = [one for one in find_citations(view, Header()) if one.number is None or not _bare(one.number)]
    if not found:
        return None
    one = found[0]
    end = one.end if view.starts is None else bisect_left(view.starts, one.end)
    if len(found) > 1 and one.subject is None and _LISTED.search(fold(text[one.end : found[1].start])):
        listed = ", ".join(" ".join(other.text.split()) for other in found[:4])
        raise Malformed(f"{text[:80]!r} names several documents ({listed}): ask for one, or look them up as a text")
    return _with_rest(_of(one), view.flat[end:])


def _of(one: Citation) -> Said:
    return Said(one.number, one.type, one.name, one.date, one.term, one.issuer)


def _bare(number: str) -> bool:
    taken = symbol(number)
    return taken is None or taken.bare


def _with_rest(said: Said, rest: str) -> Said:
    """`said` with the year, the term and the body that stand behind the number."""
    folded = " ".join(fold(rest).split())
    term = _TERM.search(folded)
    printed = (term[1] or term[2]).upper() if term else None
    return replace(
        said,
        date=said.date or _date(folded),
        term=said.term or printed,
        issuer=said.issuer or _issuer(rest),
        near=folded,
    )


def _date(folded: str) -> str | None:
    full = _DATE.search(folded)
    if full:
        return f"{full[3]}-{int(full[2]):02}-{int(full[1]):02}"
    year = _YEAR.search(re.sub(r"nhiem k[yi][^,;]*", "", folded))
    return year[1] if year else None


def _issuer(rest: str) -> str | None:
    """The body or the place behind a number: " của UBND tỉnh Bắc Ninh", " Bình Thuận"."""
    said = re.sub(r"(?i)[\s,]*(?:năm|nam|ngày|ngay)\s*[0-9/.-]+", "", rest).strip(" ,()")
    said = re.sub(r"(?i)^(?:của|cua|do)\b", "", said).strip(" ,()")
    for start in [0, *(match.end() for match in re.finditer(r"\s+", said))][:12]:
        tail = said[start:]
        if body(tail) or place(tail).province:
            return tail
    return None


# --- words with a short number or a name in any case


def _as_typed(text: str) -> Said | None:
    folded = " ".join(fold(text).split())
    if law_name(folded):
        return Said(type="Luật", name=folded)
    if alias(folded, "9999-12-31") or congress(folded):
        return Said(name=folded)
    kind, rest = _type(folded)
    match = _NUMBER.match(rest)
    if not match:
        return Said(name=text) if _PROGRAMME.match(folded) else _spaced(folded)
    if kind is None:
        return _spaced(folded)
    tail = text[len(text) - len(match["rest"]) :] if len(folded) == len(text) else match["rest"]
    return _with_rest(Said(match["number"], kind), tail)


def _type(folded: str) -> tuple[str | None, str]:
    """The type that the words begin with, by name or code, and the words after it."""
    for name, printed in _types():
        if folded.startswith(name + " "):
            return printed, folded[len(name) :].strip()
    code, _, rest = folded.partition(" ")
    rows = type_rows(code) if code.isalpha() else ()
    return (rows[0]["name"], rest) if rows else (None, folded)


@cache
def _types() -> tuple[tuple[str, str], ...]:
    names = {fold(row["name"]): row["name"] for row in table("types")["type"]}
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def _spaced(folded: str) -> Said | None:
    """A number with spaces or without its signs: "16 ct-ttg", "20 nq tw"."""
    parts = folded.split()
    if len(parts) < 2 or not parts[0].isdigit():
        return None
    taken = symbol("/".join([parts[0], "-".join(parts[1:3])]))
    if taken is None or not taken.bodies or not taken.type_code:
        return None
    return _with_rest(Said("/".join([parts[0], "-".join(parts[1:3])])), " ".join(parts[3:]))


def _programme(said: Said, text: str) -> Key | None:
    """The key of a programme named in words, where no nickname ties it to an act."""
    if said.number or not said.name or law_name(said.name) or congress(said.name) or alias(said.name, "9999-12-31"):
        return None
    return programme_key(text) if _PROGRAMME.match(fold(text)) else None
