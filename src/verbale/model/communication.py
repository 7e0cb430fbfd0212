"""What a mission sent: who speaks, to whom, when, and what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

    from verbale.model.language import Language
    from verbale.model.masthead import AgendaItem


class Kind(StrEnum):
    """Kinds of communication."""

    NOTE_VERBALE = "note-verbale"
    LETTER = "letter"
    IDENTICAL_LETTERS = "identical-letters"
    REPORT = "report"


class Office(StrEnum):
    """In what capacity a sender speaks."""

    MISSION = "permanent-mission"
    OBSERVER_MISSION = "permanent-observer-mission"
    REPRESENTATIVE = "permanent-representative"
    OBSERVER = "permanent-observer"
    CHARGE = "charge-d-affaires"


@dataclass(frozen=True, slots=True)
class Sender:
    """A sender. ``state`` is a code of the institution's table, ``station`` a duty station.

    ``text`` is how the communication itself names the sender.
    """

    state: str | None = None
    office: Office | None = None
    station: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What circulation is asked for: ``items`` as printed, ``4`` or ``58 (a)``."""

    body: str | None = None
    session: int | None = None
    items: tuple[AgendaItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Communication:
    """A letter, note or report sent for circulation."""

    kind: Kind | None = None
    date: datetime.date | None = None
    senders: tuple[Sender, ...] = ()
    addressees: tuple[str, ...] = ()
    transmits: str = ""
    in_reply_to: str = ""
    requests: tuple[Request, ...] = ()
    submitted_in: Language | None = None
    signatories: tuple[str, ...] = ()
