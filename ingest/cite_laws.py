"""Mentions of laws by name: listed names, names by their shape, amending laws and the laws inside their names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ingest.cite_found import Found
from ingest.clean import Text, fold_name
from ingest.patterns import compiled
from ingest.tables import table

_LONGEST = 40


@dataclass(slots=True)
class _Node:
    """A word of law names: the words that may follow, whether "," or "và" may precede it, the name that ends here."""

    following: dict[str, _Node] = field(default_factory=dict)
    joined: bool = False
    name: str = ""


_WORDS = re.compile(r"([,;]?)[\s()/-]*((?:va )?)(\w+)")


def _kind(name: str) -> str:
    return next((kind for kind in ("Bộ luật", "Pháp lệnh") if fold_name(name).startswith(fold_name(kind))), "Luật")


@cache
def _trie() -> dict[str, _Node]:
    """The names by kind ("Luật", "Bộ luật", "Pháp lệnh"), word by word."""
    roots = {kind: _Node() for kind in ("Luật", "Bộ luật", "Pháp lệnh")}
    listed = [row["name"] for row in table("laws")["law"]]
    listed += [short for row in table("aliases")["law"] for short in row["short"]]
    for name in dict.fromkeys([*table("names")["laws"]["names"], *listed]):
        kind = _kind(name)
        rest = fold_name(name[len(kind) :].strip())
        if fold_name(name).startswith(fold_name(kind)) and not rest.startswith(("sua doi", "(")):
            for words in _spellings(rest):
                _add(roots[kind], words, f"{kind} {name[len(kind) :].strip()}")
    return roots


def _spellings(words: str) -> set[str]:
    """The words of a name with what is often shortened in short too: "hoi dong nhan dan va ubnd"."""
    said = {words}
    for long, short in _shortened():
        if long in words:
            said |= {re.sub(rf"(?<!\w){long}(?!\w)", short, one) for one in said}
    return said


@cache
def _shortened() -> tuple[tuple[str, str], ...]:
    rows = (*table("aliases")["expansion"], *table("names")["laws"]["shortened"])
    return tuple((fold_name(row["long"]), fold_name(row["short"])) for row in rows)


def _add(node: _Node, words: str, name: str) -> None:
    for comma, also, word in _WORDS.findall(words):
        node = node.following.setdefault(word, _Node())
        node.joined = node.joined or bool(comma or also)
    node.name = node.name or name


def _listed(text: Text, at: int, kind: str) -> tuple[int, str] | None:
    """The longest listed name whose words begin at `at`: where it ends and the name as listed."""
    node, best = _trie()[kind], None
    for _ in range(_LONGEST):
        word = _NEXT.match(text.folded, at)
        following = node.following.get(word[3]) if word else None
        if word is None or following is None or ((word[1] or word[2]) and not following.joined):
            break
        node, at = following, word.end()
        if node.name:
            best = (at, node.name)
    return best


_CODE = re.compile(r"(?<!\w)bo\s{1,4}\Z")
_WORD = re.compile(r"\s{0,4}([,;]?)[\s()/-]{0,4}(\w+)")
_NEXT = re.compile(r"\s{0,4}([,;]?)[\s()/-]{0,4}((?:va\s{1,4})?)(\w+)")


@cache
def _law_word() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return (
        ("Luật", compiled(r"luat(?<!\wluat)(?=[\s:])")),
        ("Pháp lệnh", compiled(r"phap  {0,3}lenh(?=\s)")),
    )


def find_laws(text: Text, start: int, end: int) -> list[Found]:
    """Laws, codes and ordinances named between `start` and `end`: "Luật Đất đai", "Bộ luật Lao động năm 2019"."""
    places = [
        (match.start(), match.end(), kind)
        for kind, word in _law_word()
        for match in word.finditer(text.folded, start, end)
    ]
    plain = [found for place in places if (found := _law(text, *place))]
    plain += [found for place in places for found in _listed_after(text, *place)]
    plain.sort(key=lambda found: found.start)
    amending = [found for place in places if (found := _amending(text, *place, plain))]
    return [*plain, *amending, *_short(text, start, end)]


def _law(text: Text, word: int, after: int, kind: str) -> Found | None:
    begin = word
    code = _CODE.search(text.folded[max(0, word - 8) : word]) if kind == "Luật" else None
    if code:
        begin, kind = max(0, word - 8) + code.start(), "Bộ luật"
    if _other_word(text, word, kind):
        return None
    listed = _listed(text, after, kind) if _capital(text, begin, after) else None
    stop, name = listed or (_shaped(text, begin, after), "")
    if stop <= after or _is_future(text, begin, stop):
        return None
    if "(" in text.flat[after:stop] and text.flat[stop : stop + 1] == ")":
        stop += 1
    further = _version(text, stop)
    return Found(begin, further, begin, kind, name=_said(text, begin, stop, further, name), method="name")


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str]]:
    laws = table("names")["laws"]
    before = "|".join(map(fold_name, laws["not_after"]))
    after = "|".join(fold_name(word) for word in laws["not_before"])
    return re.compile(rf"(?<!\w)(?:{before})\s{{1,4}}\Z"), re.compile(rf"\s{{1,4}}(?:{after})(?!\w)")


def _other_word(text: Text, at: int, kind: str) -> bool:
    """Whether "luật" at `at` is part of another word: "pháp luật", "dân Luật"; "hướng dẫn Luật Đất đai" names a law."""
    if kind != "Luật":
        return False
    start = max(0, at - 8)
    before = _around()[0].search(text.folded[start:at])
    if not before or not text.flat[at].isupper():
        return bool(before)
    return text.flat[start + before.start() : at].strip().lower() in ("pháp", "dân", "phap", "dan")


def _capital(text: Text, at: int, after: int) -> bool:
    """Whether a name may begin here: a capital first letter, of the kind or of the name."""
    word = _WORD.match(text.folded, after)
    return bool(word and (text.flat[at].isupper() or text.flat[word.start(2)].isupper()))


@cache
def _shape_end() -> re.Pattern[str]:
    ends = "|".join(r"\s{1,4}".join(fold_name(word).split()) for word in table("names")["laws"]["ends"])
    return re.compile(rf"[;.:()\"“”\[\]]|,|(?<!\w)(?:{ends})(?!\w)|(?<!\w)(?:sua doi|luat|nghi dinh)(?!\w)|\s{{5}}")


_AMEND = re.compile(r"\s{1,4}sua\s{1,4}doi")


def _shaped(text: Text, at: int, after: int) -> int:
    """Where a law that is not listed ends its name, `after` when it is none: "Luật Tiếng nói và chữ viết năm 2030"."""
    word = _WORD.match(text.folded, after)
    if not word or word[1] or not text.flat[word.start(2)].isupper() or not text.flat[at].isupper():
        return after
    if (
        _around()[1].match(text.folded, after)
        or _AMEND.match(text.folded, after)
        or text.flat[word.start(2) : word.end()].isupper()
    ):
        return after
    stop = _shape_end().search(text.folded, word.end(), after + 120)
    end = stop.start() if stop else after
    name = text.flat[after:end].rstrip()
    return after + len(name) if 1 < len(name.split()) <= 14 else after


@cache
def _versions() -> re.Pattern[str]:
    revised = r"(?:\s{1,4}(?:\(\s?sua doi\s?\)|sua doi(?!\s?,?\s{0,3}bo sung)(?!\w)))?"
    return re.compile(
        revised + r"(?:\s{1,4}\((?:nam )?(?:19|20)\d\d\)|,?\s{1,4}(?:nam\s{1,4})?((?:19|20)\d\d)(?![\w/-]|\.\d))?"
    )


def _version(text: Text, at: int) -> int:
    """Where the name ends with its version: " (sửa đổi)", " năm 2023", " 2005"."""
    found = _versions().match(text.folded, at)
    return found.end() if found and found.end() > at else at


def _said(text: Text, begin: int, stop: int, further: int, name: str) -> str:
    printed = " ".join(text.flat[begin:stop].split())
    version = " ".join(text.flat[stop:further].split())
    if name and fold_name(printed) == fold_name(name):
        printed = name
    return f"{printed} {version}".strip()


@cache
def _future_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    said = table("names")["future"]
    before = "|".join(fold_name(word).replace(" ", r"\s{1,4}") for word in said["before"])
    return re.compile(rf"(?<!\w)(?:{before})\s{{1,4}}(?:cac\s{{1,4}})?\Z"), re.compile(
        "|".join(f"(?:{re.sub(r' ', ' ', fold_name(word))})" for word in said["after"])
    )


def _is_future(text: Text, begin: int, end: int) -> bool:
    """Whether the law is not yet there: a draft, or "(sửa đổi) được Quốc hội thông qua" to come."""
    before, after = _future_words()
    if before.search(text.folded[max(0, begin - 30) : begin]):
        return True
    come = after.match(text.folded[end : end + 90].lstrip())
    return bool(come and re.search(r"(?:khi|sau khi)\s{1,4}\Z", text.folded[max(0, begin - 12) : begin]))


_SEVERAL = re.compile(r"(?<!\w)cac\s{1,4}(bo\s{1,4})?\Z")
_COLON = re.compile(r"\s{0,3}:")


def _listed_after(text: Text, word: int, at: int, kind: str) -> Iterator[Found]:
    """Laws of a list that prints the kind once: "các luật: Đất đai, Nhà ở, Kinh doanh bất động sản"."""
    several = _SEVERAL.search(text.folded[max(0, word - 12) : word]) if kind == "Luật" else None
    if not several:
        return
    colon = _COLON.match(text.folded, at)
    kind, at = "Bộ luật" if several[1] else "Luật", colon.end() if colon else at
    for place in range(_LONGEST):
        name = _WORD.match(text.folded, at)
        law = _listed(text, name.start(2), kind) if name and text.flat[name.start(2)].isupper() else None
        if name is None or law is None:
            return
        if place or colon:
            yield Found(name.start(2), law[0], name.start(2), kind, name=law[1], method="list")
        dated = _DATED.match(text.folded, law[0])
        between = _AND.match(text.folded, dated.end() if dated else law[0])
        if not between:
            return
        at = between.end() - 1


_AND = re.compile(r"\s{0,3}(?:[,;]|va|hoac)\s{1,3}")
_DATED = re.compile(
    r"(?:\s{1,4}(?:so\s{1,4}\d{1,3}/\d{4}/qh\d{1,2}|nam\s{1,3}\d{4}"
    r"|ngay\s{1,4}\d{1,2}(?:[/.-]\d{1,2}[/.-]|\s{1,4}thang\s{1,4}\d{1,2}\s{1,4}nam\s{1,4})\d{4})){1,2}"
)


@cache
def _amends() -> re.Pattern[str]:
    several = r"(?:mot\s{1,4}so\s{1,4}dieu\s{1,4})?(?=\d{1,2}\s{1,4}(?:bo\s{1,4})?luat\s)"
    return re.compile(
        r"\s{1,4}sua\s{1,4}doi\s{0,3}(?:,\s{0,4}|va\s{1,4})?(?:bo\s{1,4}sung\s{1,4})?"
        rf"(?:{several}|(?:[^;.]{{0,120}}?\s)?cua\s{{1,4}})"
    )


def _amending(text: Text, begin: int, after: int, kind: str, plain: Sequence[Found]) -> Found | None:
    """A law that amends, to the last that it names: "Luật sửa đổi, bổ sung một số điều của Luật A và Luật B"."""
    head = _amends().match(text.folded, after, after + 200)
    if not head or not (text.flat[begin].isupper() or kind == "Pháp lệnh"):
        return None
    end = _chain(text, head.end(), plain)
    if end == head.end():
        count = _COUNT.match(text.folded, head.end())
        if not count:
            return None
        stop = _COUNT_END.search(text.folded, count.end(), head.end() + 160)
        end = head.end() + len(text.flat[head.end() : stop.start() if stop else count.end()].rstrip())
    further = _version(text, end)
    if _is_future(text, begin, further):
        return None
    return Found(begin, further, begin, kind, name=" ".join(text.flat[begin:further].split()), method="name")


_COUNT = re.compile(r"\d{1,2}\s{1,4}(?:bo\s{1,4})?luat\s")
_COUNT_END = re.compile(
    r"[;.()]|(?<!\w)(?:so|ngay|nam|duoc|da|hoac|tai|theo|va\s{1,4}(?:cac|luat|bo luat|nghi|thong|quyet|khoan|dieu))\s"
)


def _chain(text: Text, at: int, plain: Sequence[Found]) -> int:
    """Where a list of laws that begins at `at` ends."""
    end = at
    for place in range(bisect_left(plain, at, key=lambda law: law.start), len(plain)):
        law = plain[place]
        gap = text.folded[end : law.start]
        if len(gap) > 12 or not re.fullmatch(r"\s*(?:(?:,|va|cua)\s*){0,2}", gap):
            break
        end = law.end
    return end


def _short(text: Text, start: int, end: int) -> Iterator[Found]:
    """Abbreviations of codes: "BLLĐ"."""
    if text.flat.find("BL", start, end) < 0:
        return
    for code, name in table("names")["laws"]["short"]:
        at = text.flat.find(code, start, end)
        while at >= 0:
            if not (text.flat[at - 1 : at].isalnum() or text.flat[at + len(code) : at + len(code) + 1].isalnum()):
                stop = _version(text, at + len(code))
                yield Found(
                    at,
                    stop,
                    at,
                    "Bộ luật",
                    name=" ".join(text.flat[at:stop].split()),
                    method="abbreviation",
                    notes=(name,),
                )
            at = text.flat.find(code, at + 1, end)


_NUMBERED = re.compile(r"\s{0,4}\(?\s{0,4}(?:(?:luat|bo luat|phap lenh)\s{1,4})?so\s{0,4}:?\s{0,4}\Z|\s{1,4}\Z")


@cache
def _numbers() -> dict[str, str]:
    """The folded name of each law that the table knows by number."""
    return {row["number"]: fold_name(row["name"]) for row in table("laws")["law"]}


def joined(text: Text, laws: Sequence[Found], numbers: Sequence[Found]) -> tuple[list[Found], list[Found]]:
    """Laws and numbers, a name directly before its number made one: "Luật Thủ đô số 39/2024/QH15"."""
    by_end = {law.end: law for law in sorted(laws, key=lambda law: -law.start)}
    left, kept = {id(law): law for law in laws}, []
    ends = sorted(by_end)
    inner: dict[int, dict[str, Found]] = {}
    for one in laws:
        inner.setdefault(one.end, {})[fold_name(one.name or "")] = one
    for number in numbers:
        spot = bisect_right(ends, number.at)
        law = by_end[ends[spot - 1]] if spot else None
        if law and _numbers().get(number.number or "") in inner.get(law.end, {}):
            law = inner[law.end][_numbers()[number.number or ""]]
        if law and number.at - law.end <= 24 and number.symbol and _ties(text, law, number):
            left.pop(id(law), None)
            number = replace(number, start=law.start, name=law.name, type=law.type)
        kept.append(number)
    return list(left.values()), kept


def _ties(text: Text, law: Found, number: Found) -> bool:
    assert number.symbol
    whole = _NUMBERED.fullmatch(text.folded[law.end : number.at])
    return bool(
        whole
        and ("(" not in whole[0] or "luat" not in whole[0])
        and any(code[:2] in ("QH", "UB") for code in number.symbol.bodies)
    )
