"""Templates: literal pieces and slots; matching them against a line in its normal form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self

from verbale.errors import TemplateError
from verbale.text.folding import Folded, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WORD = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+|[^\w\s]")
_SLOT = re.compile(r"\{([a-z]+)((?:\.[a-z-]+)*)\}")
#: Stands for a footnote mark in a written phrase until it becomes an anchor in the tree.
FOOTNOTE = "\ue000"


class Line:
    """A text to be read: its normal form, that in lower case, and the way back to offsets."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.folded: Folded = fold(text)
        self.text = self.folded.text
        lower = self.text.lower()
        if len(lower) != len(self.text):  # a few letters grow when lowered
            lower = "".join(c if len(c.lower()) != 1 else c.lower() for c in self.text)
        self.lower = lower

    @cached_property
    def start(self) -> int:
        """The offset of the first character that is not blank."""
        return len(self.text) - len(self.text.lstrip())

    @cached_property
    def end(self) -> int:
        """The offset behind the last character that is not blank."""
        return len(self.text.rstrip())

    @cached_property
    def words(self) -> tuple[int, ...]:
        """Where words begin; each Han character and each sign is one of its own."""
        return tuple(match.start() for match in _WORD.finditer(self.lower))

    def slice(self, start: int, end: int) -> str:
        """The original text between two offsets into the normal form."""
        first, last = self.folded.origin(start, end)
        return self.original[first:last]


@dataclass(frozen=True, slots=True)
class Slot:
    """``{ordinal.words}``: a kind of value and the form it takes."""

    name: str
    form: str = ""

    def __str__(self) -> str:
        return f"{{{self.name}.{self.form}}}" if self.form else f"{{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Bound:
    """A slot's value and where it stood in the line's normal form."""

    name: str
    value: Any
    start: int
    end: int


#: Reads a slot at an offset: yields values with the offset behind them, the longest first.
SlotReader = "Callable[[Slot, Line, int], Iterator[tuple[Any, int]]]"


@dataclass(frozen=True)
class Template:
    """``pieces``: normalised literals and slots; ``text``: the cell as written."""

    text: str
    pieces: tuple[str | Slot, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a cell. Raises `TemplateError` where a brace is not a slot."""
        pieces: list[str | Slot] = []
        at = 0
        for match in _SLOT.finditer(text):
            if match.start() > at:
                pieces.append(_literal(text, at, match.start()))
            pieces.append(Slot(match[1], match[2].removeprefix(".")))
            at = match.end()
        if at < len(text):
            pieces.append(_literal(text, at, len(text)))
        return cls(text, tuple(pieces))

    @cached_property
    def anchor(self) -> str:
        """The longest literal: a line without it cannot match."""
        literals = [piece.strip() for piece in self.pieces if isinstance(piece, str)]
        return max(literals, key=len, default="")

    @cached_property
    def opening(self) -> str:
        """The literal it begins with, blanks before it left out; empty if a slot is first."""
        first = self.pieces[0] if self.pieces else ""
        return first.lstrip() if isinstance(first, str) else ""

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The slots in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Slot))

    def match(
        self, line: Line, at: int, read: Callable[[Slot, Line, int], Iterator[tuple[Any, int]]]
    ) -> Iterator[tuple[int, tuple[Bound, ...]]]:
        """Every way this template fits *line* from *at*: the offset behind it, its values."""
        yield from self._step(line, at, 0, read)

    def _step(
        self,
        line: Line,
        at: int,
        index: int,
        read: Callable[[Slot, Line, int], Iterator[tuple[Any, int]]],
    ) -> Iterator[tuple[int, tuple[Bound, ...]]]:
        if index == len(self.pieces):
            yield at, ()
            return
        piece = self.pieces[index]
        if isinstance(piece, str):
            end = _over(line.lower, at, piece)
            if end >= 0:
                yield from self._step(line, end, index + 1, read)
            return
        values = self._open(line, at, index) if piece.name == "text" else read(piece, line, at)
        for value, end in values:
            for last, rest in self._step(line, end, index + 1, read):
                yield last, (Bound(piece.name, value, at, end), *rest)

    def _open(self, line: Line, at: int, index: int) -> Iterator[tuple[str, int]]:
        """An open text runs to where the next literal begins, the nearest first."""
        follower = self.pieces[index + 1] if index + 1 < len(self.pieces) else None
        if not isinstance(follower, str):
            if at < line.end:
                yield line.slice(at, line.end).strip(), line.end
            return
        end = line.lower.find(follower, at + 1)
        while end > at:
            yield line.slice(at, end).strip(), end
            end = line.lower.find(follower, end + 1)


def _literal(text: str, start: int, end: int) -> str:
    piece = text[start:end]
    if "{" in piece or "}" in piece:
        brace = start + min(i for i in (piece.find("{"), piece.find("}")) if i >= 0)
        raise TemplateError(
            "a slot such as {date} or {ordinal.words}",
            text,
            brace,
            remedy="Write slots in braces, lower case, and no other braces.",
        )
    return fold(piece).text.lower()


def _over(lower: str, at: int, literal: str) -> int:
    """The offset behind *literal* at *at*, -1 if it is not there; blanks do not matter."""
    if lower.startswith(literal, at):
        return at + len(literal)
    if lower.startswith(" ", at) and lower.startswith(literal, at + 1):
        return at + 1 + len(literal)
    if literal.startswith(" ") and lower.startswith(literal[1:], at):
        # A line end or a missing blank: "item4", "35届 会议".
        return at + len(literal) - 1 if not literal[1:2].isalpha() else -1
    return -1
