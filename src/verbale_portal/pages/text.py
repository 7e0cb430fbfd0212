"""The text of a document as part of a page, and two texts in rows."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from verbale.model.document import Footnote, PartKind
from verbale.model.language import UND, Language
from verbale.workflow.linking import linked
from verbale.writers.html import html_fragment, html_pieces
from verbale_portal.site import site
from verbale_portal.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from verbale.model.document import Block, Document, Part
    from verbale.workflow.cards import Card

    Pieces = tuple[tuple[Block | Footnote, str], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Two pieces of text that answer each other, as HTML; either may be empty."""

    left: str
    right: str
    left_lang: str
    left_dir: str
    right_lang: str
    right_dir: str
    begins: bool = False


def text_of(card: Card, lang: str, ui: str) -> dict[str, Any]:
    """The text of a version as HTML, its title, stamp and direction."""
    register = site().register
    document = register.document(card, lang)
    given = register.title(card, (lang, ui))
    here = linked(document, "", lambda symbol: register.find(symbol) is not None)
    return {
        "text": html_fragment(here, labels(ui)),
        "title": document.title or given.text or card.printed,
        "given": None if document.title or not given.text else given,
        "stamp": document.stamp_text,
        "text_dir": Language(lang).direction,
        "annexes": [
            (part.kind.value + (f"-{part.number}" if part.number else ""), part.number)
            for part in document.parts
            if part.kind is PartKind.ANNEX
        ],
    }


def labels(ui: str) -> dict[str, str]:
    """The words that the text's own elements need, in the reader's language."""
    say = words(ui)
    return {
        "notes": say["doc.notes"],
        # Else the notes of each part were landmarks of one name.
        "role.notes": "note",
        "table": say["doc.table"],
        "awaiting": say["doc.awaiting"],
    }


def rows_of(left: Document, right: Document, ui: str) -> list[Row]:
    """Two versions paragraph by paragraph.

    Versions composed here have the same blocks, which answer each other in their order. Where
    the numbers of blocks differ, blocks of one kind and number are put beside each other.
    """
    rows: list[Row] = []
    these = list(html_pieces(left, labels(ui), "left-"))
    those = list(html_pieces(right, labels(ui), "right-"))
    for one, other in zip_longest(these, those):
        first = len(rows)
        rows += _part_rows(one, other)
        if len(rows) > first:
            row = rows[first]
            rows[first] = Row(
                row.left,
                row.right,
                row.left_lang,
                row.left_dir,
                row.right_lang,
                row.right_dir,
                begins=True,
            )
    return rows


def _part_rows(
    one: tuple[Part, Pieces] | None, other: tuple[Part, Pieces] | None
) -> Iterator[Row]:
    left, right = (each[1] if each else () for each in (one, other))
    languages = [each[0].language if each else UND for each in (one, other)]
    sides = [
        ("" if lang == UND else lang.code, "auto" if lang == UND else lang.direction)
        for lang in languages
    ]
    for a, b in _aligned(left, right):
        yield Row(a, b, *sides[0], *sides[1])


def _aligned(left: Pieces, right: Pieces) -> Iterator[tuple[str, str]]:
    if len(left) == len(right):
        yield from ((a[1], b[1]) for a, b in zip(left, right, strict=True))
        return
    match = SequenceMatcher(None, _kinds(left), _kinds(right), autojunk=False)
    for _, a0, a1, b0, b1 in match.get_opcodes():
        pairs = zip_longest(left[a0:a1], right[b0:b1])
        yield from ((a[1] if a else "", b[1] if b else "") for a, b in pairs)


def _kinds(pieces: Pieces) -> Sequence[tuple[str, str, str]]:
    return [
        (
            type(block).__name__,
            getattr(block, "role", ""),
            getattr(block, "number", "") or getattr(block, "mark", ""),
        )
        for block, _ in pieces
    ]
