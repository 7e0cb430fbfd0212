"""What the six languages do alike: everything is read from tables and patterns made once."""

from __future__ import annotations

import re
from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar

from verbale.languages._dates import check_span
from verbale.languages._items import join, shares_number
from verbale.languages._tables import Figures, WordTable, longest_first
from verbale.languages.base import LARGEST_ANNEX, LARGEST_ORDINAL, LanguageRules
from verbale.text.roman import to_roman

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from verbale.languages._dates import DateGrammar, Span
    from verbale.languages._items import ItemReader, Items
    from verbale.model.masthead import AgendaItem

NO_BREAK = "\u00a0"
ORDINALS = range(1, LARGEST_ORDINAL + 1)
ANNEXES = range(1, LARGEST_ANNEX + 1)
_ANNEX_FIGURES = Figures(r"(\d{1,2})(?!\d)", largest=LARGEST_ANNEX)
_ROMAN_NUMBERS = WordTable((to_roman(number), number) for number in ANNEXES)


class GrammarRules(LanguageRules):
    """A language made of tables. Its file fills the class attributes and writes the forms."""

    #: Ordinal forms by name, each a function of the number, 1 to 150.
    forms: ClassVar[Mapping[str, Callable[[int], str]]]
    ordinal_words: ClassVar[WordTable]
    ordinal_figures: ClassVar[Figures]
    dates: ClassVar[DateGrammar]
    #: What joins the ends of a span, within one month and beyond it.
    span_joints: ClassVar[tuple[str, str]]
    item_reader: ClassVar[ItemReader]
    #: What joins the members of a list, and the last two of them.
    list_joints: ClassVar[tuple[str, str]]
    annex_words: ClassVar[WordTable] = _ROMAN_NUMBERS

    def read_date(self, text: str, at: int) -> Iterator[tuple[datetime.date, int]]:
        """See `LanguageRules.read_date`."""
        return self.dates.read_date(text, at)

    def date_range(self, first: datetime.date, last: datetime.date) -> str:
        """See `LanguageRules.date_range`."""
        check_span(first, last)
        near, far = self.span_joints
        if first == last:
            return self.whole_date(last)
        if first.year != last.year:
            return self.whole_date(first) + far + self.whole_date(last)
        if first.month != last.month:
            return self.day_and_month(first) + far + self.whole_date(last)
        return self.day_alone(first) + near + self.whole_date(last)

    def whole_date(self, day: datetime.date) -> str:
        """An end of a span that has its year; the date, unless a last word belongs to it."""
        return self.date(day)

    @abstractmethod
    def day_and_month(self, day: datetime.date) -> str:
        """A day without its year: ``24 de febrero``."""

    def day_alone(self, day: datetime.date) -> str:
        """A day without month and year: ``24``."""
        return str(day.day)

    def read_date_range(self, text: str, at: int) -> Iterator[tuple[Span, int]]:
        """See `LanguageRules.read_date_range`."""
        return self.dates.read_span(text, at)

    def ordinal(self, number: int, form: str) -> str:
        """See `LanguageRules.ordinal`."""
        if form not in self.forms:
            raise ValueError(
                f"{self.language} has no form {form!r}; use {', '.join(self.forms)}"
            )
        if number not in ORDINALS:
            raise ValueError(f"ordinals go from 1 to {LARGEST_ORDINAL}, not {number}")
        return self.forms[form](number)

    def read_ordinal(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """See `LanguageRules.read_ordinal`."""
        return longest_first(
            self.ordinal_words.read(text, at), self.ordinal_figures.read(text, at)
        )

    def item(self, item: AgendaItem) -> str:
        """See `LanguageRules.item`."""
        return self.number_with_subs(str(item.number), item.sub)

    @abstractmethod
    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """Write a number, which may be empty, and the sub-items behind it."""

    def items(self, items: tuple[AgendaItem, ...]) -> str:
        """See `LanguageRules.items`; sub-items of one item share its number."""
        comma, last = self.list_joints
        if shares_number(items):
            words = [self.item(items[0])]
            words += [self.number_with_subs("", item.sub) for item in items[1:]]
        else:
            words = [self.item(item) for item in items]
        return join(words, comma=comma, last=last)

    def read_items(self, text: str, at: int) -> Iterator[tuple[Items, int]]:
        """See `LanguageRules.read_items`."""
        return self.item_reader.read(text, at)

    def annex_number(self, number: int) -> str:
        """See `LanguageRules.annex_number`."""
        if number not in ANNEXES:
            raise ValueError(f"annexes are numbered from 1 to {LARGEST_ANNEX}, not {number}")
        return self.annex_form(number)

    def annex_form(self, number: int) -> str:
        """The number of an annex that is in range."""
        return to_roman(number)

    def read_annex_number(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """See `LanguageRules.read_annex_number`."""
        return longest_first(self.annex_words.read(text, at), _ANNEX_FIGURES.read(text, at))


def table_of(
    forms: Mapping[str, Callable[[int], str]], extra: Iterable[tuple[str, int]] = ()
) -> list[tuple[str, int]]:
    """Every ordinal a language writes in letters, with other spellings that it only reads."""
    written = [(form(number), number) for form in forms.values() for number in ORDINALS]
    return [*(pair for pair in written if not pair[0][0].isdigit()), *extra]


def day_before(words: Iterable[str]) -> re.Pattern[str]:
    """Match the blank between a day's figures and one of *words*, for `keep_together`."""
    return re.compile(rf"(?:(?<=\d)|(?<=\der)) (?=(?:{'|'.join(words)})\b)")


def keep_together(text: str, blank: re.Pattern[str]) -> str:
    """Put a no-break space where *blank* matches. Twice is once.

    Source: of the dates in the UN's own XML of resolutions (2020-2024) most have U+00A0
    between day and month: en 258 of 395, fr 278 of 388, es 325 of 513, ru 315 of 363.
    """
    return blank.sub(NO_BREAK, text)
