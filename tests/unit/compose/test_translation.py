"""Units of a version: what goes out, in what order, and how it is put back."""

from __future__ import annotations

import pytest

from verbale.compose.coding import Tag, text_of
from verbale.compose.translation import Bitext, bitext, complete
from verbale.model.document import (
    Document,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Span,
    Text,
)
from verbale.model.language import EN, FR, ZH, Language
from verbale.model.walk import block_text

STRONG = frozenset({Mark.STRONG})


def version(lang: Language, *content: object, kind: PartKind = PartKind.NOTE) -> Document:
    part = Part(kind, (Paragraph(tuple(content)),), lang)  # type: ignore[arg-type]
    return Document((part,), lang)


def waiting(*content: object) -> Span:
    return Span(tuple(content), language=EN, awaiting=True)  # type: ignore[arg-type]


def work_of(source: Document, target: Document) -> Bitext:
    versions = {str(each.language): each for each in (source, target)}
    return bitext("CL/1", target, versions, EN, lambda _: False)


def test_set_phrases_and_free_sentences_stand_in_the_order_of_the_source() -> None:
    source = version(EN, Text("One phrase. Two phrases. Free words. A last phrase."))
    target = version(
        FR, Text("Une formule. Deux formules. "), waiting(Text("Free words.")), Text(" Fin.")
    )
    (unit,) = work_of(source, target).units
    pairs = [(text_of(s.source), text_of(s.target), s.gap) for s in unit.segments]
    assert pairs == [
        ("One phrase. Two phrases.", "Une formule. Deux formules.", " "),
        ("Free words.", "", " "),
        ("A last phrase.", "Fin.", ""),
    ]


def test_a_translation_takes_the_place_of_what_waited_with_its_marks() -> None:
    source = version(EN, Text("A phrase. Free "), Text("words", STRONG), NoteRef("n1", "*"))
    piece = (Text("Free "), Text("words", STRONG), NoteRef("n1", "*"))
    target = version(FR, Text("Une formule. "), waiting(*piece))
    work = work_of(source, target)
    (unit,) = work.units
    free = unit.segments[1]
    assert free.source == ("Free ", Tag("1", ("words",)), Tag("2"))
    filled = {(unit.id, free.id): ("Des ", Tag("1", ("mots",)), " libres", Tag("2"))}
    made = complete(target, work, filled).parts[0].blocks[0]
    assert made == Paragraph(
        (Text("Une formule. Des "), Text("mots", STRONG), Text(" libres"), NoteRef("n1", "*"))
    )


@pytest.mark.parametrize(
    ("lang", "text"),
    [(FR, "Un. Deux. Trois."), (ZH, "一。二。三。")],
)
def test_blanks_between_sentences_are_those_of_the_language(lang: Language, text: str) -> None:
    source = version(EN, Text("One. Two. Three."))
    first, second, third = text.split() if lang == FR else ["一。", "二。", "三。"]
    target = version(lang, waiting(Text("One.")), Text(f" {second} "), waiting(Text("Three.")))
    work = work_of(source, target)
    free = [s.id for s in work.units[0].segments if s.free]
    filled = {
        (work.units[0].id, key): (t,) for key, t in zip(free, (first, third), strict=True)
    }
    assert block_text(complete(target, work, filled).parts[0].blocks[0]) == text


def test_a_part_as_received_is_not_for_translation() -> None:
    annex = Part(PartKind.ANNEX, (Paragraph((Text("As it came."),)),), EN, as_received=True)
    source = Document((annex,), EN)
    target = Document((annex,), FR)
    assert work_of(source, target).units == ()


def test_an_annex_in_a_third_language_is_its_own_source() -> None:
    piece = Span((Text("Solo texto."),), language=Language("es"), awaiting=True)
    content = (Paragraph((piece,)),)
    english = Document((Part(PartKind.ANNEX, content, EN),), EN)
    french = Document((Part(PartKind.ANNEX, content, FR),), FR)
    work = work_of(english, french)
    assert (work.source, work.units[0].language) == (Language("es"), Language("es"))
    assert text_of(work.units[0].segments[0].source) == "Solo texto."
