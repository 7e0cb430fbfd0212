"""Counting as lists count: 3, c, III, ج, 三. The formats are named as in OOXML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from verbale.text.roman import to_roman
from verbale.text.scripts import ARABIC_INDIC, FULL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"  # lists leave out ё, й, ъ, ы, ь
# The order of the numerals, not of the alphabet: a to z of an Arabic list.
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_ALPHABET = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_HAN = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_CIRCLED: Final = 20
_LARGEST_HAN: Final = 99


def _letters(alphabet: str) -> Callable[[int], str]:
    """``a`` to ``z``, then ``aa``, ``bb``: the letter is repeated (ECMA-376, 17.18.59)."""

    def write(number: int) -> str:
        turns, at = divmod(number - 1, len(alphabet))
        return alphabet[at] * (turns + 1)

    return write


def _digits(digits: str) -> Callable[[int], str]:
    table = str.maketrans("0123456789", digits)
    return lambda number: str(number).translate(table)


def _chinese(number: int) -> str:
    """十, 十一, 二十三; above 99 digit by digit."""
    if number > _LARGEST_HAN:
        return "".join(_HAN[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_HAN[tens]}十"
    return head + (_HAN[ones] if ones or not tens else "")


def _circled(number: int) -> str:
    return chr(0x2460 + number - 1) if 1 <= number <= _CIRCLED else str(number)


_FORMATS: Final[dict[str, Callable[[int], str]]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters(_LATIN),
    "upperLetter": _letters(_LATIN.upper()),
    "lowerRoman": lambda number: to_roman(number).lower(),
    "upperRoman": to_roman,
    "russianLower": _letters(_RUSSIAN),
    "russianUpper": _letters(_RUSSIAN.upper()),
    "arabicAbjad": _letters(_ABJAD),
    "arabicAlpha": _letters(_ALPHABET),
    "hindiNumbers": _digits("०१२३४५६७८९"),
    "hindiArabic": _digits(ARABIC_INDIC),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "ideographDigital": _chinese,
    "japaneseCounting": _chinese,
    "ideographTraditional": _letters(_STEMS),
    "decimalFullWidth": _digits(FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chicago": lambda number: "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1),
    "none": lambda _: "",
}


def count(number: int, form: str) -> str:
    """Write *number* in a format; decimal where it is not known or has no such number."""
    write = _FORMATS.get(form, str)
    if number < 1 and form not in ("none", "decimalZero"):
        return str(number)
    try:
        return write(number)
    except ValueError:
        return str(number)
