"""What plain text and Markdown carry: the text of any tree, white space aside."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import trees
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verbale import catalogue
from verbale.errors import UnreadableFileError
from verbale.model.document import Document, Mark, Paragraph, Part, PartKind, Text
from verbale.model.walk import document_text

if TYPE_CHECKING:
    from verbale.model.document import Block

_LINES = [
    "# a",
    "- b",
    "1. c",
    "> d",
    "| e | f |",
    "|---|---|",
    "g*",
    "\\* h",
    "  i",
    "",
    "---",
    "*j* k^{l}",
    "[m](https://n.example)",
    "[^o]",
    "[^o]: p",
    "\\# q",
    "\\[r](s)",
    "- > t",
    "> - u",
    "<v>",
    "\\<w>",
]

slow = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=200)

_markup = frozenset({Mark.EMPHASIS, Mark.STRONG, Mark.SUPERSCRIPT})
plain_texts = st.builds(
    Text,
    st.text(alphabet="ab Я中.,*^{}\\-#", min_size=1, max_size=8),
    st.frozensets(st.sampled_from(sorted(_markup)), max_size=2),
)
plain_paragraphs = st.lists(plain_texts, min_size=1, max_size=3).map(
    lambda some: Paragraph(tuple(some))
)


@slow
@given(blocks=st.lists(plain_paragraphs, min_size=1, max_size=4))
def test_plain_text_keeps_the_text_of_any_paragraphs(blocks: list[Block]) -> None:
    document = Document((Part(PartKind.NOTE, tuple(blocks)),))
    written = catalogue.writer("txt").write(document)
    try:
        again = catalogue.reader("txt").read(written, name="x.txt").document
    except UnreadableFileError:
        assert not document_text(document).strip()
        return
    assert document_text(again).split() == document_text(document).split()


@slow
@given(document=trees.documents)
def test_any_tree_can_be_written_as_text(document: Document) -> None:
    for form in ("txt", "md"):
        write = catalogue.writer(form).write
        assert write(document) == write(replace(document))
        write(document).decode("utf-8")


@slow
@given(
    st.lists(
        st.sampled_from(_LINES),
        min_size=1,
        max_size=8,
    )
)
def test_markdown_written_from_markdown_keeps_every_word(
    lines: list[str],
) -> None:
    source = "\n".join(["start", *lines]).encode()
    document = catalogue.reader("md").read(source, name="x.md").document
    written = catalogue.writer("md").write(document)
    again = catalogue.reader("md").read(written, name="x.md").document
    # A note without its mark is text, and may come to stand before or after another note.
    assert sorted(document_text(again).split()) == sorted(document_text(document).split())
