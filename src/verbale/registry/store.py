"""What the acts need from outside: a store that keeps its word, and a clock.

A transaction is all or nothing, durable when it ends, and alone: transactions of one register
run one after the other, so that what an act read is still true when it writes.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Protocol, TypeAlias

from verbale.errors import ConflictError, NotRegisteredError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from contextlib import AbstractContextManager

    from verbale.model.symbol import Symbol
    from verbale.registry.calendar import CalendarChange, PlannedSession
    from verbale.registry.entry import Entry, Event, Relation
    from verbale.registry.fault import Fault
    from verbale.registry.log import Leaf
    from verbale.registry.states import State


#: How an entry is called: by its symbol (asterisks do not matter) or its receipt's number.
Which: TypeAlias = "str | int | Symbol"


class Clock(Protocol):
    """Where acts take the time from."""

    def now(self) -> datetime.datetime:
        """The present instant, aware, in UTC."""
        ...


class Objects(Protocol):
    """Bytes by their SHA-256. Acts do not use it: bytes are kept before an act begins."""

    def put(self, data: bytes) -> str:
        """Keep *data* durably and give its SHA-256; the same bytes again change nothing."""
        ...

    def put_all(self, pieces: Iterable[bytes]) -> tuple[str, ...]:
        """Keep all *pieces* durably, as `put` keeps one."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes, checked. Raises `RegistryError` if they are missing or altered."""
        ...

    def has(self, sha256: str) -> bool:
        """Whether there is an object of that name (its content is not checked)."""
        ...

    def __iter__(self) -> Iterator[str]:
        """The names of all objects, in order."""
        ...


class Reading(Protocol):
    """What can be asked of a register, inside a transaction and outside."""

    def get(self, which: Which) -> Entry:
        """The entry of a symbol or receipt. Raises `NotRegisteredError`."""
        ...

    def find_received(
        self, hashes: Collection[str], *, series: str | None = None
    ) -> Entry | None:
        """The standing entry made of exactly these received files, the oldest of several.

        With *series*, one that has a number in it or none yet. Void and withdrawn do not count.
        """
        ...

    def find_key(self, key: str) -> Entry | None:
        """The entry made under an idempotency key."""
        ...

    def calendar(self, body: str = "") -> tuple[PlannedSession, ...]:
        """The sessions of *body*, of all bodies if it is empty, in order of their first day."""
        ...


class Transaction(Reading, Protocol):
    """One act's view of the register; nothing is visible to others before it ends well."""

    def next_number(self, series: str, *, first: int = 1) -> int:
        """Give the next number of *series*; the first time, *first*. Never the same twice."""
        ...

    def add(self, entry: Entry) -> None:
        """Add a new entry. Raises `ConflictError` if a symbol, number or key is taken."""
        ...

    def change(self, entry: Entry) -> None:
        """Put *entry* in the place of the one with its receipt."""
        ...

    def plan(self, change: CalendarChange) -> CalendarChange:
        """Keep *change* as the calendar's next one and give it back with its number."""
        ...

    def record(self, event: Event) -> Event:
        """Record *event* as the next one, in the log too, and give it back with its number."""
        ...

    def state(self, line: str) -> None:
        """Add a statement of the registry's own to the log, such as a new key: JSON."""
        ...

    def keep_head(self, size: int, statement: str) -> None:
        """Keep a signed head of the log of *size* leaves: JSON."""
        ...


class Store(Reading, Protocol):
    """A register. Its methods raise `RegistryError` when it cannot be read or written."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Begin; end well on leaving, or undo everything if an error leaves the block."""
        ...

    def entries(
        self,
        *,
        states: Collection[State] = (),
        series: str | None = None,
        after: int = 0,
        newest_first: bool = False,
    ) -> Iterator[Entry]:
        """Entries with a receipt above *after*, in the order of receipts."""
        ...

    def find_file(self, sha256: str) -> tuple[Entry, ...]:
        """The entries that have a file of these bytes, received or composed."""
        ...

    def citing(self, symbol: str) -> tuple[Entry, ...]:
        """The entries that cite a symbol, registered here or not, in the order of receipts."""
        ...

    def related(self, which: Which) -> tuple[Relation, ...]:
        """Its relations, its own and those that other entries have to it, both by its side."""
        ...

    def events(self, which: Which) -> tuple[Event, ...]:
        """The events of one entry, oldest first."""
        ...

    def events_after(self, number: int, *, limit: int = 1000) -> tuple[Event, ...]:
        """The events of the whole register after event *number*: what others catch up on."""
        ...

    def calendar_changes(self, body: str = "") -> tuple[CalendarChange, ...]:
        """Every change of the calendar of *body*, or of all, oldest first."""
        ...

    def log_size(self) -> int:
        """How many leaves the log has."""
        ...

    def leaves(self, first: int, *, limit: int = 1000) -> tuple[Leaf, ...]:
        """The leaves of the log from index *first*, made anew from what they tell of."""
        ...

    def leaves_of(self, which: Which) -> tuple[Leaf, ...]:
        """The leaves of one entry's events, oldest first."""
        ...

    def leaf_hashes(self, first: int, *, limit: int = 1000) -> tuple[bytes, ...]:
        """The hashes of the leaves from index *first*, as they were written."""
        ...

    def node(self, level: int, index: int) -> bytes:
        """The hash of a complete subtree; 32 zero bytes if it is not there."""
        ...

    def nodes(self) -> Mapping[tuple[int, int], str]:
        """Every node as it is kept, in hexadecimal, by level and index: for an audit."""
        ...

    def statements(self) -> tuple[str, ...]:
        """What the registry stated itself in the log, oldest first."""
        ...

    def heads(self) -> tuple[tuple[int, str], ...]:
        """Every signed head with its size, oldest first."""
        ...

    def last_head(self) -> tuple[int, str] | None:
        """The last signed head with its size; ``None`` before the first."""
        ...

    def faults(self) -> Iterator[Fault]:
        """Where what this store keeps beside the records does not agree with them."""
        ...

    def close(self) -> None:
        """Let go of files and connections. The store may be used again afterwards."""
        ...


def instant(clock: Clock) -> datetime.datetime:
    """The clock's time in UTC. Raises `ValueError` for a clock without a zone."""
    now = clock.now()
    if now.tzinfo is None:
        raise ValueError("a clock must give an aware datetime")
    return now.astimezone(datetime.UTC)


def plain_symbol(which: str | Symbol) -> str:
    """The text under which a symbol is kept: without the asterisks of a reissue."""
    return str(which).rstrip("*")


def spellings(which: str | Symbol) -> list[str]:
    """The symbols that *which* may mean: itself, or the first of a joint symbol.

    ``A/74/800-S/2020/123`` is kept as two; a hyphen may also be a part's own.
    """
    text = plain_symbol(which)
    cuts = [at for at, sign in enumerate(text) if sign == "-"]
    return [text, *(text[:at] for at in reversed(cuts))]


def is_called(entry: Entry, which: str | Symbol) -> bool:
    """Whether *which* is a symbol of *entry*, or all of them joined."""
    text = plain_symbol(which)
    return text in entry.symbols or text == "-".join(entry.symbols)


def not_registered(which: Which) -> NotRegisteredError:
    """The error for what this register never gave."""
    if isinstance(which, int):
        return NotRegisteredError(
            f"no receipt {which} in this register", remedy="Look at the number on the receipt."
        )
    return NotRegisteredError(
        f"{which} was never registered here",
        remedy="Look at the symbol, and at the folder that VERBALE_HOME names.",
    )


def given_already(symbol: str) -> ConflictError:
    """The error for a symbol that another entry has."""
    return ConflictError(
        f"the symbol {symbol} was given already",
        remedy="Look at the series and its shape: another series gives the same symbols.",
    )


def lost_symbol(entry: Entry) -> ConflictError:
    """The error for a change that would take back a number once given."""
    return ConflictError(
        f"{entry.name} would lose a symbol that was given",
        remedy="A number once given stays: make it void instead.",
    )
