"""Resolutions and decisions by number: which numbers cite, and which body is meant."""

from __future__ import annotations

import pytest

from verbale.citations.resolve import find_citations


def seen(text: str, lang: str = "en", symbol: str = "") -> list[tuple[str, str | None]]:
    return [(each.text, each.symbol) for each in find_citations(text, lang, symbol=symbol)]


def meant(text: str, lang: str = "en", symbol: str = "") -> list[str | None]:
    return [each.symbol for each in find_citations(text, lang, symbol=symbol)]


def test_one_noun_heads_a_whole_list() -> None:
    text = "resolutions 1779 (2007), 1841 (2008), 1945 (2010) and 2400 (2018)"
    assert seen(text) == [
        ("1779 (2007)", "S/RES/1779 (2007)"),
        ("1841 (2008)", "S/RES/1841 (2008)"),
        ("1945 (2010)", "S/RES/1945 (2010)"),
        ("2400 (2018)", "S/RES/2400 (2018)"),
    ]


def test_a_number_without_its_year_gets_it_from_what_is_known() -> None:
    assert seen("The Council adopted Resolution 822, which") == [
        ("Resolution 822", "S/RES/822 (1993)")
    ]
    assert meant("Security Council resolutions 822, 853, 874 and 884") == [
        "S/RES/822 (1993)",
        "S/RES/853 (1993)",
        "S/RES/874 (1993)",
        "S/RES/884 (1993)",
    ]


def test_a_small_number_without_a_body_names_nothing() -> None:
    assert meant("report of the Congress, chap. I, resolution 1") == [None]


def test_a_year_that_does_not_fit_its_number_is_doubtful() -> None:
    (found,) = find_citations("resolution 1540 (2005)", "en")
    assert (found.symbol, found.reason) == ("S/RES/1540 (2004)", "year-differs")
    assert found.confidence <= 0.5


@pytest.mark.parametrize(
    ("text", "own", "symbol"),
    [
        ("General Assembly resolution 43/25", "A/HRC/44/2", "A/RES/43/25"),
        ("Human Rights Council resolution 43/25", "A/RES/75/1", "A/HRC/RES/43/25"),
        ("Recalling its resolution 43/25", "A/HRC/44/2", "A/HRC/RES/43/25"),
        ("Recalling its resolution 43/25", "A/RES/75/1", "A/RES/43/25"),
        ("resolution 43/25 of 22 June 2020", "A/RES/75/1", "A/HRC/RES/43/25"),
        ("resolution 43/25 of June 22, 2020", "", "A/HRC/RES/43/25"),
        ("resolution 43/25 of 6 December 1988", "A/HRC/44/2", "A/RES/43/25"),
        (
            "by the Human Rights Council in its resolution 43/25",
            "A/RES/75/1",
            "A/HRC/RES/43/25",
        ),
        ("resolution 43/25 of the General Assembly", "A/HRC/44/2", "A/RES/43/25"),
        ("Economic and Social Council resolution 2013/2", "", "E/RES/2013/2"),
        ("Commission on Human Rights resolution 2004/16", "", "E/CN.4/RES/2004/16"),
        ("Human Rights Council resolution S-31/1", "", "A/HRC/RES/S-31/1"),
        ("General Assembly resolution ES-10/24", "", "A/RES/ES-10/24"),
        ("Economic and Social Council decision 2021/254", "", "E/DEC/2021/254"),
        ("resolution 75/250 A of 13 April 2021", "A/RES/76/1", "A/RES/75/250"),
    ],
)
def test_the_words_and_dates_around_say_which_body_is_meant(
    text: str, own: str, symbol: str
) -> None:
    assert meant(text, "en", own) == [symbol]


def test_what_nothing_tells_apart_is_left_open_with_its_candidates() -> None:
    (found,) = find_citations("resolution 43/25", "en")
    assert found.symbol is None
    assert found.reason == "ambiguous"
    assert {c.symbol for c in found.candidates} == {"A/RES/43/25", "A/HRC/RES/43/25"}


def test_a_body_whose_numbers_have_no_symbol_gets_none() -> None:
    assert meant("Commission on Narcotic Drugs resolution 51/12", "en", "A/RES/75/1") == [None]


@pytest.mark.parametrize(
    ("lang", "text", "symbols"),
    [
        ("fr", "la résolution 70/1 de l’Assemblée générale", ["A/RES/70/1"]),
        (
            "fr",
            "ses résolutions 1267\u00a0(1999) à 1390 (2002)",
            ["S/RES/1267 (1999)", "S/RES/1390 (2002)"],
        ),
        (
            "es",
            "las resoluciones 70/1 y 71/2 de la Asamblea General",
            ["A/RES/70/1", "A/RES/71/2"],
        ),
        ("es", "la resolución 36/15 del Consejo de Derechos Humanos", ["A/HRC/RES/36/15"]),
        (
            "ru",
            "резолюции 70/1 Генеральной Ассамблеи от 25\u00a0сентября 2015 года",
            ["A/RES/70/1"],
        ),
        ("ru", "резолюцию Совета по правам человека 36/15", ["A/HRC/RES/36/15"]),
        ("ru", "резолюция 1514 (ХV) Генеральной Ассамблеи", ["A/RES/1514(XV)"]),
        ("zh", "大会第70/1号决议和人权理事会第36/15号决议", ["A/RES/70/1", "A/HRC/RES/36/15"]),
        ("zh", "安全理事会第1325（2000）号决议", ["S/RES/1325 (2000)"]),
        ("zh", "大会2021年6月30日第75/561号决定", ["A/DEC/75/561"]),
        ("ar", "قرار الجمعية العامة ٧٠/١", ["A/RES/70/1"]),
        ("ar", "قرارات الجمعية العامة ۷۰/۱ و٧١/٢٤٣", ["A/RES/70/1", "A/RES/71/243"]),
        ("ar", "قرار مجلس حقوق الإنسان 36/15", ["A/HRC/RES/36/15"]),
        ("ar", "قرار الجمعيـة العامـة 1514 (د-15)", ["A/RES/1514(XV)"]),
        ("ar", "قرار الجمعية العامة دإط-10/24", ["A/RES/ES-10/24"]),
        ("en", "resolution 853\n(1993)", ["S/RES/853 (1993)"]),
    ],
)
def test_six_languages_and_their_figures_and_spaces(
    lang: str, text: str, symbols: list[str]
) -> None:
    assert meant(text, lang) == symbols


def test_offsets_count_in_the_text_as_given_tatweel_and_all() -> None:
    text = "\u200fقراراتـــها ٧٠/١ المؤرخ 25 أيلول/سبتمبر 2015"
    (found,) = find_citations(text, "ar", symbol="A/RES/75/1")
    assert text[found.start : found.end] == "٧٠/١"


@pytest.mark.parametrize(
    "text",
    [
        "the financial year 2021/22 and the biennium 2020/2021",
        "open 24/7, in 3/4 of cases and 2/3 of the others",
        "on 12/05/2020 at 10/11",
        "a fine of $70/1 and 70/1 %",
        "room 822 and paragraph 853",
        "article 12 (2015 edition)",
    ],
)
def test_other_numbers_are_no_citations(text: str) -> None:
    assert seen(text) == []


def test_places_in_what_is_cited_are_kept_with_it() -> None:
    (one,) = find_citations("paragraph 15 (c) of its resolution 2584 (2021)", "en")
    assert [(p.kind, p.number) for p in one.pinpoints] == [("paragraph", "15 (c)")]
    (two,) = find_citations("resolution 61/295, annex, art. 24, para. 1", "en")
    assert [(p.kind, p.number) for p in two.pinpoints] == [
        ("annex", ""),
        ("article", "24"),
        ("paragraph", "1"),
    ]
    (three,) = find_citations("第2521(2020)号决议第15(c)段", "zh")
    assert [(p.kind, p.number) for p in three.pinpoints] == [("paragraph", "15(c)")]
