"""Replace the text of an issued document; what it was stays reachable, as superseded."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.errors import NotRegisteredError
from verbale.registry.amending import Amendment, amend
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed
from verbale.registry.states import State

if TYPE_CHECKING:
    from verbale.registry.arrival import Submission
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Transaction, Which

_REV = re.compile(r"/Rev\.([0-9]+)\Z")


def revision(
    store: Store, revises: Which, submission: Submission, *, actor: str, clock: Clock
) -> Entry:
    """Register the next ``/Rev.`` of *revises*: a revision of ``X/Rev.1`` is ``X/Rev.2``.

    It revises the last issued form, which is superseded when the revision is issued. Raises
    `NotRegisteredError` if *revises* was never registered, `NotAllowedError` if it was never
    issued.
    """
    with store.transaction() as tx:
        deed = Deed.now("revision", actor, clock)
        named = tx.get(revises)
        base = tuple(_REV.sub("", symbol) for symbol in named.symbols)
        amendment = Amendment(suffix="Rev", kind="revises", base=base)
        parent = _last_issued(tx, named, base[0]) if base else named
        entry = amend(tx, parent, amendment, submission, deed)
    failpoint("after-commit")
    return entry


def _last_issued(tx: Transaction, named: Entry, base: str) -> Entry:
    """The issued form with the highest number, *named* if none is issued."""
    last, number = named, _number(named)
    while True:
        number += 1
        try:
            later = tx.get(f"{base}/Rev.{number}")
        except NotRegisteredError:
            return last
        if later.state is State.ISSUED:
            last = later


def _number(entry: Entry) -> int:
    match = _REV.search(entry.symbol)
    return int(match[1]) if match else 0
