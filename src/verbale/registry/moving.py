"""The end that every act has: put the entry in its new state and record the event."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from verbale.errors import UsageError
from verbale.registry.entry import Entry, Event
from verbale.registry.failpoints import failpoint
from verbale.registry.record import record_hash
from verbale.registry.states import after
from verbale.registry.store import instant

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from typing import Self

    from verbale.registry.states import State
    from verbale.registry.store import Clock, Transaction

#: Under this name an event keeps the hashes of the files that others took the place of.
REPLACED = "replaced"
#: What is done against a rule, or to what readers have seen, is explained to them.
_OWE_A_REASON = frozenset({"override", "reissue", "restrict", "void", "withdraw"})


@dataclass(frozen=True, slots=True)
class Deed:
    """Who does what, when and why; ``values`` are the act's own particulars."""

    act: str
    actor: str
    at: datetime.datetime
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def now(
        cls,
        act: str,
        actor: str,
        clock: Clock,
        *,
        reason: str = "",
        values: Mapping[str, str] | None = None,
    ) -> Self:
        """A deed at the clock's time. Raises `UsageError` if it owes a reason and has none."""
        if act in _OWE_A_REASON and not reason.strip():
            raise UsageError(
                f"{act} needs a reason", remedy="Say why: it stays in the record for good."
            )
        return cls(act, actor, instant(clock), reason, dict(values or {}))


def begin(tx: Transaction, entry: Entry, deed: Deed, state: State | None = None) -> Entry:
    """Add *entry*, moved on from *state* (none: it is new), and record the deed."""
    made = replace(entry, state=after(deed.act, state, name=entry.name))
    tx.add(made)
    failpoint("after-row")
    return _record(tx, made, deed)


def move(tx: Transaction, entry: Entry, deed: Deed, **changes: Any) -> Entry:  # noqa: ANN401
    """Change *entry* and its state, and record the deed.

    Composed files that others take the place of stay named in the event, under ``replaced``.
    Raises `NotAllowedError` if the entry's state does not allow the act.
    """
    state = after(deed.act, entry.state, name=entry.name)
    made = replace(entry, **changes, state=state)
    gone = {file.sha256 for file in tx.get(entry.receipt).composed}
    gone -= {file.sha256 for file in made.composed}
    if gone:
        deed = replace(deed, values={**deed.values, REPLACED: " ".join(sorted(gone))})
    tx.change(made)
    failpoint("after-row")
    return _record(tx, made, deed)


def _record(tx: Transaction, entry: Entry, deed: Deed) -> Entry:
    tx.record(
        Event(
            act=deed.act,
            receipt=entry.receipt,
            symbol=entry.symbol,
            actor=deed.actor,
            at=deed.at,
            reason=deed.reason,
            values=deed.values,
            record=record_hash(entry),
        )
    )
    failpoint("after-event")
    return entry
