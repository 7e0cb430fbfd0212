"""Treaties by name, with their articles: "Article 51 of the Charter of the United Nations".

The names stand in ``treaties.tsv`` of the institution. A short name ("the Charter") is a
citation only with an article or chapter beside it. A treaty has no symbol: its key says which.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.families._places import places
from verbale.citations.families.base import Family
from verbale.citations.model import Kind, Mention
from verbale.citations.vocabulary import Vocabulary, Word, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.families.base import Page

_SHORT = "~"
_FIRST = 4


@cache
def _names(lang: str) -> Vocabulary | None:
    table = tables.institution("treaties", "key lang text use")
    cells = [
        (text, f"{key}{_SHORT if use == 'short' else ''}")
        for key, its, text, use in table
        if its == lang
    ]
    return vocabulary(cells, lang) if cells else None


def find_treaties(page: Page) -> Iterator[Mention]:
    """Every treaty that the page names, with the places named beside it."""
    names = _names(page.lang)
    if names is None:
        return
    last = 0
    for word in _named(page, names):
        key = word.role.rstrip(_SHORT)
        pins = tuple(places(page, word.start, word.end, last))
        articles = [pin for pin in pins if pin.kind in ("article", "chapter", "paragraph")]
        if word.role.endswith(_SHORT) and not articles:
            continue
        kind = Kind.ARTICLE if any(pin.kind == "article" for pin in pins) else Kind.TREATY
        start = min([word.start, *(pin.start for pin in articles)])
        end = max([word.end, *(pin.end for pin in articles)])
        yield Mention(start, end, kind, key=key, pinpoints=pins)
        last = end


def _named(page: Page, names: Vocabulary) -> Iterator[Word]:
    """The names on the page; where a script has capitals only what begins with one is tried."""
    beginnings = _beginnings(page.lang)
    if beginnings is None:
        yield from names.find(page.low)
        return
    done = 0
    for spot in beginnings.finditer(page.text):
        if spot.start() < done:
            continue
        match = names.pattern.match(page.low, spot.start())
        if match is not None:
            done = match.end()
            yield Word(names.role(match[1]), match.start(1), done)


@cache
def _beginnings(lang: str) -> re.Pattern[str] | None:
    """How names begin, as printed and in capitals; ``None`` for a script without capitals."""
    table = tables.institution("treaties", "key lang text use")
    first = {text[:_FIRST] for _, its, text, _ in table if its == lang}
    if not all(text[0].isupper() for text in first):
        return None
    both = sorted(first | {text.upper() for text in first})
    return re.compile("|".join(re.escape(text.rstrip("*")) for text in both))


FAMILY = Family(name="treaties", order=10, throughout=find_treaties)
