"""Make a number void: it was given, never issued, and is never given again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.moving import Deed, move

if TYPE_CHECKING:
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def void(store: Store, which: Which, *, reason: str, actor: str, clock: Clock) -> Entry:
    """Keep the number and say that nothing stands under it. What is issued cannot be made void.

    Raises `NotAllowedError` if the entry's state does not allow it.
    """
    with store.transaction() as tx:
        return move(tx, tx.get(which), Deed.now("void", actor, clock, reason=reason))
