"""Symbols line by line: read, sorted, explained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verbale.errors import SymbolError
from verbale.messages.symbols import explain_words
from verbale.model.symbol import Symbol, belongs
from verbale.model.symbol_explain import explain
from verbale.model.symbol_reading import read_symbol
from verbale.model.symbol_sort import sort_key

if TYPE_CHECKING:
    from collections.abc import Container, Iterable


def parse_line(text: str, roots: Container[str]) -> dict[str, Any]:
    """The answer for one line: the canonical symbol, its parts, its repairs; or the error.

    What begins with no organ or own series among *roots* is no symbol, whatever its form.
    """
    try:
        reading = read_symbol(text)
    except SymbolError as error:
        return _refused(text, error)
    if not all(belongs(symbol, roots) for symbol in reading.symbols):
        return _refused(text, SymbolError("an organ or a series of this institution", text, 0))
    symbols = reading.symbols
    answer: dict[str, Any] = {
        "input": text,
        "symbol": str(symbols[0]) if len(symbols) == 1 else reading.text,
        "parts": [*symbols[0].parts, *map(str, symbols[0].suffixes)],
        "error": None,
    }
    if len(symbols) > 1:
        answer["symbols"] = [str(each) for each in symbols]
    if reading.repairs:
        answer["repairs"] = list(reading.repairs)
    return answer


def _refused(text: str, error: SymbolError) -> dict[str, Any]:
    said = {"message": error.message, "expected": error.expected, "start": error.start}
    return {"input": text, "symbol": None, "parts": None, "error": said}


def sort_lines(lines: Iterable[str]) -> list[str]:
    """Symbols in a librarian's order, in their canonical spelling. Raises `SymbolError`."""
    readings = [read_symbol(line) for line in lines]
    return [each.text for each in sorted(readings, key=lambda each: _key(each.symbols))]


def _key(symbols: tuple[Symbol, ...]) -> tuple[Any, ...]:
    return tuple(sort_key(symbol) for symbol in symbols)


def explain_line(text: str, lang: str) -> list[tuple[str, str]]:
    """Each piece of a symbol with what it stands for in *lang*. Raises `SymbolError`."""
    pieces = [piece for symbol in read_symbol(text).symbols for piece in explain(symbol)]
    return list(explain_words(pieces, lang))
