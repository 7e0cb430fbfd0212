"""What a phrase writes it reads back, for every template, language and value."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale import institutions
from verbale.institutions import Review
from verbale.model.communication import Office, Sender
from verbale.model.language import OFFICIAL
from verbale.model.masthead import AgendaItem
from verbale.model.symbol import Symbol
from verbale.phrasebook import Phrasebook, Template
from verbale.text.markup import parse as parse_markup

UN = institutions.load("un")
LAKES = institutions.load("lakes")
BOOKS = {"un": Phrasebook(UN), "lakes": Phrasebook(LAKES)}

dates = st.dates(datetime.date(1945, 10, 24), datetime.date(2060, 12, 31))
items = st.builds(
    AgendaItem,
    st.integers(1, 180),
    st.one_of(st.just(()), st.sampled_from("abcdefgh").map(lambda letter: (letter,))),
)
languages = st.permutations(list(OFFICIAL)).flatmap(
    lambda order: st.integers(1, 2).map(lambda n: tuple(order[:n]))
)


symbols = st.builds(
    lambda session, number: Symbol.parse(f"A/{session}/L.{number}"),
    st.integers(31, 99),
    st.integers(1, 99),
)


def states(institution: institutions.Institution) -> list[str]:
    return sorted({key.partition(".")[0] for key in institution.states})


def codes(institution: institutions.Institution, kind: str) -> list[str]:
    keys = (key.split("@")[0].split(".") for key in institution.phrases)
    return sorted({k[1] for k in keys if k[0] == kind and k[1] != "short" and len(k) > 1})


def senders(institution: institutions.Institution) -> st.SearchStrategy[Sender]:
    return st.builds(
        Sender,
        st.sampled_from(states(institution)),
        st.sampled_from(list(Office)),
        st.sampled_from(sorted(institution.stations)),
    )


def joint_senders(institution: institutions.Institution) -> st.SearchStrategy[Any]:
    """Several senders: of one office at one station, or each of its own."""
    codes = st.lists(st.sampled_from(states(institution)), min_size=2, max_size=4, unique=True)
    offices, stations = (
        st.sampled_from(list(Office)),
        st.sampled_from(list(institution.stations)),
    )
    one = st.tuples(codes, offices, stations).map(
        lambda of: tuple(Sender(state, of[1], of[2]) for state in of[0])
    )
    two = st.lists(senders(institution), min_size=2, max_size=2, unique_by=lambda s: s.state)
    return st.one_of(one, two.map(tuple))


def values_for(
    institution: institutions.Institution, name: str, form: str
) -> st.SearchStrategy[Any]:
    addressees = codes(institution, "addressee")
    if name == "sender" and form.startswith("short"):
        offices = [Office.MISSION, Office.OBSERVER_MISSION]
        return st.builds(Sender, st.none(), st.sampled_from(offices), st.none())
    kinds: dict[str, st.SearchStrategy[Any]] = {
        "date": dates,
        "range": st.lists(dates, min_size=2, max_size=2, unique=True).map(
            lambda pair: tuple(sorted(pair))
        ),
        "ordinal": st.integers(1, 120),
        "items": st.one_of(items.map(lambda one: (one,))),
        "annex": st.integers(1, 20),
        "year": st.integers(1946, 2060),
        "languages": languages,
        "state": st.sampled_from(states(institution)),
        "station": st.sampled_from(sorted(institution.stations)),
        "body": st.sampled_from(sorted(institution.bodies)),
        "addressee": st.sampled_from(addressees),
        "addressees": st.sampled_from(
            [(a, b) for a in addressees for b in addressees if a != b]
        ),
        "sender": senders(institution),
        "senders": joint_senders(institution),
        "states": st.lists(
            st.sampled_from(states(institution)), min_size=2, max_size=4, unique=True
        ).map(tuple),
        "committee": st.sampled_from(codes(institution, "committee") or ["none"]),
        "number": st.integers(1, 9999),
        "meeting": st.integers(1, 12000),
        "act": st.tuples(st.integers(1, 120), st.integers(1, 400)).map(
            lambda pair: f"{pair[0]}/{pair[1]}"
        ),
        "symbols": st.lists(symbols, min_size=1, max_size=3, unique=True).map(tuple),
        "paragraphs": st.lists(
            st.integers(1, 200).map(str), min_size=1, max_size=3, unique=True
        ).map(tuple),
        "fn": st.just(False),
        "text": st.just("Ministry"),
    }
    return kinds[name]


def printed_phrases() -> list[tuple[str, str, str]]:
    found = []
    for name, institution in (("un", UN), ("lakes", LAKES)):
        for key, cells in institution.phrases.items():
            if key.startswith("list."):
                continue  # joins two phrases; it is not read on its own
            for lang, rows in cells.items():
                template = Template.parse(rows[0].text)
                if rows[0].review is not Review.READ and template.slots:
                    found.append((name, key, lang))
    return found


@pytest.mark.parametrize(("name", "key", "lang"), printed_phrases())
def test_a_phrase_that_was_written_reads_back_to_its_values(
    name: str, key: str, lang: str
) -> None:
    institution, book = {"un": UN, "lakes": LAKES}[name], BOOKS[name]
    plain, _, where = key.partition("@")
    body = where if where in institution.bodies else None
    slots = book.template(plain, lang, body).slots

    @given(
        st.fixed_dictionaries({s.name: values_for(institution, s.name, s.form) for s in slots})
    )
    def law(values: dict[str, Any]) -> None:
        written = book.write(plain, lang, values, body=body).text
        text = "".join(run.text for run in parse_markup(written))
        match = book.read(plain, lang, text)
        assert match is not None, text
        for slot in slots:
            if slot.name == "fn":
                continue
            read, given_value = match.value(slot.name), values[slot.name]
            if isinstance(given_value, Sender):
                read = Sender(read.state, read.office, read.station)
            elif slot.name == "senders":
                read = tuple(Sender(each.state, each.office, each.station) for each in read)
            assert read == given_value, text

    law()
