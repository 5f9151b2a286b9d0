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
    if not below[0][0] and above[-1][0] and len(above) > 1:
        whole = tuple((*cell, *rest) for cell, rest in zip_longest(above[-1], below[0], fillvalue=()))
        above, below = (*above[:-1], whole), below[1:]
    return PageTable((*above, *below), after.page)


def _said(row: TableRow) -> list[str]:
    return [" ".join(line.text for line in cell) for cell in row]
