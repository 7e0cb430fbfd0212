"""Lists of an ODT: how their items are counted, and which of them are lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

from verbale.model.document import Heading, List, Paragraph
from verbale.model.walk import block_text
from verbale.readers._odt_styles import TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml import etree

    from verbale.model.document import Block, ListItem
    from verbale.readers._odt_styles import ListLevel

#: The level of a list's style by its number, from 1.
LevelOf: TypeAlias = "Callable[[int], ListLevel | None]"
#: Items that are longer, in letters, are the numbered paragraphs of a text.
_PROSE: Final = 160
_PLAIN_BULLETS: Final = frozenset("•·●○◦▪■")


def item_label(
    item: etree._Element,
    this: ListLevel,
    level: int,
    counts: list[int],
    level_of: LevelOf,
) -> str:
    """The number or bullet of an item, and count it; a plain bullet is not said.

    *counts* has the last number of each level, *level_of* the levels of the list's style.
    """
    if not _is_counted(item):
        return ""
    if this.form == "bullet":
        return "" if this.bullet in _PLAIN_BULLETS else this.bullet
    given = item.get(TEXT + "start-value") or ""
    if given.isdigit():
        counts[level] = int(given)
    else:
        counts[level] = (counts[level] or this.start - 1) + 1
    counts[level + 1 :] = [0] * (len(counts) - level - 1)
    return number_label(this, level, counts, level_of)


def _is_counted(item: etree._Element) -> bool:
    """An item that only holds another list has no number of its own."""
    return any(child.tag in (TEXT + "p", TEXT + "h") for child in item)


def number_label(
    this: ListLevel,
    level: int,
    counts: list[int],
    level_of: LevelOf,
) -> str:
    """The number at *level* as it is printed, with those of the levels that it shows."""
    numbers = []
    for at in range(max(level - this.shown + 1, 1), level + 1):
        other = level_of(at)
        if other is not None and other.form not in ("", "bullet"):
            numbers.append(other.number(counts[at] or other.start))
    if not numbers:
        return ""
    return f"{this.prefix}{'.'.join(numbers)}{this.suffix}".strip()


def as_blocks(items: list[ListItem], *, ordered: bool, top: bool) -> list[Block]:
    """A list; or its headings, or the numbered paragraphs of a text, which are no list."""
    if not items:
        return []
    firsts = [item.blocks[0] for item in items]
    prose = (
        top
        and ordered
        and all(isinstance(each, Paragraph) for each in firsts)
        and sum(len(block_text(each)) for each in firsts) / len(firsts) >= _PROSE
    )
    if not prose and not all(isinstance(each, Heading) for each in firsts):
        return [List(tuple(items), ordered)]
    out: list[Block] = []
    for item in items:
        first = item.blocks[0]
        if isinstance(first, Paragraph | Heading):
            first = replace(first, number=item.label or first.number)
        out += [first, *item.blocks[1:]]
    return out
