"""English."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from verbale.languages._dates import Wording
from verbale.languages._grammar import GrammarRules, day_before, keep_together, table_of
from verbale.languages._items import LETTERS, ItemReader
from verbale.languages._tables import LATIN_SAME, Figures, WordTable
from verbale.languages.base import LARGEST_ORDINAL
from verbale.model.language import EN

if TYPE_CHECKING:
    import datetime

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# "Sept" as well as "Sep": three or four letters, with or without a full stop.
_MONTH_NUMBERS = {
    spelling: number
    for number, name in enumerate(_MONTHS, start=1)
    for spelling in (name, name[:3], f"{name[:3]}.", name[:4], f"{name[:4]}.")
}
_ONES = (
    "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_HUNDRED, _TWENTY, _TEN = 100, 20, 10
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def _words(number: int) -> str:
    if number >= _HUNDRED:
        rest = number - _HUNDRED
        return f"one hundred and {_words(rest)}" if rest else "one hundredth"
    if number < _TWENTY:
        return _ONES[number]
    tens, ones = divmod(number, _TEN)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else f"{_TENS[tens][:-1]}ieth"


def _figures(number: int) -> str:
    teen = number % _HUNDRED // _TEN == 1
    return f"{number}{'th' if teen else _SUFFIX.get(number % _TEN, 'th')}"


_FORMS = MappingProxyType({"words": _words, "figures": _figures})
_OTHER = [
    (_words(number).replace("one hundred", hundred).replace(" and ", joint), number)
    for number in range(_HUNDRED, LARGEST_ORDINAL + 1)
    for hundred in ("one hundred", "hundred", "a hundred")
    for joint in (" and ", " ")
]
_DAY_MONTH = day_before(_MONTHS)


class English(GrammarRules):
    """English as the United Nations spells it."""

    language = EN
    own_name = "English"
    masthead_name = "English"
    forms = _FORMS
    ordinal_forms = tuple(_FORMS)
    ordinal_words = WordTable(table_of(_FORMS, _OTHER), same=LATIN_SAME)
    ordinal_figures = Figures(
        r"(\d{1,3}) ?(?:\^\{)?(?:st|nd|rd|th)\b\}?", largest=LARGEST_ORDINAL
    )
    dates = Wording(
        _MONTH_NUMBERS,
        day=r"(\d{1,2})(?: ?(?:\^\{)?(?:st|nd|rd|th)\b\}?)?",
        of=" (?:of )?",
        to_year=",? ",
        to=" ?- ?| to | through | until ",
        span_opening="from ",
        month_first=True,
    ).grammar()
    span_joints = ("–", "–")
    item_reader = ItemReader(
        sub=re.compile(rf" ?\(?{LETTERS}\)", re.IGNORECASE),
        joint=re.compile(r",? and |, ?| & ", re.IGNORECASE),
    )
    list_joints = (", ", " and ")
    quotes = (("“", "”"), ("‘", "’"))
    language_names = MappingProxyType(
        {
            "ar": "Arabic", "zh": "Chinese", "en": "English", "fr": "French", "ru": "Russian",
            "es": "Spanish", "de": "German", "it": "Italian", "ja": "Japanese", "ko": "Korean",
            "nl": "Dutch", "pt": "Portuguese", "tr": "Turkish", "uk": "Ukrainian",
        }
    )  # fmt: skip
    function_words = frozenset(
        {
            "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "between",
            "by", "for", "from", "has", "have", "her", "hereby", "his", "in", "into", "is",
            "it", "its", "may", "not", "of", "on", "or", "other", "present", "shall",
            "should", "such", "that", "the", "their", "thereto", "these", "they", "this",
            "to", "under", "upon", "was", "were", "which", "will", "with", "within", "would",
        }
    )  # fmt: skip

    def date(self, day: datetime.date) -> str:
        """``8 April 2020``."""
        return f"{self.day_and_month(day)} {day.year}"

    def day_and_month(self, day: datetime.date) -> str:
        """``8 April``."""
        return f"{day.day} {_MONTHS[day.month - 1]}"

    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """``19 (c) (ii)``."""
        return " ".join([number, *(f"({sub})" for sub in subs)]).strip()

    def typeset(self, text: str) -> str:
        """Keep a day with its month."""
        return keep_together(text, _DAY_MONTH)


LANGUAGE = English()
