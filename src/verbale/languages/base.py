"""What a language must know to read and write the fixed parts of a document.

Reading methods take a text in the normal form of `verbale.text.folding.fold` and an offset, and
yield every value that begins there with the offset behind it, the longest first: who calls them
may have to try a shorter one. Writing methods give the form to print; inline marks are written
``^{er}`` (superscript).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping

    from verbale.model.language import Language
    from verbale.model.masthead import AgendaItem

#: Session ordinals are written and read from 1 to this number.
LARGEST_ORDINAL = 150


class LanguageRules(ABC):
    """One language. ``ordinal_forms`` names the forms in which it writes a session's ordinal."""

    language: ClassVar[Language]
    #: Forms of `ordinal`, the usual one first: ``words``, ``figures``, ``words-genitive`` …
    ordinal_forms: ClassVar[tuple[str, ...]]
    #: The words most frequent in running text, for telling the Latin languages apart.
    function_words: ClassVar[frozenset[str]]
    #: Names of languages as running text writes them: ``{"en": "inglés"}``.
    language_names: ClassVar[Mapping[str, str]]
    #: Pairs of quotation marks, outer first.
    quotes: ClassVar[tuple[tuple[str, str], ...]]

    @abstractmethod
    def date(self, day: datetime.date) -> str:
        """A date as running text has it: ``8 de abril de 2020``, ``1er avril 2024``."""

    @abstractmethod
    def read_date(self, text: str, at: int) -> Iterator[tuple[datetime.date, int]]:
        """Dates that begin at *at*, in every spelling real documents use."""

    @abstractmethod
    def date_range(self, first: datetime.date, last: datetime.date) -> str:
        """A span of days: ``24 de febrero a 20 de marzo de 2020``."""

    @abstractmethod
    def read_date_range(
        self, text: str, at: int
    ) -> Iterator[tuple[tuple[datetime.date, datetime.date], int]]:
        """Spans of days that begin at *at*."""

    @abstractmethod
    def ordinal(self, number: int, form: str) -> str:
        """The ordinal of a session, 1 to 150, without the word session, lower case.

        Raises `ValueError` outside that range or for a form not in ``ordinal_forms``.
        """

    @abstractmethod
    def read_ordinal(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Session ordinals that begin at *at*, in any of the forms; the case does not matter."""

    @abstractmethod
    def item(self, item: AgendaItem) -> str:
        """An agenda item's number with its sub-items: ``58 a)``, ``58 (أ)``."""

    @abstractmethod
    def items(self, items: tuple[AgendaItem, ...]) -> str:
        """Several items as a list: ``7 y 133``, ``4, 7 and 9``."""

    @abstractmethod
    def read_items(self, text: str, at: int) -> Iterator[tuple[tuple[AgendaItem, ...], int]]:
        """One or several items that begin at *at*."""

    @abstractmethod
    def annex_number(self, number: int) -> str:
        """The number of an annex from 1: ``I``, ``الأول``, ``一``."""

    @abstractmethod
    def read_annex_number(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Annex numbers that begin at *at*: roman, Arabic figures, words, letters as numbers."""

    @abstractmethod
    def typeset(self, text: str) -> str:
        """Set the typography of a composed phrase: no-break spaces, marks. Never for received text."""
