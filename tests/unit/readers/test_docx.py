from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import docx_files as make
import pytest

from verbale.errors import UnreadableFileError
from verbale.model.document import (
    Block,
    Break,
    Document,
    Heading,
    Image,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Rule,
    Span,
    Table,
    Text,
)
from verbale.model.language import AR, EN, FR
from verbale.model.walk import block_text, document_text, nested
from verbale.readers.docx import READER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.readers.base import Reading


def read(body: str, **given: object) -> Reading:
    return READER.read(make.docx(body, **given), name="t.docx")  # type: ignore[arg-type]


def blocks(body: str, **given: object) -> tuple[Block, ...]:
    (part,) = read(body, **given).document.parts
    return part.blocks


def content(body: str, **given: object) -> tuple[object, ...]:
    block = blocks(body, **given)[0]
    assert isinstance(block, Paragraph | Heading)
    return block.content


# Letters


@pytest.mark.parametrize(
    ("properties", "mark"),
    [
        ("<w:b/>", Mark.STRONG),
        ('<w:i w:val="true"/>', Mark.EMPHASIS),
        ('<w:u w:val="single"/>', Mark.UNDERLINE),
        ("<w:strike/>", Mark.STRIKE),
        ('<w:vertAlign w:val="superscript"/>', Mark.SUPERSCRIPT),
        ('<w:vertAlign w:val="subscript"/>', Mark.SUBSCRIPT),
        ("<w:smallCaps/>", Mark.SMALL_CAPS),
    ],
)
def test_what_is_done_to_letters_is_kept(properties: str, mark: Mark) -> None:
    body = make.par(make.run("plain ") + make.run("marked", properties))
    assert content(body) == (Text("plain "), Text("marked", frozenset({mark})))


def test_emphasis_may_come_from_a_character_style_and_be_turned_off_again() -> None:
    styles = make.style("S", "Strong word", "<w:rPr><w:b/></w:rPr>", "character")
    on, off = '<w:rStyle w:val="S"/>', '<w:rStyle w:val="S"/><w:b w:val="0"/>'
    body = make.par(make.run("a", on) + make.run("b", off))
    found = content(body, parts={"styles": styles})
    assert found == (Text("a", frozenset({Mark.STRONG})), Text("b"))


def test_the_underline_of_a_link_is_no_emphasis() -> None:
    styles = make.style("L", "Hyperlink", '<w:rPr><w:u w:val="single"/></w:rPr>', "character")
    link = make.run("page", '<w:rStyle w:val="L"/>')
    body = make.par(f'<w:hyperlink r:id="x">{link}</w:hyperlink>')
    relations = make.external("x", "hyperlink", "https://lakes.example/")
    found = content(body, parts={"styles": styles}, relations=relations)
    assert found == (Span((Text("page"),), link="https://lakes.example/"),)


def test_tabs_breaks_hyphens_and_symbols_are_letters() -> None:
    inside = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/>"
        '<w:t>d</w:t><w:br/><w:sym w:font="Symbol" w:char="F061"/>'
        '<w:sym w:font="Wingdings" w:char="F0FC"/></w:r>'
    )
    found = content(make.par(inside))
    assert found == (Text("a\tb\u2011c\u00add"), Break(), Text("α✓"))


def test_a_page_break_before_a_paragraph_is_no_line_of_it() -> None:
    body = make.par('<w:r><w:br w:type="page"/></w:r>' + make.run("Annex"))
    assert content(body) == (Text("Annex"),)


# Headings, lists, tables


def test_headings_are_known_by_name_and_by_outline_level() -> None:
    styles = (
        make.style("B", "heading 2")
        + make.style(
            "H", "H_1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr>'
        )
        + make.style("C", "H_Ch", '<w:basedOn w:val="H"/>')
    )
    body = "".join(make.par(key, f'<w:pStyle w:val="{key}"/>') for key in "BHC")
    body += make.par("direct", '<w:outlineLvl w:val="3"/>')
    found = blocks(body, parts={"styles": styles})
    assert [each.level for each in found if isinstance(each, Heading)] == [2, 1, 1, 4]
    # That a heading is bold is its style, nobody stresses it.
    assert found[1] == Heading(1, (Text("H"),), style="H_1")


NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{at}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    f'<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    for at, (form, text) in enumerate(
        [
            ("decimal", "%1."),
            ("lowerRoman", "(%1)"),
            ("arabicAbjad", "%1 -"),
            ("chineseCounting", "%1、"),
            ("bullet", "•"),
            ("upperLetter", "%1)"),
            ("bullet", "–"),
        ],
    )
) + "".join(
    f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(7)
)


def item(text: str, number: int, level: int = 0) -> str:
    numbering = f'<w:ilvl w:val="{level}"/><w:numId w:val="{number}"/>'
    return make.par(text, f"<w:numPr>{numbering}</w:numPr>")


@pytest.mark.parametrize(
    ("number", "labels"),
    [
        (1, ["1.", "2.", "3."]),
        (2, ["(i)", "(ii)", "(iii)"]),
        (3, ["أ -", "ب -", "ج -"]),
        (4, ["一、", "二、", "三、"]),
        (5, ["", "", ""]),
        (6, ["A)", "B)", "C)"]),
        (7, ["–", "–", "–"]),
    ],
)
def test_labels_are_counted_as_the_word_processor_shows_them(
    number: int, labels: list[str]
) -> None:
    body = "".join(item(text, number) for text in "abc")
    (found,) = blocks(body, parts={"numbering": NUMBERING})
    assert isinstance(found, List)
    assert [each.label for each in found.items] == labels
    assert found.ordered is (number not in (5, 7))


def test_a_list_in_a_list_counts_both_levels() -> None:
    body = item("a", 1) + item("b", 1) + item("c", 1, 1) + item("d", 1, 1) + item("e", 1)
    (found,) = blocks(body, parts={"numbering": NUMBERING})
    assert block_text(found) == "1. a\n2. b\n2.a c\n2.b d\n3. e"


def test_numbered_paragraphs_of_prose_are_paragraphs_with_a_number() -> None:
    prose = "The Mission recalls the report of the Secretary and wishes to state this. " * 4
    found = blocks(item(prose, 1) + item(prose, 1), parts={"numbering": NUMBERING})
    assert [each.number for each in found if isinstance(each, Paragraph)] == ["1.", "2."]


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def test_a_table_keeps_its_shape() -> None:
    inner = f"<w:tbl><w:tr>{cell(make.par('in'))}</w:tr></w:tbl>" + make.par("")
    body = (
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>"
        + cell(make.par("head"), '<w:gridSpan w:val="2"/>')
        + "</w:tr><w:tr>"
        + cell(make.par("tall"), '<w:vMerge w:val="restart"/>')
        + cell(inner)
        + "</w:tr><w:tr>"
        + cell(make.par(""), "<w:vMerge/>")
        + cell(make.par("low"))
        + "</w:tr></w:tbl>"
    )
    (found,) = blocks(body)
    assert isinstance(found, Table)
    assert found.header_rows == 1
    assert [[(c.columns, c.rows, c.header) for c in row] for row in found.rows] == [
        [(2, 1, True)],
        [(1, 2, False), (1, 1, False)],
        [(1, 1, False)],
    ]
    assert [type(each).__name__ for each in found.rows[1][1].blocks] == ["Table"]


def test_a_line_of_a_border_alone_is_a_rule() -> None:
    border = '<w:pBdr><w:bottom w:val="single" w:sz="4"/></w:pBdr>'
    assert blocks(make.par("a") + make.par("", border) + make.par("b"))[1] == Rule()


# Notes

FOOTNOTES = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>' + "".join(
    f'<w:footnote w:id="{at}"><w:p>{mark}<w:r><w:t xml:space="preserve"> text {at}</w:t>'
    "</w:r></w:p></w:footnote>"
    for at, mark in (
        (1, "<w:r><w:footnoteRef/></w:r>"),
        (2, make.run("*")),
        (3, "<w:r><w:tab/></w:r><w:r><w:footnoteRef/></w:r>"),
    )
)


def ref(number: int, mark: str = "") -> str:
    custom = ' w:customMarkFollows="1"' if mark else ""
    text = f"<w:t>{mark}</w:t>" if mark else ""
    return f'<w:r><w:footnoteReference{custom} w:id="{number}"/>{text}</w:r>'


def test_notes_stand_at_their_marks_and_keep_the_marks_that_were_typed() -> None:
    body = make.par(make.run("one") + ref(1) + make.run(" two") + ref(2, "*") + ref(3))
    reading = read(body, parts={"footnotes": FOOTNOTES})
    (part,) = reading.document.parts
    (block,) = part.blocks
    assert isinstance(block, Paragraph)
    marks = [each.mark for each in block.content if isinstance(each, NoteRef)]
    assert marks == ["1", "*", "2"]
    assert [(note.mark, block_text(note.blocks[0])) for note in part.footnotes] == [
        ("1", "text 1"),
        ("*", "text 2"),
        ("2", "text 3"),
    ]


def test_a_mark_without_its_note_is_an_error() -> None:
    with pytest.raises(UnreadableFileError, match=r"a footnote .* has a mark and no text"):
        read(make.par(ref(7)), parts={"footnotes": FOOTNOTES})


# Fields, boxes, pictures


def test_the_result_of_a_field_is_text_and_its_instruction_is_not() -> None:
    body = make.par(make.run("see ") + make.field(' REF _x "y" ', "page 3") + make.run("."))
    assert content(body) == (Text("see page 3."),)


def test_a_variable_without_a_result_is_looked_up() -> None:
    settings = '<w:docVars><w:docVar w:name="sss1" w:val="CL/C/12/1"/></w:docVars>'
    body = make.par(make.field(' DOCVARIABLE "sss1" \\* MERGEFORMAT '))
    assert content(body, parts={"settings": settings}) == (Text("CL/C/12/1"),)
    body = make.par('<w:fldSimple w:instr=" DOCVARIABLE Symbol1 "/>')
    assert content(body, custom={"Symbol1": "CL/C/12/2"}) == (Text("CL/C/12/2"),)


def test_a_link_that_is_a_field_is_a_link() -> None:
    body = make.par(make.field(' HYPERLINK "https://lakes.example/a" ', "here"))
    assert content(body) == (Span((Text("here"),), link="https://lakes.example/a"),)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "begins .* and never ends"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "ends .* that never began"),
    ],
)
def test_a_broken_field_is_an_error_that_says_where(body: str, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=rf"document\.xml.*paragraph 2|{reason}"):
        read(make.par("a") + make.par(body))


def test_a_text_box_is_read_once_after_the_paragraph_it_hangs_on() -> None:
    box = f"<w:txbxContent>{make.par('boxed')}</w:txbxContent>"
    body = make.par(
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><a:x>{box}</a:x></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>" + make.run("anchor")
    )
    assert [block_text(each) for each in blocks(body)] == ["anchor", "boxed"]


def test_a_picture_has_its_bytes_and_its_words() -> None:
    drawing = (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="p" descr="a lake"/>'
        '<a:blip r:embed="i"/></wp:inline></w:drawing></w:r>'
    )
    relation = f'<Relationship Id="i" Type="{make.R}/image" Target="media/a.png"/>'
    found = content(
        make.par(drawing), relations=relation, files={"word/media/a.png": b"\x89PNG.."}
    )
    assert found == (Image(b"\x89PNG..", "image/png", "a lake"),)


# Languages


def test_a_run_in_another_language_is_a_span_by_its_script() -> None:
    lang = '<w:lang w:val="en-GB" w:bidi="ar-SA"/>'
    body = make.par(
        make.run("The words ", lang)
        + make.run("الأمم المتحدة", lang + "<w:rtl/>")
        + make.run(" are Arabic, these are ", lang)
        + make.run("en français", '<w:lang w:val="fr-CH"/>')
    )
    spans = [each for each in content(body) if isinstance(each, Span)]
    assert [(each.language, each.direction) for each in spans] == [(AR, "rtl"), (FR, "ltr")]


def test_a_paragraph_keeps_a_language_that_is_not_the_documents() -> None:
    english = make.par(
        make.run("A long paragraph of English words.", '<w:lang w:val="en-US"/>')
    )
    french = make.par(make.run("Une phrase.", '<w:lang w:val="fr-FR"/>'))
    reading = read(english * 3 + french)
    (part,) = reading.document.parts
    assert part.language == EN
    assert [each.language for each in part.blocks if isinstance(each, Paragraph)] == [
        None,
        None,
        None,
        FR,
    ]


def test_a_claim_that_the_letters_belie_is_not_believed() -> None:
    body = make.par(make.run("Организация", '<w:lang w:val="en-US"/>'))
    assert content(body) == (Text("Организация"),)


# Headers, footers, properties


def headers(**kinds: str) -> str:
    return "".join(
        f'<w:{tag}Reference w:type="{kind}" r:id="{key}"/>'
        for key, kind in kinds.items()
        for tag in ["header" if key.startswith("hdr") else "footer"]
    )


def test_the_header_of_the_first_page_comes_first_and_running_ones_are_properties() -> None:
    cells = cell(make.par("Conference of the Lakes")) + cell(make.par("CL/C/1"))
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    parts = {
        "hdr1": table,
        "hdr2": make.par("CL/C/1"),
        "ftr1": make.par("26-01234 (E)    150426") + make.par("*2601234*"),
        "ftr2": make.par(make.field(" PAGE ", "7")),
    }
    kinds = headers(hdr1="first", hdr2="default", ftr1="first", ftr2="default")
    body = make.par("Text") + f"<w:sectPr>{kinds}<w:titlePg/></w:sectPr>"
    document = read(body, parts=parts).document
    texts = [block_text(each) for each in document.parts[0].blocks]
    assert texts == ["Conference of the Lakes", "CL/C/1", "Text"]
    assert document.properties == (
        ("job-number", "26-01234 (E)    150426\n*2601234*"),
        ("first-footer", "26-01234 (E)    150426\n*2601234*"),
        ("running-header", "CL/C/1"),
    )


def test_properties_are_cleaned_of_line_ends_and_marks() -> None:
    custom = {"Agenda1": "Items 138 and 139 of the preliminary list**_x000d_", "Symbol2": ""}
    document = read(make.par("a"), custom=custom).document
    assert document.properties == (("Agenda1", "Items 138 and 139 of the preliminary list"),)


def test_places_name_part_and_paragraph() -> None:
    found = blocks(make.par("a") + make.par("") + make.par("b"))
    assert [str(each.place) for each in found if isinstance(each, Paragraph)] == [
        "t.docx:word/document.xml:paragraph 1",
        "t.docx:word/document.xml:paragraph 3",
    ]


# What nobody sees


def codes(reading: Reading) -> dict[str, str]:
    return {each.code: each.values["count"] for each in reading.findings}


def test_deleted_text_is_never_in_the_tree_and_changes_are_counted() -> None:
    body = make.par(
        make.run("kept ")
        + f"<w:ins>{make.run('new')}</w:ins>"
        + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        + f"<w:moveFrom>{make.run('moved')}</w:moveFrom>"
    )
    reading = read(body)
    assert document_text(reading.document) == "kept new"
    assert codes(reading) == {"docx-tracked-changes": "3"}
    assert reading.findings[0].place.paragraph == 1


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    body = make.par(make.run("one "), "<w:rPr><w:del/></w:rPr>") + make.par("two")
    assert [block_text(each) for each in blocks(body)] == ["one two"]


def test_comments_are_counted_where_their_marks_stand() -> None:
    comments = f'<w:comment w:id="0">{make.par("secret")}</w:comment>'
    mark = '<w:r><w:commentReference w:id="0"/></w:r>'
    reading = read(make.par("a") + make.par(mark + make.run("b")), parts={"comments": comments})
    assert codes(reading) == {"docx-comments": "1"}
    assert reading.findings[0].place.paragraph == 2
    assert "secret" not in document_text(reading.document)


@pytest.mark.parametrize(
    "properties", ["<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>']
)
def test_hidden_and_white_text_is_left_out_and_said(properties: str) -> None:
    reading = read(make.par(make.run("seen") + make.run(" unseen", properties)))
    assert document_text(reading.document) == "seen"
    assert codes(reading) == {"hidden-text": "1"}


def test_white_letters_on_a_colour_are_seen() -> None:
    white = make.par(make.run("Station", '<w:color w:val="FFFFFF"/>'))
    shade = '<w:shd w:val="clear" w:fill="1F3864"/>'
    reading = read(f"<w:tbl><w:tr>{cell(white, shade)}</w:tr></w:tbl>")
    assert document_text(reading.document) == "Station"
    assert not reading.findings


# Broken files


WHOLE = make.docx(make.par("a"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a DOCX file"),
        (b"%PDF-1.7", "not a DOCX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "locked with a password"),
        (WHOLE[: len(WHOLE) // 2], "incomplete or damaged"),
        (make.zipped({"a.txt": "a"}), "no list of content types"),
        (make.zipped({"[Content_Types].xml": "<Types/>"}), "no part is named as its main part"),
        (make.docx("", prologue="<!DOCTYPE x>"), "document type declaration"),
        (make.docx("<w:p>"), "not well-formed"),
        (make.docx("", files={"../up.xml": "a"}), "leads out of the file"),
        (make.docx("", files={"/etc/passwd": "a"}), "leads out of the file"),
        (make.docx("", files={"WORD/DOCUMENT.XML": "a"}), "the same name"),
        (make.docx("", files={f"a{n}": "a" for n in range(1000)}), "parts inside"),
        (make.docx("", files={"a.xml": b"a" * 20_000_000}), "packed far too tightly"),
        (make.docx(f"<w:sectPr>{headers(hdr9='default')}</w:sectPr>"), "that is not there"),
        (make.docx(make.par('<w:hyperlink r:id="no"/>')), "leads nowhere"),
        (make.docx('<w:altChunk r:id="x"/>'), "not merged"),
    ],
)
def test_a_broken_file_is_refused_with_reason_and_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as caught:
        READER.read(data, name="t.docx")
    assert caught.value.remedy


def test_a_damaged_part_is_not_passed_on_as_whole() -> None:
    at = WHOLE.index(b"word/document.xml") + len("word/document.xml") + 5
    broken = WHOLE[:at] + b"\xff\xff\xff" + WHOLE[at + 3 :]
    with pytest.raises(UnreadableFileError, match="incomplete or damaged"):
        READER.read(broken, name="t.docx")


def test_a_strict_document_is_read_like_any_other() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    body = f'<w:document xmlns:w="{strict}"><w:body>{make.par("a")}</w:body></w:document>'
    data = make.docx("", files={})
    members = {"word/document.xml": body}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rest = {n: archive.read(n) for n in archive.namelist() if n not in members}
    reading = READER.read(make.zipped({**rest, **members}), name="t.docx")
    assert document_text(reading.document) == "a"


# Odd and hostile files of the corpus


def test_hostile_files_end_as_their_index_says(corpus: Callable[[str], Path]) -> None:
    folder = corpus("hostile")
    wrong = {}
    with (folder / "INDEX.csv").open(encoding="utf-8", newline="") as index:
        rows = [
            row for row in csv.DictReader(index) if row["file"].endswith((".docx", ".docm"))
        ]
    assert rows
    for row in rows:
        allowed = {row["expect"], *row["also_ok"].split("|")}
        try:
            reading = READER.read((folder / row["file"]).read_bytes(), name="t.docx")
        except UnreadableFileError:
            verdict = "refuse"
        else:
            assert not any(
                word in document_text(reading.document) for word in ("CANARY-", "root:x:0")
            ), row["file"]
            verdict = "accept with warning" if reading.findings else "accept"
        if verdict not in allowed:
            wrong[row["file"]] = verdict
    # A link is text where it says where it leads: the documents of the house have thousands.
    assert not wrong


def test_each_letter_of_a_table_of_our_own_kind_is_once_in_the_tree(
    corpus: Callable[[str], Path],
) -> None:
    for path in sorted(corpus("un-docx-pdf-pairs").glob("*.docx")):
        document: Document = READER.read(path.read_bytes(), name=path.name).document
        tables = [each for each in nested(document.parts[0].blocks) if isinstance(each, Table)]
        assert tables, path.name
        for table in tables:
            widths = {sum(cell.columns for cell in row) for row in table.rows[:1]}
            assert widths != {0}, path.name
