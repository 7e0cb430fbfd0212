"""A masthead says all that it has to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND

if TYPE_CHECKING:
    from collections.abc import Iterator

_MANUAL = "United Nations Editorial Manual, Mastheads and cover pages"


def symbol(case: Case) -> Iterator[Finding]:
    """An issued document carries its symbol."""
    masthead = case.recognition.masthead
    if masthead is not None and not masthead.symbols:
        yield _missing("masthead-symbol-missing", Severity.WARNS, case)


def job_number(case: Case) -> Iterator[Finding]:
    """Each language version has a job number."""
    masthead = case.recognition.masthead
    if masthead is not None and masthead.job_number is None:
        yield _missing("masthead-job-number-missing", Severity.NOTES, case)


def date(case: Case) -> Iterator[Finding]:
    """A masthead gives the day of submission to documents management."""
    masthead = case.recognition.masthead
    if masthead is not None and masthead.date is None:
        yield _missing("masthead-date-missing", Severity.WARNS, case)


def distribution(case: Case) -> Iterator[Finding]:
    """A masthead names the distribution category."""
    masthead = case.recognition.masthead
    if masthead is not None and masthead.distribution is None:
        yield _missing("masthead-distribution-missing", Severity.WARNS, case)


def original(case: Case) -> Iterator[Finding]:
    """A masthead names the language of submission of the main document."""
    masthead = case.recognition.masthead
    if masthead is not None and not masthead.original:
        yield _missing("masthead-original-missing", Severity.WARNS, case)


def language(case: Case) -> Iterator[Finding]:
    """The language a masthead gives is the one the text under it is in."""
    masthead, message = case.recognition.masthead, case.message
    if masthead is None or masthead.language is None or message is None:
        return
    known = message.language != UND and not message.as_received
    if known and message.language != masthead.language:
        yield Finding(
            code="masthead-language-mismatch",
            severity=Severity.WARNS,
            place=case.place("/document/language", near=case.head),
            values={
                "masthead_lang": str(masthead.language),
                "text_lang": str(message.language),
            },
        )


def _missing(code: str, severity: Severity, case: Case) -> Finding:
    return Finding(code=code, severity=severity, place=case.place("/document", near=case.head))


CHECKS = (
    Check("masthead-symbol-missing", source=_MANUAL, run=symbol),
    Check(
        "masthead-job-number-missing",
        source="United Nations practice, seen on issued documents",
        run=job_number,
    ),
    Check("masthead-date-missing", source=_MANUAL, run=date),
    Check("masthead-distribution-missing", source=_MANUAL, run=distribution),
    Check("masthead-original-missing", source=_MANUAL, run=original),
    Check("masthead-language-mismatch", source=_MANUAL, run=language),
)
