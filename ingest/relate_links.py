"""Ties the mentions of one sentence to each other: which stands in whose title, which are a list, who changed whom"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Citation
from ingest.clean import fold, fold_name
from ingest.key_period import Days
from ingest.relate_cues import Cue, hinted, new_lead, own_clause, passive, rule
from ingest.relate_layout import Layout

_FAR = 900
_BACK = 40
_DEPTH = 8
_YEAR = re.compile(r"/((?:19|20)\d\d)/")
_LAW_YEAR = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Hiến pháp)\b.*\s((?:19|20)\d\d)\Z")
_CHANGES = ("AMENDS", "REPLACES", "REPEALS", "CORRECTS")
_OPENING = 160


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation with its span in the views."""

    start: int
    end: int
    citation: Citation

    @property
    def name(self) -> str:
        """What other mentions know it by: its number, or its name."""
        return self.citation.number or self.citation.name or self.citation.text

    @property
    def issued(self) -> Days:
        """The days of which it may be, by the year in its number or behind a law's name, or its printed date."""
        year = _YEAR.search(self.citation.number or "") or _LAW_YEAR.match(self.citation.name or "")
        said = self.citation.date
        return Days.of(year[1] if year and year[1] != (said or year[1])[:4] else said or (year[1] if year else None))

    @property
    def kind(self) -> str:
        """Its type, folded."""
        return fold_name(self.citation.type or (self.citation.name or self.citation.text).split(" ", 1)[0])


@dataclass(frozen=True, slots=True)
class Link:
    """How a mention hangs on those before it in the sentence, each by its index.

    `holder`: the mention in whose title it stands, with the `relation` that the title states. `like`: the mention that
    it shares everything with (a list, an alias). `changes`: the mention that it acts on by `by` ("được sửa đổi bởi").
    None of them: it stands alone.
    """

    holder: int | None = None
    relation: str = "CITES"
    like: int | None = None
    changes: int | None = None
    by: str = ""


def link(layout: Layout, mentions: Sequence[Mention]) -> list[Link]:
    """The links of the mentions of one sentence, in order of their starts."""
    links: list[Link] = []
    for at in range(len(mentions)):
        links.append(_link(layout, mentions, links, at))
    return links


def chain(links: Sequence[Link], at: int | None) -> list[int]:
    """The mention and those it stands in, innermost first; lists and aliases are read as their first member."""
    said: list[int] = []
    while at is not None and len(said) < _DEPTH:
        said.append(at)
        at = links[_root(links, at)].holder
    return said


def _root(links: Sequence[Link], at: int) -> int:
    """The first member of the list that a mention belongs to."""
    like = links[at].like
    return at if like is None else like


def _link(layout: Layout, mentions: Sequence[Mention], links: Sequence[Link], at: int) -> Link:
    mention = mentions[at]
    back = range(max(0, at - _BACK), at)
    inside = [i for i in back if mentions[i].end >= mention.end]
    if inside:
        return _inside(layout, mentions, inside[-1], at)
    outer = _outer(mentions, back)
    if not outer:
        return Link()
    last = outer[-1]
    start = mentions[last].end
    if mention.start - start > _FAR:
        return Link()
    gap = layout.text.folded[start : mention.start]
    if rule("excepted").search(gap):
        return Link()
    same = _alias(mentions, outer, at, gap)
    if same is not None:
        return Link(like=_root(links, same))
    changed = passive(layout.text.folded, start, mention.start)
    if changed:
        return _changed(mentions, links, outer, at, changed)
    return _after(layout, mentions, links, (last, at), gap)


def _later(one: Mention, other: Mention) -> bool:
    """Whether `one` was issued after `other`, which therefore cannot cite it."""
    return one.issued.known and other.issued.known and other.issued.last < one.issued.first


def _outer(mentions: Sequence[Mention], back: Sequence[int]) -> list[int]:
    """Those that stand in no other's name."""
    said: list[int] = []
    reach = -1
    for i in back:
        if mentions[i].end > reach:
            said.append(i)
            reach = mentions[i].end
    return said


def _inside(layout: Layout, mentions: Sequence[Mention], outer: int, at: int) -> Link:
    """A law in the name of another: "Luật sửa đổi, bổ sung một số điều của Luật X"."""
    cue = layout.cues.last(mentions[outer].start, mentions[at].start)
    return Link(holder=outer, relation=cue.relation if cue else "CITES")


def _alias(mentions: Sequence[Mention], outer: Sequence[int], at: int, gap: str) -> int | None:
    """An alias: "… (sau đây gọi tắt là Quy định 377)", or the bare number again: "… (Nghị quyết số 50/NQ-CP)"."""
    called = hinted("alias", gap) and rule("alias").search(gap)
    if not called and not gap.rstrip().endswith("("):
        return None
    same = [i for i in outer if _named_again(mentions[i], mentions[at])]
    if same or called:
        return (same or outer)[-1]
    return outer[-1] if not gap.strip(" (") and mentions[at].kind == mentions[outer[-1]].kind else None


def _named_again(first: Mention, again: Mention) -> bool:
    """Whether both name one document, the second one in short: "Nghị định số 75/2023/NĐ-CP", "Nghị định số 75"."""
    short = again.citation.number or ""
    return first.name == again.name or (
        first.kind == again.kind and short.isdigit() and re.match(rf"{short}\W", first.name) is not None
    )


def _changed(mentions: Sequence[Mention], links: Sequence[Link], outer: Sequence[int], at: int, cue: Cue) -> Link:
    """The document before "được sửa đổi, bổ sung bởi" that is of the mention's own type."""
    line = chain(links, outer[-1])
    kinds = [i for i in line if mentions[i].kind == mentions[at].kind]
    target = kinds[0] if kinds else line[-1]
    if not kinds and _later(mentions[target], mentions[at]):
        return Link()
    return Link(like=_root(links, target), changes=target, by=cue.relation)


def _after(layout: Layout, mentions: Sequence[Mention], links: Sequence[Link], pair: tuple[int, int], gap: str) -> Link:
    last, at = pair
    if _breaks(layout, mentions[last], mentions[at].start) or new_lead(gap):
        return Link()
    if hinted("through", gap) and rule("through").search(gap):
        return _member(mentions, links, pair, gap)
    if rule("amending_texts").search(gap):
        return Link(like=_root(links, chain(links, last)[-1]))
    found = layout.cues.last(mentions[last].end, mentions[at].start)
    cue = found.within(mentions[last].end) if found else None
    if cue and (_own_verb(mentions[last], gap, cue) or _next_verb(layout, mentions[at], links[last], gap, cue)):
        return Link()
    if cue and _later(mentions[at], mentions[last]):
        if cue.relation in _CHANGES and rule("by_whom").match(gap[cue.end :]):
            return _changed(mentions, links, [last], at, cue)
        if rule("and_those").search(gap[: cue.start]):
            return _member(mentions, links, pair, gap)
    elif cue and _holds(mentions, pair, gap, cue):
        return Link(holder=last, relation=cue.relation)
    if rule("joined").search(gap):
        return _member(mentions, links, pair, gap)
    return _by_the_way(layout, mentions, last, gap)


def _by_the_way(layout: Layout, mentions: Sequence[Mention], last: int, gap: str) -> Link:
    """In the preamble a mention that a title reaches by no verb is cited by it: "… về việc giao nhiệm vụ theo"."""
    zone = layout.zone(layout.sentences.index(mentions[last].start))
    titled = rule("title_opens").search(gap) and ";" not in gap and not _closes(gap)
    if zone in ("preamble", "title") and titled and rule("by_the_way").search(gap):
        return Link(holder=last)
    return Link()


def _breaks(layout: Layout, before: Mention, at: int) -> bool:
    """A clause with a subject of its own opens before `at`; the issuers of a joint act are none."""
    if "lien tich" in before.kind or "TTLT" in before.name:
        return False
    return own_clause(layout.text, before.end, at) >= 0


def _own_verb(last: Mention, gap: str, cue: Cue) -> bool:
    """The document's own second verb, no title having opened: "thay thế Quyết định A và bãi bỏ Quyết định B"."""
    before = gap[: cue.start].rstrip()
    if cue.relation == "IMPLEMENTS" and before.endswith(",") and rule("plans").match(last.kind):
        return False
    joined = re.search(r"(?:;|\bva|,)$", before)
    return bool(joined) and not rule("title_opens").search(before)


def _next_verb(layout: Layout, mention: Mention, before: Link, gap: str, cue: Cue) -> bool:
    """The act's next order behind a semicolon: "Quy chế này thay thế Quyết định A về …; bãi bỏ điểm 2 Hướng dẫn B"."""
    if cue.relation not in ("REPLACES", "REPEALS") or not gap[: cue.start].rstrip().endswith((";", "; dong thoi")):
        return False
    start = layout.sentences.starts[layout.sentences.index(mention.start)]
    opening = layout.text.folded[start : start + _OPENING]
    return before.holder is None and bool(rule("opens_with_self").search(opening))


def _holds(mentions: Sequence[Mention], pair: tuple[int, int], gap: str, cue: Cue) -> bool:
    """Whether the cue belongs to the title of the mention before it and its object is the mention after it."""
    last, at = pair
    tail = _before_pinpoint(mentions[at], gap[cue.end :])
    if ";" in tail or len(tail) > 160 or (rule("joined").search(tail.rstrip() + " ") and "," in tail):
        return False
    head = gap[: cue.start]
    if _stands_beside(mentions, pair, head, tail):
        return False
    if cue.name == "proposal" and not rule("proposers").match(mentions[last].kind):
        return False
    other = rule("other_holder").search(head)
    if other and not rule("title_opens").search(head[: other.start()]):
        return False
    if ":" in head or _closes(head):
        return False
    if rule("handed_over").search(gap[cue.end :]) and "kem theo" not in gap[cue.end :]:
        return False
    if ";" in head and not rule("title_opens").search(head.split(";", 1)[0]):
        return False
    return mentions[last].name != mentions[at].name


def _stands_beside(mentions: Sequence[Mention], pair: tuple[int, int], head: str, tail: str) -> bool:
    """Whether the verb between two mentions leaves the second one alone: it has an object, or a clause, of its own.

    "Thông tư A hướng dẫn thực hiện Chương trình X và Thông tư B"; "theo Thông tư A, giao dịch thực hiện … tại B".
    """
    last, at = pair
    kind = mentions[at].kind
    same = kind == mentions[last].kind and rule("listed_acts").match(kind)
    if same and rule("joined").search(tail) and len(tail.split()) > 2:
        return True
    return bool(rule("clause_after").search(head)) and not rule("title_opens").search(head)


def _before_pinpoint(mention: Mention, words: str) -> str:
    """`words` without the pinpoint of the mention that they lead to: "sửa đổi, bổ sung khoản 3, khoản 4 Điều 12"."""
    pinpoint = mention.citation.pinpoint
    at = words.rfind(fold(pinpoint)) if pinpoint else -1
    return words if at < 0 else words[:at]


def _closes(words: str) -> bool:
    """Whether a bracket that was open before `words` closes in them: the mention before stood in the bracket alone."""
    depth = 0
    for char in words:
        depth += {"(": 1, ")": -1}.get(char, 0)
        if depth < 0:
            return True
    return False


def _member(mentions: Sequence[Mention], links: Sequence[Link], pair: tuple[int, int], gap: str) -> Link:
    """A member of a list: of the list that the mention before it belongs to, or of the one that this stands in."""
    last, at = pair
    line = chain(links, last)
    titled = bool(rule("title_opens").search(gap))
    parted = ";" in gap[-12:] or (";" in gap and titled)
    inner = links[_root(links, last)]
    level = _level(mentions, line, at, parted, titled or (inner.holder is not None and inner.relation == "CITES"))
    if titled and _again(mentions, links, last) and not _again(mentions, links, at):
        level = len(line) - 1
    level = _listed_before(mentions, links, line, at, level)
    while level + 1 < len(line) and _later(mentions[at], mentions[line[level + 1]]):
        level += 1
    target = line[level]
    first = links[target]
    if first.changes is not None and ";" not in gap and mentions[target].kind == mentions[at].kind:
        return Link(like=first.like, changes=first.changes, by=first.by)
    return Link(like=_root(links, target))


def _level(mentions: Sequence[Mention], line: Sequence[int], at: int, parted: bool, loose: bool) -> int:
    """How far up the titles the list goes on: to the top after a semicolon, else to the nearest of the same type."""
    top = len(line) - 1
    if parted:
        return top
    same = [level for level, i in enumerate(line) if mentions[i].kind == mentions[at].kind]
    if same:
        return same[0]
    return top if loose else 0


def _listed_before(mentions: Sequence[Mention], links: Sequence[Link], line: Sequence[int], at: int, level: int) -> int:
    """A number that the sentence already cited by itself is named again as an object of the title before it."""
    if level == 0 or level != len(line) - 1:
        return level
    again = _again(mentions, links, at)
    same = [lower for lower in range(level) if mentions[line[lower]].kind == mentions[at].kind]
    return same[0] if again and same else level


def _again(mentions: Sequence[Mention], links: Sequence[Link], at: int) -> bool:
    """Whether the sentence has cited this number by itself before."""
    back = range(max(0, at - _BACK), at)
    return any(mentions[i].name == mentions[at].name and len(chain(links, i)) == 1 for i in back)
