"""Extracts: the place of a text where what was looked for stands thickest, marked.

The letters are those of the original; only the comparing is done on terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from verbale.search.analysis import Term, found, run, spellings, terms, words
from verbale.search.base import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from verbale.search.base import Passage

#: Signs of an extract, about.
LENGTH = 280
#: No more signs of a version than these are looked through for a place.
_MOST = 100_000
_SENTENCE = 80
_MARK = "…"


@dataclass(frozen=True, slots=True)
class Sought:
    """What to mark: whole terms, beginnings of words, likenesses, runs of terms for phrases.

    A likeness is a word and how many letters may differ; a phrase is its terms with blanks
    between. A text that has *enough* of them has all that was asked for.
    """

    terms: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    likes: tuple[tuple[str, int], ...] = ()
    enough: int = 1

    def __bool__(self) -> bool:
        return bool(self.terms or self.prefixes or self.phrases or self.likes)

    def has(self, word: str) -> bool:
        """Whether *word* begins as one sought or is like one."""
        return any(
            each.startswith(self.prefixes)
            or any(alike(each, like, most) for like, most in self.likes)
            for each in spellings(word)
        )

    def weight(self, text: str, language: str) -> int:
        """How much of what is sought stands in *text*."""
        text = text[:_MOST]
        terms = run(text, language)
        weight = len(self.terms.intersection(terms.split(" ")))
        if self.phrases:
            held = f" {terms} "
            weight += sum(f" {phrase} " in held for phrase in self.phrases)
        if self.prefixes or self.likes:
            weight += sum(map(self.has, set(found(text))))
        return weight

    def spans(self, text: str, language: str) -> list[tuple[int, int]]:
        """Where *text* has what is sought, in order; spans that touch are one."""
        made = list(terms(text[:_MOST], language))
        loose = bool(self.prefixes or self.likes)
        spans = [
            (start, end)
            for name, start, end in made
            if name in self.terms or (loose and self.has(text[start:end]))
        ]
        for phrase in self.phrases:
            spans += _runs(made, tuple(phrase.split(" ")))
        return _joined(sorted(spans), text)


@lru_cache(100_000)
def alike(one: str, other: str, most: int) -> bool:
    """Whether no more than *most* letters tell two words apart."""
    # An edit touches two neighbours at most: of so many pieces one is as it was.
    pieces = 2 * most + 1
    size = max(1, len(other) // pieces)
    if not any(other[at : at + size] in one for at in range(0, len(other), size)):
        return False
    return differ(one, other, most) <= most


def differ(one: str, other: str, most: int) -> int:
    """How many letters apart two words are; more than *most* where it is more.

    A letter is changed, put in, left out, or swapped with the next.
    Source: Damerau, "A technique for computer detection and correction of spelling
    errors", 1964.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[-1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and (a, one[i - 2]) == (other[j - 2], b):
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _runs(made: Sequence[Term], phrase: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    length = len(phrase)
    for at in range(len(made) - length + 1):
        if all(made[at + step].term == phrase[step] for step in range(length)):
            yield made[at].start, made[at + length - 1].end


def _joined(spans: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and (start <= out[-1][1] or not text[out[-1][1] : start].strip(" ")):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def marked(text: str, language: str, sought: Sought) -> tuple[Piece, ...]:
    """The whole of a short text with what is sought marked."""
    return tuple(_pieces(text, sought.spans(text, language), 0, len(text)))


def extract(
    passages: Iterable[Passage], sought: Sought, *, length: int = LENGTH
) -> tuple[tuple[Piece, ...], str, int]:
    """The best place of *passages*: its pieces, its language, and how much was found there.

    Where nothing is found it is the beginning of the first passage of some length.
    """
    best: Passage | None = None
    first: Passage | None = None
    rank = (0, False)
    looked = 0
    for passage in passages:
        long = len(passage.text) >= _SENTENCE
        if first is None and long:
            first = passage
        weight = sought.weight(passage.text, passage.language) if sought else 0
        # Of equals a sentence says more than a heading or a line of the masthead.
        if weight and (weight, long) > rank:
            rank, best = (weight, long), passage
        looked += len(passage.text)
        if looked > _MOST or rank >= (sought.enough, True):
            break
    shown = best or first
    if shown is None:
        return (), "", 0
    spans = sought.spans(shown.text, shown.language) if best else []
    return tuple(_window(shown.text, spans, length)), shown.language, rank[0]


def _window(text: str, spans: list[tuple[int, int]], length: int) -> Iterator[Piece]:
    start, end = 0, min(len(text), length)
    if spans and len(text) > length:
        # The window with the most spans, the first of several; a third of it goes before.
        best = max(spans, key=lambda at: (_within(spans, at[0], length), -at[0]))
        start = max(0, min(best[0] - length // 3, len(text) - length))
        end = start + length
    start, end = _at_words(text, start, end)
    if start > 0:
        yield Piece(_MARK + " ")
    yield from _pieces(text, spans, start, end)
    if end < len(text):
        yield Piece(" " + _MARK)


def _within(spans: Iterable[tuple[int, int]], start: int, length: int) -> int:
    return sum(start <= first < start + length for first, _ in spans)


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """*start* and *end* moved outwards to where words begin and end."""
    reach = 24
    if start > 0:
        for match in words(text[max(0, start - reach) : start + reach]):
            begins = max(0, start - reach) + match.start()
            if begins >= start:
                start = begins
                break
    if end < len(text):
        last = end
        for match in words(text[max(start, end - 2 * reach) : end + reach]):
            ends = max(start, end - 2 * reach) + match.end()
            if ends <= end:
                last = ends
        end = last
    return start, end


def _pieces(
    text: str, spans: Iterable[tuple[int, int]], start: int, end: int
) -> Iterator[Piece]:
    at = start
    for first, last in spans:
        if last <= start or first >= end:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[max(first, at) : min(last, end)], marked=True)
        at = min(last, end)
    if at < end:
        yield Piece(text[at:end])
