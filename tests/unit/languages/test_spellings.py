"""Spellings that real documents have and that are only read."""

from __future__ import annotations

import datetime

import pytest

from verbale.languages import rules
from verbale.model.masthead import AgendaItem
from verbale.text.folding import fold

D = datetime.date

DATES = [
    ("en", "April 2, 1993", D(1993, 4, 2)),
    ("en", "6 April, 1993", D(1993, 4, 6)),
    ("en", "6th April 1993", D(1993, 4, 6)),
    ("en", "April 6th, 1993", D(1993, 4, 6)),
    ("en", "2nd of May 2011", D(2011, 5, 2)),
    ("en", "25 OCTOBER 1993", D(1993, 10, 25)),
    ("en", "8 Sept. 2004", D(2004, 9, 8)),
    ("en", "6\u00a0May 2020", D(2020, 5, 6)),
    ("fr", "1er avril 2024", D(2024, 4, 1)),
    ("fr", "1 er avril 2024", D(2024, 4, 1)),
    ("fr", "1^{er} avril 2024", D(2024, 4, 1)),
    ("fr", "le 1er avril 2024", D(2024, 4, 1)),
    ("fr", "14 DECEMBRE 2016", D(2016, 12, 14)),
    ("fr", "3 AOUT 1990", D(1990, 8, 3)),
    ("es", "1º de abril de 2024", D(2024, 4, 1)),
    ("es", "1° de abril de 2024", D(2024, 4, 1)),
    ("es", "1.º de abril de 2024", D(2024, 4, 1)),
    ("es", "1 de julio 1993", D(1993, 7, 1)),
    ("es", "primero de abril de 2024", D(2024, 4, 1)),
    ("es", "8 de abril del 2020", D(2020, 4, 8)),
    ("es", "9 DE SETIEMBRE DE 1975", D(1975, 9, 9)),
    ("ru", "8 апреля 2020 года", D(2020, 4, 8)),
    ("ru", "8 апреля 2020 г.", D(2020, 4, 8)),
    ("ru", "«8» апреля 2020 годa", D(2020, 4, 8)),
    ("ar", "13 تشرين الأول 2023", D(2023, 10, 13)),
    ("ar", "13 أكتوبر 2023", D(2023, 10, 13)),
    ("ar", "13 اكتوبر/ تشرين الاول 2023", D(2023, 10, 13)),
    ("ar", "5 جويلية 1990", D(1990, 7, 5)),
    ("ar", "30 غشت 2021", D(2021, 8, 30)),
    ("ar", "٢٩ كانون الثاني/يناير ٢٠١٢", D(2012, 1, 29)),
    ("zh", "2021 年 10 月 7 日", D(2021, 10, 7)),
    ("zh", "２０２１年１０月７日", D(2021, 10, 7)),
    ("zh", "二〇二一年十月七日", D(2021, 10, 7)),
    ("zh", "二○二一年十二月三十一日", D(2021, 12, 31)),
    ("zh", "11 九月 2023", D(2023, 9, 11)),
]


@pytest.mark.parametrize(("code", "text", "day"), DATES)
def test_dates_are_read_whole(code: str, text: str, day: datetime.date) -> None:
    folded = fold(text).text
    assert next(rules(code).read_date(folded, 0)) == (day, len(folded))


def test_the_last_word_of_a_russian_date_may_be_left_to_the_phrase() -> None:
    found = list(rules("ru").read_date("8 апреля 2020 года", 0))
    assert found == [(D(2020, 4, 8), 18), (D(2020, 4, 8), 13)]


NO_DATES = [
    ("en", "8 Smarch 2020"),
    ("en", "May 2020"),
    ("en", "31 June 2020"),
    ("en", "8 April 20201"),
    ("es", "8 de 2020"),
    ("ar", "26 من القرار 1874"),
    ("zh", "2021年13月7日"),
    ("zh", "2021年10月"),
]


@pytest.mark.parametrize(("code", "text"), NO_DATES)
def test_other_figures_are_no_dates(code: str, text: str) -> None:
    assert list(rules(code).read_date(text, 0)) == []


WINTER = (D(2020, 2, 24), D(2020, 3, 20))
MAY = (D(2011, 5, 9), D(2011, 5, 13))
SPANS = [
    ("en", "24 February–20 March 2020", WINTER),
    ("en", "24 February - 20 March 2020", WINTER),
    ("en", "24 February 20 March 2020", WINTER),
    ("en", "24 February20 March 2020", WINTER),
    ("en", "from 24 February to 20 March 2020", WINTER),
    ("en", "February 24 - March 20, 2020", WINTER),
    ("en", "May 9–13, 2011", MAY),
    ("en", "1 July 2021-30 June 2022", (D(2021, 7, 1), D(2022, 6, 30))),
    ("fr", "du 24 février au 20 mars 2020", WINTER),
    ("fr", "9-13 mai 2011", MAY),
    ("es", "24 de febrero a 20 de marzo de 2020", WINTER),
    ("es", "24 de febrero al 20 de marzo de 2020", WINTER),
    ("es", "24 febrero 20 marzo 2020", WINTER),
    ("es", "del 9 al 13 de mayo de 2011", MAY),
    ("ru", "24 февраля – 20 марта 2020 года", WINTER),
    ("ru", "с 24 февраля по 20 марта 2020 года", WINTER),
    ("ru", "24 февраля 20 марта 2020", WINTER),
    ("ru", "9–13 мая 2011 года", MAY),
    ("ar", "24 شباط/فبراير إلى 20 آذار/مارس 2020", WINTER),
    ("ar", "24 شباط 20 آذار 2020", WINTER),
    ("ar", "9-13 أيار/مايو 2011", MAY),
    ("zh", "2011年5月9日至13日", MAY),
    ("zh", "2020年2月24日-3月20日", WINTER),
    ("zh", "24 二月 20 三月 2020", WINTER),
    ("zh", "2019年7月1日至2020年6月30日", (D(2019, 7, 1), D(2020, 6, 30))),
]


@pytest.mark.parametrize(("code", "text", "span"), SPANS)
def test_spans_are_read_whole(
    code: str, text: str, span: tuple[datetime.date, datetime.date]
) -> None:
    folded = fold(text).text
    assert next(rules(code).read_date_range(folded, 0)) == (span, len(folded))


def test_a_span_that_runs_backwards_is_no_span() -> None:
    assert list(rules("en").read_date_range("20 March-24 February 2020", 0)) == []


def test_two_days_named_side_by_side_are_no_span() -> None:
    assert list(rules("en").read_date_range("25 and 26 October 2019", 0)) == []


WRITTEN_SPANS = [
    ("en", WINTER, "24 February–20 March 2020"),
    ("en", MAY, "9–13 May 2011"),
    ("fr", WINTER, "24 février-20 mars 2020"),
    ("fr", (D(2020, 2, 1), D(2020, 2, 28)), "1er-28 février 2020"),
    ("es", WINTER, "24 de febrero a 20 de marzo de 2020"),
    ("es", MAY, "9 a 13 de mayo de 2011"),
    ("ru", WINTER, "24 февраля — 20 марта 2020 года"),
    ("ru", MAY, "9–13 мая 2011 года"),
    ("ar", WINTER, "24 شباط/فبراير - 20 آذار/مارس 2020"),
    ("zh", MAY, "2011年5月9日至13日"),
]


@pytest.mark.parametrize(("code", "span", "text"), WRITTEN_SPANS)
def test_spans_are_written_as_mastheads_print_them(
    code: str, span: tuple[datetime.date, datetime.date], text: str
) -> None:
    assert rules(code).date_range(*span) == text


WRITTEN_ORDINALS = [
    ("en", "words", 101, "one hundred and first"),
    ("en", "figures", 112, "112th"),
    ("fr", "words", 1, "première"),
    ("fr", "words", 21, "vingt et unième"),
    ("fr", "words", 71, "soixante et onzième"),
    ("fr", "words", 80, "quatre-vingtième"),
    ("fr", "words", 81, "quatre-vingt-unième"),
    ("fr", "words", 95, "quatre-vingt-quinzième"),
    ("fr", "words", 101, "cent unième"),
    ("es", "figures", 43, "43^{er}"),
    ("es", "figures", 54, "54º"),
    ("es", "figures", 11, "11º"),
    ("es", "words", 61, "sexagésimo primer"),
    ("es", "words", 57, "quincuagésimo séptimo"),
    ("es", "words", 13, "decimotercer"),
    ("ru", "words", 43, "сорок третья"),
    ("ru", "words-genitive", 43, "сорок третьей"),
    ("ru", "words", 140, "сто сороковая"),
    ("zh", "words", 43, "第四十三"),
    ("zh", "words", 110, "第一百一十"),
    ("ar", "words", 43, "الثالثة والأربعون"),
    ("ar", "words-genitive", 43, "الثالثة والأربعين"),
    ("ar", "words", 101, "الأولى بعد المائة"),
    ("ar", "words", 11, "الحادية عشرة"),
]


@pytest.mark.parametrize(("code", "form", "number", "text"), WRITTEN_ORDINALS)
def test_ordinals_are_written_as_the_trade_has_them(
    code: str, form: str, number: int, text: str
) -> None:
    assert rules(code).ordinal(number, form) == text


READ_ORDINALS = [
    ("en", "forty third", 43),
    ("en", "one hundred first", 101),
    ("en", "43^{rd}", 43),
    ("fr", "vingt-et-unième", 21),
    ("fr", "QUARANTE-TROISIEME", 43),
    ("fr", "43e", 43),
    ("fr", "1re", 1),
    ("fr", "43ème", 43),
    ("es", "43er", 43),
    ("es", "43º", 43),
    ("es", "43.er", 43),
    ("es", "43.º", 43),
    ("es", "43°", 43),
    ("es", "43^{er}", 43),
    ("es", "43o.", 43),
    ("es", "SEPTUAGESIMO OCTAVO", 78),
    ("es", "vigesimotercer", 23),
    ("es", "vigésimo tercero", 23),
    ("es", "décima tercera", 13),
    ("ru", "семьдесят пятый", 75),
    ("ru", "сорок третью", 43),
    ("ru", "43-я", 43),
    ("zh", "第43", 43),
    ("zh", "第 43", 43),
    ("zh", "第一百零一", 101),
    ("zh", "第一百十一", 111),
    ("ar", "الثالثة و الأربعون", 43),
    ("ar", "الثالثه والاربعين", 43),
    ("ar", "الأولى بعد المئة", 101),
]


@pytest.mark.parametrize(("code", "text", "number"), READ_ORDINALS)
def test_ordinals_are_read_in_other_spellings(code: str, text: str, number: int) -> None:
    folded = fold(text).text
    assert next(rules(code).read_ordinal(folded, 0)) == (number, len(folded))


@pytest.mark.parametrize(
    ("code", "text"),
    [("en", "firstly"), ("en", "43"), ("es", "43ermita"), ("zh", "第72/217号"), ("fr", "0e")],
)
def test_other_words_are_no_ordinals(code: str, text: str) -> None:
    assert list(rules(code).read_ordinal(text, 0)) == []


A, B = AgendaItem(58, ("a",)), AgendaItem(58, ("b",))
ITEMS = [
    ("en", "58(a)", (A,)),
    ("en", "58 (a) and (b)", (A, B)),
    ("en", "58 (A), (B) and 60", (A, B, AgendaItem(60))),
    (
        "en",
        "19 (c) (ii) and (iii)",
        (AgendaItem(19, ("c", "ii")), AgendaItem(19, ("c", "iii"))),
    ),
    ("en", "19 (c) (ii) and (d)", (AgendaItem(19, ("c", "ii")), AgendaItem(19, ("d",)))),
    ("fr", "58 a) et b)", (A, B)),
    ("fr", "58 (a)", (A,)),
    ("es", "58 a) y b)", (A, B)),
    ("ru", "19 с) и е)", (AgendaItem(19, ("c",)), AgendaItem(19, ("e",)))),
    ("ru", "19 б)", (AgendaItem(19, ("b",)),)),
    ("zh", "58 (a)和(b)", (A, B)),
    ("zh", "58（a）", (A,)),
    ("zh", "4、7和9", (AgendaItem(4), AgendaItem(7), AgendaItem(9))),
    ("ar", "7 و133", (AgendaItem(7), AgendaItem(133))),
    ("ar", "22 (هـ)", (AgendaItem(22, ("e",)),)),
    ("ar", "99 (خ)", (AgendaItem(99, ("x",)),)),
    ("ar", "103 (ي ي)", (AgendaItem(103, ("jj",)),)),
    ("ar", "٥٨ (أ) و (ب)", (A, B)),
]


@pytest.mark.parametrize(("code", "text", "items"), ITEMS)
def test_items_are_read_whole(code: str, text: str, items: tuple[AgendaItem, ...]) -> None:
    folded = fold(text).text
    assert next(rules(code).read_items(folded, 0)) == (items, len(folded))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "58 (a)"),
        ("fr", "58 a)"),
        ("es", "58 a)"),
        ("ru", "58 a)"),
        ("zh", "58(a)"),
        ("ar", "58 (أ)"),
    ],
)
def test_a_sub_item_is_written_as_mastheads_print_it(code: str, text: str) -> None:
    assert rules(code).item(A) == text


def test_words_in_brackets_are_no_sub_items() -> None:
    found = list(rules("en").read_items("4 (see annex)", 0))
    assert found == [((AgendaItem(4),), 1)]


@pytest.mark.parametrize(
    ("code", "text", "number"),
    [("en", "iv", 4), ("ru", "ХІІ", 12), ("ar", "الحادي والعشرين", 21), ("zh", "二十一", 21)],
)
def test_annex_numbers_are_read_in_other_spellings(code: str, text: str, number: int) -> None:
    assert next(rules(code).read_annex_number(text, 0)) == (number, len(text))


def test_a_roman_number_is_not_cut_out_of_a_word() -> None:
    assert list(rules("fr").read_annex_number("visée", 0)) == []
