"""Reserve a symbol for what is announced and not here yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.arrival import Submission, arrive
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, begin
from verbale.registry.numbering import Numbering, give

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store


def reserve(
    store: Store,
    numberings: Sequence[Numbering],
    *,
    reason: str = "",
    actor: str,
    clock: Clock,
) -> Entry:
    """Give the next number of each series to an entry without files; `register` fills it later.

    A reserved number that is not used is made void, and stays visible as that.
    """
    with store.transaction() as tx:
        deed = Deed.now("reserve", actor, clock, reason=reason)
        entry = begin(tx, arrive(tx, Submission(), deed.at, give(tx, numberings)), deed)
    failpoint("after-commit")
    return entry
