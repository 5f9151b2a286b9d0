"""Tables of PDF pages: the lines in their cells, over the ends of pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TypeAlias

from ingest.pdf_lines import PageLine

# So much of a grid has words when it is a table.
_FILLED = 0.3

Lines: TypeAlias = tuple[PageLine, ...]
TableRow: TypeAlias = tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: its rows, the lines in each cell, and the page on which it ends."""

    rows: tuple[TableRow, ...]
    page: int

    @property
    def wide(self) -> int:
        """How many columns it has."""
        return len(self.rows[0])


def flow(pages: Iterable[Sequence[PageLine]]) -> list[PageLine | PageTable]:
    """Lines and tables in their order; a table that goes on on the next page is one."""
    found: list[PageLine | PageTable] = []
    for page in pages:
        for one in _on_page(page):
            last = found[-1] if found else None
            if isinstance(one, PageTable) and isinstance(last, PageTable) and _goes_on(last, one):
                found[-1] = _together(last, one)
            else:
                found.append(one)
    return found


def in_tables(lines: Sequence[PageLine]) -> tuple[PageLine, ...]:
    """Lines that come in any order, those of a cell together as the eye reads them, each table where it stands."""
    found = [line for line in lines if not line.cell]
    tables: dict[int, list[PageLine]] = {}
    for line in lines:
        if line.cell:
            tables.setdefault(line.cell.table, []).append(line)
    for table in tables.values():
        bottom = max(line.box[3] for line in table)
        at = next((at for at, line in enumerate(found) if not line.cell and line.box[1] > bottom), len(found))
        found[at:at] = _as_seen(table)
    return tuple(found)


def _as_seen(lines: Sequence[PageLine]) -> list[PageLine]:
    """Lines of cells from above to below, and in a row from left to right."""
    rows: list[list[PageLine]] = []
    for line in sorted(lines, key=lambda one: one.box[1] + one.box[3]):
        if rows and line.box[1] + line.box[3] - rows[-1][0].box[1] - rows[-1][0].box[3] < rows[-1][0].tall:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda one: one.box[0])]


def _on_page(page: Sequence[PageLine]) -> Iterable[PageLine | PageTable]:
    by_table: dict[int, list[PageLine]] = {}
    for line in page:
        if line.cell:
            by_table.setdefault(line.cell.table, []).append(line)
    tables = {number: table for number, lines in by_table.items() if (table := _table(lines))}
    for line in page:
        if not line.cell or line.cell.table not in tables:
            yield line
        elif line is by_table[line.cell.table][0]:
            yield tables[line.cell.table]


def _table(lines: Sequence[PageLine]) -> PageTable | None:
    """The lines of a grid as a table, None when it is but a frame, or mostly empty."""
    cells: dict[tuple[int, int], list[PageLine]] = {}
    wide = 0
    for line in lines:
        assert line.cell
        cells.setdefault((line.cell.row, line.cell.column), []).append(line)
        wide = line.cell.wide
    numbers = sorted({row for row, _ in cells})
    if wide < 2 or (wide == 2 and len(numbers) < 2) or len(cells) < _FILLED * wide * len(numbers):
        return None
    rows = (tuple(tuple(cells.get((row, column), ())) for column in range(wide)) for row in numbers)
    return PageTable(tuple(rows), lines[0].page)


def _goes_on(table: PageTable, after: PageTable) -> bool:
    return after.page == table.page + 1 and after.wide == table.wide


def _together(table: PageTable, after: PageTable) -> PageTable:
    """Two parts of a table: titles that are printed again go, and a row that was cut is whole."""
    above, below = table.rows, after.rows
    if len(below) > 1 and _said(below[0]) == _said(above[0]):
        below = below[1:]
    if len(above) > 1 and _is_cut(above[-1], below):
        whole = tuple((*cell, *rest) for cell, rest in zip_longest(above[-1], below[0], fillvalue=()))
        above, below = (*above[:-1], whole), below[1:]
    return PageTable((*above, *below), after.page)


def _is_cut(row: TableRow, below: Sequence[TableRow]) -> bool:
    """Whether a row goes on in the first of those below: it has no number but others have, or begins inside one."""
    first, *others = below
    if first[0] or not row[0]:
        return False
    numbered = sum(bool(one[0]) for one in others)
    return 2 * numbered >= len(others) or any(cell and cell[0].text[0].islower() for cell in first)


def _said(row: TableRow) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]
