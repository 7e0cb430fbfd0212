"""A register that was altered behind its back is told by its own events."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from verbale.registry.acts.issue import issue
from verbale.registry.acts.register import register
from verbale.registry.acts.restrict import restrict
from verbale.registry.audit import audit
from verbale.registry.entry import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.registry.arrival import Submission
    from verbale.registry.store import Store

    Note = Callable[..., Submission]
    Who = dict[str, Any]


@pytest.fixture
def filled(store: Store, note: Note, who: Who) -> Store:
    for text in "abc":
        register(
            store, series="DEC", shape="DEC/{n}", number_from=101, submission=note(text), **who
        )
    issue(store, "DEC/102", **who)
    restrict(store, "DEC/103", reason="names a witness", **who)
    return store


def said(store: Store) -> list[str]:
    return [str(fault) for fault in audit(store)]


def test_a_whole_register_has_nothing_to_say(filled: Store) -> None:
    assert list(audit(filled)) == []


def test_an_entry_changed_without_an_event_is_named(filled: Store) -> None:
    with filled.transaction() as tx:
        tx.change(replace(tx.get("DEC/103"), restricted=False))
    assert said(filled) == ["DEC/103 is not as its last event left it."]


def test_an_entry_added_without_an_event_is_named_and_so_are_the_gaps(filled: Store) -> None:
    with filled.transaction() as tx:
        entry = tx.get("DEC/101")
        last = replace(entry.numbers[0], symbol="DEC/105", number=105)
        tx.add(replace(entry, receipt=5, numbers=(last,)))
    assert said(filled) == [
        "DEC/105 has no event.",
        "Receipt 4 is missing.",
        "Series DEC: number 104 is missing.",
    ]


def test_an_event_says_what_its_act_left(filled: Store) -> None:
    before, after = filled.events("DEC/102")
    assert before.record != after.record
    assert isinstance(after, Event)
    assert len(after.record) == 64
