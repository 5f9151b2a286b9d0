"""The words that names of bodies are made of: the views that they are read in and the shipped lists as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ingest.clean import Text
from ingest.tables import table

_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
          "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
# Each is found by its first letter, which is much quicker than by a choice of letters.
_OTHER = (re.compile(r"o[àáảãạèéẻẽẹ](?<!qo.)(?![^\W_])"), re.compile(r"u[ỳýỷỹỵ](?<!qu.)(?![^\W_])"))


@dataclass(frozen=True, slots=True)
class Words:
    """A text to read names in: `flat` as shown, `low` in lower case with the tones of "ủy", "hóa" placed one way.

    `read` keeps what was read at a place, which several readers ask for.
    """

    flat: str
    low: str
    read: dict[object, Any] = field(default_factory=dict, compare=False, repr=False)


def words_of(text: Text) -> Words:
    """The views that names are read in; equal in length to those of `text`."""
    low = text.flat.lower()
    if len(low) != len(text.flat):
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text.flat)
    for other in _OTHER:
        low = other.sub(lambda found: _TONES[found.group()], low)
    return Words(text.flat, low)


_Branch = dict[str, "_Branch"]


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first; a space stands for a run of spaces.

    What phrases begin with alike is written once, so that most words fail at their first letter.
    """
    root: _Branch = {}
    for phrase in phrases:
        branch = root
        for letter in phrase:
            branch = branch.setdefault(letter, {})
        branch[""] = {}
    return _written(root)


def _written(branch: _Branch) -> str:
    ways = "|".join(_sign(letter) + _written(below) for letter, below in branch.items() if letter)
    if not ways:
        return ""
    whole = len(branch) == 1
    return ways if whole else f"(?:{ways}){'?' if '' in branch else ''}"


def _sign(letter: str) -> str:
    return r"\s+" if letter == " " else re.escape(letter)


@cache
def words_pattern(name: str, words: str, shape: str = "(?:@)(?![^\\W_])") -> re.Pattern[str]:
    """The list `words` of the table `name` as a pattern; `@` in `shape` stands for its words."""
    return re.compile(shape.replace("@", alternatives(table(name)[words])))


@cache
def body_pattern(*names: str) -> re.Pattern[str]:
    said = table("bodies")
    return re.compile(rf"(?:{alternatives(phrase for name in names for phrase in said[name])})(?![^\W_])")


@cache
def body_words(name: str) -> frozenset[str]:
    """The words of a list of the table of bodies."""
    return frozenset(table("bodies")[name])


@cache
def name_opening(false_heads: bool = False) -> str:
    """The pattern of what a name of a body begins with: "các", then a title or a head, and none of the false heads.

    With `false_heads` they do no harm: where a span ends behind the head, as in "XÃ" above "HỘI", it is none of them.
    """
    said = table("bodies")
    many, titles, false = (alternatives(said[name]) for name in ("determiners", "titles", "not_heads"))
    heads = [phrase for name in ("kinds", "proper", "classes", "ranks") for phrase in said[name]]
    title, head = rf"(?:{titles})(?![^\W_])", rf"(?:{alternatives(heads)})(?![^\W_])"
    if not false_heads:
        head = rf"(?!(?:{false})(?![^\W_])){head}"
    return rf"(?={first_letters([*said['determiners'], *said['titles'], *heads])})(?:(?:{many})\s+)?(?:{title}|{head})"


def first_letters(phrases: Iterable[str]) -> str:
    """A pattern that any of the phrases begins with: most words fail at it, before longer patterns are tried."""
    return alternatives(dict.fromkeys(phrase[:3].rstrip() for phrase in phrases))


@cache
def head_pattern() -> re.Pattern[str]:
    """What a name begins with, seen at once: `det` ("các"), then `title`, `false`, `kind`, `proper`, `class`.

    It matches everywhere; a group that is None does not stand there.
    """
    said = table("bodies")
    lists = {"title": "titles", "false": "not_heads", "kind": "kinds", "proper": "proper", "class": "classes"}
    seen = "".join(rf"(?:(?=(?P<{group}>{alternatives(said[name])})(?![^\W_])))?" for group, name in lists.items())
    return re.compile(rf"(?P<det>(?:{alternatives(said['determiners'])})\s+)?{seen}")


@cache
def _may_open() -> re.Pattern[str]:
    return re.compile(name_opening())


def may_open(words: Words, at: int, end: int) -> bool:
    """Whether a name may begin at `at`; at most words none does, and no other pattern need be tried."""
    return _may_open().match(words.low, at, end) is not None


@cache
def field_pattern() -> re.Pattern[str]:
    return body_pattern("fields")


@cache
def qualifier_pattern() -> re.Pattern[str]:
    provinces = [row["name"].lower() for era in ("province", "province_2025") for row in table("places")[era]]
    patterns = (pattern.replace("@province", alternatives(provinces)) for pattern in table("bodies")["qualifiers"])
    return re.compile("|".join(pattern.replace(" ", r"\s+") for pattern in patterns))


@cache
def verb_pattern() -> re.Pattern[str]:
    said = table("tasks")
    return re.compile(rf"(?:{alternatives([*said['verbs'], *said['openers'], *said['stops']])})(?![^\W_])")
