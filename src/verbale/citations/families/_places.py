"""Places in what is cited: "paragraph 4 of", ", annex, art. 24, para. 1", 第15(c)段, المادة 51.

::

    place  = word [number *(joiner number)]
    before = place of-words citation
    after  = citation 1*4("," place)          ; in Chinese the number stands before its word
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.flat import lower
from verbale.citations.model import Pinpoint
from verbale.citations.vocabulary import Vocabulary, trie, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.citations.families.base import Page

_BEFORE = 110
_AFTER = 60
_MOST = 4
_FEW_WORDS = 9
_NUMBER = (
    r"(?:[0-9]{1,3}(?: ?bis| ?ter)?(?: ?\([a-zа-я0-9]{1,4}\)| [a-z]\))*"
    r"|[ivxlcіхс]{1,6}(?![\w'])|[a-hа-з](?![\w'.]))"
)
_ARABIC_NUMBER = r"(?:[0-9]{1,3}(?: ?\([^()]{1,6}\))*|ال[^\W\d]{3,9}(?: عشر)?)"
_JOINER = r"(?:,? (?:and|et|y|e|и|to|à|a|al|по|до|و|الى) ?|, ?| ?[-–] ?| و ?|、|和|至|到)"
_HAN_NUMBER = r"(?:[0-9]{1,3}(?: ?\([a-z0-9]{1,3}\))*|[一二三四五六七八九十百]{1,5})"
_GAP = r"(?P<gap>[^0-9.;。()]{1,70})"
# What joins a place to what it is in: "of the", "de la". Before a number the noun and its body
# follow ("of Security Council resolution"), before a name or symbol nothing else may.
_OF = (
    r"(?:of|to|in|under|de|du|des|del|au|aux|à|en|dans|a|al|к|в|из|на|من|ل|في|的|所)?"
    r" ?(?:the|la|le|les|los|las|el|document|documento|документа|الوثيقة|وثيقة)?"
    r" ?(?:l'|d'|《|«|\")?"
)
_JOINED = re.compile(rf"[ ,(]*{_OF} *")
_NOUN = re.compile(
    r"r[ée]sol|d[ée]ci[sz]|резолюц|решени|قرار|مقرر|القر|المقرر|大会|理事会|安理会|其"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns of one language, over text in small letters."""

    words: Vocabulary
    before: re.Pattern[str]
    after: re.Pattern[str]


@cache
def grammar(lang: str) -> Grammar:
    """The places of one language; only for those with rows in ``places.tsv``."""
    table = tables.own("places", "kind lang text")
    cells = [(text, kind) for kind, its, text in table if its == lang]
    words = vocabulary(cells, lang)
    body = trie(lower(text) for text, _ in cells)
    if lang == "zh":
        number = rf"第 ?(?P<n>{_HAN_NUMBER}(?:(?:{_JOINER})(?:第 ?)?{_HAN_NUMBER}){{0,6}}) ?"
        before = rf"{number}(?P<w>{body})(?:{_GAP})?$"
        after = (
            r"(?:号(?:决议|决定))?[ ,、(》]{0,3}"
            rf"(?:{number}(?P<w>{body})|(?P<a>附件)(?P<m>{_HAN_NUMBER})?)"
        )
        return Grammar(words, re.compile(before), re.compile(after))
    number = _ARABIC_NUMBER if lang == "ar" else _NUMBER
    several = rf"(?P<n>{number}(?:{_JOINER}{number}){{0,8}})"
    prefix = "(?:[وفبكل]{0,2})" if lang == "ar" else ""
    return Grammar(
        words,
        re.compile(rf"(?<!\w){prefix}(?P<w>{body})(?:\.? {{0,3}}{several})?{_GAP}$"),
        re.compile(
            rf"(?:[ ,،(]{{1,3}}|, ?(?:y|et|and|в частности) )(?P<w>{body})(?!\w)"
            rf"(?:\.? {{0,3}}{several})?"
        ),
    )


def places(page: Page, start: int, end: int, edge: int) -> Iterator[Pinpoint]:
    """The places named before and behind the citation that stands from *start* to *end*.

    *edge* is where the words of this citation begin at the earliest.
    """
    rules = grammar(page.lang)
    yield from _places_before(page, rules, start, edge)
    at = end
    for _ in range(_MOST):
        match = rules.after.match(page.low, at, at + _AFTER)
        if match is None:
            return
        groups = match.groupdict()
        if groups.get("a"):
            number = page.text[match.start("m") : match.end("m")] if groups["m"] else ""
            yield Pinpoint("annex", number, match.start("a"), match.end())
        elif match["n"] or _is_annex(rules, match):
            first = match.start("n") if page.lang == "zh" else match.start("w")
            yield Pinpoint(_kind(rules, match), _number(page, match), first, match.end())
        else:
            return
        at = match.end()


def _places_before(page: Page, rules: Grammar, start: int, edge: int) -> Iterator[Pinpoint]:
    """Those before it, the nearest first: "Article 2, paragraph 4, of the Charter"."""
    for _ in range(_MOST):
        low = max(edge, start - _BEFORE)
        match = rules.before.search(page.low[low:start])
        if match is None or not (match["n"] or _is_annex(rules, match)):
            return
        if not _joins(match["gap"]):
            return
        number = ""
        if match["n"]:
            number = page.text[low + match.start("n") : low + match.end("n")].strip()
        first = match.start("n") - 1 if page.lang == "zh" else match.start("w")
        last = max(match.end("n"), match.end("w"))
        yield Pinpoint(_kind(rules, match), number, low + first, low + last)
        start = low + first


def _number(page: Page, match: re.Match[str]) -> str:
    """The number as printed: the pattern read it in small letters."""
    return page.text[match.start("n") : match.end("n")].strip() if match["n"] else ""


def _kind(rules: Grammar, match: re.Match[str]) -> str:
    return rules.words.role(match["w"])


def _is_annex(rules: Grammar, match: re.Match[str]) -> bool:
    return _kind(rules, match) == "annex"


def _joins(gap: str | None) -> bool:
    if not gap or _JOINED.fullmatch(gap):
        return True
    return len(gap.split()) <= _FEW_WORDS and _NOUN.search(gap) is not None
