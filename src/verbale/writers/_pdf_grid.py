"""A table's rows as a grid without holes: every row covers every column, no cell overlaps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.document import Cell

if TYPE_CHECKING:
    from verbale.model.document import Table

_EMPTY = Cell(())


def grid_rows(table: Table) -> list[list[Cell]]:
    """The cells that begin in each row, empty ones added where a row is short.

    A cell may reach neither over the end of the heading nor of the table, nor into the place of
    another: its spans are cut to what is free. A row in which no cell begins is left out.
    """
    rows = [row for row in table.rows if row]
    columns = max((_width(rows, at) for at in range(len(rows))), default=0)
    grid: list[list[Cell]] = []
    covered = [0] * columns
    for at, row in enumerate(rows):
        end = table.header_rows if at < table.header_rows else len(rows)
        placed: list[Cell] = []
        waiting = list(row)
        column = 0
        while column < columns:
            if covered[column] > 0:
                column += 1
                continue
            cell = waiting.pop(0) if waiting else _EMPTY
            free = _free(covered, column)
            wide = max(1, min(cell.columns, free))
            tall = max(1, min(cell.rows, min(end, len(rows)) - at))
            placed.append(replace(cell, columns=wide, rows=tall))
            covered[column : column + wide] = [tall] * wide
            column += wide
        covered = [max(0, left - 1) for left in covered]
        grid.append(placed)
    return grid


def _width(rows: list[tuple[Cell, ...]], at: int) -> int:
    """How many columns row *at* needs, with the cells that reach into it from above."""
    above = sum(
        cell.columns for up, row in enumerate(rows[:at]) for cell in row if up + cell.rows > at
    )
    return above + sum(cell.columns for cell in rows[at])


def _free(covered: list[int], column: int) -> int:
    width = 0
    while column + width < len(covered) and covered[column + width] == 0:
        width += 1
    return width
