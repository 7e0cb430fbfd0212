"""Quotations: what is tied to a citation, and what the comparison says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from verbale.citations.comparing import Source, compare
from verbale.citations.dates import wrong_dates
from verbale.citations.quotations import Held, Quotation, check_quotations, passages, tie
from verbale.citations.resolve import find_citations

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BODY = (
    "RESOLUTION 900 (1994)\n\nAdopted by the Security Council at its 3344th meeting,\n"
    "on 4 March 1994\n\nThe Security Council,\n\n"
    "1. Demands the immediate opening of the harbour to all vessels that carry food,\n"
    "as well as the return of the pilots to the town of Kelbadjar;\n\n"
    "2. Requests the Secretary-General to report on the matter by 1 June 1994.\n"
)
SYMBOL = "S/RES/900 (1994)"


def check(text: str, body: str = BODY) -> list[Quotation]:
    citations = list(find_citations(text, "en"))
    held = {SYMBOL: Held(SYMBOL, "900.txt", Source(body))}
    return list(check_quotations(text, citations, held, "en"))


def verdicts(text: str, body: str = BODY) -> list[str]:
    return [each.verdict for each in check(text, body)]


@pytest.mark.parametrize(
    ("quote", "verdict", "kinds"),
    [
        ("the immediate opening of the harbour to all vessels", "exact", set()),
        ("The immediate opening of the harbour to all vessels", "typography", {"case"}),
        ("the immediate opening … as well as the return of the pilots", "exact", {"elision"}),
        (
            "the immediate opening of the harbour […] to the town of Kelbadjar",
            "exact",
            {"elision"},
        ),
        ("the immediate opening of the [northern] harbour", "exact", {"bracket"}),
        ("the immediate closing of the harbour to all vessels", "altered", {"replaced"}),
        (
            "the immediate opening of the harbour to vessels that carry food",
            "altered",
            {"left-out"},
        ),
        ("the immediate opening of the old harbour to all vessels", "altered", {"inserted"}),
        ("demanding the immediate opening of the harbour", "altered", {"inflection"}),
        ("the return of the pilots to the town of Kalbajar", "altered", {"spelling"}),
        ("the immed1ate opening of the harb0ur to all vessels", "typography", {"ocr"}),
        ("peace be with every house that stands upon this shore", "not-found", set()),
    ],
)
def test_a_difference_is_named_for_what_it_is(
    quote: str, verdict: str, kinds: set[str]
) -> None:
    compared = compare(quote, Source(BODY))
    assert compared.verdict == verdict
    assert {change.kind for change in compared.changes} == kinds


def test_a_clause_cut_out_without_a_mark_is_shown() -> None:
    compared = compare("demanding the return of the pilots to the town", Source(BODY))
    left_out = [c.source for c in compared.changes if c.kind == "left-out"]
    assert compared.verdict == "altered"
    assert left_out
    assert "opening of the harbour" in left_out[0]


@pytest.mark.parametrize(
    "text",
    [
        "Resolution 900 (1994), which demanded “{}”, stands.",
        "In resolution 900 (1994), the Council called for “{}”.",
        "In resolution 900 (1994) the Council stated as follows: «{}».",
        "It demanded “{}” (resolution 900 (1994), para. 1).",
        "Resolution 900 (1994) demanded “*{}*”.",
    ],
)
def test_a_passage_is_tied_where_the_text_ties_it(text: str) -> None:
    quote = "the immediate opening of the harbour to all vessels"
    assert verdicts(text.format(quote)) == ["exact"]


@pytest.mark.parametrize(
    "text",
    [
        "After resolution 900 (1994). Later the Group worked out the “timetable of steps”.",
        "Resolution 900 (1994), entitled “The harbour and all its vessels”, stands.",
        "The Council (“the organ that decides such things”) recalled resolution 900 (1994).",
        "Having read resolution 900 (1994) at night, the envoy ate “an orange and some bread”.",
        "He said “the harbour will never be opened to you”.",
    ],
)
def test_a_passage_that_nothing_ties_is_unattributed_never_not_found(text: str) -> None:
    assert verdicts(text) == ["unattributed"]


def test_a_second_passage_goes_on_from_the_first() -> None:
    text = (
        "Resolution 900 (1994) demanded “the immediate opening of the harbour” and "
        "“the return of the pilots to the town of Kelbadjar”."
    )
    assert verdicts(text) == ["exact", "exact"]


def test_what_is_not_held_and_what_breaks_off_accuses_nobody() -> None:
    quote = "Resolution {} demanded “peace with every house that stands upon this shore”."
    assert verdicts(quote.format("901 (1994)")) == ["not-held"]
    assert verdicts(quote.format("900 (1994)")) == ["not-found"]
    assert verdicts(quote.format("900 (1994)"), BODY[:-40]) == ["not-held"]


def test_a_passage_of_any_text_of_a_list_is_found_there() -> None:
    text = "Resolutions 900 (1994) and 901 (1994) demanded “{}”."
    exact = "the immediate opening of the harbour to all vessels"
    assert verdicts(text.format(exact)) == ["exact"]
    assert verdicts(text.format(exact.replace("opening", "closing"))) == ["not-held"]


def test_marks_of_six_languages_bound_passages() -> None:
    texts = ["“one two”", "«one two»", "„one two“", "「one two」", '"one two"', "« one two »"]
    assert [[p.text for p in passages(text)] for text in texts] == [["one two"]] * len(texts)
    assert [p.text for p in passages("the States’ rights and the Council’s duty")] == []
    assert [p.text for p in passages("“outer ‘inner’ words”")] == ["outer ‘inner’ words"]


def test_a_date_that_is_not_the_one_printed_is_a_finding() -> None:
    held = {SYMBOL: Held(SYMBOL, "900.txt", Source(BODY))}
    for text, given in (
        ("on 6 March, 1994 the Council adopted resolution 900 (1994)", "6 March, 1994"),
        ("resolution 900 (1994) of 6 March 1994", "6 March 1994"),
        ("resolution 900 (1994) of March 6, 1994", "March 6, 1994"),
        ("la résolution 900 (1994) du 6 mars 1994", "6 mars 1994"),
    ):
        lang = "fr" if text.startswith("la") else "en"
        (wrong,) = wrong_dates(text, list(find_citations(text, lang)), held, lang)
        assert wrong.text == given
        assert wrong.true.isoformat() == "1994-03-04"
        assert "4 March 1994" in wrong.source
    for right in (
        "resolution 900 (1994) of 4 March 1994, by 1 June 1994",
        "the report submitted pursuant to resolution 900 (1994) of 6 March 1994",
        "on 6 March 1994 the envoy spoke of resolution 900 (1994)",
        "On 6 March 1994 they met. The Council had adopted resolution 900 (1994)",
    ):
        assert list(wrong_dates(right, list(find_citations(right, "en")), held, "en")) == []


def test_the_seed_has_one_exact_one_altered_and_one_unattributed(
    corpus: Callable[[str], Path],
) -> None:
    text = next(corpus("seed").glob("*.txt")).read_text(encoding="utf-8")
    path = next(corpus("cr-unsc-gold").glob("S_RES_0822_*"))
    symbol = "S/RES/822 (1993)"
    held = {symbol: Held(symbol, path.name, Source(path.read_text(encoding="utf-8")))}
    citations = list(find_citations(text))
    assert symbol in {c.symbol for c in citations}
    found = list(check_quotations(text, citations, held))
    assert [q.verdict for q in found] == ["exact", "altered", "unattributed"]
    assert {c.kind for c in found[1].changes} == {"inflection", "left-out", "spelling"}
    (wrong,) = wrong_dates(text, citations, held)
    assert (wrong.text, wrong.true.isoformat()) == ("6 April, 1993", "1993-04-30")


def test_the_verdict_agrees_with_the_share_of_words_in_real_quotations(
    corpus: Callable[[str], Path],
) -> None:
    path = corpus("quotation-candidates") / "quotes.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    compared = 0
    for row in rows:
        source = Source(row["cited_text"])
        found = compare(row["quote"], source)
        if found.verdict == "not-found":
            # The text at hand was cut off before the passage: it cannot accuse anybody.
            assert not source.whole or not row["cited_text"]
            continue
        compared += 1
        same = found.verdict in ("exact", "typography")
        damaged = any(change.kind == "ocr" for change in found.changes)
        assert same == (row["word_ratio"] == 1.0 or damaged), row["quote"]
    assert compared >= 7


def test_tying_reads_a_text_once() -> None:
    text = "Resolution 900 (1994) demanded “one two three”. " * 50
    tied = list(tie(text, list(find_citations(text, "en")), "en"))
    assert len(tied) == 50
    assert all(len(citations) == 1 for _, citations in tied)
