"""Numbers in Chinese characters."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_LARGEST = 999
#: Every character that a Chinese number may hold.
CHARACTERS = frozenset(_DIGITS + "〇○十百")
_VALUES = {char: value for value, char in enumerate(_DIGITS)} | {"〇": 0, "○": 0}
_TEN, _HUNDRED = 10, 100


def to_chinese(number: int) -> str:
    """Write 1 to 999: ``四十三``, ``一百零一``. Raises `ValueError` outside that range."""
    if not 1 <= number <= _LARGEST:
        raise ValueError(f"no Chinese numeral is made for {number}")
    hundreds, rest = divmod(number, _HUNDRED)
    tens, ones = divmod(rest, _TEN)
    out = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        # Ten alone is 十, after hundreds 一十.
        out += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        out += _DIGITS[0]
    return out + (_DIGITS[ones] if ones else "")


def from_figures(text: str) -> int:
    """Read ``2021``, Chinese digit by digit (``二〇二一``) or in words (``二十一``).

    Raises `ValueError` for anything else.
    """
    if text.isascii():
        return int(text)
    if "十" not in text and "百" not in text:
        return int("".join(str(_value(char)) for char in text))
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    number = _value(hundreds) * _HUNDRED if hundreds else 0
    if ten:
        number += _TEN * (_value(tens.strip("零〇")) if tens.strip("零〇") else 1)
    ones = ones.lstrip("零〇")
    return number + (_value(ones) if ones else 0)


def _value(char: str) -> int:
    if char not in _VALUES:
        raise ValueError(f"not a Chinese digit: {char!r}")
    return _VALUES[char]
