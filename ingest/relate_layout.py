"""Tells where in a document a sentence stands, as far as relations depend on it: title, preamble, articles, rest."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice

from graph.model import Header
from ingest.blocks import Block, split_blocks
from ingest.clean import Text, fold, fold_name
from ingest.relate_cues import Cues, lead, rule
from ingest.sentences import Sentences, read_sentences
from ingest.tables import table

_NUMBERED = frozenset(("part", "chapter", "section", "annex", "article", "roman", "upper", "ordinal"))
_DECIMAL = "decimal"
_HEADING = 120
_LONGEST_ADDRESSEE = 500
_TITLE_WITHIN = 20_000
_TYPE_WORDS = 30
_PLACES = 40
_FIRST_ARTICLE = re.compile(r"\w+\s+1\b")
_ARTICLE = re.compile(r"dieu\s+(\d{1,3})")
_SIGNS = re.compile(r"\W+")
_MOST_SIGNS = 12


@dataclass(frozen=True, slots=True)
class Layout:
    """The document's sentences and the zone of each.

    Zones: head, title, preamble, purpose, basis (a section that lists the legal basis), object (the article that says
    what the act does), final, body, annex, aside (recipients, signature, web furniture).
    `title` is the span of the subject, `article` the number of the article that a block stands in, 0 for none, `leads`
    the relation that a sentence takes over from those before it, `cues` the active cues of the sentences with mentions,
    `aims` what the document says it carries out, in bare words.
    """

    text: Text
    header: Header
    blocks: tuple[Block, ...]
    sentences: Sentences
    zones: tuple[str, ...]
    article: tuple[int, ...]
    title: tuple[int, int]
    leads: tuple[str | None, ...] = ()
    cues: Cues = field(default_factory=Cues)
    aims: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The document's type, folded."""
        return fold_name(self.header.type or "")

    def marked(self, sentence: int) -> bool:
        """Whether the sentence's block is an item with a number or bullet."""
        return bool(self.blocks[self.sentences.block[sentence]].marker)

    def zone(self, sentence: int) -> str:
        """The zone of a sentence."""
        return self.zones[sentence]


def read_layout(text: Text, header: Header, blocks: tuple[Block, ...] | None = None) -> Layout:
    """The layout of `text`, of which `blocks` are the blocks; linear time."""
    blocks = split_blocks(text) if blocks is None else blocks
    title = _title(text, header, blocks)
    sentences = read_sentences(text, blocks)
    zones = _by_sentence(_zones(text, blocks, title), sentences, title)
    leads = tuple(_leads(text, sentences, zones))
    return Layout(text, header, blocks, sentences, zones, tuple(_articles(text, blocks)), title, leads)


def _by_sentence(zones: Sequence[str], sentences: Sentences, title: tuple[int, int]) -> tuple[str, ...]:
    """The zone of each sentence: that of its block, "title" where the title stands in it or it in the title."""
    said = [zones[block] for block in sentences.block]
    if title[1]:
        first, last = sentences.index(title[0]), sentences.index(title[1] - 1)
        if first >= 0 and sentences.ends[first] <= title[0] and sentences.starts[first] < title[0]:
            first += 1
        said[max(0, first) : last + 1] = ["title"] * (last + 1 - max(0, first))
    return tuple(said)


def _leads(text: Text, sentences: Sentences, zones: Sequence[str]) -> Iterator[str | None]:
    """For each sentence of the preamble the lead that goes on from those before it: after "Căn cứ:", after "…;"."""
    running: str | None = None
    for zone, start, end in zip(zones, sentences.starts, sentences.ends, strict=True):
        if zone != "preamble":
            running = None
            yield None
            continue
        found = lead(text.folded, start, end)
        yield running
        running = found.relation if found else running
        tail = text.folded[max(start, end - 8) : end].rstrip()
        if not tail.endswith((";", ":", ",")):
            running = None


def _title(text: Text, header: Header, blocks: Sequence[Block]) -> tuple[int, int]:
    """Where the subject stands below the letterhead: first at the beginning of a block; (0, 0) if nowhere."""
    words = re.findall(r"\w+", fold(header.subject or ""))
    if not words:
        return 0, 0
    starts = [block.start for block in blocks]
    places: list[tuple[int, int, int]] = []
    for at, end in islice(_places_of(text.folded, words[:8]), _PLACES):
        block = blocks[max(0, bisect_right(starts, at) - 1)]
        if block.zone not in ("front", "furniture"):
            opens = _opens_title(text.folded[block.start : at])
            places.append((0 if opens else 1, at, end))
    if not places:
        return 0, 0
    _, start, end = min(places)
    return start, _last_word(text.folded, words, end)


def _places_of(folded: str, words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where `words` stand one after the other near the beginning, whatever signs are between them."""
    window = folded[:_TITLE_WITHIN]
    at = window.find(words[0])
    while at >= 0:
        end = _end_of(window, words[0], at)
        for word in words[1:]:
            end = _following(window, word, end) if end >= 0 else end
        if end >= 0:
            yield at, end
        at = window.find(words[0], max(at + 1, end))


def _following(folded: str, word: str, at: int, most: int = sys.maxsize) -> int:
    """Where `word` ends that is the next one after `at`, behind so many signs at most; -1 for another word."""
    gap = _SIGNS.match(folded, at)
    if not gap or gap.end() - at > most:
        return -1
    return _end_of(folded, word, gap.end())


def _end_of(folded: str, word: str, at: int) -> int:
    """Where the word at `at` ends; -1 where another one stands."""
    end = at + len(word)
    whole = folded.startswith(word, at) and not (folded[end : end + 1].isalnum() or folded[end : end + 1] == "_")
    return end if whole else -1


def _opens_title(before: str) -> bool:
    """Whether a title may begin after these words of its block: nothing, a type, "V/v"."""
    words = before.strip(" -:")
    return len(words) <= _TYPE_WORDS or words.endswith(("v/v", "ve viec"))


def _last_word(folded: str, words: Sequence[str], start: int) -> int:
    """The end of the subject, of which the first eight words end at `start`."""
    at = start
    for word in words[8:80]:
        end = _following(folded, word, at, _MOST_SIGNS)
        if end < 0:
            break
        at = end
    return at


def _zones(text: Text, blocks: Sequence[Block], title: tuple[int, int]) -> list[str]:
    """The zones of the blocks; in a consolidated text the preamble stands below the list of the acts put together."""
    state = "head"
    consolidated = False
    greeted = False
    said: list[str] = []
    for index, block in enumerate(blocks):
        if block.zone in ("front", "recipients", "signature", "furniture"):
            said.append("aside")
            continue
        consolidated = (
            consolidated or (state != "body" and _lists_amending(text, block))
        ) and block.family != "article"
        if consolidated and state == "body" and block.family == "" and _rests(text, block):
            state = "preamble"
        if state == "body" and block.zone == "body" and not greeted:
            said.append(_section(text, blocks, index, said))
            continue
        opens = state in ("head", "preamble") and _greets(text, block)
        greeted = opens or block.zone == "addressees" or (greeted and _addressee(text, block))
        state = _attached(text, block, state) or ("preamble" if greeted else _state(text, block, state, title))
        zone = state if state not in ("body", "after") else _section(text, blocks, index, said)
        said.append("annex" if block.zone == "annex" and zone == "body" else zone)
        if state == "preamble" and _ends_preamble(text, block):
            state = "after"
    return said


def _lists_amending(text: Text, block: Block) -> bool:
    """As in "Thông tư số … được sửa đổi, bổ sung bởi:", before the list of the acts put together with it."""
    return bool(rule("amended_by_list").search(text.folded, max(block.start, block.end - _HEADING), block.end))


def _greets(text: Text, block: Block) -> bool:
    """ "Kính gửi: …", "THỦ TƯỚNG CHÍNH PHỦ điện:"."""
    if block.zone == "addressees":
        return True
    short = block.zone == "body" and block.end - block.start < _HEADING
    return short and bool(rule("telegraphs").search(text.folded, block.start, block.end))


def _addressee(text: Text, block: Block) -> bool:
    """A numbered line of the addressees: "1. Sở Y tế;", "- Chủ tịch UBND các tỉnh: …;"."""
    longest = _LONGEST_ADDRESSEE if block.family == "dash" else _HEADING
    return bool(block.marker) and block.end - block.start < longest and text.flat[block.end - 1] in ";.,"


def _attached(text: Text, block: Block, state: str) -> str:
    """The title and opening of a plan or programme that stands after the act that issues it; "" elsewhere."""
    begins = block.zone == "annex" and state in ("body", "after")
    goes_on = state == "title" and not _numbered(block)
    if not begins and not goes_on:
        return ""
    words = text.folded[block.start : min(block.end, block.start + _HEADING)]
    loud = text.flat[block.start : block.end].isupper() or block.bold
    if begins:
        return "title" if loud and rule("attached").match(words) else ""
    return "title" if loud or words.lstrip(" (").startswith(("ban hanh", "kem theo")) else "preamble"


def _state(text: Text, block: Block, state: str, title: tuple[int, int]) -> str:
    """head until the title is over, preamble until a lead-in ("… như sau:") or a numbered block, then after, body."""
    if state in ("body", "title"):
        return "body"
    if state == "after":
        return "body" if _numbered(block) else "preamble" if _rests(text, block) else state
    if block.kind == "cell":
        return state
    if state == "head":
        begins = block.end > title[1] if title[1] else block.zone == "addressees"
        opens = lead(text.folded, block.start, min(block.end, block.start + 40)) is not None or _long(text, block)
        if not begins and not opens and not _numbered(block):
            return state
        if title[1] and block.end <= title[1]:
            return state
        state = "preamble"
    return "body" if _is_enacting(text, block) or (_numbered(block) and not _rests(text, block)) else state


def _rests(text: Text, block: Block) -> bool:
    """A line of the preamble after a lead-in that was none: "Căn cứ …;"."""
    found = lead(text.folded, block.start, min(block.end, block.start + 40))
    return found is not None and found.relation == "BASED_ON" and text.flat[block.end - 1] in ";,."


def _numbered(block: Block) -> bool:
    return block.family in _NUMBERED or block.family.startswith(_DECIMAL)


def _long(text: Text, block: Block) -> bool:
    return block.end - block.start > _HEADING and not text.flat[block.start : block.end].isupper()


def _is_enacting(text: Text, block: Block) -> bool:
    words = text.folded[block.start : block.end].strip()
    upper = text.flat[block.start : block.end].isupper()
    return block.end - block.start < 40 and (upper or words.endswith(":")) and bool(rule("enacting").match(words))


def _ends_preamble(text: Text, block: Block) -> bool:
    """A lead-in to the orders ("… yêu cầu:") closes the preamble; "Căn cứ:", "Theo đề nghị của …:" do not."""
    if _greets(text, block):
        return False
    opening = text.folded[block.start : min(block.end, block.start + 40)]
    closes = text.folded[max(block.start, block.end - 6) : block.end].rstrip().endswith(":")
    return closes and not _lists_basis(opening) and not rule("asks").match(text.folded, block.start, block.end)


def _lists_basis(opening: str) -> bool:
    """ "Căn cứ:" before a list."""
    return bool(re.match(r"(?:can cu|co so phap ly)\b[^.;]{0,30}:\s*$", opening.strip()))


def _heading_words(text: Text, block: Block) -> str:
    """The words of a block as a heading, folded, without its marker; "" for a long block."""
    if block.end - block.start > _HEADING and not block.bold:
        return ""
    return text.folded[
        max(block.start, min(block.body, block.end)) : min(block.end, block.start + 2 * _HEADING)
    ].strip()


@cache
def _sections() -> re.Pattern[str]:
    """The headings that make a zone, each with a group that says which row it is."""
    return re.compile("|".join(f"(?:{row['pattern']})(?P<c{at}>)" for at, row in enumerate(table("cues")["section"])))


def _section(text: Text, blocks: Sequence[Block], index: int, said: Sequence[str]) -> str:
    """The zone of a block of the body: of its own heading words, else of the block that it stands under."""
    block = blocks[index]
    if block.bold or block.kind == "heading" or (block.marker and block.family not in ("dash", "plus")):
        words = _heading_words(text, block) or text.folded[block.body : min(block.end, block.body + 40)].lstrip()
        if found := _sections().match(words):
            return str(table("cues")["section"][int((found.lastgroup or "c0")[1:])]["zone"])
    if block.family == "article":
        return "object" if _FIRST_ARTICLE.match(text.folded, block.start, block.start + 12) else "body"
    above = said[block.parent] if 0 <= block.parent < len(said) else "body"
    return "body" if above in ("preamble", "head", "aside") else above


def _articles(text: Text, blocks: Sequence[Block]) -> list[int]:
    said: list[int] = []
    for block in blocks:
        own = _ARTICLE.match(text.folded, block.start, block.start + 12) if block.family == "article" else None
        said.append(int(own[1]) if own else said[block.parent] if 0 <= block.parent < len(said) else 0)
    return said
