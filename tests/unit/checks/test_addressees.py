from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verbale.checks.addressees import CHECKS
from verbale.model.communication import Request
from verbale.model.finding import Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.communication import Communication
    from verbale.model.finding import Finding


def test_listed_addressees_in_their_order_have_no_findings(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    given = replace(note, addressees=("SG", "PLC"))
    assert findings(CHECKS, case(communication=given)) == []


def test_an_addressee_that_the_body_does_not_list_warns(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    place = Place("note.txt", line=5, column=60)
    given = case(
        communication=replace(note, addressees=("SG", "XYZ")),
        places={"/communication/addressees/1": place},
    )
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity, finding.place) == (
        "addressee-unusual",
        Severity.WARNS,
        place,
    )
    assert finding.values == {"addressee": "XYZ", "body": "LC"}


def test_a_body_that_lists_no_addressees_takes_any(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    given = replace(note, addressees=("XYZ", "SG"), requests=(Request("LC/PB"),))
    assert findings(CHECKS, case(communication=given)) == []


def test_addressees_in_another_order_are_noted(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    given = replace(note, addressees=("PLC", "SG"))
    [finding] = findings(CHECKS, case(communication=given))
    assert (finding.code, finding.severity) == ("addressees-order", Severity.NOTES)
    assert finding.values == {"given": "PLC, SG", "expected": "SG, PLC"}
