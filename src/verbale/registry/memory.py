"""A register in memory, for tests and for trying things out. It forgets all when it goes."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verbale.errors import ConflictError
from verbale.proof import merkle
from verbale.registry.calendar import latest
from verbale.registry.entry import Entry, Event, Relation, fingerprint
from verbale.registry.log import CALENDAR, EVENT, STATEMENT, Leaf, change_line, event_line
from verbale.registry.record import dump, load
from verbale.registry.relations import both_ways
from verbale.registry.states import FALLEN
from verbale.registry.store import (
    given_already,
    is_called,
    lost_symbol,
    not_registered,
    spellings,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from verbale.registry.calendar import CalendarChange, PlannedSession
    from verbale.registry.fault import Fault
    from verbale.registry.states import State
    from verbale.registry.store import Which


@dataclass(slots=True)
class _Rows:
    """Everything there is. Entries are kept as records, so that what does not survive shows."""

    entries: dict[int, str] = field(default_factory=dict)
    symbols: dict[str, int] = field(default_factory=dict)
    counters: dict[str, int] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    changes: list[CalendarChange] = field(default_factory=list)
    leaves: list[Leaf] = field(default_factory=list)
    nodes: dict[tuple[int, int], bytes] = field(default_factory=dict)
    heads: list[tuple[int, str]] = field(default_factory=list)

    def copy(self) -> _Rows:
        return _Rows(
            dict(self.entries),
            dict(self.symbols),
            dict(self.counters),
            list(self.events),
            list(self.changes),
            list(self.leaves),
            dict(self.nodes),
            list(self.heads),
        )


class _Reading:
    def __init__(self, rows: _Rows) -> None:
        self._rows = rows

    def get(self, which: Which) -> Entry:
        rows = self._rows
        if isinstance(which, int):
            receipts = [which] if which in rows.entries else []
        else:
            receipts = [rows.symbols[text] for text in spellings(which) if text in rows.symbols]
        for receipt in receipts:
            entry = load(rows.entries[receipt])
            if isinstance(which, int) or is_called(entry, which):
                return entry
        raise not_registered(which)

    def find_received(
        self, hashes: Collection[str], *, series: str | None = None
    ) -> Entry | None:
        wanted = fingerprint(hashes)
        for entry in self._all():
            if entry.state in FALLEN or not wanted:
                continue
            if fingerprint(file.sha256 for file in entry.received) != wanted:
                continue
            if series is None or not entry.numbers or _in_series(entry, series):
                return entry
        return None

    def find_key(self, key: str) -> Entry | None:
        return next((entry for entry in self._all() if key and entry.key == key), None)

    def calendar(self, body: str = "") -> tuple[PlannedSession, ...]:
        return latest([each for each in self._rows.changes if body in {"", each.body}])

    def _all(self) -> Iterator[Entry]:
        return (load(text) for _, text in sorted(self._rows.entries.items()))


class _Transaction(_Reading):
    def next_number(self, series: str, *, first: int = 1) -> int:
        number = self._rows.counters.get(series, first - 1) + 1
        self._rows.counters[series] = number
        return number

    def add(self, entry: Entry) -> None:
        if entry.receipt in self._rows.entries:
            raise ConflictError(f"receipt {entry.receipt} is there already")
        if entry.key and self.find_key(entry.key) is not None:
            raise ConflictError(f"the key {entry.key!r} is used already")
        self._keep(entry)

    def change(self, entry: Entry) -> None:
        before = self.get(entry.receipt)
        if not set(before.numbers) <= set(entry.numbers):
            raise lost_symbol(before)
        self._keep(entry)

    def plan(self, change: CalendarChange) -> CalendarChange:
        made = replace(change, number=len(self._rows.changes) + 1)
        self._rows.changes.append(made)
        self._log(CALENDAR, made.number, change_line(made))
        return made

    def record(self, event: Event) -> Event:
        made = replace(event, number=len(self._rows.events) + 1)
        self._rows.events.append(made)
        self._log(EVENT, made.number, event_line(made), event.receipt)
        return made

    def state(self, line: str) -> None:
        number = 1 + sum(leaf.kind == STATEMENT for leaf in self._rows.leaves)
        self._log(STATEMENT, number, line)

    def keep_head(self, size: int, statement: str) -> None:
        self._rows.heads.append((size, statement))

    def _log(self, kind: str, number: int, line: str, receipt: int = 0) -> None:
        rows = self._rows
        leaf = Leaf(len(rows.leaves), kind, number, line, receipt)
        hashed = merkle.leaf_hash(line.encode("utf-8"))
        made = merkle.added(leaf.index, hashed, lambda level, at: rows.nodes[level, at])
        rows.nodes |= {(level, at): node for level, at, node in made}
        rows.leaves.append(leaf)

    def _keep(self, entry: Entry) -> None:
        for symbol in entry.symbols:
            if self._rows.symbols.setdefault(symbol, entry.receipt) != entry.receipt:
                raise given_already(symbol)
        self._rows.entries[entry.receipt] = dump(entry)


class MemoryStore:
    """The port `verbale.registry.store.Store`, in memory; threads take turns."""

    def __init__(self) -> None:
        self._rows = _Rows()
        self._turn = threading.Lock()

    @contextmanager
    def transaction(self) -> Iterator[_Transaction]:
        """Work on a copy, and take it for good if nothing went wrong."""
        with self._turn:
            rows = self._rows.copy()
            yield _Transaction(rows)
            self._rows = rows

    def get(self, which: Which) -> Entry:
        """As the port says."""
        return _Reading(self._rows).get(which)

    def find_received(
        self, hashes: Collection[str], *, series: str | None = None
    ) -> Entry | None:
        """As the port says."""
        return _Reading(self._rows).find_received(hashes, series=series)

    def find_key(self, key: str) -> Entry | None:
        """As the port says."""
        return _Reading(self._rows).find_key(key)

    def calendar(self, body: str = "") -> tuple[PlannedSession, ...]:
        """As the port says."""
        return _Reading(self._rows).calendar(body)

    def calendar_changes(self, body: str = "") -> tuple[CalendarChange, ...]:
        """As the port says."""
        return tuple(each for each in self._rows.changes if body in {"", each.body})

    def entries(
        self,
        *,
        states: Collection[State] = (),
        series: str | None = None,
        after: int = 0,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """As the port says."""
        rows = self._rows.entries
        for receipt in sorted(rows, reverse=newest_first):
            entry = load(rows[receipt])
            if receipt <= after or (states and entry.state not in states):
                continue
            if series is None or _in_series(entry, series):
                yield entry

    def find_file(self, sha256: str) -> tuple[Entry, ...]:
        """As the port says."""
        return tuple(
            entry
            for entry in self.entries()
            if any(file.sha256 == sha256 for file in (*entry.received, *entry.composed))
        )

    def citing(self, symbol: str) -> tuple[Entry, ...]:
        """As the port says."""
        wanted = Relation("cites", symbol)
        return tuple(entry for entry in self.entries() if wanted in entry.relations)

    def related(self, which: Which) -> tuple[Relation, ...]:
        """As the port says."""
        entry = self.get(which)
        others = [
            (relation.kind, other.symbol)
            for other in self.entries()
            for relation in other.relations
            if relation.symbol in entry.symbols
        ]
        return both_ways(entry.relations, others)

    def events(self, which: Which) -> tuple[Event, ...]:
        """As the port says."""
        receipt = self.get(which).receipt
        return tuple(event for event in self._rows.events if event.receipt == receipt)

    def events_after(self, number: int, *, limit: int = 1000) -> tuple[Event, ...]:
        """As the port says."""
        return tuple(self._rows.events[number : number + limit])

    def log_size(self) -> int:
        """As the port says."""
        return len(self._rows.leaves)

    def leaves(self, first: int, *, limit: int = 1000) -> tuple[Leaf, ...]:
        """As the port says."""
        return tuple(self._rows.leaves[first : first + limit])

    def leaves_of(self, which: Which) -> tuple[Leaf, ...]:
        """As the port says."""
        numbers = {event.number for event in self.events(which)}
        leaves = self._rows.leaves
        return tuple(leaf for leaf in leaves if leaf.kind == EVENT and leaf.number in numbers)

    def leaf_hashes(self, first: int, *, limit: int = 1000) -> tuple[bytes, ...]:
        """As the port says."""
        last = min(first + limit, len(self._rows.leaves))
        return tuple(self._rows.nodes[0, index] for index in range(first, last))

    def node(self, level: int, index: int) -> bytes:
        """As the port says."""
        return self._rows.nodes.get((level, index), bytes(32))

    def nodes(self) -> dict[tuple[int, int], str]:
        """As the port says."""
        return {place: held.hex() for place, held in self._rows.nodes.items()}

    def statements(self) -> tuple[str, ...]:
        """As the port says."""
        return tuple(leaf.line for leaf in self._rows.leaves if leaf.kind == STATEMENT)

    def heads(self) -> tuple[tuple[int, str], ...]:
        """As the port says."""
        return tuple(self._rows.heads)

    def last_head(self) -> tuple[int, str] | None:
        """As the port says."""
        return self._rows.heads[-1] if self._rows.heads else None

    def faults(self) -> Iterator[Fault]:
        """None: nothing is kept beside the records that is not made from them."""
        return iter(())

    def close(self) -> None:
        """Nothing to let go of."""


def _in_series(entry: Entry, series: str) -> bool:
    return any(number.series == series for number in entry.numbers)
