"""French."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from verbale.languages._dates import Wording
from verbale.languages._grammar import (
    NO_BREAK,
    GrammarRules,
    day_before,
    keep_together,
    table_of,
)
from verbale.languages._items import LETTERS, ItemReader
from verbale.languages._tables import LATIN_SAME, Figures, WordTable
from verbale.languages.base import LARGEST_ORDINAL
from verbale.model.language import FR

if TYPE_CHECKING:
    import datetime

_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
)  # fmt: skip
_CARDINALS = (
    "", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
# Seventy and ninety count on from sixty and eighty: soixante-dix-septième.
_TENS = {
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    80: "quatre-vingt",
}
_HUNDRED, _EIGHTY, _SIXTY, _TWENTY, _TEN = 100, 80, 60, 20, 10


def _cardinal(number: int) -> str:
    """The number as it stands before the ending -ième: no plural s, "et" before un and onze."""
    if number >= _HUNDRED:
        rest = number - _HUNDRED
        return f"cent {_cardinal(rest)}" if rest else "cent"
    if number < _TWENTY:
        return _CARDINALS[number]
    base = _SIXTY if _SIXTY <= number < _EIGHTY else number // _TEN * _TEN
    base = _EIGHTY if number >= _EIGHTY else base
    rest = number - base
    if not rest:
        return _TENS[base]
    joint = " et " if rest in {1, _TEN + 1} and base != _EIGHTY else "-"
    return f"{_TENS[base]}{joint}{_CARDINALS[rest]}"


def _words(number: int) -> str:
    """The ordinal, feminine where that matters: première, vingt et unième, quatre-vingtième."""
    if number == 1:
        return "première"
    cardinal = _cardinal(number)
    stem = {"cinq": "cinqu", "neuf": "neuv"}.get(cardinal.split("-")[-1].split(" ")[-1])
    if stem is not None:
        return f"{cardinal[:-4]}{stem}ième"
    return f"{cardinal.removesuffix('e')}ième"


def _other() -> list[tuple[str, int]]:
    beyond = range(_HUNDRED + 1, LARGEST_ORDINAL + 1)
    return [
        ("premier", 1), ("second", 2), ("seconde", 2),
        *((_words(number).replace("cent ", "cent et "), number) for number in beyond),
    ]  # fmt: skip


_FORMS = MappingProxyType({"words": _words})
_DAY_MONTH = day_before(_MONTHS)
_BEFORE_MARK = re.compile(r" (?=[:;?!»])|(?<=«) ")


class French(GrammarRules):
    """French as the United Nations spells it: spelling of before 1990, feminine ordinals."""

    language = FR
    own_name = "Français"
    masthead_name = "Français"
    forms = _FORMS
    ordinal_forms = tuple(_FORMS)
    ordinal_words = WordTable(table_of(_FORMS, _other()), same=LATIN_SAME)
    ordinal_figures = Figures(
        r"(\d{1,3}) ?(?:\^\{)?(?:i?[eè]me|e|[èe]re|er|re)\b\}?", largest=LARGEST_ORDINAL
    )
    dates = Wording(
        {
            name: number
            for number, month in enumerate(_MONTHS, start=1)
            for name in (month, month.translate(LATIN_SAME))
        },
        day=r"(\d{1,2})(?: ?(?:\^\{)?er\b\}?)?",
        opening="le ",
        to=" ?- ?| au | à | jusqu'au ",
        span_opening="du ",
        same=LATIN_SAME,
    ).grammar()
    span_joints = ("-", "-")
    item_reader = ItemReader(
        sub=re.compile(rf" ?\(?{LETTERS}\)", re.IGNORECASE),
        joint=re.compile(r",? et |, ?", re.IGNORECASE),
    )
    list_joints = (", ", " et ")
    quotes = (("«", "»"), ("“", "”"))
    language_names = MappingProxyType(
        {
            "ar": "arabe", "zh": "chinois", "en": "anglais", "fr": "français", "ru": "russe",
            "es": "espagnol", "de": "allemand", "it": "italien", "ja": "japonais",
            "ko": "coréen", "nl": "néerlandais", "pt": "portugais", "tr": "turc",
            "uk": "ukrainien",
        }
    )  # fmt: skip
    function_words = frozenset(
        {
            "a", "ainsi", "au", "aux", "avec", "ce", "ces", "cet", "cette", "comme", "d",
            "dans", "de", "des", "dont", "du", "elle", "en", "entre", "est", "et", "il",
            "ils", "l", "la", "le", "les", "leur", "leurs", "lui", "même", "ne", "notamment",
            "nous", "ont", "ou", "par", "pas", "plus", "pour", "présente", "qu", "que", "qui",
            "s", "sa", "se", "ses", "son", "sont", "sous", "sur", "tous", "toutes", "un",
            "une", "vous", "à", "été", "être",
        }
    )  # fmt: skip

    def date(self, day: datetime.date) -> str:
        """``14 décembre 2016``, ``1er avril 2024``."""
        return f"{self.day_and_month(day)} {day.year}"

    def day_and_month(self, day: datetime.date) -> str:
        """``1er avril``."""
        return f"{self.day_alone(day)} {_MONTHS[day.month - 1]}"

    def day_alone(self, day: datetime.date) -> str:
        """``1er`` for the first of the month, else the figures."""
        return "1er" if day.day == 1 else str(day.day)

    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """``19 c) ii)``."""
        return " ".join([number, *(f"{sub})" for sub in subs)]).strip()

    def typeset(self, text: str) -> str:
        """Keep a day with its month, and high marks and quotation marks with their word.

        No blank is put where there is none: the Council prints "Original: anglais".
        """
        return _BEFORE_MARK.sub(NO_BREAK, keep_together(text, _DAY_MONTH))


LANGUAGE = French()
