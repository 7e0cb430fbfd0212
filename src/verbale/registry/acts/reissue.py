"""Issue a document again for technical reasons: same symbol, one asterisk more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import NotAllowedError
from verbale.registry.entry import Note
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, move
from verbale.registry.versions import Composed, issued, with_composed

if TYPE_CHECKING:
    import datetime

    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def reissue(
    store: Store,
    which: Which,
    composed: Composed,
    *,
    date: datetime.date,
    reason: str,
    actor: str,
    clock: Clock,
) -> Entry:
    """Add an asterisk, a note dated *date* and the files composed anew; those before are kept.

    The masthead and its date stay as they are. Raises `NotAllowedError` if the entry is not
    issued, or if *composed* was made with another masthead date. Source: A/65/L.78*.
    """
    with store.transaction() as tx:
        entry = tx.get(which)
        _check_date(entry, composed)
        again = with_composed(
            replace(entry, asterisks=entry.asterisks + 1),
            replace(composed, masthead=entry.masthead),
        )
        values = {**composed.inputs, "date": date.isoformat()}
        made = move(
            tx,
            again,
            Deed.now("reissue", actor, clock, reason=reason, values=values),
            notes=(*entry.notes, Note("reissue", date)),
            versions=issued(again.versions),
        )
    failpoint("after-commit")
    return made


def _check_date(entry: Entry, composed: Composed) -> None:
    before = entry.inputs.get("masthead_date")
    now = composed.inputs.get("masthead_date", before)
    if now != before:
        raise NotAllowedError(
            f"{entry.name} was issued with the masthead date {before}, not {now}",
            remedy="Compose the reissue with the date that the masthead has.",
        )
