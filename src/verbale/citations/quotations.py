"""Quoted passages, and what each is said to be taken from.

A passage is tied to a citation only where the text ties them: the citation stands before it in
the sentence with a word such as "states" or "which reaffirmed" between them, or right behind it
in brackets, or the passage goes on from one that is tied. Everything else is unattributed: a
false accusation is worse than a missed one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from verbale.citations import tables
from verbale.citations.comparing import Change, Source, compare
from verbale.citations.flat import flatten, lower
from verbale.citations.model import Citation, Kind
from verbale.citations.vocabulary import Vocabulary, Word, vocabulary
from verbale.languages.identify import identify
from verbale.text.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PAIRS = {
    pair[0]: pair[1:] for pair in ("“”", "„”“", "«»", "‹›", "‘’", '""', "「」", "『』", "﹁﹂")
}
_MARKS = re.compile('[“”„«»‹›「」『』﹁﹂‘’"]|\\n[ \\t]*\\n')
_BLOCK = re.compile(r"(?m)^[ \t]*>[^\n]*(?:\n[ \t]*>[^\n]*)*")
_EMPHASIS = re.compile(r"(?<![*\w\\])\*(?![*\s])([^*\n]{20,2000})(?<![\s\\])\*(?![*\w])")
_TRIM = "*_ \t\n\r"
_LONGEST = 6000
# How much may stand between a citation and what is quoted from it.
_FAR = 260
_VERB_NEAR = 60
_BESIDE = 3
_GOES_ON = re.compile(
    r"[\s\"*“”«»,;.…]*"
    r"(?:and|as well as|or|et|ainsi que|y|e|así como|и|а также|和|及|以及|و|وكذلك)?"
    r"(?: (?:that|que|что))?[\s:*\"“«„「]*"
)
_IN_BRACKETS = re.compile(r"[\s*\"”»」』.,]*[(\[（][^()\[\]\n]{0,40}$")
_AS_DEFINED = re.compile(r"[(（][^()（）\n]{0,40}$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quoted passage: bounds and text without its marks; ``block`` when set off by itself."""

    start: int
    end: int
    text: str
    block: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A text held: its symbol, its name (of a file), and its words."""

    symbol: str
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage with its verdict.

    ``verdict`` is exact, typography, altered, not-found, not-held or unattributed. ``found`` is
    the passage of the source (bounds and text) where there is one.
    """

    passage: Passage
    verdict: str
    citation: Citation | None = None
    changes: tuple[Change, ...] = ()
    held: Held | None = None
    start: int = 0
    end: int = 0

    @property
    def found(self) -> str:
        """The passage of the source, empty where none was found."""
        return self.held.source.text[self.start : self.end] if self.held else ""


@cache
def _attributions(lang: str) -> Vocabulary:
    table = tables.own("attributions", "role lang text")
    return vocabulary([(text, role) for role, its, text in table if its == lang], lang)


def passages(text: str) -> Iterator[Passage]:
    """Every quoted passage, from left to right; of nested ones the outer."""
    found = [*_between_marks(text), *_blocks(text)]
    taken = sorted((each.start, each.end) for each in found)
    found += [
        Passage(match.start(1), match.end(1), match[1])
        for match in _EMPHASIS.finditer(text)
        if not _inside(match.start(1), match.end(1), taken)
    ]
    end = -1
    for passage in sorted(found, key=lambda each: (each.start, -each.end)):
        if passage.start >= end:
            yield passage
            end = passage.end


def _inside(start: int, end: int, taken: Sequence[tuple[int, int]]) -> bool:
    return any(a < end and start < b for a, b in taken)


def _between_marks(text: str) -> Iterator[Passage]:
    """Passages between quotation marks; a mark without its partner opens nothing."""
    opened: list[tuple[str, int]] = []
    for match in _MARKS.finditer(text):
        mark, at = match[0], match.start()
        if mark[0] == "\n":
            opened.clear()
            continue
        if mark in "’‘" and _is_apostrophe(text, at):
            continue
        closes = [i for i, (o, _) in enumerate(opened) if mark in _PAIRS[o]]
        if closes:
            first, start = opened[closes[-1]]
            del opened[closes[-1] :]
            if not opened and at - start - 1 <= _LONGEST:
                passage = _trimmed(text, start + len(first), at)
                if passage.text:
                    yield passage
        elif mark in _PAIRS:
            opened.append((mark, at))


def _is_apostrophe(text: str, at: int) -> bool:
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isalnum() and behind.isalnum()


def _blocks(text: str) -> Iterator[Passage]:
    for match in _BLOCK.finditer(text):
        passage = _trimmed(text, match.start(), match.end())
        yield replace(passage, block=True)


def _trimmed(text: str, start: int, end: int) -> Passage:
    inner = text[start:end]
    lead = len(inner) - len(inner.lstrip(_TRIM + ">"))
    inner = inner.strip(_TRIM + ">")
    return Passage(start + lead, start + lead + len(inner), inner)


def tie(
    text: str, citations: Sequence[Citation], lang: str = ""
) -> Iterator[tuple[Passage, Citation | None]]:
    """Each passage with the citation that the text ties it to, ``None`` where it ties none."""
    cited = [c for c in citations if c.symbol and c.kind is not Kind.INTERNAL]
    bounds = list(sentences(text))
    previous: tuple[Passage, Citation | None] | None = None
    at = 0
    for passage in passages(text):
        while at < len(bounds) and bounds[at][1] <= passage.start:
            at += 1
        start = bounds[at][0] if at < len(bounds) else 0
        start = min(start, passage.start)
        its = lang or _language(text, passage)
        found = None
        if not _defines(text, passage, its):
            found = _before(text, passage, cited, start, its)
            found = found or _behind(text, passage, cited)
            if found is None and previous is not None and previous[1] is not None:
                gap = text[previous[0].end : passage.start]
                if len(gap) <= _VERB_NEAR and _GOES_ON.fullmatch(lower(flatten(gap).text)):
                    found = previous[1]
        previous = (passage, found)
        yield passage, found


def _language(text: str, passage: Passage) -> str:
    start = max(text.rfind("\n\n", 0, passage.start), passage.start - 600, 0)
    return identify(text[start : passage.end + 100]).code


def _defines(text: str, passage: Passage, lang: str) -> bool:
    """Whether the marks give a name ("entitled", "hereinafter") and quote nothing."""
    before = text[max(0, passage.start - 40) : passage.start].rstrip(_TRIM + '“«„"‘「')
    if _AS_DEFINED.search(text[max(0, passage.start - 42) : passage.start]):
        return True
    words = list(_known(before, lang))
    return bool(words) and words[-1].role == "title" and len(before) - words[-1].end <= _BESIDE


def _known(text: str, lang: str) -> Iterator[Word]:
    if lang in ("ar", "zh", "en", "fr", "ru", "es"):
        flat = flatten(text).text
        yield from _attributions(lang).find(lower(flat))


def _before(
    text: str, passage: Passage, cited: Sequence[Citation], start: int, lang: str
) -> Citation | None:
    """The citation before the passage in its sentence, if a verb of saying joins them."""
    near = [c for c in cited if start <= c.start and c.end <= passage.start]
    if not near or passage.start - near[-1].end > _FAR:
        return None
    between = text[near[-1].end : passage.start]
    if any(mark in between[:-3] for mark in '“”«»「」"'):
        return None
    words = [w for w in _known(between, lang) if w.role == "says"]
    length = len(flatten(between).text)
    if words and length - words[-1].end <= _VERB_NEAR:
        return near[-1]
    if between.rstrip(_TRIM + '“«„"「').endswith((":", "：")):
        return near[-1]
    return None


def _behind(text: str, passage: Passage, cited: Sequence[Citation]) -> Citation | None:
    """The citation in brackets right behind the passage."""
    for citation in cited:
        if citation.start >= passage.end:
            gap = text[passage.end : citation.start]
            return citation if len(gap) <= _VERB_NEAR and _IN_BRACKETS.fullmatch(gap) else None
    return None


def check_quotations(
    text: str,
    citations: Sequence[Citation],
    held: Mapping[str, Held],
    lang: str = "",
) -> Iterator[Quotation]:
    """Compare every quoted passage of *text* with the text of what it is tied to.

    *held* has the texts at hand by canonical symbol.
    """
    for passage, citation in tie(text, citations, lang):
        if citation is None or citation.symbol is None:
            yield Quotation(passage, "unattributed")
            continue
        source = held.get(citation.symbol)
        if source is None:
            yield Quotation(passage, "not-held", citation)
            continue
        compared = compare(passage.text, source.source)
        if compared.verdict == "short":
            yield Quotation(passage, "unattributed")
        elif compared.verdict == "not-found" and not source.source.whole:
            yield Quotation(passage, "not-held", citation)
        elif compared.verdict == "not-found":
            yield Quotation(passage, "not-found", citation, held=source)
        else:
            yield Quotation(
                passage,
                compared.verdict,
                citation,
                compared.changes,
                source,
                compared.start,
                compared.end,
            )
