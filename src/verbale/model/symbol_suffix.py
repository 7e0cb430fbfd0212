"""What follows the number of a document: ``/Add.1``, ``/Corr.2``, ``(Vol. II)``, ``(Supp)``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from verbale.text.roman import from_roman

__all__ = [
    "BRACKETED",
    "BRACKET_WORDS",
    "MOST_SUFFIXES",
    "SLASHED",
    "SLASH_WORDS",
    "Suffix",
    "read_suffixes",
]

SLASHED = ("Add", "Amend", "Corr", "Rev", "Supp")
#: "Part A" is one half of a budget fascicle, issued before the other: A/81/6 (Sect. 13)/Part A.
SLASH_WORDS = ("Excerpt", "Part A", "Part B", "Summary")
#: More stand on no document; without a bound hostile input would fill the memory.
MOST_SUFFIXES = 9
# Kind, as printed for one, as printed for several.
BRACKETED = {
    "Income sect": ("Income sect.", "Income sects."),
    "Part": ("Part", "Parts"),
    "Prog": ("Prog.", "Progs."),
    "Resumption": ("Resumption", "Resumptions"),
    "Sect": ("Sect.", "Sects."),
    "Vol": ("Vol.", "Vols."),
}
BRACKET_WORDS = ("Introduction", "Plan outline", "Supp")

_NUMERAL = r"(?:[IVXLC]+|[1-9][0-9]{0,3}[A-Z]?)"
_SEVERAL = re.compile(r" and |, |-")
_ONE = "|".join(re.escape(one) for one, _ in BRACKETED.values())
_MANY = "|".join(re.escape(many) for _, many in BRACKETED.values())
#: One suffix in its canonical spelling; the joining "/" or blank belongs to it.
PATTERN = (
    rf"/(?:(?:{'|'.join(SLASHED)})\.[1-9][0-9]{{0,4}}|{'|'.join(SLASH_WORDS)})"
    rf"| \((?:(?:{_ONE}) {_NUMERAL}|(?:{_MANY}) {_NUMERAL}(?:(?: and |, |-){_NUMERAL}){{1,7}}"
    rf"|{'|'.join(BRACKET_WORDS)})\)"
)
_SUFFIX = re.compile(PATTERN)
_KIND_OF = {spelling: kind for kind, both in BRACKETED.items() for spelling in both}


@dataclass(frozen=True, slots=True)
class Suffix:
    """``Rev.2``, ``Summary``, ``(Vol. II)``, ``(Parts I and II)``, ``(Sect. 29A)``, ``(Supp)``.

    ``kind`` is the word without its full stop. ``number`` is the (first) number, 0 where there
    is none. ``label`` is the numeral of a suffix in brackets as printed, for a Roman one is not
    an Arabic one: ``II``, ``I and II``, ``29A``; empty for a suffix after a slash.
    """

    kind: str
    number: int = 0
    label: str = ""

    @property
    def bracketed(self) -> bool:
        """Whether it stands in brackets after a blank and not after a slash."""
        return self.kind in BRACKETED or (self.kind in BRACKET_WORDS and not self.number)

    def __str__(self) -> str:
        """Write it without the slash or the blank that joins it."""
        if self.label:
            one, many = BRACKETED[self.kind]
            return f"({many if _SEVERAL.search(self.label) else one} {self.label})"
        if self.number:
            return f"{self.kind}.{self.number}"
        return f"({self.kind})" if self.kind in BRACKET_WORDS else self.kind

    @property
    def joined(self) -> str:
        """The suffix with the slash or blank before it."""
        return f" {self}" if self.bracketed else f"/{self}"

    @classmethod
    def bracket(cls, kind: str, label: str) -> Suffix:
        """Make a numbered suffix in brackets: ``bracket("Vol", "II")``."""
        return cls(kind, numeral(_SEVERAL.split(label)[0]), label)


def numeral(text: str) -> int:
    """Give the value of ``II``, ``13`` or ``29A``; 0 for letters that are no numeral."""
    if text[0].isdigit():
        return int(text.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    try:
        return from_roman(text)
    except ValueError:
        return 0


@lru_cache(maxsize=4096)
def read_suffixes(text: str) -> tuple[Suffix, ...]:
    """Read a run of suffixes in canonical spelling, such as ``/Add.3/Corr.1``."""
    return tuple(_read(match[0]) for match in _SUFFIX.finditer(text))


def _read(joined: str) -> Suffix:
    if joined[0] == "/":
        kind, _, number = joined[1:].partition(".")
        return Suffix(kind, int(number or 0))
    inner = joined[2:-1]
    if inner in BRACKET_WORDS:
        return Suffix(inner)
    spelling = next(word for word in _KIND_OF if inner.startswith(f"{word} "))
    return Suffix.bracket(_KIND_OF[spelling], inner[len(spelling) + 1 :])
