"""Correct an issued document, in all its languages or in some."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.amending import Amendment, amend
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def corrigendum(
    store: Store,
    corrects: Which,
    submission: Submission,
    *,
    languages: Sequence[str] = (),
    parts: Sequence[str] = (),
    actor: str,
    clock: Clock,
) -> Entry:
    """Register the next ``/Corr.`` of *corrects*, for *languages* and *parts* (none: for all).

    Raises `NotRegisteredError` if *corrects* was never registered, `NotAllowedError` if it was
    never issued.
    """
    with store.transaction() as tx:
        deed = Deed.now("corrigendum", actor, clock)
        parent = tx.get(corrects)
        amendment = Amendment(
            suffix="Corr",
            kind="corrects",
            base=parent.symbols,
            languages=tuple(languages),
            parts=tuple(parts),
        )
        entry = amend(tx, parent, amendment, submission, deed)
    failpoint("after-commit")
    return entry
