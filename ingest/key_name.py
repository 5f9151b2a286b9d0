"""Documents called by name: laws, congress resolutions, nicknames and programmes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from graph.key import UNKNOWN, Key
from ingest.clean import fold
from ingest.key_period import Days
from ingest.key_symbol import Row, symbol
from ingest.tables import table

_LONGEST = 400
_LAW = re.compile(r"^(?:bo luat|luat|phap lenh|hien phap)\b")
_AMENDING = re.compile(r"^(?:bo luat|luat|phap lenh) sua doi\b.* dieu\b")
_YEAR = re.compile(r"\s(?:nam\s+|so\s+)?((?:19|20)[0-9][0-9])$")
_ROMAN = re.compile(r"\b(?:thu\s+|khoa\s+)?([ivxl]+|[0-9]{1,2})\b(?!\s*(?:nam|-))")
_OTHER = re.compile("[^a-z0-9]+")
_NUMBER_WORD = re.compile(r"\bsố\b")
GAP_DAYS = 400


@lru_cache(maxsize=4_000)
def name_words(name: str) -> str:
    """`name` folded, without punctuation and "và": "Luật Khám bệnh, chữa bệnh" → "luat kham benh chua benh"."""
    said = re.sub(r"[^\w]+", " ", fold(name[:_LONGEST]))
    for short, long in _expansions():
        said = re.sub(rf"(?<!\w){short}(?!\w)", long, said)
    return " ".join(word for word in re.sub(r"[^\w]+", " ", said).split() if word != "va")


@cache
def _expansions() -> tuple[tuple[str, str], ...]:
    rows = table("aliases").get("expansion", ())
    return tuple((re.sub(r"[^\w]+", " ", fold(row["short"])), fold(row["long"])) for row in rows)


def name_number(name: str) -> str:
    """The number segment of a document known by `name`: "~luat-kham-benh-chua-benh"."""
    said = _OTHER.sub("-", name_words(name)).strip("-")
    return f"~{said}" if said else UNKNOWN


@dataclass(frozen=True, slots=True)
class LawName:
    """The name of a law without what tells its version: `year` printed behind it, `renewed` for "(sửa đổi)"."""

    words: str
    year: str | None = None
    renewed: bool = False

    @property
    def amending(self) -> bool:
        """Whether the law changes articles of another one and so stands beside others of its name."""
        return bool(_AMENDING.match(self.words))


@lru_cache(maxsize=4_000)
def law_name(name: str) -> LawName | None:
    """The law that `name` calls; None for another document. "Luật Đất đai năm 2013" → "luat dat dai" of 2013."""
    said = name_words(name)
    if not _LAW.match(_nicknames().get(_YEAR.sub("", said), said)):
        return None
    year = _YEAR.search(said)
    said = _YEAR.sub("", said)
    renewed = said.endswith(" sua doi")
    said = said.removesuffix(" sua doi").removesuffix(" hien hanh")
    said = _nicknames().get(said, said)
    return LawName(re.sub(r"^(hien phap).*", r"\1", said), year[1] if year else None, renewed)


@cache
def _nicknames() -> Mapping[str, str]:
    """Short names of laws: "luat bhxh" → "luat bao hiem xa hoi"."""
    return {
        name_words(short): name_words(row["name"]) for row in table("aliases").get("law", ()) for short in row["short"]
    }


@dataclass(frozen=True, slots=True)
class Law:
    """A version of a law: the days in which it may have been adopted, and the day it came into force if known."""

    number: str
    key: Key
    adopted: Days
    effective: str | None


@cache
def _laws() -> Mapping[str, tuple[Law, ...]]:
    """Name words → versions, oldest first."""
    found: dict[str, list[Law]] = {}
    for row in table("laws")["law"]:
        law = _law(row)
        found.setdefault(name_words(row["name"]), []).append(law)
    return {words: tuple(sorted(laws, key=lambda law: law.adopted.first)) for words, laws in found.items()}


def _law(row: Row) -> Law:
    if "key" in row:
        return Law(row["number"], Key.parse(row["key"]), Days.of(row["date"]), row.get("effective"))
    said = symbol(row["number"])
    body = "ubtvqh" if row["type"] == "Pháp lệnh" else "qh"
    year = said.year if said else None
    key = Key(
        "na", body, "", "pl" if row["type"] == "Pháp lệnh" else "luat", f"qh{said.term}" if said and said.term else "_"
    )
    return Law(
        row["number"],
        key.but(number=said.number if said else "_"),
        Days.of(row.get("date") or year),
        row.get("effective"),
    )


@cache
def _laws_by_number() -> Mapping[tuple[str, str], str]:
    """Term and number of a law → its type segment, so that "15/2023/QH15" without a type word is known for a law."""
    return {(law.key.period, law.key.number): law.key.type for laws in _laws().values() for law in laws}


@cache
def laws_by_key() -> Mapping[str, Mapping[str, str]]:
    """Key → number, kind, subject (the name) and date of each law in the table, as a register would say them."""
    return {
        str(_law(row).key): {"number": row["number"], "kind": row["type"], "subject": row["name"]}
        | ({"date": row["date"]} if row.get("date") else {})
        for row in table("laws")["law"]
    }


def law_type(period: str, number: str) -> str | None:
    """The type segment of the law with this number of this term."""
    return _laws_by_number().get((period, number))


def versions(name: LawName) -> tuple[Law, ...]:
    """The versions of a law that the table knows, oldest first."""
    return _laws().get(name.words, ())


def law_of_date(name: LawName, printed: str | None) -> Law | None:
    """The version adopted on the printed date, or the only one of its year."""
    if not printed:
        return None
    days = Days.of(printed)
    same = [law for law in versions(name) if law.adopted.first <= days.last and days.first <= law.adopted.last]
    year = [law for law in versions(name) if law.adopted.year == days.year]
    return same[0] if len(same) == 1 else year[0] if len(year) == 1 else None


def law_at(name: LawName, days: Days, carried_out: bool = False) -> Law | None:
    """The version that a text written within `days` means; None where two are possible.

    Between adoption and force a name may mean either; a text that carries the law out means the new one.
    """
    laws = [law for law in versions(name) if law.adopted.first <= days.last]
    if name.amending or not laws:
        return laws[0] if len(laws) == 1 and laws[0].adopted.last <= days.first else None
    sure = [law for law in laws if law.adopted.last <= days.first]
    if not sure:
        return None
    later = [law for law in laws if law not in sure]
    newest = sure[-1]
    if later:
        return None
    settled = len(sure) == 1 or carried_out or name.renewed or _in_force(newest, days.first)
    return newest if settled else None


def _in_force(law: Law, day: str) -> bool:
    if law.effective:
        return law.effective <= day
    return Days.of(law.adopted.last).last < _days_before(day, GAP_DAYS)


def _days_before(day: str, count: int) -> str:
    from datetime import date, timedelta

    return (date.fromisoformat(day) - timedelta(days=count)).isoformat() if day > "0002" else day


@dataclass(frozen=True, slots=True)
class Congress:
    """A congress named in a document's name: national or local, with its printed number."""

    national: bool
    term: str | None
    years: str
    kind: str


def congress(name: str) -> Congress | None:
    """The congress whose document `name` calls: "Nghị quyết Đại hội XIII" is the national one, term "xiii"."""
    said = " ".join(fold(name[:_LONGEST]).split())
    match = re.match(r"(?P<kind>nghi quyet|van kien|bao cao chinh tri)\b.*?\bdai hoi\b(?P<rest>.*)", said)
    if not match:
        return None
    rest = match["rest"]
    local = bool(re.search(r"\bdang bo\b|\b(?:tinh|huyen|quan|xa|phuong|thanh pho)\b", rest))
    term = _ROMAN.search(rest)
    years = re.search(r"nhiem k[yi].*?([0-9]{4})", rest)
    return Congress(not local, term[1].upper() if term else None, years[1] if years else "", match["kind"])


@dataclass(frozen=True, slots=True)
class Alias:
    """A nickname that the shipped table ties to an act, from a day on."""

    name: str
    key: Key
    since: str
    programme: str | None = None


@cache
def _aliases() -> Mapping[str, tuple[Alias, ...]]:
    found: dict[str, tuple[Alias, ...]] = {}
    for row in table("aliases")["alias"]:
        alias = Alias(row["names"][0], Key.parse(row["key"]), row["since"], row.get("programme"))
        for name in row["names"]:
            found[name_words(name)] = (*found.get(name_words(name), ()), alias)
    return found


def alias(name: str, last: str) -> Alias | None:
    """The act that a nickname means in a text written by `last`: "Đề án 06" from 6/1/2022 on."""
    known: Sequence[Alias] = _aliases().get(name_words(_NUMBER_WORD.sub("", name)), ())
    fit = [one for one in known if one.since <= last]
    return fit[0] if len(fit) == 1 else None


def programme_key(name: str, place: str = "") -> Key:
    """The key of a programme, strategy or scheme that is known by its name."""
    return Key(place=place, type="programme", number=name_number(name))
