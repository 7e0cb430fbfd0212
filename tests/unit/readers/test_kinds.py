"""What a file is by its bytes, against what its name says; what is not seen in a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx_files
import pytest
from zips import Entry, zip_of

from verbale.errors import VerbaleError
from verbale.readers.unseen import odd_name
from verbale.workflow.reading import finding_of, read_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
DOCX = docx_files.docx(docx_files.par(docx_files.run("The Permanent Mission presents.")))
PAGE = b"<!DOCTYPE html><html><p>The Permanent Mission presents its compliments."
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
MAIL = b"From: a@b.org\nDate: Mon, 6 May 2020 10:00:00 +0000\nSubject: A note\n\nText.\n"
SHEET = zip_of([Entry("[Content_Types].xml", b"<Types/>"), Entry("xl/workbook.xml", b"<w/>")])


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


def code(data: bytes, name: str) -> str:
    """The code that a file is refused with, empty when it is read."""
    try:
        read_here(data, name=name)
    except VerbaleError as error:
        return finding_of(error, name).code
    return ""


@pytest.mark.parametrize(
    ("name", "data", "wanted"),
    [
        ("note.doc", stream("WordDocument"), "file-kind-refused"),
        ("note.docx", stream("WordDocument"), "file-kind-refused"),
        ("note.docx", stream("EncryptedPackage"), "file-password"),
        ("note.doc", stream("WordDocument") + stream("EncryptionInfo"), "file-password"),
        ("note.msg", stream("__substg1.0_0037001F"), "file-kind-refused"),
        ("note.rtf", b"{\\rtf1 Text}", "file-kind-refused"),
        ("note.docx", b"{\\rtf1 Text}", "file-kind-differs"),
        ("note.xlsx", SHEET, "file-kind-refused"),
        ("note.docx", SHEET, "file-kind-differs"),
        ("note.zip", zip_of([Entry("a.txt", b"x")]), "file-kind-refused"),
        ("note.odt", zip_of([Entry("a.txt", b"x")]), "file-kind-differs"),
        ("note.odt", DOCX, "file-kind-differs"),
        ("note.pdf", DOCX, "file-kind-differs"),
        ("note.txt", DOCX, "file-kind-differs"),
        ("note.docx", PDF, "file-kind-differs"),
        ("note.txt", PDF, "file-kind-differs"),
        ("note.docx", PAGE, "file-kind-differs"),
        ("note.pdf", PAGE, "file-kind-differs"),
        ("note.docx", b"MZ\x90\0" + bytes(200), "file-kind-differs"),
        ("note.exe", b"MZ\x90\0" + bytes(200), "file-kind-refused"),
        ("note", b"\x7fELF" + bytes(60), "file-kind-refused"),
        ("note.txt", b"#!/bin/sh\nrm -r\n", "file-kind-differs"),
        ("note.html", b'<?xml version="1.0"?><svg xmlns="x"/>', "file-kind-differs"),
        ("note.png", b"\x89PNG\r\n\x1a\n" + bytes(20), "file-kind-refused"),
        ("note.mbox", 2 * (b"From a Mon May  6 10:00:00 2020\n" + MAIL),
         "file-kind-refused"),
        ("note.pdf", b"<script>x</script>" + PDF, "file-two-readings"),
        ("note.pdf", zip_of([Entry("a", b"x")], before=PDF), "file-two-readings"),
        ("note.html", zip_of([Entry("a", b"x")], before=PAGE), "file-two-readings"),
        ("note.docx", b"", "file-empty"),
        ("note.txt", b"\xef\xbb\xbf \n", "file-empty"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_taken_is_named(name: str, data: bytes, wanted: str) -> None:
    assert code(data, name) == wanted


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("note.docx", DOCX),
        ("note", DOCX),
        ("note.html", PAGE),
        ("note.htm", PAGE),
        ("note.eml", MAIL),
        ("note.eml", b"From a@b.org Mon May  6 10:00:00 2020\n" + MAIL),
        ("note.txt", b"From Geneva Wed May 6 on\n\nThe Mission presents its compliments."),
        ("note.txt", b"A file that says PK\x05\x06 in its text.".replace(b"\x05\x06", b"56")),
        ("note.md", b"# Note\n\nText."),
    ],
)
def test_honest_files_are_read(name: str, data: bytes) -> None:
    assert code(data, name) == ""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Letter on A/RES\u200b/60/1", "U+200B"),
        ("A/60/1\u202e gnihtemos", "U+202E"),
        ("user \u202dab", "U+202D"),
        ("ad\u2060min", "U+2060"),
        ("a\u2066b\u2069c", "U+2066"),
        ("note\U000e0041\U000e0042", "U+E0041"),
        ("a\u2063b", "U+2063"),
    ],
)
def test_what_is_not_seen_and_has_no_use_is_named(text: str, named: str) -> None:
    found = read_here(text.encode(), name="n.txt").findings
    assert [f.code for f in found] == ["invisible-characters"]
    assert named in found[0].values["characters"]


@pytest.mark.parametrize(
    "text",
    [
        "\u200fالوثيقة\u200f A/60/1 \u200e(2005)",
        "می\u200cخواهم",
        "क्\u200dष",
        "\u2067\u0633\u0644\u0627\u0645\u2069 and \u2066A/60/1\u2069 follow",
        "co\u00adoperation",
        "文\u200b件",
        "\u202bعربي\u202c",
    ],
)
def test_marks_that_a_script_needs_are_no_finding(text: str) -> None:
    assert read_here(text.encode(), name="n.txt").findings == ()


@pytest.mark.parametrize(
    "name",
    ["note\u202efdp.docx", "a\r\nSet-Cookie: b.docx", "../../x.docx", "<img>.docx",
     "n" * 300 + ".docx", "a\0.docx", "a\u200bb.docx"],
)  # fmt: skip
def test_a_name_that_pretends_is_said(name: str) -> None:
    assert [f.code for f in odd_name(name)] == ["file-name-odd"]


@pytest.mark.parametrize(
    "name", ["Note verbale (final), 2 May.docx", "مذكرة.docx", "普通照会.pdf"]
)
def test_a_plain_name_is_no_finding(name: str) -> None:
    assert not list(odd_name(name))


def part(data: str, encoding: str = "utf-8") -> bytes:
    return docx_files.docx(
        docx_files.par(docx_files.run("Text.")),
        files={"docProps/app.xml": data.encode(encoding)},
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_entities_in_any_part_are_refused(encoding: str) -> None:
    evil = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    )
    assert code(part(evil, encoding), "n.docx") == "file-entities"


def test_a_document_type_that_only_names_a_public_one_is_harmless_elsewhere() -> None:
    plain = (
        '<?xml version="1.0"?><!DOCTYPE math:math PUBLIC "-//OpenOffice.org//X" "math.dtd"><a/>'
    )
    assert code(part(plain), "n.docx") == ""


def test_macros_under_an_honest_list_of_types_are_refused() -> None:
    data = docx_files.docx("<w:p/>", files={"word/vbaProject.bin": b"dummy"})
    assert code(data, "n.docx") == "file-macros"


@pytest.mark.parametrize(("depth", "wanted"), [(90, []), (150, ["file-nested-deep"])])
def test_deep_xml_is_said(depth: int, wanted: list[str]) -> None:
    body = "<w:sdt><w:sdtContent>" * (depth // 2) + docx_files.par(docx_files.run("x"))
    body += "</w:sdtContent></w:sdt>" * (depth // 2)
    found = read_here(docx_files.docx(body), name="n.docx").findings
    assert [f.code for f in found] == wanted


def test_deeper_xml_is_refused() -> None:
    body = "<w:sdt><w:sdtContent>" * 150 + "<w:p/>" + "</w:sdtContent></w:sdt>" * 150
    assert code(docx_files.docx(body), "n.docx") == "file-nested-too-deep"


def test_files_of_the_corpus_that_are_honest_are_no_disguise(
    corpus: Callable[[str], Path],
) -> None:
    for path in sorted(corpus("un-docx-pdf-pairs").glob("*.docx"))[:8]:
        assert code(path.read_bytes(), path.name) == "", path.name
