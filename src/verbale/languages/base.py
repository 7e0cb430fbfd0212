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
#: Numbers of annexes are written and read from 1 to this number.
LARGEST_ANNEX = 50


class LanguageRules(ABC):
    """One language. ``ordinal_forms`` names the forms in which it writes an ordinal."""

    language: ClassVar[Language]
    #: Forms of `ordinal`, the usual one first: ``words``, ``figures``, ``words-genitive`` …
    ordinal_forms: ClassVar[tuple[str, ...]]
    #: The words most frequent in running text, for telling the Latin languages apart.
    function_words: ClassVar[frozenset[str]]
    #: Names of languages as running text writes them: ``{"en": "inglés"}``.
    language_names: ClassVar[Mapping[str, str]]
    #: What joins the members of a list, and the last two of them.
    list_joints: ClassVar[tuple[str, str]]
    #: Pairs of quotation marks, outer first.
    quotes: ClassVar[tuple[tuple[str, str], ...]]
    #: The language's name in itself, as a line of its own has it: ``Español``, ``中文``.
    own_name: ClassVar[str]
    #: The word by which a masthead names a version in this language: ``Español``, but
    #: ``Chinese``, because mastheads in Arabic, Chinese and Russian print it in English.
    masthead_name: ClassVar[str]

    @abstractmethod
    def date(self, day: datetime.date) -> str:
        """A date as running text has it: ``8 de abril de 2020``, ``1er avril 2024``."""

    @abstractmethod
    def read_date(self, text: str, at: int) -> Iterator[tuple[datetime.date, int]]:
        """Dates that begin at *at*, in every spelling real documents use."""

    @abstractmethod
    def date_range(self, first: datetime.date, last: datetime.date) -> str:
        """A span of days as a masthead prints it: ``24 de febrero a 20 de marzo de 2020``.

        Unlike `date` it has the last word too (``3–21 мая 2004 года``), because both ends of a
        span over two years need it. Raises `ValueError` when *last* lies before *first*.
        """

    @abstractmethod
    def read_date_range(
        self, text: str, at: int
    ) -> Iterator[tuple[tuple[datetime.date, datetime.date], int]]:
        """Spans of days that begin at *at*, with or without ``from … to``, ``du … au``."""

    @abstractmethod
    def ordinal(self, number: int, form: str) -> str:
        """The ordinal of a session, 1 to 150, without the word session, lower case.

        Raises `ValueError` outside that range or for a form not in ``ordinal_forms``.
        """

    @abstractmethod
    def read_ordinal(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Session ordinals that begin at *at*, in any form and letters of any size."""

    @abstractmethod
    def item(self, item: AgendaItem) -> str:
        """An agenda item's number with its sub-items: ``58 a)``, ``58 (أ)``."""

    @abstractmethod
    def items(self, items: tuple[AgendaItem, ...]) -> str:
        """Several items as a list: ``7 y 133``, ``4, 7 and 9``."""

    @abstractmethod
    def read_items(self, text: str, at: int) -> Iterator[tuple[tuple[AgendaItem, ...], int]]:
        """One or several items that begin at *at*; of a list also each shorter beginning."""

    @abstractmethod
    def annex_number(self, number: int) -> str:
        """The number of an annex, 1 to 50: ``I``, ``الأول``, ``一``.

        Raises `ValueError` outside that range.
        """

    @abstractmethod
    def read_annex_number(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Annex numbers that begin at *at*: roman, figures, words. A letter is not a number."""

    @abstractmethod
    def typeset(self, text: str) -> str:
        """Set the typography of a composed phrase; done twice it changes nothing more.

        No-break spaces and isolates only; never for received text.
        """
