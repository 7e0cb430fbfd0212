"""The table of states and moves."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

from verbale.errors import NotAllowedError
from verbale.registry import acts
from verbale.registry.states import MOVES, State, after, drawing

#: Acts that are recorded by another act, and are no command of their own.
CONSEQUENCES = {"amend", "supersede"}


def test_every_act_has_a_file_and_a_row_and_no_row_is_without_its_act() -> None:
    files = {info.name for info in pkgutil.iter_modules(acts.__path__)}
    assert {name.replace("_", "-") for name in files} == set(MOVES) - CONSEQUENCES
    for name in files:
        assert callable(getattr(importlib.import_module(f"{acts.__name__}.{name}"), name))


def test_every_state_can_be_reached_from_nothing() -> None:
    reached: set[State | None] = {None}
    while True:
        more = {
            then for moves in MOVES.values() for now, then in moves.items() if now in reached
        }
        if more <= reached:
            break
        reached |= more
    assert reached == {None, *State}


@pytest.mark.parametrize("state", [State.VOID, State.WITHDRAWN])
def test_what_has_fallen_stays_as_it_is(state: State) -> None:
    assert not any(state in moves for moves in MOVES.values())
    with pytest.raises(NotAllowedError) as caught:
        after("issue", state, name="A/HRC/43/G/1")
    assert str(caught.value) == (
        f"A/HRC/43/G/1 is {state}: issue is not allowed\nIt stays as it is for good."
    )


def test_no_act_takes_an_issued_document_back_to_an_unissued_state() -> None:
    out = {State.ISSUED, State.SUPERSEDED, State.WITHDRAWN}
    for moves in MOVES.values():
        assert all(then in out for now, then in moves.items() if now in out)


def test_a_move_that_is_not_allowed_names_those_that_are() -> None:
    with pytest.raises(NotAllowedError, match="is superseded: issue") as caught:
        after("issue", State.SUPERSEDED)
    assert caught.value.remedy == (
        "Acts allowed now: amend, withdraw, restrict, derestrict, reply-to."
    )


def test_the_drawing_has_an_arrow_for_each_move() -> None:
    lines = drawing().splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert len(lines) - 1 == sum(len(moves) for moves in MOVES.values())
    assert "    registered --> issued: issue" in lines
    assert "    [*] --> received: receive" in lines
