"""Items in a row as blocks: lists of neighbours, quotations, captions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from verbale.model.document import List, ListItem, Paragraph, Quote, Table
from verbale.model.walk import block_text
from verbale.text import docx_names as names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.model.document import Block, Footnote
    from verbale.readers._docx_numbering import Label
    from verbale.readers._docx_runs import Piece

#: Numbered paragraphs of at least so many letters each are the text itself, not a list in it.
_PROSE: Final = 160


@dataclass(slots=True)
class Item:
    """What stands in a row: a block, or the beginning of a part of our own document.

    ``label`` makes it an item of a list; ``order`` is the place of a masthead line in the tree;
    ``style`` is what our own style says of it (a quotation, a caption); ``pieces`` are what a
    paragraph's content was built from.
    """

    block: Block | None = None
    label: Label | None = None
    part: names.PartName | None = None
    order: int | None = None
    style: str = ""
    pieces: tuple[Piece, ...] = ()
    note: Footnote | None = None


def arrange(items: Iterable[Item], *, own: bool) -> tuple[Block, ...]:
    """Blocks of items: lists of neighbours with labels; quotations and captions of our own."""
    out: list[Block] = []
    group: list[Item] = []
    quoted: list[Block] = []
    caption: tuple[Paragraph, ...] = ()

    def flush() -> None:
        if group:
            out.extend(_lists(group, own=own))
            group.clear()
        if quoted:
            out.append(Quote(tuple(quoted)))
            quoted.clear()

    for item in items:
        block = item.block
        if block is None:
            continue
        if item.label is not None:
            if quoted:
                flush()
            group.append(item)
            continue
        if item.style == names.QUOTE:
            if group:
                flush()
            quoted.append(block)
            continue
        flush()
        if item.style == names.CAPTION and isinstance(block, Paragraph):
            out.extend(caption)
            caption = (block,)
            continue
        if caption and isinstance(block, Table):
            block = Table(block.rows, block.header_rows, caption[0].content, block.place)
            caption = ()
        out.extend(caption)
        caption = ()
        out.append(block)
    flush()
    out.extend(caption)
    return tuple(out)


@dataclass(slots=True)
class _Open:
    list_id: str
    level: int
    ordered: bool
    items: list[ListItem]


def _lists(group: list[Item], *, own: bool) -> list[Block]:
    if not own and _is_prose(group):
        return [block for item in group if (block := _numbered(item)) is not None]
    out: list[Block] = []
    stack: list[_Open] = []

    def close(level: int) -> None:
        while stack and stack[-1].level >= level:
            done = stack.pop()
            block = List(tuple(done.items), done.ordered)
            if stack:
                last = stack[-1].items[-1]
                stack[-1].items[-1] = ListItem((*last.blocks, block), last.label)
            else:
                out.append(block)

    for item in group:
        label, block = item.label, item.block
        if label is None or block is None:
            continue
        close(label.level + 1)
        if stack and stack[-1].level == label.level and stack[-1].list_id != label.list:
            close(label.level)
        if not stack or stack[-1].level < label.level:
            ordered = "ordered" in label.name if own and label.name else label.ordered
            stack.append(_Open(label.list, label.level, ordered, []))
        stack[-1].items.append(ListItem((block,), label.text))
    close(0)
    return out


def _is_prose(group: list[Item]) -> bool:
    """Whether these are the numbered paragraphs of a text rather than a list in it."""
    top = [item for item in group if item.label and item.label.level == 0 and item.block]
    if not top or not all(item.label and item.label.ordered for item in top):
        return False
    size = sum(len(block_text(item.block)) for item in top if item.block)
    return size / len(top) >= _PROSE


def _numbered(item: Item) -> Block | None:
    block = item.block
    if isinstance(block, Paragraph) and item.label:
        return replace(block, number=item.label.text)
    return block
