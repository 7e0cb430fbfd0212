"""Runs of text as the page needs them: white space, symbols kept whole, numbers in Arabic.

No letter changes. White space is what it is in HTML: any run of it is one space, and the one
inside a number (``3 211,5``) becomes a no-break space, so that it neither breaks nor turns
round in right-to-left text. A line break is the tree's `Break`, never a character. Words are
not hyphenated, so soft hyphens would not be seen; they are left out: typst fails on one that
ends a link.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How a run is set: as it comes, in one piece, or in one piece that runs from left to right.
Setting = Literal["", "whole", "ltr"]

_SOFT_HYPHEN = "\u00ad"
_WHITE = re.compile(r"[ \t\r\n\f\v]+")
_GROUPED = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_NUMBER_ONLY: Final = r"[±+−-]\d[\d.,\u00a0]*"
_SYMBOL: Final = r"[A-Z]{1,6}\.?(?:/[A-Za-z0-9.-]+(?:\(\w+\))?){1,8}(?<![.-])\*{0,2}"
_DATE: Final = r"\d{1,2} [A-Z][a-zû]+ \d{4}"
_WORD: Final = r"[A-Za-zÀ-ɏ][\w’'./&-]*\w|[A-Za-zÀ-ɏ]"
_WORDS: Final = rf"(?:{_WORD})(?: (?:{_WORD}|\d+))*"
#: A longer symbol or name may break over lines: held together it would leave a hole.
_LONGEST_WHOLE = 32

_IN_LTR = re.compile(rf"(?<![\w/])(?P<symbol>{_SYMBOL})")
_IN_RTL = re.compile(
    rf"(?<![\w/])(?:(?P<symbol>{_SYMBOL})|(?P<date>{_DATE})|(?P<number>(?<!\d){_NUMBER_ONLY})"
    rf"|(?P<words>{_WORDS}))"
)


class Spaces:
    """Turns white space into single spaces over the runs of one paragraph."""

    def __init__(self) -> None:
        self._open = False

    def take(self, text: str) -> str:
        """*text* with single spaces; none where the paragraph or line has just begun."""
        single = _WHITE.sub(" ", text.replace(_SOFT_HYPHEN, ""))
        if single.startswith(" ") and not self._open:
            single = single[1:]
        if single:
            self._open = not single.endswith(" ")
        return _GROUPED.sub("\u00a0", single)

    def mark(self) -> None:
        """Something that is not text stands here: a space after it counts."""
        self._open = True

    def line(self) -> None:
        """A line begins here: a space after it does not count."""
        self._open = False


def cut(text: str, *, rtl: bool) -> Iterator[tuple[str, Setting]]:
    """Cut a run where its setting changes; the pieces joined are *text*.

    In right-to-left text the bidirectional algorithm would put the sign after ``±2,4`` and read
    ``6 May 2020`` as ``May 2020 6``: those and Latin names are set as pieces of their own.
    """
    start = 0
    for found in (_IN_RTL if rtl else _IN_LTR).finditer(text):
        piece = found[0]
        if len(piece) > _LONGEST_WHOLE:
            continue
        if found.start() > start:
            yield text[start : found.start()], ""
        yield piece, "ltr" if rtl else "whole"
        start = found.end()
    if start < len(text):
        yield text[start:], ""


def has_rtl_letters(text: str) -> bool:
    """Whether any letter of *text* is Arabic (or Hebrew, Syriac, Thaana: U+0590 to U+08FF)."""
    return any("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in text)


def has_upright_script(text: str) -> bool:
    """Whether *text* is in a script without italics: Arabic or Han."""
    return has_rtl_letters(text) or any("\u3040" <= char <= "\u9fff" for char in text)


def has_signs(text: str) -> bool:
    """Whether anything of *text* is seen: not white space or formatting signs alone."""
    return any(category(char)[0] in "LMNPS" for char in text)
