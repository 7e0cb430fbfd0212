"""A letter is signed; a note verbale is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.communication import Kind
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"
# How letters are signed where the set words are not used: a mark, or a name in capitals.
_SIGNED = re.compile(
    r"\((?:s|sd|sgd|signed|w\.g|sé|signé|fdo|firmado|подпись)\.?\)", re.IGNORECASE
)
_NAME = re.compile(r"(?<!\w)[A-ZÀ-ÝА-Я][A-ZÀ-ÝА-Я.'’-]+(?: [A-ZÀ-ÝА-Я][A-ZÀ-ÝА-Я.'’-]*)+(?!\w)")
_END = 400
_LETTERS = frozenset({Kind.LETTER, Kind.IDENTICAL_LETTERS})


def letter(case: Case) -> Iterator[Finding]:
    """The head of the mission, or in their absence the chargé d'affaires, signs a letter."""
    communication = case.recognition.communication
    if communication.kind not in _LETTERS or communication.signatories:
        return
    if not _names_its_writer(case):
        yield Finding(
            code="letter-unsigned",
            severity=Severity.BLOCKS,
            place=case.place("/communication/signatories", near=case.message),
        )


def _names_its_writer(case: Case) -> bool:
    """Whether a letter ends with a signature in other than the set words: "(sd.)", A NAME."""
    message = case.message
    if message is None:
        return False
    own = (s.text for s in case.stretches if s.part is message and s.note is None)
    end = "\n".join(own)[-_END:]
    return bool(_SIGNED.search(end) or _NAME.search(end))


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
