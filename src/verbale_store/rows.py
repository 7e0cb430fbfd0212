"""Between entries and rows."""

from __future__ import annotations

import json
from typing import TypeAlias

from verbale.registry.entry import Entry, Event, fingerprint
from verbale.registry.record import canonical, dump
from verbale_store.models import EntryRow, EventRow, FileRow, RelationRow, SymbolRow

#: A row that finds an entry.
SideRow: TypeAlias = SymbolRow | FileRow | RelationRow


def entry_row(entry: Entry) -> EntryRow:
    """The row of *entry*: its record, and what it is found by."""
    return EntryRow(
        receipt=entry.receipt,
        state=entry.state.value,
        key=entry.key or None,
        fingerprint=fingerprint(file.sha256 for file in entry.received),
        received_at=entry.received_at,
        published_at=entry.published_at,
        embargo_until=entry.embargo_until,
        restricted=entry.restricted,
        record=dump(entry),
    )


def side_rows(entry: Entry) -> list[SideRow]:
    """The rows beside it: symbols, files, relations."""
    return [table(**values) for table, values in side_values(entry)]


def side_values(entry: Entry) -> list[tuple[type[SideRow], dict[str, str | int]]]:
    """What stands in the rows beside it: the table, and the values by column."""
    receipt = entry.receipt
    made: list[tuple[type[SideRow], dict[str, str | int]]] = [
        (
            SymbolRow,
            {
                "symbol": each.symbol,
                "entry_id": receipt,
                "series": each.series,
                "number": each.number,
            },
        )
        for each in entry.numbers
    ]
    hashes = {file.sha256 for file in (*entry.received, *entry.composed)}
    made += [(FileRow, {"entry_id": receipt, "sha256": each}) for each in sorted(hashes)]
    made += [
        (RelationRow, {"entry_id": receipt, "kind": each.kind, "symbol": each.symbol})
        for each in dict.fromkeys(entry.relations)
    ]
    return made


def event_row(event: Event) -> EventRow:
    """The row of an event that has its number."""
    return EventRow(
        number=event.number,
        entry_id=event.receipt,
        symbol=event.symbol,
        act=event.act,
        actor=event.actor,
        at=event.at,
        reason=event.reason,
        values=canonical(dict(event.values)),
        record=event.record,
    )


def event_of(row: EventRow) -> Event:
    """The event of a row."""
    return Event(
        number=row.number,
        receipt=row.entry_id,
        symbol=row.symbol,
        act=row.act,
        actor=row.actor,
        at=row.at,
        reason=row.reason,
        values=json.loads(row.values),
        record=row.record,
    )
