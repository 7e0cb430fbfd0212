from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.signature import CHECKS
from verbale.model.communication import Kind
from verbale.model.finding import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.communication import Communication
    from verbale.model.finding import Finding

NOTE = Place("note.txt", line=5, column=1)


@pytest.mark.parametrize(
    ("kind", "signatories"),
    [
        (Kind.NOTE_VERBALE, ()),
        (Kind.LETTER, ("Ana Reed",)),
        (Kind.IDENTICAL_LETTERS, ("Ana Reed",)),
        (Kind.REPORT, ()),
    ],
)
def test_a_signed_letter_and_an_unsigned_note_have_no_findings(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    kind: Kind,
    signatories: tuple[str, ...],
) -> None:
    right = replace(note, kind=kind, signatories=signatories)
    assert findings(CHECKS, case(communication=right)) == []


@pytest.mark.parametrize("kind", [Kind.LETTER, Kind.IDENTICAL_LETTERS])
def test_a_letter_without_a_signature_blocks(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    kind: Kind,
) -> None:
    [finding] = findings(CHECKS, case(communication=replace(note, kind=kind)))
    assert (finding.code, finding.severity, finding.place) == (
        "letter-unsigned",
        Severity.BLOCKS,
        NOTE,
    )


def test_a_signature_on_a_note_warns_where_it_stands(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    signed = Place("note.txt", line=20, column=1)
    given = case(
        communication=replace(note, signatories=("Ana Reed",)),
        places={"/communication/signatories/0": signed},
    )
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity, finding.place) == (
        "note-signed",
        Severity.WARNS,
        signed,
    )
    assert finding.values == {"name": "Ana Reed"}
