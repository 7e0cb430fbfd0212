"""What people type is understood, and what is not is forgiven and told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbale.search.base import Forgiven
from verbale.search.query import LONGEST, How, Item, read_query


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("ice cover", [[Item("ice"), Item("cover")]]),
        ('"ice cover"', [[Item("ice cover", How.PHRASE)]]),
        ("«couverture de glace»", [[Item("couverture de glace", How.PHRASE)]]),
        ("“海冰 覆盖”", [[Item("海冰 覆盖", How.PHRASE)]]),
        ("navig* Meravja~", [[Item("navig", How.PREFIX), Item("Meravja", How.FUZZY)]]),
        ("ice -fish", [[Item("ice"), Item("fish", out=True)]]),
        ("ice OR snow AND rain", [[Item("ice")], [Item("snow"), Item("rain")]]),
        (
            "body:CL/C -kind:letter ice",
            [[Item("CL/C", name="body"), Item("letter", name="kind", out=True), Item("ice")]],
        ),
        ('title:"ice cover"', [[Item("ice cover", How.PHRASE, "title")]]),
        ("A/HRC/43/G/1*", [[Item("A/HRC/43/G/1")]]),
        ("-ice", [[Item("ice", out=True)]]),
        ("", []),
    ],
)
def test_a_query_is_read(text: str, items: list[list[Item]]) -> None:
    asked = read_query(text)
    assert [list(group) for group in asked.groups] == items
    assert asked.notes == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ('"ice cover', [Forgiven.UNCLOSED]),
        ("colour:blue", [Forgiven.UNKNOWN_FIELD]),
        ('""', [Forgiven.NOTHING_LEFT]),
        ("OR OR", [Forgiven.NOTHING_LEFT]),
        ("x" * (LONGEST + 1), [Forgiven.TOO_LONG]),
        ("a b " * 60, [Forgiven.TOO_LONG]),
    ],
)
def test_what_is_forgiven_is_told(text: str, codes: list[Forgiven]) -> None:
    assert [note.code for note in read_query(text).notes] == codes


@given(st.text(alphabet='abc"“«:*~-|ORAND /\0éم海', max_size=60))
def test_no_query_is_an_error(text: str) -> None:
    for item in read_query(text).items:
        assert item.text.strip()
