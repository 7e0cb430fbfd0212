"""An institution as values: bodies, series, stations, phrases, States, agendas, sessions."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from verbale.model.masthead import AgendaStatus

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Mapping


class Review(StrEnum):
    """How far a wording can be trusted."""

    VERIFIED = "verified"  # seen in a real document, which the source names
    REVIEWED = "reviewed"  # approved by a native reader, or from an authority's list
    CANDIDATE = "candidate"  # nobody has confirmed it yet
    READ = "read"  # seen, understood when read, never printed


@dataclass(frozen=True, slots=True)
class Cell:
    """One wording in one language, with its source and review state.

    ``key`` may carry ``@`` and a body or station for which the wording holds; ``since`` is the
    date from which it holds, ``None`` for always.
    """

    key: str
    lang: str
    text: str
    source: str
    review: Review
    since: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """A duty station. ``zone`` is an IANA name: masthead dates are civil dates there."""

    code: str
    zone: str
    job_prefix: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """How documents of one kind are numbered.

    ``symbol`` is a pattern such as ``A/HRC/{session}/G/{n}``, ``number_from`` the first number.
    The counter is the pattern with all but ``{n}`` filled in.
    """

    kind: str
    symbol: str
    number_from: int = 1


@dataclass(frozen=True, slots=True)
class Slot:
    """Weeks: to submit before the session, to process, and to be issued before the session.

    ``stations`` are the duty stations it holds at; none: at all.
    """

    submit: int
    process: int
    issue: int
    stations: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """Lengths in words and slots, by kind of document; a kind without one has no limit."""

    words: Mapping[str, int] = field(default_factory=dict)
    slots: Mapping[str, Slot] = field(default_factory=dict)

    def slot(self, kind: str, station: str) -> Slot | None:
        """The slot of documents of *kind* at a duty station."""
        slot = self.slots.get(kind)
        return slot if slot and (not slot.stations or station in slot.stations) else None


@dataclass(frozen=True, slots=True)
class SessionDates:
    """The printed dates of a session, both included."""

    start: datetime.date
    end: datetime.date
    source: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """An organ or a body of one. ``parent`` is empty for a principal organ.

    ``sessions_by`` is ``number``, ``year`` or ``none``; ``agenda`` names a table of titles of
    items, those of the form ``agenda_status`` in the document ``agenda_symbol``. Special and
    emergency sessions are called ``S-30``, ``ES-11``.
    """

    code: str
    organ: str
    parent: str = ""
    station: str = ""
    sessions_by: str = "number"
    year_one: int | None = None
    requires_item: bool = False
    agenda: str = ""
    addressees: tuple[str, ...] = ()
    series: tuple[Series, ...] = ()
    sessions: Mapping[int, SessionDates] = field(default_factory=dict)
    special_sessions: Mapping[str, SessionDates] = field(default_factory=dict)
    agenda_status: AgendaStatus = AgendaStatus.ADOPTED
    agenda_symbol: str = ""

    def series_of(self, kind: str) -> Series | None:
        """The series in which documents of *kind* are numbered."""
        return next((each for each in self.series if each.kind == kind), None)


@dataclass(frozen=True, slots=True)
class Institution:
    """Everything the tables of one institution say.

    ``phrases`` maps key and language to the cells for it, in table order: the plain cell is the
    printed one, cells with review ``read`` are only understood. ``states`` maps ``AZ.short.of``
    and a language to its cells, the oldest wording first. ``hashes`` has the SHA-256 of each
    table, for the record of what a document was composed with.
    """

    name: str
    languages: tuple[str, ...]
    bodies: Mapping[str, Body]
    stations: Mapping[str, Station]
    phrases: Mapping[str, Mapping[str, tuple[Cell, ...]]]
    states: Mapping[str, Mapping[str, tuple[Cell, ...]]]
    state_variants: Mapping[str, tuple[tuple[str, str, str], ...]]
    agendas: Mapping[str, Mapping[str, Mapping[str, Cell]]]
    masthead_lines_in: Mapping[str, str]
    standing: Mapping[str, str]
    gate: str = "all"
    has_identity: bool = False
    limits: Limits = field(default_factory=Limits)
    hashes: Mapping[str, str] = field(default_factory=dict)

    def lineage(self, body: str | None) -> Iterator[str]:
        """The body, its parents, and its station: the order in which a wording is looked up."""
        station = ""
        while body and body in self.bodies:
            yield body
            station = station or self.bodies[body].station
            body = self.bodies[body].parent
        if station:
            yield station

    def agenda(self, body: str) -> Mapping[str, Mapping[str, Cell]] | None:
        """Item titles of a body by item and language, or ``None`` where no agenda is loaded."""
        known = self.bodies.get(body)
        return self.agendas.get(known.agenda) if known and known.agenda else None
