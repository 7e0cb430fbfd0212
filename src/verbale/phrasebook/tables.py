"""Finding which of many fixed names begins at an offset: States, bodies, addressees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from verbale.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.phrasebook.template import Line

T = TypeVar("T")
_HEAD = 3


class NameTable(Generic[T]):
    """Names and what they stand for, found by their first letters, the longest name first."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        heads: dict[str, list[tuple[str, T]]] = {}
        for name, value in names:
            folded = fold(name).text.strip().lower()
            if folded:
                heads.setdefault(folded[:_HEAD], []).append((folded, value))
        self._heads = {
            head: tuple(sorted(dict.fromkeys(entries), key=lambda entry: -len(entry[0])))
            for head, entries in heads.items()
        }
        self._lengths = sorted({len(head) for head in self._heads}, reverse=True)

    def read(self, line: Line, at: int) -> Iterator[tuple[T, int]]:
        """Everything whose name begins at *at*, the longest name first."""
        if at < len(line.lower) and line.lower[at] == " ":
            at += 1
        for length in self._lengths:
            for name, value in self._heads.get(line.lower[at : at + length], ()):
                if line.lower.startswith(name, at):
                    yield value, at + len(name)

    def find(self, line: Line, at: int, end: int) -> tuple[T, int, int] | None:
        """The first name between two offsets that stands as a whole word: value, start, end."""
        return next(self.find_all(line, at, end), None)

    def find_all(self, line: Line, at: int, end: int) -> Iterator[tuple[T, int, int]]:
        """Every name between two offsets, from left to right; of several the longest."""
        start = at
        while start < end:
            step = start + 1
            if line.lower[start] != " " and not (start and _joined(line.lower, start)):
                for value, last in self.read(line, start):
                    if last <= end and not _joined(line.lower, last):
                        yield value, start, last
                        step = max(step, last)
                        break
            start = step


def _joined(text: str, at: int) -> bool:
    """Whether the letters on both sides of an offset belong to one word (Han never does)."""
    if not 0 < at < len(text):
        return False
    left, right = text[at - 1], text[at]
    return left.isalpha() and right.isalpha() and not ("\u3400" <= right <= "\u9fff")
