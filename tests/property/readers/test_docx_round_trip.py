"""A DOCX of ours comes back as the tree it was written from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import trees
from hypothesis import HealthCheck, assume, given, settings

from verbale.model.document import Heading, Mark, Paragraph, Table, Text
from verbale.model.walk import blocks, inlines, parts
from verbale.readers.docx import read_docx
from verbale.writers.base import Options
from verbale.writers.docx import write_docx

if TYPE_CHECKING:
    from verbale.model.document import Block, Document

slow = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=100)
_BOTH = {Mark.SUPERSCRIPT, Mark.SUBSCRIPT}


def a_page_can_show(block: Block) -> bool:
    """Letters are raised or lowered, not both; each row of a table has cells, none overlaps."""
    content = block.content if isinstance(block, Paragraph | Heading) else ()
    if isinstance(block, Table):
        content = block.caption
        if not block.rows or block.header_rows > len(block.rows):
            return False
        if any(not row or any(cell.rows > 1 for cell in row) for row in block.rows):
            return False
    letters = [each for each in inlines(content) if isinstance(each, Text)]
    return not any(each.marks >= _BOTH for each in letters)


def is_sound(document: Document) -> bool:
    """A footnote's id is unique in its document; a page can show every block."""
    ids = [note.id for part in parts(document) for note in part.footnotes]
    return len(set(ids)) == len(ids) and all(
        a_page_can_show(block) for part in parts(document) for block in blocks(part)
    )


@slow
@given(document=trees.documents)
def test_any_sound_tree_is_read_back_equal(document: Document) -> None:
    assume(is_sound(document))
    written = write_docx(document)
    reading = read_docx(written, name="tree.docx")
    assert reading.document == document
    assert reading.findings == ()
    assert write_docx(reading.document) == written


@slow
@given(document=trees.documents)
def test_the_words_before_text_that_awaits_translation_are_no_text(document: Document) -> None:
    assume(is_sound(document))
    written = write_docx(document, Options(labels={"awaiting": "Awaiting translation"}))
    assert read_docx(written, name="tree.docx").document == document
