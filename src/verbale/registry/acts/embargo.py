"""Hold a document back until an hour agreed beforehand."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.registry.moving import Deed, move
from verbale.registry.record import instant_text

if TYPE_CHECKING:
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def embargo(
    store: Store,
    which: Which,
    until: datetime.datetime | None,
    *,
    reason: str = "",
    actor: str,
    clock: Clock,
) -> Entry:
    """Show the entry from the instant *until* on, not before; ``None`` lifts the embargo.

    Raises `UsageError` for an hour without its zone, `NotAllowedError` once it is issued.
    """
    if until is not None and until.tzinfo is None:
        raise UsageError(
            f"the embargo until {until} names no zone",
            remedy="Write the hour with its zone, such as 2020-05-06T09:00+02:00.",
        )
    ends = None if until is None else until.astimezone(datetime.UTC)
    values = {"until": "" if ends is None else instant_text(ends)}
    with store.transaction() as tx:
        deed = Deed.now("embargo", actor, clock, reason=reason, values=values)
        return move(tx, tx.get(which), deed, embargo_until=ends)
