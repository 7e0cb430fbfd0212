"""The grammar of symbols read leniently, from left to right, with the place of every stop.

Letter case, blanks and punctuation are free where no other symbol could be meant. What comes
out is in canonical spelling. It serves the reading of input, and the place in an error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

from verbale.errors import SymbolError
from verbale.model.symbol_grammar import ALWAYS_MIXED, BODY, EITHER_WAY
from verbale.model.symbol_suffix import (
    BRACKET_WORDS,
    BRACKETED,
    MOST_SUFFIXES,
    SLASH_WORDS,
    SLASHED,
    Suffix,
)
from verbale.text.roman import to_roman

if TYPE_CHECKING:
    from verbale.model.symbol_folding import Folded

__all__ = ["RawSymbol", "scan_symbols"]


def _lenient(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


_WORD = _lenient(r"[A-Z]{1,12}[0-9]{0,4}(?![A-Z0-9])")
_JOINER = _lenient(r" ?\. ?(?=[A-Z0-9])|(?<![0-9])-(?=[A-Z0-9])|-(?=[0-9])")
_STOP = _lenient(r" ?\. ?[A-Z0-9]")
_DIGITS = re.compile(r"[0-9]{1,7}(?![0-9])")
_RANGE = re.compile(r"-([0-9]{1,7})(?![0-9])")
_BRACKETED_NUMBER = _lenient(r" *\( *([0-9]{1,3}|[IVXLC]+) *\)(?= */)")
_BRACKETED_PROGRAMME = _lenient(r"\(([A-Z]{2,6})\)(?= */)")
_KINDS = "|".join((*SLASHED, *SLASH_WORDS))
# After a hyphen, a letter and a slash begin a joint symbol, unless a suffix follows.
_LETTERS = _lenient(
    r" *(?:\[([A-Z])\]|([A-Z])(?: *- *([A-Z])"
    rf"(?![A-Z0-9.]| */(?! *(?:{_KINDS}))))?)(?![A-Z0-9])",
)
_YEAR = re.compile(r" *\( *((?:19|20)[0-9]{2}) *\)")
_SESSION = _lenient(r" *\( *(?:(E?S) *- *)?([IVXLC]+) *\)")
_ARABIC_SESSION = re.compile(r" *\( *(د(?: *إ(?: *ط)?)?) *- *([1-9][0-9]{0,2}) *\)")
_ARABIC_KINDS = {"د": "", "دإ": "S-", "دإط": "ES-"}
_SLASH = re.compile(r" */ *")
_KIND = _lenient(rf"({_KINDS})(?![A-Z])")
_KIND_NUMBER = re.compile(r"( *\. *| *)(0*)([1-9][0-9]{0,4})(?![0-9])")
_NUMERAL = r"(?:[IVXLC]+|[1-9][0-9]{0,3}[A-Z]?)"
_NUMERALS = rf"{_NUMERAL}(?: *(?:and|,|-) *{_NUMERAL}){{0,7}}"
_BRACKET = _lenient(
    rf" *\( *(Income *sect|Part|Prog|Resumption|Sect|Vol)s?(?: *\.)? *({_NUMERALS}) *\)"
)
_BRACKET_WORD = _lenient(r" *\( *(Introduction|Plan *outline|Supp)\.? *\)")
_SLASHED_BRACKET = _lenient(
    rf"(Part|Sect|Vol)s?(?: *\. *| +)({_NUMERALS})(?![A-Z0-9])",
)
_NUMERAL_JOINER = _lenient(r" *(and|,|-) *")
_STARS = re.compile(r" *(-?)(\*{1,9})")
_JOINT = _lenient(r" *- *(?=[A-Z]{1,12}(?:\.[0-9]+)? */)")
_BODY = re.compile(BODY)
_BRACKET_KINDS = {kind.replace(" ", "").lower(): kind for kind in (*BRACKETED, *BRACKET_WORDS)}
_SLASH_KINDS = {kind.lower(): kind for kind in (*SLASHED, *SLASH_WORDS)}
_AFTER_OZONE = ("conv", "pro")
# A longer word in small letters is prose or the name of a file.
_LONGEST_SMALL = 8


@dataclass(slots=True)
class RawSymbol:
    """The pieces of one symbol, in canonical spelling; ``repairs`` names what was put right."""

    parts: list[str] = field(default_factory=list)
    suffixes: list[Suffix] = field(default_factory=list)
    asterisks: int = 0
    repairs: set[str] = field(default_factory=set)


def scan_symbols(folded: Folded) -> tuple[RawSymbol, ...]:
    """Read one symbol or a joint one, or raise `SymbolError` at the place in the original."""
    return _Scan(folded).symbols()


class _Scan:
    """Reads *folded*; ``at`` is the offset of the next character in it."""

    def __init__(self, folded: Folded) -> None:
        self.folded = folded
        self.text = folded.text
        self.at = 0

    def find(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
        return match

    def sees(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self.text, self.at) is not None

    def fail(self, expected: str, at: int | None = None) -> NoReturn:
        where = self.folded.offsets[self.at if at is None else at]
        raise SymbolError(expected, self.folded.original, where)

    def symbols(self) -> tuple[RawSymbol, ...]:
        self.skip_blanks()
        found = [self.symbol()]
        while self.find(_JOINT):
            found.append(self.symbol())
        self.skip_blanks()
        if self.at < len(self.text):
            self.fail("'/' or the end of the symbol")
        return tuple(found)

    def skip_blanks(self) -> None:
        while self.text.startswith(" ", self.at):
            self.at += 1

    def symbol(self) -> RawSymbol:
        raw = RawSymbol()
        raw.parts.append(self.head())
        if not self.sees(_SLASH):
            self.fail("'/'")
        numbered = final = False
        while not final:
            end = self.at
            if not self.find(_SLASH):
                break
            if self.sees(_KIND) or self.sees(_SLASHED_BRACKET):
                if not numbered:
                    self.fail("the number of the document before a suffix")
                self.at = end
                break
            numbered, final = self.part(raw)
        if not numbered:
            self.fail("'/' and the number of the document")
        self.suffixes(raw)
        stars = self.find(_STARS)
        if stars is not None:
            raw.asterisks = len(stars[2])
            raw.repairs.update({"asterisk"} if stars[1] else ())
        return raw

    def head(self) -> str:
        if not self.sees(_WORD):
            self.fail("an organ or a series, such as 'A' or 'CRC'")
        start = self.at
        name = self.name()
        if not name.split(".")[0].split("-")[0].isupper():
            self.fail("an organ or a series in capitals, such as 'A' or 'CRC'", start)
        bracket = self.find(_BRACKETED_PROGRAMME)
        return f"{name}({bracket[1].upper()})" if bracket else name

    def part(self, raw: RawSymbol) -> tuple[bool, bool]:
        """Read one part; say whether it can be the last, and whether it must be."""
        digits = self.find(_DIGITS)
        if digits is not None:
            several = self.find(_RANGE)
            number = digits[0] + (several[0] if several else "")
            ending = self.ending(raw)
            raw.parts.append(number + ending)
            return True, bool(ending)
        if not self.sees(_WORD):
            self.fail("a body, series, session or number")
        name = self.name()
        year = self.find(_YEAR)
        raw.parts.append(f"{name} ({year[1]})" if year else name)
        return name[-1].isdigit() and not _BODY.fullmatch(name), year is not None

    def name(self) -> str:
        out: list[str] = []
        start = self.at
        word = self.find(_WORD)
        while word is not None:
            out.append(self.cased(word, out))
            joiner = self.find(_JOINER)
            while joiner is not None:
                out.append(joiner[0].strip())
                digits = self.find(_DIGITS)
                if digits is None:
                    break
                out.append(digits[0])
                joiner = self.find(_JOINER)
            if joiner is None:
                break
            word = self.find(_WORD)
            if word is None:
                self.fail("letters or a number")
        if self.text.startswith(".", self.at):
            self.at += 1
            self.fail(f"a number after {self.text[start : self.at]!r}")
        bracket = self.find(_BRACKETED_NUMBER)
        return "".join(out) + (f"({bracket[1].upper()})" if bracket else "")

    def cased(self, match: re.Match[str], before: list[str]) -> str:
        word = match[0]
        letters = word.rstrip("0123456789")
        digits = word[len(letters) :]
        small = letters.lower()
        if small in _SLASH_KINDS:
            self.fail("a name that is not a suffix", match.start())
        if small in ALWAYS_MIXED:
            return ALWAYS_MIXED[small] + digits
        if small == "res" and not digits and _STOP.match(self.text, match.end()):
            return f"Res{digits}"
        if letters in EITHER_WAY or (before[-2:] == ["OzL", "."] and small in _AFTER_OZONE):
            return letters.capitalize() + digits
        if not letters.isupper() and len(letters) > _LONGEST_SMALL:
            self.fail("a part in capitals", match.start())
        return word.upper()

    def ending(self, raw: RawSymbol) -> str:
        """Read what may follow the number that ends a symbol: letters, session, year."""
        letters = self.find(_LETTERS)
        session = self.session(raw)
        if session and letters is None:
            letters = self.find(_LETTERS)
        spelled = ""
        if letters is not None:
            first, last = letters[1] or letters[2], letters[3]
            raw.repairs.update({"brackets"} if letters[1] else ())
            spelled = f" {first}-{last}".upper() if last else f" {first}".upper()
            if session and not session.startswith(" "):
                session = f" {session}"
        return spelled + session

    def session(self, raw: RawSymbol) -> str:
        year = self.find(_YEAR)
        if year is not None:
            return f" ({year[1]})"
        roman = self.find(_SESSION)
        if roman is not None:
            kind = f"{roman[1]}-" if roman[1] else ""
            return f"({kind}{roman[2]})".upper()
        arabic = self.find(_ARABIC_SESSION)
        if arabic is not None:
            raw.repairs.add("session")
            kind = _ARABIC_KINDS[arabic[1].replace(" ", "")]
            return f"({kind}{to_roman(int(arabic[2]))})"
        return ""

    def suffixes(self, raw: RawSymbol) -> None:
        while suffix := self.bracket() or self.slashed(raw):
            raw.suffixes.append(suffix)
            if len(raw.suffixes) == MOST_SUFFIXES:
                break

    def bracket(self) -> Suffix | None:
        match = self.find(_BRACKET)
        if match is not None:
            return _numbered(match)
        word = self.find(_BRACKET_WORD)
        return Suffix(_BRACKET_KINDS[word[1].replace(" ", "").lower()]) if word else None

    def slashed(self, raw: RawSymbol) -> Suffix | None:
        slash = self.find(_SLASH)
        if slash:
            match = self.find(_SLASHED_BRACKET)
            if match is not None:
                raw.repairs.add("brackets")
                return _numbered(match)
        kind = self.find(_KIND)
        if kind is None:
            if slash:
                self.fail("a suffix such as Rev.1")
            return None
        if not slash:
            raw.repairs.add("slash")
        word = _SLASH_KINDS[kind[1].lower()]
        if word in SLASH_WORDS:
            return Suffix(word)
        number = self.find(_KIND_NUMBER)
        if number is None:
            self.at += self.text.startswith(".", self.at)
            self.fail(f"a number after '{word}.'")
        raw.repairs.update({"stop"} if "." not in number[1] else ())
        raw.repairs.update({"zeros"} if number[2] else ())
        return Suffix(word, int(number[3]))


def _numbered(match: re.Match[str]) -> Suffix:
    label = _NUMERAL_JOINER.sub(_joined, match[2].upper())
    return Suffix.bracket(_BRACKET_KINDS[match[1].replace(" ", "").lower()], label)


def _joined(match: re.Match[str]) -> str:
    return {"AND": " and ", ",": ", ", "-": "-"}[match[1].upper()]
