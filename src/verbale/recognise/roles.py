"""Roles of paragraphs: what stays with the original, what an annex is headed by.

A label ("Note verbale"), the date line, the form of address, the address at the foot and the
closing courtesy belong to the original; the document says the same in its title, or leaves it
out, as the secretariat does.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.document import Block, Heading, Paragraph, Part
from verbale.model.walk import block_text, plain
from verbale.phrasebook import Line
from verbale.recognise.annexes import title_of
from verbale.recognise.splitting import annex_heading
from verbale.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.model.finding import Place
    from verbale.phrasebook import Phrasebook

_LABEL = "note-label"
_DATE = "date-line"
_CLOSING = "closing"
_SALUTATION = "salutation"
_ADDRESS = "address"
_SIGNATURE = "signature"
_LONGEST_LABEL = 60
_LONGEST_DATE = 90
_LONGEST_SIGNATURE = 240


def with_note_roles(
    blocks: Iterable[Block], lang: str, date: Place | None, book: Phrasebook
) -> tuple[Block, ...]:
    """The blocks of a raw communication, with the role of those that stay with the original.

    *date* is the place of the date that was read as the communication's own.
    """
    return tuple(_with_role(block, lang, date, book) for block in blocks)


def _with_role(block: Block, lang: str, date: Place | None, book: Phrasebook) -> Block:
    if not isinstance(block, Paragraph | Heading):
        return block
    text = block_text(block).strip()
    role = ""
    if len(text) <= _LONGEST_LABEL and book.read("move.note-verbale", lang, text):
        role = _LABEL
    elif date is not None and len(text) <= _LONGEST_DATE and _holds(block, date):
        role = _DATE
    elif book.find("move.closing", lang, text) and len(list(sentences(text))) == 1:
        role = _CLOSING
    elif len(text) <= _LONGEST_LABEL and book.read("move.letter", lang, text):
        role = _SALUTATION
    elif len(text) <= _LONGEST_SIGNATURE and book.read_start("move.signed", lang, text):
        role = _SIGNATURE
    elif len(text) <= _LONGEST_SIGNATURE and _is_address(text, lang, book):
        role = _ADDRESS
    return replace(block, role=role) if role else block


def _is_address(text: str, lang: str, book: Phrasebook) -> bool:
    """Whether short lines name an addressee and nothing is said: the address of a letter."""
    line = Line(text)
    named = book.names("addressee", lang).find(line, line.start, line.end)
    return named is not None and not text.endswith((".", "。", ":")) and "\n" in text


def _holds(block: Paragraph | Heading, place: Place) -> bool:
    """Whether *place* lies in the block: by offsets, else by the block's own place."""
    outer = block.place
    if outer.start is None or outer.end is None or place.start is None:
        return outer.paragraph is not None and outer == place
    return outer.start <= place.start < outer.end


def with_annex_roles(part: Part, book: Phrasebook) -> Part:
    """The annex with its heading, if it has one, and title as headings, letters untouched."""
    blocks = list(part.blocks)
    first = blocks[0] if blocks else None
    headed = (
        isinstance(first, Paragraph | Heading)
        and annex_heading(plain(first.content), 0, book) is not None
    )
    if headed and isinstance(first, Paragraph | Heading):
        blocks[0] = _as_heading(first, 1, "annex-heading")
    title = title_of(blocks[1:3] if headed else blocks[:2])
    if title is not None:
        at = next(index for index, block in enumerate(blocks) if block is title)
        blocks[at] = _as_heading(title, 2, "annex-title")
    return replace(
        part,
        blocks=tuple(blocks),
        parts=tuple(with_annex_roles(inner, book) for inner in part.parts),
    )


def _as_heading(block: Paragraph | Heading, level: int, role: str) -> Heading:
    return Heading(
        level, block.content, role, block.language, block.number, block.style, block.place
    )
