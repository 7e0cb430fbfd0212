"""Let a finding pass, for a reason that stays in the record."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.errors import UsageError
from verbale.model.finding import Finding, Severity
from verbale.registry.entry import KeptFinding, Override
from verbale.registry.moving import Deed, move
from verbale.registry.versions import VERSION_MISSING, gate_misses

if TYPE_CHECKING:
    from collections.abc import Collection

    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Store, Which


def override(
    store: Store,
    which: Which,
    code: str,
    *,
    gate: Collection[str] = (),
    reason: str,
    actor: str,
    clock: Clock,
) -> Entry:
    """Let every finding of *code* pass; they no longer keep the document from being issued.

    The languages of *gate* without a version that is ready are findings too, each of the code
    ``version-missing``. Raises `UsageError` without a reason or if there is no such finding.
    """
    with store.transaction() as tx:
        entry = tx.get(which)
        if code == VERSION_MISSING:
            missing = tuple(
                KeptFinding(Finding(code, Severity.BLOCKS, values={"lang": lang}))
                for lang in gate_misses(entry, gate)
            )
            entry = replace(entry, findings=(*entry.findings, *missing))
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
