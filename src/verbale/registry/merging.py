"""The institution's own tables with what the registry's calendar holds, which wins."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.institutions.model import Cell, Review, SessionDates
from verbale.model.masthead import SessionKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from verbale.institutions.model import Body, Institution
    from verbale.registry.calendar import Agenda, PlannedSession

_Titles = dict[str, dict[str, Cell]]
#: The last merges: tables, calendar, the sessions named, and what came of it.
_KEPT: deque[tuple[Institution, tuple[PlannedSession, ...], dict[str, str], Institution]]
_KEPT = deque(maxlen=16)


def with_calendar(
    institution: Institution,
    calendar: Iterable[PlannedSession],
    *,
    at: Mapping[str, str] | None = None,
) -> Institution:
    """*institution* with the sessions of *calendar* and the agenda of one session a body.

    *at* names that session by body; without it, the last one that has an agenda. A title that
    the calendar has in one language only takes its other languages from the institution's own
    table, where the same title stands there.

    The same tables and calendar give the same object: what is made from it is made once.
    """
    calendar, at = tuple(calendar), dict(at or {})
    if not calendar:
        return institution
    for own, held, chosen, merged in tuple(_KEPT):
        if own is institution and chosen == at and held == calendar:
            return merged
    merged = _merged(institution, calendar, at)
    _KEPT.append((institution, calendar, at, merged))
    return merged


def _merged(
    institution: Institution, calendar: Iterable[PlannedSession], at: Mapping[str, str]
) -> Institution:
    bodies, agendas = dict(institution.bodies), dict(institution.agendas)
    by_body: dict[str, list[PlannedSession]] = {}
    for session in calendar:
        by_body.setdefault(session.body, []).append(session)
    for code, sessions in by_body.items():
        body = bodies.get(code)
        if body is None:
            continue
        body = _with_dates(body, sessions)
        wanted = at.get(code)
        chosen = [s for s in sessions if s.agenda and wanted in {None, s.name}]
        if chosen and (agenda := chosen[-1].agenda) is not None:
            name = f"{code}@{chosen[-1].name}"
            agendas[name] = _titles(agenda, institution.agenda(code) or {})
            body = replace(
                body, agenda=name, agenda_status=agenda.status, agenda_symbol=agenda.symbol
            )
        bodies[code] = body
    return replace(institution, bodies=bodies, agendas=agendas)


def _with_dates(body: Body, sessions: Iterable[PlannedSession]) -> Body:
    regular, special = dict(body.sessions), dict(body.special_sessions)
    for each in sessions:
        dates = SessionDates(each.start, each.end, "the registry's calendar")
        if each.kind is SessionKind.REGULAR:
            regular[each.number] = dates
        else:
            special[each.name] = dates
    return replace(body, sessions=regular, special_sessions=special)


def _titles(agenda: Agenda, own: Mapping[str, Mapping[str, Cell]]) -> _Titles:
    source = agenda.symbol or "the registry's calendar"
    table: _Titles = {}
    for line in agenda.lines:
        said = {
            lang: Cell(line.item, lang, title, source, Review.REVIEWED)
            for lang, title in line.titles.items()
            if title
        }
        table[line.item] = {**_same(own, said), **said}
    return table


def _same(own: Mapping[str, Mapping[str, Cell]], said: Mapping[str, Cell]) -> dict[str, Cell]:
    for cells in own.values():
        if any(lang in cells and cells[lang].text == cell.text for lang, cell in said.items()):
            return dict(cells)
    return {}
