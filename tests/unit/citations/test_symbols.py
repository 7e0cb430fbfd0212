"""Symbols printed whole: found in every script, and not where a slash means something else."""

from __future__ import annotations

import pytest

from verbale.citations.resolve import find_citations


def seen(text: str, lang: str = "en") -> list[tuple[str, str | None]]:
    return [(each.text, each.symbol) for each in find_citations(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "see A/HRC/43/G/1.", [("A/HRC/43/G/1", "A/HRC/43/G/1")]),
        ("en", "(S/24900/Add.3*)", [("S/24900/Add.3*", "S/24900/Add.3")]),
        ("en", "NPT/CONF.2010/50 (Vol. I)", [("NPT/CONF.2010/50 (Vol. I)",) * 2]),
        ("en", "S/RES/822\u00a0(1993)", [("S/RES/822\u00a0(1993)", "S/RES/822 (1993)")]),
        ("en", "A/RES/75/245 B.", [("A/RES/75/245 B", "A/RES/75/245 B")]),
        ("en", "A/RES/2200 A (XXI)", [("A/RES/2200 A (XXI)",) * 2]),
        (
            "ru",
            "А/75/94 и S/РRST/2015/22",
            [("А/75/94", "A/75/94"), ("S/РRST/2015/22", "S/PRST/2015/22")],
        ),
        ("zh", "（Ａ／ＨＲＣ／４３／Ｇ／１）", [("Ａ／ＨＲＣ／４３／Ｇ／１", "A/HRC/43/G/1")]),
        ("ar", "الوثيقة A/75/94،", [("A/75/94", "A/75/94")]),
    ],
)
def test_a_symbol_is_found_with_its_bounds_in_the_text_as_given(
    lang: str, text: str, expected: list[tuple[str, str]]
) -> None:
    assert seen(text, lang) == expected


def test_each_half_of_a_joint_symbol_is_a_citation_of_its_own() -> None:
    found = list(find_citations("A/55/530\u2011S/2000/1052", "fr"))
    assert [(c.text, c.symbol) for c in found] == [
        ("A/55/530", "A/55/530"),
        ("S/2000/1052", "S/2000/1052"),
    ]
    assert {c.mention.joint for c in found} == {"A/55/530-S/2000/1052"}


def test_what_is_added_behind_a_symbol_belongs_to_it() -> None:
    assert seen("A/CONF.157/24 (Part I) and Corr.1") == [
        ("A/CONF.157/24 (Part I)", "A/CONF.157/24 (Part I)"),
        ("Corr.1", "A/CONF.157/24 (Part I)/Corr.1"),
    ]


def test_a_word_glued_to_a_symbol_where_a_mark_was_taken_out_is_no_part_of_it() -> None:
    assert seen("el documento sobre MontserratA/AC.109/2020/10.", "es") == [
        ("A/AC.109/2020/10", "A/AC.109/2020/10")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mi-24/35 helicopters",
        "and/or 5/10 of N/A 12",
        "TCP/IP 4, km/h 20",
        "https://example.org/c/70/1",
        "12/05/2020",
        "UNDP/GEF/12 units of XYZ/12/3",
    ],
)
def test_other_uses_of_a_slash_are_no_symbols(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("S/PRST/2015/22", "statement"),
        ("S/PV.3205", "meeting"),
        ("A/RES/70/1", "resolution"),
        ("the report of the Secretary-General (S/2019/822)", "report"),
        ("the letter (S/2019/822)", "symbol"),
    ],
)
def test_the_kind_is_that_of_the_series_or_of_the_word_before(text: str, kind: str) -> None:
    assert [c.kind.value for c in find_citations(text, "en")] == [kind]


def test_what_begins_as_the_own_symbol_is_of_the_same_institution() -> None:
    text = "See XYZ/C/12/G/1, XYZ/DEC/4 and PQR/12/3."
    assert seen(text) == []
    found = find_citations(text, "en", symbol="XYZ/C/12/G/2")
    assert [each.symbol for each in found] == ["XYZ/C/12/G/1", "XYZ/DEC/4"]
