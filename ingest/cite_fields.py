"""What is printed beside a mention: date, issuer, term and subject to its right, the issuer to its left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ingest.cite_bodies import BLANK_LINE, Body, Where, read_body
from ingest.cite_dates import read_date
from ingest.cite_found import Found
from ingest.clean import Text, fold, fold_name
from ingest.patterns import compiled
from ingest.tables import table

_MOST_STEPS = 9
_LEFT = 90
_SUBJECT = 400
_TITLE = 260


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields read beside one mention; `end` is where the reading stopped and a title may begin."""

    end: int
    date: str | None = None
    issuer: str | None = None
    term: str | None = None


@cache
def _steps() -> dict[str, re.Pattern[str]]:
    """What may stand between a number and its title, over the folded view."""
    return {
        "skip": re.compile(
            r"[\s,(:]{0,12}(?:(?:da |duoc |vua ){0,2}\s{0,3}(?:quoc hoi(?:\s[^;.:()]{0,100})?\s{1,4}(?=thong qua))?"
            r"(?:(?:ky )?ban hanh|thong qua|ky)\s{1,4}(?=ngay|thang))?"
        ),
        "of": compiled(r"(?:cua|do|giua|boi)\s{1,4}(?:cac\s{1,4})?"),
        "term": compiled(r"\(?\s{0,2}(?:khoa|lan\s{1,3}thu|dai\s{1,3}hoi)\s{1,4}([ivxlc]{1,6}|\d{1,2})(?!\w)\)?"),
        "meeting": compiled(
            r"cua\s{1,4}hoi\s{1,4}nghi\s{1,4}trung\s{1,4}uong\s{1,4}(?:lan\s{1,4}thu\s{1,4})?(?:\d{1,2}|[a-z]+)(?!\w)"
        ),
        "session": re.compile(
            r"(?:tai\s{1,4})?"
            r"(?:hoi nghi\s{1,4}trung\s{1,4}uong\s{1,4}(?:lan\s{1,4}thu\s{1,4})?(?:\d{1,2}|[a-z]+)(?!\w)"
            r"|(?:ky hop|hoi nghi|nhiem ky)\s{1,4}(?:lan\s{1,4}thu|thu|lan)?\s{0,4}"
            r"(?:[ivxlc]+|[\d\s-]{1,12}|[a-z]+)(?!\w))"
        ),
    }


def read_right(text: Text, at: int, stop: int, where: Where) -> Fields:
    """The fields that follow `at`, up to `stop`: ", ngày 26/01/2018 của Ban Chấp hành Đảng bộ tỉnh (Khóa XIII)"."""
    steps, date, issuer, term, held = _steps(), None, None, None, False
    for _ in range(_MOST_STEPS):
        skipped = steps["skip"].match(text.folded, at, stop)
        parted = skipped is not None and "," in skipped[0] and not held
        before, at = at, skipped.end() if skipped else at
        if at >= stop or (text.flat[at].isupper() and BLANK_LINE.search(text.clean, before, at)):
            break
        told = read_date(text, at) if date is None else None
        if told and told.end <= stop:
            date, at = told.iso if "-" in told.iso else None, told.end
            continue
        spoken = steps["term"].match(text.folded, at, stop)
        if spoken:
            term, at = term or spoken[1].upper(), spoken.end()
            continue
        session = steps["session"].match(text.folded, at, stop)
        if session:  # "Kỳ họp thứ 3, Quốc hội khóa XV": who met follows
            at, held = session.end(), True
            continue
        body = _body(text, at, where, parted) if issuer is None else None
        meeting = steps["meeting"].match(text.folded, at, stop) if body is None else None
        if meeting:
            at = meeting.end()
            continue
        if body is None or body.end > stop:
            break
        issuer, at = body.name, body.end
        at = _closed(text, at)
    return Fields(at, date, issuer, term)


def _closed(text: Text, at: int) -> int:
    return at + 1 if text.flat.startswith(")", at) else at


def _body(text: Text, at: int, where: Where, parted: bool) -> Body | None:
    """The issuer after "của"; without it only where no comma parts it: "…, Ủy ban nhân dân tỉnh yêu cầu" goes on."""
    word = _steps()["of"].match(text.folded, at)
    if word:
        session = _steps()["session"].match(text.folded, word.end())
        if session:
            return _body_after(text, session.end(), where)
        grouped = _GROUPS.match(text.folded, word.end())
        known = None if grouped else read_body(text, word.end(), where)
        return known or _unknown_body(text, word.end())
    return read_body(text, at, where) if not parted and text.flat[at : at + 1].isupper() else None


def _body_after(text: Text, at: int, where: Where) -> Body | None:
    """The body that held a meeting: "Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng"."""
    blank = compiled(r"[\s,]{1,4}(?:cua\s{1,4})?").match(text.folded, at)
    return read_body(text, blank.end(), where) if blank else None


@cache
def _title_words() -> re.Pattern[str]:
    """Where the name of an unknown body ends: at a stop, or at a word that begins a title."""
    words = _alternatives("words", "other")
    return re.compile(rf"[,;.()\[\]\"“”:]|(?<!\w)(?:{words})(?!\w)|(?<!\w)ngay\s")


def _alternatives(*lists: str) -> str:
    words = [fold(word) for name in lists for word in table("forms")["title"][name]]
    return "|".join(r"\s{1,3}".join(map(re.escape, word.split())) for word in words)


_GROUPS = re.compile(r"(?:ban chi dao|to giup viec|to cong tac)(?!\w)")


def _unknown_body(text: Text, at: int) -> Body | None:
    """A body by its shape: capital words after "của" up to the title; a steering committee keeps its "về …"."""
    if not text.flat[at : at + 1].isupper():
        return None
    stop = _title_words().search(text.folded, at, at + 120)
    end = stop.start() if stop else min(at + 80, len(text.flat))
    if _GROUPS.match(text.folded, at) and stop and stop[0] == "ve" and " cua " not in text.folded[at:end]:
        further = re.compile(
            r"[;.()]|(?<!\w)(?:thong\s{1,3}bao|quy\s{1,3}dinh|phe\s{1,3}duyet|ban\s{1,3}hanh)(?!\w)"
        ).search(text.folded, end, at + 200)
        end = further.start() if further else end
    name = " ".join(text.flat[at:end].split())
    return Body(name, end) if len(name) > 4 else None


_TIED = re.compile(r"(?:tai|trong|hanh|co|ra|ky|:)(?:\s{1,4}(?:cac|so))?[\s:]{0,5}\Z")
_TIE = re.compile(
    r"(?:\s*\(?khoa\s{1,4}[ivxl]{1,6}\)?)?[\s:]*(?:(?:tai|trong|da|vua|co|ban|hanh|ra|ky|cac|so|:)[\s:]*)+"
)
_FIRST = re.compile(r"[btuhcgdqs](?<!\w\w)")


def read_left(text: Text, start: int, floor: int, where: Where) -> str | None:
    """The issuer named before a mention: "chỉ đạo của Bộ Chính trị tại" before "Kết luận số 132-KL/TW"."""
    begin = max(floor, start - _LEFT)
    if not _TIED.search(text.folded[max(begin, start - 16) : start]):
        return None
    for first in _FIRST.finditer(text.folded, begin, start):
        at = first.start()
        body = read_body(text, at, where) if text.flat[at].isupper() else None
        if body and body.end <= start and _TIE.fullmatch(text.folded, body.end, start):
            return body.name
    return None


def read_bracketed(text: Text, start: int, names: tuple[str, ...], where: Where) -> str | None:
    """The issuer before the bracket of a mention, one of `names`: "UBND tỉnh Hưng Yên (văn bản số 84/BC-UBND"."""
    bracket = len(text.flat[:start].rstrip()) - 1
    if text.flat[bracket : bracket + 1] != "(":
        return None
    for first in _FIRST.finditer(text.folded, max(0, bracket - _LEFT), bracket):
        body = read_body(text, first.start(), where) if text.flat[first.start()].isupper() else None
        if body and body.end <= bracket and not text.flat[body.end : bracket].strip():
            return body.name if body.name.startswith(names) else None
    return None


@cache
def _dated_left() -> re.Pattern[str]:
    issued = r"(?:da\s{1,4})?(?:thong\s{1,3}qua|ban\s{1,3}hanh|ra|ky)\s{1,4}(?:ban\s{1,3}hanh\s{1,4})?"
    return re.compile(rf"ngay\s{{1,4}}[^;.]{{6,34}},\s{{0,4}}(?:[^;.,]{{3,40}}\s)?{issued}\Z")


def read_date_left(text: Text, start: int) -> str | None:
    """The date of a sentence that tells the issue: "Ngày 16/6/2025, Quốc hội đã thông qua" before a law."""
    begin = max(0, start - 110)
    window = text.folded[begin:start]
    if not window.rstrip().endswith(("qua", "hanh", " ra", " ky")):
        return None
    found = _dated_left().search(window)
    date = read_date(text, begin + found.start()) if found else None
    return date.iso if date and len(date.iso) == 10 else None


@cache
def _title_start() -> re.Pattern[str]:
    return re.compile(rf"\s{{0,4}}\"?(?:{_alternatives('words')})(?!\w)")


_ABOUT = re.compile(r"(?i)\A(?:về\s+việc|về|v/v)\s+")
_TITLE_END = re.compile(r"[;)]|\.(?:\s|\Z)|\n\s{0,20}\n")


@cache
def _titled() -> re.Pattern[str]:
    return compiled(r"(?<!\w)cua\s{1,4}")


def read_title_body(text: Text, start: int, kind: str | None, where: Where) -> str | None:
    """The body of a title before its number in brackets: "Tờ trình của Đảng ủy Chính phủ … (Tờ trình số 03-TTr/ĐU)"."""
    if not kind or not text.flat[max(0, start - 6) : start].rstrip().endswith("("):
        return None
    begin = max(0, start - _TITLE)
    title = text.folded.rfind(fold_name(kind), begin, start - 1)
    of = _titled().match(text.folded, title + len(kind) + 1) if title >= 0 else None
    body = read_body(text, of.end(), where) if of else None
    return body.name if body else None


def read_subject(text: Text, at: int) -> str | None:
    """The title that follows `at` without its "về": "nâng cao công tác chăm sóc sức khỏe Nhân dân"; else None."""
    if not _title_start().match(text.folded, at):
        return None
    stop = _TITLE_END.search(text.clean, at, at + _SUBJECT)
    end = stop.start() if stop else min(at + _SUBJECT, len(text.flat))
    title = " ".join(text.flat[at:end].split())
    if title.count("(") > title.count(")"):
        title = title[: title.rfind("(")].rstrip()
    return _ABOUT.sub("", title) or None


def stop_of(found: Found, following: Found | None, length: int) -> int:
    """How far the fields of a mention may reach: to the next mention, 300 characters at most."""
    return min(found.end + 300, length, following.start if following else length)
