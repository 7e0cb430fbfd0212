"""Text made plain for searching, with the way back to the offsets of the original.

Almost always one character for one character, so that offsets stay as they are; only marks
without width, tatweel and Arabic vowel marks are taken out, and then the way back is kept.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_BLANKS = "\t\n\r\f\v\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DROPPED = re.compile(
    "[\u0640\u00ad\u200b-\u200f\u2060\ufeff\u061c\u202a-\u202e\u2066-\u2069\u064b-\u0652\u0670]+"
)
_FULL_WIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_DIGITS = {
    zero + value: str(value)
    for zero in (0x660, 0x6F0, 0x966, 0x9E6, 0xFF10)
    for value in range(10)
}
_SAME: dict[int, str] = {
    **_FULL_WIDTH,
    **_DIGITS,
    **{ord(blank): " " for blank in _BLANKS},
    **{ord(sign): "-" for sign in "‐‑‒–—―−﹘﹣"},
    **{ord(sign): "'" for sign in "’‘ʼ′"},
    **{ord(sign): '"' for sign in "“”„"},
    **{ord(sign): "/" for sign in "⁄∕"},
    ord("ё"): "е",
    ord("Ё"): "Е",
    ord("٭"): "*",
    ord("﴾"): "(",
    ord("﴿"): ")",
}
_CHANGED = frozenset(map(chr, _SAME))
_ASCII_BLANKS = str.maketrans("\t\n\r\f\v\x1c\x1d\x1e\x1f", " " * 9)
_HAS_ALEFS = re.compile("[أإآٱىة]").search
_ALEFS = str.maketrans("أإآٱىة", "اااايه")


@dataclass(frozen=True, slots=True)
class Flat:
    """``text`` is the plain form of the piece of the original that begins at ``base``.

    ``cuts`` are the offsets in ``text`` at which something was taken out, ``gone`` how much in
    all up to there.
    """

    text: str
    base: int
    cuts: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()

    def origin(self, at: int) -> int:
        """The offset in the original of the character at *at*."""
        if not self.cuts:
            return self.base + at
        cut = bisect_right(self.cuts, at)
        return self.base + at + (self.gone[cut - 1] if cut else 0)

    def origin_end(self, at: int) -> int:
        """The offset in the original behind the character before *at*."""
        return self.origin(at - 1) + 1 if at else self.base


def flatten(text: str, base: int = 0) -> Flat:
    """Make *text* plain: one kind of blank, digit, hyphen and quote; no tatweel."""
    if text.isascii():
        return Flat(text.translate(_ASCII_BLANKS), base)
    if _DROPPED.search(text) is None:
        return Flat(_plain(text), base)
    pieces: list[str] = []
    cuts: list[int] = []
    gone: list[int] = []
    at = length = lost = 0
    for match in _DROPPED.finditer(text):
        pieces.append(text[at : match.start()])
        length += match.start() - at
        lost += match.end() - match.start()
        at = match.end()
        cuts.append(length)
        gone.append(lost)
    pieces.append(text[at:])
    return Flat(_plain("".join(pieces)), base, tuple(cuts), tuple(gone))


def _plain(text: str) -> str:
    """Replace what `_SAME` has; few kinds of characters in a text are to be replaced."""
    for char in _CHANGED.intersection(text):
        text = text.replace(char, _SAME[ord(char)])
    return text


def lower(text: str) -> str:
    """Small letters, one for each letter, and one form of alef, yeh and ta marbuta.

    For looking words up: offsets stay as they are.
    """
    small = text.lower()
    if len(small) != len(text):
        small = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return small.translate(_ALEFS) if _HAS_ALEFS(small) else small


def bare(text: str) -> str:
    """Letters without their accents, for tables that are written with them."""
    return "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )
