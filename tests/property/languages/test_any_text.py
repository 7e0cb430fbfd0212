"""Laws of reading and writing, for good values and for any text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.languages import rules
from verbale.languages.base import LanguageRules
from verbale.languages.identify import identify
from verbale.model.language import OFFICIAL
from verbale.model.masthead import AgendaItem
from verbale.text.folding import fold

LANGUAGES = [rules(language.code) for language in OFFICIAL]
days = st.dates(datetime.date(1945, 1, 1), datetime.date(2035, 12, 31))
letters = st.sampled_from("abcdefghijklmnopqrstuvwxyz")
romans = st.sampled_from(["i", "ii", "iii", "iv", "v", "vi", "ix", "x", "xii"])
subs = st.one_of(
    st.just(()),
    st.tuples(letters),
    st.tuples(letters.map(lambda letter: letter * 2)),
    st.tuples(letters, romans),
)
items = st.builds(AgendaItem, st.integers(1, 200), subs)
scraps = st.lists(
    st.sampled_from(
        [
            *"0123456789 -,.()/'aIvXesr年月日第十二百至和Я،و",
            "12 ", "2020", " May ", " mai", " de mayo de ", " мая ", " года", "أيار/مايو",
            "forty-", "third", "сорок ", "третья", "cent ", "unième", "vigésimo ", "primer",
            "الثالثة ", "والأربعون", "^{er}", "º", "(a)", "a)", "(أ)", "ii)",
        ]
    ),
    max_size=12,
).map("".join)  # fmt: skip


# Figures of every script: readers get folded text, but must not fail on any other.
digits = st.text(st.characters(categories=["Nd", "No"]), max_size=4).flatmap(
    lambda figures: st.sampled_from(
        ["{}年{}月{}日", "第{}", "{} May 20{}", "{} ({})", "{}-я"]
    ).map(lambda frame: frame.replace("{}", figures))
)


@pytest.fixture(params=LANGUAGES, ids=lambda language: language.language.code, scope="module")
def language(request: pytest.FixtureRequest) -> LanguageRules:
    value = request.param
    assert isinstance(value, LanguageRules)
    return value


@given(day=days)
def test_a_date_survives_writing_and_reading(
    language: LanguageRules, day: datetime.date
) -> None:
    text = fold(language.typeset(language.date(day))).text
    assert next(language.read_date(text, 0)) == (day, len(text))


@given(ends=st.tuples(days, days).map(sorted))
def test_a_span_survives_writing_and_reading(
    language: LanguageRules, ends: list[datetime.date]
) -> None:
    first, last = ends
    text = fold(language.date_range(first, last)).text
    if first == last:
        assert next(language.read_date(text, 0)) == (first, len(text))
    else:
        assert next(language.read_date_range(text, 0)) == ((first, last), len(text))


@given(values=st.lists(items, min_size=1, max_size=4).map(tuple))
def test_items_survive_writing_and_reading(
    language: LanguageRules, values: tuple[AgendaItem, ...]
) -> None:
    text = fold(language.items(values)).text
    assert next(language.read_items(text, 0)) == (values, len(text))


@given(text=st.one_of(scraps, digits), at=st.integers(0, 20))
def test_whatever_is_read_lies_inside_the_text_longest_first(
    language: LanguageRules, text: str, at: int
) -> None:
    readers = (
        language.read_date,
        language.read_date_range,
        language.read_ordinal,
        language.read_items,
        language.read_annex_number,
    )
    for read in readers:
        found: list[int] = [end for _, end in read(text, at)]
        assert all(at < end <= len(text) for end in found)
        assert found == sorted(found, reverse=True)


@given(text=st.one_of(st.text(max_size=60), scraps))
def test_typesetting_twice_is_typesetting_once(language: LanguageRules, text: str) -> None:
    once = language.typeset(text)
    assert language.typeset(once) == once
    assert fold(once).text == fold(text).text


@given(text=st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    assert identify(text).code
