"""Does the register agree with itself? What a bad disk or a meddling hand did shows here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.record import record_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.registry.store import Store

_PAGE = 1000


def audit(store: Store) -> Iterator[str]:
    """Every disagreement, in words that name the entry; none if the register is whole.

    Events count from 1 without a gap; each entry is as its last event left it; receipts and the
    numbers of each series have no gap. Raises `RegistryError` at a record that cannot be read.
    """
    last: dict[int, str] = {}
    expected = 1
    while events := store.events_after(expected - 1, limit=_PAGE):
        for event in events:
            if event.number != expected:
                yield f"event {expected} is missing before event {event.number}"
            expected = event.number + 1
            last[event.receipt] = event.record
    numbers: dict[str, list[int]] = {}
    receipts = []
    for entry in store.entries():
        receipts.append(entry.receipt)
        left = last.pop(entry.receipt, None)
        if left is None:
            yield f"{entry.name} has no event"
        elif left != record_hash(entry):
            yield f"{entry.name} is not as its last event left it"
        for number in entry.numbers:
            numbers.setdefault(number.series, []).append(number.number)
    yield from (f"receipt {receipt} has events and no entry" for receipt in sorted(last))
    yield from _gaps("receipt", receipts, first=1)
    for series, given in sorted(numbers.items()):
        yield from _gaps(f"series {series}, number", given, first=min(given))


def _gaps(what: str, given: list[int], *, first: int) -> Iterator[str]:
    there = set(given)
    for number in range(first, max(there, default=0) + 1):
        if number not in there:
            yield f"{what} {number} is missing"
