"""Take in a translation: its version is ready, or issued if the document is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.entry import Version
from verbale.registry.moving import Deed, move
from verbale.registry.states import State
from verbale.registry.versions import issued, with_files, with_versions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from verbale.registry.entry import Entry, FileRecord
    from verbale.registry.store import Clock, Store, Which


def translate(
    store: Store,
    which: Which,
    language: str,
    *,
    files: Sequence[FileRecord],
    values: Mapping[str, str] | None = None,
    actor: str,
    clock: Clock,
) -> Entry:
    """Keep the composed *files* of the version in *language*; *values* stay with the event.

    Raises `ConflictError` if other bytes of that name are issued already.
    """
    said = {**(values or {}), "language": language}
    with store.transaction() as tx:
        entry = tx.get(which)
        versions = with_versions(entry, [Version(language)])
        return move(
            tx,
            entry,
            Deed.now("translate", actor, clock, values=said),
            composed=with_files(entry, files),
            versions=issued(versions) if entry.state is State.ISSUED else versions,
        )
