"""Reads lists of bodies in running text: "Sở Y tế, các sở, ban, ngành và Chủ tịch UBND các xã" is three names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from ingest.bodies_names import Name, after_titles, borrowed_name, name_seen, read_name, shown, title_alone
from ingest.bodies_words import (
    Words,
    body_pattern,
    field_pattern,
    head_pattern,
    may_open,
    verb_pattern,
    words_of,
    words_pattern,
)
from ingest.patterns import compiled

# "Sở Y tế (chủ trì), các sở, ngành": those behind the bracket help.
_LEADS = re.compile(r"\s*\(\s*(?:là\s+)?(?:cơ\s+quan\s+|đơn\s+vị\s+)?(?:chủ\s+trì|đầu\s+mối)[^()]{0,30}\)")

__all__ = ["Bodies", "Words", "read_bodies", "words_of"]

_WINDOW = 700
_JOINT = re.compile(
    r"(?P<aside>\s*\([^()]{0,160}\))?"
    r"\s*(?:,?\s+(?:nhất là|đặc biệt là)\s|[,;](?:\s*(?:và|hoặc)\s)?|\s(?:và|hoặc)\s|/)\s*"
)


class Bodies(NamedTuple):
    """Names read one after the other, and where they were read; `borrowed` marks those that share a head said once."""

    names: tuple[str, ...]
    start: int
    end: int
    helpers: tuple[str, ...] = ()


def read_bodies(words: Words, start: int, end: int) -> Bodies | None:
    """The names that stand at `start`, one after the other; None when the first word opens no name.

    "Giám đốc các Sở: Y tế, Tài chính; Chủ tịch UBND các xã, phường chịu trách nhiệm …" →
    ("Sở Y tế", "Sở Tài chính", "UBND các xã, phường").
    """
    if not may_open(words, start, end):
        return None
    end = min(end, start + _WINDOW)
    key = start, end
    if key not in words.read:
        words.read[key] = _list_at(words, start, end)
    found: Bodies | None = words.read[key]
    return found


def _list_at(words: Words, start: int, end: int) -> Bodies | None:
    names: list[Name] = []
    leaders = 0
    at = stop = start
    while at < end:
        name = _read_one(words, at, end, names[-1] if names else None)
        name = name or (_unknown(words, at, end) if names else None)
        if name is None:
            break
        if name.said:
            names.append(name)
        at = stop = name.end
        joint = _joint(words, at, end)
        if joint and not leaders and joint["aside"] and _LEADS.match(words.low, at, end):
            leaders = len(names)
        if joint is None and len(names) > 1 and (aside := _SAID.match(words.low, at, end)):
            joint = _joint(words, aside.end(), end) if _DUTY.match(words.low, aside.end(), end) else None
        if joint is None:
            break
        at = joint.end()
    if not names:
        return None
    said = tuple(_shared(names)) if len(names) > 1 else (names[0].said,)
    leaders = leaders or len(said)
    return Bodies(said[:leaders], start, stop, said[leaders:])


def _shared(names: list[Name]) -> Iterator[str]:
    """The names; "các Sở Y tế, Tài chính" gives up "các" where the next name has no head of its own."""
    for name, after in zip_longest(names, names[1:]):
        shared = name.alone and after is not None and after.borrowed
        yield name.alone if shared else name.said


_DUTY = re.compile(r"[^.]{0,300}?\s(?:chịu|có)\s+trách\s+nhiệm(?![^\W_])")
_PIECE = re.compile(r"\s*[^\W_][^,;:.()]{1,80}?(?=\s*[,;]|\s+và\s|\s+(?:chịu|có)\s+trách\s+nhiệm|\s+căn\s+cứ\s)")
# "các đơn vị trực thuộc Sở có sử dụng kinh phí hỗ trợ và …": what is said of a body in a list that goes on.
_SAID = re.compile(r"\s+(?:có|được|đang)\s(?:(?!\svà\s)[^,;.:]){3,120}?(?=\s+và\s|\s*[,;])")


def _unknown(words: Words, at: int, end: int) -> Name | None:
    """A member of a list that no table knows, as printed, when the list goes on to another or "chịu trách nhiệm …"."""
    person = body_pattern("persons").match(words.low, at, end)
    piece = _PIECE.match(words.low, person.end() if person else at, end)
    if not piece or verb_pattern().match(words.low, at, end):
        return None
    if not person and not _DUTY.match(words.low, at, end) and not _goes_on(words, piece.end(), end):
        return None
    if person:
        return Name("", "", at, piece.end())
    core = min(after_titles(words, at, end), piece.end() - 1)
    return Name(shown(words, core, piece.end()), "", at, piece.end())


def _goes_on(words: Words, at: int, end: int) -> bool:
    """A name that is known follows in the list."""
    joint = _joint(words, at, end)
    if joint is None or not may_open(words, joint.end(), end):
        return False
    return bool(read_name(words, after_titles(words, joint.end(), end), end))


def _joint(words: Words, at: int, end: int) -> re.Match[str] | None:
    """What stands between a name and the next one of the list, which begins at its end."""
    found = _JOINT.match(words.low, at, end)
    return found if found and found.end() < end else None


def _read_one(words: Words, at: int, end: int, before: Name | None) -> Name | None:
    seen = head_pattern().match(words.low, at, end)
    titled = seen is not None and (seen["det"] or seen["title"])
    alone = title_alone(words, at, end) if titled else None
    if alone:
        return alone
    people = body_pattern("people").match(words.low, at, end) if before else None
    if people and before:
        return Name("", before.head, at, _people_end(words, people.end(), end))
    field = field_pattern().match(words.low, at, end) if before and before.borrowed else None
    if before and field and not _placed(words, field.end(), end) and (name := borrowed_name(words, at, end, before)):
        return name
    core = after_titles(words, at, end) if titled else at
    name = (name_seen(words, at, seen, end) if core == at else read_name(words, core, end)) if core < end else None
    if name is None and before is not None:
        return borrowed_name(words, at, end, before)
    return name


def _placed(words: Words, at: int, end: int) -> bool:
    """A place follows: "Công an tỉnh" is no field of the list before it."""
    return bool(words_pattern("bodies", "places", r"\s+(?:@)(?![^\W_])").match(words.low, at, end))


def _people_end(words: Words, at: int, end: int) -> int:
    found = compiled(r"(?:\s+trong\s+(?:toàn\s+)?(?:tỉnh|thành\s+phố))?").match(words.low, at, end)
    return found.end() if found else at
