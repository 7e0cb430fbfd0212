"""Titles with several senders: one office in the plural, English alphabetical order."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from verbale import institutions
from verbale.compose.titles import annex_heading, title
from verbale.model.communication import Communication, Kind, Office, Sender
from verbale.model.document import Document, Paragraph, Part, PartKind, Text
from verbale.model.walk import plain
from verbale.phrasebook import Phrasebook
from verbale.recognise import recognise

BOOK = Phrasebook(institutions.load("lakes"))
#: Veldane Islands, Meravia, Ondrelle: not in the order of their names.
JOINT = Communication(
    kind=Kind.LETTER,
    date=datetime.date(2026, 3, 9),
    senders=tuple(
        Sender(state, Office.REPRESENTATIVE, "harbour") for state in ("QO", "QM", "QN")
    ),
    addressees=("SEC",),
)
TITLES = {
    "en": "Letter dated 9 March 2026 from the Permanent Representatives of Meravia, Ondrelle "
    "and the Veldane Islands to the Conference of the Lakes addressed to the Secretary of the "
    "Conference",
    "fr": "Lettre datée du 9 mars 2026, adressée au Secrétaire de la Conférence par les "
    "Représentants permanents de la Méravie, de l’Ondrelle et des Îles Veldane auprès de la "
    "Conférence des lacs",
    "zh": "2026年3月9日梅拉维亚、翁德雷勒和韦尔丹群岛常驻湖泊会议代表给会议秘书长的信",
}


def said(communication: Communication, lang: str) -> str:
    text = plain(title(communication, lang, BOOK, body="CL/C"))
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize("lang", sorted(TITLES))
def test_several_senders_stand_in_english_alphabetical_order(lang: str) -> None:
    assert said(JOINT, lang) == TITLES[lang]


@pytest.mark.parametrize("lang", BOOK.institution.languages)
@pytest.mark.parametrize("kind", [Kind.LETTER, Kind.NOTE_VERBALE, Kind.IDENTICAL_LETTERS])
def test_the_title_of_a_joint_communication_is_understood_again(lang: str, kind: Kind) -> None:
    office = Office.MISSION if kind is Kind.NOTE_VERBALE else Office.REPRESENTATIVE
    senders = tuple(Sender(code, office, "harbour") for code in ("QM", "QN"))
    addressees = ("SEC", "PCL") if kind is Kind.IDENTICAL_LETTERS else ("SEC",)
    given = replace(JOINT, kind=kind, senders=senders, addressees=addressees)
    paragraph = Paragraph((Text(said(given, lang)),))
    document = Document((Part(PartKind.BODY, (paragraph,)),))
    found = recognise(document, BOOK).communication
    read = tuple(replace(sender, text="") for sender in found.senders)
    assert (found.kind, found.date, read, found.addressees) == (
        kind,
        given.date,
        senders,
        addressees,
    )


@pytest.mark.parametrize("lang", BOOK.institution.languages)
def test_the_heading_of_an_annex_names_every_sender(lang: str) -> None:
    heading = plain(annex_heading(JOINT, 2, lang, BOOK, body="CL/C"))
    for code in ("QM", "QN", "QO"):
        name = BOOK.state(f"{code}.short.of", lang)
        assert name.removeprefix("of ") in heading.replace("\u00a0", " ")
