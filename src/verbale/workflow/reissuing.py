"""A document issued again: its asterisks, and the note that says when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.document import Footnote, NoteRef, Paragraph, PartKind, Text
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

    from verbale.model.document import Block, Document, Inline, Part
    from verbale.phrasebook import Phrasebook

_NOTE = "reissued"


def reissued(document: Document, date: datetime.date, times: int, book: Phrasebook) -> Document:
    """One version with *times* asterisks and the note "Reissued for technical reasons on …".

    The asterisks after its symbol are the mark of that note, which takes the place of the one
    before; another note of the masthead with asterisks gets one more. Source: A/65/L.78*.
    """
    lang = document.language.code
    words = book.write("footnote.reissued", lang, {"date": date}).text
    mark = "*" * times
    parts = tuple(
        _in_masthead(part, words, mark) if part.kind is PartKind.MASTHEAD else part
        for part in document.parts
    )
    symbol = document.symbol.rstrip("*") + mark
    return replace(document, parts=parts, symbol=symbol)


def candidates(book: Phrasebook) -> Iterator[Finding]:
    """The wordings printed that nobody has reviewed yet."""
    for cell in book.candidates():
        yield Finding(
            "phrase-candidate",
            Severity.NOTES,
            values={"key": cell.key, "lang": cell.lang, "text": cell.text},
            source=cell.source,
        )


def _in_masthead(part: Part, words: str, mark: str) -> Part:
    blocks = tuple(_marked(block, mark) for block in part.blocks)
    note = Footnote(_NOTE, mark, (Paragraph((Text(words),)),))
    others = tuple(
        replace(each, mark=_further(each.mark)) for each in part.footnotes if each.id != _NOTE
    )
    return replace(part, blocks=blocks, footnotes=(note, *others))


def _marked(block: Block, mark: str) -> Block:
    if not isinstance(block, Paragraph):
        return block
    content = tuple(_moved(each) for each in block.content if not _is_note(each))
    if block.role != "symbol" or not content:
        return replace(block, content=content)
    *before, last = content
    if isinstance(last, Text):
        last = replace(last, text=last.text.rstrip("*"))
    return replace(block, content=(*before, last, NoteRef(_NOTE, mark)))


def _is_note(inline: Inline) -> bool:
    return isinstance(inline, NoteRef) and inline.note == _NOTE


def _moved(inline: Inline) -> Inline:
    return (
        replace(inline, mark=_further(inline.mark)) if isinstance(inline, NoteRef) else inline
    )


def _further(mark: str) -> str:
    return f"{mark}*" if set(mark) == {"*"} else mark
