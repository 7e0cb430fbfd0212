"""A masthead says all that it has to say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check, explains_asterisk
from verbale.model.finding import Finding, Severity
from verbale.model.language import UND
from verbale.model.masthead import AgendaStatus
from verbale.model.symbol_explain import explain

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNKNOWN = "masthead-line-unknown"
_A_SYMBOL = re.compile(r"(?<!\w)[A-Z]+(?:/[A-Z0-9.()-]+)+")
_DISTRIBUTION = re.compile(r"distr", re.IGNORECASE)
_ORIGINAL = re.compile(r"original|оригинал|原|الأصل", re.IGNORECASE)
_ACTS = frozenset({"series-RES", "series-DEC", "series-PRST"})
_MANUAL = "United Nations Editorial Manual, Mastheads and cover pages"


def symbol(case: Case) -> Iterator[Finding]:
    """An issued document carries its symbol."""
    masthead = case.recognition.masthead
    if masthead is not None and not masthead.symbols and not _unread(case, _A_SYMBOL):
        yield _missing("masthead-symbol-missing", Severity.WARNS, case)


def job_number(case: Case) -> Iterator[Finding]:
    """Each language version has a job number."""
    masthead = case.recognition.masthead
    if masthead is not None and masthead.job_number is None:
        yield _missing("masthead-job-number-missing", Severity.NOTES, case)


def date(case: Case) -> Iterator[Finding]:
    """A masthead gives the day of submission to documents management."""
    masthead = case.recognition.masthead
    if masthead is not None and masthead.date is None and not _is_act(case):
        yield _missing("masthead-date-missing", Severity.WARNS, case)


def distribution(case: Case) -> Iterator[Finding]:
    """A masthead names the distribution category."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.distribution is not None or _is_act(case):
        return
    if not _unread(case, _DISTRIBUTION):
        yield _missing("masthead-distribution-missing", Severity.WARNS, case)


def original(case: Case) -> Iterator[Finding]:
    """A masthead names the language of submission of the main document."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.original or _is_act(case):
        return
    if not _unread(case, _ORIGINAL):
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


def job_language(case: Case) -> Iterator[Finding]:
    """The letter of a job number is that of the language of its version."""
    masthead = case.recognition.masthead
    if masthead is None or masthead.job_number is None or not masthead.job_number.letter:
        return
    language = masthead.language or case.recognition.document.language
    letter = masthead.job_number.letter
    # O is for any language but the six, and a bilingual edition may carry it too.
    if language.is_official and letter not in (language.letter, "O"):
        yield Finding(
            code="job-number-language-differs",
            severity=Severity.WARNS,
            place=case.place("/document/job_number", near=case.head),
            values={
                "number": str(masthead.job_number),
                "lang": str(language),
                "expected": language.letter,
            },
        )


def agenda_source(case: Case) -> Iterator[Finding]:
    """An item of a provisional agenda or preliminary list is cited with the agenda's symbol."""
    masthead = case.recognition.masthead
    if masthead is None or not masthead.items or masthead.agenda is AgendaStatus.ADOPTED:
        return
    if not explains_asterisk(case):
        yield Finding(
            code="agenda-source-missing",
            severity=Severity.WARNS,
            place=case.place("/document/agenda_items", near=case.head),
            values={"item": ", ".join(map(str, masthead.items))},
        )


def _unread(case: Case, sign: re.Pattern[str]) -> bool:
    """Whether what is missing may stand in a line of the masthead that was not understood."""
    lines = (f.values.get("line", "") for f in case.findings if f.code == _UNKNOWN)
    return any(sign.search(line) for line in lines)


def _is_act(case: Case) -> bool:
    """Whether it is a resolution, decision or statement as adopted.

    The two Councils and the Assembly print those without an original language, and decisions
    in a volume, under one head for all.
    """
    masthead = case.recognition.masthead
    series = {piece.key for s in (masthead.symbols if masthead else ()) for piece in explain(s)}
    return not series.isdisjoint(_ACTS)


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
    Check(
        "job-number-language-differs",
        source="United Nations practice, seen on issued documents",
        run=job_language,
    ),
    Check("agenda-source-missing", source=_MANUAL, run=agenda_source),
)
