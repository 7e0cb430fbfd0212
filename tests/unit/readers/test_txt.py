from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from verbale import catalogue
from verbale.errors import UnreadableFileError
from verbale.model.document import Mark, NoteRef, Paragraph, Text
from verbale.model.walk import block_text, inlines, plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.readers.base import Reading

READ = catalogue.reader("txt").read

NOTE = """\
Conference of the Lakes

The Mission asks that the note and its annex* be circulated.

* Reproduced as received.

**Annex
to the note**
"""


def read(text: str) -> Reading:
    return READ(text.encode(), name="note.txt")


def lines(reading: Reading) -> list[str]:
    return [block_text(block, marks=True) for block in reading.document.parts[0].blocks]


def test_blank_lines_separate_paragraphs_and_line_ends_stay() -> None:
    assert lines(read(NOTE)) == [
        "Conference of the Lakes",
        "The Mission asks that the note and its annex* be circulated.",
        "Annex\nto the note",
    ]


def test_a_footnote_is_bound_to_its_mark_and_says_where_it_stood() -> None:
    reading = read(NOTE)
    (note,) = reading.document.parts[0].footnotes
    assert (note.id, note.mark, block_text(note.blocks[0])) == (
        "n1",
        "*",
        "Reproduced as received.",
    )
    assert reading.text[note.place.start : note.place.end] == "* Reproduced as received."
    second = reading.document.parts[0].blocks[1]
    assert isinstance(second, Paragraph)
    (ref,) = [each for each in second.content if isinstance(each, NoteRef)]
    assert ref.note == "n1"
    assert reading.text[ref.place.start : ref.place.end] == "*"
    assert reading.findings == ()


def test_each_run_is_a_slice_of_the_text_and_each_paragraph_knows_its_line() -> None:
    reading = READ("\ufeffa\r\n\r\n  b \\* *c*\r\nd^{e}".encode(), name="x.txt")
    for block in reading.document.parts[0].blocks:
        assert isinstance(block, Paragraph)
        for run in inlines(block.content):
            assert isinstance(run, Text)
            assert reading.text[run.place.start : run.place.end] == run.text
    last = reading.document.parts[0].blocks[1]
    assert isinstance(last, Paragraph)
    assert plain(last.content) == "b * c\nde"
    assert (last.place.line, last.place.column) == (3, 3)
    assert last.content[-1] == Text("e", frozenset({Mark.SUPERSCRIPT}))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("its annex* here", ["footnote-without-text"]),
        ("A line.\n\n* a note", ["footnote-without-anchor"]),
        ("an area of 5 m^{2}", []),
        ("2 * 3 = 6", []),
        ("an escaped annex\\* here", []),
    ],
)
def test_half_a_footnote_is_a_finding_and_stays_text(text: str, codes: list[str]) -> None:
    reading = read(text)
    assert [finding.code for finding in reading.findings] == codes
    assert "".join(lines(reading)) == text.replace("\n\n", "").replace("^{2}", "2").replace(
        "\\", ""
    )


def test_notes_on_lines_of_one_paragraph_are_separate_notes() -> None:
    reading = read(
        "One* and two** and three^{1}.\n\n* First\ngoes on.\n** Second.\n^{1} Third."
    )
    notes = reading.document.parts[0].footnotes
    assert [(n.mark, block_text(n.blocks[0])) for n in notes] == [
        ("*", "First\ngoes on."),
        ("**", "Second."),
        ("1", "Third."),
    ]


def test_a_mark_used_again_belongs_to_the_next_note() -> None:
    reading = read("a* b*\n\n* one\n\nc*\n\n* two")
    refs = [
        (each.note, each.place.start)
        for block in reading.document.parts[0].blocks
        if isinstance(block, Paragraph)
        for each in block.content
        if isinstance(each, NoteRef)
    ]
    assert refs == [("n1", 1), ("n1", 4), ("n2", 15)]


def test_utf_16_is_read_when_it_says_so() -> None:
    assert lines(READ("Озёра".encode("utf-16"), name="x.txt")) == ["Озёра"]


@pytest.mark.parametrize(
    ("data", "offset", "word"),
    [
        (b"caf\xe9 au lait", 3, "UTF-8"),
        (b"\xef\xbb\xbf\xe9", 3, "UTF-8"),
        (b"a\xc3\xa9\x00b", 3, "control"),
        ("a\x1bb".encode("utf-16"), 4, "control"),
        (b"", None, "empty"),
        (b"\xef\xbb\xbf \r\n\t", None, "empty"),
    ],
)
def test_what_is_no_text_is_refused_at_the_byte(
    data: bytes, offset: int | None, word: str
) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        READ(data, name="x.txt")
    assert caught.value.offset == offset
    assert word in str(caught.value)
    assert caught.value.remedy


def test_the_seed_is_read_with_its_footnote(corpus: Callable[[str], Path]) -> None:
    (path,) = corpus("seed").glob("*.txt")
    reading = READ(path.read_bytes(), name=path.name)
    (note,) = reading.document.parts[0].footnotes
    assert reading.findings == ()
    assert note.mark == "*"
    assert reading.text[note.place.start] == "*"
    assert len(reading.document.parts[0].blocks) == 22


def test_a_rest_of_emphasis_is_no_footnote_mark() -> None:
    assert read("*His Excellency**The Minister* of Trade** here").findings == ()


def test_a_mark_without_its_note_is_shown_in_its_line() -> None:
    [finding] = read("First.\n\nsecond line\nits annex* here").findings
    assert (finding.place.line, finding.place.column) == (4, 10)
