"""Every hyphen, blank, digit and look-alike letter turned into the one that symbols use."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

__all__ = ["Folded", "fold_symbol"]

_BLANKS = frozenset("\t\n\r\f\v\u00a0\u1680\u2028\u2029\u202f\u205f\u3000") | {
    chr(code) for code in range(0x2000, 0x200B)
}
_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff") | {
    chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}
_HYPHENS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d")
_LOOK_ALIKES = dict(
    zip(
        "АВСЕНІЈКМОРЅТХУаеорсухіѕјΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϹϲ",
        "ABCEHIJKMOPSTXYaeopcyxisjABEZHIKMNOPTYXoCc",
        strict=True,
    )
)
_SIGNS = {"⁄": "/", "∕": "/", "∗": "*", "⁎": "*", "٭": "*", "․": ".", "。": "."}


@dataclass(frozen=True, slots=True)
class Folded:
    """``text`` in the letters and signs of symbols, with the way back to the original.

    ``offsets[i]`` is where character *i* stood in ``original``; one entry more gives its
    length. ``repairs`` names what was changed.
    """

    original: str
    text: str
    offsets: tuple[int, ...] | range
    repairs: frozenset[str] = frozenset()


def fold_symbol(text: str) -> Folded:
    """Turn every hyphen, blank, digit and look-alike letter into the one that symbols use."""
    if text.isascii() and text.isprintable():
        return Folded(text, text, range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    repairs: set[str] = set()
    for at, char in enumerate(text):
        same, repair = _same(char)
        if repair:
            repairs.add(repair)
        out.append(same)
        offsets += [at] * len(same)
    return Folded(text, "".join(out), (*offsets, len(text)), frozenset(repairs))


def _same(char: str) -> tuple[str, str]:
    """Give the sign that symbols use for *char*, and the name of the repair."""
    if char.isascii() and char.isprintable():
        return char, ""
    if char in _BLANKS:
        return " ", "blanks"
    if char in _INVISIBLE:
        return "", "invisible"
    if char in _HYPHENS:
        return "-", "hyphens"
    if char in _LOOK_ALIKES:
        return _LOOK_ALIKES[char], "look-alikes"
    if char in _SIGNS:
        return _SIGNS[char], "signs"
    if unicodedata.category(char) == "Nd":
        return str(unicodedata.digit(char)), "digits"
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E or 0x2160 <= code <= 0x217F or 0x1D400 <= code <= 0x1D7FF:  # noqa: PLR2004
        plain = unicodedata.normalize("NFKC", char)
        if plain.isascii():
            return plain, "full-width"
    return char, ""
