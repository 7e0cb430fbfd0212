"""The approved wordings of an institution side by side: a memory for translators' tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.institutions.model import Review
from verbale.phrasebook import Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from verbale.institutions import Institution
    from verbale.institutions.model import Cell

_APPROVED = frozenset({Review.VERIFIED, Review.REVIEWED})


@dataclass(frozen=True, slots=True)
class Wording:
    """One phrase: ``cells`` by language, those that are approved."""

    key: str
    cells: Mapping[str, Cell]


def approved(institution: Institution) -> Iterator[Wording]:
    """Every phrase and item title that is approved in two languages at least."""
    for key, by_lang in institution.phrases.items():
        yield from _wording(key, {lang: cells[0] for lang, cells in by_lang.items()})
    for name, items in institution.agendas.items():
        for item, cells in items.items():
            yield from _wording(f"agenda.{name}.{item}", cells)


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """A cell's text in order: its words, and the names of its slots (true)."""
    at = 0
    for slot in Template.parse(text).slots:
        start = text.index(str(slot), at)
        if start > at:
            yield text[at:start], False
        yield str(slot), True
        at = start + len(str(slot))
    if at < len(text):
        yield text[at:], False


def _wording(key: str, cells: Mapping[str, Cell]) -> Iterator[Wording]:
    good = {lang: cell for lang, cell in cells.items() if cell.review in _APPROVED}
    if len(good) > 1:
        yield Wording(key, good)
