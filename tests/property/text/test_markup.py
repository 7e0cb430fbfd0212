"""The laws of the light markup."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from verbale.text import markup

_ALPHABET = "ab *^{}\\.\n中ا"
_SIGNS = set("*^{}\\")

runs = st.lists(
    st.tuples(
        st.text(alphabet=_ALPHABET, max_size=8),
        st.frozensets(st.sampled_from([markup.EMPHASIS, markup.STRONG, markup.SUPERSCRIPT])),
    ).map(lambda pair: markup.Run(*pair)),
    max_size=6,
)
strings = st.text(alphabet=_ALPHABET, max_size=40)


@settings(max_examples=600)
@given(runs)
def test_any_runs_survive_print_and_parse(some: list[markup.Run]) -> None:
    printed = markup.print_runs(some)
    assert markup.join(markup.parse(printed)) == markup.join(some)


@settings(max_examples=600)
@given(strings)
def test_reading_drops_nothing_but_markup_and_offsets_are_the_sources(source: str) -> None:
    at = 0
    for run in markup.parse(source):
        assert run.text == source[run.start : run.end]
        assert set(source[at : run.start]) <= _SIGNS
        at = run.end
    assert set(source[at:]) <= _SIGNS


@settings(max_examples=600)
@given(strings)
def test_what_was_read_prints_to_what_reads_the_same(source: str) -> None:
    read = markup.join(markup.parse(source))
    assert markup.join(markup.parse(markup.print_runs(read))) == read


@given(st.text(max_size=40).filter(lambda text: not set(text) & {"*", "^"}))
def test_text_without_signs_is_printed_as_it_is(text: str) -> None:
    assert markup.print_runs([markup.Run(text)]) == text
