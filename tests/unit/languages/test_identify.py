"""Languages of real parts, and of short lines."""

from __future__ import annotations

import html
import re
import time
from typing import TYPE_CHECKING

import pytest

from verbale.languages.identify import identify
from verbale.model.language import OFFICIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CODES = [language.code for language in OFFICIAL]
FOLDERS = ("un-akn-hrc", "un-akn-ga", "un-akn-sc", "un-akn-ecosoc", "un-akn-ga-decisions")
TAG = re.compile(r"<[^>]+>")
PARAGRAPH = re.compile(r"<p[ >].*?</p>", re.DOTALL)
LONG = 120


def texts(corpus: Callable[[str], Path], code: str) -> Iterator[str]:
    for folder in FOLDERS:
        for path in sorted(corpus(folder).glob(f"**/{code}/*.xml")):
            yield path.read_text(encoding="utf-8")


def plain(markup: str) -> str:
    return " ".join(html.unescape(TAG.sub(" ", markup)).split())


@pytest.mark.parametrize("code", CODES)
def test_whole_resolutions(corpus: Callable[[str], Path], code: str) -> None:
    found = [identify(plain(text)).code for text in texts(corpus, code)]
    assert len(found) > 30
    assert set(found) == {code}


@pytest.mark.parametrize("code", CODES)
def test_long_paragraphs_of_resolutions(corpus: Callable[[str], Path], code: str) -> None:
    found = [
        identify(paragraph).code
        for text in texts(corpus, code)
        for markup in PARAGRAPH.findall(text)
        if len(paragraph := plain(markup)) >= LONG
    ]
    assert len(found) > 200
    assert set(found) == {code}


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_short_lines_may_be_unclear_but_are_not_taken_for_another_language(
    corpus: Callable[[str], Path], code: str
) -> None:
    lines = [
        line
        for text in texts(corpus, code)
        for markup in PARAGRAPH.findall(text)
        if 8 < len(line := plain(markup)) < LONG
    ]
    found = [identify(line).code for line in lines]
    assert len(found) > 300
    assert set(found) <= {code, "und"}


def test_dutch_headings_of_exchanged_notes_are_not_taken_for_their_notes(
    corpus: Callable[[str], Path],
) -> None:
    seen = 0
    for path in sorted(corpus("exchange-of-notes-nl").glob("*/*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            heading = re.match(r"##(?!#)\s*(.*(?:wisseling|tussen|inzake).*)", line)
            if heading:
                seen += 1
                assert identify(heading[1]).code in {"nl", "und"}, heading[1]
    assert seen > 30


def test_each_part_of_the_example_is_in_its_language(corpus: Callable[[str], Path]) -> None:
    (path,) = corpus("seed").glob("*.txt")
    note, _, annex = path.read_text(encoding="utf-8").partition("**Annex")
    assert identify(note).code == "es"
    assert identify(annex).code == "en"
    paragraphs = [text for text in annex.split("\n\n") if len(text) > LONG]
    assert len(paragraphs) > 8
    assert {identify(text).code for text in paragraphs} == {"en"}


LINES = [
    ("Situaciones de derechos humanos que requieren la atención del Consejo", "es"),
    ("43^{er} período de sesiones", "es"),
    ("Statement by the Ministry of Foreign Affairs", "en"),
    ("Lettre datée du 5 mai 2020", "fr"),
    ("Документ A/HRC/RES/54/1 и S/2020/1", "ru"),
    ("第A/RES/75/1号决议", "zh"),
    ("نص A/RES/75/1", "ar"),
    ("Verklaring van het Ministerie van Buitenlandse Zaken", "nl"),
    ("A nota verbal da Missão Permanente do Brasil junto às Nações Unidas", "pt"),
    ("Die Ständige Vertretung der Bundesrepublik beehrt sich", "de"),
    ("Dichiarazione del Ministero degli Affari Esteri", "it"),
    ("日本国政府は、国際連合に対し", "ja"),
    ("대한민국 정부는 유엔에", "ko"),
]


@pytest.mark.parametrize(("text", "code"), LINES)
def test_short_lines(text: str, code: str) -> None:
    assert identify(text).code == code


UNCLEAR = [
    "",
    "A/HRC/43/G/1",
    "6 2020",
    "Azerbaijan",
    "Постійне представництво України при Відділенні ООН",
    "Постоянната мисия на Република България към Организацията на обединените нации",
    "نمایندگی دائم جمهوری اسلامی ایران نزد سازمان ملل متحد",
    "Ὑπουργεῖο Ἐξωτερικῶν",
    "Ang Permanenteng Misyon ng Pilipinas ay may karangalan na magpadala",
]


@pytest.mark.parametrize("text", UNCLEAR)
def test_what_is_not_clear_or_not_official_is_not_taken_for_one_of_the_six(text: str) -> None:
    assert identify(text).code not in CODES


def test_a_megabyte_takes_less_than_a_second() -> None:
    text = (
        "The Permanent Mission presents its compliments to the Office (A/HRC/43/G/1). " * 13_000
    )
    begin = time.perf_counter()
    assert identify(text).code == "en"
    assert time.perf_counter() - begin < 1.0
