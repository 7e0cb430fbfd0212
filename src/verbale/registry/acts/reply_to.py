"""Say that a document replies to another; either side shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.registry.entry import Relation
from verbale.registry.moving import Deed, move
from verbale.registry.store import plain_symbol

if TYPE_CHECKING:
    from verbale.model.symbol import Symbol
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def reply_to(
    store: Store, which: Which, answered: str | Symbol, *, actor: str, clock: Clock
) -> Entry:
    """Relate the entry to the document it answers, which may be of another registry.

    Said twice, it is recorded once. Raises `UsageError` if a document would answer itself.
    """
    target = plain_symbol(answered)
    relation = Relation("reply-to", target)
    with store.transaction() as tx:
        entry = tx.get(which)
        if target in entry.symbols:
            raise UsageError(
                f"{entry.name} cannot reply to itself", remedy="Name the document it answers."
            )
        if relation in entry.relations:
            return entry
        deed = Deed.now("reply-to", actor, clock, values={"to": target})
        return move(tx, entry, deed, relations=(*entry.relations, relation))
