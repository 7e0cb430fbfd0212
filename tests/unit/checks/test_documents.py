"""Every check finds its fault in a whole document, and none in the same document without it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.helpers.checked_documents import ISSUED, LETTER, NOTE, PAIRS, Pair

from verbale import catalogue
from verbale.institutions import load
from verbale.institutions.model import Slot
from verbale.messages import codes
from verbale.workflow import reading

if TYPE_CHECKING:
    from verbale.model.finding import Finding


def found(pair: Pair, text: str) -> tuple[Finding, ...]:
    institution = load(pair.institution)
    today = datetime.date.fromisoformat(pair.today) if pair.today else None
    if today:  # the tables give letters and notes no day on which they are due
        slots = {"communication": Slot(10, 4, 6)}
        institution = replace(institution, limits=replace(institution.limits, slots=slots))
    read = reading.read(text.encode(), name=pair.name)
    return reading.understand(read, institution, today=today).findings


def with_codes(pair: Pair, text: str) -> list[str]:
    return [each.code for each in found(pair, text)]


def test_every_check_has_both_documents() -> None:
    assert {each.code for each in catalogue.checks()} == set(PAIRS)
    assert len(PAIRS) >= 40


@pytest.mark.parametrize("code", PAIRS)
def test_a_check_finds_its_fault_and_only_where_it_is(code: str) -> None:
    pair = PAIRS[code]
    assert code not in with_codes(pair, pair.passes)
    hits = [each for each in found(pair, pair.fails) if each.code == code]
    assert hits, with_codes(pair, pair.fails)
    assert codes()[code].severity in {each.severity for each in hits}


@pytest.mark.parametrize("text", [ISSUED, NOTE, LETTER])
def test_a_document_without_a_fault_has_no_finding(text: str) -> None:
    assert set(with_codes(Pair(text, "", ""), text)) <= {"masthead-missing"}
