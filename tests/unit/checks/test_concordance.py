from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale.checks.concordance import concordance
from verbale.model.document import Document, NoteRef, Paragraph, Part, PartKind, Text
from verbale.model.language import Language
from verbale.readers.akn import READER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAME = {
    "ar": "1 - يشير إلى قراره 77/145 المؤرخ 12 كانون الأول/ديسمبر 2022 وإلى 60.000 شخص؛",
    "en": "1. Recalls its resolution 77/145 of 12 December 2022 and 60,000 persons;",
    "es": "1. Recuerda su resolución 77/145, de 12 de diciembre de 2022, y 60.000 personas;",
    "fr": "1. Rappelle sa résolution 77/145 du 12 décembre 2022 et 60 000 personnes ;",
    "ru": "1. ссылается на свою резолюцию 77/145 от 12 декабря 2022 года и 60 000 человек;",
    "zh": "1. 回顾其2022年12月12日第77/145号决议和60,000人；",
}


def version(lang: str, *texts: str, notes: int = 0) -> Document:
    marks = tuple(NoteRef(str(n), str(n)) for n in range(notes))
    blocks = tuple(Paragraph((Text(text), *marks)) for text in texts)
    return Document(parts=(Part(PartKind.NOTE, blocks, Language(lang)),))


def versions(**other: str) -> dict[str, Document]:
    return {lang: version(lang, text) for lang, text in (SAME | other).items()}


def found(documents: dict[str, Document]) -> list[tuple[str, str, str, str]]:
    return [
        (f.code, f.values["lang"], f.values["found"], f.values["expected"])
        for f in concordance(documents)
    ]


def test_versions_that_say_the_same_in_their_own_figures_and_dates_have_no_finding() -> None:
    assert found(versions()) == []


@pytest.mark.parametrize(
    ("was", "now", "expected"),
    [
        ("77/145", "77/154", ("concordance-symbol", "es", "77/154", "77/145")),
        ("12 de", "13 de", ("concordance-date", "es", "2022-12-13", "2022-12-12")),
        ("60.000", "6.000", ("concordance-figure", "es", "6000", "60000")),
    ],
)
def test_what_one_version_alone_has_otherwise_is_said_of_it(
    was: str, now: str, expected: tuple[str, str, str, str]
) -> None:
    assert found(versions(es=SAME["es"].replace(was, now))) == [expected]


def test_a_paragraph_and_a_note_mark_that_one_version_lost_are_counted() -> None:
    documents = {lang: version(lang, text, text, notes=1) for lang, text in SAME.items()}
    documents["ru"] = version("ru", SAME["ru"])
    assert found(documents) == [
        ("concordance-paragraphs", "ru", "1", "2"),
        ("concordance-notes", "ru", "0", "2"),
    ]


def test_where_versions_fall_into_camps_nothing_is_said() -> None:
    other = {lang: SAME[lang].replace("77/145", "77/154") for lang in ("ar", "zh", "ru")}
    assert found(versions(**other)) == []


def test_two_versions_cannot_outvote_each_other() -> None:
    documents = {lang: version(lang, SAME[lang]) for lang in ("en", "fr")}
    documents["fr"] = version("fr", "1. Rappelle.")
    assert found(documents) == []


def test_days_that_share_a_month_are_both_read_whichever_stands_beside_it() -> None:
    texts = {
        "en": "held on 12 and 13 June 2018",
        "fr": "tenue les 12 et 13 juin 2018",
        "es": "celebrada el 12 y 13 de junio de 2018",
        "zh": "2018年6月12日和13日举行",
    }
    assert found({lang: version(lang, text) for lang, text in texts.items()}) == []


def test_real_differences_in_official_documents_are_found(
    corpus: Callable[[str], Path],
) -> None:
    folder = corpus("un-akn-sc") / "2020"
    documents = {}
    for path in sorted(folder.glob("*/*2507*.xml")):
        documents[path.parent.name] = READER.read(path.read_bytes(), name=path.name).document
    assert len(documents) == 6
    # Paragraph 1 in Arabic extends the measure until 31 March, the others until 31 July.
    assert found(documents) == [("concordance-date", "ar", "2020-03-31", "-")]
