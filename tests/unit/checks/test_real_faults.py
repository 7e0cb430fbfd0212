"""Faults that stand in real documents, found where they are; and quiet on all the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale import catalogue
from verbale.institutions import load
from verbale.model.finding import Severity
from verbale.workflow import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.mark.parametrize(
    ("folder", "file", "code", "values"),
    [
        # The symbol in the file has number and session the wrong way round.
        (
            "un-akn-ga-decisions",
            "*/*/GA decision 76_576_A.xml",
            "masthead-session-differs",
            {"symbol": "A/DEC/576/76", "found": "76", "expected": "576"},
        ),
        # A Latin M in a Russian name.
        (
            "un-akn-ga-decisions",
            "*/*/GA decision 76_414 B_R.xml",
            "letters-mixed",
            {"word": "Mурильо"},
        ),
        # The agenda title is broken off.
        ("un-akn-hrc", "*/*/A_HRC_RES_54_19C.xml", "agenda-title-differs", {"item": "3"}),
        # A figure without its full stop: 12, then 14.
        (
            "un-akn-sc",
            "*/*/S_RES_1643_N0564481.xml",
            "paragraph-numbering",
            {"found": "14", "expected": "13"},
        ),
        # An address on the disk of who wrote it.
        ("un-akn-ga", "*/*/A_RES_77_140-2228514R.xml", "link-local", {}),
        # "Nota verbal" and its French translation in one text.
        (
            "exchange-of-notes-nl",
            "es/BWBV0003634.md",
            "part-language-mixed",
            {"first_lang": "es", "second_lang": "fr"},
        ),
        ("un-docx-pdf-pairs", "A_80_604_Add.1.docx", "table-without-header", {"count": "13"}),
        (
            "seed",
            "*.txt",
            "communication-date-after-session",
            {"date": "2020-04-08", "end": "2020-03-20"},
        ),
    ],
)
def test_a_fault_of_a_real_document_is_found(
    corpus: Callable[[str], Path], folder: str, file: str, code: str, values: dict[str, str]
) -> None:
    path = next(iter(sorted(corpus(folder).glob(file))))
    read = reading.read(path.read_bytes(), name=path.name)
    hits = [f for f in reading.understand(read, load("un")).findings if f.code == code]
    assert any(values.items() <= hit.values.items() for hit in hits), hits


#: What resolutions and decisions as adopted lack or have wrong; all else is a false alarm.
KNOWN = {
    "agenda-item-missing",
    "agenda-title-differs",
    "letters-mixed",
    "link-local",
    "masthead-job-number-missing",
    "masthead-session-differs",
    "masthead-symbol-missing",
}


@pytest.mark.parametrize("folder", ["un-akn-ga-decisions", "un-akn-ecosoc"])
def test_checks_are_quiet_on_documents_as_issued(
    corpus: Callable[[str], Path], folder: str
) -> None:
    ours = {each.code for each in catalogue.checks()}
    files = sorted(corpus(folder).glob("**/*.xml"))
    said = []
    for path in files:
        read = reading.read(path.read_bytes(), name=path.name)
        said += [f for f in reading.understand(read, load("un")).findings if f.code in ours]
    assert len(files) > 20
    assert {each.code for each in said} <= KNOWN
    grave = [each for each in said if each.severity is not Severity.NOTES]
    assert len(grave) <= len(files) / 10
