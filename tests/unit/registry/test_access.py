"""One table decides who may see what."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import product

import pytest

from verbale.registry.access import TABLE, Action, Condition, Role, conditions, may
from verbale.registry.states import State

NOW = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)
LATER, EARLIER = NOW + datetime.timedelta(hours=1), NOW - datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Thing:
    """What the table is asked about."""

    state: State
    restricted: bool = False
    embargo_until: datetime.datetime | None = None


def test_every_state_and_condition_has_a_row_with_every_action() -> None:
    assert set(TABLE) == {*State, *Condition}
    assert all(set(row) == set(Action) for row in TABLE.values())


@pytest.mark.parametrize("state", State)
def test_the_public_reads_what_is_out_and_free_and_nothing_else(state: State) -> None:
    out = state in {State.ISSUED, State.SUPERSEDED}
    for restricted, until in product((False, True), (None, EARLIER, NOW, LATER)):
        free = not restricted and (until is None or until <= NOW)
        for action in (Action.LIST, Action.READ, Action.ORIGINALS):
            thing = Thing(state, restricted, until)
            assert may(Role.PUBLIC, action, thing, NOW) is (out and free), (thing, action)


@pytest.mark.parametrize("state", State)
def test_of_a_fallen_number_the_public_knows_that_it_fell(state: State) -> None:
    known = state in {State.ISSUED, State.SUPERSEDED, State.VOID, State.WITHDRAWN}
    assert may(Role.PUBLIC, Action.KNOW, Thing(state), NOW) is known
    assert not may(Role.PUBLIC, Action.KNOW, Thing(state, restricted=True), NOW)


@pytest.mark.parametrize(("role", "action", "state"), [*product(Role, Action, State)])
def test_a_condition_never_gives_more_than_the_state(
    role: Role, action: Action, state: State
) -> None:
    for thing in (Thing(state, restricted=True), Thing(state, embargo_until=LATER)):
        if may(role, action, thing, NOW):
            assert may(role, action, Thing(state), NOW)


def test_what_is_unknown_is_denied() -> None:
    assert not may(Role.OFFICER, Action.READ, None, NOW)
    issued = Thing(State.ISSUED)
    assert not may("director", Action.READ, issued, NOW)  # type: ignore[arg-type]
    assert not may(Role.OFFICER, "burn", issued, NOW)  # type: ignore[arg-type]
    assert not may(Role.OFFICER, Action.READ, Thing("lost"), NOW)  # type: ignore[arg-type]


def test_every_condition_that_holds_is_asked() -> None:
    thing = Thing(State.ISSUED, restricted=True, embargo_until=LATER)
    assert conditions(thing, NOW) == (
        State.ISSUED,
        Condition.RESTRICTED,
        Condition.EMBARGOED,
    )
