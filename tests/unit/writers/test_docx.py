from __future__ import annotations

import datetime
import io
import os
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING

import pytest

from verbale.model.document import (
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
from verbale.model.language import AR, EN, FR
from verbale.model.walk import document_text, inlines
from verbale.readers.docx import READER
from verbale.writers.base import Options
from verbale.writers.docx import WRITER

if TYPE_CHECKING:
    from pathlib import Path


def text(words: str, *marks: Mark) -> Text:
    return Text(words, frozenset(marks))


def par(*content: Text | Span | NoteRef | Break | Image | str, role: str = "") -> Paragraph:
    return Paragraph(tuple(text(c) if isinstance(c, str) else c for c in content), role=role)


HEAD = (
    par("Conférence des lacs", role="publisher"),
    par("CL/C/12/G/3", NoteRef("reissue", "*"), role="symbol"),
    par("Assemblée des lacs", role="organ"),
    par("Distr. générale", role="distribution"),
    par("12 mars 2026", role="date"),
    par("Original : français", role="original"),
    par("Conseil des lacs", role="body"),
    par("Douzième session", role="session"),
    par("Note verbale datée du 9 mars 2026", role="title"),
    par("26-01234 (F)", role="job-number"),
)
TABLE = Table(
    (
        (Cell((par("Station"),), header=True), Cell((par("Dates"),), header=True, columns=2)),
        (Cell((par("Îles"),), rows=2), Cell((par("1"),)), Cell(())),
        (Cell((par("2"),)), Cell((par("3"), List((ListItem((par("a"),)),))))),
    ),
    header_rows=1,
    caption=(text("Glace"),),
)
ENGLISH = Span((text("text"),), EN)
DASHES = List((ListItem((par("sous"),), "–"), ListItem((par("x"),), "–")))
ITEMS = List(
    (
        ListItem(
            (par("un"), List((ListItem((par("sous"),), "–"), ListItem((par("x"),), "–")))), "a)"
        ),
        ListItem((par("deux"),), "b)"),
    ),
    ordered=True,
)
DOCUMENT = Document(
    (
        Part(
            PartKind.MASTHEAD,
            HEAD,
            FR,
            (Footnote("reissue", "*", (par("Nouveau tirage."),)),),
        ),
        Part(
            PartKind.NOTE,
            (
                par(
                    "Texte",
                    NoteRef("n1", "1"),
                    " et ",
                    Span((text("text"),), EN),
                    NoteRef("n2", "**"),
                ),
                par(
                    Span(
                        (text("A sentence that a translator has yet to put into French."),),
                        EN,
                        awaiting=True,
                    )
                ),
                ITEMS,
                TABLE,
                Quote((par("cité"),)),
                Rule(),
            ),
            FR,
            (
                Footnote("n1", "1", (par("première note", Break(), "suite"),)),
                Footnote("n2", "**", (par("note ", text("grave", Mark.STRONG)),), AR),
            ),
        ),
        Part(
            PartKind.ANNEX,
            (
                Heading(1, (text("مرفق"),)),
                par("النص A/RES/1 هنا", Span((text("صفحة"),), link="https://lakes.example/")),
            ),
            AR,
            parts=(Part(PartKind.ENCLOSURE, (par("Enclosure"),), EN, number=2),),
            as_received=True,
        ),
    ),
    language=FR,
    stamps=(Stamp.SPECIMEN,),
    stamp_text="Spécimen",
    symbol="CL/C/12/G/3",
    title="Note verbale",
    properties=(("job-number", "26-01234 (F)"),),
)
OPTIONS = Options(
    moment=datetime.date(2026, 3, 12), labels={"awaiting": "traduction en attente"}
)
WRITTEN = WRITER.write(DOCUMENT, OPTIONS)


def member(name: str, data: bytes = WRITTEN) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode("utf-8")


def edited(name: str, old: str, new: str) -> bytes:
    """The file as somebody left it who changed a text in a word processor."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WRITTEN)) as before, zipfile.ZipFile(out, "w") as after:
        for each in before.namelist():
            data = before.read(each)
            if each == name:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            after.writestr(each, data)
    return out.getvalue()


def test_it_comes_back_equal_and_nothing_is_said_of_it() -> None:
    reading = READER.read(WRITTEN, name="own.docx")
    assert reading.document == DOCUMENT
    assert reading.findings == ()


def test_same_document_same_bytes() -> None:
    assert WRITER.write(DOCUMENT, OPTIONS) == WRITTEN
    with zipfile.ZipFile(io.BytesIO(WRITTEN)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names[0] == "[Content_Types].xml"
    assert names[1:] == sorted(names[1:])


def test_the_properties_name_symbol_title_language_and_nobody() -> None:
    core = member("docProps/core.xml")
    assert "<dc:title>Note verbale</dc:title>" in core
    assert "<dc:subject>CL/C/12/G/3</dc:subject>" in core
    assert "<dc:language>fr</dc:language>" in core
    assert "2026-03-12T00:00:00Z" in core
    assert "creator" not in core
    assert "lastModifiedBy" not in core


def test_the_masthead_is_in_the_header_of_the_first_page_and_the_symbol_in_the_others() -> None:
    first, running = member("word/header1.xml"), member("word/header2.xml")
    assert "Assemblée des lacs" in first
    assert "12 mars 2026" in first
    assert "CL/C/12/G/3" in running
    assert "26-01234 (F)" in member("word/footer1.xml")
    assert ' PAGE "' in member("word/footer2.xml")
    assert "Assemblée des lacs" not in member("word/document.xml")


def test_the_stamp_is_in_every_header_and_at_the_head() -> None:
    for name in ("word/header1.xml", "word/header2.xml", "word/document.xml"):
        assert member(name).count("Spécimen") == 1, name


def test_notes_are_real_ones_also_for_a_mark_in_the_masthead() -> None:
    body, notes = member("word/document.xml"), member("word/footnotes.xml")
    # A header holds no reference to a footnote: that of the symbol hangs on a line of the body.
    assert body.count("<w:footnoteReference") == 3
    assert body.count('w:customMarkFollows="1"') == 2
    assert "footnoteReference" not in member("word/header1.xml")
    assert re.findall(r'<w:footnote w:id="(\d+)"', notes) == ["1", "2", "3"]


def test_an_annex_begins_a_section_of_its_own_direction() -> None:
    sections = re.findall(r"<w:sectPr>.*?</w:sectPr>", member("word/document.xml"))
    assert ["<w:bidi/>" in each for each in sections] == [False, True, False]
    assert ["nextPage" in each for each in sections] == [False, True, True]
    assert ["<w:titlePg/>" in each for each in sections] == [True, False, False]


def test_arabic_letters_are_right_to_left_runs_and_latin_ones_inside_are_not() -> None:
    runs = re.findall(r"<w:r>.*?</w:r>", member("word/document.xml"))
    directions = {
        re.sub("<[^>]*>", "", run).strip(): "<w:rtl/>" in run
        for run in runs
        if 'w:bidi="ar-SA"' in run
    }
    assert directions == {
        "مرفق": True,
        "النص": True,
        "A/RES/1": False,
        "هنا": True,
        "صفحة": True,
    }


def test_a_bold_run_is_bold_in_both_kinds_of_script() -> None:
    assert "<w:b/><w:bCs/>" in member("word/footnotes.xml")
    styles = member("word/styles.xml")
    assert "<w:szCs" in styles
    assert "w:cs=" in styles


def test_labels_that_count_are_counted_by_the_word_processor() -> None:
    numbering = member("word/numbering.xml")
    assert '<w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/>' in numbering
    assert "b)" not in member("word/document.xml")
    assert "–" in member("word/document.xml")


def test_a_table_repeats_its_head_and_an_arabic_one_runs_from_the_right() -> None:
    body = member("word/document.xml")
    assert body.count("<w:tblHeader/>") == 1
    assert "<w:bidiVisual/>" not in body
    arabic = Table(((Cell((par("محطة"),)),),))
    data = WRITER.write(Document((Part(PartKind.BODY, (arabic,), AR),), AR))
    assert "<w:bidiVisual/>" in member("word/document.xml", data)


# What an editor does is seen


def test_what_an_editor_changes_is_what_is_read() -> None:
    data = edited("word/document.xml", "cité", "cité autrement")
    assert "cité autrement" in document_text(READER.read(data, name="x.docx").document)
    data = edited("word/header1.xml", "Distr. générale", "Distr. limitée")
    reading = READER.read(data, name="x.docx")
    assert "Distr. limitée" in document_text(reading.document)
    data = edited("word/footnotes.xml", "première note", "seconde note")
    assert "seconde note" in document_text(READER.read(data, name="x.docx").document)


def test_text_without_the_style_awaits_no_translation_any_more() -> None:
    body = member("word/document.xml")
    style = re.search(r'<w:rStyle w:val="\w*Awaitingtranslation"/>', body)
    assert style is not None

    def awaiting(data: bytes) -> bool:
        document = READER.read(data, name="x.docx").document
        (_, note, _) = document.parts
        block = note.blocks[1]
        assert isinstance(block, Paragraph)
        return any(isinstance(each, Span) and each.awaiting for each in inlines(block.content))

    assert awaiting(WRITTEN)
    assert not awaiting(edited("word/document.xml", style.group(), ""))


def test_a_link_that_could_run_something_cannot_be_clicked() -> None:
    block = par(Span((text("x"),), link="javascript:alert(1)"))
    document = Document((Part(PartKind.BODY, (block,), EN),), EN)
    data = WRITER.write(document)
    assert "javascript" not in member("word/_rels/document.xml.rels", data)
    assert READER.read(data, name="x.docx").document == document


# Other programs


def test_python_docx_opens_it_and_sees_styles_and_text() -> None:
    docx = pytest.importorskip("docx", reason="python-docx is not installed")
    opened = docx.Document(io.BytesIO(WRITTEN))
    assert opened.core_properties.subject == "CL/C/12/G/3"
    named = {each.style.name: each.text for each in opened.paragraphs}
    assert named["Title"] == "Note verbale datée du 9 mars 2026"
    assert named["Heading 1"] == "مرفق"
    assert [len(each.rows) for each in opened.tables] == [3]


@pytest.fixture(scope="module")
def office() -> str:
    found = shutil.which("soffice")
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed: make system")
        pytest.skip("LibreOffice is not installed: make system")
    return found


def converted(office: str, form: str, tmp_path: Path) -> Path:
    source = tmp_path / "own.docx"
    source.write_bytes(WRITTEN)
    subprocess.run(  # noqa: S603 - a program of the system, a file of ours
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            form,
            "--outdir",
            str(tmp_path / "out"),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return tmp_path / "out" / f"own.{form.partition(':')[0]}"


def test_libreoffice_opens_it_with_the_same_text(office: str, tmp_path: Path) -> None:
    found = converted(office, "txt:Text", tmp_path).read_text(encoding="utf-8-sig")
    words = " ".join(found.split())
    for part in DOCUMENT.parts[1:]:
        for block in part.blocks:
            if isinstance(block, Paragraph | Heading):
                for inline in inlines(block.content):
                    if isinstance(inline, Text):
                        assert inline.text.strip() in words
    assert "a) un" in words
    assert "b) deux" in words
    assert "Station Dates" in words


def test_libreoffice_sets_masthead_and_notes_on_the_page(office: str, tmp_path: Path) -> None:
    pdfium = pytest.importorskip("pypdfium2")
    opened = pdfium.PdfDocument(converted(office, "pdf", tmp_path))
    pages = [" ".join(page.get_textpage().get_text_range().split()) for page in opened]
    assert len(pages) == 3
    for words in ("Assemblée des lacs", "12 mars 2026", "Nouveau tirage.", "première note"):
        assert words in pages[0], words
    for page in pages:
        assert "CL/C/12/G/3" in page
        assert "Spécimen" in page


def test_what_libreoffice_saves_again_keeps_its_parts(office: str, tmp_path: Path) -> None:
    data = converted(office, "docx", tmp_path).read_bytes()
    document = READER.read(data, name="saved.docx").document
    assert [(p.kind, p.language) for p in document.parts] == [
        (p.kind, p.language) for p in DOCUMENT.parts
    ]
    roles = [block.role for block in document.parts[0].blocks if isinstance(block, Paragraph)]
    assert roles == [block.role for block in HEAD]
    assert document.stamps == DOCUMENT.stamps
