"""What each route shows of entries: ``routes.tsv``. A route that stands in no row is denied."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import URLPattern, URLResolver

from verbale.errors import DataTableError
from verbale.registry.access import Action

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

#: For a route that shows nothing of any entry.
OPEN = "open"
#: How the table writes the empty route.
FRONT = "(front)"
_FILE = Path(__file__).resolve().parent / "routes.tsv"
_COLUMNS = ("route", "access", "shows")


@cache
def table() -> Mapping[str, str]:
    """Route and access. Raises `DataTableError` for a row that says no access there is."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]
    allowed = {OPEN, *Action}
    for row in rows[1:]:
        if len(row) != len(_COLUMNS) or row[1] not in allowed:
            raise DataTableError(
                f"routes.tsv: {row[0]!r} needs one of {', '.join(sorted(allowed))}",
                remedy="Write route, access and what it shows, with a tab between.",
            )
    return {row[0]: row[1] for row in rows[1:]}


def access_of(route: str) -> str | None:
    """The access of a route as Django writes it; ``None`` if the table has no row for it."""
    return table().get(route or FRONT)


def routes(patterns: Sequence[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """Every route of *patterns*, those of included ones too."""
    for each in patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, here)
        else:
            yield here or FRONT


def check_routes(patterns: Sequence[URLPattern | URLResolver]) -> None:
    """Raise `DataTableError`, naming them, for routes without a row and rows without one."""
    there = set(routes(patterns))
    if there != set(table()):
        raise DataTableError(
            f"routes without a row in routes.tsv: {_named(there - set(table()))}; "
            f"rows without a route: {_named(set(table()) - there)}",
            remedy="Say of each route what it shows of entries.",
        )


def _named(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none"
