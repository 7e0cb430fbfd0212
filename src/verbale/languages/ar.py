"""Arabic."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from verbale.languages._dates import Wording
from verbale.languages._grammar import ANNEXES, ORDINALS, GrammarRules, table_of
from verbale.languages._items import ItemReader
from verbale.languages._tables import ARABIC_SAME, Figures, WordTable
from verbale.languages.base import LARGEST_ORDINAL
from verbale.model.language import AR
from verbale.text.roman import to_roman
from verbale.text.scripts import LRI, PDI, isolate

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

# The United Nations prints the month twice, by its eastern and its western name. The others are
# the names of Egypt and the Gulf, Algeria and Tunisia, Morocco, which documents of States have.
_MONTHS = (
    ("كانون الثاني", "يناير", "جانفي"),
    ("شباط", "فبراير", "فيفري"),
    ("آذار", "مارس"),
    ("نيسان", "أبريل", "أفريل"),
    ("أيار", "مايو", "ماي"),
    ("حزيران", "يونيه", "يونيو", "جوان"),
    ("تموز", "يوليه", "يوليو", "جويلية", "يوليوز"),
    ("آب", "أغسطس", "أوت", "غشت"),
    ("أيلول", "سبتمبر", "شتنبر"),
    ("تشرين الأول", "أكتوبر"),
    ("تشرين الثاني", "نوفمبر", "نونبر"),
    ("كانون الأول", "ديسمبر", "دجنبر"),
)
_MASCULINE = (
    "", "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن",
    "التاسع", "العاشر",
)  # fmt: skip
_FEMININE = (
    "", "الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة", "السابعة",
    "الثامنة", "التاسعة", "العاشرة",
)  # fmt: skip
_TENS = (
    "", "", "العشر", "الثلاث", "الأربع", "الخمس", "الست", "السبع", "الثمان", "التسع",
)  # fmt: skip
_HUNDRED, _TWENTY, _TEN = 100, 20, 10
_HUNDREDTH = "المائة"
# Sub-items go by the order of the numerals (abjad), not of the alphabet. ``x`` as خ, doubled
# letters as ي ي: mastheads of A/RES/77/75 and A/RES/75/39.
_ABJAD = dict(zip("abcdefghijklmnopqrstuvwxyz", "أبجدهوزحطيكلمنسعفصقرشتثخذض", strict=True))
_LATIN = {abjad: latin for latin, abjad in _ABJAD.items()} | dict.fromkeys("اإآ", "a")
_ROMAN_FIGURES = {to_roman(number).lower(): number for number in ANNEXES}
_ROMAN_BY_FIGURE = {str(number): roman for roman, number in _ROMAN_FIGURES.items()}
# A symbol, a resolution's number, an address: Latin letters or figures with slashes in between.
_SEGMENT = r"[A-Za-z0-9]+(?:[.-]+[A-Za-z0-9]+)*(?:\([A-Za-z0-9.]+\))?"
_WITH_SLASH = re.compile(rf"(?<![\w/.-]){_SEGMENT}(?:/{_SEGMENT})+", re.ASCII)
_ARABIC_LETTER = re.compile(r"[ء-ي]")


def _ordinal(number: int, *, feminine: bool, ending: str) -> str:
    """The definite ordinal; *ending* is that of the tens, ``ون`` or in other cases ``ين``."""
    if number >= _HUNDRED:
        rest = number - _HUNDRED
        before = _ordinal(rest, feminine=feminine, ending=ending) if rest else ""
        return f"{before} بعد {_HUNDREDTH}" if rest else _HUNDREDTH
    words = _FEMININE if feminine else _MASCULINE
    if number <= _TEN:
        return words[number]
    tens, ones = divmod(number, _TEN)
    first = ("الحادية" if feminine else "الحادي") if ones == 1 else words[ones]
    if number < _TWENTY:
        return f"{first} {'عشرة' if feminine else 'عشر'}"
    return f"{first} و{_TENS[tens]}{ending}" if ones else f"{_TENS[tens]}{ending}"


def _nominative(number: int) -> str:
    return _ordinal(number, feminine=True, ending="ون")


def _genitive(number: int) -> str:
    return _ordinal(number, feminine=True, ending="ين")


def _spellings(word: str) -> Iterator[str]:
    """Spellings seen beside the usual one: و apart, المئة, عشر without its ending."""
    yield word
    yield word.replace(" وال", " و ال")
    yield word.replace("المائة", "المئة")
    yield re.sub(r" عشرة\b", " عشر", word)


def _month_names() -> dict[str, int]:
    """Single names, and double names in either order."""
    names: dict[str, int] = {}
    for number, (eastern, *western) in enumerate(_MONTHS, start=1):
        for name in western:
            names |= dict.fromkeys((name, f"{eastern}/{name}", f"{name}/{eastern}"), number)
        names[eastern] = number
    return names


def _any_alef(name: str) -> str:
    return (
        re.sub("[اأإآ]", "[اأإآ]", re.escape(name)).replace("/", " ?/ ?").replace("ة", "[ةه]")
    )


def _letters(bracketed: str) -> str:
    """Turn ``(ب)``, ``(ي ي)``, ``'2'`` or ``(b)`` into the letters of the model."""
    inner = bracketed[1:-1].replace(" ", "")
    if inner.isdigit():
        return _ROMAN_BY_FIGURE.get(inner, "")
    if inner.isascii():
        known = inner.isalpha() and (len(set(inner)) == 1 or inner.lower() in _ROMAN_FIGURES)
        return inner.lower() if known else ""
    return _LATIN.get(inner[0], "") * len(inner) if len(set(inner)) == 1 else ""


_FORMS = MappingProxyType({"words": _nominative, "words-genitive": _genitive})


class Arabic(GrammarRules):
    """Arabic: the definite feminine ordinal of *الدورة*, and its genitive."""

    language = AR
    own_name = "العربية"
    masthead_name = "Arabic"
    forms = _FORMS
    ordinal_forms = tuple(_FORMS)
    ordinal_words = WordTable(
        table_of(
            _FORMS,
            (
                (spelling, number)
                for form in _FORMS.values()
                for number in ORDINALS
                for spelling in _spellings(form(number))
            ),
        ),
        same=ARABIC_SAME,
    )
    ordinal_figures = Figures(r"(\d{1,3})(?![\d/])", largest=LARGEST_ORDINAL)
    dates = Wording(
        _month_names(),
        of=" (?:من )?",
        to_year="،? (?:من )?(?:عام |سنة )?",
        to=" ?- ?| إلى | الى | حتى | وحتى ",
        span_opening="من ",
        tail=r" ?م(?!\w)",
        same=ARABIC_SAME,
        spell=_any_alef,
    ).grammar()
    span_joints = ("-", " - ")
    item_reader = ItemReader(
        sub=re.compile(r" ?(?P<sub>\([a-zء-ي](?: ?[a-zء-ي]){0,4}\)|'\d{1,2}')", re.IGNORECASE),
        joint=re.compile(r"[،,]? و ?|[،,] ?"),
        letters=_letters,
    )
    list_joints = (" و ", " و ")
    annex_words = WordTable(
        (
            (spelling, number)
            for number in ANNEXES
            for ending in ("ون", "ين")
            for spelling in _spellings(_ordinal(number, feminine=False, ending=ending))
        ),
        same=ARABIC_SAME,
    )
    quotes = (("“", "”"), ("‘", "’"))
    language_names = MappingProxyType(
        {
            "ar": "العربية", "zh": "الصينية", "en": "الإنكليزية", "fr": "الفرنسية",
            "ru": "الروسية", "es": "الإسبانية", "de": "الألمانية", "it": "الإيطالية",
            "ja": "اليابانية", "ko": "الكورية", "nl": "الهولندية", "pt": "البرتغالية",
            "tr": "التركية", "uk": "الأوكرانية",
        }
    )  # fmt: skip
    # Script tells Arabic from the other official languages.
    function_words: ClassVar[frozenset[str]] = frozenset()

    def date(self, day: datetime.date) -> str:
        """``29 تشرين الأول/أكتوبر 2012``."""
        return f"{self.day_and_month(day)} {day.year}"

    def day_and_month(self, day: datetime.date) -> str:
        """``29 تشرين الأول/أكتوبر``."""
        return f"{day.day} {'/'.join(_MONTHS[day.month - 1][:2])}"

    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """``58 (أ)``, ``103 (ي ي)``; a Roman sub-item as ``‘2’``."""
        first, *rest = subs or ("",)
        words = [number, f"({' '.join(_ABJAD[letter] for letter in first)})" if first else ""]
        words += [f"‘{_ROMAN_FIGURES.get(sub, sub)}’" for sub in rest]
        return " ".join(word for word in words if word)

    def annex_form(self, number: int) -> str:
        """``الأول``, masculine after *المرفق*."""
        return _ordinal(number, feminine=False, ending="ون")

    def typeset(self, text: str) -> str:
        """Isolate what has slashes and runs left to right inside Arabic text, and nothing else.

        Without that a symbol's parts change places on the page. A line without Arabic is left.
        """
        if not _ARABIC_LETTER.search(text):
            return text

        def wrap(match: re.Match[str]) -> str:
            before = text[: match.start()]
            inside = before.count(LRI) > before.count(PDI)
            return match.group() if inside else isolate(match.group())

        return _WITH_SLASH.sub(wrap, text)


LANGUAGE = Arabic()
