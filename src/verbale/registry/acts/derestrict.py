"""Derestrict a document: it is shown as its state allows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.moving import Deed, move

if TYPE_CHECKING:
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def derestrict(
    store: Store, which: Which, *, reason: str = "", actor: str, clock: Clock
) -> Entry:
    """Lift the restriction of the entry."""
    with store.transaction() as tx:
        deed = Deed.now("derestrict", actor, clock, reason=reason)
        return move(tx, tx.get(which), deed, restricted=False)
