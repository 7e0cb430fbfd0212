"""Russian."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from verbale.languages._dates import Wording
from verbale.languages._grammar import (
    ANNEXES,
    ORDINALS,
    GrammarRules,
    day_before,
    keep_together,
    table_of,
)
from verbale.languages._items import ItemReader
from verbale.languages._tables import Figures, WordTable
from verbale.languages.base import LARGEST_ORDINAL
from verbale.model.language import RU
from verbale.text.roman import to_roman

if TYPE_CHECKING:
    import datetime

_MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
    "октября", "ноября", "декабря",
)  # fmt: skip
# Stems of the ordinals; all but the third take the endings of an adjective.
_STEMS = (
    "", "перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят",
    "одиннадцат", "двенадцат", "тринадцат", "четырнадцат", "пятнадцат", "шестнадцат",
    "семнадцат", "восемнадцат", "девятнадцат",
)  # fmt: skip
_TEN_STEMS = (
    "", "", "двадцат", "тридцат", "сороков", "пятидесят", "шестидесят", "семидесят",
    "восьмидесят", "девяност",
)  # fmt: skip
_TENS = (
    "", "", "двадцать", "тридцать", "сорок", "пятьдесят", "шестьдесят", "семьдесят",
    "восемьдесят", "девяносто",
)  # fmt: skip
_HUNDRED, _TWENTY, _TEN, _THIRD = 100, 20, 10, 3
# Masculines stressed on the ending: второй, шестой, седьмой, восьмой, сороковой.
_STRESSED = frozenset({2, 6, 7, 8, 40})


def _split(number: int) -> tuple[str, int]:
    """The cardinals in front, and the number whose word takes the ending: 43 -> "сорок ", 3."""
    if number > _HUNDRED:
        front, last = _split(number - _HUNDRED)
        return f"сто {front}", last
    if number < _TWENTY or number % _TEN == 0:
        return "", number
    return f"{_TENS[number // _TEN]} ", number % _TEN


def _stem(last: int) -> str:
    if last == _HUNDRED:
        return "сот"
    return _STEMS[last] if last < _TWENTY else _TEN_STEMS[last // _TEN]


def _adjective(number: int, *, usual: str, third: str) -> str:
    front, last = _split(number)
    return f"{front}{_stem(last)}{third if last == _THIRD else usual}"


def _nominative(number: int) -> str:
    return _adjective(number, usual="ая", third="ья")


def _genitive(number: int) -> str:
    return _adjective(number, usual="ой", third="ьей")


def _masculine(number: int) -> str:
    _, last = _split(number)
    return _adjective(number, usual="ой" if last in _STRESSED else "ый", third="ий")


def _masculine_genitive(number: int) -> str:
    return _adjective(number, usual="ого", third="ьего")


def _accusative(number: int) -> str:
    return _adjective(number, usual="ую", third="ью")


_FORMS = MappingProxyType(
    {"words": _nominative, "words-genitive": _genitive, "words-masculine": _masculine}
)
_OTHER = [
    (form(number), number) for form in (_accusative, _masculine_genitive) for number in ORDINALS
]
# Sub-items have Latin letters; typists use the Cyrillic ones that look the same.
_LATIN = str.maketrans("асеорхуіјѕбвгд", "aceopxyijsbcde")
_CYRILLIC_ROMAN = str.maketrans("IVXL", "ІVХL")
_DAY_MONTH = day_before(_MONTHS)


def _latin(letters: str) -> str:
    latin = letters.lower().translate(_LATIN)
    return latin if latin.isascii() else ""


class Russian(GrammarRules):
    """Russian: the feminine ordinal of *сессия*, nominative and genitive."""

    language = RU
    own_name = "Русский"
    masthead_name = "Russian"
    forms = _FORMS
    ordinal_forms = tuple(_FORMS)
    ordinal_words = WordTable(table_of(_FORMS, _OTHER))
    ordinal_figures = Figures(
        r"(\d{1,3}) ?- ?(?:я|ая|й|ой|ей|ю|ую|го)\b", largest=LARGEST_ORDINAL
    )
    dates = Wording(
        {name: number for number, name in enumerate(_MONTHS, start=1)},
        day=r'[«"]?(\d{1,2})[»"]?(?:-?го)?',
        to=" ?- ?| по ",
        span_opening="со? ",
        # One file of the UN has "годa" with a Latin a.
        tail=r" ?(?:год[аa]|гг?\.)",
    ).grammar()
    span_joints = ("–", " — ")
    item_reader = ItemReader(
        sub=re.compile(
            r" ?\(?(?P<sub>(?P<letter>[a-zа-яіјѕ])(?P=letter){0,2}|[ivxіх]{2,6})\)",
            re.IGNORECASE,
        ),
        joint=re.compile(r",? и |, ?", re.IGNORECASE),
        letters=_latin,
    )
    list_joints = (", ", " и ")
    annex_words = WordTable(
        (spelling, number)
        for number in ANNEXES
        for spelling in {to_roman(number), to_roman(number).translate(_CYRILLIC_ROMAN)}
    )
    quotes = (("«", "»"), ("„", "“"))
    language_names = MappingProxyType(
        {
            "ar": "арабский", "zh": "китайский", "en": "английский", "fr": "французский",
            "ru": "русский", "es": "испанский", "de": "немецкий", "it": "итальянский",
            "ja": "японский", "ko": "корейский", "nl": "нидерландский", "pt": "португальский",
            "tr": "турецкий", "uk": "украинский",
        }
    )  # fmt: skip
    # Script tells Russian from the other official languages.
    function_words: ClassVar[frozenset[str]] = frozenset()

    def date(self, day: datetime.date) -> str:
        """``8 апреля 2020``: the word года belongs to the phrase."""
        return f"{self.day_and_month(day)} {day.year}"

    def day_and_month(self, day: datetime.date) -> str:
        """``8 апреля``."""
        return f"{day.day} {_MONTHS[day.month - 1]}"

    def whole_date(self, day: datetime.date) -> str:
        """``8 апреля 2020 года``."""
        return f"{self.date(day)} года"

    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """``19 c) ii)``, in Latin letters."""
        return " ".join([number, *(f"{sub})" for sub in subs)]).strip()

    def typeset(self, text: str) -> str:
        """Keep a day with its month."""
        return keep_together(text, _DAY_MONTH)


LANGUAGE = Russian()
