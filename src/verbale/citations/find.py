"""Find what a text cites: one pass over its digits, then the families that need no digits.

Time and memory grow in proportion to the text: it is read in pages of bounded size.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import families
from verbale.citations.families._around import LANGUAGES
from verbale.citations.families._places import places
from verbale.citations.families.base import Family, Page
from verbale.citations.flat import flatten
from verbale.citations.model import Pinpoint
from verbale.languages.identify import identify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.model import Mention

_DIGITS = re.compile(r"[0-9]+")
# A date is passed over as a whole: neither its day nor its year is a number of anything.
_DATE = re.compile(
    r"[0-9]{1,2}(?:er|º)? (?:de )?[^\W\d_]{3,10}"
    r"(?: [^\W\d_]{3,6}/ ?[^\W\d_]{3,8})?(?:/[^\W\d_]{3,8})?"
    r" (?:de )?(?:19|20)[0-9]{2}(?![0-9/(]| ?\()"
    r"|(?:19|20)[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?"
)
_PAGE_END = re.compile(r"\n[ \t]*\n")
# A page is cut at the end of a paragraph where there is one, and always before twice this size.
_PAGE = 8192
# Whose language is told from so much of each end.
_SAMPLE = 500


@cache
def every_family() -> tuple[Family, ...]:
    """The families there are, in the order in which they look at a run of digits."""
    found = []
    for info in pkgutil.iter_modules(families.__path__):
        module = importlib.import_module(f"{families.__name__}.{info.name}")
        if hasattr(module, "FAMILY"):
            found.append(module.FAMILY)
    return tuple(sorted(found, key=lambda family: family.order))


def find(text: str, lang: str = "", *, symbol: str = "") -> Iterator[Mention]:
    """Everything *text* cites, from left to right; offsets count in *text* as given.

    *lang* is the language's code; without it each page is told apart by its words. *symbol* is
    the citing document's own: what begins as it does is of the same institution.
    """
    root = symbol.partition("/")[0]
    for start, end in pages(text):
        for low, high, code in (
            ((start, end, lang),) if lang else _by_language(text, start, end)
        ):
            piece = text if (low, high) == (0, len(text)) else text[low:high]
            yield from read_page(Page(flatten(piece, low), code, root))


def _by_language(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Cut a page where its language changes; the page is one where both its ends agree."""
    first = identify(text[start : min(end, start + _SAMPLE)]).code
    if end - start <= _SAMPLE or first == identify(text[end - _SAMPLE : end]).code:
        yield start, end, first
        return
    here, code, at = start, "", start
    for cut in [*(m.end() for m in _PAGE_END.finditer(text, start, end)), end]:
        its = identify(text[at:cut]).code
        if code and its not in (code, "und"):
            yield here, at, code
            here = at
        code = its if its != "und" else code or its
        at = cut
    yield here, end, code


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
    passed = 0
    for match in _DIGITS.finditer(page.text):
        if match.start() < page.done or match.start() < passed:
            continue
        date = _DATE.match(page.text, match.start())
        if date is not None:
            passed = date.end()
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
        pins = tuple(
            Pinpoint(p.kind, p.number, flat.origin(p.start), flat.origin_end(p.end))
            for p in mention.pinpoints
        )
        yield mention.at(flat.origin(mention.start), flat.origin_end(mention.end), pins)


def with_places(page: Page) -> list[Mention]:
    """The mentions found at digits, each with the places named beside it."""
    if page.lang not in LANGUAGES:
        return page.found
    out: list[Mention] = []
    edge = 0
    for mention in page.found:
        pins = tuple(places(page, mention.start, mention.end, edge))
        out.append(mention.at(mention.start, mention.end, pins) if pins else mention)
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
