"""Symbols in the order of a librarian's shelf."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from verbale.text.roman import from_roman

if TYPE_CHECKING:
    from collections.abc import Iterable

    from verbale.model.symbol import Symbol

__all__ = ["SortKey", "sort_key", "sort_symbols"]

#: A run of figures, ``(0, number, "")``, or of letters, ``(1, 0, letters)``.
_Chunk: TypeAlias = tuple[int, int, str]
_Part: TypeAlias = tuple[int, tuple[_Chunk, ...]]
SortKey: TypeAlias = tuple[tuple[_Part, ...], tuple[tuple[str, int, str], ...], int]

# Numbers of documents come before sessions: A/520 was issued before there was an A/31/1,
# S/25600 before S/1994/1. Names come last: A/76/15 stands before A/76/L.1.
_NUMBER, _SESSION, _NAME = 0, 1, 2
_RUN = re.compile(r"([0-9]+)|([A-Za-z]+)")
_ROMAN = re.compile(r"[IVXL]{2,}|[IVX]")
_LAST = re.compile(r"([0-9]+(?:-[0-9]+)?)(?: ([A-Z](?:-[A-Z])?))?(?: ?\((?:(E?S)-)?(\w+)\))?")


def sort_key(symbol: Symbol) -> SortKey:
    """Give a key that sorts symbols as a librarian would.

    Numbers by their value (``G/9`` before ``G/10``), a document before what hangs on it,
    ``Add.2`` before ``Add.10``, sessions in Roman numerals, being older, before those in
    figures; the reissue with an asterisk after the first issue.
    """
    *before, last = symbol.parts
    parts = [_part(part) for part in before]
    match = _LAST.fullmatch(last)
    if match is None:
        parts.append((_NAME, _chunks(last)))
    else:
        number, letters, kind, bracket = match.groups()
        tail = _chunks(number)
        if bracket and not bracket.isdigit():
            session = (0, _roman(bracket), "")
            parts.append((_NAME, ((1, 0, kind), session)) if kind else (_SESSION, (session,)))
        elif bracket:
            tail += _chunks(bracket)
        parts.append((_NUMBER, tail + _chunks(letters or "")))
    suffixes = tuple((each.kind, each.number, each.label) for each in symbol.suffixes)
    return tuple(parts), suffixes, symbol.asterisks


def sort_symbols(symbols: Iterable[Symbol]) -> list[Symbol]:
    """Sort *symbols* by `sort_key`."""
    return sorted(symbols, key=sort_key)


def _part(part: str) -> _Part:
    chunks = _chunks(part)
    return (_SESSION if chunks[0][0] == 0 else _NAME), chunks


def _chunks(part: str) -> tuple[_Chunk, ...]:
    return tuple(_chunk(run[1], run[2]) for run in _RUN.finditer(part))


def _chunk(figures: str | None, letters: str | None) -> _Chunk:
    if figures:
        return 0, int(figures), ""
    if letters and _ROMAN.fullmatch(letters):
        return 0, _roman(letters), ""
    return 1, 0, letters or ""


def _roman(text: str) -> int:
    try:
        return from_roman(text)
    except ValueError:
        return 0
