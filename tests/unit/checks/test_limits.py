"""Lengths and deadlines: findings, never walls, and only where the institution sets a limit."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.checks import deadlines, lengths
from verbale.institutions.model import Limits, Slot
from verbale.model.finding import Severity
from verbale.workflow.orders import Order, recognise_order

if TYPE_CHECKING:
    from verbale.institutions import Institution
    from verbale.model.finding import Finding

NOTE = (
    "The Permanent Mission of the Republic of Meravia to the Conference of the Lakes presents "
    "its compliments to the Secretary of the Conference and kindly requests the Secretary to "
    "circulate the present note verbale as a document of the twelfth session of the Council of "
    "the Lakes under agenda item 8.\n\nNorthmere, 9 March 2026\n"
)


def found(limits: Limits, code: str, day: str = "2026-03-09") -> list[Finding]:
    rules: Institution = replace(institutions.load("lakes"), limits=limits)
    today = datetime.date.fromisoformat(day)
    order = Order(("note.txt", NOTE.encode()), today=today)
    return [each for each in recognise_order(order, rules).findings if each.code == code]


def test_a_text_over_the_limit_is_found_and_does_not_block() -> None:
    (said,) = found(Limits(words={"communication": 20}), "length-over-limit")
    assert said.severity is Severity.WARNS
    assert said.values == {"count": "55", "kind": "communication", "limit": "20"}
    assert found(Limits(words={"communication": 55}), "length-over-limit") == []
    assert found(Limits(words={"report": 1}), "length-over-limit") == []


def test_a_document_after_its_slot_is_found_with_the_day_it_was_due() -> None:
    limits = Limits(slots={"communication": Slot(10, 4, 6)})
    (said,) = found(limits, "submission-late")
    assert said.values == {"date": "2026-03-09", "start": "2026-03-02", "due": "2025-12-22"}
    assert found(limits, "submission-late", day="2025-12-22") == []
    elsewhere = Limits(slots={"communication": Slot(10, 4, 6, ("geneva",))})
    assert found(elsewhere, "submission-late") == []


def test_the_rules_of_geneva_are_those_of_its_station_and_not_for_governments() -> None:
    limits = institutions.load("un").limits
    assert limits.slot("report", "geneva") == Slot(10, 4, 6, ("geneva",))
    assert limits.slot("report", "new-york") is None
    assert limits.words.get("communication") is None
    assert {lengths.CHECK.code, deadlines.CHECK.code} == {
        "length-over-limit",
        "submission-late",
    }
