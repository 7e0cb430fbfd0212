"""Extracts: the place of a text where what was looked for stands thickest, marked.

The letters are those of the original; only the comparing is done on terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from verbale.search.analysis import Term, found, run, spellings, stem, terms, words
from verbale.search.base import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

#: Signs of an extract, about.
LENGTH = 280
#: No more signs of a version than these are looked through for a place.
_MOST = 100_000
_SENTENCE = 80
_MARK = "…"
#: No words.
NONE: frozenset[str] = frozenset()


class Kept(NamedTuple):
    """A passage as the index keeps it: its terms beside it, each between blanks."""

    language: str
    text: str
    terms: str


def kept(language: str, text: str) -> Kept:
    """The passage *text* with its terms."""
    return Kept(language, text, f" {run(text, language)} ")


#: How words are spelt for those who know them nearly, and how they are written, in step.
Vocabulary = tuple[str, str]


def vocabulary(held: Iterable[str]) -> Vocabulary:
    """The words *held*, each with its spellings."""
    pairs = [(spelling, word) for word in sorted(held) for spelling in spellings(word)]
    return " ".join(each for each, _ in pairs), " ".join(each for _, each in pairs)


@dataclass(frozen=True)
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
        return bool(self.terms or self.phrases or self.loose)

    @property
    def loose(self) -> bool:
        """Whether words are sought that are not known to the letter."""
        return bool(self.prefixes or self.likes)

    @cached_property
    def _whole(self) -> tuple[str, ...]:
        """What stands in the terms of a passage that has it."""
        return tuple(f" {each} " for each in (*self.terms, *self.phrases))

    def forms(self, held: Vocabulary) -> frozenset[str]:
        """Those of the words *held* that begin as one sought or are like one."""
        spelt = held[0].split(" ")
        at: set[int] = set()
        if self.prefixes:
            at = {number for number, each in enumerate(spelt) if each.startswith(self.prefixes)}
        if self.likes:
            from rapidfuzz import process  # noqa: PLC0415 - a library for those who look so
            from rapidfuzz.distance import OSA  # noqa: PLC0415

            for like, most in self.likes:
                alike = process.extract(
                    like, spelt, scorer=OSA.distance, score_cutoff=most, limit=None
                )
                at |= {number for _, _, number in alike}
        if not at:
            return NONE
        written = held[1].split(" ")
        return frozenset(written[number] for number in at)

    def weight(self, passage: Kept, forms: frozenset[str]) -> int:
        """How much of what is sought stands in a passage; *forms* are words of its version."""
        weight = sum(each in passage.terms for each in self._whole)
        if forms and any(form in passage.text for form in forms):
            weight += len(forms.intersection(found(passage.text)))
        return weight

    def spans(self, text: str, language: str, forms: frozenset[str]) -> list[tuple[int, int]]:
        """Where *text* has what is sought, in order; spans that touch are one."""
        text = text[:_MOST]
        spans = [
            match.span()
            for match in words(text)
            if match[0] in forms or stem(match[0], language) in self.terms
        ]
        if self.phrases:
            made = list(terms(text, language))
            for phrase in self.phrases:
                spans += _runs(made, tuple(phrase.split(" ")))
        return _joined(sorted(spans), text)


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


@dataclass(frozen=True, slots=True)
class Place:
    """The passage of a version to show, if any, and how much was found in it."""

    passage: Kept | None = None
    weight: int = 0


def best_place(passages: Iterable[Kept], sought: Sought, forms: frozenset[str] = NONE) -> Place:
    """The passage with most of what is sought; *forms* are words of `Sought.forms`.

    Where nothing is found it is the first passage of some length.
    """
    best: Kept | None = None
    first: Kept | None = None
    rank = (0, False)
    looked = 0
    for passage in passages:
        long = len(passage.text) >= _SENTENCE
        if first is None and long:
            first = passage
        weight = sought.weight(passage, forms)
        # Of equals a sentence says more than a heading or a line of the masthead.
        if weight and (weight, long) > rank:
            rank, best = (weight, long), passage
        looked += len(passage.text)
        if looked > _MOST or rank >= (sought.enough, True):
            break
    return Place(best or first, rank[0])


def marked(
    text: str, language: str, sought: Sought, forms: frozenset[str] = NONE
) -> tuple[Piece, ...]:
    """The whole of a short text with what is sought marked."""
    spans = sought.spans(text, language, forms) if sought else []
    return tuple(_pieces(text, spans, 0, len(text)))


def extract(
    place: Place, sought: Sought, forms: frozenset[str] = NONE, *, length: int = LENGTH
) -> tuple[Piece, ...]:
    """A piece of a passage, with what is sought marked."""
    if place.passage is None:
        return ()
    language, text, _ = place.passage
    spans = sought.spans(text, language, forms) if place.weight else []
    return tuple(_window(text, spans, length))


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
