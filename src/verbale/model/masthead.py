"""The first-page block in normalised values, the same whatever the language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from verbale.errors import GrammarError
from verbale.text.scanner import Scanner

if TYPE_CHECKING:
    import datetime

    from verbale.model.language import Language
    from verbale.model.symbol import Symbol


class Distribution(StrEnum):
    """Distribution category (not an access level)."""

    GENERAL = "general"
    LIMITED = "limited"
    RESTRICTED = "restricted"


class SessionKind(StrEnum):
    """How a session was convened."""

    REGULAR = "regular"
    SPECIAL = "special"
    EMERGENCY = "emergency"
    COUNCIL_YEAR = "council-year"  # "Seventy-fifth year" of the Security Council


class AgendaStatus(StrEnum):
    """Which form of the agenda an item is cited against."""

    ADOPTED = "adopted"
    PROVISIONAL = "provisional"
    PRELIMINARY = "preliminary"


@dataclass(frozen=True, slots=True)
class Session:
    """A session, by ``number`` (43), by ``year`` (2024 session), or a year of the Council.

    ``start`` and ``end`` are the printed dates, both included.
    """

    number: int | None = None
    year: int | None = None
    kind: SessionKind = SessionKind.REGULAR
    resumed: bool = False
    start: datetime.date | None = None
    end: datetime.date | None = None


_NUMBER = re.compile(r"[0-9]+")
_SUB = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """``4``, ``58 (a)``, ``19 (c) (ii)``:  item = number *(" (" letters ")").

    ``title`` is the item's title as printed, empty where it is not.
    """

    number: int
    sub: tuple[str, ...] = ()
    title: str = ""

    def __str__(self) -> str:
        return " ".join([str(self.number), *(f"({sub})" for sub in self.sub)])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``58 (a)`` or ``58(a)``; raise `GrammarError` at the first wrong character."""
        scan = Scanner(text, error=GrammarError)
        number = int(scan.take(_NUMBER, expected="an item's number"))
        subs = []
        while not scan.done:
            scan.skip(" ")
            if not scan.skip("("):
                scan.fail("'(' and the letter of a sub-item")
            subs.append(scan.take(_SUB, expected="the letter of a sub-item"))
            if not scan.skip(")"):
                scan.fail("')'")
        return cls(number, tuple(subs))


@dataclass(frozen=True, slots=True)
class JobNumber:
    """``GE.20-06178`` and the letter of the language: production number of one version."""

    text: str
    letter: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.letter})" if self.letter else self.text


@dataclass(frozen=True, slots=True)
class Column:
    """What the masthead of a joint document says of a further body, in a column of its own."""

    body: str
    session: Session | None = None
    items: tuple[AgendaItem, ...] = ()
    agenda: AgendaStatus = AgendaStatus.ADOPTED


@dataclass(frozen=True, slots=True)
class Masthead:
    """What the first-page block says. A field that is not there is ``None`` or empty.

    ``organ`` and ``body`` are codes of the institution's table (``A``, ``A/HRC``); ``language``
    is the version's own, ``original`` the languages the masthead names as original. A joint
    document has its further bodies in ``columns``.
    """

    organ: str | None = None
    body: str | None = None
    symbols: tuple[Symbol, ...] = ()
    distribution: Distribution | None = None
    date: datetime.date | None = None
    language: Language | None = None
    original: tuple[Language, ...] = ()
    session: Session | None = None
    items: tuple[AgendaItem, ...] = ()
    agenda: AgendaStatus = AgendaStatus.ADOPTED
    title: str = ""
    job_number: JobNumber | None = None
    columns: tuple[Column, ...] = ()
