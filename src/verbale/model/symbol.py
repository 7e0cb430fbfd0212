"""The symbol of a document: the same in all its languages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from verbale.errors import SymbolError
from verbale.text.scanner import Scanner

_PART = re.compile(r"[A-Z0-9][A-Za-z0-9.()-]*")
_SUFFIX = re.compile(r"(Add|Amend|Corr|Rev)\.([0-9]+)")


@dataclass(frozen=True, slots=True)
class Suffix:
    """``Rev.2``."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind}.{self.number}"


@dataclass(frozen=True, slots=True)
class Symbol:
    """``A/C.1/78/L.5/Rev.2``:  symbol = part *("/" part) *("/" suffix) *"*"."""

    parts: tuple[str, ...]
    suffixes: tuple[Suffix, ...] = ()
    asterisks: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read *text* or raise `SymbolError` at the first character that does not fit."""
        scan = Scanner(text, error=SymbolError)
        parts = [scan.take(_PART, expected="an issuing body, such as 'A' or 'S'")]
        suffixes: list[Suffix] = []
        while scan.skip("/"):
            match = scan.find(_SUFFIX)
            if match is not None:
                suffixes.append(Suffix(match[1], int(match[2])))
            elif suffixes:
                scan.fail("a suffix such as Rev.1")
            else:
                parts.append(scan.take(_PART, expected="a series, session or number"))
        stars = 0
        while scan.skip("*"):
            stars += 1
        if not scan.done:
            scan.fail("'/' or the end of the symbol")
        return cls(tuple(parts), tuple(suffixes), stars)

    def __str__(self) -> str:
        return "/".join([*self.parts, *map(str, self.suffixes)]) + "*" * self.asterisks
