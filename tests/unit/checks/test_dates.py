from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.dates import CHECKS
from verbale.model.communication import Request
from verbale.model.finding import Place, Severity
from verbale.model.masthead import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.communication import Communication
    from verbale.model.finding import Finding
    from verbale.model.masthead import Masthead

DATE = Place("note.txt", start=210, end=222, line=5, column=30)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def test_dates_that_agree_have_no_findings(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    assert findings(CHECKS, case()) == []


@pytest.mark.parametrize("text", ["2026-03-02", "2026-03-10"])
def test_the_first_day_of_the_session_and_the_day_of_submission_are_good_days(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    text: str,
) -> None:
    assert findings(CHECKS, case(communication=replace(note, date=day(text)))) == []


def test_a_note_dated_before_its_session_warns_at_its_date(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    given = case(
        communication=replace(note, date=day("2026-03-01")),
        places={"/communication/date": DATE},
    )
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity, finding.place) == (
        "communication-date-before-session",
        Severity.WARNS,
        DATE,
    )
    assert finding.values == {"date": "2026-03-01", "start": "2026-03-02", "session": "12"}


def test_a_note_dated_after_its_session_warns_and_never_blocks(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    masthead: Masthead,
) -> None:
    given = case(
        communication=replace(note, date=day("2026-04-08")),
        masthead=replace(masthead, date=day("2026-05-06")),
    )
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity) == (
        "communication-date-after-session",
        Severity.WARNS,
    )
    assert finding.values == {"date": "2026-04-08", "end": "2026-03-20", "session": "12"}


def test_without_a_masthead_the_calendar_has_the_dates_of_the_session(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    late = replace(note, date=day("2026-03-21"))
    [finding] = findings(CHECKS, case(masthead=None, communication=late))
    assert finding.code == "communication-date-after-session"
    unknown = replace(late, requests=(Request("LC", 99),))
    assert findings(CHECKS, case(masthead=None, communication=unknown)) == []


def test_a_note_dated_after_the_masthead_warns(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
) -> None:
    [finding] = findings(CHECKS, case(communication=replace(note, date=day("2026-03-12"))))
    assert finding.code == "communication-date-after-masthead-date"
    assert finding.values == {"date": "2026-03-12", "masthead_date": "2026-03-10"}


def test_a_raw_note_is_submitted_today(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    [finding] = findings(CHECKS, case(masthead=None, today=day("2026-03-05")))
    assert finding.code == "communication-date-after-masthead-date"
    assert findings(CHECKS, case(masthead=None, today=day("2026-03-06"))) == []


def test_printed_dates_of_a_session_other_than_the_calendar_warn(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    masthead: Masthead,
) -> None:
    session = Session(number=12, start=day("2026-03-02"), end=day("2026-03-27"))
    [finding] = findings(CHECKS, case(masthead=replace(masthead, session=session)))
    assert finding.code == "session-dates-differ"
    assert finding.values == {
        "session": "12",
        "printed": "2026-03-02/2026-03-27",
        "calendar": "2026-03-02/2026-03-20",
    }
