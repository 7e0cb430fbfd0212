"""Issue a document: it is out, under its symbol, in the versions that are ready."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verbale.errors import NotAllowedError
from verbale.registry.entry import VersionState
from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, move
from verbale.registry.states import State
from verbale.registry.versions import issued, with_files, with_versions

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from verbale.registry.entry import Entry, FileRecord, Version
    from verbale.registry.store import Clock, Store, Transaction, Which


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What goes out: the files, the state of each version, and what they were made from."""

    files: Sequence[FileRecord] = ()
    versions: Sequence[Version] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)


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
    composed = composed or Composed()
    with store.transaction() as tx:
        entry = tx.get(which)
        if entry.state is State.ISSUED:
            return entry
        versions = with_versions(entry, composed.versions)
        _check(entry, versions, gate)
        inputs = {**entry.inputs, **composed.inputs}
        deed = Deed.now("issue", actor, clock, values=inputs)
        entry = move(
            tx,
            entry,
            deed,
            composed=with_files(entry, composed.files),
            versions=issued(versions),
            inputs=inputs,
            published_at=deed.at,
        )
        _supersede(tx, entry, deed)
    failpoint("after-commit")
    return entry


def _check(entry: Entry, versions: Sequence[Version], gate: Collection[str]) -> None:
    blocking = sorted({finding.code for finding in entry.blocking})
    if blocking:
        raise NotAllowedError(
            f"{entry.name} cannot be issued: {', '.join(blocking)}",
            remedy="Correct the communication, or override the finding with a reason.",
        )
    ready = {each.language for each in versions if each.state is not _WAITING}
    missing = [language for language in gate if language not in ready]
    if missing:
        raise NotAllowedError(
            f"{entry.name} cannot be issued: no version yet in {', '.join(missing)}",
            remedy="Bring in these translations with `verbale translate import`.",
        )


_WAITING = VersionState.AWAITING_TRANSLATION


def _supersede(tx: Transaction, entry: Entry, deed: Deed) -> None:
    for relation in entry.relations:
        if relation.kind == "revises":
            before = tx.get(relation.symbol)
            if before.state is State.ISSUED:
                values = {"by": entry.symbol}
                move(tx, before, replace(deed, act="supersede", values=values))
