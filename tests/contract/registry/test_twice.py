"""The same thing sent twice is one entry."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from verbale.errors import ConflictError
from verbale.registry.acts.receive import receive
from verbale.registry.acts.register import register
from verbale.registry.acts.void import void
from verbale.registry.entry import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.registry.arrival import Submission
    from verbale.registry.store import Store

    Note = Callable[..., Submission]
    Who = dict[str, Any]

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}


def test_the_same_bytes_give_the_same_entry_whatever_their_order_and_names(
    store: Store, note: Note, who: Who
) -> None:
    first = register(store, **SERIES, submission=note("note", "annex"), **who)
    second = register(store, **SERIES, submission=note("annex", "note"), **who)
    assert second == first
    assert len(store.events(first.symbol)) == 1


def test_a_file_more_is_another_communication(store: Store, note: Note, who: Who) -> None:
    register(store, **SERIES, submission=note("note"), **who)
    assert register(store, **SERIES, submission=note("note", "annex"), **who).receipt == 2


def test_the_same_bytes_for_another_series_are_another_document(
    store: Store, note: Note, who: Who
) -> None:
    register(store, **SERIES, submission=note("note"), **who)
    other = register(store, series="S/2020", shape="S/2020/{n}", submission=note("note"), **who)
    assert other.symbol == "S/2020/1"


def test_the_same_bytes_after_a_void_get_a_number_of_their_own(
    store: Store, note: Note, who: Who
) -> None:
    register(store, **SERIES, submission=note("note"), **who)
    void(store, "A/HRC/43/G/1", reason="given by mistake", **who)
    again = register(store, **SERIES, submission=note("note"), **who)
    assert again.symbol == "A/HRC/43/G/2"
    assert store.get("A/HRC/43/G/1").state is State.VOID
    assert store.find_received({file.sha256 for file in again.received}) == again


def test_a_double_click_gives_one_receipt(store: Store, note: Note, who: Who) -> None:
    first = receive(store, note("note", key="form-7"), **who)
    assert receive(store, note("note", key="form-7"), **who) == first
    assert first.number == 1
    assert [file.sha256 for file in first.files] == [store.get(1).received[0].sha256]


def test_a_key_used_for_other_files_is_a_conflict_that_names_the_entry(
    store: Store, note: Note, who: Who
) -> None:
    receive(store, note("note", key="form-7"), **who)
    with pytest.raises(ConflictError, match="receipt 1"):
        receive(store, note("another", key="form-7"), **who)


def test_what_was_received_keeps_its_receipt_when_it_is_registered(
    store: Store, note: Note, who: Who
) -> None:
    receipt = receive(store, note("note"), **who)
    entry = register(store, **SERIES, submission=note("note"), **who)
    assert entry.receipt == receipt.number
    assert entry.received_at == receipt.at
    times = [event.at for event in store.events(entry.symbol)]
    assert all(earlier < later for earlier, later in pairwise(times))
    assert [event.act for event in store.events(entry.symbol)] == ["receive", "register"]
