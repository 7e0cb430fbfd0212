"""The calendar, in every store: what is kept, in what order, and what is undone."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from verbale import institutions
from verbale.errors import ConflictError, UsageError
from verbale.model.masthead import AgendaStatus, SessionKind
from verbale.registry.calendar import (
    Agenda,
    AgendaLine,
    PlannedSession,
    add_session,
    dump_session,
    load_session,
    now_called,
    resume_session,
    set_agenda,
)
from verbale.registry.merging import with_calendar

if TYPE_CHECKING:
    from verbale.registry.store import Store

DAY = datetime.date
TWELFTH = PlannedSession(body="CL/C", number=12, start=DAY(2026, 3, 2), end=DAY(2026, 3, 20))
SPECIAL = replace(
    TWELFTH, number=3, kind=SessionKind.SPECIAL, start=DAY(2026, 1, 5), end=DAY(2026, 1, 6)
)


def form(status: AgendaStatus, *items: tuple[str, str, str]) -> Agenda:
    lines = tuple(AgendaLine(item, {"en": title}, formerly) for item, title, formerly in items)
    return Agenda(status, lines, f"CL/C/12/{status}")


def test_sessions_are_kept_in_order_and_each_change_with_its_reason(
    store: Store, who: dict[str, Any]
) -> None:
    add_session(store, TWELFTH, **who)
    add_session(store, SPECIAL, **who)
    add_session(store, TWELFTH, **who)
    moved = replace(TWELFTH, end=DAY(2026, 3, 27))
    with pytest.raises(ConflictError):
        add_session(store, moved, **who)
    add_session(store, moved, reason="a week longer", **who)
    assert [each.name for each in store.calendar("CL/C")] == ["S-3", "12"]
    assert store.calendar("CL/C")[1].end == DAY(2026, 3, 27)
    assert store.calendar("CL") == ()
    changes = store.calendar_changes()
    assert [(each.number, each.session, each.reason) for each in changes] == [
        (1, "12", ""), (2, "S-3", ""), (3, "12", "a week longer"),
    ]  # fmt: skip
    assert all(each.actor == who["actor"] for each in changes)


def test_a_change_that_fails_leaves_no_trace(store: Store, who: dict[str, Any]) -> None:
    add_session(store, TWELFTH, **who)
    with pytest.raises(RuntimeError):
        plan_and_fail(store)
    assert len(store.calendar_changes()) == 1
    with pytest.raises(UsageError):
        resume_session(store, "CL/C", "12", (DAY(2026, 3, 5), DAY(2026, 3, 6)), **who)
    assert len(store.calendar_changes()) == 1


def plan_and_fail(store: Store) -> None:
    with store.transaction() as tx:
        tx.plan(store.calendar_changes()[0])
        raise RuntimeError


def test_an_item_is_found_from_each_form_of_the_agenda(
    store: Store, who: dict[str, Any]
) -> None:
    add_session(store, TWELFTH, **who)
    early = form(AgendaStatus.PRELIMINARY, ("82", "Ice", ""), ("83", "Water", ""))
    middle = form(AgendaStatus.PROVISIONAL, ("81", "Ice", ""), ("9", "Levels of water", "83"))
    late = form(AgendaStatus.ADOPTED, ("80", "ICE", ""))
    for agenda in (early, late, middle, late):
        held = set_agenda(store, "CL/C", "12", agenda, **who)
    assert [each.status.value for each in held.agendas] == [
        "preliminary", "provisional", "adopted",
    ]  # fmt: skip
    assert now_called(held, "82", AgendaStatus.PRELIMINARY) == "80"
    assert now_called(held, "81", AgendaStatus.PROVISIONAL) == "80"
    assert now_called(held, "83", AgendaStatus.PRELIMINARY) == ""
    assert now_called(held, "7", AgendaStatus.ADOPTED) == ""
    assert load_session(dump_session(held)) == held == store.calendar("CL/C")[0]


def test_the_calendar_wins_over_the_institution_and_fills_what_it_leaves_out(
    store: Store, who: dict[str, Any]
) -> None:
    rules = institutions.load("lakes")
    add_session(store, SPECIAL, **who)
    add_session(store, replace(TWELFTH, end=DAY(2026, 3, 27)), **who)
    title = "Ice cover and winter navigation"
    set_agenda(store, "CL/C", "12", form(AgendaStatus.PROVISIONAL, ("5", title, "")), **who)
    merged = with_calendar(rules, store.calendar())
    body = merged.bodies["CL/C"]
    assert body.sessions[12].end == DAY(2026, 3, 27)
    assert body.special_sessions["S-3"].start == DAY(2026, 1, 5)
    assert (body.agenda_status, body.agenda_symbol) == ("provisional", "CL/C/12/provisional")
    agenda = merged.agenda("CL/C")
    assert agenda is not None
    assert list(agenda) == ["5"]
    assert set(agenda["5"]) == set(rules.languages)
    assert merged.agenda("CL") == rules.agenda("CL")
    assert with_calendar(rules, store.calendar()) is merged, "made anew for each document"
    elsewhere = with_calendar(rules, store.calendar(), at={"CL/C": "11"})
    assert elsewhere.agenda("CL/C") == rules.agenda("CL/C")
