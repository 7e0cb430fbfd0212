"""Reads the tables of this folder: tabs between cells, ``#`` lines on top, then a header."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verbale.errors import DataTableError
from verbale.text.tables import table_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent


def rows(name: str, columns: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The rows of ``{name}.tsv`` under its header line.

    Raises `DataTableError`, naming file and line, when the header or a row has other columns.
    """
    text = table_text(_HERE / f"{name}.tsv")
    header_seen = False
    for number, line in enumerate(text.splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = tuple(line.split("\t"))
        if len(cells) != len(columns) or (not header_seen and cells != columns):
            raise DataTableError(
                f"messages/{name}.tsv, line {number}: expected {len(columns)} cells under "
                f"{', '.join(columns)}",
                remedy="Part the cells with one tab each, and leave none out.",
            )
        if header_seen:
            yield cells
        header_seen = True
