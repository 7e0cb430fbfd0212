"""Words that a reader takes for the same are one term, in each of the six languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.search.analysis import spellings, stem, terms
from verbale.search.arabic import normal


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["résolution", "Résolutions", "resolution", "RÉSOLUTION"]),
        ("es", ["resolución", "resoluciones", "Resolucion"]),
        ("en", ["resolution", "resolutions", "Resolution"]),
        ("ru", ["резолюция", "резолюции", "резолюций"]),
        ("ru", ["самолёт", "самолет"]),
        ("ar", ["قرار", "قرارات", "القرارات", "والقرار", "قَرَار", "قـــرار"]),
        ("ar", ["إنسان", "الإنسان", "للإنسان", "انسان"]),
        ("ar", ["المتحدة", "المتحده", "متحدة"]),
        ("en", ["12", "１２", "١٢", "۱۲"]),
    ],
)
def test_forms_of_one_word_are_one_term(language: str, words: list[str]) -> None:
    assert {stem(word, language) for word in words} == {stem(words[0], language)}


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("ar", "قرار", "إقرار"),
        ("en", "lake", "lack"),
        ("es", "año", "ajo"),
    ],
)
def test_other_words_are_other_terms(language: str, one: str, other: str) -> None:
    assert stem(one, language) != stem(other, language)


def test_each_han_character_is_a_term_with_its_place() -> None:
    found = list(terms("人权理事会 2026 第12届", "zh"))
    assert [each.term for each in found] == [*"人权理事会", "2026", "第", "12", "届"]
    assert [(found[4].start, found[4].end), (found[5].start, found[5].end)] == [(4, 5), (6, 10)]


def test_places_are_those_of_the_marked_text() -> None:
    text = "تَنْظُرُ في القَرَارِ"
    last = list(terms(text, "ar"))[-1]
    assert (text[last.start : last.end], last.term) == ("القَرَارِ", "قرار")


@pytest.mark.parametrize(
    ("word", "kept"),
    [
        ("Navigation", ("navigation",)),
        ("Résolutions", ("resolutions",)),
        ("القَرارات", ("القرارات", "قرار")),
        ("冰", ()),
    ],
)
def test_a_word_is_kept_whole_for_its_beginning(word: str, kept: tuple[str, ...]) -> None:
    assert spellings(word) == kept


@given(st.text(max_size=80), st.sampled_from(["ar", "zh", "en", "fr", "ru", "es", "und"]))
def test_any_text_gives_terms_without_blanks_inside_it(text: str, language: str) -> None:
    at = 0
    for term in terms(text, language):
        assert at <= term.start < term.end <= len(text)
        assert term.term
        assert not any(sign.isspace() for sign in term.term)
        at = term.end


@given(st.text(alphabet=st.characters(min_codepoint=0x620, max_codepoint=0x6FF), max_size=20))
def test_normal_spelling_is_normal(word: str) -> None:
    assert normal(normal(word)) == normal(word)
