"""A document is submitted in time for its session. A finding, never a wall."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator


def late(case: Case) -> Iterator[Finding]:
    """A document of a kind with a slot, submitted after the day on which it was due.

    The slot counts weeks back from the first day of the session. What has its symbol already
    was issued when it was.
    """
    masthead = case.recognition.masthead
    submitted = case.submitted
    if submitted is None or (masthead is not None and masthead.symbols):
        return
    for start, station in _sessions(case):
        slot = case.institution.limits.slot(case.kind, station)
        if slot is None:
            continue
        due = start - datetime.timedelta(weeks=slot.submit)
        if submitted > due:
            yield Finding(
                code="submission-late",
                severity=Severity.WARNS,
                place=case.place("/document/masthead_date", near=case.message),
                values={
                    "date": submitted.isoformat(),
                    "start": start.isoformat(),
                    "due": due.isoformat(),
                },
            )


def _sessions(case: Case) -> Iterator[tuple[datetime.date, str]]:
    """The first day of each session it is for, and the body's duty station."""
    masthead = case.recognition.masthead
    asked = [(each.body, each.session) for each in case.recognition.communication.requests]
    if masthead is not None and masthead.session is not None:
        asked = [(masthead.body, masthead.session.number or masthead.session.year)]
    for code, number in dict.fromkeys(asked):
        body = case.institution.bodies.get(code or "")
        if body is None or number is None:
            continue
        start = body.sessions[number].start if number in body.sessions else None
        if masthead is not None and masthead.session is not None and masthead.session.start:
            start = masthead.session.start
        if start is not None:
            yield start, body.station


CHECK = Check("submission-late", source="The institution's own deadlines", run=late)
