"""Scripts: digits, direction, isolates. Never reorders text."""

from __future__ import annotations

import re
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


# What steers a terminal or turns text round on a page, and halves of characters, which cannot
# be written in UTF-8. A line end and a tab are left: a message may have several lines.
_STEERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff\ud800-\udfff]"
)


def visible(text: str) -> str:
    """Spell out the characters of *text* that act and are not seen: ``<U+202E>``.

    For what comes from outside and is shown to a person. Source: UAX #9; UTS #39, 2.
    """
    return _STEERS.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


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
    """Count the letters of *text* by script: Latin, Cyrillic, Arabic, Han, other."""
    counts = {"Latin": 0, "Cyrillic": 0, "Arabic": 0, "Han": 0, "other": 0}
    for char in text:
        if not char.isalpha():
            continue
        counts[_script(char)] += 1
    return counts


# Ranges of code points, the end not included. Source: Unicode 15, Blocks.txt.
_RANGES = (
    ("Latin", 0x0, 0x250),
    ("Latin", 0x1E00, 0x1F00),
    ("Cyrillic", 0x400, 0x530),
    ("Arabic", 0x600, 0x780),
    ("Arabic", 0xFB50, 0xFE00),
    ("Arabic", 0xFE70, 0xFF00),
    ("Han", 0x4E00, 0xA000),
    ("Han", 0x3400, 0x4DC0),
    ("Han", 0x20000, 0x32000),
)


def _script(char: str) -> str:
    code = ord(char)
    for script, first, end in _RANGES:
        if first <= code < end:
            return script
    return "Latin" if unicodedata.name(char, "").startswith("LATIN") else "other"
