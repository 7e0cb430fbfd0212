"""The one production store: the port `verbale.registry.store.Store` on Django's models."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from django.db import connections
from django.db.models import F
from django.db.transaction import atomic

from verbale.errors import RegistryError
from verbale.registry.calendar import CalendarChange, latest
from verbale.registry.entry import Entry, Event, Relation, fingerprint
from verbale.registry.log import CALENDAR, EVENT, STATEMENT, change_line, event_line
from verbale.registry.record import load
from verbale.registry.relations import both_ways
from verbale.registry.states import FALLEN
from verbale.registry.store import (
    given_already,
    is_called,
    lost_symbol,
    not_registered,
    spellings,
)
from verbale_store import log
from verbale_store.copying import save_copy
from verbale_store.inspection import faults
from verbale_store.models import (
    CalendarRow,
    CounterRow,
    EntryRow,
    EventRow,
    FileRow,
    RelationRow,
    SymbolRow,
)
from verbale_store.plain_errors import plain_errors
from verbale_store.rows import SideRow, entry_row, event_of, event_row, side_rows
from verbale_store.turns import turn

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

    from django.db.models import Model, QuerySet

    from verbale.registry.calendar import PlannedSession
    from verbale.registry.fault import Fault
    from verbale.registry.log import Leaf
    from verbale.registry.states import State
    from verbale.registry.store import Which

_EVENTS, _CALENDAR = ":events", ":calendar"
_LOG, _STATEMENTS, _HEADS = ":log", ":statements", ":heads"
#: The lock that PostgreSQL's writers take in turn: the register's letters as a number.
_TURN = int.from_bytes(b"verbale", "big")
_PAGE = 200


class _Reading:
    def __init__(self, alias: str) -> None:
        self.alias = alias

    def get(self, which: Which) -> Entry:
        rows = self._entries()
        if isinstance(which, int):
            for row in rows.filter(receipt=which):
                return load(row.record)
            raise not_registered(which)
        for text in spellings(which):
            for row in rows.filter(symbols__symbol=text):
                entry = load(row.record)
                if is_called(entry, which):
                    return entry
        raise not_registered(which)

    def find_received(
        self, hashes: Collection[str], *, series: str | None = None
    ) -> Entry | None:
        wanted = fingerprint(hashes)
        if not wanted:
            return None
        rows = self._entries().filter(fingerprint=wanted).exclude(state__in=FALLEN)
        for row in rows.order_by("receipt"):
            entry = load(row.record)
            own = {number.series for number in entry.numbers}
            if series is None or not own or series in own:
                return entry
        return None

    def find_key(self, key: str) -> Entry | None:
        row = self._entries().filter(key=key).first() if key else None
        return None if row is None else load(row.record)

    def calendar(self, body: str = "") -> tuple[PlannedSession, ...]:
        return latest(self.calendar_changes(body))

    def calendar_changes(self, body: str = "") -> tuple[CalendarChange, ...]:
        rows = CalendarRow.objects.using(self.alias).order_by("number")
        if body:
            rows = rows.filter(body=body)
        return tuple(CalendarChange(**row) for row in rows.values())

    def _entries(self) -> QuerySet[EntryRow]:
        return EntryRow.objects.using(self.alias)


class _Transaction(_Reading):
    def next_number(self, series: str, *, first: int = 1) -> int:
        counters = CounterRow.objects.using(self.alias).filter(series=series)
        if counters.update(last=F("last") + 1):
            return counters.get().last
        return CounterRow.objects.using(self.alias).create(series=series, last=first).last

    def add(self, entry: Entry) -> None:
        taken = SymbolRow.objects.using(self.alias).filter(symbol__in=entry.symbols).first()
        if taken is not None:
            raise given_already(taken.symbol)
        entry_row(entry).save(using=self.alias, force_insert=True)
        self._insert(side_rows(entry))

    def change(self, entry: Entry) -> None:
        before = self.get(entry.receipt)
        entry_row(entry).save(using=self.alias, force_update=True)
        if not set(before.numbers) <= set(entry.numbers):
            raise lost_symbol(before)
        kept = {(type(row), *_content(row)) for row in side_rows(before)}
        rows = side_rows(entry)
        self._insert(row for row in rows if (type(row), *_content(row)) not in kept)

    def _insert(self, rows: Iterable[SideRow]) -> None:
        """Insert rows, those of one table in one statement."""
        by_table: dict[type[Model], list[Model]] = {}
        for row in rows:
            by_table.setdefault(type(row), []).append(row)
        for table, each in by_table.items():
            table._default_manager.using(self.alias).bulk_create(each)  # noqa: SLF001

    def plan(self, change: CalendarChange) -> CalendarChange:
        made = replace(change, number=self.next_number(_CALENDAR))
        values = {each.name: getattr(made, each.name) for each in fields(made)}
        CalendarRow(**values).save(using=self.alias, force_insert=True)
        self._log(CALENDAR, made.number, change_line(made))
        return made

    def record(self, event: Event) -> Event:
        made = replace(event, number=self.next_number(_EVENTS))
        event_row(made).save(using=self.alias, force_insert=True)
        self._log(EVENT, made.number, event_line(made))
        return made

    def state(self, line: str) -> None:
        self._log(STATEMENT, self.next_number(_STATEMENTS), line)

    def keep_head(self, size: int, statement: str) -> None:
        log.keep_head(self.alias, self.next_number(_HEADS), size, statement)

    def _log(self, kind: str, number: int, line: str) -> None:
        log.append(self.alias, self.next_number(_LOG) - 1, kind, number, line)


def _content(row: SideRow) -> tuple[object, ...]:
    if isinstance(row, SymbolRow):
        return (row.symbol,)
    if isinstance(row, FileRow):
        return (row.sha256,)
    return (row.kind, row.symbol)


class DjangoStore:
    """A register in the database that Django calls *alias*; *where* names it in errors."""

    def __init__(self, alias: str, where: str) -> None:
        self.alias = alias
        self.where = where
        #: What opening it changed in its shape.
        self.steps_taken: tuple[str, ...] = ()
        self._reading = _Reading(alias)

    @contextmanager
    def _plain_errors(self) -> Iterator[None]:
        """Say what failed, and let go of a connection that is gone, so that the next is new."""
        try:
            with plain_errors(self.where):
                yield
        except RegistryError:
            connections[self.alias].close_if_unusable_or_obsolete()
            raise

    @contextmanager
    def transaction(self) -> Iterator[_Transaction]:
        """Begin alone: writers take turns, then SQLite locks at BEGIN, PostgreSQL by a key."""
        connection = connections[self.alias]
        name = str(connection.settings_dict["NAME"])
        alone = turn(name) if connection.vendor == "sqlite" else nullcontext()
        with self._plain_errors(), alone, atomic(using=self.alias, durable=True):
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
            yield _Transaction(self.alias)

    def get(self, which: Which) -> Entry:
        """As the port says."""
        with self._plain_errors():
            return self._reading.get(which)

    def find_received(
        self, hashes: Collection[str], *, series: str | None = None
    ) -> Entry | None:
        """As the port says."""
        with self._plain_errors():
            return self._reading.find_received(hashes, series=series)

    def find_key(self, key: str) -> Entry | None:
        """As the port says."""
        with self._plain_errors():
            return self._reading.find_key(key)

    def calendar(self, body: str = "") -> tuple[PlannedSession, ...]:
        """As the port says."""
        with self._plain_errors():
            return self._reading.calendar(body)

    def calendar_changes(self, body: str = "") -> tuple[CalendarChange, ...]:
        """As the port says."""
        with self._plain_errors():
            return self._reading.calendar_changes(body)

    def entries(
        self,
        *,
        states: Collection[State] = (),
        series: str | None = None,
        after: int = 0,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """As the port says; read in pages, so that no lock or cursor is held in between."""
        rows = EntryRow.objects.using(self.alias).filter(receipt__gt=after)
        if states:
            rows = rows.filter(state__in=states)
        if series is not None:
            rows = rows.filter(symbols__series=series).distinct()
        rows = rows.order_by("-receipt" if newest_first else "receipt")
        page = rows
        while True:
            with self._plain_errors():
                held = list(page.values_list("receipt", "record")[:_PAGE])
            yield from (load(record) for _, record in held)
            if len(held) < _PAGE:
                return
            last = held[-1][0]
            page = rows.filter(**{f"receipt__{'lt' if newest_first else 'gt'}": last})

    def find_file(self, sha256: str) -> tuple[Entry, ...]:
        """As the port says."""
        with self._plain_errors():
            rows = EntryRow.objects.using(self.alias).filter(files__sha256=sha256)
            return tuple(load(row.record) for row in rows.order_by("receipt"))

    def citing(self, symbol: str) -> tuple[Entry, ...]:
        """As the port says."""
        with self._plain_errors():
            rows = EntryRow.objects.using(self.alias).filter(
                relations__kind="cites", relations__symbol=symbol
            )
            return tuple(load(row.record) for row in rows.order_by("receipt"))

    def related(self, which: Which) -> tuple[Relation, ...]:
        """As the port says."""
        with self._plain_errors():
            entry = self._reading.get(which)
            rows = RelationRow.objects.using(self.alias).filter(symbol__in=entry.symbols)
            held = rows.order_by("entry_id", "kind").values_list("kind", "entry__record")
            return both_ways(
                entry.relations, [(kind, load(record).symbol) for kind, record in held]
            )

    def events(self, which: Which) -> tuple[Event, ...]:
        """As the port says."""
        with self._plain_errors():
            receipt = self._reading.get(which).receipt
            rows = EventRow.objects.using(self.alias).filter(entry_id=receipt)
            return tuple(event_of(row) for row in rows.order_by("number"))

    def events_after(self, number: int, *, limit: int = 1000) -> tuple[Event, ...]:
        """As the port says."""
        with self._plain_errors():
            rows = EventRow.objects.using(self.alias).filter(number__gt=number)
            return tuple(event_of(row) for row in rows.order_by("number")[:limit])

    def log_size(self) -> int:
        """As the port says."""
        with self._plain_errors():
            return log.size(self.alias)

    def leaves(self, first: int, *, limit: int = 1000) -> tuple[Leaf, ...]:
        """As the port says."""
        with self._plain_errors():
            return log.leaves(self.alias, first, limit)

    def leaves_of(self, which: Which) -> tuple[Leaf, ...]:
        """As the port says."""
        with self._plain_errors():
            return log.leaves_of(self.alias, self._reading.get(which).receipt)

    def leaf_hashes(self, first: int, *, limit: int = 1000) -> tuple[bytes, ...]:
        """As the port says."""
        with self._plain_errors():
            return log.hashes(self.alias, first, limit)

    def node(self, level: int, index: int) -> bytes:
        """As the port says."""
        with self._plain_errors():
            return log.node(self.alias, level, index)

    def nodes(self) -> dict[tuple[int, int], str]:
        """As the port says."""
        with self._plain_errors():
            return log.nodes(self.alias)

    def statements(self) -> tuple[str, ...]:
        """As the port says."""
        with self._plain_errors():
            return log.statements(self.alias)

    def heads(self) -> tuple[tuple[int, str], ...]:
        """As the port says."""
        with self._plain_errors():
            return log.heads(self.alias)

    def last_head(self) -> tuple[int, str] | None:
        """As the port says."""
        with self._plain_errors():
            return log.last_head(self.alias)

    def faults(self) -> Iterator[Fault]:
        """As the port says: columns, side tables, counters and nodes against the records."""
        return faults(self.alias)

    def save_copy(self, target: Path) -> None:
        """Write the register, as it is at one moment, to the SQLite file *target*.

        Others go on writing meanwhile. Raises `RegistryError` if it cannot be read.
        """
        with self._plain_errors():
            save_copy(self.alias, target)

    def close(self) -> None:
        """Close this thread's connection; it opens again when it is needed."""
        connections[self.alias].close()
