"""Does the register agree with itself? What a bad disk or a meddling hand did shows here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.fault import Fault
from verbale.registry.record import record_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.registry.store import Store

_PAGE = 1000


def audit(store: Store) -> Iterator[Fault]:
    """Every disagreement, each naming its entry; none if the register is whole.

    Events count from 1 without a gap; each entry is as its last event left it; receipts and the
    numbers of each series have no gap. Raises `RegistryError` at a record that cannot be read.
    """
    last: dict[int, str] = {}
    expected = 1
    while events := store.events_after(expected - 1, limit=_PAGE):
        for event in events:
            if event.number != expected:
                between = {"event": str(expected), "next": str(event.number)}
                yield Fault("audit-event-missing", between)
            expected = event.number + 1
            last[event.receipt] = event.record
    numbers: dict[str, list[int]] = {}
    receipts = []
    for entry in store.entries():
        receipts.append(entry.receipt)
        left = last.pop(entry.receipt, None)
        if left is None:
            yield Fault("audit-entry-no-event", {"entry": entry.name})
        elif left != record_hash(entry):
            yield Fault("audit-entry-altered", {"entry": entry.name})
        for number in entry.numbers:
            numbers.setdefault(number.series, []).append(number.number)
    for receipt in sorted(last):
        yield Fault("audit-receipt-no-entry", {"receipt": str(receipt)})
    for receipt in _gaps(receipts, first=1):
        yield Fault("audit-receipt-missing", {"receipt": str(receipt)})
    for series, given in sorted(numbers.items()):
        for gap in _gaps(given, first=min(given)):
            yield Fault("audit-number-missing", {"series": series, "number": str(gap)})


def _gaps(given: list[int], *, first: int) -> Iterator[int]:
    there = set(given)
    return (n for n in range(first, max(there, default=0) + 1) if n not in there)
