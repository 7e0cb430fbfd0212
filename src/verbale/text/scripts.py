"""Scripts: digits, direction, isolates. Never reorders text."""

from __future__ import annotations

import unicodedata

ARABIC_INDIC = "٠١٢٣٤٥٦٧٨٩"
EASTERN_ARABIC_INDIC = "۰۱۲۳۴۵۶۷۸۹"
FULL_WIDTH = "０１２３４５６７８９"
LRI = "\u2066"
PDI = "\u2069"

_TO_ASCII = str.maketrans(
    ARABIC_INDIC + EASTERN_ARABIC_INDIC + FULL_WIDTH,
    "0123456789" * 3,
)


def ascii_digits(text: str) -> str:
    """Turn Arabic-Indic, Eastern Arabic-Indic and full-width digits into ASCII, one for one."""
    return text.translate(_TO_ASCII)


def isolate(text: str) -> str:
    """Wrap left-to-right *text* (a symbol, a number) for use inside right-to-left text.

    Isolates, not reversal: reversed text looks right on the page and copies wrongly from it.
    Source: UAX #9, 2.4.
    """
    return f"{LRI}{text}{PDI}"


def script_counts(text: str) -> dict[str, int]:
    """Count the letters of *text* by script: ``Latin``, ``Cyrillic``, ``Arabic``, ``Han``, ``other``."""
    counts = {"Latin": 0, "Cyrillic": 0, "Arabic": 0, "Han": 0, "other": 0}
    for char in text:
        if not char.isalpha():
            continue
        counts[_script(char)] += 1
    return counts


def _script(char: str) -> str:
    code = ord(char)
    if code < 0x250 or 0x1E00 <= code < 0x1F00:
        return "Latin"
    if 0x400 <= code < 0x530:
        return "Cyrillic"
    if 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00:
        return "Arabic"
    if 0x4E00 <= code < 0xA000 or 0x3400 <= code < 0x4DC0 or 0x20000 <= code < 0x32000:
        return "Han"
    if unicodedata.name(char, "").startswith("LATIN"):
        return "Latin"
    return "other"
