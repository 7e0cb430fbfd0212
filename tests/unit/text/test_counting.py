from __future__ import annotations

import pytest

from verbale.text.counting import count


@pytest.mark.parametrize(
    ("form", "numbers", "written"),
    [
        ("decimal", (1, 12), ["1", "12"]),
        ("lowerLetter", (1, 26, 27, 53), ["a", "z", "aa", "aaa"]),
        ("upperRoman", (4, 1999), ["IV", "MCMXCIX"]),
        ("arabicAbjad", (1, 2, 3, 4, 5, 6), ["أ", "ب", "ج", "د", "ه", "و"]),
        (
            "chineseCounting",
            (1, 10, 11, 20, 23, 105),
            ["一", "十", "十一", "二十", "二十三", "一〇五"],
        ),
        ("hindiArabic", (12,), ["١٢"]),
        ("chicago", (1, 2, 5), ["*", "†", "**"]),
        ("decimalEnclosedCircle", (1, 20, 21), ["①", "⑳", "21"]),
        ("none", (7,), [""]),
    ],
)
def test_numbers_are_written_as_lists_count(
    form: str, numbers: tuple[int, ...], written: list[str]
) -> None:
    assert [count(number, form) for number in numbers] == written


def test_a_number_that_a_format_cannot_write_is_a_figure() -> None:
    assert count(0, "lowerLetter") == "0"
    assert count(4000, "upperRoman") == "4000"
    assert count(3, "of another world") == "3"
