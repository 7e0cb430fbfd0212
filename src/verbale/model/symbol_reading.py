"""Symbols as people and systems write them, read to their canonical form."""

from __future__ import annotations

from dataclasses import dataclass

from verbale.model.symbol import Symbol, join_symbols, matched
from verbale.model.symbol_folding import fold_symbol
from verbale.model.symbol_grammar import CANONICAL
from verbale.model.symbol_scan import scan_symbols

__all__ = ["SymbolReading", "read_symbol"]


@dataclass(frozen=True, slots=True)
class SymbolReading:
    """What a text was read as.

    ``symbols`` has more than one member for a joint symbol (``A/55/530-S/2000/1052``).
    ``repairs`` names, in alphabetical order, what differs from the canonical spelling:
    ``asterisk`` (``-*``), ``blanks``, ``brackets`` (``/Sect.8``, ``[A]``), ``case``, ``digits``
    (of another script), ``full-width``, ``hyphens``, ``invisible`` (marks without width),
    ``look-alikes`` (Cyrillic or Greek letters), ``session`` (written the Arabic way), ``signs``
    (another slash, stop or asterisk), ``slash`` (none before the suffix), ``stop`` (none in
    ``Add1``), ``zeros`` (``Add.01``).
    """

    input: str
    symbols: tuple[Symbol, ...]
    repairs: tuple[str, ...] = ()

    @property
    def symbol(self) -> Symbol:
        """The symbol, the first one of a joint symbol."""
        return self.symbols[0]

    @property
    def text(self) -> str:
        """The canonical spelling of the whole."""
        return join_symbols(self.symbols)


def read_symbol(text: str) -> SymbolReading:
    """Read *text* as one symbol or a joint one, blanks around it aside.

    Nothing is guessed: letter case, blanks, signs and letters of another script that look the
    same are put right and named, a missing or doubled part is not. Raises `SymbolError` with
    the place.
    """
    match = CANONICAL(text)
    if match is not None:
        return SymbolReading(text, (Symbol(*matched(match)),))
    folded = fold_symbol(text)
    scanned = scan_symbols(folded)
    made = tuple(
        Symbol(tuple(raw.parts), tuple(raw.suffixes), raw.asterisks) for raw in scanned
    )
    repairs = set(folded.repairs).union(*(raw.repairs for raw in scanned))
    repairs |= _differences(folded.text, join_symbols(made))
    return SymbolReading(text, made, tuple(sorted(repairs)))


def _differences(given: str, canonical: str) -> set[str]:
    """Name the differences of letter case and of blanks."""
    bare, wanted = given.replace(" ", ""), canonical.replace(" ", "")
    if bare == wanted:
        return {"blanks"} if given != canonical else set()
    found = set()
    ours = "".join(filter(str.isalpha, wanted))
    theirs = "".join(filter(str.isalpha, bare))
    if ours != theirs and ours.lower() == theirs.lower():
        found.add("case")
    moved = given.lower() != canonical.lower() and bare.lower() == wanted.lower()
    if moved or given.count(" ") != canonical.count(" "):
        found.add("blanks")
    return found
