"""What a register knows, as evidence for `verbale.proof.verifier`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from verbale.errors import NotRegisteredError
from verbale.proof.bundle import language_of
from verbale.proof.verdicts import Known, Reason, Standing
from verbale.registry.entry import VersionState
from verbale.registry.states import FALLEN, State

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from verbale.proof.public_keys import Keys
    from verbale.registry.entry import Entry, FileRecord
    from verbale.registry.store import Store

_STANDING = {
    State.ISSUED: Standing.ISSUED,
    State.SUPERSEDED: Standing.SUPERSEDED,
    State.WITHDRAWN: Standing.WITHDRAWN,
    State.VOID: Standing.VOID,
}


@dataclass(frozen=True, slots=True)
class RegisterEvidence:
    """What a register knows, as evidence. ``specimen``: it has no name and identity.

    With ``public``, as for a page that anybody may ask, only of what any reader may see at
    ``now``: what is restricted or under embargo is then as unknown as what never was.
    """

    store: Store
    keys: Keys
    specimen: bool
    now: datetime.datetime
    public: bool = False
    said: tuple[Reason, ...] = ()
    vouched: bool = True

    def find(self, sha256: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return [
            known
            for entry in self.store.find_file(sha256)
            if self._may_be_told(entry)
            for known in self.known_in(entry, sha256)
        ]

    def named(self, name: str) -> Sequence[Known]:
        """As `Evidence` says; the symbol is read from the name, which carries it."""
        entry = self._entry(_symbol_in(name))
        if entry is None:
            return []
        return [self.known(entry, file) for file in entry.composed if file.name == name]

    def has(self, symbol: str) -> bool:
        """As `Evidence` says."""
        return self._entry(symbol) is not None

    def _entry(self, symbol: str) -> Entry | None:
        try:
            entry = self.store.get(symbol) if symbol else None
        except NotRegisteredError:
            return None
        return entry if entry is not None and self._may_be_told(entry) else None

    def _may_be_told(self, entry: Entry) -> bool:
        if not self.public or entry.is_public(self.now):
            return True
        # What was public and fell stays told of: a reader may hold a file of it.
        out = entry.published_at is not None and entry.state in FALLEN
        return out and replace(entry, state=State.ISSUED).is_public(self.now)

    def known_in(self, entry: Entry, sha256: str) -> list[Known]:
        """The files of these bytes that *entry* has or had."""
        files = [
            self.known(entry, file)
            for file in (*entry.composed, *entry.received)
            if file.sha256 == sha256
        ]
        # Kept under the entry, and no longer in its record: a version before its translation.
        return files or [Known(entry.name, "", sha256, Standing.REPLACED)]

    def known(self, entry: Entry, file: FileRecord) -> Known:
        """What is known of a file of *entry*."""
        received = file in entry.received
        standing = _STANDING.get(entry.state, Standing.NOT_ISSUED)
        if not received and standing is Standing.ISSUED and file.issue != entry.asterisks:
            standing = Standing.REISSUED
        return Known(
            entry.name,
            file.name,
            file.sha256,
            standing,
            file.language,
            received=received,
            by=superseded_by(self.store, entry),
            specimen=self.specimen,
            waits=file.language in waiting(entry),
            restricted=entry.restricted,
            until=entry.embargo_until,
        )


@dataclass(frozen=True, slots=True)
class EntryEvidence:
    """What a register knows of one entry, which is at hand: the register is not asked again."""

    register: RegisterEvidence
    entry: Entry

    @property
    def keys(self) -> Keys:
        """As `Evidence` says."""
        return self.register.keys

    @property
    def said(self) -> Sequence[Reason]:
        """As `Evidence` says."""
        return self.register.said

    @property
    def vouched(self) -> bool:
        """As `Evidence` says."""
        return self.register.vouched

    def find(self, sha256: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return self.register.known_in(self.entry, sha256)

    def named(self, name: str) -> Sequence[Known]:
        """As `Evidence` says."""
        return [
            self.register.known(self.entry, f) for f in self.entry.composed if f.name == name
        ]

    def has(self, symbol: str) -> bool:
        """As `Evidence` says."""
        return symbol in self.entry.symbols


def _symbol_in(name: str) -> str:
    """The symbol a file's name is made of: ``CL/C/12/G/1`` of ``CL_C_12_G_1-FR.pdf``."""
    stem = name.rpartition(".")[0]
    return (stem.rpartition("-")[0] if language_of(name) else stem).replace("_", "/")


def waiting(entry: Entry) -> set[str]:
    """The languages of the versions that wait for their translation."""
    state = VersionState.AWAITING_TRANSLATION
    return {version.language for version in entry.versions if version.state is state}


def superseded_by(store: Store, entry: Entry) -> str:
    """The symbol that took the place of *entry*; empty where none did."""
    if entry.state is not State.SUPERSEDED:
        return ""
    related = store.related(entry.receipt)
    return next((each.symbol for each in related if each.kind == "revised-by"), "")
