from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import run_checks
from verbale.checks.footnotes import CHECKS
from verbale.model.document import (
    Cell,
    Document,
    Footnote,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Span,
    Table,
    Text,
)
from verbale.model.finding import Finding, Place, Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.document import Block

MARK = Place("note.txt", line=7, column=40)
FOOT = Place("note.txt", line=9, column=1)


def letter(*blocks: Block, footnotes: tuple[Footnote, ...] = ()) -> Document:
    return Document((Part(PartKind.LETTER, blocks, footnotes=footnotes),))


def marked(note: str = "n1") -> Paragraph:
    return Paragraph((Text("its annex"), Span((NoteRef(note, "*", place=MARK),))))


def foot(note: str = "n1") -> Footnote:
    return Footnote(note, "*", (Paragraph((Text("As received."),)),), place=FOOT)


def test_a_mark_with_its_footnote_has_no_findings(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    in_a_table = Table(((Cell((marked(),)),),))
    for block in (marked(), in_a_table):
        assert findings(CHECKS, case(document=letter(block, footnotes=(foot(),)))) == []


def test_a_mark_without_footnote_is_found_at_the_mark(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    [finding] = findings(CHECKS, case(document=letter(marked())))
    assert (finding.code, finding.severity, finding.place) == (
        "footnote-without-text",
        Severity.WARNS,
        MARK,
    )
    assert finding.values == {"mark": "*"}


def test_a_footnote_without_mark_is_found_at_the_footnote(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    [finding] = findings(CHECKS, case(document=letter(footnotes=(foot(),))))
    assert (finding.code, finding.severity, finding.place) == (
        "footnote-without-anchor",
        Severity.WARNS,
        FOOT,
    )
    assert finding.values == {"mark": "*"}


def test_what_the_reader_said_is_not_said_again(case: Callable[..., Case]) -> None:
    given = case(document=letter(marked()))
    said = Finding("footnote-without-text", Severity.WARNS, Place("note.txt"), {"mark": "*"})
    again = type(given)(given.recognition, given.institution, findings=(said,))
    assert run_checks(again, CHECKS) == ()
