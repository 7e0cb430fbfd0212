from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.errors import SymbolError
from verbale.messages.symbols import explain_words
from verbale.model.symbol import Symbol
from verbale.model.symbol_explain import explain
from verbale.model.symbol_reading import read_symbol

if TYPE_CHECKING:
    from collections.abc import Callable

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def keys(text: str) -> list[str]:
    return [piece.key for piece in explain(Symbol.parse(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A/HRC/43/G/1/Rev.1",
            ["organ-A", "body-A/HRC", "session", "series-G", "number", "suffix-rev"],
        ),
        ("A/RES/2200 A (XXI)", ["organ-A", "series-RES", "number", "letter", "session"]),
        ("A/RES/1874(S-IV)", ["organ-A", "series-RES", "number", "session-special"]),
        ("S/RES/822 (1993)*", ["organ-S", "series-RES", "number", "year", "reissue"]),
        ("S/2024/10", ["organ-S", "year", "number"]),
        ("S/PV.9171", ["organ-S", "series-PV", "number"]),
        ("A/ES-10/L.31", ["organ-A", "session-emergency", "series-L", "number"]),
        (
            "E/CN.4/Sub.2/1997/20",
            ["organ-E", "body-E/CN.4", "body-E/CN.4/Sub.2", "year", "number"],
        ),
        ("ICCD/COP(14)/23", ["organ-ICCD", "body-ICCD/COP", "session", "number"]),
        ("CRC/C/RUS/CO/6-7", ["organ-CRC", "body-CRC/C", "state", "series-CO", "number-range"]),
        ("NPT/CONF.2020/DEC.2", ["organ-NPT", "body-NPT/CONF", "year", "series-DEC", "number"]),
        (
            "A/62/40 (Vol. I) (Supp)",
            ["organ-A", "session", "number", "suffix-vol", "suffix-supp"],
        ),
        ("GC.15/INF/4", ["organ-GC", "session", "series-INF", "number"]),
        ("BWC/CONF.VIII/4", ["organ-BWC", "body-BWC/CONF", "session", "number"]),
    ],
)
def test_each_piece_is_told_by_a_key(text: str, expected: list[str]) -> None:
    assert keys(text) == expected


def test_the_pieces_joined_are_the_symbol_without_slashes_and_blanks(
    corpus: Callable[[str], Path],
) -> None:
    lines = (corpus("symbol-list") / "symbols.tsv").read_text(encoding="utf-8").splitlines()
    seen = 0
    for line in lines:
        try:
            symbols = read_symbol(line.split("\t")[0]).symbols
        except SymbolError:
            continue
        for symbol in symbols:
            joined = "".join(piece.text for piece in explain(symbol)).replace(" ", "")
            assert joined == str(symbol).replace("/", "").replace(" ", "")
            seen += 1
    assert seen > 6000


def test_the_words_of_one_symbol_in_english() -> None:
    pieces = explain(Symbol.parse("A/C.1/78/L.5/Rev.2"))
    assert explain_words(pieces, "en") == (
        ("A", "General Assembly"),
        ("C.1", "First Committee"),
        ("78", "session 78"),
        ("L.", "limited distribution"),
        ("5", "number 5"),
        ("Rev.2", "revision 2"),
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_piece_has_words_and_no_slot_stays_open(lang: str) -> None:
    for text in (
        "A/AC.999/2020/XYZ.7",
        "QQ/RR/1",
        "A/75/6 (Sect. 3)/Add.7",
        "A/C.6/56/SR.11-13",
    ):
        for piece, words in explain_words(explain(Symbol.parse(text)), lang):
            assert words, piece
            assert "{" not in words


def test_the_languages_say_different_things() -> None:
    pieces = explain(Symbol.parse("A/HRC/43/G/1"))
    assert len({explain_words(pieces, lang) for lang in LANGUAGES}) == len(LANGUAGES)


def test_a_language_without_a_table_reads_english() -> None:
    pieces = explain(Symbol.parse("A/HRC/43/G/1"))
    assert explain_words(pieces, "pt") == explain_words(pieces, "en")


def test_every_key_of_the_table_stands_in_six_languages_with_the_same_slots() -> None:
    table = Path(__file__).parents[3] / "src" / "verbale" / "messages" / "symbols.tsv"
    slots: dict[str, set[frozenset[str]]] = {}
    langs: dict[str, list[str]] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith(("#", "key\t")):
            continue
        key, lang, text, source, review = line.split("\t")
        assert source
        assert review in {"verified", "candidate"}
        langs.setdefault(key, []).append(lang)
        found = frozenset(slot for slot in ("{n}", "{to}", "{name}") if slot in text)
        slots.setdefault(key, set()).add(found)
    assert all(sorted(each) == sorted(LANGUAGES) for each in langs.values())
    assert all(len(each) == 1 for each in slots.values())
