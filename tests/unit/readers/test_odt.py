from __future__ import annotations

import csv
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from docx_files import zipped

from verbale.errors import UnreadableFileError
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
    Span,
    Table,
    Text,
)
from verbale.model.language import EN, FR
from verbale.model.walk import block_text, document_text
from verbale.readers.odt import READER
from verbale.writers.docx import WRITER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.readers.base import Reading

URN = "urn:oasis:names:tc:opendocument:xmlns:"
NAMES = {
    "office": "office",
    "text": "text",
    "table": "table",
    "style": "style",
    "draw": "drawing",
    "svg": "svg-compatible",
    "fo": "xsl-fo-compatible",
    "meta": "meta",
}
NAMESPACES = (
    " ".join(f'xmlns:{prefix}="{URN}{name}:1.0"' for prefix, name in NAMES.items())
    + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
MIME = "application/vnd.oasis.opendocument.text"


def part(root: str, inside: str) -> str:
    return f"<office:{root} {NAMESPACES}>{inside}</office:{root}>"


def odt(
    body: str,
    *,
    automatic: str = "",
    styles: str = "",
    files: dict[str, bytes | str] | None = None,
) -> bytes:
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    members: dict[str, bytes | str] = {
        "mimetype": MIME,
        "content.xml": part("document-content", content),
        "styles.xml": part("document-styles", styles),
    }
    return zipped({**members, **(files or {})})


def read(body: str, **given: object) -> Reading:
    return READER.read(odt(body, **given), name="t.odt")  # type: ignore[arg-type]


def blocks(body: str, **given: object) -> tuple[Block, ...]:
    return read(body, **given).document.parts[0].blocks


def style(name: str, inside: str, family: str = "text") -> str:
    return f'<style:style style:name="{name}" style:family="{family}">{inside}</style:style>'


def letters(properties: str) -> str:
    return f"<style:text-properties {properties}/>"


@pytest.mark.parametrize(
    ("properties", "mark"),
    [
        ('fo:font-weight="bold"', Mark.STRONG),
        ('fo:font-style="italic"', Mark.EMPHASIS),
        ('style:text-underline-style="solid"', Mark.UNDERLINE),
        ('style:text-line-through-style="solid"', Mark.STRIKE),
        ('style:text-position="super 58%"', Mark.SUPERSCRIPT),
        ('style:text-position="-33% 58%"', Mark.SUBSCRIPT),
        ('fo:font-variant="small-caps"', Mark.SMALL_CAPS),
    ],
)
def test_emphasis_comes_from_automatic_styles(properties: str, mark: Mark) -> None:
    body = '<text:p>plain <text:span text:style-name="T1">marked</text:span></text:p>'
    (found,) = blocks(body, automatic=style("T1", letters(properties)))
    assert isinstance(found, Paragraph)
    assert found.content == (Text("plain "), Text("marked", frozenset({mark})))


def test_blanks_are_one_unless_they_are_counted() -> None:
    body = (
        '<text:p>\n  a \n b<text:s text:c="2"/>c<text:tab/>d<text:line-break/>\n e  </text:p>'
    )
    (found,) = blocks(body)
    assert isinstance(found, Paragraph)
    assert found.content == (Text("a b  c\td"), Break(), Text("e"))


def test_headings_have_levels_and_links_addresses() -> None:
    body = (
        '<text:h text:outline-level="2">Head</text:h>'
        '<text:p><text:a xlink:href="https://lakes.example/">here</text:a></text:p>'
    )
    head, link = blocks(body)
    assert head == Heading(2, (Text("Head"),))
    assert link == Paragraph((Span((Text("here"),), link="https://lakes.example/"),))


def test_headings_are_counted_as_the_outline_says() -> None:
    levels = (
        '<text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1"'
        ' text:display-levels="2"/>'
    )
    outline = f'<text:outline-style style:name="Outline">{levels}</text:outline-style>'
    body = "".join(f'<text:h text:outline-level="{n}">Head</text:h>' for n in (1, 2, 2, 1, 2))
    found = blocks(body, styles=f"<office:styles>{outline}</office:styles>")
    numbers = [each.number for each in found if isinstance(each, Heading)]
    assert numbers == ["I.", "I.1", "I.2", "II.", "II.1"]


LISTS = "".join(
    f'<text:list-style style:name="{name}">{levels}</text:list-style>'
    for name, levels in (
        (
            "L1",
            (
                '<text:list-level-style-number text:level="1" style:num-format="1"'
                ' style:num-suffix="."/><text:list-level-style-number text:level="2"'
                ' style:num-format="a" style:num-suffix=")" text:display-levels="2"/>'
            ),
        ),
        ("L2", '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'),
        (
            "L3",
            (
                '<text:list-level-style-number text:level="1" style:num-format="أ, ب, ج, ..."'
                ' style:num-prefix="(" style:num-suffix=")"/>'
            ),
        ),
    )
)


def bullets(style_name: str, *items: str, more: str = "") -> str:
    inside = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f'<text:list text:style-name="{style_name}"{more}>{inside}</text:list>'


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_lists_are_counted_through_their_levels() -> None:
    inner = "<text:list><text:list-item><text:p>c</text:p></text:list-item></text:list>"
    body = bullets("L1", p("a"), p("b") + inner) + p("between")
    body += bullets("L1", p("d"), more=' text:continue-numbering="true"')
    first, _, second = blocks(body, automatic=LISTS)
    assert block_text(first) == "1. a\n2. b\n2.a) c"
    assert block_text(second) == "3. d"
    (plain,) = blocks(bullets("L2", p("x")), automatic=LISTS)
    assert plain == List((ListItem((Paragraph((Text("x"),)),)),))
    (arabic,) = blocks(bullets("L3", p("x"), p("y"), p("z")), automatic=LISTS)
    assert [item.label for item in arabic.items] == ["(أ)", "(ب)", "(ج)"]  # type: ignore[union-attr]


def test_notes_stand_at_their_marks() -> None:
    body = (
        '<text:p>text<text:note text:id="f1" text:note-class="footnote">'
        "<text:note-citation>*</text:note-citation><text:note-body><text:p>note</text:p>"
        "</text:note-body></text:note> on</text:p>"
    )
    (found,) = read(body).document.parts
    assert found.blocks == (Paragraph((Text("text"), NoteRef("n1", "*"), Text(" on"))),)
    assert found.footnotes == (Footnote("n1", "*", (Paragraph((Text("note"),)),)),)


def test_a_table_keeps_its_shape() -> None:
    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2"><text:p>h</text:p>'
        "</table:table-cell><table:covered-table-cell/></table:table-row>"
        "</table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-repeated="2"/></table:table-row></table:table>'
    )
    (found,) = blocks(body)
    assert found == Table(
        ((Cell((Paragraph((Text("h"),)),), header=True, columns=2),), (Cell(()), Cell(()))),
        header_rows=1,
    )


def test_a_picture_inside_is_kept_and_one_outside_is_said() -> None:
    frame = (
        '<text:p>a<draw:frame><draw:image xlink:href="{}"/><svg:desc>a lake</svg:desc>'
        "</draw:frame></text:p>"
    )
    (found,) = blocks(frame.format("Pictures/a.png"), files={"Pictures/a.png": b"png"})
    assert isinstance(found, Paragraph)
    assert found.content == (Text("a"), Image(b"png", "image/png", "a lake"))
    reading = read(frame.format("http://127.0.0.1/a.png"))
    assert [each.code for each in reading.findings] == ["outside-reference"]


def test_a_run_in_another_language_is_a_span() -> None:
    english = letters('fo:language="en" fo:country="GB"')
    french = letters('fo:language="fr" fo:country="FR"')
    styles = style("P", english, "paragraph") + style("T", french)
    body = (
        '<text:p text:style-name="P">An English sentence with '
        '<text:span text:style-name="T">des mots</text:span></text:p>'
    )
    reading = read(body, automatic=styles)
    (found,) = reading.document.parts
    assert found.language == EN
    (block,) = found.blocks
    assert isinstance(block, Paragraph)
    assert block.content[-1] == Span((Text("des mots"),), language=FR)


def test_what_is_deleted_hidden_or_remarked_is_left_out_and_said() -> None:
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion>'
        "<text:p>deleted</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>kept<text:change text:change-id="c"/>'
        "<office:annotation><text:p>remark</text:p></office:annotation>"
        '<text:span text:style-name="H">hidden</text:span>'
        '<text:span text:style-name="W">white</text:span></text:p>'
    )
    automatic = style("H", letters('text:display="none"')) + style(
        "W", letters('fo:color="#FFFFFF"')
    )
    reading = read(body, automatic=automatic)
    assert document_text(reading.document) == "kept"
    assert {each.code: each.values["count"] for each in reading.findings} == {
        "docx-tracked-changes": "1",
        "docx-comments": "1",
        "hidden-text": "2",
    }
    assert {str(each.place) for each in reading.findings} == {"t.odt:content.xml:paragraph 1"}


def test_the_header_of_the_first_page_comes_first_and_the_job_number_is_a_property() -> None:
    styles = (
        '<office:master-styles><style:master-page style:name="Standard">'
        "<style:header><text:p>CL/C/1</text:p></style:header>"
        "<style:header-first><text:p>Conference of the Lakes</text:p></style:header-first>"
        "<style:footer><text:p>26-01234 (E)</text:p></style:footer>"
        "</style:master-page></office:master-styles>"
    )
    document = read(p("Text"), styles=styles).document
    assert [block_text(each) for each in document.parts[0].blocks] == [
        "Conference of the Lakes",
        "Text",
    ]
    assert document.properties == (
        ("job-number", "26-01234 (E)"),
        ("running-header", "CL/C/1"),
        ("running-footer", "26-01234 (E)"),
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not an ODT file"),
        (zipped({"a": "b"}), "no ODT"),
        (zipped({"mimetype": MIME}), "content.xml is missing"),
        (odt("", files={"META-INF/manifest.xml": "<m:encryption-data/>"}), "password"),
        (odt("<text:p>"), "not well-formed"),
        (odt("")[:200], "incomplete or damaged"),
        (
            zipped({"mimetype": MIME, "content.xml": "<!DOCTYPE x><x/>"}),
            "document type declaration",
        ),
        (
            zipped({"mimetype": MIME, "content.xml": part("document-content", "")}),
            "but no text",
        ),
    ],
)
def test_a_broken_file_is_refused_with_reason_and_remedy(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as caught:
        READER.read(data, name="t.odt")
    assert caught.value.remedy


def test_a_document_type_in_an_embedded_object_does_no_harm() -> None:
    files: dict[str, bytes | str] = {"Object 1/content.xml": "<!DOCTYPE math><math/>"}
    assert document_text(read(p("a"), files=files).document) == "a"


def test_hostile_files_end_as_their_index_says(corpus: Callable[[str], Path]) -> None:
    folder = corpus("hostile")
    with (folder / "INDEX.csv").open(encoding="utf-8", newline="") as index:
        rows = [row for row in csv.DictReader(index) if row["file"].endswith(".odt")]
    assert rows
    wrong = {}
    for row in rows:
        try:
            reading = READER.read((folder / row["file"]).read_bytes(), name="t.odt")
        except UnreadableFileError:
            verdict = "refuse"
        else:
            assert "root:x:0" not in document_text(reading.document)
            verdict = "accept with warning" if reading.findings else "accept"
        if verdict not in {row["expect"], *row["also_ok"].split("|")}:
            wrong[row["file"]] = [each.code for each in reading.findings]
    # It holds two comments, which are said.
    assert wrong == {"odt-structure--testODTStyles3.odt": ["docx-comments"]}


def test_what_libreoffice_saves_as_odt_is_read_with_all_its_text(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed: make system")
        pytest.skip("LibreOffice is not installed: make system")
    items = (
        ListItem((Paragraph((Text("un"),)),), "a)"),
        ListItem((Paragraph((Text("deux"),)),), "b)"),
    )
    content = (
        Heading(1, (Text("Tête"),)),
        Paragraph((Text("mot "), Text("fort", frozenset({Mark.STRONG})), NoteRef("n1", "1"))),
        List(items, ordered=True),
        Table(((Cell((Paragraph((Text("x"),)),)), Cell((Paragraph((Text("y"),)),))),)),
    )
    notes = (Footnote("n1", "1", (Paragraph((Text("une note"),)),)),)
    source = tmp_path / "own.docx"
    source.write_bytes(WRITER.write(Document((Part(PartKind.BODY, content, FR, notes),), FR)))
    subprocess.run(  # noqa: S603 - a program of the system, a file of ours
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "odt",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (found,) = READER.read((tmp_path / "own.odt").read_bytes(), name="own.odt").document.parts
    texts = [block_text(each) for each in found.blocks]
    assert texts == ["Tête", "mot fort", "a) un\nb) deux", "x\ty"]
    assert isinstance(found.blocks[0], Heading)
    second = found.blocks[1]
    assert isinstance(second, Paragraph)
    assert Text("fort", frozenset({Mark.STRONG})) in second.content
    assert [(note.mark, block_text(note.blocks[0])) for note in found.footnotes] == [
        ("1", "une note")
    ]
