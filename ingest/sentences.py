"""Finds the sentence or list item around a mention: its evidence, and the unit that relations are read in."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.blocks import Block, hangs, split_blocks
from ingest.clean import Text, fold
from ingest.patterns import compiled
from ingest.tables import table

LONGEST = 600
# A pattern for each mark, which is found by it much quicker than by a choice of marks.
_STOPS = tuple(re.compile(rf"{mark}[\"”’»)\]]*\s+") for mark in (r"\.", "!", r"\?", "…"))
_TERMINAL = ".;:!?…"
_CLOSERS = ' \t\r\n"”’»)]}*_|'
_CLAUSE = re.compile(r"[;,:.]\s")
_TOKEN = 24


@dataclass(frozen=True, slots=True)
class Sentences:
    """The sentences of one document in order, as offsets into the views; `block` is the index of each one's block."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    block: tuple[int, ...]

    def index(self, offset: int) -> int:
        """The sentence that holds `offset`, or the one before it; -1 before the first."""
        return bisect_right(self.starts, offset) - 1

    def around(self, start: int, end: int) -> tuple[int, int]:
        """From where the sentence of `start` begins to where that of `end` ends; at least the span itself."""
        first, last = self.index(start), self.index(max(start, end - 1))
        if first < 0:
            return start, end
        return min(start, self.starts[first]), max(end, self.ends[last])


def read_sentences(text: Text, blocks: Iterable[Block] | None = None) -> Sentences:
    """The sentences of `text`: blocks cut at full stops and before a "Căn cứ" that opens a line; linear time."""
    blocks = split_blocks(text) if blocks is None else tuple(blocks)
    begins = [block.start for block in blocks]
    stops = dict(sorted([stop.span() for mark in _STOPS for stop in mark.finditer(text.flat)]))
    leads = [lead.end() for lead in _line_leads().finditer(text.clean)]
    places = sorted([*stops, *leads])
    spans: list[tuple[int, int]] = []
    for start, end in _joined(text, blocks):
        first, last = bisect_left(places, start), bisect_left(places, end)
        if first == last:
            spans.append((start, end))
        else:
            spans += _cut(text, start, end, places[first:last], stops)
    held = [bisect_right(begins, start) - 1 for start, _ in spans]
    return Sentences(tuple([start for start, _ in spans]), tuple([end for _, end in spans]), tuple(held))


def quote_bounds(text: Text, start: int, end: int, sentences: Sentences | None = None) -> tuple[int, int]:
    """The sentence or item around the span of the views, trimmed, at most 600 characters, never less than the span.

    Give `sentences` (see `read_sentences`) when asking more than once for a document.
    """
    sentences = sentences or read_sentences(text)
    first, last = sentences.around(start, end)
    if last - first > LONGEST:
        first, last = _shortened(text, (start, end), (first, last))
    while first < start and not text.flat[first].strip():
        first += 1
    while last > end and not text.flat[last - 1].strip():
        last -= 1
    return first, last


def _joined(text: Text, blocks: Iterable[Block]) -> Iterator[tuple[int, int]]:
    """The spans of the blocks, a paragraph that goes on in the next block taken as one."""
    open_at: tuple[int, int] | None = None
    before: Block | None = None
    for block in blocks:
        if block.kind == "rule":
            continue
        if open_at and before and _goes_on(text, before, block):
            open_at = (open_at[0], block.end)
        else:
            if open_at:
                yield open_at
            open_at = (block.start, block.end)
        before = block
    if open_at:
        yield open_at


def _goes_on(text: Text, before: Block, block: Block) -> bool:
    """A paragraph without a full stop goes on in a paragraph of the same look: "… số" / "64/2025/QH15 ngày …"."""
    if block.kind != "paragraph" or block.marker or before.kind == "cell" or before.bold != block.bold:
        return False
    if before.marker and text.flat[block.start].isupper():
        return False
    if (
        block.start - before.end > 8
        or before.zone != block.zone
        or block.zone in ("recipients", "addressees", "signature")
    ):
        return False
    tail = text.clean[max(before.start, before.end - 12) : before.end].rstrip(_CLOSERS)
    if not tail or tail[-1] in _TERMINAL:
        return False
    if _opening().match(text.folded, block.start, block.end) and not hangs(text, before.start, before.end):
        return False
    return text.flat[before.start : before.end].isupper() == text.flat[block.start : block.end].isupper()


@cache
def _opening() -> re.Pattern[str]:
    """Words that open a paragraph of its own after a title, which has no full stop: "Thực hiện …", "Kính gửi: …"."""
    words = (fold(word) for name in ("ends", "opens") for word in table("layout")["title"][name])
    return re.compile("|".join(re.escape(word) for word in words))


@cache
def _line_leads() -> re.Pattern[str]:
    """Words that open a sentence of their own at the beginning of a line."""
    return compiled(r"\n(?:[^\S\n]|[*_>|])*(?=(?:Căn cứ|Chiểu|Xét|Theo đề nghị|Điều \d{1,3}[.:])\s)")


def _cut(text: Text, start: int, end: int, places: list[int], stops: dict[int, int]) -> list[tuple[int, int]]:
    """The sentences of one span, which has `places` to be cut at, each one of the `stops` or a lead."""
    inside = [(at, stops[at]) for at in places if at in stops]
    cuts = {*_ends(text, start, end, inside)}
    if len(inside) < len(places):
        cuts.update(lead.end() for lead in _line_leads().finditer(text.clean, start, end))
    cuts.discard(start)
    return [*pairwise([start, *sorted(cuts), end])]


def _ends(text: Text, start: int, end: int, stops: list[tuple[int, int]]) -> Iterator[int]:
    """Where a sentence ends: a stop before a capital, a figure or a bullet, not after "TP", "Q", "Điều 1"."""
    begin = start
    for stop, behind in stops:
        if behind >= end or not _opens(text.flat[behind]):
            continue
        if text.flat[stop] == "." and _abbreviates(text, begin, stop):
            continue
        begin = behind
        yield begin


def _opens(char: str) -> bool:
    return char.isupper() or char.isdigit() or char in '"“‘(-+•'


@cache
def _short() -> re.Pattern[str]:
    """What stands before a full stop that ends no sentence, at the end of the words before it."""
    return compiled(
        r"(?:^|[\s(.,/“\"])(?:TP|Tp|TX|Tx|Tr|tr|TS|Ts|ThS|Ths|PGS|GS|BS|CN|KS|St|No|Q|P|H|X|Mr|Ms|KT|TM|TL|TUQ|[A-ZĐ])$"
    )


@cache
def _marker() -> re.Pattern[str]:
    return re.compile(
        r"\W*(?:(?:Điều|ĐIỀU|Mục|Phần|Chương|Khoản)\s+)?(?:\d{1,3}[a-zđ]?|[IVXLivxl]{1,5}|[A-Za-zđ])(?:\.\d{1,3})*$"
    )


def _abbreviates(text: Text, begin: int, stop: int) -> bool:
    if stop - begin < _TOKEN and _marker().match(text.flat[begin:stop]):
        return True
    return bool(_short().search(text.flat[max(begin, stop - _TOKEN) : stop]))


def _shortened(text: Text, span: tuple[int, int], wide: tuple[int, int]) -> tuple[int, int]:
    """At most 600 characters of `wide` around `span`, cut where a clause begins and ends if there is such a place."""
    room = max(0, LONGEST - (span[1] - span[0]))
    first = max(wide[0], span[0] - room // 2)
    last = min(wide[1], max(first + LONGEST, span[1]))
    first = max(wide[0], min(first, last - LONGEST), 0) if last - first < LONGEST else first
    first = min(first, span[0])
    if first > wide[0]:
        opened = _CLAUSE.search(text.flat, first, span[0])
        first = opened.end() if opened else _next_word(text, first, span[0])
    if last < wide[1]:
        closed = [m.start() + 1 for m in _CLAUSE.finditer(text.flat, span[1], last)]
        last = closed[-1] if closed else max(span[1], text.flat.rfind(" ", span[1], last))
    return first, last


def _next_word(text: Text, start: int, end: int) -> int:
    gap = text.flat.find(" ", start, end)
    return start if gap < 0 else gap + 1
