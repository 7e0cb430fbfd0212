"""What every language must do, for all six."""

from __future__ import annotations

import datetime

import pytest

from verbale.languages import rules
from verbale.languages.base import LARGEST_ANNEX, LARGEST_ORDINAL, LanguageRules
from verbale.model.language import OFFICIAL
from verbale.model.masthead import AgendaItem
from verbale.text.folding import fold

LANGUAGES = [rules(language.code) for language in OFFICIAL]
FIRST, LAST = datetime.date(1945, 1, 1), datetime.date(2035, 12, 31)
# 61 has no common divisor with 7, 28 to 31: over the years every day of every month comes up.
DAYS = [FIRST + datetime.timedelta(days=n) for n in range(0, (LAST - FIRST).days, 61)]
MONTH_ENDS = [datetime.date(2020, month, day) for month in range(1, 13) for day in (1, 28)]


@pytest.fixture(params=LANGUAGES, ids=lambda language: language.language.code)
def language(request: pytest.FixtureRequest) -> LanguageRules:
    value = request.param
    assert isinstance(value, LanguageRules)
    return value


def folded(text: str) -> str:
    return fold(text).text


def test_it_is_what_its_file_says(language: LanguageRules) -> None:
    assert rules(language.language.code) is language


def test_every_ordinal_in_every_form_reads_back_whole(language: LanguageRules) -> None:
    for form in language.ordinal_forms:
        for number in range(1, LARGEST_ORDINAL + 1):
            text = folded(language.ordinal(number, form))
            assert next(language.read_ordinal(text, 0)) == (number, len(text)), text


def test_ordinals_are_read_in_capitals_inside_a_sentence(language: LanguageRules) -> None:
    for form in language.ordinal_forms:
        for number in range(1, LARGEST_ORDINAL + 1):
            words = folded(language.ordinal(number, form))
            text = f"A/HRC: {words.upper()} ..."
            assert next(language.read_ordinal(text, 7)) == (number, 7 + len(words)), text


def test_forms_of_one_ordinal_differ_from_all_others(language: LanguageRules) -> None:
    for form in language.ordinal_forms:
        numbers = range(1, LARGEST_ORDINAL + 1)
        assert len({language.ordinal(number, form) for number in numbers}) == LARGEST_ORDINAL


@pytest.mark.parametrize("number", [-1, 0, LARGEST_ORDINAL + 1])
def test_an_ordinal_outside_the_range_is_an_error(language: LanguageRules, number: int) -> None:
    with pytest.raises(ValueError, match="150"):
        language.ordinal(number, language.ordinal_forms[0])


def test_an_unknown_form_is_an_error_that_names_the_known(language: LanguageRules) -> None:
    with pytest.raises(ValueError, match=language.ordinal_forms[0]):
        language.ordinal(1, "roman")


def test_every_date_reads_back_whole(language: LanguageRules) -> None:
    for day in (*DAYS, *MONTH_ENDS):
        for text in (folded(language.date(day)), folded(language.date(day)).upper()):
            assert next(language.read_date(text, 0)) == (day, len(text)), text


@pytest.mark.parametrize(
    ("month", "day"), [(2, 30), (4, 31), (6, 31), (9, 31), (11, 31), (1, 32), (5, 0)]
)
def test_a_day_the_calendar_lacks_is_no_date(
    language: LanguageRules, month: int, day: int
) -> None:
    written = language.date(datetime.date(2021, month, 2))
    wrong = folded(written)
    at = 7 if language.language.code == "zh" else 0
    wrong = wrong[:at] + wrong[at:].replace("2", str(day), 1)
    assert list(language.read_date(wrong, 0)) == [], wrong


def test_29_february_is_a_date_in_leap_years_only(language: LanguageRules) -> None:
    leap = folded(language.date(datetime.date(2024, 2, 29)))
    assert next(language.read_date(leap, 0))[0] == datetime.date(2024, 2, 29)
    assert list(language.read_date(leap.replace("2024", "2023"), 0)) == []


def test_a_date_is_not_cut_out_of_longer_figures(language: LanguageRules) -> None:
    text = folded(language.date(datetime.date(2021, 10, 17)))
    assert list(language.read_date(f"1{text}", 1)) == []


@pytest.mark.parametrize("days", [3, 18, 40, 390])
def test_spans_of_days_read_back_whole(language: LanguageRules, days: int) -> None:
    for first in (*DAYS, *MONTH_ENDS):
        last = first + datetime.timedelta(days=days)
        text = folded(language.date_range(first, last))
        assert next(language.read_date_range(text, 0)) == ((first, last), len(text)), text


def test_a_span_of_one_day_is_a_date(language: LanguageRules) -> None:
    text = folded(language.date_range(DAYS[0], DAYS[0]))
    assert next(language.read_date(text, 0)) == (DAYS[0], len(text))


def test_a_span_that_ends_before_it_begins_is_an_error(language: LanguageRules) -> None:
    with pytest.raises(ValueError, match="cannot end"):
        language.date_range(datetime.date(2020, 3, 2), datetime.date(2020, 3, 1))


LISTS = [
    (AgendaItem(4),),
    (AgendaItem(58, ("a",)),),
    (AgendaItem(19, ("c", "ii")),),
    (AgendaItem(103, ("hh",)),),
    (AgendaItem(7), AgendaItem(133)),
    (AgendaItem(4), AgendaItem(7), AgendaItem(9)),
    (AgendaItem(58, ("a",)), AgendaItem(58, ("b",))),
    (AgendaItem(58, ("a",)), AgendaItem(58, ("b",)), AgendaItem(60)),
    (AgendaItem(19, ("c", "ii")), AgendaItem(20)),
]


@pytest.mark.parametrize("items", LISTS, ids=lambda items: ", ".join(map(str, items)))
def test_items_read_back_whole(language: LanguageRules, items: tuple[AgendaItem, ...]) -> None:
    text = folded(language.items(items))
    assert next(language.read_items(text, 0)) == (items, len(text)), text


def test_every_letter_of_a_sub_item_reads_back(language: LanguageRules) -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    for sub in (*letters, *(letter * 2 for letter in letters)):
        item = AgendaItem(99, (sub,))
        text = folded(language.item(item))
        assert next(language.read_items(text, 0)) == ((item,), len(text)), text


def test_shorter_beginnings_of_a_list_are_read_too(language: LanguageRules) -> None:
    items = (AgendaItem(58, ("a",)), AgendaItem(60))
    found = [found for found, _ in language.read_items(folded(language.items(items)), 0)]
    assert found == [items, items[:1], (AgendaItem(58),)]


def test_a_resolution_or_a_year_is_no_item(language: LanguageRules) -> None:
    assert list(language.read_items("75/12", 0)) == []
    assert list(language.read_items("2020", 0)) == []


def test_annex_numbers_read_back_whole(language: LanguageRules) -> None:
    for number in range(1, LARGEST_ANNEX + 1):
        text = language.annex_number(number)
        assert next(language.read_annex_number(text, 0)) == (number, len(text)), text
        figures = str(number)
        assert next(language.read_annex_number(figures, 0)) == (number, len(figures))


def test_an_annex_number_outside_the_range_is_an_error(language: LanguageRules) -> None:
    for number in (0, LARGEST_ANNEX + 1):
        with pytest.raises(ValueError, match="50"):
            language.annex_number(number)


def test_a_letter_is_no_annex_number(language: LanguageRules) -> None:
    for letter in ("A", "B", "А", "Б", "ألف", "باء"):
        assert list(language.read_annex_number(letter, 0)) == []


def test_typesetting_changes_only_what_is_not_seen(language: LanguageRules) -> None:
    span = language.date_range(datetime.date(2020, 2, 24), datetime.date(2020, 3, 20))
    for text in (span, "A/HRC/43/G/1", f"{span} (A/HRC/43/G/1) : « x » ; y ?"):
        once = language.typeset(text)
        assert folded(once) == folded(text)
        assert language.typeset(once) == once


def test_it_names_the_six_official_languages(language: LanguageRules) -> None:
    names = language.language_names
    assert {other.code for other in OFFICIAL} <= set(names)
    assert len(set(names.values())) == len(names)
    assert language.own_name
    assert language.masthead_name
