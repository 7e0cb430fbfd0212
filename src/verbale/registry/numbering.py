"""Numbers of a series: given in order, each once, none left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from verbale.registry.entry import Number
from verbale.registry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.registry.store import Transaction

#: How a number becomes a symbol: a function, or a template such as ``A/HRC/43/G/{n}``.
Shape: TypeAlias = Callable[[int], str] | str


@dataclass(frozen=True, slots=True)
class Numbering:
    """A series, the shape of its symbols, and the number that it starts at."""

    series: str
    shape: Shape
    number_from: int = 1

    def symbol(self, number: int) -> str:
        """The symbol of *number*."""
        if isinstance(self.shape, str):
            return self.shape.replace("{n}", str(number))
        return str(self.shape(number))


def give(tx: Transaction, numberings: Iterable[Numbering]) -> tuple[Number, ...]:
    """Give the next number of each series, in one transaction: two make a joint symbol."""
    given = []
    for each in numberings:
        number = tx.next_number(each.series, first=each.number_from)
        given.append(Number(each.symbol(number), each.series, number))
        failpoint("after-number")
    return tuple(given)


def under(parent: str, kind: str) -> Numbering:
    """Numbers under a parent: ``A/HRC/43/G/1/Corr.1``; *kind* is Add, Corr or Rev."""
    return Numbering(f"{parent}/{kind}.", f"{parent}/{kind}.{{n}}")
