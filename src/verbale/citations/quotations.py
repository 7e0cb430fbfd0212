"""Quoted passages, and what each is said to be taken from.

A passage is tied to a citation only where the text ties them: the citation stands before it in
the sentence with a word such as "states" or "which reaffirmed" between them, or right behind it
in brackets, or the passage goes on from one that is tied. Everything else is unattributed: a
false accusation is worse than a missed one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
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
_DEEPEST = 6
_IN_LIST = 40
_ORDER = ("exact", "typography", "altered", "unattributed", "not-found", "not-held")
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
    """Whether anything of *taken*, which is sorted, overlaps."""
    at = bisect_left(taken, (end, end))
    return at > 0 and taken[at - 1][1] > start


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
            # Marks that are never closed must not make each later one look through them all.
            del opened[:-_DEEPEST]


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
) -> Iterator[tuple[Passage, tuple[Citation, ...]]]:
    """Each passage with the citations that the text ties it to: the nearest one first.

    There are several where a list is cited ("resolutions 822 (1993) and 853 (1993), which
    demanded"), none where nothing ties.
    """
    cited = _Cited(text, [c for c in citations if c.symbol and c.kind is not Kind.INTERNAL])
    bounds = list(sentences(text))
    previous: tuple[Passage, tuple[Citation, ...]] | None = None
    at = 0
    for passage in passages(text):
        while at < len(bounds) and bounds[at][1] <= passage.start:
            at += 1
        start = min(bounds[at][0] if at < len(bounds) else 0, passage.start)
        its = lang or _language(text, passage)
        found: tuple[Citation, ...] = ()
        if not _defines(text, passage, its):
            found = cited.before(passage, start, its) or cited.behind(passage)
            if not found and previous is not None and previous[1]:
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


class _Cited:
    """The citations of a text, looked up by place."""

    def __init__(self, text: str, citations: list[Citation]) -> None:
        self.text = text
        self.citations = citations
        self.starts = [citation.start for citation in citations]

    def before(self, passage: Passage, start: int, lang: str) -> tuple[Citation, ...]:
        """The citations before the passage in its sentence, if a verb of saying joins them."""
        at = bisect_right(self.starts, passage.start) - 1
        if at < 0 or self.starts[at] < start:
            return ()
        near = self.citations[at]
        if near.end > passage.start or passage.start - near.end > _FAR:
            return ()
        between = self.text[near.end : passage.start]
        if any(mark in between[:-_BESIDE] for mark in '“”«»「」"'):
            return ()
        words = [word for word in _known(between, lang) if word.role == "says"]
        length = len(flatten(between).text)
        said = words and length - words[-1].end <= _VERB_NEAR
        if said or between.rstrip(_TRIM + '“«„"「').endswith((":", "：")):
            return (near, *self._listed(at, start))
        return ()

    def _listed(self, at: int, start: int) -> Iterator[Citation]:
        """Those before it in its list."""
        while at > 0 and self.starts[at - 1] >= start:
            if self.starts[at] - self.citations[at - 1].end > _IN_LIST:
                return
            at -= 1
            yield self.citations[at]

    def behind(self, passage: Passage) -> tuple[Citation, ...]:
        """The citation in brackets right behind the passage."""
        at = bisect_left(self.starts, passage.end)
        if at == len(self.starts):
            return ()
        gap = self.text[passage.end : self.starts[at]]
        tied = len(gap) <= _VERB_NEAR and _IN_BRACKETS.fullmatch(gap)
        return (self.citations[at],) if tied else ()


def check_quotations(
    text: str,
    citations: Sequence[Citation],
    held: Mapping[str, Held],
    lang: str = "",
) -> Iterator[Quotation]:
    """Compare every quoted passage of *text* with the text of what it is tied to.

    *held* has the texts at hand by canonical symbol.
    """
    for passage, tied in tie(text, citations, lang):
        yield _judge(passage, tied, held)


def _judge(passage: Passage, tied: tuple[Citation, ...], held: Mapping[str, Held]) -> Quotation:
    """Of several citations the one whose text agrees best; in doubt nobody is accused."""
    if not tied:
        return Quotation(passage, "unattributed")
    judged = [_compared(passage, citation, held) for citation in tied]
    best = min(judged, key=lambda each: _ORDER.index(each.verdict))
    if best.verdict in ("altered", "not-found"):
        # A text of the list that is not at hand may have the passage word for word.
        missing = [each for each in judged if each.verdict == "not-held"]
        return missing[0] if missing else best
    return best


def _compared(passage: Passage, citation: Citation, held: Mapping[str, Held]) -> Quotation:
    source = held.get(citation.symbol or "")
    if source is None:
        return Quotation(passage, "not-held", citation)
    compared = compare(passage.text, source.source)
    if compared.verdict == "short":
        return Quotation(passage, "unattributed")
    if compared.verdict == "not-found":
        if not source.source.whole:
            return Quotation(passage, "not-held", citation)
        return Quotation(passage, "not-found", citation, held=source)
    return Quotation(
        passage,
        compared.verdict,
        citation,
        compared.changes,
        source,
        compared.start,
        compared.end,
    )
