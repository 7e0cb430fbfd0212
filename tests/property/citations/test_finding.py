"""Laws of finding: offsets hold, nothing overlaps, time grows with the text and no faster."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.citations.comparing import Source, compare
from verbale.citations.flat import flatten, lower
from verbale.citations.quotations import passages
from verbale.citations.resolve import find_citations
from verbale.model.symbol import Symbol

LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es", "")
PIECES = st.sampled_from(
    [
        *("resolution ", "its ", "General Assembly ", "70/1", "822 (1993)", "A/RES/70/1", ", "),
        *(
            " and ",
            "قرار ",
            "٧٠/١",
            "ـ",
            "第",
            "号决议",
            "резолюция ",
            "(ХV)",
            "1514",
            "\n",
            "\t",
        ),
        *("\u00a0", "(", ")", "/", "-", ".", "S-10/2", "of 25 September 2015", "“", "”", "*"),
    ]
)


@settings(max_examples=150)
@given(st.lists(PIECES | st.text(max_size=6), max_size=30), st.sampled_from(LANGUAGES))
def test_offsets_give_back_the_text_and_citations_do_not_overlap(
    pieces: list[str], lang: str
) -> None:
    text = "".join(pieces)
    found = list(find_citations(text, lang))
    for each in found:
        assert text[each.start : each.end] == each.text != ""
        if each.symbol:
            assert str(Symbol.parse(each.symbol)) == each.symbol
    for before, behind in pairwise(found):
        assert before.end <= behind.start


@given(st.text(max_size=60))
def test_a_plain_form_knows_where_each_character_stood(text: str) -> None:
    flat = flatten(text)
    assert len(lower(flat.text)) == len(flat.text)
    places = [flat.origin(at) for at in range(len(flat.text))]
    assert places == sorted(set(places))
    for at, char in enumerate(flat.text):
        assert flatten(text[places[at]]).text == char


@given(st.lists(PIECES, max_size=40))
def test_passages_are_the_text_between_their_bounds(pieces: list[str]) -> None:
    text = "".join(pieces)
    end = 0
    for passage in passages(text):
        assert text[passage.start : passage.end] == passage.text
        assert passage.start >= end
        end = passage.end


@given(
    st.lists(
        st.sampled_from(["alpha", "beta", "gamma", "delta", "and", "of", "the"]), max_size=30
    )
)
def test_a_text_quotes_itself_word_for_word(words: list[str]) -> None:
    text = " ".join(words)
    found = compare(text, Source(f"Before it. {text} After it."))
    assert found.verdict in ("exact", "short")


@pytest.mark.parametrize(
    "unit",
    [
        "A/",
        "A-",
        "S/RES/",
        "1/",
        "70/1 ",
        "resolution ",
        "resolutions 70/1, ",
        "822 (1993), ",
        "((((",
        "S-",
        "their its of the ",
        "para. 1, ",
        "الجمعية العامة ",
        "第1号",
        "ـ",
        "*a ",
        "“",
        "see annex ",
        "A.B.C/",
        "see paragraph 4 of the ",
    ],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def cost(times: int) -> float:
        text = unit * times
        best = 9.0
        for _ in range(3):
            began = time.process_time()
            for _ in find_citations(text, "en"):
                pass
            best = min(best, time.process_time() - began)
        return best

    small = 40_000 // len(unit)
    # Four times the text, at most eight times the time: a square would take sixteen.
    assert cost(4 * small) <= 8 * max(cost(small), 0.004)
