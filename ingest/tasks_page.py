"""What the reading of tasks goes by: the page, what a heading says of the items below it, the parts of an item."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.blocks import Block
from ingest.bodies_words import Words
from ingest.clean import Text
from ingest.tables import table

SHORT = 120


@dataclass(frozen=True, slots=True)
class Context:
    """What a heading or lead-in says of the items below it: who must act, and whether they are orders at all."""

    lead: tuple[str, ...] = ()
    request: bool = False
    heading: bool = False
    orders: bool = False
    aims: bool = False
    silent: bool = False
    past: bool = False
    partners: bool = False
    coordinate: tuple[str, ...] = ()
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """What one reading needs at every step."""

    text: Text
    words: Words
    blocks: tuple[Block, ...]
    children: Mapping[int, Sequence[int]]
    issuer: str | None
    reports: bool

    def leaf(self, index: int) -> bool:
        """Whether no block stands under this one."""
        return index not in self.children

    def ends_open(self, block: Block) -> bool:
        """Whether the block ends in a colon."""
        return self.text.flat[block.start : block.end].rstrip().endswith(":")


@cache
def titles(name: str) -> re.Pattern[str]:
    """The patterns of that name in the table of tasks, as one."""
    said = table("tasks")[name]
    return re.compile(said if isinstance(said, str) else "|".join(said))


_INLINE = re.compile(r"(?<![^\s.;:,*])\((\d{1,2})\)\s*(?=\S)")


def segments(page: Page, block: Block) -> list[tuple[int, int]]:
    """The block, or the numbered parts that run on inside it: "(1) …; (2) …"."""
    if page.words.flat.find("1)", block.start, block.end) < 0:
        return [(block.body, block.end)]
    marks = list(_INLINE.finditer(page.words.flat, block.start, block.end))
    wanted, cuts = 1, []
    for mark in marks:
        if int(mark[1]) == wanted:
            cuts.append(mark)
            wanted += 1
    if len(cuts) < 2:
        return [(block.body, block.end)]
    bounds = [(block.body, cuts[0].start())] if cuts[0].start() - block.body > SHORT else []
    ends = [cut.start() for cut in cuts[1:]] + [block.end]
    return [*bounds, *[(cut.end(), end) for cut, end in zip(cuts, ends, strict=True)]]
