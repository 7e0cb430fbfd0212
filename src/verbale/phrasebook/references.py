"""Slots that name documents: numbers, meetings, symbols, paragraphs of a report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from verbale.errors import SymbolError
from verbale.model.symbol import Symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from verbale.phrasebook.template import Line, Slot

_NUMBER = re.compile(r" ?([0-9]{1,5})(?![0-9])")
_MEETING = re.compile(r" ?([0-9]{1,5})(?:st|nd|rd|th)?(?![0-9])")
# ``75/191``, ``ES-11/6``, ``S-30/1``, ``2022/4``, ``75/290 B``.
_ACT = re.compile(r" ?((?:E?S-)?[0-9]{1,4}/[0-9]{1,4}(?: [A-Z](?:-[A-Z])?(?![\w]))?)(?![0-9])")
# The text of a line in its normal form: one kind of hyphen, one kind of bracket.
_SEGMENT = r"/[A-Za-z0-9.-]*[A-Za-z0-9](?:\([A-Z0-9.-]+\))?"
_SYMBOL = re.compile(
    rf" ?([A-Z][A-Z.]*(?:{_SEGMENT})+(?: \((?:[0-9]{{4}}|[A-Z][A-Za-z.]+ [IVX0-9]+)\))?)"
)
_PARAGRAPHS = re.compile(r" ?([0-9]{1,4}(?:-[0-9]{1,4})?)(?![0-9])")
_JOINT = re.compile(r"(?: ?[,、و和] ?| and | et | y | e | и ) ?")
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def read_number(_slot: Slot, line: Line, at: int) -> Iterator[tuple[int, int]]:
    """A number in figures: of a resolution of the Security Council."""
    match = _NUMBER.match(line.text, at)
    if match:
        yield int(match[1]), match.end()


def read_meeting(_slot: Slot, line: Line, at: int) -> Iterator[tuple[int, int]]:
    """The number of a meeting, with or without the English ending of an ordinal."""
    match = _MEETING.match(line.text, at)
    if match:
        yield int(match[1]), match.end()
        if match.end(1) < match.end():
            yield int(match[1]), match.end(1)


def read_act(_slot: Slot, line: Line, at: int) -> Iterator[tuple[str, int]]:
    """The number of a resolution or decision in its session: ``75/191``."""
    match = _ACT.match(line.text, at)
    if match:
        yield match[1], match.end()


def read_symbols(_slot: Slot, line: Line, at: int) -> Iterator[tuple[tuple[Symbol, ...], int]]:
    """One symbol or a list of them, the whole list first."""
    found: list[tuple[tuple[Symbol, ...], int]] = []
    symbols: tuple[Symbol, ...] = ()
    while (match := _SYMBOL.match(line.text, at)) is not None:
        try:
            symbols = (*symbols, Symbol.parse(match[1]))
        except SymbolError:
            break
        found.append((symbols, match.end()))
        joint = _JOINT.match(line.text, match.end())
        if joint is None:
            break
        at = joint.end()
    yield from reversed(found)


def read_paragraphs(_slot: Slot, line: Line, at: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """One paragraph's number or a list: ``89``, ``12 and 15``, ``12-15``; the list first."""
    found: list[tuple[tuple[str, ...], int]] = []
    numbers: tuple[str, ...] = ()
    while (match := _PARAGRAPHS.match(line.text, at)) is not None:
        numbers = (*numbers, match[1])
        found.append((numbers, match.end()))
        joint = _JOINT.match(line.text, match.end())
        if joint is None:
            break
        at = joint.end()
    yield from reversed(found)


def _write_meeting(number: int, form: str, _joints: tuple[str, str]) -> str:
    """``8730``, or ``8730th`` in the form ``th``."""
    if form != "th":
        return str(number)
    teens = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def _write_list(values: Sequence[object], _form: str, joints: tuple[str, str]) -> str:
    """``A/75/L.21 and A/75/L.21/Add.1``: *joints* join the members, and the last two."""
    comma, last = joints
    *head, tail = [str(value) for value in values]
    return comma.join(head) + last + tail if head else tail


#: Writers of slots that are not just figures: value, form of the slot, what joins a list.
WRITERS: dict[str, Callable[[Any, str, tuple[str, str]], str]] = {
    "meeting": _write_meeting,
    "symbols": _write_list,
    "paragraphs": _write_list,
}
