"""A communication says who sends it, when, and what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, beginning
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Communications"


def sender(case: Case) -> Iterator[Finding]:
    """A communication comes from somebody."""
    if case.is_sent and not case.recognition.communication.senders:
        yield _missing("communication-sender-missing", case)


def date(case: Case) -> Iterator[Finding]:
    """A communication is dated."""
    if case.is_sent and case.recognition.communication.date is None:
        yield _missing("communication-date-missing", case)


def request(case: Case) -> Iterator[Finding]:
    """A communication is circulated at the request of who sends it."""
    if case.is_sent and not case.recognition.communication.requests:
        yield _missing("communication-request-missing", case)


def body(case: Case) -> Iterator[Finding]:
    """A request to circulate names the body whose document it is to be."""
    masthead = case.recognition.masthead
    if not case.is_sent or (masthead is not None and masthead.body):
        return
    for index, request in enumerate(case.recognition.communication.requests):
        if request.body is None:
            yield Finding(
                code="request-body-missing",
                severity=Severity.WARNS,
                place=case.place(f"/communication/requests/{index}", near=case.message),
            )


def language(case: Case) -> Iterator[Finding]:
    """A communication is submitted in one of the institution's languages."""
    message = case.message
    if message is None or message.language == UND:
        return
    if message.language.code not in case.institution.languages:
        yield Finding(
            code="communication-language-unofficial",
            severity=Severity.BLOCKS,
            place=beginning(message),
            values={"lang": str(message.language)},
        )


def _missing(code: str, case: Case) -> Finding:
    place = case.place("/communication", near=case.message)
    return Finding(code=code, severity=Severity.WARNS, place=place)


CHECKS = (
    Check("communication-sender-missing", source=_MANUAL, run=sender),
    Check("communication-date-missing", source=_MANUAL, run=date),
    Check("communication-request-missing", source=_MANUAL, run=request),
    Check("request-body-missing", source=_MANUAL, run=body),
    Check("communication-language-unofficial", source=_MANUAL, run=language),
)
