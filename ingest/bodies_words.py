"""The words that names of bodies are made of: the views that they are read in and the shipped lists as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ingest.clean import Text
from ingest.tables import table

_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
          "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
_OTHER = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Words:
    """A text to read names in: `flat` as shown, `low` in lower case with the tones of "ủy", "hóa" placed one way."""

    flat: str
    low: str


def words_of(text: Text) -> Words:
    """The views that names are read in; equal in length to those of `text`."""
    low = text.flat.lower()
    if len(low) != len(text.flat):
        low = "".join(small if len(small := char.lower()) == 1 else char for char in text.flat)
    return Words(text.flat, _OTHER.sub(lambda found: _TONES[found.group()], low))


def alternatives(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first; a space stands for a run of spaces."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in ordered)


@cache
def words_pattern(name: str, words: str, shape: str = "(?:@)(?![^\\W_])") -> re.Pattern[str]:
    """The list `words` of the table `name` as a pattern; `@` in `shape` stands for its words."""
    return re.compile(shape.replace("@", alternatives(table(name)[words])))


@cache
def body_pattern(*names: str) -> re.Pattern[str]:
    said = table("bodies")
    return re.compile(rf"(?:{alternatives(phrase for name in names for phrase in said[name])})(?![^\W_])")


@cache
def field_pattern() -> re.Pattern[str]:
    return body_pattern("fields")


@cache
def qualifier_pattern() -> re.Pattern[str]:
    patterns = table("bodies")["qualifiers"]
    return re.compile("|".join(pattern.replace(" ", r"\s+") for pattern in patterns))


@cache
def verb_pattern() -> re.Pattern[str]:
    said = table("tasks")
    return re.compile(rf"(?:{alternatives([*said['verbs'], *said['openers'], *said['stops']])})(?![^\W_])")
