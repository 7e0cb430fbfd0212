"""Cover pages read: which line says what, in which language, what is damaged."""

from __future__ import annotations

import datetime

import pytest

from verbale import institutions
from verbale.model.cover import Cover
from verbale.model.language import EN, ES
from verbale.model.masthead import Distribution, SessionKind
from verbale.phrasebook import Phrasebook
from verbale.recognise.cover import CoverReader, CoverReading

READER = CoverReader(Phrasebook(institutions.load("un")))

ASSEMBLY = [
    "United Nations", "A/RES/61/105", "General Assembly", "Distr.: General", "6 March 2007",
    "Sixty-first session", "Agenda items 13 and 71 (b)", "Follow-up to the summits", "Oceans",
    "Resolution adopted by the General Assembly on 8 December 2006",
    "[on the report of the Second Committee (A/61/425/Add.2, paras. 12 and 15)]",
]  # fmt: skip
COUNCIL = {
    "ar": "الذي اتخذه مجلس الأمن في جلسته 4213، المعقودة في 31 تشرين الأول/أكتوبر 2000",
    "en": "Adopted by the Security Council at its 4213th meeting, on 31 October 2000",
    "es": "Aprobada por el Consejo de Seguridad en su 4213a sesión, celebrada el 31 de octubre "
    "de 2000",
    "fr": "Adoptée par le Conseil de sécurité à sa 4213e séance, le 31 octobre 2000",
    "ru": "принятая Советом Безопасности на его 4213-м заседании 31 октября 2000 года",
    "zh": "2000年10月31日 4213次会议通过",
}
NUMBERS = {
    "ar": "القرار 1325 (2000)",
    "en": "Resolution 1325 (2000)",
    "es": "Resolución 1325 (2000)",
    "fr": "Résolution 1325 (2000)",
    "ru": "Резолюция 1325 (2000),",
    "zh": "第1325(2000)号决议",
}


def fields(reading: CoverReading) -> dict[str, str]:
    return {line.reading.role: line.text for line in reading.lines}


def test_a_page_of_the_assembly_with_two_items_and_a_source() -> None:
    reading = READER.read(ASSEMBLY)
    cover = reading.cover
    assert reading.language == "en"
    assert [str(item) for item in cover.items] == ["13", "71 (b)"]
    assert cover.pages["en"].texts["agenda-title"] == ("Follow-up to the summits", "Oceans")
    source = cover.phrase("source")
    assert source is not None
    assert (source.kind, source.values["committee"]) == ("report", "C2")
    assert source.values["paragraphs"] == ("12", "15")
    title = cover.phrase("title")
    assert title is not None
    assert title.values == {"body": "A", "date": datetime.date(2006, 12, 8)}


@pytest.mark.parametrize("lang", sorted(COUNCIL))
def test_a_resolution_of_the_council_has_the_same_values_in_every_language(lang: str) -> None:
    head = ["S/RES/1325 (2000)", NUMBERS[lang], COUNCIL[lang]]
    cover = READER.read(head, lang).cover
    adoption, number = cover.phrase("adoption"), cover.phrase("resolution")
    assert number is not None
    assert number.values == {"number": 1325, "year": 2000}
    assert adoption is not None
    assert adoption.values["meeting"] == 4213
    assert adoption.values["date"] == datetime.date(2000, 10, 31)


def test_the_layout_of_the_nineties_sets_one_line_over_two_and_two_on_one() -> None:
    page = (
        "UNITED|NATIONS AS|General Assembly|Security Council|Distr.|GENERAL|A/47/1012/Add.1|"
        "S/26416/Add.1|27 October 1993|ENGLISH|ORIGINAL: ENGLISH/SPANISH|"
        "Forty-seventh session Forty-eighth year|Agenda item 36"
    )
    cover = READER.read(page.split("|")).cover
    assert cover.publisher
    assert cover.organs == ("A", "S")
    assert [str(symbol) for symbol in cover.symbols] == ["A/47/1012/Add.1", "S/26416/Add.1"]
    assert cover.distribution is Distribution.GENERAL
    assert cover.original == (EN, ES)
    assert [session.kind for session in cover.sessions] == [
        SessionKind.REGULAR,
        SessionKind.COUNCIL_YEAR,
    ]


@pytest.mark.parametrize(
    ("damaged", "role", "taken"),
    [
        ("ORIGINAL: RNGLISH", "original", "original: english"),
        ("Securitv Council", "organ", "security council"),
        ("S/23402/Md.l", "symbol", "S/23402/Add.1"),
        ("6/23909/ABd.l", "symbol", "S/23909/Add.1"),
        ("8123999", "symbol", "S/23999"),
        ("S/1995/73O", "symbol", "S/1995/730"),
        ("l5 Mareh 1992", "date", "15 March 1992"),
    ],
)
def test_a_damaged_line_is_read_with_less_than_full_confidence(
    damaged: str, role: str, taken: str
) -> None:
    page = {
        "publisher": "UNITED NATIONS",
        "organ": "Security Council",
        "distribution": "Distr. GENERAL",
        "symbol": "S/1992/1",
        "date": "15 March 1992",
        "original": "ORIGINAL: ENGLISH",
    } | {role: damaged}
    reading = READER.read(list(page.values()))
    line = next(reading.of(role))
    assert line.text == damaged
    assert line.reading.taken == taken
    assert line.reading.confidence < 1


def test_a_sound_page_has_no_doubt_on_any_line() -> None:
    assert all(line.reading.confidence == 1 for line in READER.read(ASSEMBLY).lines)


@pytest.mark.parametrize(
    "lines", [[], [""], ["Dear Sir,", "we regret to inform you"], ["1. The Council met."]]
)
def test_what_is_no_cover_page_has_no_values(lines: list[str]) -> None:
    assert READER.read(lines).cover == Cover()


def test_a_field_that_is_not_there_is_not_made_up() -> None:
    without = [line for line in ASSEMBLY if "2007" not in line and "session" not in line]
    reading = READER.read(without)
    assert {"date", "session"}.isdisjoint(fields(reading))
    assert reading.cover.date is None
    assert reading.cover.sessions == ()


def test_a_committees_report_may_be_the_title_of_an_item() -> None:
    lines = [line for line in ASSEMBLY if line != "Oceans"]
    lines[lines.index("Follow-up to the summits")] = "Report of the Economic and Social Council"
    found = fields(READER.read(lines))
    assert found["agenda-title"] == "Report of the Economic and Social Council"
    assert found["title"].startswith("Resolution adopted")


def test_a_session_in_other_years_than_any_table_has() -> None:
    cover = READER.read(
        ["A/RES/118/3", "General Assembly", "One hundred eighteenth session"]
    ).cover
    assert cover.sessions[0].number == 118
