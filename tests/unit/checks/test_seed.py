"""The document of the Human Rights Council of 6 May 2020 that the corpus calls the seed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale import catalogue
from verbale.checks.base import Case, run_checks
from verbale.institutions import load
from verbale.messages import render
from verbale.phrasebook import Phrasebook
from verbale.recognise import recognise

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_the_seed_lacks_symbol_and_job_number_and_its_note_is_late(
    corpus: Callable[[str], Path],
) -> None:
    [path] = corpus("seed").glob("*.txt")
    data = path.read_bytes()
    reading = catalogue.reader_for(path.name, data).read(data, name=path.name)
    institution = load("un")
    found = recognise(reading.document, Phrasebook(institution), text=reading.text)
    assert found.findings == ()
    late, jobless, nameless = sorted(
        run_checks(Case(found, institution), catalogue.checks()), key=lambda each: each.code
    )
    assert late.code == "communication-date-after-session"
    assert late.values == {"date": "2020-04-08", "end": "2020-03-20", "session": "43"}
    assert late.place.start is not None
    assert late.place.end is not None
    assert reading.text[late.place.start : late.place.end] == "8 de abril de 2020"
    assert (jobless.code, nameless.code) == (
        "masthead-job-number-missing",
        "masthead-symbol-missing",
    )
    assert reading.text[nameless.place.start :].startswith("Asamblea General")
    assert render(late.code, late.values, "es").message.startswith(
        "La comunicación está fechada"
    )
