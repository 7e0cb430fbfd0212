from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.masthead import CHECKS
from verbale.model.document import Document, Part, PartKind
from verbale.model.finding import Finding, Place, Severity
from verbale.model.language import EN, FR, UND
from verbale.model.masthead import JobNumber

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.language import Language
    from verbale.model.masthead import Masthead

TOP = Place("note.txt", line=1, column=1)


def test_a_whole_masthead_has_no_findings(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    assert findings(CHECKS, case()) == []


def test_a_raw_communication_is_not_asked_for_a_masthead(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    assert findings(CHECKS, case(masthead=None)) == []


@pytest.mark.parametrize(
    ("field", "empty", "code", "severity"),
    [
        ("symbols", (), "masthead-symbol-missing", Severity.WARNS),
        ("job_number", None, "masthead-job-number-missing", Severity.NOTES),
        ("date", None, "masthead-date-missing", Severity.WARNS),
        ("distribution", None, "masthead-distribution-missing", Severity.WARNS),
        ("original", (), "masthead-original-missing", Severity.WARNS),
    ],
)
def test_a_line_that_is_not_there_is_one_finding_where_the_masthead_begins(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    masthead: Masthead,
    field: str,
    empty: object,
    code: str,
    severity: Severity,
) -> None:
    [finding] = findings(CHECKS, case(masthead=replace(masthead, **{field: empty})))
    assert (finding.code, finding.severity, finding.place) == (code, severity, TOP)
    assert finding.values == {}


def test_a_language_line_other_than_the_language_of_the_text_is_found_where_it_stands(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    masthead: Masthead,
) -> None:
    line = Place("note.txt", start=40, end=48, line=4, column=1)
    given = case(
        masthead=replace(masthead, language=FR, job_number=JobNumber("LC.26-1", "F")),
        places={"/document/language": line},
    )
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.place) == ("masthead-language-mismatch", line)
    assert finding.values == {"masthead_lang": "fr", "text_lang": "en"}


@pytest.mark.parametrize(("language", "as_received"), [(UND, False), (EN, True)])
def test_a_text_of_unknown_language_or_as_received_is_no_mismatch(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    masthead: Masthead,
    document: Document,
    language: Language,
    as_received: bool,
) -> None:
    part = Part(PartKind.NOTE, (), language, as_received=as_received)
    given = case(
        masthead=replace(masthead, language=FR, job_number=JobNumber("LC.26-1", "F")),
        document=Document((document.parts[0], part)),
    )
    assert findings(CHECKS, given) == []


def test_what_may_stand_in_a_line_that_was_not_understood_is_not_called_missing(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    masthead: Masthead,
) -> None:
    bare = case(masthead=replace(masthead, symbols=(), distribution=None))
    lines = ("Conference of the Lakes LC/12/G/1", "Council Distr.: General")
    said = tuple(
        Finding("masthead-line-unknown", Severity.WARNS, values={"line": line})
        for line in lines
    )
    assert len(findings(CHECKS, bare)) == 2
    assert findings(CHECKS, replace(bare, findings=said)) == []
