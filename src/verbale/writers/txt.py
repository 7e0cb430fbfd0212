"""Plain text with the light markup of `verbale.text.markup`."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from verbale.model.document import (
    Heading,
    List,
    Paragraph,
    PartKind,
    Quote,
    Rule,
    Table,
)
from verbale.writers._markup import Speller, speller_for, stood_before
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.model.document import Block, Document, Footnote, Part

# The lines of a masthead that stand one under the other, without a blank line between.
_TOGETHER = frozenset(
    {"symbol", "distribution", "date", "masthead_date", "language", "original"}
)
_APART = frozenset({PartKind.ANNEX, PartKind.ENCLOSURE, PartKind.APPENDIX})


def write_txt(document: Document, options: Options = DEFAULTS) -> bytes:
    """Write UTF-8 text, paragraphs set apart by blank lines; a stamp stands on the first line.

    Lists and quotations are indented, cells are parted by tabs: reading the file gives the
    same text, without that structure. Footnotes stand at the end of their part; one that was
    read from a text stands where it was read. ``options.columns`` above 0 wraps lines.
    """
    speller = speller_for(document, (options.labels or {}).get("awaiting", ""))
    paragraphs = [f"[{document.stamp_text}]"] if document.stamp_text else []
    for part in document.parts:
        paragraphs += _part(part, speller)
    if options.columns > 0:
        paragraphs = [_wrap(paragraph, options.columns) for paragraph in paragraphs]
    text = "\n\n".join(paragraphs) + "\n"
    return text.encode("utf-8")


def _part(part: Part, speller: Speller) -> Iterator[str]:
    if part.kind in _APART:
        yield ""
    together: list[str] = []
    waiting = list(part.footnotes)
    for block in part.blocks:
        while waiting and stood_before(waiting[0], block):
            yield from _joined(together)
            yield _note(waiting.pop(0), speller)
        text = _block(block, speller)
        if isinstance(block, Paragraph) and block.role in _TOGETHER:
            together.append(text)
            continue
        yield from _joined(together)
        if text:
            yield text
    yield from _joined(together)
    for note in waiting:
        yield _note(note, speller)
    for inner in part.parts:
        yield from _part(inner, speller)


def _joined(lines: list[str]) -> Iterator[str]:
    if lines:
        yield "\n".join(lines)
        lines.clear()


def _note(note: Footnote, speller: Speller) -> str:
    body = "\n\n".join(_block(block, speller) for block in note.blocks)
    return f"{speller.note_mark(note.mark)} {body}"


def _block(block: Block, speller: Speller) -> str:
    match block:
        case Paragraph(content=content) | Heading(content=content):
            text = speller.spell(content)
            return f"{block.number} {text}" if block.number else text
        case List(items=items):
            return "\n".join(
                _indented(_labelled(item.label, _blocks(item.blocks, speller)))
                for item in items
            )
        case Quote(blocks=inner):
            return _indented(_blocks(inner, speller))
        case Table(rows=rows, caption=caption):
            lines = [speller.spell(caption)] if caption else []
            lines += ["\t".join(_blocks(cell.blocks, speller) for cell in row) for row in rows]
            return "\n".join(lines)
        case Rule():
            return ""


def _blocks(blocks: Iterable[Block], speller: Speller) -> str:
    return "\n".join(_block(block, speller) for block in blocks)


def _labelled(label: str, text: str) -> str:
    return f"{label} {text}" if label else text


def _indented(text: str) -> str:
    return textwrap.indent(text, "    ")


def _wrap(text: str, columns: int) -> str:
    # Words are never broken: a blank put into one would change the text.
    return "\n".join(
        "\n".join(
            textwrap.wrap(
                line,
                columns,
                break_long_words=False,
                break_on_hyphens=False,
                replace_whitespace=False,
                subsequent_indent=line[: len(line) - len(line.lstrip(" "))],
            )
        )
        for line in text.split("\n")
    )


WRITER = Writer(
    format="txt", suffix=".txt", media_type="text/plain; charset=utf-8", write=write_txt
)
