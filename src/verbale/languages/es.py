"""Spanish."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from verbale.languages._dates import Wording
from verbale.languages._grammar import (
    ORDINALS,
    GrammarRules,
    day_before,
    keep_together,
    table_of,
)
from verbale.languages._items import LETTERS, ItemReader
from verbale.languages._tables import LATIN_SAME, Figures, WordTable
from verbale.languages.base import LARGEST_ORDINAL
from verbale.model.language import ES

if TYPE_CHECKING:
    import datetime

_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
)  # fmt: skip
_ONES = (
    "", "primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "séptimo", "octavo",
    "noveno", "décimo", "undécimo", "duodécimo", "decimotercer", "decimocuarto",
    "decimoquinto", "decimosexto", "decimoséptimo", "decimoctavo", "decimonoveno",
)  # fmt: skip
_TENS = (
    "", "décimo", "vigésimo", "trigésimo", "cuadragésimo", "quincuagésimo", "sexagésimo",
    "septuagésimo", "octogésimo", "nonagésimo",
)  # fmt: skip
_HUNDRED, _TWENTY, _TEN = 100, 20, 10
# 43er but 11º and 13º: the mark follows the last word, and 11, 13 are read as one word.
_SHORTENED = frozenset({1, 3})


def _words(number: int) -> str:
    """The masculine ordinal as it stands before *período*: primer, tercer without their o."""
    if number >= _HUNDRED:
        return f"centésimo {_words(number - _HUNDRED)}" if number > _HUNDRED else "centésimo"
    if number < _TWENTY:
        return _ONES[number]
    tens, ones = divmod(number, _TEN)
    return f"{_TENS[tens]} {_ONES[ones]}" if ones else _TENS[tens]


def _figures(number: int) -> str:
    teen = number % _HUNDRED // _TEN == 1
    return f"{number}^{{er}}" if number % _TEN in _SHORTENED and not teen else f"{number}º"


def _day_number(day: str) -> int:
    return 1 if day.isalpha() else int(day)


def _other() -> list[tuple[str, int]]:
    """Forms that are only read: with their o, in one word, feminine, in other words."""
    found: set[tuple[str, int]] = {("nono", 9), ("decimoprimer", 11), ("decimosegundo", 12)}
    for number in ORDINALS:
        words = _words(number)
        if number % _HUNDRED in range(_TEN + 1, _TWENTY):
            apart = f"décimo {_ONES[number % _TEN]}"
            found.add((f"centésimo {apart}" if number > _HUNDRED else apart, number))
        tens, _, ones = words.rpartition(" ")
        if ones and tens:
            found.add((f"{tens.translate(LATIN_SAME)}{ones}", number))
    full = {
        (f"{word}o" if word.endswith("er") else word, number)
        for word, number in {*found, *((_words(n), n) for n in ORDINALS)}
    }
    feminine = {(re.sub(r"o\b", "a", word), number) for word, number in full}
    return sorted(found | full | feminine)


_FORMS = MappingProxyType({"figures": _figures, "words": _words})
_DAY_MONTH = day_before(f"de {month}" for month in _MONTHS)


class Spanish(GrammarRules):
    """Spanish: ordinals in figures as Geneva has them, in words as New York has them."""

    language = ES
    own_name = "Español"
    masthead_name = "Español"
    forms = _FORMS
    ordinal_forms = tuple(_FORMS)
    ordinal_words = WordTable(table_of(_FORMS, _other()), same=LATIN_SAME)
    ordinal_figures = Figures(
        r"(\d{1,3}) ?\.?(?:\^\{\.?(?:er|ero|o|º|a|ª)\}|(?:ero?|[oaºª])(?!\w))\.?",
        largest=LARGEST_ORDINAL,
    )
    dates = Wording(
        {name: number for number, name in enumerate(_MONTHS, start=1)} | {"setiembre": 9},
        day=r"(\d{1,2}|primero(?= de))(?: ?\.?(?:\^\{(?:ero?|o|º)\}|(?:ero?|[oº])(?!\w)))?",
        of=" de | ",
        to_year=",? del? |,? ",
        to=" ?- ?| al? (?:el )?| hasta el ",
        span_opening="del? |desde el ",
        number=_day_number,
    ).grammar()
    span_joints = (" a ", " a ")
    item_reader = ItemReader(
        sub=re.compile(rf" ?\(?{LETTERS}\)", re.IGNORECASE),
        joint=re.compile(r",? [ye] |, ?", re.IGNORECASE),
    )
    list_joints = (", ", " y ")
    quotes = (("“", "”"), ("‘", "’"))
    language_names = MappingProxyType(
        {
            "ar": "árabe", "zh": "chino", "en": "inglés", "fr": "francés", "ru": "ruso",
            "es": "español", "de": "alemán", "it": "italiano", "ja": "japonés", "ko": "coreano",
            "nl": "neerlandés", "pt": "portugués", "tr": "turco", "uk": "ucraniano",
        }
    )  # fmt: skip
    function_words = frozenset(
        {
            "a", "al", "así", "como", "con", "cuando", "de", "del", "desde", "e", "el", "en",
            "entre", "es", "esa", "ese", "esta", "estas", "este", "estos", "fue", "ha", "han",
            "hasta", "la", "las", "le", "les", "lo", "los", "mediante", "muy", "más", "no",
            "nos", "o", "otras", "otros", "para", "por", "presente", "que", "relativa", "se",
            "ser", "si", "sin", "sobre", "son", "su", "sus", "también", "todas", "todos",
            "un", "una", "y",
        }
    )  # fmt: skip

    def date(self, day: datetime.date) -> str:
        """``8 de abril de 2020``."""
        return f"{self.day_and_month(day)} de {day.year}"

    def day_and_month(self, day: datetime.date) -> str:
        """``8 de abril``."""
        return f"{day.day} de {_MONTHS[day.month - 1]}"

    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """``19 c) ii)``."""
        return " ".join([number, *(f"{sub})" for sub in subs)]).strip()

    def typeset(self, text: str) -> str:
        """Keep a day with its month."""
        return keep_together(text, _DAY_MONTH)


LANGUAGE = Spanish()
