from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.writers._pdf_runs import Spaces, cut


@given(st.text(alphabet="ABab/.-–+± 0123,()\u00a0مياه水", max_size=40), st.booleans())
def test_the_pieces_joined_are_the_text(text: str, rtl: bool) -> None:
    assert "".join(piece for piece, _ in cut(text, rtl=rtl)) == text


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("See LC/HARB/43/12.", "LC/HARB/43/12"),
        ("(A/C.1/78/L.5/Rev.2)", "A/C.1/78/L.5/Rev.2"),
        ("A/65/L.78*, of 14 June", "A/65/L.78*"),
        ("(S/RES/822(1993))", "S/RES/822(1993)"),
    ],
)
def test_a_symbol_is_kept_in_one_piece(text: str, piece: str) -> None:
    assert (piece, "whole") in list(cut(text, rtl=False))


@pytest.mark.parametrize("text", ["either/or", "km/h", "24/2/2020", "and/or."])
def test_what_only_has_a_stroke_is_not_a_symbol(text: str) -> None:
    assert list(cut(text, rtl=False)) == [(text, "")]


@pytest.mark.parametrize(
    "piece", ["±2,4", "-1440", "6 May 2020", "Lake Office", "LC/HARB/43/12"]
)
def test_what_arabic_would_turn_round_is_a_piece_from_the_left(piece: str) -> None:
    assert (piece, "ltr") in list(cut(f"قال {piece} ثم", rtl=True))


@pytest.mark.parametrize("text", ["البند 4 من", "بين 10-15 آذار", "(5%)", "24/2/2020"])
def test_what_arabic_sets_rightly_is_left_to_it(text: str) -> None:
    assert list(cut(text, rtl=True)) == [(text, "")]


def test_white_space_is_single_over_the_runs_of_a_paragraph() -> None:
    spaces = Spaces()
    runs = ["  one\n", " two \u00a0", "\t three ", " "]
    assert "".join(spaces.take(run) for run in runs) == "one two \u00a0 three "


def test_a_group_of_digits_stays_with_its_number() -> None:
    assert Spaces().take("3 211,5 and 1 440, 5 6") == "3\u00a0211,5 and 1\u00a0440, 5 6"


def test_after_a_picture_a_space_counts_and_after_a_break_not() -> None:
    spaces = Spaces()
    spaces.mark()
    assert spaces.take(" x") == " x"
    spaces.line()
    assert spaces.take(" y") == "y"
