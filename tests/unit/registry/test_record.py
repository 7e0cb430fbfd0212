"""The record of an entry: written once, read for ever."""

from __future__ import annotations

import datetime
import json

import pytest

from verbale.errors import RegistryError
from verbale.model.finding import Finding, Place, Severity
from verbale.registry.entry import (
    Entry,
    FileRecord,
    FileRole,
    KeptFinding,
    Note,
    Number,
    Override,
    Relation,
    State,
    Version,
    VersionState,
    fingerprint,
)
from verbale.registry.record import dump, load

AT = datetime.datetime(2020, 5, 6, 9, 30, tzinfo=datetime.UTC)
SHORT = Entry(receipt=1, state=State.RECEIVED, received_at=AT)
FULL = Entry(
    receipt=7,
    state=State.ISSUED,
    received_at=AT,
    numbers=(Number("A/74/800", "A/74", 800), Number("S/2020/123", "S/2020", 123)),
    key="form-7",
    masthead='{"title":"مذكرة شفوية"}',
    communication='{"kind":"note-verbale"}',
    received=(
        FileRecord("", "a" * 64, 0),
        FileRecord("annex.pdf", "b" * 64, 9, "application/pdf"),
    ),
    composed=(
        FileRecord(
            "7-ES.pdf", "c" * 64, 1, language="es", format="pdf", role=FileRole.COMPOSED
        ),
        FileRecord("7-ES.pdf", "d" * 64, 1, role=FileRole.COMPOSED, issue=1),
    ),
    findings=(
        KeptFinding(Finding("a-code", Severity.NOTES)),
        KeptFinding(
            Finding(
                "b-code",
                Severity.BLOCKS,
                Place("f.pdf", 1, 2, part="p", page=3, box=(0.0, 1.0, 2.0, 3.5)),
                {"symbol": ""},
                "RULES",
            ),
            Override("desk", AT, "seen"),
        ),
    ),
    inputs={"masthead_date": "2020-05-06"},
    relations=(Relation("reply-to", "S/2019/7"),),
    versions=(Version("es", VersionState.ISSUED), Version("fr")),
    concerns=("fr",),
    parts=("annex",),
    notes=(Note("reissue", datetime.date(2020, 5, 8)),),
    asterisks=1,
    restricted=True,
    embargo_until=AT,
    published_at=AT,
)


@pytest.mark.parametrize("entry", [SHORT, FULL], ids=["short", "full"])
def test_a_record_gives_back_the_entry_it_was_made_of(entry: Entry) -> None:
    assert load(dump(entry)) == entry


def test_what_has_its_default_takes_no_room() -> None:
    assert dump(SHORT) == (
        '{"receipt":1,"received_at":"2020-05-06T09:30:00Z","shape":1,"state":"received"}'
    )


def test_every_field_of_an_entry_is_in_the_full_record() -> None:
    assert set(json.loads(dump(FULL))) == {"shape", *Entry.__dataclass_fields__}


def test_text_of_any_script_is_kept_as_it_is() -> None:
    assert "مذكرة شفوية" in dump(FULL)


@pytest.mark.parametrize(
    "text", ["", "null", "[]", "{}", '{"shape":1}', '{"shape":1,"receipt":1,"state":"lost"}']
)
def test_a_damaged_record_is_an_error_with_a_remedy(text: str) -> None:
    with pytest.raises(RegistryError, match="damaged") as caught:
        load(text)
    assert "backup" in caught.value.remedy


def test_one_hash_stands_for_a_set_of_files_in_any_order() -> None:
    assert fingerprint(["b", "a", "a"]) == fingerprint(["a", "b"]) != fingerprint(["a"])
    assert fingerprint(["ab"]) != fingerprint(["a", "b"])
    assert fingerprint([]) == ""


def test_an_entry_is_called_by_its_symbols_and_asterisks_or_by_its_receipt() -> None:
    assert FULL.printed == FULL.name == "A/74/800-S/2020/123*"
    assert SHORT.name == "receipt 1"
    assert SHORT.symbol == ""
