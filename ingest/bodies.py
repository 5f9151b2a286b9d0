"""Reads names of bodies in running text: "Sở Y tế, các sở, ban, ngành và Chủ tịch UBND các xã" is three names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest

from ingest.clean import Text
from ingest.tables import table

_WINDOW = 700
_LOOSE_WORDS = 12
_TONES = {"oà": "òa", "oá": "óa", "oả": "ỏa", "oã": "õa", "oạ": "ọa", "oè": "òe", "oé": "óe", "oẻ": "ỏe",
          "uỳ": "ùy", "uý": "úy", "uỷ": "ủy", "uỹ": "ũy", "uỵ": "ụy"}  # fmt: skip
_OTHER = re.compile(rf"(?<!q)(?:{'|'.join(_TONES)})(?![^\W_])")
_LIST = re.compile(r"\s*(?:[,;](?:\s*(?:và|hoặc)\s)?|\s(?:và|hoặc)\s|/|,?\s+(?:nhất là|đặc biệt là)\s+)\s*")


@dataclass(frozen=True, slots=True)
class Words:
    """A text to read names in: `flat` as shown, `low` in lower case with the tones of "ủy", "hóa" placed one way."""

    flat: str
    low: str


@dataclass(frozen=True, slots=True)
class Bodies:
    """Names read one after the other, and where they were read; `borrowed` marks those that share a head said once."""

    names: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Name:
    said: str
    head: str
    start: int
    end: int
    generic: bool = False
    alone: str = ""
    borrowed: bool = False


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
def _pattern(*names: str) -> re.Pattern[str]:
    said = table("bodies")
    return re.compile(rf"(?:{alternatives(phrase for name in names for phrase in said[name])})(?![^\W_])")


@cache
def _field_pattern() -> re.Pattern[str]:
    return _pattern("fields")


@cache
def _qualifier_pattern() -> re.Pattern[str]:
    patterns = table("bodies")["qualifiers"]
    return re.compile("|".join(pattern.replace(" ", r"\s+") for pattern in patterns))


@cache
def _verbs() -> re.Pattern[str]:
    said = table("tasks")
    return re.compile(rf"(?:{alternatives([*said['verbs'], *said['openers'], *said['stops']])})(?![^\W_])")


def read_bodies(words: Words, start: int, end: int) -> Bodies | None:
    """The names that stand at `start`, one after the other; None when the first word opens no name.

    "Giám đốc các Sở: Y tế, Tài chính; Chủ tịch UBND các xã, phường chịu trách nhiệm …" →
    ("Sở Y tế", "Sở Tài chính", "UBND các xã, phường").
    """
    end = min(end, start + _WINDOW)
    names: list[_Name] = []
    at = start
    while at < end:
        name = _read_one(words, at, end, names[-1] if names else None)
        name = name or (_unknown(words, at, end) if names else None)
        if name is None:
            break
        if name.said:
            names.append(name)
        at = name.end
        joint = _joint(words, at, end)
        if joint is None:
            break
        at = joint
    if not names:
        return None
    return Bodies(tuple(_shared(names)), start, names[-1].end)


def _shared(names: list[_Name]) -> Iterator[str]:
    """The names; "các Sở Y tế, Tài chính" gives up "các" where the next name has no head of its own."""
    for name, after in zip_longest(names, names[1:]):
        shared = name.alone and after is not None and after.borrowed
        yield name.alone if shared else name.said


_DUTY = re.compile(r"[^.]{0,300}?\s(?:chịu|có)\s+trách\s+nhiệm(?![^\W_])")
_PIECE = re.compile(r"[^\W_][^,;:.()]{1,80}?(?=\s*[,;]|\s+và\s|\s+(?:chịu|có)\s+trách\s+nhiệm)")


def _unknown(words: Words, at: int, end: int) -> _Name | None:
    """A member of a list that no table knows, as printed, when the list goes on to "chịu trách nhiệm …"."""
    piece = _PIECE.match(words.low, at, end)
    if not piece or _verbs().match(words.low, at, end) or not _DUTY.match(words.low, at, end):
        return None
    core = min(_after_titles(words, at, end), piece.end() - 1)
    return _Name(_shown(words, core, piece.end()), "", at, piece.end())


def _joint(words: Words, at: int, end: int) -> int | None:
    """Where the next name of the list would begin."""
    bracket = re.compile(r"\s*\([^()]{0,160}\)").match(words.low, at, end)
    at = bracket.end() if bracket else at
    found = _LIST.match(words.low, at, end)
    return found.end() if found and found.end() < end else None


def _read_one(words: Words, at: int, end: int, before: _Name | None) -> _Name | None:
    alone = _title_alone(words, at, end)
    if alone:
        return alone
    people = _pattern("people").match(words.low, at, end)
    if people and before:
        return _Name("", before.head, at, _people_end(words, people.end(), end))
    field = _field_pattern().match(words.low, at, end) if before and before.borrowed else None
    if before and field and not _placed(words, field.end(), end) and (name := _borrowed(words, at, end, before)):
        return name
    core = _after_titles(words, at, end)
    name = _headed(words, core, end) if core < end else None
    if name is None and before is not None:
        return _borrowed(words, at, end, before)
    return name


def _placed(words: Words, at: int, end: int) -> bool:
    """A place follows: "Công an tỉnh" is no field of the list before it."""
    return bool(re.compile(rf"\s+(?:{alternatives(table('bodies')['places'])})(?![^\W_])").match(words.low, at, end))


def _people_end(words: Words, at: int, end: int) -> int:
    found = re.compile(r"(?:\s+trong\s+(?:toàn\s+)?(?:tỉnh|thành\s+phố))?").match(words.low, at, end)
    return found.end() if found else at


def _after_titles(words: Words, at: int, end: int) -> int:
    """The offset behind the titles: "Giám đốc Sở Y tế", "Thủ trưởng các cơ quan"."""
    core = at
    while found := _pattern("titles").match(words.low, core, end):
        after = re.compile(r"\s*(?:,\s*(?=phó\s|giám\s|thủ\s)|\s(?:của\s+)?)").match(words.low, found.end(), end)
        many = words.low.startswith("các", after.end()) if after else False
        if not after or (found.group() == "trưởng" and core == at and not many):
            break
        core = after.end()
    return core


_RANK = re.compile(r"(?:các\s+)?(?:bộ|vụ|cục|tổng\s+cục|viện)\s+trưởng(?=\s*,|\s+và\s)")


def _title_alone(words: Words, at: int, end: int) -> _Name | None:
    """ "Bộ trưởng, Thủ trưởng cơ quan ngang bộ": a title that no name follows stands for the body."""
    found = _RANK.match(words.low, at, end)
    return _Name(_shown(words, at, found.end()), "", at, found.end()) if found else None


def _headed(words: Words, at: int, end: int) -> _Name | None:
    """A name with its head: a class ("các sở, ban, ngành") or a proper name ("Sở Y tế")."""
    det = re.compile(rf"(?:{alternatives(table('bodies')['determiners'])})\s+").match(words.low, at, end)
    head_at = det.end() if det else at
    inner = _after_titles(words, head_at, end)
    if inner > head_at and det and (name := _headed(words, inner, end)):
        return name
    if _no_head(words, head_at, bool(det), end):
        return None
    kind = _pattern("kinds").match(words.low, head_at, end)
    proper = _pattern("proper").match(words.low, head_at, end)
    klass = _pattern("classes").match(words.low, head_at, end)
    capital = _next_is_name(words, proper.end(), end) if proper else False
    if proper and capital and not (kind and kind.end() > proper.end()):
        return _proper(words, at, head_at, proper.end(), end)
    if klass and (
        det or _row_follows(words, klass.end(), end) or klass.group() not in ("ban", "bộ", "sở", "hội", "phòng", "cấp")
    ):
        longer = kind if kind and kind.end() > klass.end() else klass
        return _class(words, at, longer.end(), end)
    if kind and not (proper and proper.end() > kind.end()):
        return _class(words, at, kind.end(), end, alone=True)
    if proper and (det or words.flat[head_at].isupper() or proper.group() in table("bodies")["loose"]):
        return _proper(words, at, head_at, proper.end(), end)
    return None


def _no_head(words: Words, at: int, many: bool, end: int) -> bool:
    """ "báo cáo", "trường hợp", "Tổ chức các hoạt động" open no name."""
    if _pattern("not_heads").match(words.low, at, end):
        return True
    verb = re.compile(r"tổ\s+chức(?![^\W_])").match(words.low, at, end)
    return bool(verb and not many and not _named_organisation(words, verb.end(), end))


def _named_organisation(words: Words, at: int, end: int) -> bool:
    """The noun "tổ chức" without "các": "tổ chức đảng", "tổ chức, cá nhân"."""
    follows = re.compile(
        r"\s*,\s*(?:cá\s+nhân|cơ\s+quan|đơn\s+vị)|\s+(?:đảng|quốc\s+tế|chính\s+trị|xã\s+hội|tín\s+dụng)(?![^\W_])"
    )
    return bool(follows.match(words.low, at, end))


def _next_is_name(words: Words, at: int, end: int) -> bool:
    found = re.compile(r"\s+(\S)").match(words.flat, at, end)
    return found[1].isupper() if found else False


def _row_follows(words: Words, at: int, end: int) -> bool:
    """ "Sở, ban, ngành": a class noun goes on with another one."""
    found = re.compile(r"\s*,\s*|\s+và\s+").match(words.low, at, end)
    return bool(found and _pattern("classes").match(words.low, found.end(), end))


def _class(words: Words, at: int, behind: int, end: int, alone: bool = False) -> _Name:
    """A class: its nouns in a row and what qualifies them, up to the verb."""
    stop = behind
    while not alone and (found := re.compile(r"\s*,\s*|\s+và\s+").match(words.low, stop, end)):
        noun = _pattern("classes").match(words.low, found.end(), end)
        if not noun or (_next_is_name(words, noun.end(), end) and words.flat[found.end()].isupper()):
            break
        stop = noun.end()
    colon = re.compile(r"\s*:\s*").match(words.low, stop, end)
    if colon and (name := _after_colon(words, at, stop, colon.end(), end)):
        return name
    stop = _tail(words, stop, end, loose=True)
    return _Name(_shown(words, at, stop), "", at, stop, True)


def _after_colon(words: Words, at: int, stop: int, after: int, end: int) -> _Name | None:
    """ "các Sở: Y tế, Tài chính" gives "Sở Y tế" first; "các cơ quan: Văn phòng …" gives what follows."""
    shared = next(
        (word for word in words.flat[at:stop].split() if word.lower().strip(",") in table("bodies")["shared"]), None
    )
    if shared and _field_pattern().match(words.low, after, end):
        return _borrowed(words, after, end, _Name("", shared.strip(",").capitalize(), at, stop))
    core = _after_titles(words, after, end)
    named = _headed(words, core, end)
    return named if named and not named.generic else None


def _proper(words: Words, at: int, head_at: int, behind: int, end: int) -> _Name:
    """A proper name: the head, its field, capitals and the small words of names."""
    head = " ".join(words.flat[head_at:behind].split())
    low_head = " ".join(words.low[head_at:behind].split())
    space = re.compile(r"\s+").match(words.low, behind, end)
    field = _field_pattern().match(words.low, space.end(), end) if space else None
    if field and words.flat[field.start()].islower() and words.flat[head_at].isupper():
        field = None
    stop = field.end() if field else behind
    stop = _tail(words, stop, end, loose=low_head in table("bodies")["loose"])
    many = at < head_at and low_head in table("bodies")["shared"] and field is not None
    each = _EACH.search(words.flat, head_at, min(end, stop + 80))
    if each and each.start() <= stop <= each.start("name"):
        owner = f"{head} {each['noun']}"
        return _Name(f"{owner} {_shown(words, each.start('name'), each.end())}", owner, at, each.end(), borrowed=True)
    stop = _provinces(words, stop, end) if "các" in words.low[behind:stop].split() else _seat(words, stop, end)
    return _Name(_shown(words, at, stop), head, at, stop, alone=_shown(words, head_at, stop) if many else "")


@cache
def _province_list() -> re.Pattern[str]:
    said = table("places")
    names = {row["name"] for row in (*said["province"], *said["province_2025"])}
    name = rf"(?:{alternatives(name.lower() for name in names)})(?![^\W_])"
    return re.compile(rf"\s*:?\s*{name}(?:(?:\s*,\s*|\s+và\s+|\s*,\s*và\s+)(?:(?:tỉnh|thành\s+phố)\s+)?{name})+")


def _provinces(words: Words, at: int, end: int) -> int:
    """The end of the list of provinces behind "Ủy ban nhân dân các tỉnh, thành phố": one name, as printed."""
    for begin in (at, *_word_starts(words, at)):
        found = _province_list().match(words.low, begin, end)
        if found and found.end() > at:
            return found.end()
    return at


def _word_starts(words: Words, at: int) -> Iterator[int]:
    """Where the last three words before `at` begin: the first province may already be part of the name."""
    for found in list(re.compile(r"[^\W_]+").finditer(words.low, max(0, at - 30), at))[-3:]:
        yield found.start()


def _seat(words: Words, at: int, end: int) -> int:
    """The end of a body in brackets behind a name: "Trung tâm Dịch vụ việc làm (Sở Nội vụ)"."""
    bracket = re.compile(r"\s*\(([^()]{2,60})\)").match(words.low, at, end)
    if not bracket:
        return at
    inside = _headed(words, bracket.start(1), bracket.end(1))
    return bracket.end() if inside and not inside.generic and inside.end == bracket.end(1) else at


# "Ủy ban nhân dân các tỉnh: Bắc Ninh, Hưng Yên" is a committee for each.
_CAPITALS = r"[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*)*"
_PLACE = re.compile(_CAPITALS)
_EACH = re.compile(r"các\s+(?P<noun>tỉnh|xã|phường|huyện|quận)\s*:\s*(?P<name>" + _CAPITALS + ")")
_ABBREVIATED = re.compile(
    r"[A-ZĐ]{2,6}(?:\s?&\s?[A-ZĐ]{1,4})(?![^\W_])|(?:KHCN|GDĐT|VHTTDL|NNMT|TTTT|LĐTBXH|TNMT|NNPTNT|GTVT|KHĐT|DTTG)(?![^\W_])"
)


def _borrowed(words: Words, at: int, end: int, before: _Name) -> _Name | None:
    """A field without its head takes the head before it: "Sở Y tế, Tài chính" → "Sở Tài chính"."""
    if re.search(r"\s(?:tỉnh|xã|phường|huyện|quận)$", before.head):
        place = _PLACE.match(words.flat, at, end)
        return _Name(f"{before.head} {place.group()}", before.head, at, place.end(), borrowed=True) if place else None
    if not before.head or before.head.lower() not in table("bodies")["shared"]:
        return None
    field = _field_pattern().match(words.low, at, end) or _ABBREVIATED.match(words.flat, at, end)
    if not field or not words.flat[at].isupper():
        return None
    stop = _tail(words, field.end(), end, loose=False)
    return _Name(f"{before.head} {_shown(words, at, stop)}", before.head, at, stop, borrowed=True)


_TOKEN = re.compile(r"\s*([^\W_]+(?:[-/&.][^\W_]+)*|[^\w\s])")


def _tail(words: Words, at: int, end: int, loose: bool) -> int:
    """Where the name ends that has been read up to `at`."""
    stop, small, fresh = at, 0, False
    while token := _TOKEN.match(words.flat, stop, end):
        start = token.start(1)
        if not token[1][0].isalnum():
            step = _mark(words, token, end)
            if step is None:
                return stop
            stop = step
            continue
        if token[1][0].isupper() or token[1][0].isdigit():
            if _opens_sentence(words, start, stop):
                return stop
            verb = _verbs().match(words.low, start, end) if token[1][0].isupper() else None
            stop, fresh = max(token.end(1), verb.end() if verb else 0), _is_word(token[1])
            fresh = fresh and stop == token.end(1)
            continue
        step = _small_word(words, start, end, fresh or (loose and small < _LOOSE_WORDS))
        if step is None:
            return stop
        small += words.low[start:step].count(" ") + 1
        stop = step
    return stop


def _is_word(word: str) -> bool:
    """ "Kinh" or "Y" of "Kinh tế", "Y tế"; not "UBND"."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _opens_sentence(words: Words, start: int, stop: int) -> bool:
    return "." in words.flat[stop:start]


def _mark(words: Words, token: re.Match[str], end: int) -> int | None:
    """A comma between places ("các xã, phường") and a dash inside a name go on; any other mark ends the name."""
    at = token.end(1)
    if token[1] == "-":
        dash = re.compile(r"\s*[^\W\d_]").match(words.flat, at, end)
        return at if dash else None
    if token[1] != ",":
        return None
    places = alternatives(table("bodies")["places"])
    place = re.compile(rf"\s*(?:{places})(?![^\W_]|\s+(?:đoàn|ủy)(?![^\W_]))").match(words.low, at, end)
    before = re.compile(rf"(?:{alternatives(table('bodies')['places'])})$").search(
        words.low, max(0, token.start() - 12), token.start()
    )
    after = re.compile(r"\s+(\S)").match(words.flat, place.end(), end) if place else None
    if place and before and not (after and after[1].isupper() and words.flat[place.end() - 1].isupper()):
        return place.end()
    return None


def _small_word(words: Words, start: int, end: int, loose: bool) -> int | None:
    """The end of a small word that belongs to the name; None when it does not."""
    qualified = _qualifier_pattern().match(words.low, start, end)
    if qualified and (loose or "quan" in qualified.group()):
        return qualified.end()
    if words.low.startswith("và ", start) or words.low.startswith("và\n", start):
        return _and(words, start + 2, end)
    inner = _pattern("inner").match(words.low, start, end)
    verb = _verbs().match(words.low, start, end)
    if verb and not (inner and inner.end() >= verb.end()):
        return None
    if inner and not (inner.group() == "các" and not loose and not _places_follow(words, inner.end(), end)):
        return inner.end()
    word = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*").match(words.low, start, end)
    return word.end() if loose and word else None


def _places_follow(words: Words, at: int, end: int) -> bool:
    return bool(re.compile(r"\s+\S").match(words.low, at, end))


def _and(words: Words, at: int, end: int) -> int | None:
    """ "Giáo dục và Đào tạo": the name goes on when a capital follows that opens no name of its own."""
    space = re.compile(r"\s+").match(words.low, at, end)
    after = space.end() if space else at
    if after >= end or not words.flat[after].isupper():
        noun = _pattern("places").match(words.low, after, end)
        return noun.end() if noun else None
    if _after_titles(words, after, end) > after or _headed(words, after, end):
        return None
    if _pattern("people").match(words.low, after, end):
        return None
    word = re.compile(r"[^\W_]+").match(words.low, after, end)
    return word.end() if word else None


def _shown(words: Words, start: int, end: int) -> str:
    return " ".join(words.flat[start:end].split())
