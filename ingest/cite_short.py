"""Mentions by number without a code or by an alias of the document: "Quy định 377", "Nghị quyết số 79 và 80"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from ingest.cite_found import Found
from ingest.cite_types import Lead, read_lead, type_names
from ingest.clean import Text, fold, fold_name
from ingest.patterns import compiled
from ingest.tables import table

_MOST_ALIASES = 60
# How many blanks may stand between a type and its number, and how far back both are looked for.
_BLANKS, _AHEAD = 4, 24
_SIGN = re.compile("[-/ ]")
_ALIAS_END = re.compile(r"[)”\";,.*]")


@cache
def _units() -> str:
    """What is counted after a number that is no document's: "5 năm"; in "30 năm 2020", "12 ngày 5/6" it is a date."""
    units = "|".join(r"\s{1,4}".join(fold(unit).split()) for unit in table("names")["short"]["units"])
    return rf"(?:{units})(?!\w)(?!\s{{1,3}}\d)"


@cache
def _code(code: str) -> re.Pattern[str]:
    return re.compile(rf"{code}  {{0,2}}(?=\d)(?<!\w{code} )(?<!\w{code}  )")


@cache
def _number_word() -> re.Pattern[str]:
    return compiled(r"so {0,3}:? {0,3}(?=\d)")


@cache
def _number() -> re.Pattern[str]:
    """A number without a code, or with a year: " số 45", " 30/2020"."""
    return re.compile(
        r"(\d{1,4})(?:/((?:19|20)\d\d)(?![\w/-]))?(?![\w%])"
        rf"(?!\s{{0,3}}[-/]\s{{0,3}}\w)(?![.,]\d)(?!\s{{1,4}}{_units()})"
    )


@cache
def _of() -> re.Pattern[str]:
    """What makes a document of a type and a number: "Quyết định 1092 của Thủ tướng", "Kế hoạch 256 ngày 30/12"."""
    return re.compile(r"\s{1,4}(?:ngay\s{1,4}\d{1,2}\s{0,2}(?:[/.-]|thang)|(?P<of>cua\s{1,4}))")


def _is_of(text: Text, at: int) -> bool:
    found = _of().match(text.folded, at)
    return found is not None and (found["of"] is None or text.flat[found.end() : found.end() + 1].isupper())


@cache
def _more() -> re.Pattern[str]:
    """A further member of a list of numbers."""
    return re.compile(
        r"\s{0,3}(?:[,;]|va|hoac|den)\s{1,4}(?:so\s{1,4})?(\d{1,4})(?![\w%])"
        rf"(?!\s{{0,3}}[-/.]\s{{0,3}}\w)(?!\s{{1,4}}{_units()})"
    )


def find_short(text: Text, start: int, end: int, known: Sequence[Found]) -> list[Found]:
    """Numbers without a code between `start` and `end`: "Chỉ thị số 45", "Quy định 377".

    Without "số" they need a mention in `known` with that type and number, or a type that the table frees of it.
    """
    names = table("names")["short"]
    numbers = {
        (kind, _bare(found.number))
        for found in known
        if found.symbol
        for kind in (found.type, *found.symbol.types)
        if kind
    }
    bare = {*names["without"], *names["with_number_word"], *(kind for kind, _ in numbers)}
    places = [m.end() for m in _number_word().finditer(text.folded, start, end)]
    places += _worded(text, start, end, tuple({fold_name(name).split()[-1] for name in bare}), tuple(names["codes"]))
    return [member for at in places for member in _read(text, at, numbers)]


def _worded(text: Text, start: int, end: int, words: tuple[str, ...], codes: tuple[str, ...]) -> Iterator[int]:
    """Where the numbers begin that stand directly after one of `words`, the last ones of types, or after a code."""
    for at in text.figures_in(start, end):
        if text.flat[at - 1] != " ":
            continue
        begin = max(start, at - _AHEAD)
        word = begin + len(text.folded[begin:at].rstrip(" "))
        if not 0 < at - word <= _BLANKS:
            continue
        if text.folded.endswith(words, begin, word) or _coded(text, (begin, word), codes):
            yield at


def _coded(text: Text, span: tuple[int, int], codes: tuple[str, ...]) -> bool:
    """Whether a code ends the span and a number follows it."""
    if not text.flat.endswith(codes, *span):
        return False
    said = (code for code in codes if text.flat.endswith(code, *span))
    return any(_code(code).match(text.flat, span[1] - len(code)) for code in said)


def _read(text: Text, at: int, numbers: set[tuple[str, str]]) -> Iterator[Found]:
    number = _number().match(text.folded, at)
    lead = read_lead(text, at) if number else None
    if number is None or lead is None or lead.type is None or not text.flat[lead.start].isupper():
        return
    names = table("names")["short"]
    code = text.flat[lead.start : lead.start + 2]
    if code in names["codes"] and not text.flat[lead.start + 2].isalpha():
        known = bool(number[2]) or code in names["codes_alone"] or (lead.type, number[1]) in numbers
    elif lead.numbered:
        known = lead.type in names["with_number_word"]
    else:
        known = lead.type in names["without"] or (lead.type, number[1]) in numbers or _is_of(text, number.end())
    if known:
        yield from _members(text, lead, number)


def _bare(number: str | None) -> str:
    return _SIGN.split(number or "", maxsplit=1)[0]


def _members(text: Text, lead: Lead, match: re.Match[str]) -> Iterator[Found]:
    number, year = match.groups()
    if year and lead.type not in ("Nghị định", "Thông tư", "Quyết định", "Nghị quyết", "Kết luận", "Chỉ thị"):
        return
    if not lead.numbered and (len(number) == 1 or 1900 < int(number) < 2100):
        return
    whole = f"{number}/{year}" if year else number
    yield Found(lead.start, match.end(), match.start(1), lead.type, whole, method="short")
    at = match.end()
    while more := _more().match(text.folded, at):
        yield Found(more.start(1), more.end(1), more.start(1), None, more[1], method="list")
        at = more.end()


@cache
def _defines() -> tuple[re.Pattern[str], ...]:
    """ "sau đây gọi tắt là", "gọi là", "viết tắt là": each begins with a piece that is quickly found."""
    return compiled(r"goi  {0,3}(?:tat  {0,3}|chung  {0,3})?la:?  {0,3}[\"“]?"), compiled(r"viet tat la:?  {0,3}[\"“]?")


def find_aliases(text: Text, start: int, end: int, known: Sequence[Found]) -> list[Found]:
    """Names that the document gives to one of `known`: "(sau đây gọi tắt là Luật BHYT)", and where it uses them.

    The first definition of a name holds; more than 60 names are not followed.
    """
    ends = [one.end for one in known]
    aliases: dict[str, tuple[int, Found]] = {}
    defined = [match for words in _defines() for match in words.finditer(text.folded, start, end)]
    for match in defined:
        stop = _ALIAS_END.search(text.flat, match.end(), match.end() + 60)
        alias = text.flat[match.end() : stop.start()].strip(' "“”') if stop else ""
        before = bisect_right(ends, match.start())
        if before and match.start() - ends[before - 1] < 600 and len(aliases) < _MOST_ALIASES and _is_alias(alias):
            aliases.setdefault(alias, (match.end(), known[before - 1]))
    return [use for alias, (at, target) in aliases.items() for use in _uses(text, alias, at, end, target)]


def _is_alias(alias: str) -> bool:
    """Whether an alias can be told from other words: a type and an abbreviation or number, not "Kế hoạch" alone."""
    words = alias.split()
    kind = next((name for name in type_names() if fold(alias).startswith(name + " ")), None)
    rest = words[len(kind.split()) :] if kind else []
    return bool(kind and rest and len(words) <= 8 and all(word.isupper() or word[0].isdigit() for word in rest))


def _uses(text: Text, alias: str, start: int, end: int, target: Found) -> Iterator[Found]:
    at = text.flat.find(alias, start, end)
    while at >= 0:
        stop = at + len(alias)
        if not text.flat[stop : stop + 1].isalnum() and text.flat[stop : stop + 1] not in ("/", "-"):
            number = re.search(r"\d+\Z", alias)
            yield Found(
                at, stop, at, target.type, number[0] if number else None, None if number else alias, method="alias"
            )
        at = text.flat.find(alias, stop, end)
