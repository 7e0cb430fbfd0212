"""A normal form for comparing, with the way back to the offsets of the original.

The form is never stored: what was received stays as it was.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SPACES = frozenset(" \t\n\r\f\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    chr(code) for code in range(0x2000, 0x200B)
}
# Removed: tatweel, soft hyphen, zero-width marks, direction marks, isolates, byte order mark.
_DROPPED = frozenset(
    "\u0640\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c"
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
# Arabic vowel marks are printed or not at the writer's taste.
_HARAKAT = frozenset(chr(code) for code in range(0x64B, 0x653)) | {"\u0670"}
_SAME = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "′": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "‐": "-",
        "‑": "-",
        "–": "-",
        "—": "-",
        "−": "-",
        "º": "º",
        "°": "º",
        "ё": "е",
        "Ё": "Е",
        "：": ":",
        "（": "(",
        "）": ")",
        "，": ",",
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` is the normal form; ``offsets[i]`` is where its character *i* stood.

    ``offsets`` has one more entry than ``text``: the length of the original.
    """

    text: str
    offsets: tuple[int, ...]

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Turn offsets into the folded text into offsets into the original."""
        if start >= end:
            return self.offsets[start], self.offsets[start]
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Fold *text*: white space to one blank, one kind of quote, hyphen and digit, no tatweel.

    Letters keep their case and accents; compatibility forms are not touched beyond the list
    here, so two different words never become equal.
    """
    if text.isascii() and "\n" not in text and "  " not in text and "\t" not in text:
        return Folded(text, tuple(range(len(text) + 1)))
    out: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        if char in _SPACES:
            if out and out[-1] == " ":
                continue
            out.append(" ")
            offsets.append(at)
            continue
        if char in _DROPPED or char in _HARAKAT:
            continue
        same = char.translate(_SAME)
        if same.isdigit() and not same.isascii():
            value = unicodedata.digit(same, -1)
            # Superscript digits are no figures of the line they stand in.
            same = str(value) if value >= 0 and unicodedata.category(char) == "Nd" else same
        out.append(same)
        offsets.append(at)
    offsets.append(len(text))
    return Folded("".join(out), tuple(offsets))


def same_text(left: str, right: str) -> bool:
    """Whether two texts are equal in their normal form, white space at the ends aside."""
    return left == right or fold(left).text.strip() == fold(right).text.strip()


def squeeze(text: str) -> str:
    """Turn every run of white space into one blank, and none at the ends."""
    return " ".join(text.split())
