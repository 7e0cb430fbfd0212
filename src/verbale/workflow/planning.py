"""Where a communication goes: the body and series, and the masthead that is printed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.model.document import Stamp
from verbale.model.masthead import AgendaItem, Distribution, Masthead, Session, SessionKind
from verbale.model.symbol import Symbol
from verbale.registry.calendar import session_code
from verbale.registry.numbering import Numbering

if TYPE_CHECKING:
    from verbale.institutions import Institution
    from verbale.institutions.model import Body, Series
    from verbale.model.recognition import Recognition
    from verbale.registry.entry import Entry
    from verbale.workflow.orders import Order


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the document goes: the body and series, and the masthead to print."""

    body: Body
    series: Series
    masthead: Masthead
    stamps: tuple[Stamp, ...]
    recognition: Recognition

    @property
    def shape(self) -> str:
        """The symbol of the series with all but its number: ``A/HRC/43/G/{n}``."""
        session = self.masthead.session
        year = self.masthead.date.year if self.masthead.date else 0
        number = session_code(session) if session and session.number else None
        shape = self.series.symbol
        for slot, value in (
            ("session", number),
            ("year", session.year if session and session.year else year),
        ):
            if f"{{{slot}}}" in shape:
                if value is None:
                    raise UsageError(
                        f"no session is named, and {shape} needs one",
                        remedy="Name it with --session, or in the request of the note.",
                    )
                shape = shape.replace(f"{{{slot}}}", str(value))
        return shape

    @property
    def counter(self) -> str:
        """The key of the series' counter."""
        return self.shape.replace("{n}", "").rstrip("/.")

    def symbol(self, number: int) -> Symbol:
        """The symbol with that number."""
        return Symbol.parse(self.shape.replace("{n}", str(number)))

    def kept(self, entry: Entry) -> Plan:
        """The plan with the masthead date the entry was registered with: it never moves."""
        day = entry.inputs.get("masthead_date")
        if not day:
            return self
        return replace(
            self, masthead=replace(self.masthead, date=datetime.date.fromisoformat(day))
        )


def plan_of(order: Order, recognition: Recognition, institution: Institution) -> Plan:
    """What the options say, else the masthead, else the request of the communication."""
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    code = (
        order.body
        or (masthead.body if masthead else None)
        or (request.body if request else None)
    )
    body = institution.bodies.get(code or "")
    if body is None:
        known = ", ".join(institution.bodies)
        raise UsageError(
            f"no body {code!r} in this institution" if code else "no body is named",
            remedy=f"Name one with --body, or in the request of the note: {known}.",
        )
    series = body.series_of("communication")
    if series is None:
        raise UsageError(
            f"{body.code} numbers no communications",
            remedy="Add a series `communication` to the body in institution.toml.",
        )
    date = (masthead.date if masthead else None) or order.date or order.today
    submitted = recognition.communication.submitted_in
    values = Masthead(
        organ=body.organ,
        body=body.code,
        distribution=(masthead.distribution if masthead else None) or Distribution.GENERAL,
        date=date,
        language=recognition.document.language,
        original=(masthead.original if masthead else ()) or ((submitted,) if submitted else ()),
        session=_session(order, recognition, body, date),
        items=_items(order, recognition, body),
        agenda=masthead.agenda if masthead and masthead.items else body.agenda_status,
        title=masthead.title if masthead else "",
    )
    stamps = [] if institution.has_identity else [Stamp.SPECIMEN]
    if masthead is not None:
        stamps.append(Stamp.REPRODUCTION)
    return Plan(body, series, values, tuple(stamps), recognition)


def _session(
    order: Order, recognition: Recognition, body: Body, date: datetime.date | None
) -> Session | None:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    if body.sessions_by == "none":
        return None
    if body.sessions_by == "year":
        year = order.session or (date.year if date else None)
        return Session(year=year)
    if masthead and masthead.session and order.session in (None, masthead.session.number):
        return masthead.session
    if order.session and order.kind is not SessionKind.REGULAR:
        asked = Session(order.session, kind=order.kind)
        held = body.special_sessions.get(session_code(asked))
        return replace(asked, start=held.start, end=held.end) if held else asked
    number = order.session or (request.session if request else None)
    number = number or _sitting(body, recognition.communication.date)
    if number is None:
        return None
    dates = body.sessions.get(number)
    return Session(
        number, start=dates.start if dates else None, end=dates.end if dates else None
    )


def _sitting(body: Body, day: datetime.date | None) -> int | None:
    """The session in which a communication of that day was sent, where the calendar has one."""
    if day is None:
        return None
    held = (n for n, dates in body.sessions.items() if dates.start <= day <= dates.end)
    return next(held, None)


def _items(order: Order, recognition: Recognition, body: Body) -> tuple[AgendaItem, ...]:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    if order.item:
        return tuple(AgendaItem.parse(each.strip()) for each in order.item.split(","))
    items = (masthead.items if masthead else ()) or (request.items if request else ())
    if not items and body.requires_item:
        raise UsageError(
            f"no agenda item is named, and documents of {body.code} are issued under one",
            remedy="Name it with --item, or in the request of the note.",
        )
    return items


def numbering_beside(
    code: str, order: Order, plan: Plan, institution: Institution
) -> Numbering:
    """The number that a joint document takes in the series of a second body."""
    other = plan_of(replace(order, body=code, also=()), plan.recognition, institution)
    return Numbering(other.counter, other.shape, other.series.number_from)
