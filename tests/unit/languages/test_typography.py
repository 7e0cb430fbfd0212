"""What is set in a composed phrase, and what stays as it is."""

from __future__ import annotations

from verbale.languages import rules
from verbale.text.scripts import LRI, PDI


def test_french_high_marks_stay_with_their_word() -> None:
    set_ = rules("fr").typeset("« Suivi : oui ; non ? »")
    assert set_ == "«\u00a0Suivi\u00a0: oui\u00a0; non\u00a0?\u00a0»"


def test_french_gets_no_blank_where_the_council_prints_none() -> None:
    assert rules("fr").typeset("Original: anglais") == "Original: anglais"


def test_a_day_stays_with_its_month() -> None:
    assert rules("en").typeset("dated 8 April 2020") == "dated 8\u00a0April 2020"
    assert rules("fr").typeset("le 1er avril 2024") == "le 1er\u00a0avril 2024"
    assert rules("es").typeset("8 de abril de 2020") == "8\u00a0de abril de 2020"
    assert rules("ru").typeset("8 апреля 2020 года") == "8\u00a0апреля 2020 года"


def test_figures_before_another_word_are_left() -> None:
    assert rules("en").typeset("8 Aprilian days, 4 marches") == "8 Aprilian days, 4 marches"
    assert rules("es").typeset("tema 4 de la agenda") == "tema 4 de la agenda"
    assert rules("es").typeset("43er período") == "43er período"


def test_symbols_inside_arabic_are_isolated_without_what_encloses_them() -> None:
    text = rules("ar").typeset("الوثيقة (A/HRC/43/G/1) والقرار 48/13.")
    assert text == f"الوثيقة ({LRI}A/HRC/43/G/1{PDI}) والقرار {LRI}48/13{PDI}."


def test_arabic_double_months_and_lines_without_arabic_are_left() -> None:
    arabic = rules("ar")
    assert arabic.typeset("29 تشرين الأول/أكتوبر 2012") == "29 تشرين الأول/أكتوبر 2012"
    assert arabic.typeset("A/HRC/43/G/1") == "A/HRC/43/G/1"


def test_what_stands_in_an_isolate_already_is_left() -> None:
    text = f"انظر {LRI}A/75/1 and A/75/2{PDI}"
    assert rules("ar").typeset(text) == text
