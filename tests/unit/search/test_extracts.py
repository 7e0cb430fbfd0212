"""Extracts show the original letters, marked where they are what was looked for."""

from __future__ import annotations

import pytest

from verbale.search.analysis import stem
from verbale.search.base import Passage, Piece
from verbale.search.extracts import Sought, differ, extract, marked


def sought(language: str, *words: str) -> Sought:
    return Sought(frozenset(stem(word, language) for word in words), enough=len(words))


def test_arabic_is_marked_with_its_vowel_marks() -> None:
    text = "وَقَدْ نَظَرَتِ اللَّجْنَةُ فِي القَرَارَاتِ السَّابِقَةِ"
    pieces = marked(text, "ar", sought("ar", "قرار"))
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.marked] == ["القَرَارَاتِ"]


def test_a_chinese_phrase_is_one_mark() -> None:
    pieces = marked("人权理事会第四十三届会议", "zh", Sought(phrases=("理 事 会",)))
    assert pieces == (Piece("人权"), Piece("理事会", marked=True), Piece("第四十三届会议"))


def test_words_that_touch_are_one_mark_and_prefixes_are_words() -> None:
    found = marked("ice covers the lake", "en", Sought(frozenset({"ice"}), ("cov",)))
    assert [piece.text for piece in found if piece.marked] == ["ice covers"]


def test_the_place_with_most_of_it_is_shown_whole_words_only() -> None:
    long = "Nothing to see in this sentence at all. " * 20
    passages = [
        Passage("en", "Ice"),
        Passage("en", long + "The ice cover of the northern lake broke. " + long),
        Passage("fr", "La glace du lac"),
    ]
    pieces, language, weight = extract(passages, sought("en", "ice", "lake"))
    text = "".join(piece.text for piece in pieces)
    assert (language, weight) == ("en", 2)
    assert [piece.text for piece in pieces if piece.marked] == ["ice", "lake"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert text.removeprefix("… ").removesuffix(" …") in passages[1].text


def test_where_nothing_is_found_the_text_begins() -> None:
    passages = [Passage("en", "CL/C/12/G/1"), Passage("en", "The Permanent Mission " * 20)]
    pieces, _, weight = extract(passages, Sought())
    assert weight == 0
    assert pieces[0].text.startswith("The Permanent Mission")
    assert extract([], Sought()) == ((), "", 0)


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("meravia", "meravia", 0),
        ("meravia", "meravja", 1),
        ("meravia", "mervaia", 1),
        ("meravia", "meraviana", 2),
        ("meravia", "lakes", 3),
        ("", "ab", 2),
    ],
)
def test_likeness_counts_letters_up_to_what_is_asked(
    one: str, other: str, letters: int
) -> None:
    assert differ(one, other, 2) == differ(other, one, 2) == letters


def test_a_mistyped_word_is_marked_where_it_is_written_well() -> None:
    found = marked("Mission of Meravia to the Lakes", "en", Sought(likes=(("meravja", 1),)))
    assert [piece.text for piece in found if piece.marked] == ["Meravia"]
