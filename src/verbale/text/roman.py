"""Roman numerals, 1 to 3999."""

from __future__ import annotations

_PAIRS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 3999


def to_roman(number: int) -> str:
    """Write *number* (1 to 3999) in capitals. Raises `ValueError` outside that range."""
    if not 1 <= number <= _LARGEST:
        raise ValueError(f"no Roman numeral for {number}")
    out = []
    for value, letters in _PAIRS:
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def from_roman(text: str) -> int:
    """Read capitals. Raises `ValueError` for anything but the one regular spelling."""
    number, at = 0, 0
    for value, letters in _PAIRS:
        while text.startswith(letters, at):
            number += value
            at += len(letters)
    if at != len(text) or not text or number > _LARGEST or to_roman(number) != text:
        raise ValueError(f"not a Roman numeral: {text!r}")
    return number
