from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from verbale.errors import SymbolError
from verbale.model.symbol import Symbol, join_symbols, parse_symbols
from verbale.model.symbol_explain import explain
from verbale.model.symbol_reading import read_symbol
from verbale.model.symbol_sort import sort_key, sort_symbols
from verbale.text.roman import to_roman

numbers = st.integers(1, 9999).map(str)
roman = st.integers(1, 60).map(to_roman)
names = st.sampled_from(
    [
        "HRC",
        "C.1",
        "CN.4",
        "Sub.2",
        "RES",
        "S-30",
        "COP(14)",
        "COP-MOP",
        "SR.11-13",
        "OzL.Pro.28",
    ]
)
lasts = st.one_of(
    numbers,
    st.builds("{}-{}".format, numbers, numbers),
    st.builds("{} {}".format, numbers, st.sampled_from("ABCZ")),
    st.builds("{} {}".format, numbers, st.sampled_from(["A-B", "A-F"])),
    st.builds("{}({}{})".format, numbers, st.sampled_from(["", "S-", "ES-"]), roman),
    st.builds("{} {} ({})".format, numbers, st.sampled_from("AB"), roman),
    st.builds("{} ({})".format, numbers, st.integers(1946, 2030)),
    st.builds("{}.{}".format, st.sampled_from(["L", "PV", "SR", "CRP", "Res", "Dec"]), numbers),
)
suffixes = st.one_of(
    st.builds(
        "/{}.{}".format, st.sampled_from(["Add", "Amend", "Corr", "Rev", "Supp"]), numbers
    ),
    st.builds(" ({} {})".format, st.sampled_from(["Part", "Vol.", "Resumption"]), roman),
    st.builds(" (Parts {} and {})".format, roman, roman),
    st.builds(" (Sect. {}{})".format, numbers, st.sampled_from(["", "A", "F"])),
    st.sampled_from([" (Supp)", " (Introduction)", " (Plan outline)", "/Summary", "/Excerpt"]),
)
texts = st.builds(
    "{}/{}{}{}{}".format,
    st.sampled_from(["A", "S", "E", "ST", "CRC", "GC.15", "UNEP"]),
    st.lists(st.one_of(numbers, names), max_size=4).map(
        lambda ps: "".join(f"{p}/" for p in ps)
    ),
    lasts,
    st.lists(suffixes, max_size=3).map("".join),
    st.sampled_from(["", "", "", "*", "**"]),
)
symbols = texts.map(Symbol.parse)
alphabet = st.sampled_from("ASCEReszv.Add/0127٧ -–*()IXVPart\u2011\u200eАСЕ،د\u2066")
heads = st.sampled_from(
    ["A/", "S/", "CRC/C/", "GC.15/", "res/", "А/", "C.1/", "SUB.2/", "Add/"]
)
middles = st.sampled_from(
    ["43", "7", "L.5", "S-30", "COP(14)", "Dec.1", "Res.", "OzL.Pro", "SR.1-3"]
)
tails = st.sampled_from(["B", "A-B", "(XXI)", "(1993)", "(vol.ii)", "(PartsIandII)", "(Supp)"])
marks = st.sampled_from(
    ["/", "//", " ", "\u00a0", "-", "\u2011", "*", "(", ")", ".", "٣", "ſ", "K"]
)
hung = st.sampled_from(
    ["Add.", "/Add1", "Rev.1", "/Corr.2", "/rev.02", "/Add.3/Corr.1", "/Summary"]
)
pieces = st.one_of(heads, middles, tails, marks, hung)
nearly = st.one_of(st.text(alphabet, max_size=24), st.lists(pieces, max_size=8).map("".join))


@given(texts)
def test_a_text_survives_parse_and_print(text: str) -> None:
    assert str(Symbol.parse(text)) == text


@given(symbols)
def test_a_symbol_survives_print_and_parse(symbol: Symbol) -> None:
    assert Symbol.parse(str(symbol)) == symbol


@given(nearly)
def test_any_text_parses_exactly_or_says_where_it_stopped(text: str) -> None:
    try:
        assert str(Symbol.parse(text)) == text
    except SymbolError as error:
        assert 0 <= error.start <= len(text)
        assert error.text == text


@given(nearly)
def test_any_text_is_read_to_a_fixed_point_or_says_where_it_stopped(text: str) -> None:
    try:
        reading = read_symbol(text)
    except SymbolError as error:
        assert 0 <= error.start <= len(text)
        assert error.text == text
        return
    assert parse_symbols(reading.text) == reading.symbols
    assert read_symbol(reading.text).repairs == ()
    assert reading.text.isascii()
    assert (reading.repairs == ()) == (reading.text == text)


@given(symbols)
def test_case_and_blanks_change_nothing(symbol: Symbol) -> None:
    text = str(symbol)
    assert read_symbol(f"  {text.replace('/', ' / ')} ").text == text
    if "Dec." not in text:
        assert read_symbol(text.lower()).text == text
        assert read_symbol(text.upper()).text == text


@given(st.lists(symbols, min_size=2, max_size=3))
def test_a_joint_symbol_comes_apart_as_it_was_joined(several: list[Symbol]) -> None:
    joint = tuple(several)
    assert parse_symbols(join_symbols(joint)) == joint


@given(symbols, symbols)
def test_the_keys_of_any_two_symbols_compare(one: Symbol, other: Symbol) -> None:
    assert (sort_key(one) < sort_key(other)) != (sort_key(one) >= sort_key(other))
    assert sort_symbols([one, other]) == sort_symbols([other, one]) or sort_key(
        one
    ) == sort_key(other)


@given(symbols)
def test_a_document_stands_before_what_hangs_on_it(symbol: Symbol) -> None:
    assert sort_key(symbol) < sort_key(symbol.unstarred.plus("Add", 1))
    second, tenth = symbol.plus("Corr", 2), symbol.plus("Corr", 10)
    assert sort_key(second) < sort_key(tenth)
    assert second.parent == symbol.unstarred
    assert second.is_corrigendum


@given(symbols)
def test_the_pieces_joined_are_the_symbol(symbol: Symbol) -> None:
    joined = "".join(piece.text for piece in explain(symbol)).replace(" ", "")
    assert joined == str(symbol).replace("/", "").replace(" ", "")


@given(symbols)
def test_a_name_for_an_address_is_safe_in_one(symbol: Symbol) -> None:
    assert all(
        char.isascii() and (char.islower() or char in "0123456789-") for char in symbol.slug
    )
    assert not set(symbol.file_stem) & set("/\\ ()*")
