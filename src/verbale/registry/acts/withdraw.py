"""Withdraw a communication at the sender's wish: the register keeps the fact, not the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.moving import Deed, move

if TYPE_CHECKING:
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def withdraw(store: Store, which: Which, *, reason: str, actor: str, clock: Clock) -> Entry:
    """Take the entry back; its text is no longer shown, its symbol and history are.

    Raises `NotAllowedError` if the entry's state does not allow it.
    """
    with store.transaction() as tx:
        return move(tx, tx.get(which), Deed.now("withdraw", actor, clock, reason=reason))
