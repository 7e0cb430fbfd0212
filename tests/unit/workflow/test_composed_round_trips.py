"""What is composed reads back: HTML and JSON to equal trees, text and PDF to the same words."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from verbale import catalogue, institutions
from verbale.compose import compose
from verbale.edges.typeset import Typesetter
from verbale.model.document import Stamp
from verbale.model.masthead import Distribution, Masthead, Session
from verbale.model.symbol import Symbol
from verbale.model.walk import document_text, part_text
from verbale.workflow import reading
from verbale.writers.base import Options

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.compose import Composition, Version

LAKES_NOTE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
DAY = datetime.date(2026, 3, 16)
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
STAMPS = (Stamp.SPECIMEN, Stamp.REPRODUCTION)


def composed(path: Path, name: str, symbol: str) -> Composition:
    rules = institutions.load(name)
    found = reading.recognise_file(path.read_bytes(), name=path.name, institution=rules)
    masthead = found.masthead or Masthead(
        organ="CL",
        body="CL/C",
        distribution=Distribution.GENERAL,
        date=DAY,
        original=(found.document.language,),
        session=Session(12),
        items=found.communication.requests[0].items,
    )
    number = (Symbol.parse(symbol),)
    return compose(found, masthead, rules, symbols=number, stamps=STAMPS, moment=masthead.date)


@pytest.fixture(scope="module")
def both(corpus: Callable[[str], Path]) -> dict[str, Composition]:
    seed = next(corpus("seed").glob("*.txt"))
    return {
        "seed": composed(seed, "un", "A/HRC/43/G/1"),
        "lakes": composed(LAKES_NOTE, "lakes", "CL/C/12/G/1"),
    }


def version(composition: Composition, lang: str) -> Version:
    return next(each for each in composition.versions if each.language.code == lang)


def written(composition: Composition, lang: str, form: str) -> bytes:
    options = Options(
        moment=DAY,
        labels=composition.labels[lang],
        typesetter=Typesetter() if form == "pdf" else None,
    )
    return catalogue.writer(form).write(version(composition, lang).document, options)


def words(text: str) -> list[str]:
    """The words of a text, hyphens at line ends and directional marks undone."""
    # pdfium gives a hyphen at a line's end as one of these; pages are set without hyphenation.
    text = re.sub(r"[\ufffe\u0002]\s*", "-", text)
    text = re.sub(r"[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]", "", text)
    return re.sub(r"[\s\u00a0]+", " ", text).split()


@pytest.mark.parametrize("name", ["seed", "lakes"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["html", "json"])
def test_html_and_json_read_back_to_an_equal_tree(
    both: dict[str, Composition], name: str, lang: str, form: str
) -> None:
    data = written(both[name], lang, form)
    again = catalogue.reader(form).read(data, name=f"again.{form}")
    assert again.document == version(both[name], lang).document
    assert not again.findings


@pytest.mark.parametrize("name", ["seed", "lakes"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_text_form_has_every_word(
    both: dict[str, Composition], name: str, lang: str
) -> None:
    data = written(both[name], lang, "txt")
    again = catalogue.reader("txt").read(data, name="again.txt")
    there = Counter(words(document_text(again.document).replace("*", " ")))
    missing = Counter(words(document_text(version(both[name], lang).document))) - there
    assert not missing


@pytest.mark.parametrize("name", ["seed", "lakes"])
@pytest.mark.parametrize("lang", [lang for lang in LANGUAGES if lang != "ar"])
def test_the_words_on_the_pages_are_those_of_the_tree(
    both: dict[str, Composition], name: str, lang: str
) -> None:
    pdf = pypdfium2.PdfDocument(written(both[name], lang, "pdf"))
    text = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    pdf.close()
    on_pages = "".join(words(text))
    wanted = version(both[name], lang).document
    for part in wanted.parts:
        for piece in words(part_text(part, marks=True)):
            assert piece in on_pages, piece


@pytest.mark.parametrize("name", ["seed", "lakes"])
def test_arabic_pages_give_the_annex_whole_and_nearly_every_arabic_word(
    both: dict[str, Composition], name: str
) -> None:
    # Readers turn round the text that typesetting gives for letters with tanwin and the like;
    # the pages themselves and what a screen reader is given are right.
    pdf = pypdfium2.PdfDocument(written(both[name], "ar", "pdf"))
    on_pages = "".join(words("\n".join(p.get_textpage().get_text_bounded() for p in pdf)))
    pdf.close()
    tree = version(both[name], "ar").document
    annex = next(part for part in tree.parts if part.kind == "annex")
    for piece in words(part_text(annex, marks=True)):
        assert piece in on_pages, piece
    arabic = re.findall(r"[\u0621-\u0652]{4,}", document_text(tree))
    intact = [word for word in arabic if word in on_pages]
    assert len(intact) >= 0.94 * len(arabic)


@pytest.mark.parametrize("form", ["txt", "html", "json"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_version_is_understood_again(
    both: dict[str, Composition], lang: str, form: str
) -> None:
    rules = institutions.load("un")
    data = written(both["seed"], lang, form)
    found = reading.recognise_file(data, name=f"again.{form}", institution=rules)
    masthead, note = found.masthead, found.communication
    assert masthead is not None
    assert masthead.session is not None
    assert [str(symbol) for symbol in masthead.symbols] == ["A/HRC/43/G/1"]
    assert (masthead.body, masthead.session.number) == ("A/HRC", 43)
    assert (masthead.date, note.date) == (
        datetime.date(2020, 5, 6),
        datetime.date(2020, 4, 8),
    )
    assert [(s.state, s.station) for s in note.senders] == [("AZ", "geneva")]
    assert note.addressees == ("OHCHR",)
    assert [(r.body, r.session) for r in note.requests] == [("A/HRC", 43)]
    assert [part.as_received for part in found.document.parts if part.kind == "annex"] == [True]
    assert found.document.stamps == STAMPS
