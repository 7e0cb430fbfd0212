"""The text of PDF pages in the order in which it is read. Every file is made here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pdf_files import BOLD, FIXED, ITALIC, line, lines, pdf, wrapped

from verbale.model.document import Heading, List, Mark, NoteRef, Paragraph, Text
from verbale.model.walk import block_text, inlines
from verbale.readers.pdf import READER

if TYPE_CHECKING:
    from verbale.readers.base import Reading

WHOLE = (
    "The Permanent Mission of Northmere to the Conference of the Lakes presents its "
    "compliments to the Secretary of the Conference and has the honour to transmit herewith "
    "the observations of its Government on the ice cover of the northern lake in winter."
)
LINES = (
    "The Mission presents its compliments to the Secretary and has the honour to",
    "transmit the observations of its Government on the ice cover of the lake.",
)
SHORT = "It asks for their circulation."


def read(*pages: str) -> Reading:
    return READER.read(pdf(*pages), name="note.pdf")


def texts(reading: Reading) -> list[str]:
    return [block_text(block, marks=True) for block in reading.document.parts[0].blocks]


def test_lines_are_joined_and_parted_where_a_short_line_had_to_end() -> None:
    page = wrapped(f"{WHOLE} {SHORT}") + wrapped(WHOLE, y=600)
    assert texts(read(page)) == [f"{WHOLE} {SHORT}", WHOLE]


def test_a_gap_and_an_indent_begin_paragraphs() -> None:
    assert texts(read(wrapped(WHOLE) + wrapped(WHOLE, y=600))) == [WHOLE, WHOLE]
    full = WHOLE + " It has filled all of the five lines that it was given here."
    page = wrapped(full, first=30) + wrapped(full, y=620, first=30)
    assert texts(read(page)) == [full, full]


def test_a_number_before_a_gap_is_the_number_of_its_paragraph() -> None:
    first = line("1.", 100, 680, face=FIXED) + wrapped(WHOLE, first=30)
    second = line("2.", 100, 612, face=FIXED) + wrapped(WHOLE, y=612, first=30)
    one, two = read(first + second).document.parts[0].blocks
    assert isinstance(one, Paragraph)
    assert isinstance(two, Paragraph)
    assert (one.number, two.number) == ("1.", "2.")
    assert block_text(two) == f"2. {WHOLE}"


def test_a_paragraph_goes_on_over_the_page() -> None:
    drawn = wrapped(WHOLE).splitlines(keepends=True)
    assert texts(read("".join(drawn[:2]), "".join(drawn[2:]))) == [WHOLE]


def test_the_order_of_the_file_is_not_the_order_of_the_page() -> None:
    drawn = wrapped(WHOLE).splitlines()
    assert texts(read("\n".join(reversed(drawn)))) == [WHOLE]


def test_two_columns_are_read_one_after_the_other_and_a_head_over_both_comes_first() -> None:
    words = "every line of this side is filled with words"
    left = [f"left {n} {words}" for n in range(1, 10)]
    right = [f"right {n} {words}" for n in range(1, 10)]
    page = line(
        "A head over both columns of the page that is as wide as both are together", 60, 740
    )
    for at in range(9):
        page += line(left[at], 60, 700 - 12 * at) + line(right[at], 320, 700 - 12 * at)
    read_as = " ".join(texts(read(page)))
    assert read_as.index("A head") < read_as.index("left 1") < read_as.index("left 9")
    assert read_as.index("left 9") < read_as.index("right 1") < read_as.index("right 9")


def test_lines_along_the_edges_are_kept_as_properties() -> None:
    def page(number: int) -> str:
        edge = line("CL/C/12/G/1", 450, 760) + line(f"Page {number}", 300, 30)
        return edge + wrapped(WHOLE)

    first = wrapped(WHOLE) + line("26-04887 (E)", 60, 40) + line("*2604887*", 60, 28)
    reading = read(first, page(2), page(3))
    assert texts(reading) == [WHOLE, WHOLE, WHOLE]
    properties = reading.document.properties
    assert ("job-number", "26-04887 (E)") in properties
    assert ("running-header", "CL/C/12/G/1") in properties
    assert ("running-footer", "Page 2") in properties
    assert [each.code for each in reading.findings] == ["pdf-running-lines"]


@pytest.mark.parametrize("mark", ["1", "*", "12"])
def test_a_footnote_stands_at_its_mark(mark: str) -> None:
    raised = not mark.startswith("*")
    anchor = line(mark, 143.5, 704 if raised else 700, size=6 if raised else 10)
    page = (
        line("The annex", 100, 700)
        + anchor
        + line("is attached to the present note.", 156, 700)
    )
    foot = (
        line(mark, 100, 84, size=5 if raised else 8) if raised else line(mark, 100, 80, size=8)
    )
    foot += line("Reproduced as received.", 112, 80, size=8)
    body = read(page + wrapped(WHOLE, y=676) + foot).document.parts[0]
    (note,) = body.footnotes
    assert (note.mark, block_text(note.blocks[0])) == (mark, "Reproduced as received.")
    first = body.blocks[0]
    assert isinstance(first, Paragraph)
    (reference,) = (each for each in inlines(first.content) if isinstance(each, NoteRef))
    assert reference.note == note.id
    assert block_text(first, marks=True).startswith(f"The annex{mark} is attached")


def test_a_note_without_its_mark_stays_in_the_text_and_is_said() -> None:
    foot = line("7", 100, 84, size=5) + line("See resolution 822.", 112, 80, size=8)
    reading = read(wrapped(WHOLE) + foot)
    assert "See resolution 822." in texts(reading)[-1]
    assert "footnote-without-anchor" in {each.code for each in reading.findings}


def test_a_hyphen_is_taken_off_only_where_the_whole_word_is_seen() -> None:
    page = lines(
        "The co-operation of the riparian States was recalled, and the resolu-",
        "tion on the ice was mentioned; the resolution was adopted, and the non-",
        "proliferation of drifting ice on all of the lakes was held to be needed.",
    )
    reading = read(page)
    (text,) = texts(reading)
    assert "the resolution on the ice" in text
    assert "the non-proliferation of" in text
    (found,) = reading.findings
    assert (found.code, found.values["words"]) == ("pdf-hyphens-kept", "non-proliferation")


def test_bold_and_large_lines_are_headings_and_italics_are_emphasis() -> None:
    page = line("Report on the ice", 100, 740, size=16, face=BOLD)
    page += line("Findings", 100, 716, face=BOLD) + wrapped(WHOLE)
    page += line("inter alia", 100, 640, face=ITALIC) + line("the ice melts.", 148, 640)
    title, head, _, last = read(page).document.parts[0].blocks
    assert isinstance(title, Heading)
    assert isinstance(head, Heading)
    assert (title.level, head.level) == (1, 2)
    assert isinstance(last, Paragraph)
    assert last.content[0] == Text("inter alia", frozenset({Mark.EMPHASIS}))


def test_bullets_are_a_list() -> None:
    page = wrapped(WHOLE) + line("\u2022", 100, 640) + line("first", 120, 640)
    page += line("\u2022", 100, 620) + line("second", 120, 620)
    found = read(page).document.parts[0].blocks[-1]
    assert isinstance(found, List)
    assert [block_text(item.blocks[0]) for item in found.items] == ["first", "second"]


def test_a_paragraph_knows_its_page_and_box() -> None:
    place = read(wrapped(WHOLE), wrapped(WHOLE)).document.parts[0].blocks[1].place
    assert (place.page, place.file) == (2, "note.pdf")
    assert place.box is not None
    left, bottom, right, top = place.box
    assert 99 < left < 102 < right
    assert 640 < bottom < top < 692


def test_a_page_drawn_on_its_side_is_read_upright() -> None:
    drawing = "".join(
        f"BT /F1 10 Tf 0 1 -1 0 {200 + 12 * at} 100 Tm ({each}) Tj ET\n"
        for at, each in enumerate(LINES)
    )
    assert texts(read(drawing)) == [" ".join(LINES)]


def test_corners_of_a_first_page_are_lines_of_their_own() -> None:
    page = line("Conference of the Lakes", 60, 740) + line("CL/C/12/G/1", 450, 740)
    page += line("Council of the Lakes", 60, 700) + line("Distr.: General", 400, 700)
    page += line("CL/C/12/G/2", 400, 688) + line("28 July 1998, which is longer", 400, 676)
    assert texts(read(page + wrapped(WHOLE, y=400)))[:6] == [
        "Conference of the Lakes",
        "CL/C/12/G/1",
        "Council of the Lakes",
        "Distr.: General",
        "CL/C/12/G/2",
        "28 July 1998, which is longer",
    ]
