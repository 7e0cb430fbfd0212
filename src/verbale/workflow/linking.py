"""Links to what a document cites, put in when it is written: no letter of the text changes.

Source of the addresses: the setting ``public_url`` and the symbol, as the site has them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from verbale.citations.links import Link, links_of
from verbale.compose.phrases import cut
from verbale.errors import SymbolError
from verbale.model.document import Heading, Paragraph, Span
from verbale.model.symbol_reading import read_symbol
from verbale.model.walk import inlines, map_blocks, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from verbale.model.document import Block, Document, Inline, Part

    _Change = Callable[[Block], Block]

#: What a document may cite by a symbol; articles and paragraphs go with what they are of.
_CITED = frozenset({"symbol", "resolution", "decision", "statement", "report", "meeting"})


def address(symbol: str, public_url: str) -> str:
    """Where the document with that symbol is: ``https://docs.example.org/A/HRC/43/G/1``."""
    return f"{public_url.rstrip('/')}/{quote(symbol, safe='/()')}"


def linked(
    document: Document, public_url: str, leads: Callable[[str], bool] = lambda _: True
) -> Document:
    """The document with a link on each citation that has a symbol for which *leads* is true.

    Texts that carry a link already keep their own; a title is no place for links.
    """
    own = _own(document)
    found = {
        id(each.block): [
            link
            for link in each.links
            if link.symbol and link.symbol not in own and leads(link.symbol)
        ]
        for each in links_of(document)
    }

    def block(each: Block) -> Block:
        links = found.get(id(each))
        if not links or not isinstance(each, Paragraph | Heading) or _has_link(each.content):
            return each
        return replace(each, content=tuple(_with_links(each.content, links, public_url)))

    return replace(document, parts=tuple(_part(part, block) for part in document.parts))


def _own(document: Document) -> set[str]:
    """The document's symbols: the whole, and each one of a joint symbol."""
    try:
        each = read_symbol(document.symbol).symbols
    except SymbolError:
        each = ()
    return {document.symbol, *(str(symbol.unstarred) for symbol in each)}


def _part(part: Part, block: _Change) -> Part:
    return replace(
        part,
        blocks=map_blocks(part.blocks, block),
        footnotes=tuple(
            replace(note, blocks=map_blocks(note.blocks, block)) for note in part.footnotes
        ),
        parts=tuple(_part(inner, block) for inner in part.parts),
    )


def _has_link(content: Sequence[Inline]) -> bool:
    return any(isinstance(inline, Span) and inline.link for inline in inlines(content))


def _with_links(
    content: tuple[Inline, ...], links: Sequence[Link], public_url: str
) -> Iterator[Inline]:
    at = -1  # a footnote mark may stand before the first letter
    for link in links:
        if link.symbol is None or link.start < at:
            continue
        yield from cut(content, at, link.start)
        target = address(link.symbol, public_url)
        yield Span(cut(content, link.start, link.end), link=target)
        at = link.end
    yield from cut(content, at, len(plain(content)))


def cited(document: Document, series: str = "") -> tuple[str, ...]:
    """The symbols a document cites, each once, in the order of the text.

    *series* is a symbol such as the document will have, while it has none of its own.
    """
    own = _own(document)
    symbols = (
        link.symbol
        for each in links_of(document, symbol=document.symbol or series)
        for link in each.links
        if link.symbol and link.kind in _CITED and link.symbol not in own
    )
    return tuple(dict.fromkeys(symbols))
