"""Words are counted as limits count them."""

from __future__ import annotations

import pytest

from verbale.text.words import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("The level rose by 41,5 cm — twice.", 7),
        ("l’eau monte", 2),
        ("湖泊的水位。", 5),
        ("见A/HRC/43/G/1号文件", 5),
        ("منسوب المياه، 2026", 3),
        ("…  –  ", 0),
    ],
)
def test_blanks_part_words_and_chinese_counts_by_characters(text: str, count: int) -> None:
    assert count_words(text) == count
