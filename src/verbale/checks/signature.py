"""A letter is signed; a note verbale is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.communication import Kind
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"
_LETTERS = frozenset({Kind.LETTER, Kind.IDENTICAL_LETTERS})


def letter(case: Case) -> Iterator[Finding]:
    """The head of the mission, or in their absence the chargé d'affaires, signs a letter."""
    communication = case.recognition.communication
    if communication.kind in _LETTERS and not communication.signatories:
        yield Finding(
            code="letter-unsigned",
            severity=Severity.BLOCKS,
            place=case.place("/communication/signatories", near=case.message),
        )


def note(case: Case) -> Iterator[Finding]:
    """A note verbale is in the third person and carries no signature."""
    communication = case.recognition.communication
    if communication.kind is Kind.NOTE_VERBALE and communication.signatories:
        yield Finding(
            code="note-signed",
            severity=Severity.WARNS,
            place=case.place("/communication/signatories/0", near=case.message),
            values={"name": communication.signatories[0]},
        )


CHECKS = (
    Check("letter-unsigned", source=_MANUAL, run=letter),
    Check("note-signed", source=_MANUAL, run=note),
)
