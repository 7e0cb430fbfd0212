"""Find what a text cites: one pass over its digits, then the families that need no digits.

Time and memory grow in proportion to the text: it is read in pages of bounded size.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import families
from verbale.citations.families._around import LANGUAGES
from verbale.citations.families._places import places
from verbale.citations.families.base import Family, Page
from verbale.citations.flat import flatten
from verbale.languages.identify import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.model import Mention

_DIGITS = re.compile(r"[0-9]+")
_PAGE_END = re.compile(r"\n[ \t]*\n")
# A page is cut at the end of a paragraph where there is one, and always before twice this size.
_PAGE = 8192


@cache
def every_family() -> tuple[Family, ...]:
    """The families there are, in the order in which they look at a run of digits."""
    found = []
    for info in pkgutil.iter_modules(families.__path__):
        module = importlib.import_module(f"{families.__name__}.{info.name}")
        if hasattr(module, "FAMILY"):
            found.append(module.FAMILY)
    return tuple(sorted(found, key=lambda family: family.order))


def find(text: str, lang: str = "") -> Iterator[Mention]:
    """Everything *text* cites, from left to right; offsets count in *text* as given.

    *lang* is the language's code; without it each page is told apart by its words.
    """
    for start, end in pages(text):
        piece = text if (start, end) == (0, len(text)) else text[start:end]
        its = lang or identify(piece).code
        page = Page(flatten(piece, start), its)
        yield from read_page(page)


def pages(text: str) -> Iterator[tuple[int, int]]:
    """Bounds of pieces of bounded size, cut between paragraphs, else lines, else words."""
    start = 0
    while len(text) - start > _PAGE:
        cut = _PAGE_END.search(text, start + _PAGE // 2, start + _PAGE)
        end = cut.end() if cut else 0
        for mark in ("\n", ". ", "。", " "):
            end = end or text.rfind(mark, start + _PAGE // 2, start + _PAGE) + 1
        end = end or start + _PAGE
        yield start, end
        start = end
    if start < len(text):
        yield start, len(text)


def read_page(page: Page) -> Iterator[Mention]:
    """The mentions of one page, with offsets into the original."""
    readers = [family.at_digits for family in every_family() if family.at_digits]
    for match in _DIGITS.finditer(page.text):
        if match.start() < page.done:
            continue
        for read in readers:
            mentions = read(page, match.start())
            if mentions:
                page.found.extend(mentions)
                page.done = page.found[-1].end
                break
    page.found = found = with_places(page)
    others = [family.throughout for family in every_family() if family.throughout]
    for scan in others:
        found = _merged(found, list(scan(page)))
    flat = page.flat
    if not flat.base and not flat.cuts:
        yield from found
        return
    for mention in found:
        yield replace(
            mention,
            start=flat.origin(mention.start),
            end=flat.origin_end(mention.end),
            pinpoints=tuple(
                replace(pin, start=flat.origin(pin.start), end=flat.origin_end(pin.end))
                for pin in mention.pinpoints
            ),
        )


def with_places(page: Page) -> list[Mention]:
    """The mentions found at digits, each with the places named beside it."""
    if page.lang not in LANGUAGES:
        return page.found
    out: list[Mention] = []
    edge = 0
    for mention in page.found:
        pins = tuple(places(page.low, mention.start, mention.end, page.lang, edge))
        out.append(replace(mention, pinpoints=pins) if pins else mention)
        edge = mention.end
    return out


def _merged(first: list[Mention], second: list[Mention]) -> list[Mention]:
    """Both in order; of the second list only what does not overlap the first."""
    if not second:
        return first
    out: list[Mention] = []
    at = 0
    for mention in sorted(second, key=lambda each: each.start):
        while at < len(first) and first[at].end <= mention.start:
            out.append(first[at])
            at += 1
        taken = at < len(first) and first[at].start < mention.end
        if not taken and not (out and out[-1].end > mention.start):
            out.append(mention)
    return sorted([*out, *first[at:]], key=lambda each: each.start)
