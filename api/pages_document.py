"""How the passages of a text are set: one after the other, or in the rows and cells of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from queries.text import Passage


@dataclass(frozen=True, slots=True)
class Group:
    """A passage, or the rows of a table with the passages of each cell; `plain`: a letterhead or signatures."""

    passage: Passage | None = None
    rows: tuple[tuple[tuple[Passage, ...], ...], ...] = ()
    plain: bool = False

    @property
    def table(self) -> bool:
        """Whether it is a table."""
        return bool(self.rows)


def groups_of(passages: Sequence[Passage]) -> tuple[Group, ...]:
    """The passages, those of each table together."""
    return tuple(_groups(passages))


def _groups(passages: Sequence[Passage]) -> Iterator[Group]:
    for table, some in groupby(passages, key=lambda one: one.table):
        if table < 0:
            yield from (Group(one) for one in some)
        else:
            cells = list(some)
            rows = [list(row) for _, row in groupby(cells, key=lambda one: one.row)]
            # Letterheads and signatures are set in tables of two columns; the columns of a list of tasks are more.
            for plain, part in groupby(rows, key=lambda row: row[-1].column < 2):
                yield Group(rows=tuple(_cells(row) for row in part), plain=plain)


def _cells(row: Iterable[Passage]) -> tuple[tuple[Passage, ...], ...]:
    return tuple(tuple(cell) for _, cell in groupby(row, key=lambda one: one.column))
