"""Receive a communication: it has a receipt, not yet a symbol."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.arrival import Submission, arrive, standing
from verbale.registry.entry import Entry, Receipt
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, begin

if TYPE_CHECKING:
    from verbale.registry.store import Clock, Store


def receive(store: Store, submission: Submission, *, actor: str, clock: Clock) -> Receipt:
    """Keep *submission* and give its receipt; the same key or the same bytes, the same receipt.

    Raises `ConflictError` if the key was used for other files.
    """
    deed = Deed.now("receive", actor, clock)
    with store.transaction() as tx:
        entry = standing(tx, submission, series=None)
        if entry is None:
            entry = begin(tx, arrive(tx, submission, deed.at), deed)
    failpoint("after-commit")
    return receipt_of(entry)


def receipt_of(entry: Entry) -> Receipt:
    """The receipt that the sender of *entry* was given."""
    findings = tuple(kept.finding for kept in entry.findings)
    return Receipt(entry.receipt, entry.received_at, entry.received, findings)
