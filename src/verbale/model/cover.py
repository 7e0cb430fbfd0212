"""The cover page of a document in normalised values: what it says, and how one page said it.

A masthead (`verbale.model.masthead`) is what is composed for a communication; a cover page may
say more: two organs, an act in a set phrase, the report it was adopted on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from verbale.model.masthead import AgendaStatus

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping

    from verbale.model.language import Language
    from verbale.model.masthead import AgendaItem, Distribution, Session
    from verbale.model.symbol import Symbol

#: The lines of a cover page in the order in which they stand, unless a page has another.
ORDER = (
    "publisher", "symbol", "organ", "type", "proponent", "distribution", "date", "language",
    "original", "body", "session", "session-dates", "agenda-item", "agenda-title", "group",
    "resolution", "adoption", "title", "source", "number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SetPhrase:
    """A line in a set wording: its ``role`` on the page, the ``kind``, the values of its slots.

    ``SetPhrase("source", "report", {"committee": "C3", "symbols": …, "paragraphs": …})``.
    """

    role: str
    kind: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """What holds for the page in one language only, and only where it is not the usual.

    ``order`` is the roles of its lines from top to bottom; ``wordings`` the number (from 0) of
    the wording among those the tables have for a line; ``texts`` what no phrase fits, a line
    each, by role: an agenda title that no agenda has, a free title, the job number.
    """

    order: tuple[str, ...] = ()
    wordings: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.order or self.wordings or self.texts)


@dataclass(frozen=True, slots=True)
class Cover:
    """What a cover page says, the same whatever the language; ``pages`` is by language code.

    A line that is not there is ``None``, ``False`` or empty. A document of two organs has two
    symbols, organs and sessions.
    """

    publisher: bool = False
    symbols: tuple[Symbol, ...] = ()
    organs: tuple[str, ...] = ()
    body: str | None = None
    distribution: Distribution | None = None
    date: datetime.date | None = None
    original: tuple[Language, ...] = ()
    sessions: tuple[Session, ...] = ()
    items: tuple[AgendaItem, ...] = ()
    agenda: AgendaStatus = AgendaStatus.ADOPTED
    phrases: tuple[SetPhrase, ...] = ()
    pages: Mapping[str, Page] = field(default_factory=dict)

    @property
    def owner(self) -> str | None:
        """The body whose wordings hold: the subsidiary body, the first organ, the symbol's."""
        if self.body or self.organs:
            return self.body or self.organs[0]
        return self.symbols[0].parts[0] if self.symbols else None

    def phrase(self, role: str) -> SetPhrase | None:
        """The set phrase of a role."""
        return next((each for each in self.phrases if each.role == role), None)
