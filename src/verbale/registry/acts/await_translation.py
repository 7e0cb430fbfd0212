"""Keep what is composed while other language versions are with the translators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.moving import Deed, move
from verbale.registry.versions import with_files, with_versions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.registry.entry import Entry, FileRecord, Version
    from verbale.registry.store import Clock, Store, Which


def await_translation(
    store: Store,
    which: Which,
    *,
    files: Sequence[FileRecord] = (),
    versions: Sequence[Version] = (),
    inputs: Mapping[str, str] | None = None,
    actor: str,
    clock: Clock,
) -> Entry:
    """Keep *files* and the state of *versions*: the gate is not met yet."""
    with store.transaction() as tx:
        entry = tx.get(which)
        return move(
            tx,
            entry,
            Deed.now("await-translation", actor, clock, values=inputs),
            composed=with_files(entry, files),
            versions=with_versions(entry, versions),
            inputs={**entry.inputs, **(inputs or {})},
        )
