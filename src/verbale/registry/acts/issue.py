"""Issue a document: it is out, under its symbol, in the versions that are ready."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import NotAllowedError
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, move
from verbale.registry.states import State
from verbale.registry.versions import Composed, gate_misses, issued, with_composed

if TYPE_CHECKING:
    from collections.abc import Collection

    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Transaction, Which

__all__ = ["Composed", "issue"]

_OUT = frozenset({State.ISSUED, State.SUPERSEDED})


def issue(
    store: Store,
    which: Which,
    composed: Composed | None = None,
    *,
    gate: Collection[str] = (),
    actor: str,
    clock: Clock,
) -> Entry:
    """Issue the entry with what is *composed*, when each language of *gate* is ready.

    A revision that is issued supersedes what it revises. What is issued already is given back
    as it is, so that a second click changes nothing. Raises `NotAllowedError` if a finding
    still blocks, a language of *gate* is not ready, or the entry is void or withdrawn.
    """
    with store.transaction() as tx:
        entry = tx.get(which)
        if entry.state in _OUT:
            return entry
        made = with_composed(entry, composed or Composed())
        _check(made, gate)
        deed = Deed.now("issue", actor, clock, values=made.inputs)
        versions = issued(made.versions)
        entry = move(tx, made, deed, versions=versions, published_at=deed.at)
        _supersede(tx, entry, deed)
    failpoint("after-commit")
    return entry


def _check(entry: Entry, gate: Collection[str]) -> None:
    blocking = sorted({finding.code for finding in entry.blocking})
    if blocking:
        raise NotAllowedError(
            f"{entry.name} cannot be issued: {', '.join(blocking)}",
            remedy="Correct the communication, or override the finding with a reason.",
        )
    missing = gate_misses(entry, gate)
    if missing:
        raise NotAllowedError(
            f"{entry.name} cannot be issued: no version yet in {', '.join(missing)}",
            remedy="Bring in these translations with `verbale translate import`, or issue it "
            "without them: `verbale override SYMBOL version-missing --reason …`.",
        )


def _supersede(tx: Transaction, entry: Entry, deed: Deed) -> None:
    for relation in entry.relations:
        if relation.kind == "revises":
            before = tx.get(relation.symbol)
            if before.state is State.ISSUED:
                values = {"by": entry.symbol}
                move(tx, before, replace(deed, act="supersede", values=values))
