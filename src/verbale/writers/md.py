"""Markdown with the light markup of `verbale.text.markup`, for people to read and edit.

Text and structure of blocks are kept; parts, roles and languages have no place in Markdown.
What `verbale.readers.md` has read is written so that it is read again as the same tree.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.model.document import Heading, List, Paragraph, Quote, Rule, Table
from verbale.writers._markup import Speller, speller_for, stood_before
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.model.document import Block, Cell, Document, Footnote, ListItem, Part

# What would be taken for the beginning of a block at the head of a line.
_SIGN = re.compile(r"(?m)^([^\S\n]*)([#>|_+-]|\\(?=[#>|_+.)-])|(\d{1,9})(?=[.)]\s))")
_LABEL = re.compile(r"\d{1,9}[.)]\Z")
_DEEPEST_HEADING = 6


def write_md(document: Document, options: Options = DEFAULTS) -> bytes:
    """Write UTF-8 Markdown; a stamp stands on the first line, footnotes end their part."""
    awaiting = (options.labels or {}).get("awaiting", "")
    speller = speller_for(document, awaiting, markdown=True)
    blocks = [f"**[{document.stamp_text}]**"] if document.stamp_text else []
    for part in document.parts:
        blocks += _part(part, speller)
    return ("\n\n".join(block for block in blocks if block) + "\n").encode("utf-8")


def _part(part: Part, speller: Speller) -> Iterator[str]:
    waiting = list(part.footnotes)
    for block in part.blocks:
        while waiting and stood_before(waiting[0], block):
            yield _note(waiting.pop(0), speller)
        yield from _blocks((block,), speller)
    for note in waiting:
        yield _note(note, speller)
    for inner in part.parts:
        yield from _part(inner, speller)


def _note(note: Footnote, speller: Speller) -> str:
    body = "\n\n".join(_blocks(note.blocks, speller))
    return f"{speller.note_mark(note.mark)} {body}"


def _blocks(blocks: Iterable[Block], speller: Speller) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield _line(block, speller)
            case Heading(level=level):
                signs = "#" * min(max(level, 1), _DEEPEST_HEADING)
                yield f"{signs} {_one_line(_spelt(block, speller))}"
            case List():
                yield _list(block, speller)
            case Quote(blocks=inner):
                text = "\n\n".join(_blocks(inner, speller))
                yield "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
            case Table():
                yield _table(block, speller)
            case Rule():
                yield "---"


def _line(block: Paragraph, speller: Speller) -> str:
    return _SIGN.sub(_escaped, _spelt(block, speller))


def _escaped(sign: re.Match[str]) -> str:
    number = sign[3]
    return f"{sign[1]}{number}\\" if number else f"{sign[1]}\\{sign[2]}"


def _spelt(block: Paragraph | Heading, speller: Speller) -> str:
    text = speller.spell(block.content)
    return f"{block.number} {text}" if block.number else text


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _list(block: List, speller: Speller) -> str:
    items = [_item(item, ordered=block.ordered, speller=speller) for item in block.items]
    loose = any("\n\n" in item for item in items)
    return ("\n\n" if loose else "\n").join(items)


def _item(item: ListItem, *, ordered: bool, speller: Speller) -> str:
    """An item; a label that Markdown has no form for, ``(a)``, stands in the text."""
    numbered = ordered and _LABEL.match(item.label) is not None
    sign = f"{item.label} " if numbered else "- "
    text = "\n\n".join(_blocks(item.blocks, speller))
    if item.label and not numbered:
        text = f"{item.label} {text}"
    return sign + text.replace("\n", "\n" + " " * len(sign)).replace(
        "\n" + " " * len(sign) + "\n", "\n\n"
    )


def _table(block: Table, speller: Speller) -> str:
    """Rows of cells; Markdown has one head row and no cell over several columns."""
    lines = [_one_line(speller.spell(block.caption)), ""] if block.caption else []
    width = max((len(row) for row in block.rows), default=0)
    for number, row in enumerate(block.rows):
        cells = [_cell(cell, speller) for cell in row] + [""] * (width - len(row))
        lines.append("| " + " | ".join(cells) + " |")
        if number == 0:
            lines.append("|" + "---|" * width)
    return "\n".join(lines)


def _cell(cell: Cell, speller: Speller) -> str:
    text = " ".join(_one_line(each) for each in _plain_blocks(cell.blocks, speller))
    return text.replace("|", "\\|")


def _plain_blocks(blocks: Iterable[Block], speller: Speller) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield _spelt(block, speller)
        else:
            yield from _blocks((block,), speller)


WRITER = Writer(
    format="md", suffix=".md", media_type="text/markdown; charset=utf-8", write=write_md
)
