"""Does what is kept beside the records agree with them? For an audit, never for daily work."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import DatabaseError, connections

from verbale.errors import RegistryError
from verbale.registry.fault import Fault
from verbale.registry.moving import REPLACED
from verbale.registry.record import load
from verbale_store.models import (
    CounterRow,
    EntryRow,
    EventRow,
    FileRow,
    LogHeadRow,
    RelationRow,
    SymbolRow,
)
from verbale_store.plain_errors import plain_errors
from verbale_store.rows import entry_row, side_values

if TYPE_CHECKING:
    from collections.abc import Iterator

_BESIDE = (SymbolRow, FileRow, RelationRow)


def faults(alias: str) -> Iterator[Fault]:
    """Every disagreement, each naming the entry or row it is about."""
    receipts, symbols = set(), {}
    held: set[tuple[type, tuple[object, ...]]] = set()
    numbers: dict[str, int] = {}
    for receipt, row in _rows(alias):
        name = f"receipt {receipt}"
        try:
            with plain_errors(name):
                held_row = row or EntryRow.objects.using(alias).get(receipt=receipt)
                entry = load(held_row.record)
        except (RegistryError, ValueError, TypeError) as bad:
            named = {"entry": f"{name}{_symbols(alias, receipt)}"}
            yield Fault("audit-record-unreadable", {**named, "reason": repr(bad)})
            continue
        receipts.add(entry.receipt)
        symbols[entry.receipt] = entry.name
        made = entry_row(entry)
        if held_row.record != made.record:
            # Read, it is the same; written, it is not as it was written here.
            yield Fault("audit-record-respelt", {"entry": entry.name})
        if entry.receipt != receipt:
            kept = {"entry": entry.name, "receipt": str(receipt)}
            yield Fault("audit-record-misplaced", kept)
        for column in _differing(held_row, made):
            yield Fault("audit-column-differs", {"entry": entry.name, "column": column})
        for each in entry.numbers:
            numbers[each.series] = max(numbers.get(each.series, 0), each.number)
        held |= {
            (table, tuple(values[name] for name in _columns(table)))
            for table, values in side_values(entry)
        }
    yield from _beside(alias, held, symbols)
    yield from _counters(alias, numbers)


def _rows(alias: str) -> Iterator[tuple[int, EntryRow | None]]:
    """Every entry's receipt and row; the rows are left out where one cannot be read."""
    try:
        rows = list(EntryRow.objects.using(alias).order_by("receipt"))
    except (DatabaseError, ValueError, TypeError):
        found = EntryRow.objects.using(alias).order_by("receipt").values_list("receipt")
        yield from ((receipt, None) for (receipt,) in found)
    else:
        yield from ((row.receipt, row) for row in rows)


def _symbols(alias: str, receipt: int) -> str:
    found = SymbolRow.objects.using(alias).filter(entry_id=receipt).values_list("symbol")
    return "".join(f", {symbol}" for (symbol,) in found)


def _differing(row: EntryRow, made: EntryRow) -> Iterator[str]:
    for each in EntryRow._meta.concrete_fields:  # noqa: SLF001 - Django's own public name
        if each.attname != "record" and getattr(row, each.attname) != getattr(
            made, each.attname
        ):
            yield each.attname


def _content(row: Any) -> tuple[object, ...]:  # noqa: ANN401 - a row of any side table
    return tuple(getattr(row, name) for name in _columns(row.__class__))


@cache
def _columns(table: Any) -> tuple[str, ...]:  # noqa: ANN401 - any side table
    """The columns of a side table, without the number that the database gave a row."""
    return tuple(each.attname for each in table._meta.concrete_fields if each.attname != "id")  # noqa: SLF001


def _beside(
    alias: str, held: set[tuple[type, tuple[object, ...]]], symbols: dict[int, str]
) -> Iterator[Fault]:
    there: set[tuple[type, tuple[object, ...]]] = set()
    for table in _BESIDE:
        rows = table.objects.using(alias).values_list(*_columns(table))
        there |= {(table, content) for content in rows.iterator()}
    for kind, content in sorted(held - there, key=str):
        yield Fault("audit-row-missing", _row(kind, content, symbols))
    more = sorted(there - held, key=str)
    replaced = _replaced(alias) if more else set()
    for kind, content in more:
        # A file that a later version replaced is no longer in the record, but in an event.
        if kind is not FileRow or content not in replaced:
            yield Fault("audit-row-extra", _row(kind, content, symbols))


def _replaced(alias: str) -> set[tuple[object, ...]]:
    """What rows of files there are for files of earlier versions, by the events that say so."""
    rows = EventRow.objects.using(alias).filter(values__contains=REPLACED)
    found: set[tuple[object, ...]] = set()
    for row in rows.iterator():
        try:
            said = json.loads(row.values).get(REPLACED, "")
        except (ValueError, AttributeError):
            continue
        found |= {
            _content(FileRow(entry_id=row.entry_id, sha256=each)) for each in said.split()
        }
    return found


def _row(kind: type, content: tuple[object, ...], symbols: dict[int, str]) -> dict[str, str]:
    found = [symbols[each] for each in content if isinstance(each, int) and each in symbols]
    return {"entry": found[0] if found else "?", "row": f"{kind.__name__} {content}"}


def _counters(alias: str, numbers: dict[str, int]) -> Iterator[Fault]:
    kept = dict(CounterRow.objects.using(alias).values_list("series", "last"))
    counted: dict[str, int] = {}
    for table, series in (
        ("log_leaf", ":log"),
        ("log_leaf WHERE kind = 'statement'", ":statements"),
        ("register_event", ":events"),
        ("register_calendar", ":calendar"),
        ("log_head", ":heads"),
        ("register_entry", ":receipts"),
    ):
        with connections[alias].cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - names of our own
            counted[series] = cursor.fetchone()[0]
    there = set(LogHeadRow.objects.using(alias).values_list("number", flat=True))
    given = kept.get(":heads") or 0
    for number in range(1, len(there) + 2):
        if number not in there and number <= given:
            yield Fault("audit-head-missing", {"head": str(number)})
    for series, last in sorted({**numbers, **counted}.items()):
        if last and kept.get(series) != last:
            says = {"series": series, "counter": str(kept.get(series)), "given": str(last)}
            yield Fault("audit-counter-differs", says)
    for series in sorted(set(kept) - set(numbers) - set(counted)):
        yield Fault("audit-counter-extra", {"series": series})
