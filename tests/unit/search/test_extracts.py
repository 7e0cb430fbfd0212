"""Extracts show the original letters, marked where they are what was looked for."""

from __future__ import annotations

import pytest

from verbale.search.analysis import found, stem
from verbale.search.base import Piece
from verbale.search.extracts import Sought, best_place, extract, kept, vocabulary
from verbale.search.extracts import marked as marked_with


def marked(text: str, language: str, sought: Sought) -> tuple[Piece, ...]:
    return marked_with(text, language, sought, sought.forms(vocabulary(found(text))))


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
        kept("en", "Ice"),
        kept("en", long + "The ice cover of the northern lake broke. " + long),
        kept("fr", "La glace du lac"),
    ]
    wanted = sought("en", "ice", "lake")
    place = best_place(passages, wanted)
    pieces = extract(place, wanted)
    text = "".join(piece.text for piece in pieces)
    assert (place.passage, place.weight) == (passages[1], 2)
    assert [piece.text for piece in pieces if piece.marked] == ["ice", "lake"]
    assert text.startswith("… ")
    assert text.endswith(" …")
    assert text.removeprefix("… ").removesuffix(" …") in passages[1].text


def test_the_place_with_a_word_that_begins_so_is_shown() -> None:
    passages = [kept("en", "Nothing of it stands here. " * 9), kept("en", "A navigable lake.")]
    wanted = Sought(prefixes=("navig",))
    forms = wanted.forms(vocabulary(["lake", "navigable"]))
    place = best_place(passages, wanted, forms)
    pieces = extract(place, wanted, forms)
    assert place.weight == 1
    assert [piece.text for piece in pieces if piece.marked] == ["navigable"]


def test_where_nothing_is_found_the_text_begins() -> None:
    passages = [kept("en", "CL/C/12/G/1"), kept("en", "The Permanent Mission " * 20)]
    place = best_place(passages, Sought())
    pieces = extract(place, Sought())
    assert place.weight == 0
    assert pieces[0].text.startswith("The Permanent Mission")
    assert extract(best_place([], Sought()), Sought()) == ()


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("Meravia", 0),
        ("Méravia", 0),
        ("meravja", 1),
        ("mervaia", 1),
        ("meraviana", 2),
        ("lakes", 3),
        ("湖", 3),
    ],
)
def test_likeness_counts_letters_changed_put_in_left_out_or_swapped(
    word: str, letters: int
) -> None:
    for most in (0, 1, 2):
        assert bool(Sought(likes=(("meravia", most),)).forms(vocabulary([word]))) is (
            letters <= most
        )


def test_a_mistyped_word_is_marked_where_it_is_written_well() -> None:
    found = marked("Mission of Meravia to the Lakes", "en", Sought(likes=(("meravja", 1),)))
    assert [piece.text for piece in found if piece.marked] == ["Meravia"]
