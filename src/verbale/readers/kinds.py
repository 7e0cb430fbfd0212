"""What a file is by its bytes, before any reader is asked: kinds not taken, and disguises.

Only first bytes, last bytes and marks are looked at; nothing is unpacked or decoded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from verbale.errors import UnreadableFileError
from verbale.readers._zip import LOCAL, ends_as_zip, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = 4096
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024  # ISO 32000-1, annex H, 3.4.1: readers look so far for it
_SEND: Final = (
    "Send the text as DOCX, ODT, PDF, HTML, Markdown or plain text, or one mail message (.eml)."
)
_RENAME: Final = (
    "Save it as what its name says, or give it the right ending, and send it again."
)
_ONE: Final = (
    "Open it in the program that made it, look at the text, save it anew and send that."
)
_UNLOCK: Final = "Save it without a password and send that."


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of file: its name, the endings it goes by, whether it is taken."""

    name: str
    endings: frozenset[str]
    taken: bool = False


def _kind(name: str, endings: str = "", *, taken: bool = False) -> _Kind:
    return _Kind(name, frozenset(endings.split()), taken)


_PDF_KIND: Final = _kind("PDF", ".pdf", taken=True)
_DOCX_KIND: Final = _kind("DOCX", ".docx .docm .dotx .dotm", taken=True)
_ODT_KIND: Final = _kind("ODT", ".odt .ott", taken=True)
_HTML_KIND: Final = _kind("HTML", ".html .htm .xhtml .txt .text .md .markdown", taken=True)
#: Endings that promise one exact format; what comes under another is a disguise.
_PROMISES: Final = {
    **dict.fromkeys(_PDF_KIND.endings, "PDF"),
    **dict.fromkeys(_DOCX_KIND.endings, "DOCX"),
    **dict.fromkeys(_ODT_KIND.endings, "ODT"),
}
_TEXTS: Final = {
    ".txt": "TXT", ".text": "TXT", ".md": "Markdown", ".markdown": "Markdown", ".html": "HTML",
    ".htm": "HTML", ".xhtml": "HTML", ".eml": "EML", ".json": "JSON", ".xml": "XML",
    ".akn": "XML",
}  # fmt: skip

_STARTS: Final = (
    (b"MZ", _kind("EXE")), (b"\x7fELF", _kind("ELF")), (b"\xcf\xfa\xed\xfe", _kind("Mach-O")),
    (b"\xca\xfe\xba\xbe", _kind("Java class")), (b"#!", _kind("script")),
    (b"{\\rtf", _kind("RTF", ".rtf")), (b"\x1f\x8b", _kind("GZIP")), (b"BZh", _kind("BZIP2")),
    (b"7z\xbc\xaf\x27\x1c", _kind("7-Zip")), (b"Rar!\x1a\x07", _kind("RAR")),
    (b"\xfd7zXZ\0", _kind("XZ")), (b"\x28\xb5\x2f\xfd", _kind("Zstandard")),
    (b"MSCF", _kind("CAB")), (b"\x89PNG\r\n\x1a\n", _kind("PNG")), (b"GIF8", _kind("GIF")),
    (b"\xff\xd8\xff", _kind("JPEG")), (b"II*\0", _kind("TIFF")), (b"MM\0*", _kind("TIFF")),
    (b"%!PS", _kind("PostScript")), (b"\x4c\0\0\0\x01\x14\x02\0", _kind("Windows shortcut")),
    (b"\xffWPC", _kind("WordPerfect")), (b"SQLite format 3\0", _kind("SQLite")),
    (b"OggS", _kind("Ogg")), (b"ID3", _kind("MP3")),
)  # fmt: skip
_MBOX: Final = re.compile(rb"^From \S+ +\w{3} \w{3} +\d+ \d\d:\d\d", re.MULTILINE)
_HEADER: Final = re.compile(rb"^(?:date|subject|message-id):", re.MULTILINE | re.IGNORECASE)
_SVG: Final = re.compile(
    rb"\s*(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE svg[^>]*>|\s)*<(?:\w+:)?svg[\s>]", re.DOTALL
)
_HTML: Final = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
#: By the names of members, then by what an OpenDocument says of itself in its first member.
_BY_NAME: Final = (
    ("word/", "DOCX"), ("xl/", "XLSX"), ("ppt/", "PPTX"), ("META-INF/MANIFEST.MF", "JAR"),
)  # fmt: skip
_OPEN: Final = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z-]+)")
_OPEN_KINDS: Final = {
    b"spreadsheet": "ODS", b"presentation": "ODP", b"graphics": "ODG", b"text-template": "OTT",
}  # fmt: skip
_CENTRAL_NAME: Final = re.compile(rb"PK\x01\x02.{24}(..).{16}", re.DOTALL)
_OLD_OFFICE: Final = (
    ("__substg1.0_", "MSG"), ("WordDocument", "DOC"), ("Workbook", "XLS"), ("Book", "XLS"),
    ("PowerPoint Document", "PPT"), ("VisioDocument", "VSD"),
)  # fmt: skip
_ENCRYPTED: Final = ("EncryptedPackage", "EncryptionInfo", "StrongEncryptionDataSpace")


def examine(data: bytes, *, name: str) -> None:
    """Raise `UnreadableFileError` for a kind that is never taken, or that its name denies."""
    ending = "." + name.lower().rpartition(".")[2] if "." in name else ""
    _refuse_two_formats(data, name)
    if data.startswith(_OLE):
        raise _old_office(data, name)
    kind = _kind_of(data)
    promised = _PROMISES.get(ending) or _TEXTS.get(ending, "")
    if kind is None:
        return
    if not kind.taken and not promised:
        raise _refused(name, kind.name)
    if promised and ending not in kind.endings:
        values = {"file": name, "said": promised, "kind": kind.name}
        reason = f"named as {promised}, but it is {kind.name}"
        raise UnreadableFileError(
            name, reason, remedy=_RENAME, code="file-kind-differs", values=values
        )


def _kind_of(data: bytes) -> _Kind | None:
    """The kind, ``None`` for text and for what no mark tells."""
    for start, kind in _STARTS:
        if data.startswith(start):
            return kind
    if data.startswith((LOCAL, b"PK\x05\x06")):
        return _zipped(data)
    if _PDF in data[:_PDF_WITHIN]:
        return _PDF_KIND
    head = data[:_HEAD]
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")
    if _MBOX.match(head):
        # Some programs put the line that parts the messages of a mailbox before a single one.
        several = _MBOX.search(data, head.find(b"\n") + 1) is not None
        return _kind("MBOX") if several or not _HEADER.search(head) else None
    if _SVG.match(plain):
        return _kind("SVG")
    if _HTML.match(plain):
        return _HTML_KIND
    if head[257:262] == b"ustar":
        return _kind("TAR")
    return None


def _zipped(data: bytes) -> _Kind:
    names = list(_names(data))
    open_document = _OPEN.search(data, 0, _HEAD)
    if open_document is not None and open_document[1] in _OPEN_KINDS:
        return _kind(_OPEN_KINDS[open_document[1]])
    if b"epub+zip" in data[:_HEAD]:
        return _kind("EPUB")
    if "content.xml" in names or open_document is not None:
        return _ODT_KIND
    for start, called in _BY_NAME:
        if any(name.startswith(start) for name in names):
            return _DOCX_KIND if called == "DOCX" else _kind(called)
    if "[Content_Types].xml" in names:
        return _DOCX_KIND
    # A table too damaged to tell: the reader that the name asks for says what is wrong with it.
    return _kind("ZIP") if ends_as_zip(data) else _kind("ZIP", ".docx .docm .odt")


def _names(data: bytes) -> Iterator[str]:
    """The names in the table of a zip file, as far as there is one."""
    # Without a table the entries that are left of it tell as much as there is to know.
    table = table_of(data) or data
    for entry in _CENTRAL_NAME.finditer(table):
        length = int.from_bytes(entry[1], "little")
        yield table[entry.end() : entry.end() + length].decode("utf-8", "replace")


def _refuse_two_formats(data: bytes, name: str) -> None:
    """Raise where the file is of one format from its beginning, of another from its end."""
    zip_first = data.startswith(LOCAL)
    pdf_at = data.find(_PDF, 0, _PDF_WITHIN)
    two = (
        (zip_first and pdf_at > 0)
        or (not zip_first and not data.startswith(b"MZ") and ends_as_zip(data))
        or (pdf_at > 0 and b"<" in data[:pdf_at])
    )
    if two:
        raise UnreadableFileError(
            name,
            "it is of two formats at once",
            remedy=_ONE,
            code="file-two-readings",
            values={"file": name},
        )


def _old_office(data: bytes, name: str) -> UnreadableFileError:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if any(map(has, _ENCRYPTED)):
        return UnreadableFileError(
            name,
            "locked with a password",
            remedy=_UNLOCK,
            code="file-password",
            values={"file": name},
        )
    called = next((kind for stream, kind in _OLD_OFFICE if has(stream)), "OLE")
    return _refused(name, called)


def _refused(name: str, kind: str) -> UnreadableFileError:
    values = {"file": name, "kind": kind}
    reason = f"a kind of file that is not taken: {kind}"
    return UnreadableFileError(
        name, reason, remedy=_SEND, code="file-kind-refused", values=values
    )
