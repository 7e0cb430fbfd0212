"""The words of the site in six languages: ``words.tsv``, one row a label."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from verbale.errors import DataTableError

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The languages of the interface, in the order in which lists of the trade give them.
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
_FILE = Path(__file__).resolve().parent / "words.tsv"


@cache
def words(lang: str) -> Mapping[str, str]:
    """Every label in *lang*. Raises `DataTableError`, naming the line, for a damaged table."""
    found: dict[str, str] = {}
    column = LANGUAGES.index(lang) + 1
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != len(LANGUAGES) + 1 or not all(cells) or cells[0] in found:
            raise DataTableError(
                f"words.tsv, line {number}: expected a new key and {len(LANGUAGES)} texts",
                remedy="Part the cells with one tab each, and leave none out.",
            )
        found[cells[0]] = cells[column]
    del found["key"]
    return found


def say(key: str, lang: str, /, **values: object) -> str:
    """A label in *lang*, its slots filled. Raises `KeyError` for a key or slot there is not."""
    text = words(lang)[key]
    return text.format_map(values) if values else text
