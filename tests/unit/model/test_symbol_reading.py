from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.errors import SymbolError
from verbale.institutions.symbol_roots import malformed, symbol_roots
from verbale.model.symbol import Symbol, belongs, join_symbols, parse_symbols
from verbale.model.symbol_reading import read_symbol

if TYPE_CHECKING:
    from collections.abc import Callable

NEAR_MISSES = Path(__file__).parents[2] / "data" / "near_misses.tsv"

VARIANTS = [
    ("S/RES/822(1993)", "S/RES/822 (1993)", ["blanks"]),
    ("s/res/822 (1993)", "S/RES/822 (1993)", ["case"]),
    (" A / HRC / 43 / G / 1 ", "A/HRC/43/G/1", ["blanks"]),
    ("A/77/49(vol.ii)", "A/77/49 (Vol. II)", ["blanks", "case"]),
    ("NPT/CONF.2000/28(PartsIandII)", "NPT/CONF.2000/28 (Parts I and II)", ["blanks"]),
    ("A/RES/2200 (xxi)", "A/RES/2200(XXI)", ["blanks", "case"]),
    ("A/RES/377(V)[A]", "A/RES/377 A (V)", ["blanks", "brackets"]),
    ("UNEP/EA.4/RES.1", "UNEP/EA.4/Res.1", ["case"]),
    ("S/1999/25/ADD.43", "S/1999/25/Add.43", ["case"]),
    ("A/HRC/54/31Add.1", "A/HRC/54/31/Add.1", ["slash"]),
    ("A/HRC/54/31/Add2", "A/HRC/54/31/Add.2", ["stop"]),
    ("A/HRC/54/31/Add.02", "A/HRC/54/31/Add.2", ["zeros"]),
    ("A/75/6/Sect.8", "A/75/6 (Sect. 8)", ["blanks", "brackets"]),
    ("A/HRC/43/G/1-*", "A/HRC/43/G/1*", ["asterisk"]),
    ("А/НRС/43/G/1", "A/HRC/43/G/1", ["look-alikes"]),
    ("Α/ΗRC/43/G/1", "A/HRC/43/G/1", ["look-alikes"]),
    ("Ａ／ＨＲＣ／43/G/1", "A/HRC/43/G/1", ["full-width"]),
    ("A/HRC/٤٣/G/١", "A/HRC/43/G/1", ["digits"]),
    ("A/HRC/43/G/1\u200f", "A/HRC/43/G/1", ["invisible"]),
    ("\u2066A/HRC/43/G/1\u2069", "A/HRC/43/G/1", ["invisible"]),
    ("A/HRC/4\u20602/1", "A/HRC/42/1", ["invisible"]),
    ("a/res/75/101a-b/corr.1", "A/RES/75/101 A-B/Corr.1", ["blanks", "case"]),
    ("S/RES/822\u00a0(1993)", "S/RES/822 (1993)", ["blanks"]),
    ("S/RES/853\n(1993)", "S/RES/853 (1993)", ["blanks"]),
    ("A∕HRC∕43∕G∕1", "A/HRC/43/G/1", ["signs"]),
    ("A/RES/1803(د-17)", "A/RES/1803(XVII)", ["session"]),
    ("A/RES/1874 (د إ-4)", "A/RES/1874(S-IV)", ["blanks", "session"]),
    ("A/55/530\u2011S/2000/1052", "A/55/530-S/2000/1052", ["hyphens"]),
    ("A/55/530–S/2000/1052", "A/55/530-S/2000/1052", ["hyphens"]),
]


@pytest.mark.parametrize(("text", "canonical", "repairs"), VARIANTS)
def test_a_variant_is_read_and_what_was_put_right_is_named(
    text: str, canonical: str, repairs: list[str]
) -> None:
    reading = read_symbol(text)
    assert reading.text == canonical
    assert list(reading.repairs) == repairs
    assert reading.input == text


def test_a_canonical_symbol_is_read_without_repairs() -> None:
    reading = read_symbol("A/C.1/78/L.5/Rev.2")
    assert reading.symbol == Symbol.parse("A/C.1/78/L.5/Rev.2")
    assert reading.repairs == ()


def test_an_error_has_its_place_in_the_text_as_given() -> None:
    with pytest.raises(SymbolError) as caught:
        read_symbol("\u2066\u2066a/hrc//43")
    assert caught.value.start == len("\u2066\u2066a/hrc/")


def near_misses() -> list[list[str]]:
    with NEAR_MISSES.open(encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("# ")]
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def test_there_are_more_than_three_hundred_near_misses_each_with_a_reason() -> None:
    rows = near_misses()
    assert len(rows) > 300
    assert len({row[0] for row in rows}) == len(rows)
    assert all(row[3] for row in rows)


@pytest.mark.parametrize("row", near_misses(), ids=lambda row: repr(row[0]))
def test_a_near_miss_is_refused_where_its_row_says(row: list[str]) -> None:
    text, refused_by, place, _ = row
    if refused_by == "roots":
        assert not any(belongs(s, symbol_roots("un")) for s in read_symbol(text).symbols)
        return
    with pytest.raises(SymbolError) as caught:
        read_symbol(text)
    assert caught.value.start == int(place)


def linked(folder: Path) -> list[str]:
    lines = (folder / "symbols.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines]


def test_every_symbol_of_the_list_but_the_malformed_is_read_and_printed_back(
    corpus: Callable[[str], Path],
) -> None:
    known = malformed("un")
    refused = set()
    for text in linked(corpus("symbol-list")):
        try:
            canonical = read_symbol(text).text
        except SymbolError:
            refused.add(text)
            continue
        again = parse_symbols(canonical)
        assert join_symbols(again) == canonical
        assert all(belongs(symbol, symbol_roots("un")) for symbol in again)
    assert refused == set(known)
    assert all(known.values())


def test_what_is_read_has_the_letters_and_figures_of_what_was_given(
    corpus: Callable[[str], Path],
) -> None:
    for text in linked(corpus("symbol-list")):
        if text in malformed("un") or not text.isascii():
            continue
        given = [char for char in text.lower() if char.isalnum()]
        assert [char for char in read_symbol(text).text.lower() if char.isalnum()] == given
