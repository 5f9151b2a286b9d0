"""Reads tasks from labelled lines ("Nội dung: …", "Cơ quan chủ trì: …", "Thời gian: …"), also in brackets."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from ingest.blocks import Block
from ingest.bodies_words import Words
from ingest.clean import Text
from ingest.deadlines import deadline_as_printed
from ingest.patterns import compiled
from ingest.tables import table
from ingest.tasks_claims import claims, coordinating
from ingest.tasks_tables import Row, label_of, leads_in, names_in

_TITLE = 70
_TAIL = 500
_LABEL = re.compile(r"(?:^|[.;(]\s*|-\s+)([^:.;()\n]{4,60}):")
_LED = re.compile(r"\((?!giao\b)[^();]{4,120} chu tri\b[^()]{0,160}\)[\s.;/]*$")
_DUTY = re.compile(r"chu tri|dau moi|thuc hien")
_FIRM = re.compile(r"(?:co quan |don vi )?(?:chu tri|dau moi)\b|(?:co quan|don vi) thuc hien")


@cache
def _asides() -> re.Pattern[str]:
    return re.compile("|".join(table("tasks")["labels"]["aside"]))


def _label(folded: str) -> str | None:
    """What a label says; "aside" for one that tells neither who nor when: "Địa điểm", "Kinh phí"."""
    return label_of(folded) or ("aside" if _asides().fullmatch(folded.strip(" :.-")) else None)


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
    parents = frozenset(block.parent for block in blocks)
    for run, before in _runs(text, blocks):
        if _is_procedure(text, blocks, before):
            continue
        leaves = _leaves(blocks, before, parents)
        yield from _tasks(text, words, blocks, run, leaves)


def _is_procedure(text: Text, blocks: Sequence[Block], before: list[int]) -> bool:
    """The lines belong to the description of an administrative procedure."""
    pattern = re.compile("|".join(table("tasks")["procedure"]))
    return any(pattern.match(text.folded[blocks[index].body : blocks[index].body + 40]) for index in before)


_Run = list[_Part]


def _runs(text: Text, blocks: Sequence[Block]) -> Iterator[tuple[_Run, list[int]]]:
    """Labelled lines that belong together, with the unlabelled siblings that stand before them."""
    labelled = _labelled(text, blocks)
    if not labelled:
        return
    run: _Run = []
    before: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        parts = labelled.get(index, [])
        inside = bool(run) and not parts and run[-1].label in ("", "lead", "content") and _hangs(blocks, run, block)
        if run and not inside and (not parts or _begins(blocks, run, block, parts)):
            yield run, before.pop(_home(blocks, run[0].index, labelled), [])
            run = []
        if not parts and not inside and block.kind in ("item", "paragraph"):
            before.setdefault(_home(blocks, index, labelled), []).append(index)
        run += parts or ([_Part(index, "", block.body, block.body, block.end)] if inside else [])
    if run:
        yield run, before.pop(_home(blocks, run[0].index, labelled), [])


def _labelled(text: Text, blocks: Sequence[Block]) -> dict[int, list[_Part]]:
    """The labelled lines and their parts, by index."""
    lines = [
        (index, block) for index, block in enumerate(blocks) if block.table < 0 and block.zone in ("body", "annex")
    ]
    return {index: parts for index, block in lines if (parts := _parts(text, index, block))}


def _home(blocks: Sequence[Block], index: int, labelled: Container[int]) -> int:
    """The block that this one stands under, labelled lines left out."""
    home = blocks[index].parent
    while home in labelled:
        home = blocks[home].parent
    return home


def _hangs(blocks: Sequence[Block], run: _Run, block: Block) -> bool:
    """The block stands under a labelled line that says nothing itself: "Cơ quan thực hiện:" above a list."""
    first = next(part for part in reversed(run) if part.label)
    return block.parent == first.index and first.end - first.start < 3


def _begins(blocks: Sequence[Block], run: _Run, block: Block, parts: list[_Part]) -> bool:
    """Whether the next task begins: another heading above, or a label that the run has had."""
    if blocks[run[0].index].parent != block.parent:
        return True
    led = any(part.label == "lead" for part in run)
    return parts[0].label == run[0].label or (parts[0].label == "content" and led)


def _parts(text: Text, index: int, block: Block) -> list[_Part]:
    """The labels of a block and their values; what stands before a label in brackets is the content."""
    folded = text.folded
    if folded.find(":", block.body, block.end) < 0:
        return _bracketed(text, index, block)
    colon = folded.find(":", block.body, min(block.end, block.body + _TITLE))
    first = _label(folded[block.body : colon]) if colon > 0 else None
    if first == "order":
        return []
    marks = [(first, block.body, colon + 1)] if first else []
    scan = colon + 1 if first else max(block.body, block.end - _TAIL)
    more = first or _DUTY.search(folded, scan, block.end)
    for match in _LABEL.finditer(folded, scan, block.end) if more else ():
        label = _label(match[1])
        firm = marks or (label == "lead" and _FIRM.match(match[1].strip()))
        if label and label not in ("order", "content") and firm:
            marks.append((label, match.start(1), match.end()))
    if not marks:
        return []
    if not first:
        marks.insert(0, ("content", block.body, block.body))
    ends = [begin for _, begin, _ in marks[1:]] + [block.end]
    return [_Part(index, label, begin, start, end) for (label, begin, start), end in zip(marks, ends, strict=True)]


def _bracketed(text: Text, index: int, block: Block) -> list[_Part]:
    """A task with its body in brackets at its end or below it: "Số hóa tài liệu (Sở Nội vụ chủ trì)."."""
    tail = max(block.body, block.end - _TAIL)
    begin = text.folded.rfind("(", tail, block.end) if text.folded.find("chu tri", tail, block.end) >= 0 else -1
    if begin < block.body or not _LED.match(text.folded, begin, block.end):
        return []
    lead = _Part(index, "lead", begin, begin + 1, text.folded.find(")", begin))
    return [_Part(index, "content", block.body, block.body, begin), lead] if begin > block.body else [lead]


def _tasks(text: Text, words: Words, blocks: Sequence[Block], run: _Run, before: list[int]) -> Iterator[Row]:
    """The task of one run; several when the line of bodies gives each its own order, or stands below several items."""
    lead = next((part for part in run if part.label == "lead"), None)
    if lead is None:
        return
    below = [part for part in run if part.begin > lead.begin and not part.label]
    spans = [lead, *below]
    found = [claim for part in spans for claim in claims(words, part.start, part.end, None)]
    row = _row(text, words, blocks, run)
    tasks = [] if any(part.label == "content" for part in run) else before
    if len(found) < 2:
        names = found[0].lead if found else ()
        led, helped = ([], []) if found else _plain(words, lead)
        names = names + _more(words, found[0].after, lead.end) if found else tuple(led)
        partners = (
            row.coordinate
            or tuple(helped)
            or (found[0].helpers if found else ())
            or coordinating(words, lead.start, spans[-1].end, names)
        )
        whole = Row(row.start, row.end, names, partners, row.deadline, row.product, row.blocks)
        yield from _spread(blocks, whole, tasks) if tasks else [whole]
        return
    stops = [claim.start for claim in found[1:]] + [spans[-1].end]
    content = any(part.label == "content" for part in run)
    for number, (claim, stop) in enumerate(zip(found, stops, strict=True)):
        start = row.start if number == 0 and content and below else claim.start
        partners = coordinating(words, claim.start, stop, claim.lead)
        yield Row(start, stop, claim.lead, partners, row.deadline, row.product, row.blocks)


def _leaves(blocks: Sequence[Block], before: list[int], parents: frozenset[int]) -> list[int]:
    """The leaves before a run, back to the last heading."""
    items: list[int] = []
    for index in reversed(before):
        block = blocks[index]
        if index in parents or block.bold or block.end - block.body < 8:
            break
        items.insert(0, index)
    return items


def _spread(blocks: Sequence[Block], row: Row, tasks: list[int]) -> Iterator[Row]:
    """The row once for each item that it speaks of."""
    for index in tasks:
        block = blocks[index]
        yield row._replace(start=block.body, end=block.end, blocks=(index, *row.blocks))


def _row(text: Text, words: Words, blocks: Sequence[Block], run: _Run) -> Row:
    """Span, helpers, deadline and product of a run, without its lead."""
    helped = [name for part in run if part.label == "coordinate" for name in names_in(words, part.start, part.end)]
    times = [deadline_as_printed(text, part.start, part.end, cell=True) for part in run if part.label == "time"]
    made = [" ".join(text.flat[part.start : part.end].split()) for part in run if part.label == "product"]
    when = next((time for time in times if time), None)
    indexes = tuple({part.index for part in run})
    return Row(_start(blocks, run), run[-1].end, (), tuple(helped), when, " ".join(made) or None, indexes)


def _start(blocks: Sequence[Block], run: _Run) -> int:
    """Where the task begins: its own line of content, else the heading above."""
    first = blocks[run[0].index]
    if run[0].label == "content" or first.parent < 0:
        return first.body
    above = blocks[first.parent]
    return above.body if first.start - above.end < 200 else first.body


def _plain(words: Words, part: _Part) -> tuple[list[str], list[str]]:
    """The names of a value that holds no order: up to "chủ trì", "phối hợp", "theo …"."""
    duty = compiled(r"\s(?:chủ\s+trì|phối\s+hợp|trong\s+phạm\s+vi|theo|căn\s+cứ)").search(
        words.low, part.start, part.end
    )
    return leads_in(words, part.start, duty.start() if duty else part.end)


def _more(words: Words, start: int, end: int) -> tuple[str, ...]:
    """Names that a list brings after an aside: "Sở Nội vụ trong phạm vi nhiệm vụ của mình và các cơ quan khác"."""
    aside = compiled(r"\s+(?:trong\s+phạm\s+vi|theo)[^.;]{0,200}?(?:,|\s)\s*và\s+(?=các\s|cơ\s|đơn\s|sở\s)").match(
        words.low, start, end
    )
    if not aside:
        return ()
    names = names_in(words, aside.end(), end)
    return tuple(names)
