"""The symbol of a document: the same in all its languages."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from verbale.errors import SymbolError
from verbale.model.symbol_folding import fold_symbol
from verbale.model.symbol_grammar import CANONICAL, JOINABLE
from verbale.model.symbol_scan import scan_symbols
from verbale.model.symbol_suffix import SLASHED, Suffix, read_suffixes

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ["Suffix", "Symbol", "belongs", "join_symbols", "parse_symbols"]

_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9.-]+")
_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_LAST_NUMBER = re.compile(r"([0-9]+)(?: [A-Z](?:-[A-Z])?)?(?: ?\([^()]*\))?$")


@dataclass(frozen=True, slots=True)
class Symbol:
    """The identifier of a document, as its masthead prints it.

    ::

        symbol  = name 1*("/" part) *suffix *"*"    ; A/C.1/78/L.5/Rev.2
        part    = name | number                     ; the last one carries a number
        name    = word *(("." | "-") (word | digits)) ["(" session ")"]  ; C.1 S-30 COP(14)
        word    = capitals [digits] | a word printed in small letters (Sub, Res., OzL.Pro)
        number  = digits ["-" digits]               ; and, where it ends the symbol,
                  [" " letter ["-" letter]]         ; 245 B     101 A-B
                  ["(" session ")" | " (" year ")"] ; 2200(XXI)  1874(S-IV)  822 (1993)
        suffix  = "/" ("Add" | "Amend" | "Corr" | "Rev" | "Supp") "." digits
                | "/Summary" | "/Excerpt" | "/Part A" | "/Part B"
                | " (" ("Part" | "Vol." | "Sect." | "Prog." | "Resumption") " " numeral ")"
                | " (Supp)" | " (Introduction)" | " (Plan outline)"

    Suffixes stack in the order in which they stand (``A/75/6 (Sect. 3)/Add.7/Corr.1``). One
    asterisk or more mark a reissue for technical reasons. Which bodies have which series is
    not the grammar's business. ``A/C.1`` and ``S/RES`` name a body and a series, no document.
    Source: research.un.org, "UN Document Symbols"; 6,766 symbols in the UN's own links.
    """

    parts: tuple[str, ...]
    suffixes: tuple[Suffix, ...] = ()
    asterisks: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text* or raise `SymbolError` at the first character that does not fit.

        Only the canonical spelling fits, so ``str(Symbol.parse(text)) == text``. What people
        and other systems write is read by `verbale.model.symbol_reading.read_symbol`.
        """
        match = CANONICAL(text)
        if match is None:
            raise _misfit(text)
        return cls(*matched(match))

    def __str__(self) -> str:
        text = "/".join(self.parts)
        if self.suffixes:
            text += "".join([suffix.joined for suffix in self.suffixes])
        return text + "*" * self.asterisks

    def plus(self, kind: str, number: int) -> Self:
        """Give the symbol of a document hung on this one: ``plus("Corr", 1)``.

        Asterisks go: what is hung on a reissue is hung on the work. Raises `ValueError` for a
        *kind* that does not follow a slash or a *number* below 1.
        """
        if kind not in SLASHED or number < 1:
            raise ValueError(f"no suffix {kind}.{number}")
        return replace(self, suffixes=(*self.suffixes, Suffix(kind, number)), asterisks=0)

    @property
    def parent(self) -> Self | None:
        """The symbol without its last suffix and asterisks; ``None`` where it has no suffix."""
        if not self.suffixes:
            return None
        return replace(self, suffixes=self.suffixes[:-1], asterisks=0)

    @property
    def base(self) -> Self:
        """The symbol without suffixes and asterisks."""
        return replace(self, suffixes=(), asterisks=0)

    @property
    def unstarred(self) -> Self:
        """The symbol of the work: without the asterisks of a reissue."""
        return replace(self, asterisks=0) if self.asterisks else self

    @property
    def number(self) -> int:
        """The number of the document in its series: 1 in ``A/HRC/43/G/1/Rev.2``.

        Of a range or of several letters the last number: 13 in ``A/C.6/56/SR.11-13``.
        """
        match = _LAST_NUMBER.search(self.parts[-1])
        return int(match[1]) if match else 0

    @property
    def is_addendum(self) -> bool:
        """Whether its last suffix after a slash is ``Add.``."""
        return self._last_kind == "Add"

    @property
    def is_corrigendum(self) -> bool:
        """Whether its last suffix after a slash is ``Corr.``."""
        return self._last_kind == "Corr"

    @property
    def is_revision(self) -> bool:
        """Whether its last suffix after a slash is ``Rev.``."""
        return self._last_kind == "Rev"

    @property
    def is_reissue(self) -> bool:
        """Whether it carries an asterisk."""
        return self.asterisks > 0

    @property
    def _last_kind(self) -> str:
        return next((s.kind for s in reversed(self.suffixes) if not s.bracketed), "")

    @property
    def slug(self) -> str:
        """A name for addresses: small letters, digits, hyphens (``a-hrc-43-g-1``).

        The asterisks of a reissue are not in it: a work has one address.
        """
        return _NOT_IN_A_SLUG.sub("-", str(self.unstarred).lower()).strip("-")

    @property
    def file_stem(self) -> str:
        """A name for files, the library's way (``A_HRC_43_G_1``, ``A_77_49_Vol.II``).

        ``/`` and brackets become ``_``; a letter, full stop or hyphen stays. No asterisks.
        Source: file names of the UN's document system, RULES of its library.
        """
        text = str(self.unstarred).replace(". ", ".")
        return _NOT_IN_A_NAME.sub("_", text).strip("_")


def matched(match: re.Match[str]) -> tuple[tuple[str, ...], tuple[Suffix, ...], int]:
    """Give the fields of the symbol that the canonical expression has matched."""
    path, suffixes, stars = match.groups()
    return tuple(path.split("/")), read_suffixes(suffixes) if suffixes else (), len(stars)


def _misfit(text: str) -> SymbolError:
    """Make the error for *text*: where it stops being a symbol, or how it should be spelled."""
    try:
        scanned = scan_symbols(fold_symbol(text))
    except SymbolError as error:
        return error
    symbols = tuple(Symbol(tuple(r.parts), tuple(r.suffixes), r.asterisks) for r in scanned)
    canonical = join_symbols(symbols)
    if canonical == text:
        at = len(str(symbols[0]))
        remedy = "A joint symbol names several documents: read it with parse_symbols."
        return SymbolError("the end of the symbol", text, at, remedy=remedy)
    at = next(
        (i for i, (a, b) in enumerate(zip(text, canonical, strict=False)) if a != b),
        min(len(text), len(canonical)),
    )
    return SymbolError(f"the spelling {canonical!r}", text, at, remedy=f"Write {canonical}.")


def parse_symbols(text: str) -> tuple[Symbol, ...]:
    """Read one symbol or a joint one: ``A/55/530-S/2000/1052`` gives two.

    A document of two organs carries both symbols, joined by a hyphen. Canonical spelling only,
    like `Symbol.parse`, whose errors it raises with the offset in *text*.
    """
    symbols: list[Symbol] = []
    at = 0
    while True:
        match = JOINABLE(text, at)
        if match is None:
            error = _misfit(text[at:])
            raise SymbolError(error.expected, text, at + error.start, remedy=error.remedy)
        symbols.append(Symbol(*matched(match)))
        if match.end() == len(text):
            return tuple(symbols)
        at = match.end() + 1


def join_symbols(symbols: tuple[Symbol, ...]) -> str:
    """Write the symbols of one document as one text: the inverse of `parse_symbols`."""
    return "-".join([str(symbol) for symbol in symbols])


def belongs(symbol: Symbol, roots: Container[str]) -> bool:
    """Whether *symbol* begins with an organ or an own series of an institution.

    *roots* are such as ``A``, ``CRC/C`` or ``ISBA``. The number in a first part is no part of
    its name: ``GC.15/INF/4`` begins with ``GC``.
    """
    head = re.split(r"[.(]", symbol.parts[0], maxsplit=1)[0]
    if head in roots:
        return True
    return any("/".join(symbol.parts[:end]) in roots for end in range(1, len(symbol.parts)))
