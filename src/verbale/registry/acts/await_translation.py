"""Keep what is composed while other language versions are with the translators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.registry.failpoints import failpoint
from verbale.registry.moving import Deed, move
from verbale.registry.versions import Composed, with_composed

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
    masthead: str = "{}",
    actor: str,
    clock: Clock,
) -> Entry:
    """Keep what is composed and the state of its versions: the gate is not met yet."""
    composed = Composed(files=files, versions=versions, inputs=inputs or {}, masthead=masthead)
    with store.transaction() as tx:
        made = with_composed(tx.get(which), composed)
        deed = Deed.now("await-translation", actor, clock, values=made.inputs)
        entry = move(tx, made, deed)
    failpoint("after-commit")
    return entry
