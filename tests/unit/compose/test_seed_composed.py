"""The real example, composed again: in Spanish to the letter, formulas in the other five."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale import institutions
from verbale.compose import Composition, compose
from verbale.model.document import Document, Paragraph, Part, PartKind, Stamp
from verbale.model.symbol import Symbol
from verbale.model.walk import block_text, part_text, parts
from verbale.text.folding import squeeze
from verbale.workflow import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.model.recognition import Recognition

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


@pytest.fixture(scope="module")
def recognised(corpus: Callable[[str], Path]) -> Recognition:
    path = next(corpus("seed").glob("*.txt"))
    un = institutions.load("un")
    return reading.recognise_file(path.read_bytes(), name=path.name, institution=un)


@pytest.fixture(scope="module")
def composed(recognised: Recognition) -> Composition:
    assert recognised.masthead is not None
    return compose(
        recognised,
        recognised.masthead,
        institutions.load("un"),
        symbols=(Symbol.parse("A/HRC/43/G/1"),),
        stamps=(Stamp.SPECIMEN, Stamp.REPRODUCTION),
        moment=recognised.masthead.date,
    )


def version(composed: Composition, lang: str) -> Document:
    return next(v.document for v in composed.versions if v.language.code == lang)


def part(document: Document, kind: PartKind) -> Part:
    return next(each for each in parts(document) if each.kind is kind)


def lines(document: Document) -> list[tuple[str, str]]:
    head = part(document, PartKind.MASTHEAD)
    return [(b.role, squeeze(block_text(b))) for b in head.blocks if isinstance(b, Paragraph)]


def test_the_spanish_masthead_is_the_one_received_with_the_symbol_added(
    recognised: Recognition, composed: Composition
) -> None:
    received = [text for _, text in lines(recognised.document)]
    made = lines(version(composed, "es"))
    assert [text for role, text in made if role not in ("publisher", "symbol")] == received
    assert ("symbol", "A/HRC/43/G/1") in made


@pytest.mark.parametrize("kind", [PartKind.NOTE, PartKind.ANNEX])
def test_in_spanish_the_note_is_to_the_letter_and_the_annex_in_every_language(
    recognised: Recognition, composed: Composition, kind: PartKind
) -> None:
    received = part_text(part(recognised.document, kind), marks=True)
    spoken = ("es",) if kind is PartKind.NOTE else LANGUAGES
    for lang in spoken:
        assert part_text(part(version(composed, lang), kind), marks=True) == received, lang


def test_the_annex_is_the_same_tree_in_all_six(composed: Composition) -> None:
    annexes = {part(v.document, PartKind.ANNEX) for v in composed.versions}
    assert len(annexes) == 1


def test_distribution_date_and_language_stay_english_in_arabic_chinese_and_russian(
    composed: Composition,
) -> None:
    for lang, name in (("ar", "Arabic"), ("zh", "Chinese"), ("ru", "Russian")):
        found = dict(lines(version(composed, lang)))
        assert found["distribution"] == "Distr.: General"
        assert found["date"] == "6 May 2020"
        assert found["language"] == name
        assert found["original"] == "Original: English"
    assert "language" not in dict(lines(version(composed, "en")))


@pytest.mark.parametrize(
    ("lang", "session", "item"),
    [
        ("ar", "الدورة الثالثة والأربعون", "البند 4 من جدول الأعمال"),
        ("zh", "第四十三届会议", "议程项目4"),
        ("en", "Forty-third session", "Agenda item 4"),
        ("fr", "Quarante-troisième session", "Point 4 de l’ordre du jour"),
        ("ru", "Сорок третья сессия", "Пункт 4 повестки дня"),
        ("es", "43er período de sesiones", "Tema 4 de la agenda"),
    ],
)
def test_session_and_item_are_in_the_language_of_the_version(
    composed: Composition, lang: str, session: str, item: str
) -> None:
    found = dict(lines(version(composed, lang)))
    assert found["session"] == session
    assert found["agenda-item"].replace("\u00a0", " ") == item


def test_the_request_is_translated_and_the_free_paragraph_waits(composed: Composition) -> None:
    for each in composed.versions:
        assert each.awaiting == (0 if each.language.code == "es" else 1), each.language
    note = part_text(part(version(composed, "en"), PartKind.NOTE), marks=True)
    assert "to circulate the present note verbale and the annex thereto* as a document" in note
    assert "saluda atentamente" in note
    assert "Reproduced as received, in the language of submission only." in note


def test_what_was_printed_without_review_is_said(composed: Composition) -> None:
    candidates = [f.values for f in composed.findings if f.code == "phrase-candidate"]
    assert {"ar", "zh", "fr", "ru"} <= {values["lang"] for values in candidates}
    assert all(f.values["key"] != "body.A/HRC" for f in composed.findings if "key" in f.values)


def test_the_stamp_is_in_the_language_of_each_version(composed: Composition) -> None:
    assert version(composed, "es").stamp_text == "Espécimen · Reproducción"
    assert version(composed, "ar").stamp_text == "نموذج · نسخة"


def test_composing_twice_gives_equal_trees(
    recognised: Recognition, composed: Composition
) -> None:
    assert recognised.masthead is not None
    again = compose(
        recognised,
        recognised.masthead,
        institutions.load("un"),
        symbols=(Symbol.parse("A/HRC/43/G/1"),),
        stamps=(Stamp.SPECIMEN, Stamp.REPRODUCTION),
        moment=recognised.masthead.date,
    )
    assert again == composed
