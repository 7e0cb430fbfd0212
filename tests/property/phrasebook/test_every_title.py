"""Every title there can be, written and read back: no State, office or addressee is lost.

States in both forms of their names, with every office at every station, in six languages; every
addressee with every kind of title; every State beside the next one in joint letters.
"""

from __future__ import annotations

import datetime
import itertools
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from verbale import institutions
from verbale.model.communication import Office, Sender
from verbale.phrasebook import Phrasebook
from verbale.text.markup import parse as parse_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.institutions import Institution

_MOST_SECONDS = 60
_MISSIONS = (Office.MISSION, Office.OBSERVER_MISSION)
_DAYS = (datetime.date(2024, 1, 1), datetime.date(2020, 4, 8), datetime.date(2019, 12, 31))

Case = tuple[Phrasebook, str, str, dict[str, Any]]


def states(institution: Institution) -> list[str]:
    return sorted({key.partition(".")[0] for key in institution.states})


def addressees(institution: Institution) -> list[str]:
    keys = (key.partition("@")[0].split(".") for key in institution.phrases)
    return list(dict.fromkeys(k[1] for k in keys if k[0] == "addressee" and k[1] != "short"))


def in_formal(institution: Institution) -> Phrasebook:
    """A book that writes the formal names of States where the real one writes the short."""
    phrases = {
        key: {
            lang: tuple(
                replace(cell, text=cell.text.replace("{state.of}", "{state.formal.of}"))
                for cell in cells
            )
            for lang, cells in by_lang.items()
        }
        for key, by_lang in institution.phrases.items()
    }
    return Phrasebook(replace(institution, phrases=phrases))


def cases(institution: Institution, book: Phrasebook) -> Iterator[Case]:
    """A book to write with, key, language and values of each title."""
    codes, stations = states(institution), list(institution.stations)
    to = addressees(institution)
    turn = itertools.cycle(to)
    for lang in institution.languages:
        for writer in (book, in_formal(institution)):
            for state, office, station in itertools.product(codes, Office, stations):
                key = "title.note-verbale" if office in _MISSIONS else "title.letter"
                sender = Sender(state, office, station)
                yield writer, key, lang, {"sender": sender, "addressee": next(turn)}
        for addressee, state in itertools.product(to, codes[::20]):
            for key, office in (
                ("title.note-verbale", Office.MISSION),
                ("title.letter", Office.REPRESENTATIVE),
                ("title.letter", Office.CHARGE),
            ):
                sender = Sender(state, office, stations[0])
                yield book, key, lang, {"sender": sender, "addressee": addressee}
        for first, second in itertools.permutations(to, 2):
            sender = Sender(codes[0], Office.REPRESENTATIVE, stations[0])
            values = {"sender": sender, "addressees": (first, second)}
            yield book, "title.identical-letters", lang, values
        for number, office in itertools.product(range(len(codes)), Office):
            count = 2 + number % 3
            group = [codes[(number + step) % len(codes)] for step in range(count)]
            together = tuple(Sender(code, office, stations[0]) for code in group)
            kind = "note-verbale" if office in _MISSIONS else "letter"
            values = {"senders": together, "addressee": next(turn)}
            yield book, f"title.joint-{kind}", lang, values
            apart = (together[0], replace(together[1], office=Office.CHARGE))
            values = {"senders": apart, "addressees": (to[0], to[1])}
            yield book, "title.joint-identical-letters", lang, values


def plain(value: object) -> object:
    """A sender without the words it was read from."""
    if isinstance(value, Sender):
        return replace(value, text="")
    if isinstance(value, tuple):
        return tuple(plain(each) for each in value)
    return value


@pytest.mark.parametrize("name", ["un", "lakes"])
def test_every_title_reads_back_to_what_it_was_written_from(
    name: str, record_property: pytest.RecordProperty
) -> None:
    institution = institutions.load(name)
    book = Phrasebook(institution)
    began = time.perf_counter()
    count = 0
    wrong = []
    for (writer, key, lang, values), day in zip(
        cases(institution, book), itertools.cycle(_DAYS), strict=False
    ):
        given = {**values, "date": day}
        written = writer.write(key, lang, given).text
        text = "".join(run.text for run in parse_markup(written))
        match = book.read(key, lang, text)
        read = {each: plain(match.value(each)) for each in given} if match else None
        if read != given:
            wrong.append((lang, text, read))
        count += 1
    seconds = time.perf_counter() - began
    record_property("titles", count)
    print(f"{name}: {count} titles written and read back in {seconds:.1f} s")  # noqa: T201
    assert wrong == []
    forms = len(states(institution)) * 2 * len(Office) * len(institution.stations)
    assert count > forms * len(institution.languages)
    assert seconds < _MOST_SECONDS
