"""Register a communication: it gets the next number of its series, and so its symbol."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import ConflictError
from verbale.registry.arrival import arrive, renew, standing
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, begin, move
from verbale.registry.numbering import Numbering, Shape, give
from verbale.registry.states import FALLEN, State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Transaction, Which

_TO_NUMBER = frozenset({State.RECEIVED, State.RESERVED})


def register(  # noqa: PLR0913 - one act, each particular by its name
    store: Store,
    *,
    series: str,
    shape: Shape,
    number_from: int = 1,
    submission: Submission,
    also: Sequence[Numbering] = (),
    received: Which | None = None,
    actor: str,
    clock: Clock,
) -> Entry:
    """Give *submission* the next number of *series*, or change nothing.

    The first number of a series is *number_from*. A series in *also* gives a second symbol to
    the same work. *received* names the entry it was received or its symbol reserved under. What
    is registered in the series already, by key or by the same bytes, is given back as it is.
    Raises `ConflictError` if the shape gives a symbol that is taken or *received* is of other
    files, `NotAllowedError` if it is void or withdrawn.
    """
    numberings = (Numbering(series, shape, number_from), *also)
    with store.transaction() as tx:
        known = _known(tx, submission, series, received)
        if known is not None and _stays(known, received):
            return known
        deed = Deed.now("register", actor, clock)
        fresh = known is None
        entry = arrive(tx, submission, deed.at) if known is None else renew(known, submission)
        entry = replace(entry, numbers=entry.numbers or give(tx, numberings))
        deed = replace(deed, values={"symbols": " ".join(entry.symbols)})
        entry = begin(tx, entry, deed) if fresh else move(tx, entry, deed)
    failpoint("after-commit")
    return entry


def _known(
    tx: Transaction, submission: Submission, series: str, received: Which | None
) -> Entry | None:
    """The entry to register: the one that is named, else that of the same key or bytes."""
    found = standing(tx, submission, series)
    if received is None:
        return found
    named = tx.get(received)
    if found is not None and found.receipt != named.receipt:
        raise ConflictError(
            f"these files are {found.name} already, and not {named.name}",
            remedy=f"Withdraw {found.name} with a reason and register them as {named.name}, "
            f"or make {named.name} void.",
        )
    if found is None and named.received and named.state not in FALLEN:
        raise ConflictError(
            f"{named.name} is of other files than these",
            remedy="Register them without naming it, or as its revision, addendum or "
            "corrigendum once it is issued.",
        )
    return named


def _stays(known: Entry, received: Which | None) -> bool:
    """Whether it is given back as it is. One named outright must not be void or withdrawn."""
    return known.state not in _TO_NUMBER and (received is None or known.state not in FALLEN)
