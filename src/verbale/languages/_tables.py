"""Words with a number as their value, read at an offset: ordinals, numbers of annexes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

#: Letters that capitals may lose, and the hyphen that some write as a blank: one for one.
LATIN_SAME = str.maketrans("áàâéèêëíîïóôúùûç-", "aaaeeeeiiioouuuc ")
#: Spellings of one Arabic word: hamza on alef, dots under the last yeh and over teh, or not.
ARABIC_SAME = str.maketrans("أإآٱىة", "اااايه")

_KEY = 3


def _alphanumeric(char: str) -> bool:
    return char.isalnum()


class WordTable:
    """Reads the words of a table, whole words only, whatever their case.

    *same* maps characters that count as one to each other, one for one, so that offsets hold.
    *goes_on* says whether the character behind a word belongs to it, and so is not its end.
    """

    def __init__(
        self,
        words: Iterable[tuple[str, int]],
        *,
        same: Mapping[int, int] | None = None,
        goes_on: Callable[[str], bool] = _alphanumeric,
    ) -> None:
        self._same = dict(same or {})
        self._goes_on = goes_on
        keyed: dict[str, dict[str, int]] = {}
        for word, value in words:
            key = word.lower().translate(self._same)
            known = keyed.setdefault(key[:_KEY], {})
            if known.setdefault(key, value) != value:
                raise ValueError(f"{word!r} means both {known[key]} and {value}")
        self._longest = max((len(key) for known in keyed.values() for key in known), default=0)
        self._shortest_key = min((len(start) for start in keyed), default=0)
        self._words = {
            start: tuple(sorted(known.items(), key=lambda item: -len(item[0])))
            for start, known in keyed.items()
        }

    def read(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Yield the values of the words that begin at *at* with their ends, longest first."""
        start = text[at : at + _KEY].lower().translate(self._same)
        for size in range(_KEY, self._shortest_key - 1, -1):
            words = self._words.get(start[:size]) if size <= len(start) else None
            if not words:
                continue
            window = text[at : at + self._longest].lower().translate(self._same)
            for word, value in words:
                end = at + len(word)
                if window.startswith(word) and not self._goes_on(text[end : end + 1]):
                    yield value, end


class Figures:
    """Reads numbers 1 to *largest* in figures, which group 1 of *pattern* holds."""

    def __init__(self, pattern: str, *, largest: int) -> None:
        self._pattern = re.compile(rf"(?<!\d){pattern}", re.IGNORECASE)
        self._largest = largest

    def read(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Yield the number that begins at *at* with its end, if there is one."""
        match = self._pattern.match(text, at)
        if match is not None and 1 <= int(match[1]) <= self._largest:
            yield int(match[1]), match.end()


def longest_first(*readings: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join what several readers found at one place, each value and end once."""
    found = {reading for readings_ in readings for reading in readings_}
    return iter(sorted(found, key=lambda reading: (-reading[1], reading[0])))
