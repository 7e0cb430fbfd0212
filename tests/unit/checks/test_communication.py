from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.communication import CHECKS
from verbale.model.communication import Communication
from verbale.model.document import Document, Part, PartKind
from verbale.model.finding import Place, Severity
from verbale.model.language import UND, Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.finding import Finding

NOTE = Place("note.txt", line=5, column=1)


def test_a_whole_note_has_no_findings(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    assert findings(CHECKS, case()) == []


@pytest.mark.parametrize(
    ("field", "empty", "code"),
    [
        ("senders", (), "communication-sender-missing"),
        ("date", None, "communication-date-missing"),
        ("requests", (), "communication-request-missing"),
    ],
)
def test_what_a_note_does_not_say_is_a_warning_where_it_begins(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    note: Communication,
    field: str,
    empty: object,
    code: str,
) -> None:
    [finding] = findings(CHECKS, case(communication=replace(note, **{field: empty})))
    assert (finding.code, finding.severity, finding.place) == (code, Severity.WARNS, NOTE)


def test_a_text_that_nobody_sends_is_not_asked_for_a_sender(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    document: Document,
) -> None:
    body = Document((document.parts[0], Part(PartKind.BODY, ())))
    assert findings(CHECKS, case(document=body, communication=Communication())) == []


def test_a_note_in_a_seventh_language_blocks(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    document: Document,
) -> None:
    foreign = replace(document.parts[1], language=Language("pt"))
    [finding] = findings(CHECKS, case(document=Document((foreign,))))
    assert (finding.code, finding.severity) == (
        "communication-language-unofficial",
        Severity.BLOCKS,
    )
    assert (finding.values, finding.place) == ({"lang": "pt"}, NOTE)


def test_a_note_whose_language_is_not_known_does_not_block(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    document: Document,
) -> None:
    unknown = replace(document.parts[1], language=UND)
    assert findings(CHECKS, case(document=Document((unknown,)))) == []
