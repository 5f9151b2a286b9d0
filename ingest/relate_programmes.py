"""Finds programmes, strategies and schemes named without a number, and the acts that the text ties to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from graph.model import Citation, Programme
from ingest.clean import fold
from ingest.relate_cues import rule
from ingest.relate_layout import Layout
from ingest.relate_links import Mention
from ingest.sentences import quote_bounds
from ingest.tables import table

_LONGEST = 320
_AHEAD = 90
_WORDS = 2
_MOST_ALIASES = 20
_BLANKS = re.compile(r"\s+")
# "… đến năm", but not "Việt Nam".
_HANGING = re.compile(r"(?:\s+(?:và|va|của|cua|cho|về|ve|với|voi|các|cac|đến|den|từ|tu|năm|nam|tại|tai|ở|o|-))+$")
_CLOSE = re.compile(r"[”\"]")
_WORD = re.compile(r"\w+")
_QUOTE = re.compile('[“”"]')
_QUOTES = "“”\"' "


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("programmes")[name], re.VERBOSE if name in ("not_named", "ends") else 0)


@cache
def _comma() -> re.Pattern[str]:
    return re.compile(r",\s+(?:va\s+)?(?:" + "|".join(table("programmes")["comma_goes_on"]) + r")\b")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(table("programmes")["ends_marked"], re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A name found in the views, and the number of the act that the text ties to it."""

    start: int
    end: int
    name: str
    act: str | None = None


def find_programmes(layout: Layout, mentions: Sequence[Mention]) -> list[Named]:
    """Names in order of place, none of them inside a citation of `mentions` (in order of place)."""
    found = list(_found(layout, mentions))
    aliases = {alias: one for one in found for alias in _aliases(layout, one)}
    found = [one for one in found if not any(one.name.startswith(alias + end) for alias in aliases for end in " ,")]
    return sorted([*found, *_again(layout, aliases, found)], key=lambda one: one.start)


def _found(layout: Layout, mentions: Sequence[Mention]) -> Iterator[Named]:
    starts = [mention.start for mention in mentions]
    before: tuple[int, bool] = (-1, False)
    for type_word in _pattern("type").finditer(layout.text.flat):
        start = type_word.start()
        at = bisect_left(starts, start)
        if start < before[0] or (at < len(starts) and starts[at] <= start) or _within(mentions, at, start):
            continue
        end = _end(layout, type_word.end(), mentions[at].start if at < len(mentions) else len(layout.text.flat))
        if end < 0 or _zone(layout, start) == "aside":
            continue
        comes = _to_come(layout, start, before)
        before = (end, comes)
        act = _act(layout, mentions, at, (start, end))
        if not comes and (act or fold(_clean(type_word[0])) not in table("programmes")["only_tied"]):
            yield Named(start, end, _clean(layout.text.flat[start:end]), act)


def _within(mentions: Sequence[Mention], at: int, start: int) -> bool:
    return any(one.start <= start < one.end for one in mentions[max(0, at - 3) : at + 1])


def _zone(layout: Layout, offset: int) -> str:
    sentence = layout.sentences.index(offset)
    return "aside" if sentence < 0 else layout.zone(sentence)


def _to_come(layout: Layout, start: int, before: tuple[int, bool]) -> bool:
    """Still to be made: "xây dựng Đề án …", or next in a list after such a one."""
    words = layout.text.folded[max(0, start - 90) : start]
    if _pattern("to_come").search(words):
        return True
    return before[1] and not layout.text.folded[before[0] : start].strip(" ,;“")


def _end(layout: Layout, name: int, limit: int) -> int:
    """Where the name ends whose type word ends at `name`; -1 when no name follows."""
    text = layout.text
    sentence = layout.sentences.index(name)
    last = min(limit, name + _LONGEST, layout.sentences.ends[sentence] if sentence >= 0 else limit)
    words = text.folded[name:last]
    inner = words.lstrip()
    if _pattern("not_named").match(inner):
        return -1
    if inner[:1] in ("“", '"'):
        close = _CLOSE.search(inner, 1)
        return name + len(words) - len(inner) + close.start() if close else -1
    opened = text.flat[max(0, name - 24) : name].rpartition("“")
    close = _CLOSE.search(words) if opened[1] and _pattern("type").fullmatch(opened[2].strip()) else None
    if close:
        return name + close.start()
    end = _stop(words, text.flat[name:last])
    said = _HANGING.sub("", text.flat[name : name + len(words[:end].rstrip(" ,-–/"))])
    return name + len(said) if len(_WORD.findall(said)) >= _WORDS else -1


def _stop(words: str, marked: str) -> int:
    ends = [found.start() for found in (_pattern("ends").search(words), _marked().search(marked)) if found]
    end = min([*ends, len(words)])
    comma = words.find(",", 0, end)
    while comma >= 0:
        if not _comma().match(words, comma):
            return comma
        comma = words.find(",", comma + 1, end)
    return end


def _act(layout: Layout, mentions: Sequence[Mention], at: int, span: tuple[int, int]) -> str | None:
    """The number of the act: "Quyết định số … phê duyệt Đề án X", "Chương trình X (Quyết định số 376/QĐ-TTg …)"."""
    folded = layout.text.folded
    before = _outer(mentions, at, span[0])
    if before and span[0] - before.end < 400:
        gap = folded[before.end : span[0]]
        opened = rule("title_opens").search(gap)
        approves = _pattern("approves").search(gap)
        if approves and opened and gap[opened.start() : approves.start()].strip() in ("", "ve", "ve viec", "v/v"):
            return _approver(before)
    if at < len(mentions):
        after = mentions[at]
        gap = folded[span[1] : after.start]
        part = _pattern("part_of").search(folded[max(0, span[0] - 30) : span[0]])
        if len(gap) < _AHEAD and _pattern("approved").fullmatch(gap) and ("(" in gap or not part):
            return _approver(after)
    return None


def _approver(mention: Mention) -> str | None:
    return mention.citation.number if mention.kind in table("programmes")["acts"] else None


def _outer(mentions: Sequence[Mention], at: int, start: int) -> Mention | None:
    """The mention before `start` that stands in no other's name."""
    near = [one for one in mentions[max(0, at - 3) : at] if one.end <= start]
    return max(near, key=lambda one: (one.end, -one.start)) if near else None


def _clean(words: str) -> str:
    return " ".join(_QUOTE.sub(" ", words).split()).strip(_QUOTES)


def _aliases(layout: Layout, one: Named) -> Iterator[str]:
    """The short name in brackets after a name: "… (Chương trình MTQG)", "(sau đây gọi tắt là Chiến lược X)"."""
    flat, folded = layout.text.flat, layout.text.folded
    opened = _pattern("alias").match(folded, one.end, one.end + 80)
    if opened:
        name = _pattern("type").match(flat, opened.end())
        close = flat.find(")", opened.end(), opened.end() + 80)
        if name and close > name.end():
            words = _clean(flat[opened.end() : close])
            if len(words.split()) > _WORDS and words != one.name:
                yield words


def _again(layout: Layout, aliases: dict[str, Named], found: Sequence[Named]) -> Iterator[Named]:
    """Later mentions by a short name that the document defines."""
    if not aliases:
        return
    taken = {one.start: one for one in found}
    flat, reach = layout.text.flat, 0
    names = sorted(aliases, key=len, reverse=True)[:_MOST_ALIASES]
    uses = sorted((at, rank, end) for rank, name in enumerate(names) for at, end in _uses(flat, name.split()))
    for at, _, end in uses:
        if at < reach:
            continue
        reach = end
        one = aliases.get(_clean(flat[at:end]))
        if one and at not in taken and _zone(layout, at) != "aside":
            yield Named(at, end, one.name, one.act)


def _uses(flat: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where `words` stand one after the other, blanks between them."""
    at = flat.find(words[0])
    while at >= 0:
        end = at + len(words[0])
        for word in words[1:]:
            blanks = _BLANKS.match(flat, end)
            if not blanks or not flat.startswith(word, blanks.end()):
                break
            end = blanks.end() + len(word)
        else:
            yield at, end
        at = flat.find(words[0], at + 1)


def as_citation(layout: Layout, one: Named) -> Citation:
    """A stand-in for the programme, so that its relation is read as that of any mention."""
    start, end = layout.text.raw_offset(one.start), layout.text.raw_offset(one.end)
    return Citation(start, end, layout.text.slice(one.start, one.end), type=one.name.split(" ", 1)[0], name=one.name)


def programme(layout: Layout, one: Named, said: tuple[str, str | None], beside: bool) -> Programme:
    """The programme with the relation and holder `said`; `beside` tells that the basis is an act named before it.

    APPROVES where the document itself issues it: "QUYẾT ĐỊNH Phê duyệt Đề án …".
    """
    start, end = quote_bounds(layout.text, one.start, one.end, layout.sentences)
    citation = as_citation(layout, one)
    relation, holder = said
    if (one.act or beside) and relation == "BASED_ON":
        relation = "CITES"
    if not one.act and not holder and _issues(layout, one):
        relation = "APPROVES"
    return Programme(
        citation.start, citation.end, citation.text, one.name, relation, holder, one.act,
        quote_start=layout.text.raw_offset(start), quote_end=layout.text.raw_offset(end),
    )  # fmt: skip


def _issues(layout: Layout, one: Named) -> bool:
    """Whether the title, or the article that says what the act does, approves the programme."""
    zone = layout.zone(layout.sentences.index(one.start))
    acts = layout.kind in table("programmes")["acts"]
    before = layout.text.folded[max(0, one.start - _AHEAD) : one.start]
    return acts and zone in ("title", "object") and bool(_pattern("approves").search(before))
