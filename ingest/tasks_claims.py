"""Finds in a sentence who is told to act: "giao Sở Y tế …", "Sở Y tế chủ trì …", "…, đề nghị các sở …"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ingest.bodies import Bodies, read_bodies
from ingest.bodies_words import Words, words_pattern
from ingest.clean import fold
from ingest.header_lines import UPPER
from ingest.patterns import compiled
from ingest.tables import table
from ingest.tasks_marks import cue_pattern, hands_out, has_cue, last_sign, order_words, quiet, sentences

_REACH = 600
_CUT = re.compile(rf"[;(]\s*(?:đồng\s+thời,?\s+)?|:\s+(?={UPPER})")
_CUT_OR_COMMA = re.compile(rf"{_CUT.pattern}|,\s*")
_POLITE = r"(?:(?:trân\s+trọng(?:\s+cảm\s+ơn)?(?:\s+và)?|cũng|có\s+ý\s+kiến)\s+)?"


class Claim(NamedTuple):
    """Bodies told to act: `start` where the clause begins, `named` where names or cue begin, `after` where they end."""

    start: int
    named: int
    after: int
    lead: tuple[str, ...]
    request: bool = False
    handed: bool = False
    helpers: tuple[str, ...] = ()


def imperative(words: Words, start: int, end: int) -> bool:
    """Whether a sentence without a body orders: "Rà soát …", "Trên cơ sở …, xây dựng …"."""
    verbs = order_words("verbs", "duty", "item_verbs")
    if verbs.match(words.low, start, end):
        return True
    topic = compiled(rf"[^:.;]{{3,120}}:\s+(?={UPPER})|Về\s[^:.;]{{3,120}}:\s+").match(words.flat, start, end)
    if topic and verbs.match(words.low, topic.end(), end):
        return True
    if not fronted(words, start, end):
        return False
    commas = compiled(r",\s+").finditer(words.low, start, min(end, start + _REACH))
    return any(verbs.match(words.low, comma.end(), end) for comma in commas)


def acts(words: Words, at: int, end: int) -> bool:
    """Whether the words at `at` open a duty: "chủ trì …", "có trách nhiệm …", "tiếp tục …"."""
    at = _past(r"[\s,]*", words, at, end)
    if _no_act().match(words.low, at, end):
        return False
    return bool(order_words("duty", "verbs", "openers").match(words.low, at, end))


@cache
def _no_act() -> re.Pattern[str]:
    return re.compile(table("tasks")["no_act"])


def claims(words: Words, start: int, end: int, issuer: str | None) -> list[Claim]:
    """Every body or list of bodies that the span tells to act, in order."""
    key = "claims", start, end, issuer
    if key not in words.read:
        words.read[key] = _claims(words, start, end, issuer)
    found: list[Claim] = words.read[key]
    return found


def _claims(words: Words, start: int, end: int, issuer: str | None) -> list[Claim]:
    found: list[Claim] = []
    for first, last in sentences(words, start, end):
        if quiet(words, first, last):
            continue
        opened = _claim(words, first, last, issuer)
        later = _later(words, opened.after if opened else first, last, issuer, bool(opened))
        told = [opened, *later] if opened else later
        if not told:
            continue
        told_of = _narrates(words, first, last) or (not opened and _past_deeds(words, first, last))
        found += [claim for claim in told if claim.handed] if told_of else told
    return found


def _narrates(words: Words, start: int, end: int) -> bool:
    """ "Tại cuộc họp, Sở Y tế báo cáo …": what was said at a meeting."""
    return bool(compiled(table("tasks")["narrative"]).match(words.low, start, end))


def _past_deeds(words: Words, start: int, end: int) -> bool:
    """ "Các địa phương đã triển khai; Sở Y tế thực hiện tốt …": what was done."""
    bodies = read_bodies(words, _opened(words, start, end), end)
    deed = compiled(r"\s+(?:đã|vẫn\s+còn|luôn)\s+(?!được)")
    return bool(bodies and deed.match(words.low, bodies.end, end))


def _later(words: Words, start: int, end: int, issuer: str | None, opened: bool) -> list[Claim]:
    """Further clauses of a sentence: after a semicolon, in brackets, and after a comma where a duty follows."""
    last = _last_duty(words, start, end) if opened else last_sign(words, start, end)
    if last < start:
        return []
    found: list[Claim] = []
    at = start
    for cut in (_CUT_OR_COMMA if opened else _CUT).finditer(words.flat, start, end):
        if cut.end() < at:
            continue
        if cut.start() > last:
            break
        mark = cut.group()[0]
        bodies = read_bodies(words, cut.end(), end) if mark in ";," else None
        claim = _dutiful(words, bodies, end) if mark == "," else _clause(words, cut, end, issuer, opened)
        if claim and not opened:
            return [claim, *_later(words, claim.after, end, issuer, True)]
        if claim:
            found.append(claim)
        # A list that was opened in vain is not read again from its next mark.
        at = claim.after if claim else bodies.end if bodies else at
    return found


def _last_duty(words: Words, start: int, end: int) -> int:
    """Up to where a further clause could tell bodies to act, once one has: behind a comma they have "trách nhiệm"."""
    return max(words.low.rfind(sign, start, end) for sign in ("trách", ";", "("))


def _dutiful(words: Words, bodies: Bodies | None, end: int) -> Claim | None:
    """Bodies behind a comma, told to act by "có trách nhiệm"."""
    if bodies is None:
        return None
    duty = compiled(r"\s+(?:có|chịu)\s+trách\s+nhiệm(?![^\W_])").match(words.low, bodies.end, end)
    return Claim(bodies.start, bodies.start, bodies.end, bodies.names) if duty else None


def _clause(words: Words, cut: re.Match[str], end: int, issuer: str | None, opened: bool) -> Claim | None:
    mark, at = cut.group()[0], cut.end()
    if mark == "(":
        return _handed(words, at, at, end) if cue_pattern().match(words.low, at, end) else None
    if mark == ";":
        claim = _claim(words, at, end, issuer)
        later = claim is not None and words.low.find(";", at, claim.named) >= 0
        return claim if claim and not later and _firm(words, claim, end) and not _helps(words, cut, end) else None
    return None if opened else _claim(words, at, end, issuer)


def _helps(words: Words, cut: re.Match[str], end: int) -> bool:
    """Names behind a semicolon that still help: "phối hợp với Sở A; Sở B rà soát", "Sở A chủ trì; Sở B phối hợp"."""
    before = words.low[max(0, cut.start() - _REACH) : cut.start()]
    cue = before.rfind("phối hợp")
    at = cut.start() - len(before) + cue if cue >= 0 else -1
    if at >= 0 and _listed_to(words, at, cut.start(), end):
        return True
    bodies = read_bodies(words, cut.end(), end) if compiled(r"chủ\s+trì$").search(before) else None
    return bool(bodies and compiled(r"\s+(?:cùng\s+)?phối\s+hợp").match(words.low, bodies.end, end))


def _listed_to(words: Words, cue: int, mark: int, end: int) -> bool:
    """The list of those who help runs on over a mark, up to the verb of the one who leads."""
    start = _past(r"phối\s+hợp(?:\s+(?:chặt\s+chẽ|cùng))*\s+(?:với\s+)?", words, cue, end)
    first = read_bodies(words, start, mark)
    if not first or first.end != mark:
        return False
    whole = read_bodies(words, start, end)
    duty = compiled(r"\s+(?:chủ\s+trì|có|chịu)(?![^\W_])|\s*:")
    return bool(whole and whole.end > mark and not duty.match(words.low, whole.end, end))


def _firm(words: Words, claim: Claim, end: int) -> bool:
    return acts(words, claim.after, end) or words.low[claim.after : claim.after + 1] == ":"


def _claim(words: Words, start: int, end: int, issuer: str | None) -> Claim | None:
    """The claim that opens a sentence or clause."""
    start = _opened(words, start, end)
    direct = _direct(words, start, start, end, issuer) or _concerning(words, start, end)
    if direct:
        return direct
    inside = _anywhere(words, start, end)
    stop = inside.named if inside else end
    reach = min(stop, start + _REACH)
    there = words.low.find("thì", start, reach) > 0
    then = compiled(r"[,;]?\s+thì\s+").search(words.low, start, reach) if there else None
    claim = _direct(words, start, then.end(), end, issuer) if then else None
    if claim or not fronted(words, start, end):
        return claim or inside
    for comma in _joints().finditer(words.low, start, reach):
        claim = _direct(words, start, comma.end(), end, issuer)
        goes_on = claim and _goes_on(words, claim.after, end) and not _in_class(words, start, comma)
        if claim and goes_on and not _in_title(words, start, claim, end):
            return claim
    return inside


def _individuals(bodies: Bodies) -> bool:
    people = words_pattern("tasks", "individuals", "@")
    return all(people.match(name.lower()) for name in bodies.names)


def _concerning(words: Words, start: int, end: int) -> Claim | None:
    """ "Đối với Sở Y tế: khẩn trương …", "Về phía các địa phương, cần …"."""
    front = words_pattern("tasks", "heading_fronts", r"(?:@)\s+").match(words.low, start, end)
    bodies = read_bodies(words, front.end(), end) if front else None
    goes = bodies and compiled(r"\s*(?::\s*|,\s*(?=(?:cần|phải|đề\s+nghị|yêu\s+cầu)\s))").match(
        words.low, bodies.end, end
    )
    if not bodies or not goes or _individuals(bodies):
        return None
    if not order_words("verbs", "duty").match(words.low, goes.end(), end):
        return None
    return Claim(start, start, bodies.end, bodies.names, helpers=bodies.helpers)


@cache
def _joints() -> re.Pattern[str]:
    """Where the bodies may follow in a sentence that names something else first."""
    return words_pattern("tasks", "troubles", r"[,;:]\s+(?:thì\s+)?|(?:@)\s+(?=[^\W_])")


def _goes_on(words: Words, at: int, end: int) -> bool:
    """A duty, or a colon with the orders behind it."""
    behind = _past(r"\s*(?:\([^()]{0,200}\))?\s*", words, at, end)
    return words.low[behind : behind + 1] == ":" or acts(words, behind, end)


def fronted(words: Words, start: int, end: int) -> bool:
    """ "Trong quá trình thực hiện, …": what stands before the bodies; not a verb: "Theo dõi …"."""
    front = order_words("fronts").match(words.low, start, end)
    if not front or order_words("no_fronts").match(words.low, start, end):
        return False
    verb = order_words("verbs").match(words.low, start, end)
    return not verb or verb.end() <= front.end()


def _in_title(words: Words, start: int, claim: Claim, end: int) -> bool:
    """The bodies issued a document that the sentence cites: "theo Thông tư số 12 … của Bộ X, Bộ Y hướng dẫn …"."""
    verb = order_words("titled").match(words.low, _past(r"\s*", words, claim.after, end), end)
    return bool(verb and compiled(r"\ssố\s+\d[^;]*\scủa\s").search(words.low, start, claim.named))


def _in_class(words: Words, start: int, comma: re.Match[str]) -> bool:
    """The comma stands inside a class: "các cơ quan, đơn vị"."""
    before = words.low[max(start, comma.start() - 16) : comma.start()].rstrip()
    small = words.flat[comma.end() : comma.end() + 1].islower()
    after = words_pattern("bodies", "classes", "@").match(words.low, comma.end())
    return bool(small and after and words_pattern("bodies", "classes", r"(?:^|\s)(?:@)$").search(before))


def _direct(words: Words, start: int, at: int, end: int, issuer: str | None) -> Claim | None:
    """A cue with bodies, or bodies with a duty, right at `at`."""
    handed = _handed(words, start, at, end)
    if handed:
        return handed
    bodies = read_bodies(words, at, end)
    if not bodies:
        return None
    behind = _past(r"\s*(?:\([^()]{0,200}\))?\s*", words, bodies.end, end)
    runs_in = words.low[behind : behind + 1] == ":" and bool(_told(words.flat[behind + 1 : end]))
    does = runs_in or acts(words, behind, end)
    cued = has_cue(words, bodies.end, end)
    if not does and not cued:
        return None
    polite = _past(_POLITE, words, behind, end)
    cue = cue_pattern().match(words.low, polite, end) if cued else None
    if cue and (handed := _handed(words, start, polite, end)):
        return handed
    if cue and (words.low[cue.end() : end].lstrip().startswith(":") or _calls(words, cue, end)):
        return None
    if _individuals(bodies):
        return None
    if runs_in and (bodies.names[-1].lower() == "đơn vị" or _no_act().match(words.low, behind, end)):
        return None
    if _is_issuer(bodies.names, issuer) and not runs_in and not _performs(words, behind, end):
        return _anywhere(words, bodies.end, end, ("và",))
    return Claim(start, at, bodies.end, bodies.names, helpers=bodies.helpers) if does else None


_FIGURE = re.compile(r"\s*\d(?!\d?[.)]\s)")


def _told(said: str) -> bool:
    """Whether orders follow a colon: not nothing, and no figure or telephone number."""
    return bool(said.strip()) and not _FIGURE.match(said)


def _calls(words: Words, cue: re.Match[str], end: int) -> bool:
    """ "Ban Thường vụ Tỉnh ủy yêu cầu thực hiện tốt …": the body calls for something and is told nothing itself."""
    return cue.group() == "yêu cầu" and acts(words, cue.end(), end)


def _handed(words: Words, start: int, at: int, end: int) -> Claim | None:
    """ "giao Sở Y tế …", "đề nghị: các sở"; None when no body follows the cue."""
    cue = cue_pattern().match(words.low, at, end)
    if not cue:
        return None
    behind = _past(r"\s*:?\s*", words, cue.end(), end)
    bodies = read_bodies(words, behind, end)
    if not bodies:
        return None
    said = " ".join(cue.group().split())
    return Claim(start, at, bodies.end, bodies.names, said in table("tasks")["request"], True, bodies.helpers)


def _anywhere(words: Words, start: int, end: int, allowed: tuple[str, ...] = ()) -> Claim | None:
    """A cue inside a sentence that names nobody first: "…, nếu có vướng mắc đề nghị các cơ quan phản ánh"."""
    end_of_cues = min(end, start + 3 * _REACH)
    if not hands_out(words, start, end_of_cues):
        return None
    for cue in cue_pattern().finditer(words.low, start, end_of_cues):
        before = words.low[max(start, cue.start() - 24) : cue.start()]
        if before and not before[-1].isspace() and before[-1] not in '(“"':
            continue
        barred = words_pattern("tasks", "cue_not_after", r"(?:^|\s)(@)\s+$").search(before)
        if barred and barred[1] not in allowed:
            continue
        handed = _handed(words, start, cue.start(), end)
        if handed and _goes_on(words, handed.after, end):
            return Claim(handed.start, cue.start(), handed.after, handed.lead, handed.request, True, handed.helpers)
    return None


def _performs(words: Words, at: int, end: int) -> bool:
    """The issuer names itself for a step: "Thành phố tổ chức trao tặng …"; not "… ban hành Kế hoạch"."""
    return bool(order_words("performs").match(words.low, _past(r"[\s,]*", words, at, end), end))


def _is_issuer(names: tuple[str, ...], issuer: str | None) -> bool:
    """The document speaks of its own issuer: "Ủy ban nhân dân tỉnh ban hành Kế hoạch …"."""
    own = _folded(issuer or "")
    return bool(own) and all(len(name) > 5 and _folded(name) in own for name in names)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    """A name to compare by, its abbreviations written out: "UBND tỉnh" is the Ủy ban nhân dân tỉnh."""
    return fold(name).replace("ubnd", "uy ban nhan dan").replace("hdnd", "hoi dong nhan dan")


def _opened(words: Words, at: int, end: int) -> int:
    """Where the words begin, spaces and opening marks passed."""
    while at < end and (words.low[at] in ' “"*' or words.low[at].isspace()):
        at += 1
    return at


def _past(pattern: str, words: Words, at: int, end: int) -> int:
    found = compiled(pattern).match(words.low, at, end)
    return found.end() if found else at


# Words behind which helpers are named; each is found by its letters.
_WITH = (
    re.compile(r"phối\s+hợp(?![^\W_])"),
    re.compile(r"cùng(?:(?<=\scùng)\s+với(?![^\W_])|(?<=[a-zà-ỹ,]\scùng)(?=\s+(?:các|sở|bộ|ban|ubnd|ủy\s+ban)\s))"),
)


def coordinating(words: Words, start: int, end: int, lead: tuple[str, ...]) -> tuple[str, ...]:
    """The bodies to work with: "phối hợp chặt chẽ với Sở Tài chính và các cơ quan liên quan rà soát …"."""
    said = list(_after_leader(words, start, end, lead))
    for behind in sorted([cue.end() for word in _WITH for cue in word.finditer(words.low, start, end)]):
        bodies = _partners(words, behind, end)
        for name in bodies:
            if _folded(name) not in {_folded(other) for other in (*said, *lead)}:
                said.append(name)
    return tuple(said)


def _after_leader(words: Words, start: int, end: int, lead: tuple[str, ...]) -> tuple[str, ...]:
    """Those who stand behind the one who leads: "Sở A chủ trì; Sở B, Sở C phối hợp …"."""
    if words.low.find("chủ", start, min(end, start + _REACH)) < 0:
        return ()
    led = compiled(r"chủ\s+trì\s*[,;]\s+").search(words.low, start, min(end, start + _REACH))
    bodies = read_bodies(words, led.end(), end) if led else None
    works = bodies and compiled(r"\s+(?:cùng\s+)?phối\s+hợp").match(words.low, bodies.end, end)
    return tuple(name for name in bodies.names if name not in lead) if bodies and works else ()


def _partners(words: Words, at: int, end: int) -> tuple[str, ...]:
    adverb = _past(
        r"\s*(?:[,:]\s*)?(?:(?:chặt\s+chẽ|tích\s+cực|đồng\s+bộ|thường\s+xuyên|cùng|với|hiệu\s+quả|,)\s*)*",
        words,
        at,
        end,
    )
    bodies = read_bodies(words, adverb, end)
    if bodies:
        return bodies.names + bodies.helpers
    helped = compiled(r"\s*,\s*hỗ\s+trợ\s+").match(words.low, at, end)
    far = compiled(r"[^.;:]{0,80}?\s(?:với|cùng)\s+").match(words.low, at, end)
    for found in (helped, far):
        bodies = read_bodies(words, found.end(), end) if found else None
        if bodies:
            return bodies.names + bodies.helpers
    return ()
