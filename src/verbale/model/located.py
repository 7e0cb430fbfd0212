"""A piece of text that knows where each of its characters stood in the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from verbale.model.document import Block, Break, Heading, NoteRef, Paragraph, Text
from verbale.model.finding import NOWHERE, Place
from verbale.model.walk import inlines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from verbale.model.document import Inline


class LineEnds:
    """Turns an offset into line and column, both from 1."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


@dataclass(frozen=True, slots=True)
class Located:
    """``origins[i]`` is the source offset of character *i*, or -1 where the format has none.

    ``base`` is the place of the block the text is from: what is known where offsets are not.
    ``refs`` are the footnote marks in it: offset into ``text`` and id of the note. ``block`` is
    the index of the block among those it was taken from, -1 where that does not matter.
    """

    text: str
    origins: tuple[int, ...]
    base: Place = NOWHERE
    refs: tuple[tuple[int, str], ...] = ()
    block: int = -1

    @classmethod
    def of(cls, content: Iterable[Inline], base: Place = NOWHERE) -> Self:
        """The text of inlines with the offsets that the reader gave them."""
        pieces: list[str] = []
        origins: list[int] = []
        refs: list[tuple[int, str]] = []
        for inline in inlines(content):
            match inline:
                case Text(text=text, place=place):
                    pieces.append(text)
                    if place.start is None:
                        origins.extend([-1] * len(text))
                    else:
                        origins.extend(range(place.start, place.start + len(text)))
                case Break(place=place):
                    pieces.append("\n")
                    origins.append(-1 if place.start is None else place.start)
                case NoteRef(note=note):
                    refs.append((len(origins), note))
                case _:
                    pass
        return cls("".join(pieces), tuple(origins), base, tuple(refs))

    def slice(self, start: int, end: int) -> Located:
        """The piece between two offsets."""
        refs = tuple((at - start, note) for at, note in self.refs if start < at <= end)
        return replace(
            self, text=self.text[start:end], origins=self.origins[start:end], refs=refs
        )

    def lines(self) -> Iterator[Located]:
        """Its lines that are not blank, without the blanks around them."""
        at = 0
        for line in self.text.split("\n"):
            stripped = line.strip()
            if stripped:
                start = at + line.index(stripped)
                yield self.slice(start, start + len(stripped))
            at += len(line) + 1

    def place(self, start: int, end: int, ends: LineEnds | None) -> Place:
        """Where the characters between two offsets stood."""
        known = [origin for origin in self.origins[start:end] if origin >= 0]
        if not known:
            return self.base
        first, last = known[0], known[-1] + 1
        line, column = ends.at(first) if ends else (None, None)
        return replace(self.base, start=first, end=last, line=line, column=column)

    def whole(self, ends: LineEnds | None) -> Place:
        """Where all of it stood."""
        return self.place(0, len(self.text), ends)


def located(block: Block) -> Located | None:
    """The text of a paragraph or heading; ``None`` for blocks that hold others."""
    if isinstance(block, Paragraph | Heading):
        return Located.of(block.content, block.place)
    return None
