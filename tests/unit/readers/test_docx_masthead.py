"""Mastheads of DOCX files of the United Nations: facts read from them, no text of theirs."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from verbale import institutions
from verbale.model.language import EN
from verbale.model.masthead import AgendaStatus, Distribution
from verbale.workflow.reading import recognise_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: File: symbol, day, session, items, which agenda, job number.
FACTS = {
    "A_80_604_Add.1.docx": (
        "A/80/604/Add.1", "2026-04-07", 80, "156 (a)", "adopted", "26-04887",
    ),
    "A_80_604_Add.2.docx": ("A/80/604/Add.2", "2026-04-09", 80, "151", "adopted", "26-05079"),
    "A_80_604_Add.3.docx": ("A/80/604/Add.3", "2026-04-08", 80, "158", "adopted", "26-04950"),
    "A_80_604_Add.6.docx": ("A/80/604/Add.6", "2026-04-07", 80, "154", "adopted", "26-04865"),
    "A_81_6_(SECT._13).docx": (
        "A/81/6 (Sect. 13)/Part A*", "2026-02-19", 81, "138, 139", "preliminary", "26-01902",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FACTS)
def test_every_field_of_a_masthead_in_headers_and_footers_is_read(
    name: str, corpus: Callable[[str], Path]
) -> None:
    symbol, day, session, items, agenda, job = FACTS[name]
    data = (corpus("un-docx-pdf-pairs") / name).read_bytes()
    found = recognise_file(data, name=name, institution=institutions.load("un"))
    masthead = found.masthead
    assert masthead is not None
    assert [str(each) for each in masthead.symbols] == [symbol]
    assert masthead.date == datetime.date.fromisoformat(day)
    assert masthead.session is not None
    assert masthead.session.number == session
    assert ", ".join(str(item) for item in masthead.items) == items
    assert masthead.agenda is AgendaStatus(agenda)
    assert masthead.job_number is not None
    assert (masthead.job_number.text, masthead.job_number.letter) == (job, "E")
    assert masthead.original == (EN,)
    assert (masthead.organ, masthead.distribution) == ("A", Distribution.GENERAL)
    assert not [each for each in found.findings if each.code == "masthead-line-unknown"]


def test_every_file_of_the_folder_is_among_them(corpus: Callable[[str], Path]) -> None:
    assert {path.name for path in corpus("un-docx-pdf-pairs").glob("*.docx")} == set(FACTS)
