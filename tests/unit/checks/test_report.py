from __future__ import annotations

import json

import pytest

from verbale.checks.report import Checked, Verdict, as_json, explain, verdict
from verbale.errors import UsageError
from verbale.messages import LANGUAGES, codes, render
from verbale.model.finding import Finding, Place, Severity

HIDDEN = Finding("hidden-text", Severity.WARNS)
UNREADABLE = Finding("file-unreadable", Severity.BLOCKS)
UNSIGNED = Finding("letter-unsigned", Severity.BLOCKS)
FOREIGN = Finding("another-package-saw-a-macro", Severity.BLOCKS)


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ((), "accept"),
        ((UNSIGNED,), "accept"),
        ((HIDDEN, UNSIGNED), "accept with warning"),
        ((HIDDEN, UNREADABLE), "refuse"),
        ((FOREIGN,), "refuse"),
    ],
)
def test_the_verdict_judges_the_file_and_not_the_text(
    findings: tuple[Finding, ...], expected: str
) -> None:
    assert verdict(findings) == expected
    assert Checked("note.txt", findings).verdict is Verdict(expected)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", codes())
def test_every_code_is_explained_with_its_rule_source_and_remedy(code: str, lang: str) -> None:
    text = explain(code, lang)
    assert text.startswith(f"{code}\n")
    for part in (codes()[code].rule, codes()[code].source, codes()[code].example):
        assert part in text


def test_a_code_that_is_not_there_says_how_codes_look() -> None:
    with pytest.raises(UsageError, match="'no-such-code'") as caught:
        explain("no-such-code", "en")
    assert caught.value.remedy


def test_a_finding_is_printed_with_its_place_words_and_source() -> None:
    place = Place("note.txt", 10, 14, line=2, column=3, box=(1.0, 2.0, 3.0, 4.0))
    finding = Finding("note-signed", Severity.WARNS, place, {"name": "Ana Reed"})
    assert json.loads(json.dumps(as_json(finding, "en"))) == {
        "code": "note-signed",
        "severity": "warns",
        "place": {
            "file": "note.txt",
            "start": 10,
            "end": 14,
            "line": 2,
            "column": 3,
            "box": [1.0, 2.0, 3.0, 4.0],
        },
        "values": {"name": "Ana Reed"},
        "message": render("note-signed", {"name": "Ana Reed"}, "en").message,
        "remedy": "Take the signature out, or send the text as a letter.",
        "source": "United Nations Editorial Manual, Communications",
    }


def test_a_finding_with_a_source_of_its_own_keeps_it_and_nowhere_is_empty() -> None:
    printed = as_json(Finding("their-code", Severity.NOTES, source="Their manual"), "en")
    assert (printed["source"], printed["place"]) == ("Their manual", {})


def test_the_first_character_of_a_text_is_a_place() -> None:
    assert as_json(Finding("x", Severity.NOTES, Place(start=0, end=0)), "en")["place"] == {
        "start": 0,
        "end": 0,
    }
