from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

import akn_schema
import pytest
from lxml import etree

import verbale.writers
from verbale import catalogue
from verbale.model.document import (
    Document,
    Footnote,
    Heading,
    Image,
    List,
    ListItem,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Span,
    Stamp,
    Text,
)
from verbale.model.language import AR, EN, ES, FR, UND, Language
from verbale.readers.akn import READER
from verbale.writers.akn import WRITER
from verbale.writers.base import Options

NS = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


def line(role: str, text: str) -> Paragraph:
    return Paragraph((Text(text),), role=role)


def masthead(*lines: Paragraph, language: Language = ES) -> Part:
    return Part(PartKind.MASTHEAD, lines, language)


def document(*parts: Part, language: Language = ES, symbol: str = "CL/C/12/G/1") -> Document:
    return Document(parts, language, symbol=symbol)


def write(tree: Document, options: Options | None = None) -> etree._Element:
    data = WRITER.write(tree, options) if options else WRITER.write(tree)
    assert akn_schema.errors(data) == []
    assert READER.read(data, name="x").document == tree
    return etree.fromstring(data)


def one(root: etree._Element, path: str) -> etree._Element:
    (found,) = root.xpath(path, namespaces=NS)
    return found


def test_a_document_is_named_by_country_body_date_symbol_and_language() -> None:
    tree = document(
        masthead(
            line("publisher", "Naciones Unidas"),
            line("symbol", "A/HRC/43/G/34"),
            line("date", "6 de mayo de 2020"),
        ),
        symbol="A/HRC/43/G/34",
    )
    root = write(tree)
    work = "/akn/un/doc/communication/hrc/2020-05-06/a-hrc-43-g-34"
    assert one(root, "//a:FRBRWork/a:FRBRuri").get("value") == work
    assert one(root, "//a:FRBRExpression/a:FRBRuri").get("value") == f"{work}/spa@"
    assert one(root, "//a:FRBRlanguage").get("language") == "spa"


def test_an_institution_of_its_own_is_not_put_under_the_united_nations() -> None:
    root = write(document(masthead(line("publisher", "Conferencia de los Lagos"))))
    assert one(root, "//a:FRBRcountry").get("value") == "xx"


@pytest.mark.parametrize(
    ("symbol", "body"),
    [
        ("A/78/100", "ga"),
        ("S/RES/822 (1993)", "sc"),
        ("E/2024/5", "ecosoc"),
        ("A/C.1/78/L.5", "ga"),
    ],
)
def test_the_body_in_the_name_comes_from_the_symbol(symbol: str, body: str) -> None:
    root = write(document(symbol=symbol))
    uri = one(root, "//a:FRBRWork/a:FRBRuri").get("value") or ""
    assert uri.split("/")[5] == body


def test_the_moment_is_the_date_of_the_names() -> None:
    data = write(document(), Options(moment=datetime.date(2026, 3, 6)))
    assert one(data, "//a:FRBRWork/a:FRBRdate").get("date") == "2026-03-06"


def test_a_date_that_is_not_known_is_not_made_up() -> None:
    root = write(document(masthead(line("date", "some day"))))
    assert one(root, "//a:FRBRWork/a:FRBRdate").get("date") == "0001-01-01"
    assert root.xpath("//a:docDate", namespaces=NS) == []


@pytest.mark.parametrize(
    ("role", "text", "element"),
    [
        ("symbol", "CL/C/12/G/1", "docNumber[@refersTo='#symbol']"),
        ("publisher", "Conferencia", "docAuthority[@refersTo='#publisher']"),
        ("organ", "Asamblea", "docAuthority[@refersTo='#issuingBody']"),
        ("body", "Consejo", "docAuthority[@refersTo='#subsidiaryBody']"),
        ("distribution", "Distr. general", "docStatus[@refersTo='#generalDistribution']"),
        ("distribution", "Distr. limitada", "docStatus[@refersTo='#distribution']"),
        ("date", "16 de marzo de 2026", "docDate[@date='2026-03-16']"),
        ("date", "16 March 2026", "docDate[@refersTo='#dateOfIssuance']"),
        ("language", "Español", "inline[@name='languageOfExpression']"),
        ("original", "Original: inglés", "inline[@name='originalLanguage']"),
        ("session", "12º período de sesiones", "session"),
        ("session-dates", "2 a 20 de marzo de 2026", "event[@refersTo='#session']"),
        ("agenda-item", "Tema 8 de la agenda", "inline[@name='agenda item']"),
        ("agenda-title", "Cubierta de hielo", "inline[@name='agenda item name']"),
        ("title", "Nota verbal", "docTitle"),
        ("source", "[sin remisión]", "docProponent"),
        ("job-number", "26-00123 (S)", "docketNumber"),
    ],
)
def test_a_masthead_line_is_marked_as_the_un_marks_it(
    role: str, text: str, element: str
) -> None:
    root = write(document(masthead(line(role, text))))
    assert one(root, f"//a:coverPage/a:p/a:{element}").text == text


def test_every_reference_of_a_field_is_explained_in_the_metadata() -> None:
    lines = [
        line("publisher", "Conferencia"),
        line("symbol", "CL/C/12/G/1"),
        line("date", "16 de marzo de 2026"),
        line("language", "Español"),
        line("session-dates", "2 a 20 de marzo de 2026"),
    ]
    root = write(document(masthead(*lines)))
    named = {str(each)[1:] for each in root.xpath("//a:coverPage//@refersTo", namespaces=NS)}
    explained = {str(each) for each in root.xpath("//a:references/*/@eId", namespaces=NS)}
    assert len(named) == len(lines)
    assert named <= explained


def test_parts_keep_their_language_and_what_was_received_is_verbatim() -> None:
    annex = Part(
        PartKind.ANNEX, (Heading(1, (Text("Annex"),)),), EN, number=2, as_received=True
    )
    note = Part(PartKind.NOTE, (Paragraph((Text("Nota"),)),), ES)
    root = write(document(masthead(language=AR), note, annex))
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert one(root, "//a:coverPage").get(lang) == "ar"
    assert one(root, "a:doc/a:mainBody").get(lang) == "es"
    attached = one(root, "//a:attachment/a:doc")
    assert attached.get("name") == "annex"
    assert one(attached, "a:mainBody").get(lang) == "en"
    assert one(attached, "a:mainBody").get("status") == "verbatim"
    assert one(attached, ".//a:FRBRlanguage").get("language") == "eng"


def test_a_language_without_a_code_of_three_letters_is_written_as_it_is() -> None:
    root = write(document(language=UND))
    assert one(root, "//a:FRBRlanguage").get("language") == "und"


def test_a_footnote_stands_at_its_mark_and_later_marks_refer_to_it() -> None:
    content = (Text("a"), NoteRef("n", "*"), Text("b"), NoteRef("n", "*"))
    note = Footnote("n", "*", (Paragraph((Text("Reproduced as received."),)),))
    part = Part(PartKind.NOTE, (Paragraph(content),), EN, (note,))
    root = write(document(part))
    mark = one(root, "//a:authorialNote")
    assert (mark.get("marker"), mark.get("placement")) == ("*", "bottom")
    assert one(root, "//a:noteRef").get("href") == f"#{mark.get('eId')}"


def test_a_footnote_without_a_mark_is_kept() -> None:
    note = Footnote("n", "*", (Paragraph((Text("Loose."),)),))
    root = write(document(Part(PartKind.NOTE, (), EN, (note,))))
    assert "".join(one(root, "//a:authorialNote").itertext()) == "Loose."


def test_what_awaits_translation_is_marked_with_its_language() -> None:
    span = Span((Text("presents its compliments"),), language=EN, awaiting=True)
    root = write(document(Part(PartKind.NOTE, (Paragraph((span,)),), ES)))
    found = one(root, "//a:span[@class='awaiting']")
    assert found.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_stamp_is_the_first_line_of_the_cover_page() -> None:
    tree = Document((), ES, (Stamp.SPECIMEN,), "Espécimen")
    root = write(tree)
    assert one(root, "//a:coverPage/a:p[1]/a:remark").text == "Espécimen"
    assert one(root, "//a:coverPage/a:p[1]").get("class") == "stamp specimen"


def test_a_paragraph_and_the_list_behind_it_are_one_numbered_place() -> None:
    items = tuple(
        ListItem((Paragraph((Text(t),)),), label) for label, t in [("(a)", "x"), ("(b)", "y")]
    )
    blocks = (Paragraph((Text("Requests:"),), number="1."), List(items, ordered=True))
    root = write(document(Part(PartKind.BODY, blocks, EN)))
    assert one(root, "//a:paragraph/a:num").text == "1."
    assert root.xpath("//a:list/a:point/a:num/text()", namespaces=NS) == ["(a)", "(b)"]


def test_title_preamble_and_end_of_a_resolution_have_their_places() -> None:
    blocks = (
        Paragraph((Text("Ice cover"),), role="title", number="12/3."),
        Paragraph((Text("The Council,"),), role="formula"),
        Paragraph((Text("Recalling"),), role="recital"),
        Paragraph((Text("Decides"),), number="1."),
        Paragraph((Text("4th meeting"),), role="adoption"),
    )
    root = write(document(Part(PartKind.BODY, blocks, EN)))
    (main,) = root
    names = [etree.QName(each).localname for each in main]
    assert names == ["meta", "preface", "preamble", "mainBody", "conclusions"]
    assert one(root, "//a:preface/a:p/a:docNumber").text == "12/3."


def test_a_picture_is_written_into_the_file() -> None:
    image = Image(b"\0\x01", "image/png", "ice")
    root = write(document(Part(PartKind.BODY, (Paragraph((image,)),), EN)))
    found = one(root, "//a:img")
    assert (found.get("src"), found.get("alt")) == ("data:image/png;base64,AAE=", "ice")


def test_all_white_space_of_the_tree_is_kept() -> None:
    text = " a \t\n b\r\n\u00a0 "
    tree = document(Part(PartKind.BODY, (Paragraph((Text(text),)),), EN))
    assert one(write(tree), "//a:mainBody//a:p").text == text


def test_a_character_that_xml_cannot_hold_is_replaced() -> None:
    part = Part(PartKind.BODY, (Paragraph((Text("a\0b\ufffe"),), style="\x01"),), FR)
    data = WRITER.write(document(part))
    assert akn_schema.errors(data) == []
    assert "a\ufffdb\ufffd".encode() in data


def test_the_names_a_document_came_with_are_kept_but_the_markup_is_ours() -> None:
    properties = (
        ("akn/type", "statement"),
        ("akn/name", "resolution"),
        ("FRBRWork/FRBRuri", "/akn/xx/statement/deliberation/cl-c/2026-03-20/12-3"),
        ("FRBRWork/FRBRdate/adoption", "2026-03-20"),
        ("FRBRWork/FRBRdate/broken", "a day in March"),
        ("FRBRManifestation/FRBRauthor/editor", "secretariat"),
        ("keyword/Lakes Thesaurus", "ICE COVER"),
    )
    root = write(Document((), EN, properties=properties))
    assert one(root, "/a:akomaNtoso/a:statement").get("name") == "resolution"
    assert one(root, "//a:FRBRWork/a:FRBRuri").get("value") == properties[2][1]
    assert one(root, "//a:FRBRWork/a:FRBRdate").get("date") == "2026-03-20"
    assert one(root, "//a:FRBRManifestation/a:FRBRauthor").get("href") == "#verbale"
    assert one(root, "//a:keyword").get("showAs") == "ICE COVER"


def test_a_document_of_a_kind_whose_body_is_a_law_is_written_as_a_plain_one() -> None:
    root = write(Document((), EN, properties=(("akn/type", "act"), ("akn/name", ""))))
    assert one(root, "/a:akomaNtoso/a:doc").get("name") == "communication"


def test_the_catalogue_offers_the_format() -> None:
    assert catalogue.writer("akn") is WRITER
    assert (WRITER.suffix, WRITER.media_type) == (".xml", "application/xml")


def test_the_schema_is_the_one_the_notice_names() -> None:
    folder = Path(verbale.writers.__file__).parent / "schema"
    notice = (folder / "NOTICE").read_text(encoding="utf-8")
    for path in folder.glob("*.xsd"):
        assert f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" in notice
