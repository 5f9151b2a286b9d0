"""Reads one name of a body: a class ("các sở, ban, ngành"), a proper name ("Sở Y tế"), one that shares a head."""

from __future__ import annotations

import re
from typing import NamedTuple

from ingest.bodies_places import EACH, PLACE, place_list
from ingest.bodies_words import (
    Words,
    body_pattern,
    body_words,
    field_pattern,
    head_pattern,
    qualifier_pattern,
    verb_pattern,
    words_pattern,
)
from ingest.header_lines import UPPER
from ingest.patterns import compiled

_LOOSE_WORDS = 12


class Name(NamedTuple):
    """What is read at one place: the name as printed, its head, where it stands; `alone` without "các"."""

    said: str
    head: str
    start: int
    end: int
    generic: bool = False
    alone: str = ""
    borrowed: bool = False


def after_titles(words: Words, at: int, end: int) -> int:
    """The offset behind the titles: "Giám đốc Sở Y tế", "Thủ trưởng các cơ quan", "Trưởng ban Ban Quản lý"."""
    core = at
    if words.low.startswith("trưởng", at):
        twice = compiled(r"trưởng\s+(ban|phòng)\s+(?=\1\s|các\s)").match(words.low, at, end)
        core = twice.end() if twice else at
    while found := body_pattern("titles").match(words.low, core, end):
        after = compiled(r"\s*(?:,\s*(?=phó\s|giám\s|thủ\s)|\s(?:của\s+)?)").match(words.low, found.end(), end)
        if not after or (found.group() == "trưởng" and not _heads(words, after.end(), end)):
            break
        core = after.end()
    return core


def _heads(words: Words, at: int, end: int) -> bool:
    """A body follows "Trưởng": "Trưởng Phòng Kinh tế", "Trưởng các phòng"; not "trưởng thành"."""
    return words.low.startswith("các", at) or bool(body_pattern("proper", "kinds", "classes").match(words.low, at, end))


def title_alone(words: Words, at: int, end: int) -> Name | None:
    """ "Bộ trưởng, Thủ trưởng cơ quan ngang bộ": a title that no name follows stands for the body."""
    found = words_pattern(
        "bodies", "ranks", r"(?:các\s+)?(?!bộ\s+trưởng\s*,\s*chủ\s+nhiệm\s)(?:@)(?=\s*,|\s+và\s)"
    ).match(words.low, at, end)
    return Name(shown(words, at, found.end()), "", at, found.end()) if found else None


def read_name(words: Words, at: int, end: int) -> Name | None:
    """A name with its head: a class ("các sở, ban, ngành") or a proper name ("Sở Y tế")."""
    return name_seen(words, at, head_pattern().match(words.low, at, end), end)


def name_seen(words: Words, at: int, seen: re.Match[str] | None, end: int) -> Name | None:
    """The name at `at`, where `head_pattern` has `seen` what it begins with."""
    if seen is None or seen.lastindex is None:
        return None
    head_at = seen.end()
    if seen["det"] and seen["title"]:
        inner = after_titles(words, head_at, end)
        if inner > head_at and (name := read_name(words, inner, end)):
            return name
    if seen["false"] or (not seen["det"] and _is_verb(words, head_at, end)):
        return None
    return _by_head(words, at, seen, end)


def _by_head(words: Words, at: int, seen: re.Match[str], end: int) -> Name | None:
    """The name behind the heads that are seen: the longest that fits."""
    head_at, det, low = seen.end(), seen["det"], words.low
    kind, proper, klass = seen.end("kind"), seen.end("proper"), seen.end("class")
    if proper > 0 and proper >= kind and _next_is_name(words, proper, end):
        return _proper(words, at, head_at, proper, end)
    if det and proper > max(kind, klass) and seen["proper"] in body_words("loose"):
        return _proper(words, at, head_at, proper, end)
    if klass > 0 and (det or low[head_at:klass] not in _NEEDS_MANY or _row_follows(words, klass, end)):
        return _class(words, at, max(kind, klass), end, alone=kind > klass)
    if kind > 0 and proper <= kind:
        return _class(words, at, kind, end, alone=True)
    if proper > 0 and (det or words.flat[head_at].isupper() or seen["proper"] in body_words("loose")):
        return _proper(words, at, head_at, proper, end)
    return None


_NEEDS_MANY = ("ban", "bộ", "sở", "hội", "phòng", "cấp")


def _is_verb(words: Words, at: int, end: int) -> bool:
    """ "Tổ chức các hoạt động" opens no name."""
    if not words.low.startswith("tổ", at):
        return False
    verb = compiled(r"tổ\s+chức(?![^\W_])").match(words.low, at, end)
    return bool(verb and not _named_organisation(words, verb.end(), end))


def _named_organisation(words: Words, at: int, end: int) -> bool:
    """The noun "tổ chức" without "các": "tổ chức đảng", "tổ chức, cá nhân"."""
    follows = compiled(
        r"\s*,\s*(?:cá\s+nhân|cơ\s+quan|đơn\s+vị|đoàn\s+thể|doanh\s+nghiệp)|\s+(?:đảng|quốc\s+tế|chính\s+trị|xã\s+hội|tín\s+dụng)(?![^\W_])"
    )
    return bool(follows.match(words.low, at, end))


def _next_is_name(words: Words, at: int, end: int) -> bool:
    after = at
    while after < end and words.flat[after].isspace():
        after += 1
    return at < after < end and words.flat[after].isupper()


def _row_follows(words: Words, at: int, end: int) -> bool:
    """ "Sở, ban, ngành": a class noun goes on with another one."""
    found = compiled(r"\s*,\s*|\s+và\s+").match(words.low, at, end)
    return bool(found and body_pattern("classes").match(words.low, found.end(), end))


_LAST_NOUN = re.compile(r"(?P<noun>cơ\s+quan|đơn\s+vị|tổ\s+chức)$")
_AGAIN = re.compile(r"\s*,\s*(?P<noun>cơ\s+quan|đơn\s+vị|tổ\s+chức)(?=\s+[^\W\d_])(?!\s+(?:liên|có\s+liên))")


def _class(words: Words, at: int, behind: int, end: int, alone: bool = False) -> Name:
    """A class: its nouns in a row and what qualifies them, up to the verb."""
    nouns = behind if alone else _row_end(words, behind, end)
    colon = compiled(r"\s*:\s*").match(words.low, nouns, end)
    if colon and (name := _after_colon(words, at, nouns, colon.end(), end)):
        return name
    many = words.low.startswith("các", at)
    if not many:
        stop = _told(words, nouns, end) or _tail(words, nouns, end, loose=True)
    elif _verb_follows(words, nouns, end):
        stop = _said_again(words, at, nouns, nouns, end)
    else:
        stop = place_list(words, at, _tail(words, nouns, end, loose=True), end)
        stop = _said_again(words, at, nouns, stop, end)
    return Name(shown(words, at, stop), "", at, stop, True)


def _row_end(words: Words, stop: int, end: int) -> int:
    """The end of the nouns in a row: "sở, ban, ngành"."""
    row = words_pattern("bodies", "classes", r"(?:\s*,\s*|\s+và\s+)(?P<noun>@)(?![^\W_]|\s+trưởng\s)")
    while found := row.match(words.low, stop, end):
        if words.flat[found.start("noun")].isupper() and _next_is_name(words, found.end(), end):
            break
        stop = found.end()
    return stop


def _said_again(words: Words, at: int, nouns: int, stop: int, end: int) -> int:
    """The end of a class that says its noun again: "các cơ quan của Đảng, cơ quan nhà nước"."""
    while again := _AGAIN.match(words.low, stop, end):
        noun = _LAST_NOUN.search(words.low, max(at, nouns - 12), nouns)
        if not noun or again["noun"] != noun["noun"]:
            break
        stop = _tail(words, again.end(), end, loose=True)
    return stop


def _told(words: Words, stop: int, end: int) -> int | None:
    """The end of one body named by what it does: "cơ quan tiếp nhận hồ sơ có trách nhiệm …"."""
    does = compiled(r"\s+(?!có\s|phải\s|chịu\s)[^,;.:()]{3,60}?(?=\s(?:phải|(?:có|chịu)\s+trách\s+nhiệm)(?![^\W_]))")
    found = does.match(words.low, stop, end)
    return found.end() if found and " và " not in found.group() else None


def _after_colon(words: Words, at: int, stop: int, after: int, end: int) -> Name | None:
    """ "các Sở: Y tế, Tài chính" gives "Sở Y tế" first; "các cơ quan: Văn phòng …" gives what follows."""
    shared = next(
        (word for word in words.flat[at:stop].split() if word.lower().strip(",") in body_words("shared")), None
    )
    if shared and field_pattern().match(words.low, after, end):
        return borrowed_name(words, after, end, Name("", shared.strip(",").capitalize(), at, stop))
    noun, place = words.flat[at:stop].split()[-1], PLACE.match(words.flat, after, end)
    if place and noun.lower() in ("tỉnh", "xã", "phường", "huyện", "quận") and "," not in words.flat[at:stop]:
        return Name(f"{noun} {place.group()}", noun, at, place.end(), borrowed=True)
    core = after_titles(words, after, end)
    named = read_name(words, core, end)
    return named if named and not named.generic else None


# "Sở Y tế / Sở Xây dựng" in one cell: where the next name begins.
_OTHER_HEAD = re.compile(r"\s+(?=(?:Sở|Bộ|UBND|Ủy ban nhân dân|Công an|Văn phòng)\s)")


def _proper(words: Words, at: int, head_at: int, behind: int, end: int) -> Name:
    """A proper name: the head, its field, capitals and the small words of names."""
    head = " ".join(words.flat[head_at:behind].split())
    low_head = " ".join(words.low[head_at:behind].split())
    field = words_pattern("bodies", "fields", r"\s+(?P<field>@)(?![^\W_])").match(words.low, behind, end)
    if field and words.flat[field.start("field")].islower() and words.flat[head_at].isupper():
        field = None if " " not in low_head or verb_pattern().match(words.low, field.start("field"), end) else field
    stop = field.end() if field else behind
    if not field or not _verb_follows(words, stop, end):
        stop = _tail(words, stop, end, loose=low_head in body_words("loose"))
        if low_head in ("sở", "bộ") and (other := _OTHER_HEAD.search(words.flat, behind, stop)):
            stop = other.start()
    many = field is not None and at < head_at and low_head in body_words("shared")
    if words.low.find("các", head_at, stop + 3) >= 0:
        each = EACH.search(words.flat, head_at, min(end, stop + 80))
        if each and each.start() <= stop <= each.start("name"):
            owner = f"{head} {each['noun']}"
            return Name(f"{owner} {shown(words, each.start('name'), each.end())}", owner, at, each.end(), borrowed=True)
    several = words.low.find("các", behind, stop) >= 0 and "các" in words.low[behind:stop].split()
    stop = place_list(words, behind, stop, end) if several else _seat(words, stop, end)
    return Name(shown(words, at, stop), head, at, stop, alone=shown(words, head_at, stop) if many else "")


def _verb_follows(words: Words, at: int, end: int) -> bool:
    """A name that is whole stands on a line of its own, and the order begins on the next: "Sở Y tế / Quản lý …"."""
    space = compiled(rf"\s+(?={UPPER})").match(words.flat, at, end)
    return bool(space and verb_pattern().match(words.low, space.end(), end))


def _seat(words: Words, at: int, end: int) -> int:
    """The end of a body in brackets behind a name: "Trung tâm Dịch vụ việc làm (Sở Nội vụ)"."""
    bracket = compiled(r"\s*\(([^()]{2,60})\)").match(words.low, at, end)
    if not bracket:
        return at
    if words.low.startswith(("cơ quan", "đơn vị", "thường trực"), bracket.start(1)):
        return at
    inside = read_name(words, bracket.start(1), bracket.end(1))
    return bracket.end() if inside and not inside.generic and inside.end == bracket.end(1) else at


_ABBREVIATED = re.compile(
    r"[A-ZĐ]{2,6}(?:\s?&\s?[A-ZĐ]{1,4})(?![^\W_])|(?:KHCN|GDĐT|VHTTDL|NNMT|TTTT|LĐTBXH|TNMT|NNPTNT|GTVT|KHĐT|DTTG)(?![^\W_])"
)


def borrowed_name(words: Words, at: int, end: int, before: Name) -> Name | None:
    """A field without its head takes the head before it: "Sở Y tế, Tài chính" → "Sở Tài chính"."""
    if re.search(r"(?:^|\s)(?:tỉnh|xã|phường|huyện|quận)$", before.head):
        place = PLACE.match(words.flat, at, end)
        return Name(f"{before.head} {place.group()}", before.head, at, place.end(), borrowed=True) if place else None
    if not before.head or before.head.lower() not in body_words("shared"):
        return None
    field = field_pattern().match(words.low, at, end) or _ABBREVIATED.match(words.flat, at, end)
    if not field or not words.flat[at].isupper():
        return None
    stop = _tail(words, field.end(), end, loose=False)
    return Name(f"{before.head} {shown(words, at, stop)}", before.head, at, stop, borrowed=True)


_TOKEN = re.compile(r"\s*([^\W_]+(?:[-/&.][^\W_]+)*|[^\w\s])")


def _tail(words: Words, at: int, end: int, loose: bool) -> int:
    """Where the name ends that has been read up to `at`."""
    stop, small, fresh = at, 0, False
    while token := _TOKEN.match(words.flat, stop, end):
        start, word = token.start(1), token[1]
        if not word[0].isalnum():
            step = _mark(words, token, end)
            if step is None:
                return stop
            stop = step
            continue
        if word[0].isupper() and (field := _whole_field(words, start, end)):
            stop, fresh = field, False
            continue
        if word[0].isupper() or word[0].isdigit():
            verb = verb_pattern().match(words.low, start, end) if word[0].isupper() else None
            stop = max(token.end(), verb.end() if verb else 0)
            fresh = stop == token.end() and _is_word(word)
            continue
        step = _small_word(words, start, end, fresh or (loose and small < _LOOSE_WORDS))
        if step is None:
            return stop
        small += words.low[start:step].count(" ") + 1
        stop = step
    return stop


def _whole_field(words: Words, at: int, end: int) -> int | None:
    """The end of a field that a comma or "và" runs through: "các đơn vị thuộc Sở Giáo dục và Đào tạo"."""
    field = field_pattern().match(words.low, at, end)
    joined = field and compiled(r",|\svà\s").search(words.low, at, field.end())
    return field.end() if field and joined else None


def _is_word(word: str) -> bool:
    """ "Kinh" or "Y" of "Kinh tế", "Y tế"; not "UBND"."""
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


# "TP. Hồ Chí Minh", "TX. Cửa Lò": the full stop of a shortened place.
_SHORT_PLACE = re.compile(r"(?<![^\W_])t[pxt]$")


def _mark(words: Words, token: re.Match[str], end: int) -> int | None:
    """A comma between places ("các xã, phường") and a dash inside a name go on; any other mark ends the name."""
    at = token.end(1)
    if token[1] == "." and _SHORT_PLACE.search(words.low, max(0, token.start() - 3), token.start(1)):
        return at
    if token[1] == "&" and compiled(r"\s*[A-ZĐ]").match(words.flat, at, end):
        return at
    if token[1] == "/":
        other = words_pattern("bodies", "places", r"(?:@)\s?/\s?(?:@)(?![^\W_])")
        both = other.search(words.low, max(0, token.start(1) - 12), end)
        return both.end() if both and both.start() < token.start(1) < both.end() else None
    if token[1] == "-":
        dash = compiled(r"\s*(?!(?:Sở|Bộ|UBND|Ủy ban|Công an|Trường|Trung tâm|Chi cục|Cục|[Cc]ác)\s)[^\W\d_]")
        return at if dash.match(words.flat, at, end) else None
    if token[1] != ",":
        return None
    place = words_pattern("bodies", "places", r"\s*(?:@)(?![^\W_]|\s+(?:đoàn|ủy)(?![^\W_]))").match(words.low, at, end)
    tail = words_pattern("bodies", "places", r"(?:@)$")
    before = tail.search(words.low, max(0, token.start() - 12), token.start())
    after = compiled(r"\s+(\S)").match(words.flat, place.end(), end) if place else None
    if place and before and not (after and after[1].isupper() and words.flat[place.end() - 1].isupper()):
        return place.end()
    return None


def _small_word(words: Words, start: int, end: int, loose: bool) -> int | None:
    """The end of a small word that belongs to the name; None when it does not."""
    qualified = qualifier_pattern().match(words.low, start, end)
    if qualified and (loose or _points_back(qualified.group())):
        return qualified.end()
    if words.low.startswith(("và ", "và\n"), start):
        return _and(words, start + 2, end)
    inner = body_pattern("inner").match(words.low, start, end)
    if not inner and not loose:
        return None
    verb = verb_pattern().match(words.low, start, end)
    if verb and not (inner and inner.end() >= verb.end()):
        return None
    if inner and not (inner.group() == "các" and not loose and not _places_follow(words, inner.end(), end)):
        return inner.end()
    word = compiled(r"[^\W_]+(?:[-/][^\W_]+)*").match(words.low, start, end)
    return word.end() if loose and word else None


_BEHIND = ("ở ", "có ", "nơi có ", "trong ", "từ ", "ven biển", "miền núi")


def _points_back(said: str) -> bool:
    """Words that go with any name: "liên quan", "có …", "Ủy ban nhân dân các tỉnh nêu trên"."""
    return "quan" in said or said.startswith(_BEHIND) or said.endswith("trên")


def _places_follow(words: Words, at: int, end: int) -> bool:
    return bool(compiled(r"\s+\S").match(words.low, at, end))


def _and(words: Words, at: int, end: int) -> int | None:
    """ "Giáo dục và Đào tạo": the name goes on when a capital follows that opens no name of its own."""
    space = compiled(r"\s+").match(words.low, at, end)
    after = space.end() if space else at
    if after >= end or not words.flat[after].isupper():
        noun = body_pattern("places").match(words.low, after, end)
        return noun.end() if noun else None
    if after_titles(words, after, end) > after or read_name(words, after, end):
        return None
    if body_pattern("people").match(words.low, after, end):
        return None
    word = compiled(r"[^\W_]+").match(words.low, after, end)
    return word.end() if word else None


def shown(words: Words, start: int, end: int) -> str:
    """The name as printed, on one line: "tổ chức đảng ,\n cơ quan" → "tổ chức đảng, cơ quan"."""
    said = " ".join(words.flat[start:end].split())
    return said.replace(" ,", ",").replace(" ;", ";").replace(" )", ")")
