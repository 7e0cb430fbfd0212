"""The calendar of bodies: sessions, and their agendas as preliminary, provisional, adopted.

Each change is kept, with who made it, when and why; the last one of a session holds. An item
keeps the number it had in the agenda before, so that what was cited then is found now.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from verbale.errors import ConflictError, RegistryError, UsageError
from verbale.model.masthead import AgendaItem, AgendaStatus, Session, SessionKind
from verbale.registry.record import canonical
from verbale.registry.store import instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from verbale.registry.store import Clock, Store

#: How a session of each kind is called in symbols and by people: ``43``, ``S-30``, ``ES-11``.
PREFIXES = {SessionKind.SPECIAL: "S-", SessionKind.EMERGENCY: "ES-"}
#: The forms of an agenda, in the order in which they follow each other.
FORMS = (AgendaStatus.PRELIMINARY, AgendaStatus.PROVISIONAL, AgendaStatus.ADOPTED)


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item: its titles by language, and its number in the agenda before, if it is known."""

    item: str
    titles: Mapping[str, str] = field(default_factory=dict)
    formerly: str = ""


@dataclass(frozen=True, slots=True)
class Agenda:
    """One form of a session's agenda; ``symbol`` is the document it stands in."""

    status: AgendaStatus
    lines: tuple[AgendaLine, ...]
    symbol: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSession:
    """A session in the calendar. ``resumed`` are the dates of its further meetings."""

    body: str
    number: int
    kind: SessionKind = SessionKind.REGULAR
    start: datetime.date
    end: datetime.date
    resumed: tuple[tuple[datetime.date, datetime.date], ...] = ()
    agendas: tuple[Agenda, ...] = ()

    @property
    def name(self) -> str:
        """``43``, ``S-30``, ``ES-11``."""
        return session_code(Session(self.number, kind=self.kind))

    @property
    def agenda(self) -> Agenda | None:
        """The agenda in force: the adopted one, else the form nearest to it."""
        return self.agendas[-1] if self.agendas else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """One change of the calendar; ``record`` is the session as it was left, as JSON text."""

    act: str
    body: str
    session: str
    actor: str
    at: datetime.datetime
    reason: str = ""
    record: str = "{}"
    number: int = 0


def add_session(
    store: Store, session: PlannedSession, *, reason: str = "", actor: str, clock: Clock
) -> PlannedSession:
    """Put *session* into the calendar; other dates than before take a *reason*.

    Raises `UsageError` when it ends before it begins or a change lacks its reason.
    """
    if session.end < session.start:
        raise UsageError(
            f"session {session.name} of {session.body} would end before it begins",
            remedy="Give its first and its last day.",
        )
    with store.transaction() as tx:
        known = _find(tx.calendar(session.body), session.name)
        if known is not None:
            made = replace(known, start=session.start, end=session.end)
            if made == known:
                return known
            if not reason.strip():
                raise ConflictError(
                    f"session {known.name} of {known.body} is there: "
                    f"{known.start.isoformat()} to {known.end.isoformat()}",
                    remedy="To change its dates, say why with --reason.",
                )
        else:
            made = session
        tx.plan(_change("session", made, actor, instant(clock), reason))
    return made


def resume_session(
    store: Store,
    body: str,
    name: str,
    period: tuple[datetime.date, datetime.date],
    *,
    actor: str,
    clock: Clock,
) -> PlannedSession:
    """Add the dates of a resumed session. Raises `UsageError` if they precede its first day."""
    with store.transaction() as tx:
        known = named(tx.calendar(body), body, name)
        if period[1] < period[0] or period[0] <= known.end:
            raise UsageError(
                f"session {name} of {body} cannot resume on {period[0].isoformat()}",
                remedy=f"It ends on {known.end.isoformat()}; give later days, in order.",
            )
        if period in known.resumed:
            return known
        made = replace(known, resumed=tuple(sorted((*known.resumed, period))))
        tx.plan(_change("session-resumed", made, actor, instant(clock)))
    return made


def set_agenda(
    store: Store,
    body: str,
    name: str,
    agenda: Agenda,
    *,
    reason: str = "",
    actor: str,
    clock: Clock,
) -> PlannedSession:
    """Keep one form of a session's agenda, in the place of the same form if it is there.

    An item without a former number gets that of the item with the same title in the form
    before. Raises `UsageError` for no item, an item twice, or a former number that is not in
    the form before; `NotRegisteredError` for a session that is not in the calendar.
    """
    with store.transaction() as tx:
        known = named(tx.calendar(body), body, name)
        order = FORMS.index(agenda.status)
        before = [each for each in known.agendas if FORMS.index(each.status) < order]
        kept = _numbered(agenda, before[-1] if before else None)
        others = [each for each in known.agendas if each.status is not agenda.status]
        forms = sorted((*others, kept), key=lambda each: FORMS.index(each.status))
        made = replace(known, agendas=tuple(forms))
        if made == known:
            return known
        tx.plan(_change(f"agenda-{agenda.status}", made, actor, instant(clock), reason))
    return made


def now_called(session: PlannedSession, item: str, status: AgendaStatus) -> str:
    """The number that *item*, cited against the form *status*, has in the agenda in force.

    Empty when the item is no longer there, or was not in that form.
    """
    forms = [
        each for each in session.agendas if FORMS.index(each.status) >= FORMS.index(status)
    ]
    if not forms or forms[0].status is not status:
        return ""
    called = item if any(line.item == item for line in forms[0].lines) else ""
    for form in forms[1:]:
        called = next((line.item for line in form.lines if called == line.formerly), "")
    return called


def named(sessions: Iterable[PlannedSession], body: str, name: str) -> PlannedSession:
    """The session *name* of *body*. Raises `UsageError` if it is not in the calendar."""
    found = _find(sessions, name)
    if found is None:
        raise UsageError(
            f"session {name} of {body} is not in the calendar",
            remedy=f"Add it: `verbale session add {body} {name} --start … --end …`.",
        )
    return found


def session_code(session: Session) -> str:
    """How a session is called in symbols: ``43``, ``S-30``, ``ES-11``."""
    return f"{PREFIXES.get(session.kind, '')}{session.number or session.year}"


def session_name(text: str) -> tuple[int, SessionKind]:
    """Number and kind of ``43``, ``S-30`` or ``ES-11``. Raises `UsageError`."""
    word = text.strip().upper()
    for kind, prefix in PREFIXES.items():
        if word.startswith(prefix) and word[len(prefix) :].isdecimal():
            return int(word[len(prefix) :]), kind
    if not (word.isascii() and word.isdecimal()):
        raise UsageError(
            f"not the name of a session: {text!r}",
            remedy="Write 43, S-30 for a special or ES-11 for an emergency session.",
        )
    return int(word), SessionKind.REGULAR


def _find(sessions: Iterable[PlannedSession], name: str) -> PlannedSession | None:
    return next((each for each in sessions if each.name == name.strip().upper()), None)


def _change(
    act: str, made: PlannedSession, actor: str, at: datetime.datetime, reason: str = ""
) -> CalendarChange:
    return CalendarChange(
        act=act,
        body=made.body,
        session=made.name,
        actor=actor,
        at=at,
        reason=reason,
        record=dump_session(made),
    )


def _numbered(agenda: Agenda, before: Agenda | None) -> Agenda:
    """*agenda* with its items checked and their former numbers found."""
    items = [str(AgendaItem.parse(line.item)) for line in agenda.lines]
    twice = sorted({item for item in items if items.count(item) > 1})
    if twice or not items:
        raise UsageError(
            f"item {twice[0]} stands twice" if twice else "the agenda has no item",
            remedy="Give one line for each item, with its number in the column `item`.",
        )
    there = {} if before is None else {line.item: line for line in before.lines}
    lines = []
    for item, line in zip(items, agenda.lines, strict=True):
        former = line.formerly and str(AgendaItem.parse(line.formerly))
        if former and former not in there:
            raise UsageError(
                f"item {item}: no item {former} in the agenda before",
                remedy="Import the agenda before first, or correct the column `formerly`.",
            )
        same = (each.item for each in there.values() if _same_title(each, line))
        lines.append(AgendaLine(item, dict(line.titles), former or next(same, "")))
    return replace(agenda, lines=tuple(lines))


def _same_title(one: AgendaLine, other: AgendaLine) -> bool:
    return any(
        title and one.titles.get(lang, "").casefold() == title.casefold()
        for lang, title in other.titles.items()
    )


def dump_session(session: PlannedSession) -> str:
    """The session as one line of JSON, with one spelling."""
    return canonical({
        "body": session.body,
        "number": session.number,
        "kind": session.kind.value,
        "start": session.start.isoformat(),
        "end": session.end.isoformat(),
        "resumed": [[first.isoformat(), last.isoformat()] for first, last in session.resumed],
        "agendas": [
            {
                "status": each.status.value,
                "symbol": each.symbol,
                "lines": [
                    {"item": line.item, "titles": dict(line.titles), "formerly": line.formerly}
                    for line in each.lines
                ],
            }
            for each in session.agendas
        ],
    })  # fmt: skip


def load_session(text: str) -> PlannedSession:
    """The session of a record. Raises `RegistryError` if the record is not one."""
    day = datetime.date.fromisoformat
    try:
        said: dict[str, Any] = json.loads(text)
        return PlannedSession(
            body=said["body"],
            number=said["number"],
            kind=SessionKind(said["kind"]),
            start=day(said["start"]),
            end=day(said["end"]),
            resumed=tuple((day(first), day(last)) for first, last in said["resumed"]),
            agendas=tuple(
                Agenda(
                    AgendaStatus(each["status"]),
                    tuple(AgendaLine(**line) for line in each["lines"]),
                    each["symbol"],
                )
                for each in said["agendas"]
            ),
        )
    except (ValueError, TypeError, KeyError) as bad:
        raise RegistryError(
            f"a record of the calendar is damaged: {text[:60]!r}",
            remedy="Restore the register from a backup.",
        ) from bad


def latest(changes: Sequence[CalendarChange]) -> tuple[PlannedSession, ...]:
    """The sessions as their last changes left them, in order of body and first day."""
    records = {(each.body, each.session): each.record for each in changes}
    sessions = [load_session(record) for record in records.values()]
    return tuple(sorted(sessions, key=lambda each: (each.body, each.start, each.name)))
