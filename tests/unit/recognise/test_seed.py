"""The example to hold in mind, read in place."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import pytest

from verbale import institutions
from verbale.model.document import PartKind
from verbale.model.walk import part_text
from verbale.text.folding import squeeze
from verbale.workflow import reading, shapes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def seed(corpus: Callable[[str], Path]) -> tuple[str, bytes]:
    path = next(corpus("seed").glob("*.txt"))
    return path.name, path.read_bytes()


@pytest.fixture(scope="module")
def shape(seed: tuple[str, bytes]) -> dict[str, Any]:
    name, data = seed
    found = reading.recognise_file(data, name=name, institution=institutions.load("un"))
    return shapes.recognition_shape(found)


def test_every_field_of_the_masthead_is_read(shape: dict[str, Any]) -> None:
    document = shape["document"]
    session = document["session"]
    assert (document["organ"], document["body"]) == ("A", "A/HRC")
    assert document["distribution"] == "general"
    assert (document["language"], document["original"]) == ("es", "en")
    assert document["masthead_date"] == "2020-05-06"
    assert (session["number"], session["start"], session["end"]) == (
        43,
        "2020-02-24",
        "2020-03-20",
    )
    assert [item["item"] for item in document["agenda_items"]] == ["4"]
    assert document["agenda_items"][0]["title"].startswith("Situaciones de derechos humanos")
    assert document["title"].startswith("Nota verbal de fecha 8 de abril de 2020")


def test_what_is_not_there_is_null_and_said(shape: dict[str, Any]) -> None:
    assert shape["document"]["symbol"] is None
    assert shape["document"]["job_number"] is None
    codes = {finding["code"] for finding in shape["findings"]}
    assert {
        "masthead-symbol-missing",
        "masthead-job-number-missing",
        "communication-date-after-session",
    } <= codes
    assert all(finding["severity"] != "blocks" for finding in shape["findings"])


def test_the_communication_is_understood(shape: dict[str, Any]) -> None:
    found = shape["communication"]
    assert found["kind"] == "note-verbale"
    assert found["date"] == "2020-04-08"
    assert [(s["state"], s["station"]) for s in found["senders"]] == [("AZ", "geneva")]
    assert found["addressees"] == ["OHCHR"]
    assert found["transmits"].startswith("la declaración del Ministerio")
    assert found["in_reply_to"] is None
    assert found["requests"] == [{"body": "A/HRC", "session": 43, "items": ["4"]}]


def test_each_part_has_its_own_language(shape: dict[str, Any]) -> None:
    note, annex = shape["parts"]
    assert (note["kind"], note["language"]) == ("note", "es")
    assert (annex["kind"], annex["language"], annex["as_received"]) == ("annex", "en", True)
    assert annex["heading"].startswith("Annex to the note verbale dated 8 April 2020")
    assert annex["title"].startswith("Statement by the Ministry of Foreign Affairs")
    assert annex["issuer"].startswith("Ministry of Foreign Affairs")


def test_the_footnote_hangs_on_its_word(shape: dict[str, Any]) -> None:
    (note,) = shape["footnotes"]
    assert (note["mark"], note["anchor"]) == ("*", "anexo")
    assert note["text"].startswith("Se reproduce tal como se recibió")


def test_each_place_is_where_the_field_stands(
    shape: dict[str, Any], seed: tuple[str, bytes]
) -> None:
    text = seed[1].decode("utf-8")
    places = shape["places"]

    def at(path: str) -> str:
        return text[places[path]["start"] : places[path]["end"]]

    assert at("/document/masthead_date") == "6 de mayo de 2020"
    assert at("/document/session") == "43^{er} período de sesiones"
    assert at("/communication/date") == "8 de abril de 2020"
    assert at("/communication/addressees/0").startswith("a la Oficina del Alto Comisionado")
    assert at("/communication/senders/0").startswith("la Misión Permanente de Azerbaiyán")
    assert at("/parts/1/issuer").startswith("Ministry of Foreign Affairs")
    assert at("/communication/requests/0").startswith("La Misión Permanente solicita")
    for path, place in places.items():
        line = text[: place["start"]].count("\n") + 1
        assert place["line"] == line, path


def test_no_character_of_the_text_is_lost(seed: tuple[str, bytes]) -> None:
    name, data = seed
    found = reading.recognise_file(data, name=name, institution=institutions.load("un"))
    text = squeeze(" ".join(part_text(part, marks=True) for part in found.document.parts))
    bare = data.decode("utf-8").replace("**", "").replace("^{er}", "er")
    for mark in ("“*", "*”"):
        bare = bare.replace(mark, mark.replace("*", ""))
    # The note's own mark stands before its text in the source, apart from it in the tree.
    bare = bare.replace("\n* Se", "\nSe")
    assert sorted(text.split()) == sorted(squeeze(bare).split())


def test_the_date_of_the_note_lies_after_the_session(seed: tuple[str, bytes]) -> None:
    name, data = seed
    found = reading.recognise_file(data, name=name, institution=institutions.load("un"))
    assert found.masthead is not None
    assert found.masthead.session is not None
    assert found.communication.date is not None
    assert found.masthead.session.end == datetime.date(2020, 3, 20)
    assert found.communication.date > found.masthead.session.end
    assert [p.kind for p in found.document.parts] == [
        PartKind.MASTHEAD,
        PartKind.NOTE,
        PartKind.ANNEX,
    ]
