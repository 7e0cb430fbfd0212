"""What the register keeps: entries, their files and findings, and the events that made them.

All of it is frozen; an act makes a new entry from the old one. Whatever other layers understand
(masthead values, the communication) is kept as JSON text and not looked into.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from verbale.model.finding import Finding, Severity
from verbale.registry.states import State

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Mapping

__all__ = [
    "Entry",
    "Event",
    "FileRecord",
    "FileRole",
    "Finding",
    "KeptFinding",
    "Number",
    "Override",
    "Receipt",
    "Relation",
    "State",
    "Version",
    "VersionState",
    "fingerprint",
]


class FileRole(StrEnum):
    """Whether a file came in or was made here."""

    RECEIVED = "received"
    COMPOSED = "composed"


class VersionState(StrEnum):
    """Where one language version stands."""

    AWAITING_TRANSLATION = "awaiting-translation"
    READY = "ready"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file by its content: ``sha256`` in lower-case hexadecimal, ``size`` in bytes.

    ``issue`` tells the files of a reissue (1 for the first asterisk) from those before it.
    """

    name: str
    sha256: str
    size: int
    media_type: str = "application/octet-stream"
    language: str = ""
    format: str = ""
    role: FileRole = FileRole.RECEIVED
    issue: int = 0


@dataclass(frozen=True, slots=True)
class Number:
    """A symbol as given: number *number* of the series *series*."""

    symbol: str
    series: str
    number: int


@dataclass(frozen=True, slots=True)
class Override:
    """Who let a finding pass, when, and why."""

    actor: str
    at: datetime.datetime
    reason: str


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """A finding as seen at submission, and the override if a person with the right gave one."""

    finding: Finding
    override: Override | None = None

    @property
    def blocks(self) -> bool:
        """Whether it still keeps the document from being issued."""
        return self.finding.severity is Severity.BLOCKS and self.override is None


@dataclass(frozen=True, slots=True)
class Relation:
    """What an entry is to another document: ``kind`` of `verbale.registry.relations`."""

    kind: str
    symbol: str


@dataclass(frozen=True, slots=True)
class Version:
    """One language version and where it stands."""

    language: str
    state: VersionState = VersionState.READY


@dataclass(frozen=True, slots=True)
class Note:
    """A dated note printed with the document: ``date`` is the day of the reissue."""

    kind: str
    date: datetime.date


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender is given: a number that is never lost, the hashes, time and findings."""

    number: int
    at: datetime.datetime
    files: tuple[FileRecord, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One work in the register: one receipt, one symbol (two if joint), its versions and files.

    ``masthead`` and ``communication`` are JSON text. ``inputs`` names what the composed files
    were made from: the masthead date, institution, product version, hashes of tables and fonts.
    ``concerns`` and ``parts`` are for a corrigendum: the languages and the parts it corrects.
    ``asterisks`` counts reissues. Instants are UTC; an embargo ends at ``embargo_until``.
    """

    receipt: int
    state: State
    received_at: datetime.datetime
    numbers: tuple[Number, ...] = ()
    key: str = ""
    masthead: str = "{}"
    communication: str = "{}"
    received: tuple[FileRecord, ...] = ()
    composed: tuple[FileRecord, ...] = ()
    findings: tuple[KeptFinding, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    versions: tuple[Version, ...] = ()
    concerns: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    asterisks: int = 0
    restricted: bool = False
    embargo_until: datetime.datetime | None = None
    published_at: datetime.datetime | None = None

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every symbol of the work: none before a number is given, two when it is joint."""
        return tuple(number.symbol for number in self.numbers)

    @property
    def symbol(self) -> str:
        """The first symbol; empty before a number is given."""
        return self.numbers[0].symbol if self.numbers else ""

    @property
    def printed(self) -> str:
        """The symbol as the masthead prints it: joint symbols together, with the asterisks."""
        return "-".join(self.symbols) + "*" * self.asterisks

    @property
    def name(self) -> str:
        """How messages call it: the symbol, else the receipt."""
        return self.printed or f"receipt {self.receipt}"

    @property
    def current(self) -> tuple[FileRecord, ...]:
        """The composed files of the last issue."""
        return tuple(file for file in self.composed if file.issue == self.asterisks)

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that keep it from being issued."""
        return tuple(kept.finding for kept in self.findings if kept.blocks)

    def is_public(self, now: datetime.datetime) -> bool:
        """Whether a reader without any right may see its text at *now*."""
        out = self.state in {State.ISSUED, State.SUPERSEDED}
        free = self.embargo_until is None or self.embargo_until <= now
        return out and free and not self.restricted


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the register's history; ``number`` counts all events from 1 without a gap.

    It is 0 until the event is recorded. ``record`` is the SHA-256 of the entry's record as the
    act left it, so that whoever holds the events can tell a record altered behind their back.
    """

    act: str
    receipt: int
    actor: str
    at: datetime.datetime
    symbol: str = ""
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    record: str = ""
    number: int = 0


def fingerprint(hashes: Iterable[str]) -> str:
    """One hash for a set of files, whatever their order and names; empty for no file."""
    every = sorted(set(hashes))
    return hashlib.sha256("\n".join(every).encode("ascii")).hexdigest() if every else ""
