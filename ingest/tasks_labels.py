"""Reads tasks from labelled lines ("Nội dung: …", "Cơ quan chủ trì: …", "Thời gian: …"), also in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.blocks import Block
from ingest.bodies import Words
from ingest.clean import Text
from ingest.deadlines import deadline_as_printed
from ingest.tasks_claims import claims, coordinating
from ingest.tasks_tables import Row, label_of, names_in

_TITLE = 70
_TAIL = 500
_LABEL = re.compile(r"(?:^|[.;(]\s*|-\s+)([^:.;()\n]{4,60}):")
_FIRM = re.compile(r"(?:co quan |don vi )?(?:chu tri|dau moi)\b|(?:co quan|don vi) thuc hien")


@dataclass(frozen=True, slots=True)
class _Part:
    """A label and its value; `begin` where the label stands, `start:end` the value, `label` empty for what goes on."""

    index: int
    label: str
    begin: int
    start: int
    end: int


def labelled_rows(text: Text, words: Words, blocks: Sequence[Block]) -> Iterator[Row]:
    """A task for each run of labelled lines under one heading."""
    run: list[_Part] = []
    for index, block in enumerate(blocks):
        parts = _parts(text, index, block) if block.zone in ("body", "annex") and block.table < 0 else []
        inside = bool(run) and not parts and block.parent >= run[0].index
        if run and not inside and (not parts or _begins(blocks, run, block, parts)):
            yield from _tasks(text, words, blocks, run)
            run = []
        run += parts or ([_Part(index, "", block.body, block.body, block.end)] if inside else [])
    if run:
        yield from _tasks(text, words, blocks, run)


def _begins(blocks: Sequence[Block], run: list[_Part], block: Block, parts: list[_Part]) -> bool:
    """Whether the next task begins: another heading above, or a label that the run has had."""
    if blocks[run[0].index].parent != block.parent:
        return True
    led = any(part.label == "lead" for part in run)
    return parts[0].label == run[0].label or (parts[0].label == "content" and led)


def _parts(text: Text, index: int, block: Block) -> list[_Part]:
    """The labels of a block and their values; what stands before a label in brackets is the content."""
    folded = text.folded
    colon = folded.find(":", block.body, min(block.end, block.body + _TITLE))
    first = label_of(folded[block.body : colon]) if colon > 0 else None
    if first == "order":
        return []
    marks = [(first, block.body, colon + 1)] if first else []
    scan = colon + 1 if first else max(block.body, block.end - _TAIL)
    for match in _LABEL.finditer(folded, scan, block.end):
        label = label_of(match[1])
        firm = marks or (label == "lead" and _FIRM.match(match[1].strip()))
        if label and label not in ("order", "content") and firm:
            marks.append((label, match.start(1), match.end()))
    if not marks:
        return []
    if not first:
        marks.insert(0, ("content", block.body, block.body))
    ends = [begin for _, begin, _ in marks[1:]] + [block.end]
    return [_Part(index, label, begin, start, end) for (label, begin, start), end in zip(marks, ends, strict=True)]


def _tasks(text: Text, words: Words, blocks: Sequence[Block], run: list[_Part]) -> Iterator[Row]:
    """The task of one run; several when the line of bodies gives each its own order."""
    lead = next((part for part in run if part.label == "lead"), None)
    if lead is None:
        return
    below = [part for part in run if part.begin > lead.begin and not part.label]
    spans = [lead, *below]
    found = [claim for part in spans for claim in claims(words, part.start, part.end, None)]
    row = _row(text, words, blocks, run)
    if len(found) < 2:
        names = found[0].lead if found else ()
        names = names + _more(words, found[0].after, lead.end) if found else tuple(_plain(words, lead))
        partners = row.coordinate or coordinating(words, lead.start, spans[-1].end, names)
        yield Row(row.start, row.end, names, partners, row.deadline, row.product, row.blocks)
        return
    stops = [claim.start for claim in found[1:]] + [spans[-1].end]
    content = any(part.label == "content" for part in run)
    for number, (claim, stop) in enumerate(zip(found, stops, strict=True)):
        start = row.start if number == 0 and content and below else claim.start
        partners = coordinating(words, claim.start, stop, claim.lead)
        yield Row(start, stop, claim.lead, partners, row.deadline, row.product, row.blocks)


def _row(text: Text, words: Words, blocks: Sequence[Block], run: list[_Part]) -> Row:
    """Span, helpers, deadline and product of a run, without its lead."""
    helped = [name for part in run if part.label == "coordinate" for name in names_in(words, part.start, part.end)]
    times = [deadline_as_printed(text, part.start, part.end, cell=True) for part in run if part.label == "time"]
    made = [" ".join(text.flat[part.start : part.end].split()) for part in run if part.label == "product"]
    when = next((time for time in times if time), None)
    indexes = tuple({part.index for part in run})
    return Row(_start(blocks, run), run[-1].end, (), tuple(helped), when, " ".join(made) or None, indexes)


def _start(blocks: Sequence[Block], run: list[_Part]) -> int:
    """Where the task begins: its own line of content, else the heading above."""
    first = blocks[run[0].index]
    if run[0].label == "content" or first.parent < 0:
        return first.body
    above = blocks[first.parent]
    return above.body if first.start - above.end < 200 else first.body


def _plain(words: Words, part: _Part) -> list[str]:
    """The names of a value that holds no order: up to "chủ trì", "phối hợp", "theo …"."""
    duty = re.compile(r"\s(?:chủ\s+trì|phối\s+hợp|trong\s+phạm\s+vi|theo|căn\s+cứ)").search(
        words.low, part.start, part.end
    )
    return names_in(words, part.start, duty.start() if duty else part.end)


def _more(words: Words, start: int, end: int) -> tuple[str, ...]:
    """Names that a list brings after an aside: "Sở Nội vụ trong phạm vi nhiệm vụ của mình và các cơ quan khác"."""
    aside = re.compile(r"\s+(?:trong\s+phạm\s+vi|theo)[^.;]{0,200}?(?:,|\s)\s*và\s+(?=các\s|cơ\s|đơn\s|sở\s)").match(
        words.low, start, end
    )
    if not aside:
        return ()
    names = names_in(words, aside.end(), end)
    return tuple(names)
