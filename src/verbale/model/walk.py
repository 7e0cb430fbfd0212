"""Visit a tree, take its text, rebuild it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.model.document import (
    Block,
    Break,
    Document,
    Heading,
    Image,
    Inline,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Part,
    Quote,
    Rule,
    Span,
    Table,
    Text,
)
from verbale.model.finding import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def parts(document: Document) -> Iterator[Part]:
    """Every part, outer before inner, in reading order."""
    for part in document.parts:
        yield from _within(part)


def _within(part: Part) -> Iterator[Part]:
    yield part
    for inner in part.parts:
        yield from _within(inner)


def blocks(part: Part) -> Iterator[Block]:
    """Every block of *part* itself, nested ones too, then those of its footnotes."""
    yield from nested(part.blocks)
    for note in part.footnotes:
        yield from nested(note.blocks)


def nested(these: Iterable[Block]) -> Iterator[Block]:
    """These blocks and the blocks inside them, in reading order."""
    for block in these:
        yield block
        match block:
            case List(items=items):
                for item in items:
                    yield from nested(item.blocks)
            case Quote(blocks=inner):
                yield from nested(inner)
            case Table(rows=rows):
                for row in rows:
                    for cell in row:
                        yield from nested(cell.blocks)
            case _:
                pass


def inlines(content: Iterable[Inline]) -> Iterator[Inline]:
    """These inlines and those inside spans, in reading order."""
    for inline in content:
        yield inline
        if isinstance(inline, Span):
            yield from inlines(inline.content)


def plain(content: Iterable[Inline], *, marks: bool = False) -> str:
    """The text of inlines; a break is a line end. With *marks*, footnote marks are printed."""
    pieces: list[str] = []
    for inline in inlines(content):
        match inline:
            case Text(text=text):
                pieces.append(text)
            case Break():
                pieces.append("\n")
            case NoteRef(mark=mark) if marks:
                pieces.append(mark)
            case _:
                pass
    return "".join(pieces)


def block_text(block: Block, *, marks: bool = False) -> str:
    """The text of one block; cells and items are separated by line ends."""
    match block:
        case Paragraph(content=content) | Heading(content=content):
            number = f"{block.number} " if block.number else ""
            return number + plain(content, marks=marks)
        case List(items=items):
            lines = []
            for item in items:
                text = "\n".join(block_text(inner, marks=marks) for inner in item.blocks)
                lines.append(f"{item.label} {text}" if item.label else text)
            return "\n".join(lines)
        case Quote(blocks=inner):
            return "\n".join(block_text(each, marks=marks) for each in inner)
        case Table(rows=rows, caption=caption):
            lines = [plain(caption, marks=marks)] if caption else []
            lines += [
                "\t".join(
                    "\n".join(block_text(each, marks=marks) for each in cell.blocks)
                    for cell in row
                )
                for row in rows
            ]
            return "\n".join(lines)
        case Rule():
            return ""


def part_text(part: Part, *, marks: bool = False) -> str:
    """The text of a part with its footnotes and inner parts, one line end between blocks."""
    pieces = [block_text(block, marks=marks) for block in part.blocks]
    for note in part.footnotes:
        pieces += [block_text(block, marks=marks) for block in note.blocks]
    pieces += [part_text(inner, marks=marks) for inner in part.parts]
    return "\n".join(pieces)


def document_text(document: Document) -> str:
    """All text of a document, one line end between blocks."""
    return "\n".join(part_text(part) for part in document.parts)


def map_blocks(these: Iterable[Block], change: Callable[[Block], Block]) -> tuple[Block, ...]:
    """Rebuild blocks from the inside out: inner blocks are changed before *change* sees one."""
    return tuple(change(_inside(block, change)) for block in these)


def _inside(block: Block, change: Callable[[Block], Block]) -> Block:
    match block:
        case List(items=items):
            new = tuple(ListItem(map_blocks(i.blocks, change), i.label) for i in items)
            return replace(block, items=new)
        case Quote(blocks=inner):
            return replace(block, blocks=map_blocks(inner, change))
        case Table(rows=rows):
            cells = tuple(
                tuple(replace(cell, blocks=map_blocks(cell.blocks, change)) for cell in row)
                for row in rows
            )
            return replace(block, rows=cells)
        case _:
            return block


def map_inlines(
    content: Iterable[Inline], change: Callable[[Inline], Inline | None]
) -> tuple[Inline, ...]:
    """Rebuild inlines from the inside out; ``None`` drops one."""
    out: list[Inline] = []
    for inline in content:
        inner = inline
        if isinstance(inline, Span):
            inner = replace(inline, content=map_inlines(inline.content, change))
        new = change(inner)
        if new is not None:
            out.append(new)
    return tuple(out)


def join_text(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring runs with the same marks and drop empty ones: how trees are kept."""
    out: list[Inline] = []
    for inline in content:
        match inline:
            case Text(text=""):
                continue
            case Text(text=text, marks=marks):
                last = out[-1] if out else None
                if isinstance(last, Text) and last.marks == marks:
                    out[-1] = replace(last, text=last.text + text)
                    continue
            case Span(content=inner):
                out.append(replace(inline, content=join_text(inner)))
                continue
            case Break() | NoteRef() | Image():
                pass
        out.append(inline)
    return tuple(out)


def without_places(document: Document) -> Document:
    """The same tree with no word of where it was read: for what goes out."""
    return replace(document, parts=tuple(_placeless_part(part) for part in document.parts))


def _placeless_part(part: Part) -> Part:
    return replace(
        part,
        blocks=map_blocks(part.blocks, _placeless),
        footnotes=tuple(
            replace(note, blocks=map_blocks(note.blocks, _placeless), place=NOWHERE)
            for note in part.footnotes
        ),
        parts=tuple(_placeless_part(inner) for inner in part.parts),
    )


def _placeless(block: Block) -> Block:
    match block:
        case Paragraph(content=content) | Heading(content=content):
            return replace(block, content=_placeless_inlines(content), place=NOWHERE)
        case Table(caption=caption):
            return replace(block, caption=_placeless_inlines(caption), place=NOWHERE)
        case _:
            return replace(block, place=NOWHERE)


def _placeless_inlines(content: Iterable[Inline]) -> tuple[Inline, ...]:
    return map_inlines(content, lambda inline: replace(inline, place=NOWHERE))
