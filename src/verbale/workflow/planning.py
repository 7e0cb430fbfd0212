"""Where a communication goes: the body and series, and the masthead that is printed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.model.document import Stamp
from verbale.model.masthead import (
    AgendaItem,
    Column,
    Distribution,
    Masthead,
    Session,
    SessionKind,
)
from verbale.model.symbol import Symbol
from verbale.registry.calendar import session_code
from verbale.registry.numbering import Numbering
from verbale.workflow.calendar import check_body

if TYPE_CHECKING:
    from verbale.institutions import Institution
    from verbale.institutions.model import Body, Series
    from verbale.model.recognition import Recognition
    from verbale.registry.entry import Entry
    from verbale.workflow.orders import Destination, Order


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the document goes: the body and series, and the masthead to print."""

    body: Body
    series: Series
    masthead: Masthead
    stamps: tuple[Stamp, ...]
    beside: tuple[Plan, ...] = ()

    @property
    def shape(self) -> str:
        """The symbol of the series with all but its number: ``A/HRC/43/G/{n}``."""
        year = self.masthead.date.year if self.masthead.date else 0
        return _shape(self.body, self.series, self.masthead.session, year)

    @property
    def numbering(self) -> Numbering:
        """The series, its counter and its first number."""
        return Numbering(counter_of(self.shape), self.shape, self.series.number_from)

    @property
    def numberings(self) -> tuple[Numbering, ...]:
        """Those of every body of a joint document, the first one's first."""
        return (self.numbering, *(each.numbering for each in self.beside))

    @property
    def first_symbols(self) -> tuple[Symbol, ...]:
        """The symbols it would have as the first document of its series."""
        return tuple(Symbol.parse(each.symbol(each.number_from)) for each in self.numberings)

    @property
    def sessions(self) -> dict[str, str]:
        """By body, how the session is called that the document is for."""
        return {
            plan.body.code: session_code(plan.masthead.session)
            for plan in (self, *self.beside)
            if plan.masthead.session is not None
        }

    def kept(self, entry: Entry) -> Plan:
        """The plan with the masthead date the entry was registered with: it never moves."""
        day = entry.inputs.get("masthead_date")
        if not day:
            return self
        return replace(
            self, masthead=replace(self.masthead, date=datetime.date.fromisoformat(day))
        )


def _shape(body: Body, series: Series, session: Session | None, year: int) -> str:
    """The symbols of *series* at a session, in *year* where none is named by its year."""
    number = session_code(session) if session and session.number else None
    shape = series.symbol
    for slot, value in (
        ("session", number),
        ("year", session.year if session and session.year else year),
    ):
        if f"{{{slot}}}" in shape:
            if value is None:
                raise UsageError(
                    f"no session is named, and {shape} needs one",
                    remedy="Name it with --session or in the request of the note, that of a "
                    f"second body with --also {body.code}:SESSION.",
                )
            shape = shape.replace(f"{{{slot}}}", str(value))
    return shape


def numbering_for(
    to: Destination, institution: Institution, kind: str, today: datetime.date
) -> Numbering:
    """The series *kind* of a body at the session that is named, or in the year of *today*.

    Raises `UsageError` if there is no such body or series, or a session must be named.
    """
    body = institution.bodies[check_body(institution, to.body)]
    series = body.series_of(kind)
    if series is None:
        raise UsageError(
            f"{body.code} has no series {kind!r}",
            remedy=f"Series: {', '.join(each.kind for each in body.series)}.",
        )
    by_number = body.sessions_by == "number"
    session = Session(to.session, kind=to.kind) if by_number else Session(year=to.session)
    shape = _shape(body, series, session, today.year)
    return Numbering(counter_of(shape), shape, series.number_from)


def counter_of(shape: str) -> str:
    """The key of the counter of a series whose symbols have that shape."""
    return shape.replace("{n}", "").rstrip("/.")


def plan_of(order: Order, recognition: Recognition, institution: Institution) -> Plan:
    """What the options say, else the masthead, else the request of the communication.

    Raises `UsageError` when the body, its session or its item are nowhere named.
    """
    plan = _plan(order, recognition, institution)
    if not order.also:
        return plan
    beside = tuple(
        _beside(each, order, plan.masthead, recognition, institution) for each in order.also
    )
    codes = [each.body.code for each in (plan, *beside)]
    if len(set(codes)) < len(codes):
        raise UsageError(
            f"{codes[-1]} is named twice", remedy="Name each body of a joint document once."
        )
    masthead = replace(
        _with_year(plan.body, plan.masthead), columns=tuple(_column(each) for each in beside)
    )
    return replace(plan, masthead=masthead, beside=beside)


def _beside(
    to: Destination,
    order: Order,
    first: Masthead,
    recognition: Recognition,
    institution: Institution,
) -> Plan:
    """The plan for a further body: of what the text says, only what names that body holds."""
    code = check_body(institution, to.body)
    asked = [each for each in recognition.communication.requests if each.body == code]
    said = replace(recognition.communication, requests=tuple(asked))
    plan = _plan(
        replace(
            order, body=code, session=to.session, kind=to.kind, item=to.item, date=first.date
        ),
        replace(recognition, masthead=None, communication=said),
        institution,
        owes_item=False,
    )
    return replace(plan, masthead=_with_year(plan.body, plan.masthead))


def _with_year(body: Body, masthead: Masthead) -> Masthead:
    """Beside another body, one without sessions prints its year: "Seventy-sixth year"."""
    if masthead.session or masthead.date is None or body.year_one is None:
        return masthead
    year = masthead.date.year - body.year_one + 1
    return replace(masthead, session=Session(year, kind=SessionKind.COUNCIL_YEAR))


def _column(plan: Plan) -> Column:
    values = plan.masthead
    return Column(plan.body.code, values.session, values.items, values.agenda)


def _plan(
    order: Order,
    recognition: Recognition,
    institution: Institution,
    *,
    owes_item: bool = True,
) -> Plan:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    code = (
        order.body
        or (masthead.body if masthead else None)
        or (request.body if request else None)
    )
    if not code:
        raise UsageError(
            "no body is named",
            remedy="Name one with --body, or in the request of the note: "
            f"{', '.join(institution.bodies)}.",
        )
    body = institution.bodies[check_body(institution, code)]
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
        items=_items(order, recognition, body, owed=owes_item and body.requires_item),
        agenda=masthead.agenda if masthead and masthead.items else body.agenda_status,
        title=masthead.title if masthead else "",
    )
    stamps = [] if institution.has_identity else [Stamp.SPECIMEN]
    if masthead is not None:
        stamps.append(Stamp.REPRODUCTION)
    return Plan(body, series, values, tuple(stamps))


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
    printed = masthead.session if masthead else None
    if printed and (
        order.session is None or (order.session, order.kind) == (printed.number, printed.kind)
    ):
        return printed
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


def _items(
    order: Order, recognition: Recognition, body: Body, *, owed: bool
) -> tuple[AgendaItem, ...]:
    masthead = recognition.masthead
    request = next(iter(recognition.communication.requests), None)
    if order.item:
        return tuple(AgendaItem.parse(each.strip()) for each in order.item.split(","))
    items = (masthead.items if masthead else ()) or (request.items if request else ())
    if not items and owed:
        raise UsageError(
            f"no agenda item is named, and documents of {body.code} are issued under one",
            remedy="Name it with --item, or in the request of the note.",
        )
    return items
