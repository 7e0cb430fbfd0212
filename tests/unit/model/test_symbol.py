from __future__ import annotations

import pytest

from verbale.errors import SymbolError
from verbale.model.symbol import Suffix, Symbol, belongs, join_symbols, parse_symbols

CANONICAL = [
    "A/HRC/43/G/1",
    "A/C.1/78/L.5/Rev.2",
    "A/RES/2200(XXI)",
    "A/RES/2200 A (XXI)",
    "A/RES/1874(S-IV)",
    "A/RES/2252(ES-V)",
    "A/RES/75/245 B",
    "A/RES/75/101 A-B",
    "S/RES/822 (1993)",
    "A/ES-10/L.31/Rev.1",
    "A/RES/S-30/1",
    "A/HRC/DEC/19/119",
    "A/76/PV.56 (Resumption 1)",
    "A/C.6/56/SR.11-13",
    "A/77/49 (Vol. II)",
    "A/81/6 (Sect. 13)",
    "A/75/6 (Sect. 29A)",
    "A/75/6 (Sect. 3)/Add.7/Corr.1",
    "NPT/CONF.2000/28 (Parts I and II)/Corr.2",
    "A/62/40 (Vol. I) (Supp)",
    "A/52/3/Rev.1 (Supp)",
    "A/77/6 (Plan outline)",
    "S/2024/10/Rev.1/Add.36",
    "E/CN.4/Sub.2/AC.2/1987/WP.4/Add.1",
    "UNEP/OzL.Pro.28/12",
    "UNEP/CBD/BS/COP-MOP/5/17",
    "UNEP/EA.4/Res.10",
    "ICCD/COP(14)/23/Add.1",
    "TD/B/WP(XXXV)/MISC.1/Rev.1",
    "GC.15/INF/4",
    "CRC/C/RUS/CO/6-7",
    "BWC/CONF.VIII/4/Corr.1",
    "S/25600",
    "S/2011/183*",
    "S/2010/522**",
    "S/1994/561/Add.1*",
]


@pytest.mark.parametrize("text", CANONICAL)
def test_a_canonical_symbol_prints_as_it_was_parsed(text: str) -> None:
    assert str(Symbol.parse(text)) == text


def test_the_parts_the_suffixes_and_the_asterisks_stand_apart() -> None:
    symbol = Symbol.parse("A/75/6 (Sect. 29A)/Add.7/Corr.1**")
    assert symbol.parts == ("A", "75", "6")
    assert symbol.suffixes == (Suffix("Sect", 29, "29A"), Suffix("Add", 7), Suffix("Corr", 1))
    assert symbol.asterisks == 2


def test_the_parent_lacks_the_last_suffix_and_the_base_all_of_them() -> None:
    symbol = Symbol.parse("S/2024/10/Rev.1/Add.36*")
    assert str(symbol.parent) == "S/2024/10/Rev.1"
    assert str(symbol.base) == "S/2024/10"
    assert symbol.base.parent is None


def test_what_is_hung_on_a_reissue_is_hung_on_the_work() -> None:
    assert str(Symbol.parse("S/2011/183*").plus("Corr", 1)) == "S/2011/183/Corr.1"


@pytest.mark.parametrize(("kind", "number"), [("Vol", 1), ("corr", 1), ("Corr", 0)])
def test_only_a_numbered_suffix_after_a_slash_can_be_hung_on(kind: str, number: int) -> None:
    with pytest.raises(ValueError, match="no suffix"):
        Symbol.parse("A/75/6").plus(kind, number)


def test_the_last_suffix_after_a_slash_says_what_a_document_is() -> None:
    assert Symbol.parse("A/52/3/Rev.1 (Supp)").is_revision
    assert Symbol.parse("A/75/6/Add.1/Corr.1").is_corrigendum
    assert not Symbol.parse("A/75/6/Add.1/Corr.1").is_addendum
    assert Symbol.parse("A/75/6/Corr.1/Add.1").is_addendum
    assert Symbol.parse("S/2011/183*").is_reissue


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("A/HRC/43/G/1/Rev.2", 1),
        ("A/76/L.31/Add.1", 31),
        ("S/RES/822 (1993)", 822),
        ("A/RES/2200 A (XXI)", 2200),
        ("A/RES/75/245 B", 245),
        ("A/77/49 (Vol. II)", 49),
        ("A/C.6/56/SR.11-13", 13),
    ],
)
def test_the_number_is_the_document_s_in_its_series(text: str, number: int) -> None:
    assert Symbol.parse(text).number == number


@pytest.mark.parametrize(
    ("text", "slug", "stem"),
    [
        ("A/HRC/43/G/1", "a-hrc-43-g-1", "A_HRC_43_G_1"),
        ("S/RES/822 (1993)*", "s-res-822-1993", "S_RES_822_1993"),
        ("A/77/49 (Vol. II)", "a-77-49-vol-ii", "A_77_49_Vol.II"),
        ("A/C.1/78/L.5/Rev.2", "a-c-1-78-l-5-rev-2", "A_C.1_78_L.5_Rev.2"),
    ],
)
def test_names_for_addresses_and_files(text: str, slug: str, stem: str) -> None:
    assert (Symbol.parse(text).slug, Symbol.parse(text).file_stem) == (slug, stem)


def test_a_joint_symbol_is_one_symbol_for_each_organ() -> None:
    text = "A/67/65/Corr.1-E/2012/48/Corr.1"
    symbols = parse_symbols(text)
    assert [str(symbol) for symbol in symbols] == ["A/67/65/Corr.1", "E/2012/48/Corr.1"]
    assert join_symbols(symbols) == text


@pytest.mark.parametrize("text", ["UNEP/CBD/BS/COP-MOP/5/17", "CRC/C/RUS/CO/6-7", "A/S-30/1"])
def test_a_hyphen_within_a_part_joins_nothing(text: str) -> None:
    assert len(parse_symbols(text)) == 1


def test_parse_stops_at_the_hyphen_of_a_joint_symbol() -> None:
    with pytest.raises(SymbolError) as caught:
        Symbol.parse("A/55/530-S/2000/1052")
    assert caught.value.start == len("A/55/530")
    assert "parse_symbols" in caught.value.remedy


def test_an_error_in_the_second_half_has_its_place_in_the_whole() -> None:
    with pytest.raises(SymbolError) as caught:
        parse_symbols("A/55/530-S/2000/Add.x")
    assert caught.value.start == len("A/55/530-S/2000/Add.")
    assert caught.value.text == "A/55/530-S/2000/Add.x"


def test_letters_before_a_suffix_are_a_range_and_no_joint_symbol() -> None:
    assert parse_symbols("A/RES/75/101 A-B/Corr.1")[0].suffixes == (Suffix("Corr", 1),)
    assert len(parse_symbols("A/75/245 A-S/2000/1052")) == 2


def test_another_spelling_is_refused_with_the_right_one() -> None:
    with pytest.raises(SymbolError) as caught:
        Symbol.parse("S/RES/822(1993)")
    assert caught.value.start == len("S/RES/822")
    assert caught.value.remedy == "Write S/RES/822 (1993)."


def test_the_error_of_the_style_guide() -> None:
    with pytest.raises(SymbolError) as caught:
        Symbol.parse("A/C.1/78/L.5/Rev.x")
    assert str(caught.value) == (
        "expected a number after 'Rev.'\n"
        "    A/C.1/78/L.5/Rev.x\n"
        "                     ^\n"
        "Write the whole symbol as printed in the masthead, e.g. A/C.1/78/L.5/Rev.2."
    )


def test_a_symbol_belongs_to_the_institution_with_whose_organ_it_begins() -> None:
    roots = {"A", "GC", "CRC/C"}
    assert belongs(Symbol.parse("A/520"), roots)
    assert belongs(Symbol.parse("GC.15/INF/4"), roots)
    assert belongs(Symbol.parse("CRC/C/GC/26"), roots)
    assert not belongs(Symbol.parse("CRC/SP/1"), roots)
    assert not belongs(Symbol.parse("ISO/27001"), roots)
