"""Acts of the Party's plenums called by plenum, term and title: "Nghị quyết Trung ương 6 khóa XII về … sức khỏe"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ingest.key_name import name_words
from ingest.key_period import roman
from ingest.key_scene import Said
from ingest.tables import table

_WORDS = ("hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 2)} | {"bon": 4}
_TERM = re.compile(r"\bkhoa ([ivx]+)\b")
_PLENUM = re.compile(
    rf"\b(?:lan thu (?P<word>{'|'.join(_NUMBERS)})|"
    r"(?:lan thu|trung uong|tw|t u)(?: lan thu)? ?(?P<number>\d{1,2}|[ivx]+))\b"
)


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a plenum: `about` are words of its title, folded."""

    number: str
    date: str
    about: tuple[str, ...]


@cache
def _acts() -> Mapping[tuple[int, int], tuple[Act, ...]]:
    """Term and number of a plenum → what it passed."""
    found: dict[tuple[int, int], tuple[Act, ...]] = {}
    for row in table("plenums")["act"]:
        plenum = (roman(row["term"]) or 0, row["plenum"])
        act = Act(row["number"], row["date"], tuple(map(name_words, row["about"])))
        found[plenum] = (*found.get(plenum, ()), act)
    return found


@cache
def acts_by_key() -> Mapping[str, Mapping[str, str]]:
    """Key → number, kind and date of each act in the table, as a register would say them."""
    return {
        f"vn:party:tw:{kind}:k{term}:{int(act.number.split('-')[0])}": {
            "number": act.number,
            "kind": {"nq": "Nghị quyết", "kl": "Kết luận"}[kind],
            "date": act.date,
        }
        for (term, _), acts in _acts().items()
        for act in acts
        for kind in [act.number.split("-")[1].partition("/")[0].lower()]
    }


def plenum_act(said: Said, last: str) -> Act | None:
    """The one act of the plenum, passed by `last`, whose title stands behind the name; None where the words leave it
    open."""
    name = name_words(said.name or "")
    plenum, term = _PLENUM.search(name), said.term or (found[1] if (found := _TERM.search(name)) else None)
    if not plenum or not term:
        return None
    kind = "kl" if name.startswith("ket luan") else "nq"
    title = f" {name_words(said.near.rpartition('|')[2])} "
    fit = [
        act
        for act in _acts().get((roman(term) or 0, _count(plenum)), ())
        if act.date <= last and f"-{kind}/" in act.number.lower() and any(f" {words} " in title for words in act.about)
    ]
    return fit[0] if len(fit) == 1 else None


def _count(plenum: re.Match[str]) -> int:
    return _NUMBERS[plenum["word"]] if plenum["word"] else roman(plenum["number"]) or 0
