from __future__ import annotations

from typing import TYPE_CHECKING

from verbale import catalogue
from verbale.checks.base import Check, in_order, run_checks
from verbale.messages import codes
from verbale.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from verbale.checks.base import Case
    from verbale.model.communication import Communication

WARNS, BLOCKS, NOTES = Severity.WARNS, Severity.BLOCKS, Severity.NOTES


def test_findings_come_by_severity_then_place_then_code() -> None:
    rightly = [
        Finding("z", BLOCKS, Place("a", line=9)),
        Finding("b", WARNS, Place("a", line=2, column=30)),
        Finding("a", WARNS, Place("a", line=10)),
        Finding("c", WARNS, Place("a", line=10)),
        Finding("a", NOTES, Place("a", line=1)),
    ]
    assert list(in_order(reversed(rightly))) == rightly


def test_the_order_of_checks_does_not_change_the_order_of_findings(
    case: Callable[..., Case],
) -> None:
    def one(_: Case) -> Iterator[Finding]:
        yield Finding("one", WARNS)

    def two(_: Case) -> Iterator[Finding]:
        yield Finding("two", BLOCKS)

    checks = (Check("one", "x", one), Check("two", "x", two))
    assert run_checks(case(), checks) == run_checks(case(), checks[::-1])
    assert [each.code for each in run_checks(case(), checks)] == ["two", "one"]


def test_a_case_without_a_flaw_passes_every_check(case: Callable[..., Case]) -> None:
    every = catalogue.checks()
    assert len(every) >= 12
    assert run_checks(case(), every) == ()


def test_every_check_names_the_source_that_the_table_of_codes_names() -> None:
    assert {each.code: each.source for each in catalogue.checks()} == {
        each.code: codes()[each.code].source for each in catalogue.checks()
    }


def test_the_body_is_the_one_asked_for_else_the_one_of_the_masthead(
    case: Callable[..., Case], note: Communication
) -> None:
    assert case().bodies == ("LC",)
    assert case(communication=type(note)()).bodies == ("LC",)
    assert case(masthead=None, communication=type(note)()).bodies == ()
