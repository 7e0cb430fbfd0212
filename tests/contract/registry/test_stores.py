"""What every store promises."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from verbale.errors import ConflictError, NotRegisteredError
from verbale.model.finding import Finding, Place, Severity
from verbale.model.symbol import Symbol
from verbale.registry.acts.register import register
from verbale.registry.entry import Event, FileRecord, FileRole, Relation, State, Version
from verbale.registry.numbering import Numbering
from verbale.registry.record import record_hash

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from verbale.registry.arrival import Submission
    from verbale.registry.store import Store

    class Ticks(Protocol):
        seen: list[datetime.datetime]

    Note = Callable[..., Submission]
    Who = dict[str, Any]

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}


def test_what_is_kept_comes_back_equal(store: Store, note: Note, who: Who) -> None:
    finding = Finding(
        "masthead-symbol-missing",
        Severity.WARNS,
        Place("note.pdf", page=2, box=(1.0, 2.5, 3.0, 4.0)),
        {"symbol": "A/HRC/43/G/1"},
    )
    sent = note(
        "Нота",
        "附件",
        masthead='{"body":"A/HRC","title":"Nota verbal de fecha 8 de abril"}',
        communication='{"kind":"note-verbale"}',
        findings=(finding,),
        inputs={"masthead_date": "2020-05-06", "un/phrases.tsv": "00"},
        relations=(Relation("reply-to", "A/HRC/43/G/9"),),
        versions=(Version("es"), Version("en")),
        key="click-1",
    )
    entry = register(store, **SERIES, submission=sent, **who)
    assert store.get(entry.symbol) == entry
    assert store.get(entry.receipt) == entry
    assert entry.findings[0].finding == finding


def test_an_entry_is_found_by_its_symbol_however_it_is_written(
    store: Store, note: Note, who: Who
) -> None:
    entry = register(store, **SERIES, submission=note("a"), **who)
    assert store.get("A/HRC/43/G/1*") == entry
    assert store.get(Symbol.parse("A/HRC/43/G/1")) == entry


@pytest.mark.parametrize("which", ["A/HRC/43/G/2", 2])
def test_what_was_never_registered_is_said_with_a_remedy(
    store: Store, note: Note, who: Who, which: str | int
) -> None:
    register(store, **SERIES, submission=note("a"), **who)
    with pytest.raises(NotRegisteredError, match="2") as caught:
        store.get(which)
    assert caught.value.remedy


def test_a_transaction_that_fails_leaves_no_number_entry_or_event(
    store: Store, note: Note, who: Who
) -> None:
    register(store, **SERIES, submission=note("a"), **who)
    before = store.events_after(0)
    with pytest.raises(ZeroDivisionError):
        register(
            store, series="A/HRC/43/G", shape=lambda n: str(n // 0), submission=note("b"), **who
        )
    assert store.events_after(0) == before
    assert [entry.symbol for entry in store.entries()] == ["A/HRC/43/G/1"]
    assert register(store, **SERIES, submission=note("c"), **who).symbol == "A/HRC/43/G/2"


def test_a_symbol_that_is_taken_is_not_given_again(store: Store, note: Note, who: Who) -> None:
    register(store, **SERIES, submission=note("a"), **who)
    with pytest.raises(ConflictError, match="given already"):
        register(store, series="another", shape="A/HRC/43/G/{n}", submission=note("b"), **who)
    assert len(list(store.entries())) == 1


def test_no_entry_loses_the_symbol_it_was_given(store: Store, note: Note, who: Who) -> None:
    entry = register(store, **SERIES, submission=note("a"), **who)
    with pytest.raises(ConflictError), store.transaction() as tx:
        tx.change(replace(entry, numbers=()))
    assert store.get("A/HRC/43/G/1") == entry


def test_series_count_apart_and_begin_where_they_are_told_to(
    store: Store, note: Note, who: Who
) -> None:
    first = register(
        store,
        series="A/HRC/DEC/43",
        shape="A/HRC/DEC/43/{n}",
        number_from=101,
        submission=note("a"),
        **who,
    )
    second = register(
        store,
        series="A/HRC/DEC/43",
        shape="A/HRC/DEC/43/{n}",
        number_from=101,
        submission=note("b"),
        **who,
    )
    other = register(store, **SERIES, submission=note("c"), **who)
    assert [first.symbol, second.symbol] == ["A/HRC/DEC/43/101", "A/HRC/DEC/43/102"]
    assert other.symbol == "A/HRC/43/G/1"


def test_a_joint_symbol_is_one_work_with_two_numbers(
    store: Store, note: Note, who: Who
) -> None:
    joint = register(
        store,
        series="A/74",
        shape="A/74/{n}",
        number_from=800,
        also=[Numbering("S/2020", "S/2020/{n}", 123)],
        submission=note("a"),
        **who,
    )
    assert joint.symbols == ("A/74/800", "S/2020/123")
    assert joint.printed == "A/74/800-S/2020/123"
    for written in ("A/74/800", "S/2020/123", joint.printed, joint.printed + "*"):
        assert store.get(written) == joint
    with pytest.raises(NotRegisteredError):
        store.get("A/74/800-S/2020/124")
    assert len(list(store.entries())) == 1
    assert list(store.entries(series="S/2020")) == [joint]


def test_when_the_second_number_of_a_joint_symbol_fails_the_first_is_not_used_up(
    store: Store, note: Note, who: Who
) -> None:
    register(store, series="S/2020", shape="S/2020/{n}", submission=note("a"), **who)
    with pytest.raises(ConflictError, match="given already"):
        register(
            store,
            series="A/74",
            shape="A/74/{n}",
            also=[Numbering("elsewhere", "S/2020/{n}")],
            submission=note("b"),
            **who,
        )
    entry = register(store, series="A/74", shape="A/74/{n}", submission=note("c"), **who)
    assert entry.symbol == "A/74/1"


def test_events_are_counted_over_the_whole_register_without_a_gap(
    store: Store, note: Note, who: Who, clock: Ticks
) -> None:
    first = register(store, **SERIES, submission=note("a"), **who)
    second = register(store, **SERIES, submission=note("b"), **who)
    every = store.events_after(0)
    assert [event.number for event in every] == list(range(1, len(every) + 1))
    assert store.events(first.symbol) == every[:1]
    assert store.events_after(1, limit=1) == store.events(second.receipt)
    assert every[0] == Event(
        act="register", receipt=1, symbol="A/HRC/43/G/1", actor=who["actor"],
        at=clock.seen[0], values={"symbols": "A/HRC/43/G/1"},
        record=record_hash(first), number=1,
    )  # fmt: skip


def test_entries_are_listed_in_order_by_state_and_series(
    store: Store, note: Note, who: Who
) -> None:
    for text in "abc":
        register(store, **SERIES, submission=note(text), **who)
    other = register(store, series="S/2020", shape="S/2020/{n}", submission=note("d"), **who)
    with store.transaction() as tx:
        tx.change(replace(other, state=State.ISSUED))
    assert [entry.receipt for entry in store.entries()] == [1, 2, 3, 4]
    assert [entry.receipt for entry in store.entries(newest_first=True)] == [4, 3, 2, 1]
    assert [entry.receipt for entry in store.entries(after=2)] == [3, 4]
    assert [entry.receipt for entry in store.entries(states=[State.ISSUED])] == [4]
    assert [entry.receipt for entry in store.entries(series="A/HRC/43/G")] == [1, 2, 3]


def test_a_file_leads_to_its_entry(store: Store, note: Note, who: Who) -> None:
    entry = register(store, **SERIES, submission=note("a"), **who)
    pdf = FileRecord("A_HRC_43_G_1-ES.pdf", "ab" * 32, 4, role=FileRole.COMPOSED)
    with store.transaction() as tx:
        tx.change(replace(entry, composed=(pdf,)))
    assert store.find_file(pdf.sha256) == (store.get(1),)
    assert store.find_file(entry.received[0].sha256) == (store.get(1),)
    assert store.find_file("cd" * 32) == ()
