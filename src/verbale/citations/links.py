"""What each block of a document cites, as stand-off links: the tree itself stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.citations.resolve import find_citations
from verbale.model.document import Block, Document, Heading, Paragraph, Part
from verbale.model.walk import blocks, parts, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.model import Kind

_LANGUAGES = frozenset({"ar", "zh", "en", "fr", "ru", "es"})


@dataclass(frozen=True, slots=True)
class Link:
    """A citation as a link. Offsets count in the text of its block's inlines.

    ``symbol`` is ``None`` for what has none; ``key`` names a treaty, or what is meant inside
    the document (``annex:II``, ``note:*``).
    """

    start: int
    end: int
    kind: Kind
    symbol: str | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class BlockLinks:
    """The links of one paragraph or heading, from left to right, none inside another."""

    part: Part
    block: Block
    links: tuple[Link, ...]


def links_of(document: Document, *, symbol: str = "") -> Iterator[BlockLinks]:
    """The links of every paragraph and heading that has any, in reading order.

    Offsets count in ``plain(block.content)`` of `verbale.model.walk`. *symbol* is the own one
    of the document, by default that of the tree. Footnotes and cells of tables are read too.
    """
    own = symbol or document.symbol
    for part in parts(document):
        for block in blocks(part):
            if isinstance(block, Paragraph | Heading):
                language = block.language or part.language
                lang = language.code if language.code in _LANGUAGES else ""
                found = find_citations(plain(block.content), lang, symbol=own)
                links = tuple(
                    Link(each.start, each.end, each.kind, each.symbol, each.mention.key)
                    for each in found
                    if each.symbol or each.mention.key
                )
                if links:
                    yield BlockLinks(part, block, links)
