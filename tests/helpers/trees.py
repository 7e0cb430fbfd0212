"""Hypothesis strategies for document trees: every field of every node, no place.

``import trees`` works in every test: ``tests/helpers`` is on the path of pytest.
"""

from __future__ import annotations

from hypothesis import strategies as st

from verbale.model.document import (
    Block,
    Break,
    Cell,
    Document,
    Footnote,
    Heading,
    Image,
    Inline,
    List,
    ListItem,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Rule,
    Span,
    Stamp,
    Table,
    Text,
)
from verbale.model.language import OFFICIAL, UND, Language
from verbale.model.walk import join_text

# Letters of six scripts, markup of three formats, all sorts of blanks, what XML must escape.
_ALPHABET = "aé Яب中\u00a0\t\n\r*^{}\\<>&\"'-[]()#|_`1٢\u200f\u2066😀]]>"

words = st.text(alphabet=_ALPHABET, max_size=8)
some_words = st.text(alphabet=_ALPHABET, min_size=1, max_size=8)
names = st.sampled_from(["", "organ", "title", "two words", 'a"b'])
languages = st.sampled_from([*OFFICIAL, UND, Language("de")])
marks = st.frozensets(st.sampled_from(Mark), max_size=3)
links = st.sampled_from(
    ["", "https://lakes.example/a?b=1&c", "javascript:alert(1)", "#n1", 'x"y']
)

texts = st.builds(Text, some_words, marks)
images = st.builds(
    Image,
    st.binary(max_size=6),
    st.sampled_from(["image/png", "image/svg+xml", 'text/html"><script>']),
    words,
)
note_refs = st.builds(
    NoteRef, st.sampled_from(["n1", "n2", "n 3"]), st.sampled_from(["*", "1", "a&"])
)


def _spans(inner: st.SearchStrategy[tuple[Inline, ...]]) -> st.SearchStrategy[Inline]:
    return st.builds(Span, inner, st.none() | languages, links, st.booleans(), names)


inlines: st.SearchStrategy[Inline] = st.recursive(
    texts | st.just(Break()) | note_refs | images,
    lambda one: _spans(st.lists(one, max_size=3).map(tuple)),
    max_leaves=4,
)
#: Content in the form in which trees are kept: neighbouring runs with the same marks are one.
contents = st.lists(inlines, max_size=4).map(join_text)

paragraphs = st.builds(Paragraph, contents, names, st.none() | languages, words, names)
headings = st.builds(
    Heading, st.integers(1, 9), contents, names, st.none() | languages, words, names
)


def _nested(block: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    some = st.lists(block, max_size=2).map(tuple)
    items = st.lists(st.builds(ListItem, some, words), max_size=2).map(tuple)
    cells = st.builds(Cell, some, st.booleans(), st.integers(1, 3), st.integers(1, 3))
    rows = st.lists(st.lists(cells, max_size=2).map(tuple), max_size=3).map(tuple)
    return (
        st.builds(List, items, st.booleans())
        | st.builds(Quote, some)
        | st.builds(Table, rows, st.integers(0, 2), contents)
    )


blocks: st.SearchStrategy[Block] = st.recursive(
    paragraphs | headings | st.just(Rule()), _nested, max_leaves=4
)
some_blocks = st.lists(blocks, max_size=3).map(tuple)
footnotes = st.builds(
    Footnote,
    st.sampled_from(["n1", "n2", "n 3"]),
    st.sampled_from(["*", "1", "a&", "†"]),
    some_blocks,
    st.none() | languages,
)


def _parts(inner: st.SearchStrategy[tuple[Part, ...]]) -> st.SearchStrategy[Part]:
    return st.builds(
        Part,
        st.sampled_from(PartKind),
        some_blocks,
        languages,
        st.lists(footnotes, max_size=2, unique_by=lambda note: note.id).map(tuple),
        inner,
        st.integers(0, 3),
        st.booleans(),
    )


parts = _parts(st.lists(_parts(st.just(())), max_size=1).map(tuple))
documents = st.builds(
    Document,
    st.lists(parts, max_size=3).map(tuple),
    languages,
    st.lists(st.sampled_from(Stamp), max_size=2, unique=True).map(tuple),
    words,
    words,
    words,
    st.lists(st.tuples(words, words), max_size=2).map(tuple),
)
