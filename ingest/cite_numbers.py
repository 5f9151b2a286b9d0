"""Mentions by number: each digit that a code follows is looked at once, with bounded windows to both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ingest.cite_found import Found
from ingest.cite_symbols import read_symbol
from ingest.cite_types import after_form, read_lead, spread_lead
from ingest.clean import Text
from ingest.patterns import compiled

_YEAR = r"(?:19|2[0O])[\dOl]{2}"
_MOST_CODES = 12
# A code ends where its letters do, or where a PDF lost the blank after it: "NĐ-CPngày 16 tháng 11".
_END = r"(?:(?!\w)|(?=(?:ngày|của)\s))"


@cache
def _head() -> re.Pattern[str]:
    """Number, sign, year when there is one, and the first code: "13/2023/TT" of "13/2023/TT-BYT"."""
    return re.compile(
        r"(\d(?<![\w./-]\d)\d{0,4}(?:\.\d{1,3}){0,2}[A-Za-zĐđ]{0,2}?) {0,3}"
        rf"(?:([-/]) {{0,3}}(?:({_YEAR}) {{0,2}}([-/]) {{0,3}})?|( {_YEAR}(?= [A-ZĐ]))? {{0,1}}(?=[A-ZĐ]{{2}}))"
        rf"([A-ZĐƯÔÂÊ][A-Za-zĐđ&ƯÔƠÂÊư]{{0,15}}(?:[\dlIO]{{1,2}})?|[a-zđ]{{2,4}}(?= ?[-/] ?[a-zđ]{{2}})){_END}"
    )


@cache
def _damaged() -> re.Pattern[str]:
    """A number after "số" that begins with a letter read for a digit: "số l6/CT-TTg"."""
    return compiled(r"so:? {0,2}(?<!\wso)(?<!\wso )(?<!\wso: )([oli][\doli]{0,4}) {0,2}[-/]")


@cache
def _next_code() -> re.Pattern[str]:
    return re.compile(
        r"( {0,3})([-/]|\.(?=[A-ZĐ]{2}))( {0,3})"
        rf"([A-ZĐƯÔÂÊ][A-Za-zĐđốÔƯƠÂÊơư&]{{0,15}}(?:\.[IVX]{{1,4}})?\d{{0,2}}|[a-zđ]{{2,6}}){_END}"
    )


def find_numbers(text: Text, start: int, end: int) -> Iterator[Found]:
    """Every number with its code between `start` and `end`, in order: "Nghị quyết số 20-NQ/TW", "21-NQ/TW"."""
    floor = start
    for match in _candidates(text, start, end):
        if match.start() < floor:
            continue
        found = _read(text, match, floor)
        if found:
            yield found
            floor = found.end


def _candidates(text: Text, start: int, end: int) -> Iterator[re.Match[str]]:
    heads = [m for at in text.figures_in(start, end) if (m := _head().match(text.flat, at, end))]
    damaged = [m.start(1) for m in _damaged().finditer(text.folded, start, end)]
    extra = [m for at in damaged if (m := _head_at(text.flat, at, end))]
    yield from sorted([*heads, *extra], key=lambda m: m.start()) if extra else heads


def _head_at(flat: str, at: int, end: int) -> re.Match[str] | None:
    pattern = _head().pattern.replace(r"\d(?<![\w./-]\d)\d{0,4}", r"[\dOolI]{1,5}", 1)
    return re.compile(pattern).match(flat, at, end)


def _read(text: Text, head: re.Match[str], floor: int) -> Found | None:
    lead = read_lead(text, head.start(), floor)
    if lead.type is None and after_form(text, head.start()):
        return None
    parts, end = _parts(text.flat, head)
    symbol = read_symbol(tuple(parts), text.flat[head.start() : end], lead.needs, lead.type)
    if symbol is None:
        return None
    start, kind = lead.start, lead.type
    if kind is None and lead.numbered and not lead.generic:
        spread = spread_lead(text, head.start(), symbol.types, floor)
        start = head.start() if spread is None else spread
    return Found(start, end, head.start(), kind, symbol.number, symbol=symbol, repairs=symbol.repairs)


def _parts(flat: str, head: re.Match[str]) -> tuple[list[str], int]:
    """The number, signs and codes from `head` on, and where they end.

    A dot stands for a dash behind the first code alone: "12/2005/QĐ.UBND".
    """
    number, sign, year, second, lost, code = head.groups()
    parts = [number]
    if lost:
        parts += ["-", lost.strip(), "-"]
    elif year:
        parts += [sign, year, second]
    else:
        parts.append(sign or "~")
    parts.append(code)
    end, first = head.end(), len(parts)
    while len(parts) < 2 * _MOST_CODES:
        more = _next_code().match(flat, end)
        if not more or not _belongs(more, len(parts)) or (more[2] == "." and len(parts) > first):
            break
        parts += ["-" if more[2] == "." else more[2], more[4]]
        end = more.end()
    return parts, end


def _belongs(more: re.Match[str], known: int) -> bool:
    """Whether the next code still is of the number and not of the sentence: "64/KH-UBND - Sở" ends before the dash."""
    before, _, after, code = more.groups()
    if code.islower() and len(code) > 4:
        return False
    if not before and not after:
        return True
    capital = sum(map(str.isupper, code)) * 2 > len(code)
    return capital and (known <= 5 or not (before and after))
