from __future__ import annotations

import time

import pytest

from verbale.text.markup import EMPHASIS, STRONG, SUPERSCRIPT, Run, join, parse, print_runs

EM = frozenset({EMPHASIS})
BOLD = frozenset({STRONG})
BOTH = EM | BOLD
UP = frozenset({SUPERSCRIPT})


def letters(source: str) -> list[tuple[str, frozenset[str]]]:
    return [(run.text, run.marks) for run in join(parse(source))]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("43^{er} período", [("43", frozenset()), ("er", UP), (" período", frozenset())]),
        ("“*the waters*”", [("“", frozenset()), ("the waters", EM), ("”", frozenset())]),
        ("**Annex\nto the note**", [("Annex\nto the note", BOLD)]),
        ("***both***", [("both", BOTH)]),
        ("**a *b* c**", [("a ", BOLD), ("b", BOTH), (" c", BOLD)]),
        ("**a *b***", [("a ", BOLD), ("b", BOTH)]),
        ("its annex* as a document", [("its annex* as a document", frozenset())]),
        ("* Reproduced as received", [("* Reproduced as received", frozenset())]),
        ("annex*, and its *aim* here", [
            ("annex*, and its ", frozenset()), ("aim", EM), (" here", frozenset()),
        ]),
        ("附件*作为文件*分发", [("附件*作为文件*分发", frozenset())]),
        (r"\*a\* 2\^{x}", [("*a* 2^{x}", frozenset())]),
        (r"a\b c:\dir", [(r"a\b c:\dir", frozenset())]),
        (r"\\*a*", [("\\", frozenset()), ("a", EM)]),
        ("un*{for}tunate", [("un", frozenset()), ("for", EM), ("tunate", frozenset())]),
        ("^{open", [("^{open", frozenset())]),
        ("2 * 3 * 4", [("2 * 3 * 4", frozenset())]),
        ("", []),
    ],
)  # fmt: skip
def test_markup_is_read_as_the_house_writes_it(
    source: str, expected: list[tuple[str, frozenset[str]]]
) -> None:
    assert letters(source) == expected


def test_the_lightest_form_that_reads_back_is_printed() -> None:
    assert print_runs([Run("43"), Run("er", UP), Run(" session")]) == "43^{er} session"
    assert print_runs([Run("an "), Run("aim", EM), Run(".")]) == "an *aim*."
    assert print_runs([Run("un"), Run("for", EM), Run("tunate")]) == "un*{for}tunate"
    assert print_runs([Run("2 * 3")]) == "2 * 3"
    assert print_runs([Run("*not*")]) == r"\*not\*"


@pytest.mark.parametrize(
    "piece", ["a **b *a ", "^{", "*{", ".*.", "*{^{", "\\", "***a* ", "x^{a"]
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def seconds(count: int) -> float:
        source = piece * count
        begin = time.process_time()
        parse(source)
        return time.process_time() - begin

    seconds(100)
    # Twenty times the text, with room for a busy machine; a square would be 400 times.
    assert seconds(40_000) < 120 * max(seconds(2_000), 0.01)
