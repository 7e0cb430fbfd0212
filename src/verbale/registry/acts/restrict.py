"""Restrict a document: it is not shown to readers without the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.moving import Deed, move

if TYPE_CHECKING:
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def restrict(store: Store, which: Which, *, reason: str, actor: str, clock: Clock) -> Entry:
    """Hide the entry from the public, whatever its state."""
    with store.transaction() as tx:
        deed = Deed.now("restrict", actor, clock, reason=reason)
        return move(tx, tx.get(which), deed, restricted=True)
