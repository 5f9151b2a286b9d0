"""Reads tasks from tables: nhiệm vụ, cơ quan chủ trì, phối hợp, thời hạn, sản phẩm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from ingest.blocks import Block
from ingest.bodies import read_bodies
from ingest.bodies_words import Words
from ingest.clean import Text
from ingest.deadlines import deadline_as_printed
from ingest.patterns import compiled
from ingest.tables import table
from ingest.tasks_claims import coordinating
from ingest.tasks_marks import cue_pattern

_TITLE = 70
# Titles in a row that make a table which lost its bars.
_LEAST = 3
_Line = list[tuple[int, Block]]


class Row(NamedTuple):
    """A task read from cells or labels: the span of its words, who leads, who helps, when, what comes of it."""

    start: int
    end: int
    lead: tuple[str, ...]
    coordinate: tuple[str, ...] = ()
    deadline: str | None = None
    product: str | None = None
    blocks: tuple[int, ...] = ()
    request: bool = False


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    said = table("tasks")["labels"]
    order = ("order", "coordinate", "lead", "time", "product", "content")
    return tuple((name, re.compile(rf"(?:{'|'.join(said[name])})")) for name in order)


@cache
def _any_label() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for _, pattern in _labels()))


@cache
def _leads() -> re.Pattern[str]:
    """What every title of the column of those who lead holds."""
    return re.compile("|".join(word.replace(" ", r"\s+") for word in table("tasks")["leads"]))


def label_of(folded: str) -> str | None:
    """What a column title or a label says: "Cơ quan chủ trì" → "lead", "Thời gian hoàn thành" → "time"."""
    if len(folded) > 2 * _TITLE and "(" not in folded:
        return None
    said = compiled(r"\([^()]*\)").sub(" ", folded) if "(" in folded else folded
    tidy = " ".join(said.split()).strip(" :.-")
    if not tidy or len(tidy) > _TITLE:
        return None
    if not _any_label().match(tidy):
        return None
    return next((name for name, pattern in _labels() if pattern.fullmatch(tidy)), None)


def table_rows(text: Text, words: Words, blocks: Sequence[Block]) -> Iterator[Row]:
    """A task for each row of each table that has a column for the body that leads.

    A row of titles is given too, without a lead: its cells are no running text.
    """
    cells = [(index, block) for index, block in enumerate(blocks) if block.table >= 0 and block.kind != "rule"]
    for lines in _tables(cells):
        yield from _rows(text, words, lines)
    for lines in _listed(text, blocks):
        yield from _rows(text, words, lines)


def _tables(cells: Sequence[tuple[int, Block]]) -> Iterator[list[_Line]]:
    """The rows of each table; one that nothing parts from the one before, as behind an empty cell, goes on with it."""
    lines: list[_Line] = []
    for _, group in groupby(cells, key=lambda one: one[1].table):
        rows = [list(line) for _, line in groupby(group, key=lambda one: one[1].row)]
        if lines and rows[0][0][0] != lines[-1][-1][0] + 1:
            yield lines
            lines = []
        lines += rows
    if lines:
        yield lines


def _rows(text: Text, words: Words, lines: list[_Line]) -> Iterator[Row]:
    columns: dict[int, str] = {}
    above: Row | None = None
    begun = False
    for line in lines:
        titles = _titles(text, line)
        columns = (columns if begun else {}) | titles if titles else columns
        begun = bool(titles)
        row = None if titles or not columns or _numbers(text, line) else _read(text, words, line, columns, above)
        if row:
            above = row
            yield row
        elif columns:
            above = above if titles else None
            yield Row(line[0][1].start, line[-1][1].end, (), blocks=tuple(index for index, _ in line))


def _listed(text: Text, blocks: Sequence[Block]) -> Iterator[list[_Line]]:
    """Tables that lost their bars, one cell a line: titles in a row, then cells, each row opened by its number."""
    at = 0
    while at + _LEAST <= len(blocks):
        first = behind = at + _LEAST - 1
        while first >= at and _is_title(text, blocks[first]):
            first -= 1
        if first == behind:
            at += _LEAST
            continue
        first += 1
        while behind < len(blocks) and _is_title(text, blocks[behind]):
            behind += 1
        if behind - first >= _LEAST:
            lines, stop = _numbered(text, blocks, first, behind - first)
            if len(lines) > 1:
                yield lines
            behind = max(stop, behind)
        at = behind + 1


def _is_title(text: Text, block: Block) -> bool:
    if block.table >= 0 or block.family or block.end - block.start > 2 * _TITLE:
        return False
    return label_of(text.folded[block.start : block.end]) is not None


def _numbered(text: Text, blocks: Sequence[Block], at: int, width: int) -> tuple[list[_Line], int]:
    """The rows below `width` titles that begin at `at`, and the index behind them."""
    lines = [[(at + column, blocks[at + column]._replace(column=column)) for column in range(width)]]
    index = at + width
    while index < len(blocks) and _is_number(text, blocks[index]) and index + width <= len(blocks):
        lines.append([(index + column, blocks[index + column]._replace(column=column)) for column in range(width)])
        index += width
    return lines, index


def _is_number(text: Text, block: Block) -> bool:
    return bool(re.fullmatch(r"\d{1,3}\s?[.)]?", text.flat[block.start : block.end].strip()))


def _numbers(text: Text, line: _Line) -> bool:
    """The row below the titles that numbers the columns: "(1) | (2) | (3)"."""
    return all(compiled(r"\(?\w{1,2}\)?").fullmatch(text.flat[cell.start : cell.end].strip()) for _, cell in line)


def _titles(text: Text, line: _Line) -> dict[int, str]:
    """The columns that a row of titles names; empty when it is no such row."""
    if not _leads().search(text.folded, line[0][1].start, line[-1][1].end):
        return {}
    if any(block.end - block.start > 2 * _TITLE for _, block in line):
        return {}
    said = {block.column: label_of(text.folded[block.start : block.end]) for _, block in line}
    named = {column: label for column, label in said.items() if label}
    fits = "lead" in named.values() and len(named) >= 2 and len(named) * 2 >= len(said)
    return named if fits else {}


def _read(text: Text, words: Words, line: _Line, columns: dict[int, str], above: Row | None) -> Row | None:
    """The task of a row; without a body of its own, as where cells were merged, it has the body of the row above."""
    by_label: dict[str, list[Block]] = {}
    for _, block in line:
        label = columns.get(block.column)
        if label:
            by_label.setdefault(label, []).append(block)
    lead, partners = _bodies_of(text, words, by_label.get("lead", []))
    if above and _same_again(text, line, by_label):
        lead = above.lead
    task = by_label.get("content") or _longest(line, columns)
    if not lead or not task:
        return None
    helped = [name for block in by_label.get("coordinate", []) for name in names_in(words, block.start, block.end)]
    if above and len(helped) == 1 and compiled(table("tasks")["ditto"]).fullmatch(helped[0].lower()):
        helped = list(above.coordinate)
    when = [deadline_as_printed(text, block.start, block.end, cell=True) for block in by_label.get("time", [])]
    product = " ".join(" ".join(text.flat[block.start : block.end].split()) for block in by_label.get("product", []))
    return Row(
        task[0].start, task[-1].end, lead, tuple(helped) or partners, next((one for one in when if one), None),
        product or None, tuple(index for index, _ in line),
    )  # fmt: skip


def _same_again(text: Text, line: _Line, by_label: dict[str, list[Block]]) -> bool:
    """The cell of the body says "nt", or is empty in a row that has a number or other cells filled."""
    said = [text.folded[block.start : block.end] for block in by_label.get("lead", [])]
    if said:
        return bool(compiled(table("tasks")["ditto"]).fullmatch(" ".join(said).strip()))
    filled = {"coordinate", "time", "product"} & by_label.keys()
    return bool(filled) or _is_number(text, line[0][1])


def _longest(line: _Line, columns: dict[int, str]) -> list[Block]:
    free = [block for _, block in line if block.column not in columns]
    return [max(free, key=lambda block: block.end - block.start)] if free else []


def _bodies_of(text: Text, words: Words, cells: list[Block]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and helpers of a cell: names, or "A chủ trì, phối hợp với B"."""
    lead: list[str] = []
    helpers: list[str] = []
    for block in cells:
        duty = compiled(r"chủ\s+trì\s*[;,]|phối\s+hợp").search(words.low[block.start : block.end])
        stop = block.start + duty.start() if duty else block.end
        led, helped = leads_in(words, block.body, stop)
        lead, helpers = lead + led, helpers + helped
        helpers += coordinating(words, block.start, block.end, tuple(lead))
    return tuple(lead), tuple(helpers)


def names_in(words: Words, start: int, end: int) -> list[str]:
    """The names of a cell; what stands there and opens no name is taken as printed."""
    names, helpers = leads_in(words, start, end)
    return names + helpers


def leads_in(words: Words, start: int, end: int) -> tuple[list[str], list[str]]:
    """The names of a cell, those apart that a "(chủ trì)" before them makes helpers."""
    names: list[str] = []
    helpers: list[str] = []
    label = compiled(r"[\s\-+]*(?:(?:cơ\s+quan|đơn\s+vị)\s+)?chủ\s+trì\s*:").match(words.low, start, end)
    at = label.end() if label else start
    asked = cue_pattern().match(words.low, at, end)
    at = asked.end() if asked else at
    while at < end:
        gap = compiled(r"[\s,;.\-+/]*").match(words.flat, at, end)
        at = gap.end() if gap else at
        bodies = read_bodies(words, at, end)
        if bodies:
            (helpers if helpers else names).extend(bodies.names)
            helpers += bodies.helpers
            at = max(bodies.end, at + 1)
            rest = compiled(r"\s*(?:chủ\s+trì|thực\s+hiện)[\s,;.]*").match(words.low, at, end)
            at = rest.end() if rest else at
            continue
        cut = compiled(r"[;,\n]").search(words.flat, at, end)
        stop = cut.start() if cut else end
        said = " ".join(words.flat[at:stop].split()).strip(" .")
        person = said.lower().startswith(("đồng chí ", "đ/c ", "ông ", "bà "))
        if said and not names and len(said) < _TITLE and not person:
            names.append(said)
        at = stop + 1
    return names, helpers
