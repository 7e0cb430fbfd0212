from __future__ import annotations

import datetime
import hashlib
import json
import re
import struct
import subprocess
import sys
import zlib
from collections import Counter
from functools import cache
from pathlib import Path

import pdfs
import pytest

from verbale.edges.typeset import Typesetter
from verbale.errors import MissingPartError, PageError
from verbale.model.document import (
    Block,
    Break,
    Cell,
    Document,
    Footnote,
    Heading,
    Image,
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
from verbale.model.language import AR, EN, OFFICIAL, Language
from verbale.model.walk import document_text
from verbale.writers.base import Options
from verbale.writers.pdf import WRITER

CASE = Path(__file__).parents[2] / "golden" / "writers" / "pdf" / "lakes"
WORDS = json.loads((CASE / "words.json").read_text("utf-8"))
SYMBOL = "LC/HARB/43/G/7"
DAY = datetime.date(2020, 5, 6)
AWAITED = "This sentence awaits its translator."
GAUGES = (
    "The gauges of the western shore were read at noon. Their mean stood above that of the "
    "year before, and the keepers of the gates have been told so in writing."
)
SET = Typesetter()
CODES = [language.code for language in OFFICIAL]


def line(text: str, role: str = "") -> Paragraph:
    return Paragraph((Text(text),), role=role)


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + check

    rows = b"".join(b"\0" + bytes([200, 210, 230]) * 60 for _ in range(20))
    head = struct.pack(">IIBBBBB", 60, 20, 8, 2, 0, 0, 0)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + b"".join(
        [chunk(b"IHDR", head), chunk(b"IDAT", zlib.compress(rows)), chunk(b"IEND", b"")]
    )


def masthead(words: dict[str, str], language: Language) -> Part:
    roles = ["publisher", "symbol", "organ", "distribution", "date", "language", "original"]
    roles += ["body", "session", "session-dates", "agenda-item", "agenda-title", "title"]
    said = {**words, "symbol": SYMBOL}
    lines = [line(said[role], role) for role in roles if said[role]]
    job = line(f"LC.20-06178 ({language.letter})", "job-number")
    return Part(PartKind.MASTHEAD, (*lines, job), language)


def note(words: dict[str, str], language: Language) -> Part:
    awaited = Span((Text(AWAITED),), language=EN, awaiting=True)
    first, second = words["items"]
    blocks: tuple[Block, ...] = (
        line(words["first"]),
        Paragraph(
            (
                Text(words["second"] + " "),
                Text(words["footnote"], frozenset({Mark.EMPHASIS})),
                NoteRef("n1", "*"),
            )
        ),
        Heading(1, (Text(words["heading"]),)),
        List(
            (
                ListItem((line(first),), "(a)"),
                ListItem((line(second), List((ListItem((line(first),), "–"),))), "(b)"),
            )
        ),
        Paragraph((awaited,)),
        Paragraph((Text(words["footnote"] + " "), awaited, Break(), Text(words["footnote"]))),
        Quote((line(words["first"]),)),
        table(words),
        Paragraph((Image(picture(), "image/png", "A blue field"),)),
        Rule(),
        line("A. Keeper", "signatory"),
    )
    foot = Footnote("n1", "*", (line(words["footnote"]),))
    return Part(PartKind.NOTE, blocks, language, footnotes=(foot,))


def table(words: dict[str, str]) -> Table:
    head = tuple(Cell((line(text),), header=True) for text in words["columns"])
    rows = [("2018", "3 211,5"), ("2019", "-1 440")]
    body = [tuple(Cell((line(text),)) for text in row) for row in rows]
    return Table((head, *body), header_rows=1, caption=(Text(words["caption"]),))


def annex() -> Part:
    heading = "Annex to the note verbale dated 8 April 2020 from the Mission of Northmere"
    numbered = [Paragraph((Text(f"{GAUGES} {GAUGES}"),), number=f"{n}.") for n in range(1, 15)]
    return Part(
        PartKind.ANNEX,
        (
            Heading(1, (Text(heading),), "annex-heading"),
            Heading(2, (Text("Report of the Ministry of Waters"),), "annex-title"),
            *numbered,
            Heading(4, (Text("A word"),)),
            Paragraph(
                (
                    Text("The level"),
                    NoteRef("n2", "a"),
                    Text(" is "),
                    Span((Text("المنسوب"),), language=AR),
                    Text("."),
                )
            ),
        ),
        EN,
        footnotes=(Footnote("n2", "a", (line("A note of the annex."),)),),
        as_received=True,
    )


def lakes(code: str) -> Document:
    words, language = WORDS[code], Language(code)
    return Document(
        (masthead(words, language), note(words, language), annex()),
        language,
        (Stamp.SPECIMEN,),
        words["stamp"],
        SYMBOL,
        words["title"],
    )


def options(code: str) -> Options:
    return Options(moment=DAY, labels={"awaiting": WORDS[code]["awaiting"]}, typesetter=SET)


@cache
def written(code: str) -> bytes:
    return WRITER.write(lakes(code), options(code))


def body(*blocks: Block, language: Language = EN) -> bytes:
    document = Document((Part(PartKind.BODY, blocks, language),), language, title="A document")
    return WRITER.write(document, Options(typesetter=SET, moment=DAY))


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("profile", ["pdfua1", "pdfa2a"])
def test_the_validator_finds_no_fault(code: str, profile: str) -> None:
    assert pdfs.failures(written(code), profile) == []


def test_the_validator_finds_a_language_that_was_taken_away() -> None:
    assert pdfs.failures(written("fr").replace(b"/Lang(fr)", b"/Lonk(fr)"), "pdfua1")


@pytest.mark.parametrize("code", [code for code in CODES if code != "ar"])
def test_the_pages_hold_every_letter_of_the_tree_in_its_order(code: str) -> None:
    """Exact but for white space, the marks of notes, and the head and foot of a page."""
    document, words = lakes(code), WORDS[code]
    texts = []
    for number, page in enumerate(pdfs.page_texts(written(code)), start=1):
        text = pdfs.squeezed(page)
        if number > 1:
            text = text.replace(pdfs.squeezed(words["stamp"] + SYMBOL), "", 1)
            text = text.removesuffix(str(number))
        texts.append(text)
    got = "".join(texts)
    for text in document_text(document).splitlines():
        # The Arabic word of the annex stands in a Latin line and has no fixed place in it.
        if "المنسوب" in text:
            continue
        label = words["awaiting"] if text != AWAITED else ""
        want = pdfs.squeezed(text.replace(AWAITED, label + AWAITED))
        plain = got.replace(want + "*", want) if want not in got else got
        assert want in plain, text


@pytest.mark.parametrize("code", CODES)
def test_no_letter_of_the_tree_is_missing(code: str) -> None:
    want = Counter(pdfs.squeezed(document_text(lakes(code))))
    got = Counter(pdfs.squeezed("".join(pdfs.page_texts(written(code)))))
    for bracket in "()":  # pdfium mirrors them in right-to-left lines
        want.pop(bracket)
    assert want - got == Counter()


def test_arabic_words_can_be_copied_out() -> None:
    """Words with tanwin or another mark come out turned round: a limit of the readers."""
    arabic = re.compile(r"[\u0600-\u06ff]{4,}")
    parts = lakes("ar").parts[:2]
    words = arabic.findall("\n".join(document_text(Document((part,))) for part in parts))
    text = pdfs.squeezed("".join(pdfs.page_texts(written("ar"), as_marked=True)))
    found = [word for word in words if pdfs.squeezed(word) in text]
    assert len(words) > 100
    assert len(found) / len(words) >= 0.94


def test_a_latin_annex_of_an_arabic_document_can_be_copied_out() -> None:
    text = pdfs.squeezed("".join(pdfs.page_texts(written("ar"))))
    assert text.count(pdfs.squeezed(GAUGES)) > 20
    assert pdfs.squeezed("6 May 2020") in text
    assert SYMBOL in text


@pytest.mark.parametrize("code", CODES)
def test_every_page_says_that_it_is_a_specimen(code: str) -> None:
    pages = pdfs.page_texts(written(code), as_marked=code == "ar")
    assert len(pages) > 2
    assert all(pdfs.squeezed(WORDS[code]["stamp"]) in pdfs.squeezed(page) for page in pages)


def test_a_document_without_a_stamp_has_none() -> None:
    assert "Specimen" not in "".join(pdfs.page_texts(body(line("A line."))))


def test_the_same_tree_gives_the_same_bytes_in_this_process_and_in_another() -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]; import hashlib, test_pdf;"
        "print(hashlib.sha256(test_pdf.written('ar')).hexdigest())"
    )
    folders = [str(Path(__file__).parent), str(Path(pdfs.__file__).parent)]
    other = subprocess.run(  # noqa: S603 - this file, in another process
        [sys.executable, "-c", program, *folders], capture_output=True, check=True, text=True
    )
    again = WRITER.write(lakes("ar"), options("ar"))
    assert again == written("ar")
    assert other.stdout.strip() == hashlib.sha256(again).hexdigest()


@pytest.mark.parametrize("code", CODES)
def test_a_table_is_a_table_to_who_cannot_see_it(code: str) -> None:
    kinds = Counter(tag.type for tag in pdfs.tags(written(code)))
    assert (kinds["Table"], kinds["TR"], kinds["TH"], kinds["TD"]) == (1, 3, 2, 4)
    assert kinds["Caption"] == 1


@pytest.mark.parametrize("code", CODES)
def test_headings_notes_lists_quotations_and_pictures_are_tagged(code: str) -> None:
    tags = pdfs.tags(written(code))
    kinds = Counter(tag.type for tag in tags)
    assert kinds["H1"] == 3, "title, a heading of the note, heading of the annex"
    assert kinds["H2"] == 1
    assert kinds["H3"] == 1, "level 4 after level 2: no level is skipped"
    assert kinds["Note"] == 2
    assert (kinds["L"], kinds["LI"], kinds["BlockQuote"]) == (2, 3, 1)
    assert [tag.alt for tag in tags if tag.type == "Figure"] == ["A blue field"]


@pytest.mark.parametrize("code", [code for code in CODES if code != "en"])
def test_what_stands_in_another_language_says_so(code: str) -> None:
    spoken = Counter((tag.type, tag.language) for tag in pdfs.tags(written(code)))
    assert f"/Lang({code})".encode() in written(code)
    assert spoken["H1", "en"] == 1
    assert spoken["H2", "en"] == 1
    assert spoken["P", "en"] >= 15, "the paragraphs of the annex, and the awaited one"


def test_no_page_turns_its_latin_lines_round_when_copied() -> None:
    assert not [code for code in CODES if b"/Direction/R2L" in written(code)]
    assert b"/Direction/L2R" in written("ar")


@pytest.mark.parametrize("code", CODES)
def test_every_face_is_embedded_and_can_be_read_back(code: str) -> None:
    pdf = written(code)
    faces = len(re.findall(rb"/Type/FontDescriptor", pdf))
    assert faces >= 3
    assert len(re.findall(rb"/FontFile[23] ", pdf)) == faces
    assert len(re.findall(rb"/ToUnicode ", pdf)) == faces
    assert "\ufffd" not in "".join(pdfs.page_texts(pdf))


def test_the_file_is_called_what_the_document_is_called() -> None:
    title = WORDS["es"]["title"].encode("utf-16-be")
    pdf = written("es")
    assert title in pdf or WORDS["es"]["title"].encode() in pdf
    assert b"D:20200506" in pdf


def test_what_awaits_translation_is_labelled_once_for_a_run_of_paragraphs() -> None:
    awaited = Paragraph((Span((Text("Not yet."),), language=EN, awaiting=True),))
    document = Document((Part(PartKind.NOTE, (awaited, awaited), EN),), EN, title="t")
    pdf = WRITER.write(document, Options(labels={"awaiting": "AWAITS"}, typesetter=SET))
    assert "".join(pdfs.page_texts(pdf)).count("AWAITS") == 1


def test_a_heading_is_never_alone_at_the_foot_of_a_page() -> None:
    for lines in range(38, 52):
        pad = [line("x")] * lines
        heads = [Heading(1, (Text("Annex head"),)), Heading(2, (Text("Annex title"),))]
        for page in pdfs.page_texts(body(*pad, *heads, line("After it."))):
            assert ("Annex head" in page) == ("After it." in page) == ("Annex title" in page)


def test_an_annex_begins_on_a_page_of_its_own() -> None:
    pages = pdfs.page_texts(written("en"))
    (at,) = [n for n, page in enumerate(pages) if "Annex to the note verbale dated" in page]
    assert "A. Keeper" in "".join(pages[:at])
    assert "A. Keeper" not in pages[at]


def test_a_note_that_nothing_refers_to_is_printed_and_a_mark_without_a_note_too() -> None:
    part = Part(
        PartKind.BODY,
        (Paragraph((Text("Text"), NoteRef("gone", "7"))),),
        EN,
        footnotes=(Footnote("n9", "b", (line("Left over."),)),),
    )
    pdf = WRITER.write(Document((part,), EN, title="t"), Options(typesetter=SET))
    text = "".join(pdfs.page_texts(pdf))
    assert "Left over." in text
    assert "7" in text


def test_text_is_never_read_as_markup() -> None:
    said = "#panic() *a* _b_ $x$ = y @z <w> // no \\ `q` [e] -- ..."
    assert pdfs.squeezed(said) in pdfs.squeezed("".join(pdfs.page_texts(body(line(said)))))


def test_a_line_end_in_the_text_is_white_space_and_a_break_is_not() -> None:
    broken = body(Paragraph((Text("one\ntwo"), Break(), Text("three"))))
    lines = "".join(pdfs.page_texts(broken)).split("\r\n")
    assert [each.strip() for each in lines if each.strip()] == ["one two", "three"]


@pytest.mark.parametrize("kind", ["image/x-emf", "image/png"])
def test_a_picture_that_cannot_be_drawn_stands_as_its_words(kind: str) -> None:
    pdf = body(line("Before."), Paragraph((Image(b"\x89PNG\r\n\x1a\nno", kind, "A chart"),)))
    assert "A chart" in "".join(pdfs.page_texts(pdf))


def test_every_mark_can_stand_on_one_run() -> None:
    for marks in (frozenset(Mark), frozenset({Mark.UNDERLINE, Mark.STRIKE})):
        pdf = body(Paragraph((Text("Marked", marks),)))
        assert pdfs.failures(pdf, "pdfua1") == []
        assert "marked" in "".join(pdfs.page_texts(pdf)).lower()


def test_a_link_is_kept_where_a_note_stands_in_it_and_an_unsafe_one_is_only_text() -> None:
    inner = (Text("see "), NoteRef("n", "1"), Text("there"))
    part = Part(
        PartKind.BODY,
        (
            Paragraph((Span(inner, link="https://lakes.example/a"),)),
            Paragraph((Span((Text("not this"),), link="javascript:x"),)),
        ),
        EN,
        footnotes=(Footnote("n", "1", (line("A note."),)),),
    )
    pdf = WRITER.write(Document((part,), EN, title="t"), Options(typesetter=SET))
    assert pdf.count(b"https://lakes.example/a") >= 2
    assert b"javascript" not in pdf
    assert pdfs.failures(pdf, "pdfua1") == []


def test_spans_of_a_ragged_table_are_cut_to_what_is_free() -> None:
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((line(text),), columns=columns, rows=rows)

    ragged = Table(
        ((cell("a", rows=9), cell("b", columns=2)), (cell("c"),), (cell("d", columns=5),)),
        header_rows=1,
    )
    pdf = body(ragged)
    assert pdfs.failures(pdf, "pdfua1") == []
    assert set("abcd") <= set("".join(pdfs.page_texts(pdf)))


def test_an_empty_document_is_a_page() -> None:
    pdf = WRITER.write(Document(()), Options(typesetter=SET))
    assert len(pdfs.page_texts(pdf)) == 1


def test_without_a_typesetter_the_error_says_what_is_missing() -> None:
    with pytest.raises(MissingPartError, match="typesetter"):
        WRITER.write(lakes("en"))


def test_where_the_typesetter_fails_headings_are_let_go_before_the_document_is() -> None:
    asked: list[bool] = []

    def failing(template: str, data: str, *, moment: datetime.date) -> bytes:
        asked.append(json.loads(data)["keep"])
        raise PageError(f"{template} of {moment}")

    with pytest.raises(PageError):
        WRITER.write(lakes("en"), Options(typesetter=failing))
    assert asked == [True, False]
