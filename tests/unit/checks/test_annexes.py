from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from verbale.checks.annexes import CHECKS
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.finding import Place, Severity
from verbale.model.language import AR, EN, ES, FR, RU, UND, ZH, Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.checks.base import Case, Check
    from verbale.model.finding import Finding

HERE = Place("note.txt", line=9, column=1)
ANNEX = Place("note.txt", line=11, column=1)


def note(text: str, language: Language = EN) -> Part:
    return Part(PartKind.NOTE, (Paragraph((Text(text),), place=HERE),), language)


def test_an_announced_annex_that_is_there_has_no_findings(
    case: Callable[..., Case], findings: Callable[[tuple[Check, ...], Case], list[Finding]]
) -> None:
    assert findings(CHECKS, case()) == []


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("… of the lakes (see annex).", EN, "see annex"),
        ("the present note verbale and the annex thereto*", EN, "annex thereto"),
        ("(véase el\nanexo)", ES, "véase el anexo"),
        ("de la présente lettre et de son annexe", FR, "lettre et de son annexe"),
        ("(см. приложение I)", RU, "см. приложени"),
        ("(انظر المرفق)", AR, "انظر المرفق"),
        ("（见附件）", ZH, "见附件"),
    ],
)
def test_a_text_that_sends_to_an_annex_which_is_not_there_blocks(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    text: str,
    language: Language,
    words: str,
) -> None:
    [finding] = findings(CHECKS, case(document=Document((note(text, language),))))
    assert (finding.code, finding.severity, finding.place) == (
        "annex-missing",
        Severity.BLOCKS,
        HERE,
    )
    assert finding.values == {"words": words}


@pytest.mark.parametrize(
    "text", ["Annex II to the Treaty of the Lakes of 1907", "the Treaty and its annexes"]
)
def test_the_annex_of_something_else_is_not_missed(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    text: str,
) -> None:
    assert findings(CHECKS, case(document=Document((note(text),)))) == []


def test_an_annex_that_the_text_does_not_mention_warns(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    document: Document,
) -> None:
    silent = Document(
        (note("The Permanent Mission presents its compliments."), document.parts[2])
    )
    [finding] = findings(CHECKS, case(document=silent))
    assert (finding.code, finding.severity, finding.place) == (
        "annex-not-announced",
        Severity.WARNS,
        ANNEX,
    )
    assert finding.values == {"count": "1"}


def test_a_text_of_unknown_language_is_not_blamed_for_silence(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    document: Document,
) -> None:
    silent = Document((note("…", UND), document.parts[2]))
    assert findings(CHECKS, case(document=silent)) == []


def test_an_annex_in_a_seventh_language_blocks_where_it_begins(
    case: Callable[..., Case],
    findings: Callable[[tuple[Check, ...], Case], list[Finding]],
    document: Document,
) -> None:
    foreign = replace(document.parts[2], language=Language("pt"))
    given = case(document=Document((*document.parts[:2], foreign)))
    [finding] = findings(CHECKS, given)
    assert (finding.code, finding.severity, finding.place) == (
        "annex-language-unofficial",
        Severity.BLOCKS,
        ANNEX,
    )
    assert finding.values == {"lang": "pt"}
