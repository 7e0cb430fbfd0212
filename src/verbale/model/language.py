"""Language, script, direction."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]

_CODE = re.compile(r"[a-z]{2,3}\Z")
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "dv", "yi", "ckb", "ug", "sd"})
# The letters that job numbers and file names use. Source: RULES 1.6, gDoc language codes.
_LETTERS = {"ar": "A", "zh": "C", "en": "E", "fr": "F", "ru": "R", "es": "S"}


@dataclass(frozen=True, slots=True, order=True)
class Language:
    """A language by its ISO 639 code: ``es``; ``und`` where it is not known."""

    code: str

    def __post_init__(self) -> None:
        if not _CODE.match(self.code):
            raise ValueError(f"not a language code: {self.code!r}; write two or three letters")

    def __str__(self) -> str:
        return self.code

    @property
    def direction(self) -> Direction:
        """Which way its script runs."""
        return "rtl" if self.code in _RIGHT_TO_LEFT else "ltr"

    @property
    def is_official(self) -> bool:
        """Whether it is one of the six official languages."""
        return self.code in _LETTERS

    @property
    def letter(self) -> str:
        """The letter of job numbers: ``S`` for Spanish, ``O`` for any language but the six."""
        return _LETTERS.get(self.code, "O")


AR = Language("ar")
ZH = Language("zh")
EN = Language("en")
FR = Language("fr")
RU = Language("ru")
ES = Language("es")
UND = Language("und")

#: The six official languages, in the order in which lists of the trade give them.
OFFICIAL: tuple[Language, ...] = (AR, ZH, EN, FR, RU, ES)
