"""Plain text with the light markup of `verbale.text.markup`."""

from __future__ import annotations

from verbale.model.document import Document, Paragraph, Part, PartKind
from verbale.readers._decoding import decode
from verbale.readers._paragraphs import inlines, lift_notes, split
from verbale.readers.base import Reader, Reading


def read_txt(data: bytes, *, name: str) -> Reading:
    """Read paragraphs that blank lines separate, as one part of kind body.

    Nothing is guessed: no list, table or heading is made of what looks like one. A paragraph
    keeps its line ends (one line feed each) and its offsets in `Reading.text`. A footnote is
    taken out of the order of the paragraphs when its mark stands before it; its place says
    where it was.
    """
    text = decode(data, name=name)
    lifted = lift_notes(text, split(text), name=name)
    blocks = []
    at = 0
    for chunk in lifted.chunks:
        mine = []
        while at < len(lifted.refs) and lifted.refs[at].start < chunk.end:
            mine.append(lifted.refs[at])
            at += 1
        blocks.append(
            Paragraph(inlines(text, chunk, name=name, refs=mine), place=chunk.place(name))
        )
    notes = tuple(note for note, _ in lifted.notes)
    body = Part(PartKind.BODY, tuple(blocks), footnotes=notes)
    return Reading(Document((body,)), tuple(lifted.findings), text)


READER = Reader(format="txt", suffixes=(".txt", ".text"), read=read_txt)
