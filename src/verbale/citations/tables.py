"""Reads the tables of this folder, and those of the institution that citations need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.errors import DataTableError
from verbale.text.tables import table_text

if TYPE_CHECKING:
    from collections.abc import Iterator

_HERE = Path(__file__).parent
_INSTITUTION = _HERE.parent / "institutions" / "un"


@dataclass(frozen=True, slots=True)
class Numbering:
    """A row of ``numbering.tsv``: how a body numbers, and the symbol that a number makes."""

    body: str
    kind: str
    form: str
    template: str
    least: int
    most: int
    items: int


def rows(path: Path, columns: str) -> Iterator[list[str]]:
    """The rows of the table at *path*, whose header must be *columns* (blanks for tabs).

    Raises `DataTableError` naming file and line.
    """
    expected = columns.split()
    header = False
    for number, line in enumerate(table_text(path).split("\n"), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(expected) or (not header and cells != expected):
            raise DataTableError(
                f"{path.name}:{number}: expected {len(expected)} cells under {columns}",
                remedy="Part the cells by one tab each; leave an empty cell empty.",
            )
        if header:
            yield cells
        header = True


def own(name: str, columns: str) -> Iterator[list[str]]:
    """The rows of a table of this folder."""
    return rows(_HERE / f"{name}.tsv", columns)


def institution(name: str, columns: str) -> Iterator[list[str]]:
    """The rows of a table of the United Nations' folder."""
    return rows(_INSTITUTION / f"{name}.tsv", columns)


@cache
def numbering() -> tuple[Numbering, ...]:
    """How bodies number their resolutions and decisions."""
    return tuple(
        Numbering(
            body, kind, form, template, int(least or 0), int(most or 9999), int(items or 9999)
        )
        for body, kind, form, template, least, most, items in own(
            "numbering", "body kind form template least most items"
        )
    )


@cache
def numbering_of(kind: str, form: str) -> tuple[Numbering, ...]:
    """Those of a kind of act and a form of number."""
    return tuple(row for row in numbering() if row.kind == kind and row.form == form)


@cache
def council_years() -> dict[int, tuple[int, int]]:
    """For each year the first and last number of the Security Council's resolutions."""
    table = institution("sc_resolutions_by_year", "year first last source review")
    return {int(year): (int(first), int(last)) for year, first, last, *_ in table}


@cache
def year_of_council() -> dict[int, int]:
    """The year of each resolution of the Security Council, by its number."""
    return {
        number: year
        for year, (first, last) in council_years().items()
        for number in range(first, last + 1)
    }


@cache
def session_years() -> dict[tuple[str, str], tuple[int, int]]:
    """For (body, session) the first and last year in which it adopted anything."""
    return {
        (body, session): (int(first), int(last))
        for body, session, first, last, _source in institution(
            "session_years", "body session first last source"
        )
    }


@cache
def last_session(body: str) -> int:
    """The last regular session of *body* that the table knows, 0 for a body without."""
    return max((int(s) for b, s in session_years() if b == body and s.isdigit()), default=0)
