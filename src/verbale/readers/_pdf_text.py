"""Pages of letters to blocks and footnotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.readers._pdf_blocks import Blocks, Joins
from verbale.readers._pdf_flow import measures, paragraphs
from verbale.readers._pdf_lines import lines_of, split_head
from verbale.readers._pdf_notes import take_notes
from verbale.readers._pdf_running import take_running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.model.document import Block, Footnote
    from verbale.readers._pdf_glyphs import Page
    from verbale.readers._pdf_lines import Line
    from verbale.readers._pdf_running import Running


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a document.

    ``lost`` are notes without a mark in the text, ``kept`` words whose hyphen at a line's end
    may or may not be their own.
    """

    blocks: tuple[Block, ...]
    footnotes: tuple[Footnote, ...]
    running: Running
    lost: tuple[tuple[str, Line], ...]
    kept: tuple[tuple[str, Line], ...]


def read_text(pages: Sequence[Page], *, name: str) -> Read:
    """Put the letters of the pages into lines, the lines into paragraphs."""
    every: list[tuple[float, list[Line]]] = []
    for page in pages:
        lines, turned = lines_of(page)
        every.append((page.height, lines + turned))
    kept, running = take_running(every)
    if kept:
        kept[0] = split_head(kept[0], every[0][0])
    usual = measures(kept)
    notes = take_notes(kept, usual)
    found = paragraphs(kept, usual)
    joins = Joins.of(found)
    make = Blocks(name, usual, notes, joins)
    blocks = make.blocks(found)
    footnotes = tuple(map(make.footnote, notes.notes))
    return Read(blocks, footnotes, running, tuple(notes.lost), tuple(joins.kept))
