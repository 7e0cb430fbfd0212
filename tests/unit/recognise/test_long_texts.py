"""Recognition takes time in proportion to the text, however it is laid out."""

from __future__ import annotations

import time

import pytest

from verbale import institutions
from verbale.workflow import reading

_UN = institutions.load("un")
_FEW, _MANY = 500, 4000

TEXTS = {
    "one line of many sentences": "It is so. Le 3 mai, l'État a dit. ",
    "one line without an end": "the States and the Council ",
    "many short lines": "[1] https://lakes.example\n\n",
    "greetings on a line": "The Permanent Mission of Chad presents its compliments to it. ",
    "many requests on a line": "It has the honour to request circulation as a document of it. ",
    "many replies on a line": "In reply to the note, written on 3 May, it has the honour. ",
    "many headings": "Annex to the note verbale\n\n",
    "many blanks": '."        ',
    "many dates": "Geneva, 3 May 2020  ",
}  # fmt: skip


def _seconds(text: str) -> float:
    read = reading.read_here(text.encode("utf-8"), name="note.txt")
    begin = time.process_time()
    reading.understand(read, _UN)
    return time.process_time() - begin


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_eight_times_the_text_takes_no_thirty_times_as_long(text: str) -> None:
    _seconds(text * 10)
    # A square would be 64 times; below a twentieth of a second nothing can be told.
    assert _seconds(text * _MANY) < max(_seconds(text * _FEW), 0.05) * 30
