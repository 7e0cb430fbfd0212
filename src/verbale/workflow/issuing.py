"""Write what is composed, and issue it when the gate is met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from verbale.registry.acts.await_translation import await_translation
from verbale.registry.acts.issue import Composed, issue
from verbale.registry.entry import Version, VersionState
from verbale.registry.states import FALLEN, State
from verbale.registry.versions import gate_misses, with_composed
from verbale.workflow.folder import write_version

if TYPE_CHECKING:
    from verbale.compose import Composition
    from verbale.institutions import Institution
    from verbale.model.masthead import Masthead
    from verbale.registry.entry import Entry
    from verbale.registry.store import Clock, Objects, Store
    from verbale.workflow.folder import Files
    from verbale.writers.base import Typesetter

_READY, _WAITS = VersionState.READY, VersionState.AWAITING_TRANSLATION


@dataclass(frozen=True, slots=True)
class Registry:
    """Where documents are kept, and by whose tables they are made."""

    store: Store
    objects: Objects
    institution: Institution


def write_versions(
    composition: Composition,
    stem: str,
    masthead: Masthead,
    typesetter: Typesetter,
    public_url: str = "",
) -> Files:
    """Every version in every format: record and bytes by file name."""
    files: Files = {}
    for version in composition.versions:
        files |= write_version(
            version.document,
            stem,
            moment=masthead.date,
            labels=composition.labels[version.language.code],
            typesetter=typesetter,
            public_url=public_url,
        )
    return files


def settle(
    registry: Registry,
    entry: Entry,
    composition: Composition,
    files: Files,
    *,
    actor: str,
    clock: Clock,
) -> Entry:
    """Issue *entry* when its gate is met, else keep the versions until they are translated.

    What was composed in some languages only waits for these. What a finding blocks stays
    registered until a person lets it pass.
    """
    if entry.state in FALLEN or entry.state is State.ISSUED:
        return entry
    registry.objects.put_all(data for _, data in files.values())
    composed = Composed(
        files=tuple(record for record, _ in files.values()),
        versions=tuple(
            Version(each.language.code, _READY if each.complete else _WAITS)
            for each in composition.versions
        ),
    )
    waits_for_all = registry.institution.gate == "all"
    gate = [each.language for each in composed.versions] if waits_for_all else []
    if entry.blocking or gate_misses(with_composed(entry, composed), gate):
        return await_translation(
            registry.store,
            entry.symbol,
            files=composed.files,
            versions=composed.versions,
            actor=actor,
            clock=clock,
        )
    return issue(registry.store, entry.symbol, composed, gate=gate, actor=actor, clock=clock)
