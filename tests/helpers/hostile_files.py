"""Hostile and honest files made anew: each with the verdicts that are right for it.

Tricks of the kinds that intake meets, in other places and spellings than any collection has
them. Words that begin with ``CANARY-`` are hidden: no output may have them. All bytes are made
here and do nothing.
"""

from __future__ import annotations

import base64
import stat
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import docx_files
import hostile_pdfs
from docx_files import external, field, par, run
from zips import Entry, zip_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ACCEPT, WARN, REFUSE = "accept", "accept with warning", "refuse"
SAID = frozenset({WARN, REFUSE})
REFUSED = frozenset({REFUSE})
TAKEN = frozenset({ACCEPT})
ANY = frozenset({ACCEPT, WARN, REFUSE})
TEXT = "The Permanent Mission of Northmere presents its compliments to the Secretariat."
URL = "http://127.0.0.1:47999/canary"
LINK = (stat.S_IFLNK | 0o777) << 16
MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Made:
    """A file: its name, its bytes, the verdicts that are right, words its findings must say."""

    kind: str
    name: str
    data: bytes
    allowed: frozenset[str]
    says: str = ""


def every() -> Iterator[Made]:
    """All of them, hostile first."""
    kinds = (_zips, _entities, _xml, _docx, _odt, _html, _md, _mail, _texts, _disguises, _pdfs)
    for make in kinds:
        yield from make()
    yield from honest()


def hostile() -> list[Made]:
    """Those that are not taken as they are."""
    return [each for each in every() if each.kind != "honest"]


# Parts


def plain_docx(*more: str, **files: bytes | str) -> bytes:
    """A DOCX with one paragraph and *more* of them; *files* by name with dots as ``__``."""
    body = par(run(TEXT)) + "".join(more)
    return docx_files.docx(body, files={k.replace("__", "."): v for k, v in files.items()})


def entries(data: bytes) -> list[Entry]:
    """The members of a zip file as they can be written anew."""
    import io  # noqa: PLC0415
    import zipfile  # noqa: PLC0415

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return [Entry(info.filename, file.read(info)) for info in file.infolist()]


ODT_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT_MIME = "application/vnd.oasis.opendocument.text"


def odt(body: str, *, prologue: str = "", **files: bytes) -> bytes:
    """An ODT with this body; *files* by name with dots as ``__``."""
    content = (
        f"{prologue}<office:document-content {ODT_NAMES}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>"
    )
    members = [
        Entry("mimetype", ODT_MIME.encode(), method=0),
        Entry("content.xml", content.encode()),
        *(Entry(k.replace("__", "."), v) for k, v in files.items()),
    ]
    return zip_of(members)


def paragraph(text: str) -> str:
    """A paragraph of an ODT."""
    return f"<text:p>{text}</text:p>"


def mail(body: str, *headers: str) -> bytes:
    """A message with the headers that every message has, and *headers*."""
    head = [
        "From: Mission <mission@example.org>", "To: registry@example.org", "Subject: A note",
        "Date: Wed, 6 May 2020 10:00:00 +0000", "Message-ID: <1@example.org>",
        "MIME-Version: 1.0", *headers,
    ]  # fmt: skip
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


def multipart(*parts: str, boundary: str = "b") -> bytes:
    """A message of several parts, each with its headers."""
    body = "".join(f"--{boundary}\r\n{part}\r\n" for part in parts) + f"--{boundary}--\r\n"
    return mail(body, f'Content-Type: multipart/mixed; boundary="{boundary}"')


def attachment(name: str, data: bytes, media: str = "application/octet-stream") -> str:
    """A part that is an attachment."""
    return (
        f'Content-Type: {media}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
        + base64.encodebytes(data).decode()
    )


def png(width: int, height: int) -> bytes:
    """The beginning of a picture that says it is so large."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + head
    crc = struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + crc


# Kinds


def _zips() -> Iterator[Made]:
    """One more member, or one changed, in a DOCX and in an ODT."""
    odd = {
        "other-local-name": Entry("word/extra.xml", b"<a/>", local={"name": "word/extrb.xml"}),
        "other-local-size": Entry("word/extra.xml", b"<a/>", local={"size": 99}),
        "other-local-method": Entry("word/extra.xml", b"<a/>", local={"method": 0}),
        "other-local-sum": Entry("word/extra.xml", b"<a/>", local={"crc": 1}),
        "wrong-sum": Entry("word/extra.xml", b"<a/>", local={"crc": 1}, central={"crc": 1}),
        "short-size": Entry("w.xml", b"<a/>" * 9, local={"size": 4}, central={"size": 4}),
        "encrypted": Entry("word/extra.xml", b"<a/>", flags=1),
        "method-12": Entry("w.xml", b"<a/>", local={"method": 12}, central={"method": 12}),
        "up": Entry("../ESCAPED-up", b"x"),
        "up-inside": Entry("word/media/../../../ESCAPED-in", b"x"),
        "up-backslash": Entry("..\\ESCAPED-back", b"x"),
        "absolute": Entry("/var/ESCAPED-absolute", b"x"),
        "drive": Entry("C:\\ESCAPED-drive", b"x"),
        "share": Entry("\\\\127.0.0.1\\ESCAPED-share", b"x"),
        "link": Entry("word/media/a.png", b"/etc/passwd", attributes=LINK),
        "name-with-nul": Entry("word/a.xml\0.png", b"<a/>"),
        "name-with-escape": Entry("word/a\x1b[31m.xml", b"<a/>"),
        "unicode-name-differs": Entry(
            "w.xml", b"<a/>", extra=struct.pack("<HHBL", 0x7075, 10, 1, 0) + b"v.xml"
        ),
        "hidden-member": Entry("w.xml", b"<a/>", behind=zip_of([Entry("x", b"<b/>")])[:40]),
        "bomb": Entry("word/extra.xml", b"<a>" + b" " * (8 * MEGABYTE) + b"</a>"),
        "bomb-in-media": Entry("word/media/a.png", bytes(8 * MEGABYTE)),
        "says-4-gb": Entry(
            "w.xml", b"<a/>", local={"size": 2**32 - 9}, central={"size": 2**32 - 9}
        ),
    }
    for ending, good in (("docx", plain_docx()), ("odt", odt(paragraph(TEXT)))):
        members = entries(good)
        main = next(e for e in members if e.name in ("word/document.xml", "content.xml"))
        for name, entry in odd.items():
            yield Made("zip", f"{name}.{ending}", zip_of([*members, entry]), REFUSED)
        for name, twin in (
            ("same-name", main.name),
            ("other-case", main.name.upper()),
            ("dot-slash", "./" + main.name),
        ):
            more = [*members, Entry(twin, main.data.replace(b"Mission", b"CANARY-twin"))]
            yield Made("zip", f"{name}.{ending}", zip_of(more), REFUSED)
        yield Made("zip", f"before.{ending}", zip_of(members, before=b"PK\x03\x04xx"), REFUSED)
        yield Made("zip", f"two.{ending}", good + zip_of(members), REFUSED)
        yield Made("zip", f"in-comment.{ending}", zip_of(members, comment=good), REFUSED)
        yield Made("zip", f"cut.{ending}", good[: len(good) * 2 // 3], REFUSED)
        yield Made("zip", f"cut-end.{ending}", good[:-3], REFUSED)
        many = [*members, *(Entry(f"word/{n}.xml", b"<a/>", method=0) for n in range(1200))]
        yield Made("zip", f"many.{ending}", zip_of(many), REFUSED, "more than 1000 parts")


def _entities() -> Iterator[Made]:
    tricks = {
        "file": '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        "parameter": f'<!DOCTYPE a [<!ENTITY % b SYSTEM "{URL}">%b;]>',
        "laughs": '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>',
        "subset": f'<!DOCTYPE a SYSTEM "{URL}" [<!ATTLIST a b CDATA "c">]>',
    }
    places = {
        "document": "word/document.xml",
        "types": "[Content_Types].xml",
        "relations": "_rels/.rels",
        "unread": "customXml/item1.xml",
    }
    for number, (trick, doctype) in enumerate(tricks.items()):
        for place, member in places.items():
            encoding = ("utf-8", "utf-16", "utf-16-be", "utf-8-sig")[number]
            members = {each.name: each for each in entries(plain_docx())}
            root = members.get(member, Entry(member, b"<a/>")).data.decode()
            text = f'<?xml version="1.0"?>{doctype}{root}'
            members[member] = Entry(member, text.encode(encoding))
            data = zip_of(list(members.values()))
            yield Made("entities", f"{trick}-{place}.docx", data, REFUSED, "DOCTYPE")
        evil = odt(paragraph(TEXT), prologue=doctype)
        yield Made("entities", f"{trick}.odt", evil, REFUSED, "DOCTYPE")
        page = f"<?xml version='1.0'?>{doctype}<akomaNtoso>{TEXT}</akomaNtoso>"
        yield Made("entities", f"{trick}.xml", page.encode(), REFUSED)
        html = f"{doctype}<html><p>{TEXT} &b;</p></html>"
        yield Made("entities", f"{trick}.html", html.encode(), ANY)


def _xml() -> Iterator[Made]:
    for levels, allowed in ((130, SAID), (300, REFUSED), (100_000, REFUSED)):
        deep = "<w:sdt><w:sdtContent>" * (levels // 2) + par(run("x"))
        deep += "</w:sdtContent></w:sdt>" * (levels // 2)
        yield Made("xml", f"deep-{levels}.docx", plain_docx(deep), allowed)
        spans = "<text:span>" * levels + "x" + "</text:span>" * levels
        yield Made("xml", f"deep-{levels}.odt", odt(paragraph(spans)), allowed)
    tables = "<w:tbl><w:tr><w:tc>" * 90 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 90
    yield Made("xml", "deep-tables.docx", plain_docx(tables), REFUSED)
    yield Made("xml", "open.docx", plain_docx("<w:p>"), REFUSED)
    yield Made("xml", "bad-bytes.docx", _with_document(b"<w:document>\xff\xfe\xfa"), REFUSED)
    include = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{URL}"/>'
    yield Made("xml", "include.docx", plain_docx(include), ANY)
    styled = f'<?xml version="1.0"?><?xml-stylesheet href="{URL}"?>'
    yield Made("xml", "stylesheet.odt", odt(paragraph(TEXT), prologue=styled), ANY)


def _with_document(data: bytes) -> bytes:
    members = [e for e in entries(plain_docx()) if e.name != "word/document.xml"]
    return zip_of([*members, Entry("word/document.xml", data)])


def _docx() -> Iterator[Made]:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    tricks = {
        "vanish": (par(run("CANARY-vanish", "<w:vanish/>")), "hidden"),
        "web-hidden": (par(run("CANARY-web", "<w:webHidden/><w:vanish/>")), "hidden"),
        "white": (par(run("CANARY-white", '<w:color w:val="FFFFFF"/>')), "hidden"),
        "deleted": (par(f"<w:del>{_deleted('CANARY-deleted')}</w:del>"), "change"),
        "moved": (par(f"<w:moveFrom>{run('CANARY-moved')}</w:moveFrom>"), "change"),
        "dde": (par(field(f'DDEAUTO c:\\\\windows\\\\x "{URL}"', "x")), "elsewhere|outside"),
        "include-text": (par(field('INCLUDETEXT "/etc/passwd"', "x")), "elsewhere|outside"),
        "include-picture": (par(field(f'INCLUDEPICTURE "{URL}"', "x")), "elsewhere|outside"),
        "lower-case-dde": (par(field('dde excel "a" "b"', "x")), "elsewhere|outside"),
    }
    for name, (body, says) in tricks.items():
        yield Made("docx", f"{name}.docx", plain_docx(body), SAID, says)
    template = external("t", "attachedTemplate", URL)
    settings = {"word/settings.xml": f"<w:settings {_W}/>"}
    relations = {"word/_rels/settings.xml.rels": f'<Relationships xmlns="{_RELS}">{template}'
                 "</Relationships>"}  # fmt: skip
    whole = docx_files.docx(
        par(run(TEXT)),
        relations=f'<Relationship Id="s" Type="{kind}settings" Target="settings.xml"/>',
        files={**settings, **relations},
    )
    yield Made("docx", "template-elsewhere.docx", whole, SAID, "elsewhere|outside")
    for program in ("word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/vbaData.xml"):
        data = docx_files.docx(par(run(TEXT)), files={program: b"<a/>"})
        yield Made("docx", f"macro-{program[5:9]}-{len(program)}.docx", data, REFUSED, "macro")
    macro = [
        Entry(e.name, e.data.replace(b"application/xml", b"application/vnd.ms-word.document."
                                     b"macroEnabled.main+xml"))
        for e in entries(plain_docx())
    ]  # fmt: skip
    yield Made("docx", "macro-type.docx", zip_of(macro), REFUSED, "macro")


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _deleted(text: str) -> str:
    return f"<w:r><w:delText>{text}</w:delText></w:r>"


def _odt() -> Iterator[Made]:
    deleted = (
        '<text:tracked-changes><text:changed-region text:id="a"><text:deletion>'
        f"{paragraph('CANARY-deleted')}</text:deletion></text:changed-region>"
        '</text:tracked-changes><text:p>Text<text:change text:change-id="a"/></text:p>'
    )
    comment = paragraph(
        "<office:annotation><dc:creator>CANARY-name</dc:creator><text:p>CANARY-comment</text:p>"
        "</office:annotation>Text"
    )
    hidden = f'<text:section text:display="none">{paragraph("CANARY-section")}</text:section>'
    picture = paragraph(f'<draw:frame><draw:image xlink:href="{URL}"/></draw:frame>')
    for name, body, says in (
        ("deleted", deleted, "change"),
        ("comment", comment, "comment"),
        ("hidden", hidden, "hidden"),
        ("picture-elsewhere", picture, "elsewhere|outside"),
    ):
        yield Made("odt", f"{name}.odt", odt(paragraph(TEXT) + body), SAID, says)
    macro = {"Basic/Standard/Module1__xml": b"<a>Shell</a>"}
    yield Made("odt", "macro.odt", odt(paragraph(TEXT), **macro), SAID)
    locked = {"META-INF/manifest__xml": b"<a><b:encryption-data/></a>"}
    yield Made("odt", "locked.odt", odt(paragraph(TEXT), **locked), REFUSED, "password")


def _html() -> Iterator[Made]:
    tricks = [
        "<script>document.write('CANARY-script')</script>",
        "<SCRIPT SRC=//127.0.0.1:47999/CANARY-a.js></SCRIPT>",
        "<img src=x onerror=alert('CANARY-b')>",
        "<svg><script>CANARY-c</script></svg>",
        "<svg/onload=alert('CANARY-d')>",
        "<iframe srcdoc='<p>CANARY-e</p>'></iframe>",
        f"<object data='{URL}'></object>",
        f"<embed src='{URL}'>",
        f"<link rel=stylesheet href='{URL}'>",
        f"<meta http-equiv=refresh content='0;url={URL}'>",
        f"<style>@import '{URL}'; p {{ content: 'CANARY-f' }}</style>",
        "<a href='javascript:CANARY_g()'>x</a>",
        "<a href='java&#x09;script:CANARY_h()'>x</a>",
        "<a href='data:text/html,<script>CANARY-i</script>'>x</a>",
        "<form action='/'><input value='CANARY-j'><button formaction='javascript:1'>x</form>",
        "<math><mtext><script>CANARY-k</script></mtext></math>",
        "<p style='display:none'>CANARY-l</p>",
        "<p hidden>CANARY-m</p>",
        "<p style='visibility: hidden'>CANARY-n</p>",
        f"<img src='{URL}'>",
        f"<video src='{URL}'></video>",
        f"<body background='{URL}'>",
    ]
    for number, trick in enumerate(tricks):
        page = f"<!DOCTYPE html><html><body><p>{TEXT}</p>{trick}</body></html>"
        yield Made("html", f"page-{number}.html", page.encode(), ANY)
    for tag in ("b", "table><tr><td", "ul><li", "font"):
        page = f"<html><body><p>{TEXT}</p>" + f"<{tag}>" * 50_000
        yield Made("html", f"deep-{tag[:2].strip('>')}.html", page.encode(), SAID)
    yield Made("html", "nul.html", f"<html><p>{TEXT}\0</p>".encode(), SAID)
    yield Made("html", "attributes.html", f"<html><p {'a=b ' * 100_000}>{TEXT}".encode(), ANY)


def _md() -> Iterator[Made]:
    for number, trick in enumerate(
        [
            "<script>CANARY-a</script>",
            "[x](javascript:alert)",
            "![x](http://127.0.0.1:47999/c.png)",
            "<!-- CANARY-d -->",
            "<iframe src='http://127.0.0.1:47999/'>CANARY-e</iframe>",
            "[x]: data:text/html,x",
            "<style>p{content:'CANARY-g'}</style>",
        ]
    ):
        yield Made("md", f"note-{number}.md", f"# Note\n\n{TEXT}\n\n{trick}\n".encode(), ANY)
    yield Made("md", "deep.md", (f"{TEXT}\n\n" + "> " * 30_000 + "x\n").encode(), SAID)
    for sign in ("[", "*a **b ", "`", "![[", "<a ", "&amp"):
        yield Made("md", f"run-{ord(sign[0])}.md", f"{TEXT}\n\n{sign * 30_000}".encode(), ANY)


def _mail() -> Iterator[Made]:
    text = f"Content-Type: text/plain\r\n\r\n{TEXT}"
    program = attachment("note.exe", b"MZ" + bytes(99))
    yield Made("mail", "program.eml", multipart(text, program), ANY)
    yield Made("mail", "many.eml", multipart(*[text] * 60), SAID, "parts")
    deep = text
    for level in range(30):
        deep = (f'Content-Type: multipart/mixed; boundary="n{level}"\r\n\r\n--n{level}\r\n'
                f"{deep}\r\n--n{level}--\r\n")  # fmt: skip
    yield Made("mail", "deep.eml", multipart(deep), SAID)
    for name in ("../../ESCAPED-mail.txt", "/var/ESCAPED-mail.txt", "..\\ESCAPED-mail.docx"):
        part = attachment(name, b"x")
        yield Made("mail", f"path-{len(name)}.eml", multipart(text, part), ANY)
    twice = mail(TEXT, "From: Other <other@example.org>")
    yield Made("mail", "two-senders.eml", twice, SAID)
    yield Made("mail", "two-subjects.eml", mail(TEXT, "Subject: Another"), SAID)
    html = f"<html><script>CANARY-mail</script><p>{TEXT}</p><img src='{URL}'></html>"
    yield Made("mail", "page.eml", mail(html, "Content-Type: text/html"), SAID)
    macro = docx_files.docx(par(run(TEXT)), files={"word/vbaProject.bin": b"x"})
    yield Made("mail", "macro.eml", multipart(text, attachment("a.docx", macro)), SAID)
    evil = odt(paragraph(TEXT), prologue='<!DOCTYPE a [<!ENTITY b "c">]>')
    yield Made("mail", "entities.eml", multipart(text, attachment("a.odt", evil)), SAID)
    yield Made("mail", "charset.eml", mail(TEXT, "Content-Type: text/plain; charset=no"), ANY)
    encoded = "Subject: =?utf-8?Q?a=0D=0ABcc:_x@example.org?="
    yield Made("mail", "injection.eml", mail(TEXT, encoded), SAID)


def _texts() -> Iterator[Made]:
    for name, text, allowed in (
        ("override", f"{TEXT} \u202egnidaelsim\u202c", SAID),
        ("override-left", f"{TEXT} \u202dabc\u202c", SAID),
        ("zero-width", f"{TEXT} A/\u200b60/1", SAID),
        ("joined", f"{TEXT} A/60\u2060/1", SAID),
        ("tags", f"{TEXT}\U000e0043\U000e0041\U000e004e", SAID),
        ("isolates", f"{TEXT} ad\u2066min\u2069istrator", SAID),
        ("invisible-sign", f"{TEXT} 2\u20623", SAID),
        ("escape", f"{TEXT} \x1b[31m", SAID),
        ("bell", f"{TEXT}\a", SAID),
        ("nul", f"{TEXT}\0", SAID),
        ("long-line", f"{TEXT} " * 20_000, ANY),
        ("brackets", TEXT + "(" * 200_000, ANY),
        ("footnotes", f"{TEXT}*\n" + "*\n\n" * 20_000, ANY),
    ):
        yield Made("text", f"{name}.txt", text.encode(), allowed)
        yield Made("text", f"{name}.docx", plain_docx(_paragraph_of(text)), allowed | SAID)
    yield Made("text", "latin.txt", "Café à Genève, à côté.".encode("latin-1"), SAID)
    yield Made("text", "utf-32.txt", TEXT.encode("utf-32"), SAID)


def _paragraph_of(text: str) -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415

    return par(run(escape(text)))


def _disguises() -> Iterator[Made]:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    sheet = zip_of([Entry("[Content_Types].xml", b"<Types/>"), Entry("xl/a.xml", b"<a/>")])
    page = f"<!DOCTYPE html><html><p>{TEXT}</p></html>".encode()
    pdf = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    huge = docx_files.docx(
        _picture(), relations=_PICTURE, files={"word/a.png": png(9000, 9000)}
    )
    yield Made("picture", "huge.docx", huge, SAID, "points")
    for name, data, says in (
        ("a.doc", ole + "WordDocument".encode("utf-16-le"), "DOC"),
        ("a.msg", ole + "__substg1.0_001A001E".encode("utf-16-le"), "MSG"),
        ("locked.docx", ole + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.rtf", b"{\\rtf1 Note}", "RTF"),
        ("rtf.docx", b"{\\rtf1 Note}", "RTF"),
        ("a.xlsx", sheet, "XLSX"),
        ("sheet.docx", sheet, "XLSX"),
        ("zip.docx", zip_of([Entry("a.txt", b"x")]), "ZIP"),
        ("a.zip", zip_of([Entry("a.docx", plain_docx(), method=0)]), "ZIP"),
        ("docx.odt", plain_docx(), "DOCX"),
        ("odt.docx", odt(paragraph(TEXT)), "ODT"),
        ("docx.pdf", plain_docx(), "DOCX"),
        ("page.docx", page, "HTML"),
        ("page.odt", page, "HTML"),
        ("page.pdf", page, "HTML"),
        ("program.docx", b"MZ" + bytes(300), "EXE"),
        ("program.txt", b"\x7fELF" + bytes(300), "ELF"),
        ("script.txt", b"#!/bin/sh\ntouch ESCAPED-script\n", "script"),
        ("a.gz", b"\x1f\x8b\x08" + bytes(30), "GZIP"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30), "7-Zip"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "SVG"),
        ("svg.html", b"<?xml version='1.0'?>\n<svg onload='x'/>", "SVG"),
        ("pdf-after.pdf", page + pdf, "two"),
        ("zip-after.pdf", zip_of(entries(plain_docx()), before=pdf), "two"),
        ("zip-after.html", zip_of(entries(plain_docx()), before=page), "two"),
        ("empty.txt", b"", "empty"),
        ("blank.docx", b" \n", "empty"),
        ("mark.html", b"\xff\xfe", "empty"),
    ):
        yield Made("disguise", name, data, REFUSED, says)


_PICTURE = (
    '<Relationship Id="p" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/image" Target="a.png"/>'
)


def _pdfs() -> Iterator[Made]:
    for name, data, says in hostile_pdfs.hostile():
        allowed = REFUSED if says == hostile_pdfs.REFUSED else SAID
        yield Made("pdf", f"{name}.pdf", data, allowed, "" if allowed is REFUSED else says)


def _picture() -> str:
    return par(
        run(TEXT) + '<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/'
        'drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships" r:embed="p"/></w:drawing></w:r>'
    )


def honest() -> Iterator[Made]:
    """Files that must be taken as they are, of every kind."""
    arabic = "تهدي البعثة الدائمة أطيب تحياتها إلى الأمانة \u200f(A/60/1)\u200e."
    chinese = "常驻代表团谨向秘书处致意。"
    russian = "Постоянное представительство свидетельствует свое уважение Секретариату."
    for number, text in enumerate((TEXT, arabic, chinese, russian)):
        yield Made("honest", f"{number}.txt", f"{text}\n\n{text}\n".encode(), TAKEN)
        yield Made("honest", f"{number}.md", f"# Note\n\n{text}\n\n1. {text}\n".encode(), TAKEN)
        page = f"<!DOCTYPE html><html><meta charset=utf-8><h1>Note</h1><p>{text}</p></html>"
        yield Made("honest", f"{number}.html", page.encode(), TAKEN)
        body = par(run(text)) + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        yield Made("honest", f"{number}.docx", docx_files.docx(body), TAKEN)
        yield Made("honest", f"{number}.odt", odt(paragraph(text) * 3), TAKEN)
        body = f"{text}\r\n"
        message = mail(body, "Content-Type: text/plain; charset=utf-8")
        yield Made("honest", f"{number}.eml", message, TAKEN)
    wide = _wide_docx()
    yield Made("honest", "utf-16-parts.docx", wide, TAKEN)
    yield Made("honest", "comment.docx", zip_of(entries(wide), comment=b"c" * 999), TAKEN)
    yield Made("honest", "utf-16.txt", TEXT.encode("utf-16"), TAKEN)
    formula = {
        "Object 1/content__xml": b'<!DOCTYPE math:math PUBLIC "-//OpenOffice.org//DTD" "m.dtd">'
        b'<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"/>'
    }
    yield Made("honest", "formula.odt", odt(paragraph(TEXT), **formula), TAKEN)
    small = docx_files.docx(_picture(), relations=_PICTURE, files={"word/a.png": png(90, 90)})
    yield Made("honest", "picture.docx", small, TAKEN)
    stored = zip_of([Entry(e.name, e.data, method=0) for e in entries(plain_docx())])
    yield Made("honest", "stored.docx", stored, TAKEN)
    for name, data in hostile_pdfs.honest():
        yield Made("honest", f"{name}.pdf", data, TAKEN)


def _wide_docx() -> bytes:
    members = []
    for each in entries(plain_docx()):
        text = '<?xml version="1.0" encoding="UTF-16"?>' + each.data.decode()
        members.append(Entry(each.name, text.encode("utf-16")))
    return zip_of(members)
