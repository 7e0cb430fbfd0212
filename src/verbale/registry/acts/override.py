"""Let a finding pass, for a reason that stays in the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.registry.entry import Override
from verbale.registry.moving import Deed, move

if TYPE_CHECKING:
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def override(
    store: Store, which: Which, code: str, *, reason: str, actor: str, clock: Clock
) -> Entry:
    """Let every finding of *code* pass; they no longer keep the document from being issued.

    Raises `UsageError` without a reason or if there is no such finding.
    """
    with store.transaction() as tx:
        entry = tx.get(which)
        codes = sorted({kept.finding.code for kept in entry.findings})
        if code not in codes:
            raise UsageError(
                f"{entry.name} has no finding {code}",
                remedy=f"Its findings: {', '.join(codes) or 'none'}.",
            )
        deed = Deed.now("override", actor, clock, reason=reason, values={"code": code})
        given = Override(actor, deed.at, reason)
        findings = tuple(
            replace(kept, override=given)
            if kept.finding.code == code and kept.override is None
            else kept
            for kept in entry.findings
        )
        return move(tx, entry, deed, findings=findings)
