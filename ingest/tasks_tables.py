"""Reads tasks from tables (nhiệm vụ, chủ trì, phối hợp, thời hạn, sản phẩm) and from blocks of labelled lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ingest.blocks import Block
from ingest.bodies import Words, read_bodies
from ingest.clean import Text
from ingest.deadlines import deadline_as_printed
from ingest.tables import table
from ingest.tasks_claims import claims, coordinating

_TITLE = 70


@dataclass(frozen=True, slots=True)
class Row:
    """A task read from cells or labels: the span of its words, who leads, who helps, when, what comes of it."""

    start: int
    end: int
    lead: tuple[str, ...]
    coordinate: tuple[str, ...] = ()
    deadline: str | None = None
    product: str | None = None
    blocks: tuple[int, ...] = ()


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    said = table("tasks")["labels"]
    order = ("order", "coordinate", "lead", "time", "product", "content")
    return tuple((name, re.compile(rf"(?:{'|'.join(said[name])})")) for name in order)


def label_of(folded: str) -> str | None:
    """What a column title or a label says: "Cơ quan chủ trì" → "lead", "Thời gian hoàn thành" → "time"."""
    tidy = " ".join(re.sub(r"\([^()]*\)", " ", folded).split()).strip(" :.-")
    if not tidy or len(tidy) > _TITLE:
        return None
    return next((name for name, pattern in _labels() if pattern.fullmatch(tidy)), None)


def table_rows(text: Text, words: Words, blocks: Sequence[Block]) -> Iterator[Row]:
    """A task for each row of each table that has a column for the body that leads."""
    cells = [(index, block) for index, block in enumerate(blocks) if block.table >= 0 and block.kind != "rule"]
    for _, group in groupby(cells, key=lambda one: one[1].table):
        lines = [list(line) for _, line in groupby(group, key=lambda one: one[1].row)]
        columns: dict[int, str] = {}
        for line in lines:
            titles = _titles(text, line)
            if titles:
                columns = titles
            elif columns:
                row = _read(text, words, line, columns)
                if row:
                    yield row


_Line = list[tuple[int, Block]]


def _titles(text: Text, line: _Line) -> dict[int, str]:
    """The columns that a row of titles names; empty when it is no such row."""
    said = {block.column: label_of(text.folded[block.start : block.end]) for _, block in line}
    named = {column: label for column, label in said.items() if label}
    fits = "lead" in named.values() and len(named) >= 2 and len(named) * 2 >= len(said)
    return named if fits else {}


def _read(text: Text, words: Words, line: _Line, columns: dict[int, str]) -> Row | None:
    by_label: dict[str, list[Block]] = {}
    for _, block in line:
        label = columns.get(block.column)
        if label:
            by_label.setdefault(label, []).append(block)
    lead, partners = _bodies_of(text, words, by_label.get("lead", []))
    task = by_label.get("content") or _longest(line, columns)
    if not lead or not task:
        return None
    helped = [name for block in by_label.get("coordinate", []) for name in _names(words, block.start, block.end)]
    when = [deadline_as_printed(text, block.start, block.end, cell=True) for block in by_label.get("time", [])]
    product = " ".join(" ".join(text.flat[block.start : block.end].split()) for block in by_label.get("product", []))
    return Row(
        task[0].start, task[-1].end, lead, tuple(helped) or partners, next((one for one in when if one), None),
        product or None, tuple(index for index, _ in line),
    )  # fmt: skip


def _longest(line: _Line, columns: dict[int, str]) -> list[Block]:
    free = [block for _, block in line if block.column not in columns]
    return [max(free, key=lambda block: block.end - block.start)] if free else []


def _bodies_of(text: Text, words: Words, cells: list[Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and helpers of a cell: names, or "A chủ trì, phối hợp với B"."""
    lead: list[str] = []
    helpers: list[str] = []
    for block in cells:
        duty = re.search(r"phối\s+hợp", words.low[block.start : block.end])
        stop = block.start + duty.start() if duty else block.end
        lead += _names(words, block.body, stop)
        helpers += coordinating(words, block.start, block.end, tuple(lead))
    return tuple(lead), tuple(helpers)


def _names(words: Words, start: int, end: int) -> list[str]:
    """The names of a cell; what stands there and opens no name is taken as printed."""
    names: list[str] = []
    at = start
    while at < end:
        gap = re.compile(r"[\s,;.\-+/]*").match(words.flat, at, end)
        at = gap.end() if gap else at
        bodies = read_bodies(words, at, end)
        if bodies:
            names += bodies.names
            at = max(bodies.end, at + 1)
            rest = re.compile(r"\s*(?:chủ\s+trì|thực\s+hiện)[\s,;.]*").match(words.low, at, end)
            at = rest.end() if rest else at
            continue
        cut = re.compile(r"[;,\n]").search(words.flat, at, end)
        stop = cut.start() if cut else end
        said = " ".join(words.flat[at:stop].split()).strip(" .")
        if said and not names and len(said) < _TITLE:
            names.append(said)
        at = stop + 1
    return names


def labelled_rows(text: Text, words: Words, blocks: Sequence[Block]) -> Iterator[Row]:
    """A task for each run of lines "Nội dung: …", "Cơ quan chủ trì: …", "Thời gian: …" under one heading."""
    run: list[tuple[int, str, int]] = []
    for index, block in enumerate(blocks):
        labels = _labels_in(text, block) if block.zone in ("body", "annex") and block.table < 0 else []
        inside = bool(run) and not labels and _below(blocks, block, run)
        if labels and run and (blocks[run[0][0]].parent != block.parent or _again(run, labels)):
            yield from _labelled(text, words, blocks, run)
            run = []
        if not labels and not inside and run:
            yield from _labelled(text, words, blocks, run)
            run = []
        run += [(index, label, at) for label, at in labels] or ([(index, "", block.body)] if inside else [])
    if run:
        yield from _labelled(text, words, blocks, run)


def _below(blocks: Sequence[Block], block: Block, run: list[tuple[int, str, int]]) -> bool:
    """The block stands under one of the labelled lines."""
    return block.parent >= run[0][0]


def _again(run: list[tuple[int, str, int]], labels: list[tuple[str, int]]) -> bool:
    """A label that the run has had: the next task begins."""
    return labels[0][0] == run[0][1] or (labels[0][0] == "content" and any(label == "lead" for _, label, _ in run))


_LABEL = re.compile(r"(?:^|[.;]\s+|-\s+)([^:.;\n]{4,60}):")


def _labels_in(text: Text, block: Block) -> list[tuple[str, int]]:
    """The labels of a block with the offset behind their colon; the first must open it."""
    folded = text.folded
    found: list[tuple[str, int]] = []
    colon = folded.find(":", block.body, min(block.end, block.body + _TITLE))
    label = label_of(folded[block.body : colon]) if colon > 0 else None
    if not label or label == "order":
        return []
    found.append((label, colon + 1))
    for match in _LABEL.finditer(folded, colon + 1, block.end):
        other = label_of(match[1])
        if other and other not in ("order", "content"):
            found.append((other, match.end()))
    return found


def _labelled(text: Text, words: Words, blocks: Sequence[Block], run: list[tuple[int, str, int]]) -> Iterator[Row]:
    """The task of one run; several when the line of bodies gives each its own order."""
    names = [label for _, label, _ in run]
    if "lead" not in names:
        return
    place = names.index("lead")
    index, _, at = run[place]
    ends = [_stop(blocks, run, number) for number in range(len(run))]
    start = _start(text, blocks, run)
    when = _value(text, run, ends, "time")
    parts = [(at, ends[place])] + [
        (behind, ends[n]) for n, (_, label, behind) in enumerate(run) if n > place and not label
    ]
    found = [claim for first, last in parts for claim in claims(words, first, last, None)]
    indexes = tuple({number for number, _, _ in run})
    spans = [(label, first, last) for (_, label, first), last in zip(run, ends, strict=True)]
    product = next((" ".join(text.flat[b:e].split()) for label, b, e in spans if label == "product"), None)
    helped = [name for label, b, e in spans if label == "coordinate" for name in _names(words, b, e)]
    if len(found) > 1:
        bounds = [claim.start for claim in found[1:]] + [parts[-1][1]]
        for number, (claim, stop) in enumerate(zip(found, bounds, strict=True)):
            whole = number == 0 and "content" in names
            first = start if whole else claim.start
            partners = coordinating(words, claim.start, stop, claim.lead)
            yield Row(first, stop, claim.lead, partners, when, product, indexes if number == 0 else ())
        return
    lead = found[0].lead if found else tuple(_names(words, at, _until_duty(words, at, ends[place])))
    partners = tuple(helped) or coordinating(words, at, parts[-1][1], lead)
    yield Row(start, ends[-1], lead, partners, when, product, (*indexes, index))


def _until_duty(words: Words, start: int, end: int) -> int:
    duty = re.compile(r"\s(?:chủ\s+trì|phối\s+hợp|trong\s+phạm\s+vi|theo|căn\s+cứ)").search(words.low, start, end)
    return duty.start() if duty else end


def _stop(blocks: Sequence[Block], run: list[tuple[int, str, int]], number: int) -> int:
    index = run[number][0]
    if number + 1 < len(run) and run[number + 1][0] == index:
        return run[number + 1][2]
    return blocks[index].end


def _start(text: Text, blocks: Sequence[Block], run: list[tuple[int, str, int]]) -> int:
    """Where the task begins: its own line of content, else the heading above."""
    first = blocks[run[0][0]]
    if run[0][1] == "content" or first.parent < 0:
        return first.body
    above = blocks[first.parent]
    near = first.start - above.end < 200
    return above.body if near else first.body


def _value(text: Text, run: list[tuple[int, str, int]], ends: list[int], label: str) -> str | None:
    for (_, name, at), end in zip(run, ends, strict=True):
        if name == label:
            return deadline_as_printed(text, at, end, cell=True)
    return None
