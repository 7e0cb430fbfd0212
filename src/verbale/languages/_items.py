"""Numbers of agenda items with their sub-items, alone and in lists."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.model.masthead import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# "75/12" is a resolution and "2020" a year, not an item.
_NUMBER = re.compile(r"(?<!\d)(\d{1,3})(?![\d/])")
#: A sub-item's letter, doubled after ``z`` (``aa``, ``bb``), or its Roman figure.
LETTERS = r"(?P<sub>(?P<letter>[a-z])(?P=letter){0,2}|[ivx]{2,6})"
_ROMAN = re.compile(r"[ivx]+\Z")

Items = tuple[AgendaItem, ...]


def _lower(letters: str) -> str:
    return letters.lower()


@dataclass(frozen=True, slots=True)
class ItemReader:
    """Reads ``58 (a)``, ``7 and 133``, ``58 (a) and (b)``.

    ``sub`` matches one sub-item with its brackets and the blank before it; ``letters`` turns
    what it matched inside the group ``sub`` into the Latin letters of the model, or ``""``;
    ``joint`` matches what stands between two members of a list.
    """

    sub: re.Pattern[str]
    joint: re.Pattern[str]
    letters: Callable[[str], str] = _lower

    def read(self, text: str, at: int) -> Iterator[tuple[Items, int]]:
        """Yield the lists that begin at *at*, longest first, the shortest one bare number."""
        match = _NUMBER.match(text, at)
        if match is None:
            return
        items: Items = (AgendaItem(int(match[1])),)
        end = match.end()
        found = [(items, end)]
        while (step := self._step(text, end, items)) is not None:
            items, end = step
            found.append(step)
        yield from reversed(found)

    def _step(self, text: str, end: int, items: Items) -> tuple[Items, int] | None:
        last = items[-1]
        if (sub := self._sub(text, end)) is not None:
            return (*items[:-1], AgendaItem(last.number, (*last.sub, sub[0]))), sub[1]
        joint = self.joint.match(text, end)
        if joint is None:
            return None
        match = _NUMBER.match(text, joint.end())
        if match is not None:
            return (*items, AgendaItem(int(match[1]))), match.end()
        sub = self._sub(text, joint.end())
        if sub is None or not last.sub:
            return None
        return (*items, _sibling(last, sub[0])), sub[1]

    def _sub(self, text: str, at: int) -> tuple[str, int] | None:
        match = self.sub.match(text, at)
        letters = self.letters(match["sub"]) if match is not None else ""
        return (letters, match.end()) if match is not None and letters else None


def _sibling(last: AgendaItem, sub: str) -> AgendaItem:
    """What a lone sub-item means: ``(b)`` after ``58 (a)``, ``(iii)`` after ``(a) (ii)``."""
    depth = len(last.sub)
    if depth > 1 and not _ROMAN.match(sub):
        depth = 1
    return AgendaItem(last.number, (*last.sub[: depth - 1], sub))


def join(words: list[str], *, comma: str, last: str) -> str:
    """Join a list: ``4, 7 and 9`` with *comma* ``", "`` and *last* ``" and "``."""
    *head, tail = words
    return comma.join(head) + last + tail if head else tail


def shares_number(items: Items) -> bool:
    """Whether all are sub-items of one item, so that its number is printed once."""
    return len(items) > 1 and all(
        item.number == items[0].number and len(item.sub) == 1 for item in items
    )
