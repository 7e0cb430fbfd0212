from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.agenda import CHECKS
from verbale.model.communication import Request
from verbale.model.finding import Place, Severity
from verbale.model.masthead import AgendaItem

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.communication import Communication
    from verbale.model.finding import Finding
    from verbale.model.masthead import Masthead

NOTE = Place("note.txt", line=5, column=1)


def test_an_item_of_the_agenda_has_no_findings(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    assert findings(CHECKS, case()) == []


@pytest.mark.parametrize(
    ("circulating", "severity"), [(False, Severity.WARNS), (True, Severity.BLOCKS)]
)
def test_a_body_that_requires_an_item_and_gets_none(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    circulating: bool,
    severity: Severity,
) -> None:
    asked = replace(note, requests=(Request("LC", 12),))
    given = case(masthead=None, communication=asked, circulating=circulating)
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity, finding.place) == (
        "agenda-item-missing",
        severity,
        NOTE,
    )
    assert finding.values == {"body": "LC"}


def test_an_item_in_the_masthead_is_enough(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    asked = replace(note, requests=(Request("LC", 12),))
    assert findings(CHECKS, case(communication=asked)) == []


def test_a_body_that_requires_no_item_gets_none(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    asked = replace(note, requests=(Request("LC/PB"),))
    assert findings(CHECKS, case(masthead=None, communication=asked)) == []


def test_an_item_that_the_agenda_does_not_have_warns_once(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    masthead: Masthead,
) -> None:
    line = Place("note.txt", line=3, column=1)
    given = case(
        masthead=replace(masthead, items=(AgendaItem(41),)),
        communication=replace(note, requests=(Request("LC", 12, (AgendaItem(41),)),)),
        places={"/document/agenda_items/0": line},
    )
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity, finding.place) == (
        "agenda-item-unknown",
        Severity.WARNS,
        line,
    )
    assert finding.values == {"item": "41", "body": "LC"}


@pytest.mark.parametrize(
    ("item", "stands"), [("4 (b)", True), ("7 (a)", True), ("7 (c)", False)]
)
def test_a_sub_item_is_looked_up_where_the_agenda_lists_sub_items(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    masthead: Masthead,
    item: str,
    stands: bool,
) -> None:
    given = case(masthead=replace(masthead, items=(AgendaItem.parse(item),)))
    assert [each.values["item"] for each in findings(CHECKS, given)] == (
        [] if stands else [item]
    )
