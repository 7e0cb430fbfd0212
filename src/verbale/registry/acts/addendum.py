"""Add to an issued document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.amending import Amendment, amend
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed

if TYPE_CHECKING:
    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def addendum(
    store: Store, adds_to: Which, submission: Submission, *, actor: str, clock: Clock
) -> Entry:
    """Register the next ``/Add.`` of *adds_to*.

    Raises `NotRegisteredError` if *adds_to* was never registered, `NotAllowedError` if it was
    never issued.
    """
    with store.transaction() as tx:
        deed = Deed.now("addendum", actor, clock)
        parent = tx.get(adds_to)
        amendment = Amendment(suffix="Add", kind="adds-to", base=parent.symbols)
        entry = amend(tx, parent, amendment, submission, deed)
    failpoint("after-commit")
    return entry
