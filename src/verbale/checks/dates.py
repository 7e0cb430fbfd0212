"""The dates of a document agree with each other and with the calendar.

None of these blocks: notes dated outside their session have been circulated all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from verbale.checks.base import Case, Check
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator

_PRACTICE = "United Nations practice, seen on issued documents"


class _Dates(NamedTuple):
    session: str
    start: datetime.date
    end: datetime.date


def before_session(case: Case) -> Iterator[Finding]:
    """A communication is seldom dated before the session it is meant for."""
    day = _dated(case)
    for dates in _sessions(case):
        if day is not None and day < dates.start:
            yield Finding(
                code="communication-date-before-session",
                severity=Severity.WARNS,
                place=case.place("/communication/date", near=case.message),
                values={
                    "date": day.isoformat(),
                    "start": dates.start.isoformat(),
                    "session": dates.session,
                },
            )


def after_session(case: Case) -> Iterator[Finding]:
    """A communication is seldom dated after the session it is meant for."""
    day = _dated(case)
    for dates in _sessions(case):
        if day is not None and day > dates.end:
            yield Finding(
                code="communication-date-after-session",
                severity=Severity.WARNS,
                place=case.place("/communication/date", near=case.message),
                values={
                    "date": day.isoformat(),
                    "end": dates.end.isoformat(),
                    "session": dates.session,
                },
            )


def after_submission(case: Case) -> Iterator[Finding]:
    """A communication is not dated after the day on which it was submitted."""
    day, submitted = _dated(case), case.submitted
    if day is not None and submitted is not None and day > submitted:
        yield Finding(
            code="communication-date-after-masthead-date",
            severity=Severity.WARNS,
            place=case.place("/communication/date", near=case.message),
            values={"date": day.isoformat(), "masthead_date": submitted.isoformat()},
        )


def session_dates(case: Case) -> Iterator[Finding]:
    """The session dates a masthead prints are those of the calendar."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.session is None:
        return
    session = masthead.session
    known = _calendar(case, masthead.body, session.number or session.year)
    if known is None or session.start is None or session.end is None:
        return
    if (session.start, session.end) != (known.start, known.end):
        yield Finding(
            code="session-dates-differ",
            severity=Severity.WARNS,
            place=case.place("/document/session", near=case.head),
            values={
                "session": known.session,
                "printed": f"{session.start.isoformat()}/{session.end.isoformat()}",
                "calendar": f"{known.start.isoformat()}/{known.end.isoformat()}",
            },
        )


def _dated(case: Case) -> datetime.date | None:
    """The date of a letter or note; other documents name dates that are not their own."""
    return case.recognition.communication.date if case.is_sent else None


def _sessions(case: Case) -> tuple[_Dates, ...]:
    """The sessions the document is for: as the masthead prints them, else from the calendar."""
    masthead = case.recognition.masthead
    if masthead is not None and masthead.session is not None:
        session = masthead.session
        if session.start is not None and session.end is not None:
            number = session.number or session.year
            return (_Dates(str(number or "?"), session.start, session.end),)
    asked = case.recognition.communication.requests
    found = (_calendar(case, each.body, each.session) for each in asked)
    return tuple(dict.fromkeys(each for each in found if each is not None))


def _calendar(case: Case, body: str | None, number: int | None) -> _Dates | None:
    known = case.institution.bodies.get(body or "")
    if known is None or number is None or number not in known.sessions:
        return None
    dates = known.sessions[number]
    return _Dates(str(number), dates.start, dates.end)


CHECKS = (
    Check("communication-date-before-session", source=_PRACTICE, run=before_session),
    Check("communication-date-after-session", source=_PRACTICE, run=after_session),
    Check(
        "communication-date-after-masthead-date",
        source="United Nations Editorial Manual, Mastheads and cover pages",
        run=after_submission,
    ),
    Check("session-dates-differ", source="The institution's own calendar", run=session_dates),
)
