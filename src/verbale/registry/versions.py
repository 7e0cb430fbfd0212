"""The composed files of an entry and the state of its language versions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from verbale.errors import ConflictError
from verbale.registry.entry import Entry, FileRecord, FileRole, Version, VersionState
from verbale.registry.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: States in which a composed file is in readers' hands.
_OUT = frozenset({State.ISSUED, State.SUPERSEDED})
#: The code of a finding: a version that is to be released with the others is not there.
VERSION_MISSING = "version-missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What was made: the files, the state of each version, and what they were made from.

    ``masthead`` is JSON text, for what is known only once there is a symbol.
    """

    files: Sequence[FileRecord] = ()
    versions: Sequence[Version] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    masthead: str = "{}"


def with_composed(entry: Entry, composed: Composed) -> Entry:
    """*entry* with what was *composed*. Raises `ConflictError` as `with_files` does."""
    return replace(
        entry,
        composed=with_files(entry, composed.files),
        versions=with_versions(entry, composed.versions),
        inputs={**entry.inputs, **composed.inputs},
        masthead=entry.masthead if composed.masthead == "{}" else composed.masthead,
    )


def gate_misses(entry: Entry, gate: Iterable[str]) -> list[str]:
    """The languages of *gate* of which *entry* has no version that is ready.

    One without which a person let it be issued is not missed.
    """
    waits = VersionState.AWAITING_TRANSLATION
    ready = {version.language for version in entry.versions if version.state is not waits}
    ready |= {
        kept.finding.values["lang"]
        for kept in entry.findings
        if kept.finding.code == VERSION_MISSING and kept.override is not None
    }
    return [language for language in gate if language not in ready]


def with_files(entry: Entry, files: Iterable[FileRecord]) -> tuple[FileRecord, ...]:
    """The composed files of *entry* with *files* as those of its present issue.

    A file of the same name takes the place of the one there. Raises `ConflictError` if that one
    is issued already and differs: readers have it. A version that still waits for its
    translation when the others are issued is not issued with them.
    """
    new = [replace(file, role=FileRole.COMPOSED, issue=entry.asterisks) for file in files]
    waits = VersionState.AWAITING_TRANSLATION
    waiting = {version.language for version in entry.versions if version.state is waits}
    kept = {(file.issue, file.name): file for file in entry.composed}
    for file in new:
        there = kept.get((file.issue, file.name))
        out = entry.state in _OUT and file.language not in waiting
        if out and there is not None and there.sha256 != file.sha256:
            raise ConflictError(
                f"{entry.name}: {file.name} is issued already with other bytes",
                remedy="Reissue the document instead.",
            )
        kept[file.issue, file.name] = file
    return tuple(kept.values())


def with_versions(entry: Entry, versions: Iterable[Version]) -> tuple[Version, ...]:
    """The versions of *entry* with *versions* in the place of those of the same language."""
    kept = {version.language: version for version in entry.versions}
    kept.update({version.language: version for version in versions})
    return tuple(kept.values())


def issued(versions: Iterable[Version]) -> tuple[Version, ...]:
    """*versions*, those that were ready now issued."""
    return tuple(
        replace(version, state=VersionState.ISSUED)
        if version.state is VersionState.READY
        else version
        for version in versions
    )
