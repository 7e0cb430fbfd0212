from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale import catalogue
from verbale.errors import UnreadableFileError
from verbale.model.document import (
    Break,
    Document,
    Footnote,
    Heading,
    Image,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Part,
    PartKind,
    Quote,
    Span,
    Table,
    Text,
)
from verbale.model.language import EN, FR, RU
from verbale.model.walk import plain
from verbale.readers._akn_repair import mend
from verbale.readers.akn import READER

if TYPE_CHECKING:
    from verbale.readers.base import Reading

Corpus = Callable[[str], Path]

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
FOLDERS = ("un-akn-hrc", "un-akn-sc", "un-akn-ga", "un-akn-ecosoc", "un-akn-ga-decisions")
FIELDS = {
    "publisher": "publisher",
    "symbol": "symbol",
    "issuingBody": "organ",
    "subsidiaryBody": "body",
    "distribution": "distribution",
    "dateText": "date",
    "originalLanguage": "original",
    "languageLine": "language",
    "session": "session",
    "agendaItem": "agenda-item",
    "agendaTitle": "agenda-title",
    "source": "source",
}


def read(body: str, *, meta: str = "", root: str = "statement", more: str = "") -> Reading:
    text = (
        f'<akomaNtoso xmlns="{NAMESPACE}"><{root} name="x"><meta>{meta}</meta>{body}</{root}>'
        f"{more}</akomaNtoso>"
    )
    return READER.read(text.encode("utf-8"), name="file.xml")


def body(inner: str) -> tuple[object, ...]:
    (part,) = read(f"<mainBody>{inner}</mainBody>").document.parts
    return part.blocks


def line(inner: str) -> tuple[object, ...]:
    (block,) = body(f"<p>{inner}</p>")
    assert isinstance(block, Paragraph)
    return block.content


def files(corpus: Corpus) -> list[Path]:
    return [path for name in FOLDERS for path in sorted(corpus(name).rglob("*.xml"))]


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_of_source(data: bytes) -> str:
    """The text of a file by its tags alone, its metadata and comments left out."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    text = re.sub(r"<!--.*?-->|<\?.*?\?>|<meta>.*?</meta>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", "", text)
    for name, letter in (("lt", "<"), ("gt", ">"), ("quot", '"'), ("apos", "'"), ("amp", "&")):
        text = text.replace(f"&{name};", letter)
    return re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), text)


def text_in_order(blocks: Iterable[object], notes: dict[str, Footnote]) -> str:
    """The text of blocks with each footnote where its mark stands first, as in the file."""
    out = ""
    for block in blocks:
        match block:
            case Paragraph() | Heading():
                out += block.number + inline_text(block.content, notes)
            case List(items=items):
                for item in items:
                    out += item.label + text_in_order(item.blocks, notes)
            case Quote(blocks=inner):
                out += text_in_order(inner, notes)
            case Table(rows=rows, caption=caption):
                out += inline_text(caption, notes)
                for row in rows:
                    for cell in row:
                        out += text_in_order(cell.blocks, notes)
            case _:
                pass
    return out


def inline_text(content: Iterable[object], notes: dict[str, Footnote]) -> str:
    out = ""
    for inline in content:
        match inline:
            case Text(text=text):
                out += text
            case Span(content=inner):
                out += inline_text(inner, notes)
            case NoteRef(note=name) if name in notes:
                out += text_in_order(notes.pop(name).blocks, notes)
            case _:
                pass
    return out


def part_text_in_order(part: Part) -> str:
    notes = {note.id: note for note in part.footnotes}
    return text_in_order(part.blocks, notes) + "".join(map(part_text_in_order, part.parts))


def test_no_character_of_any_real_file_is_lost_or_moved(corpus: Corpus) -> None:
    paths = files(corpus)
    assert len(paths) > 200
    for path in paths:
        data = path.read_bytes()
        document = READER.read(data, name=path.name).document
        text = "".join(map(part_text_in_order, document.parts))
        assert squeezed(text) == squeezed(text_of_source(data)), path.name


def test_every_real_file_is_in_the_language_its_metadata_says(corpus: Corpus) -> None:
    said = {"ara": "ar", "zho": "zh", "eng": "en", "fra": "fr", "rus": "ru", "spa": "es"}
    found: Counter[str] = Counter()
    for path in files(corpus):
        data = path.read_bytes()
        document = READER.read(data, name=path.name).document
        code = re.search(rb'<FRBRlanguage language="(\w+)"', data)
        assert code
        assert document.language.code == said[code[1].decode()], path.name
        assert {part.language for part in document.parts} == {document.language}
        found[document.language.code] += 1
    assert set(found) == {"ar", "zh", "en", "fr", "ru", "es"}


def test_real_files_leave_nothing_not_understood_but_their_emblems(corpus: Corpus) -> None:
    codes = Counter(
        finding.code
        for path in files(corpus)
        for finding in READER.read(path.read_bytes(), name=path.name).findings
    )
    assert set(codes) <= {"picture-outside", "markup-mended"}


def test_mastheads_have_the_fields_that_were_found_in_them_by_hand(corpus: Corpus) -> None:
    gold = {}
    for path in sorted(corpus("masthead-gold").glob("*.jsonl")):
        for row in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(row)
            gold[case["file"].rpartition("/")[2]] = case["fields"]
    compared = 0
    for path in files(corpus):
        fields = gold.get(path.name)
        if fields is None:
            continue
        masthead, *_ = READER.read(path.read_bytes(), name=path.name).document.parts
        assert masthead.kind is PartKind.MASTHEAD
        lines = {
            (each.role, squeezed(plain(each.content)))
            for each in masthead.blocks
            if isinstance(each, Paragraph)
        }
        for key, role in FIELDS.items():
            if fields.get(key):
                assert (role, squeezed(fields[key])) in lines, path.name
                compared += 1
    assert compared > 100


def test_the_layout_of_a_file_is_no_text() -> None:
    assert line("\n   <span>The</span>\n   <b>ice</b>,\n   thin  and\tgrey \n  ") == (
        Text("The "),
        Text("ice", frozenset({Mark.STRONG})),
        Text(", thin  and\tgrey"),
    )
    assert line("\n one <eol/>\n two") == (Text("one"), Break(), Text("two"))


def test_hard_blanks_and_blanks_inside_a_line_are_text() -> None:
    assert line("2362\u00a0(2017),  twice") == (Text("2362\u00a0(2017),  twice"),)
    assert line("<i>Recalls </i>the") == (
        Text("Recalls ", frozenset({Mark.EMPHASIS})),
        Text("the"),
    )


def test_a_link_keeps_its_address_whatever_its_element() -> None:
    links = line('<a href="https://lakes.example/1">1</a><ref href="#p2">2</ref>')
    assert [each.link for each in links if isinstance(each, Span)] == [
        "https://lakes.example/1",
        "#p2",
    ]


def test_a_paragraph_that_is_one_field_has_its_role() -> None:
    (block,) = body('<p><docNumber refersTo="#symbol">CL/C/12/G/1</docNumber></p>')
    assert block == Paragraph((Text("CL/C/12/G/1"),), role="symbol")


def test_a_picture_elsewhere_is_left_out_and_one_in_the_file_is_read() -> None:
    reading = read('<mainBody><p>a<img src="http://lakes.example/x.png"/></p></mainBody>')
    assert [finding.code for finding in reading.findings] == ["picture-outside"]
    assert line('<img src="data:image/png;base64,AAEC" alt="ice"/>') == (
        Image(b"\0\x01\x02", "image/png", "ice"),
    )


def test_an_unknown_element_is_said_once_with_its_line_and_its_text_is_kept() -> None:
    reading = read("<mainBody>\n<odd>one</odd><p><odd>two</odd></p></mainBody>")
    (finding,) = reading.findings
    assert (finding.code, finding.place.line) == ("markup-unknown", 2)
    (part,) = reading.document.parts
    assert part_text_in_order(part) == "onetwo"


def test_the_text_says_its_language_when_the_metadata_is_wrong() -> None:
    text = (
        "Le Conseil, rappelant les résolutions antérieures sur la glace du lac, prie les États "
        "riverains de mesurer son épaisseur chaque jour et de publier les séries complètes."
    )
    meta = (
        "<identification><FRBRExpression><FRBRlanguage language='rus'/></FRBRExpression>"
        "</identification>"
    )
    reading = read(f"<mainBody><p>{text}</p></mainBody>", meta=meta)
    assert reading.document.language == FR
    assert reading.document.parts[0].language == FR
    (finding,) = reading.findings
    assert finding.code == "metadata-language-mismatch"
    assert dict(finding.values) == {"said_lang": RU.code, "text_lang": FR.code}


def test_attachments_are_parts_with_their_own_language_and_heading() -> None:
    reading = read(
        "<mainBody xml:lang='fr'><p>x</p></mainBody><attachments><attachment>"
        "<heading>Annex</heading><doc name='annex'><meta/><mainBody xml:lang='en'><p>y</p>"
        "</mainBody></doc></attachment></attachments>"
    )
    main, annex = reading.document.parts
    assert (main.kind, main.language) == (PartKind.BODY, FR)
    assert (annex.kind, annex.language) == (PartKind.ANNEX, EN)
    assert annex.blocks == (
        Heading(1, (Text("Annex"),)),
        Paragraph((Text("y"),)),
    )


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no well-formed XML"),
        (b"plain text", "no well-formed XML"),
        (b"<html/>", "no Akoma Ntoso"),
        (b"<akomaNtoso/>", "another version"),
        (b'<akomaNtoso xmlns="http://www.akomantoso.org/2.0"/>', "another version"),
        (f'<akomaNtoso xmlns="{NAMESPACE}/CSD13"/>'.encode(), "another version"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "DOCTYPE"),
        (
            b'<?xml version="1.0"?><!-- x --><!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
            "DOCTYPE",
        ),
        (b"\xff\xfe<\x00a", "UTF-16"),
    ],
)
def test_what_is_not_akoma_ntoso_3_is_refused_with_a_reason_and_a_remedy(
    data: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableFileError, match=reason) as refused:
        READER.read(data, name="file.xml")
    assert refused.value.remedy


def test_a_hostile_file_of_xml_is_refused_and_its_entity_never_read(corpus: Corpus) -> None:
    data = (corpus("hostile") / "wrong-type--testXXE.xml").read_bytes()
    with pytest.raises(UnreadableFileError, match="DOCTYPE"):
        READER.read(data, name="testXXE.xml")


def test_a_doctype_in_utf_16_is_refused_too() -> None:
    text = f'<!DOCTYPE a><akomaNtoso xmlns="{NAMESPACE}"/>'
    with pytest.raises(UnreadableFileError, match="DOCTYPE"):
        READER.read(text.encode("utf-16"), name="file.xml")


def test_a_file_in_utf_16_is_read() -> None:
    text = (
        f'<?xml version="1.0" encoding="UTF-16"?><akomaNtoso xmlns="{NAMESPACE}">'
        "<doc name='x'><meta/><mainBody><p>冰</p></mainBody></doc></akomaNtoso>"
    )
    document = READER.read(text.encode("utf-16"), name="file.xml").document
    assert document.parts[0].blocks == (Paragraph((Text("冰"),)),)


def test_a_word_doctype_in_the_text_is_text() -> None:
    assert line("write &lt;!DOCTYPE x&gt; <![CDATA[<!DOCTYPE y>]]>") == (
        Text("write <!DOCTYPE x> <!DOCTYPE y>"),
    )


@pytest.mark.parametrize("element", ["span", "container", "list", "authorialNote", "inline"])
def test_deep_nesting_is_read_or_refused_and_never_breaks_the_reader(element: str) -> None:
    for depth in (60, 120, 240, 5000):
        inner = f"<{element}>" * depth + "ice" + f"</{element}>" * depth
        try:
            reading = read(f"<mainBody><p>{inner}</p></mainBody>")
        except UnreadableFileError:
            assert depth > 200
        else:
            (part,) = reading.document.parts
            assert "ice" in part_text_in_order(part)


def test_tags_that_do_not_match_are_mended_without_losing_text() -> None:
    text = (
        f'<akomaNtoso xmlns="{NAMESPACE}"><doc name="x"><meta/><mainBody>\n'
        "<p>one</b></p>\n<p><i>two</p><p>three</p></mainBody></doc></akomaNtoso>"
    )
    reading = READER.read(text.encode(), name="file.xml")
    assert [(f.code, f.place.line) for f in reading.findings] == [("markup-mended", 2)]
    (part,) = reading.document.parts
    assert part_text_in_order(part) == "onetwothree"


def test_mending_takes_time_in_proportion_to_the_file() -> None:
    for piece in (b"<!--", b"<a ", b'<a b="', b"</a>", b"<a></b>", b"<![CDATA["):
        mend(piece * 200_000)


def test_the_format_is_told_by_its_first_bytes() -> None:
    head = f'<?xml version="1.0"?>\n<akn:akomaNtoso xmlns:akn="{NAMESPACE}">'.encode()
    assert catalogue.reader_for("nameless", head).format == "akn"
    assert catalogue.reader_for("nameless", head.decode().encode("utf-16")).format == "akn"
    assert READER.sniff
    assert not READER.sniff(b"<html><body>akomaNtoso</body></html>")


def test_a_borrowed_name_of_ours_hides_no_text() -> None:
    own = 'xmlns:v="urn:verbale:akoma-ntoso:1"'
    record = f"<proprietary source='#v'><v:document {own} language='en'/></proprietary>"
    hidden = (
        f"<coverPage {own} v:none='true'><p>a</p></coverPage>"
        f"<mainBody {own} v:none='true'><p v:none='true'>b</p><p v:none='notes'>c</p>"
        "<blockList><item v:none='true'><p>d</p></item></blockList>"
        "<table><tr v:none='true'><td v:none='true'><p>e</p></td></tr></table></mainBody>"
    )
    document: Document = read(hidden, meta=record).document
    assert "".join(map(part_text_in_order, document.parts)) == "abcde"
