"""HTML: our own pages back to an equal tree, and any other page with tolerance."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from verbale.errors import UnreadableFileError
from verbale.model.finding import Finding, Place, Severity
from verbale.readers.base import Reader, Reading
from verbale.readers.limits import limits
from verbale.text.legal import first_illegal, replace_illegal

if TYPE_CHECKING:
    from lxml.etree import _Element

_OURS = re.compile(rb"<meta name=\"generator\" content=\"verbale[\" ]")
_TAG = re.compile(r"<(?:!doctype|/?[a-zA-Z])", re.IGNORECASE)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_KNOWN = re.compile(
    r"(?:utf|windows|cp|iso|koi8|gb|big5|euc|shift|mac)[-_a-z0-9]*\Z", re.IGNORECASE
)
_HEAD = 4096
_MAY_SNIFF = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_REMEDY = "Give an HTML file, or name the right format."


def read_html(data: bytes, *, name: str) -> Reading:
    """Read a page. Nothing is fetched and nothing is run.

    A page that our writer made gives the tree it was made from. Of another page scripts,
    frames and pictures from elsewhere are left out with a finding, hidden text is told in a
    finding and kept out of the tree, and what is left becomes one part of kind body.
    """
    if _OURS.search(data, 0, _HEAD) and b"<!ENTITY" not in data:
        from verbale.readers._html_own import NotOursError, read_own  # noqa: PLC0415 - lxml

        try:
            return Reading(read_own(_parse_own(data), name=name))
        except (NotOursError, ValueError):
            pass  # somebody's page that borrows our name: read like any other
    from verbale.readers._html_foreign import read_foreign  # noqa: PLC0415 - lxml

    text, findings = _decode(data, name=name)
    if _TAG.search(text) is None:
        raise UnreadableFileError(name, "no HTML: there is no tag in it", remedy=_REMEDY)
    document, more = read_foreign(_parse(text, name=name), name=name)
    if not document.parts[0].blocks:
        raise UnreadableFileError(name, "no text is to be seen in it", remedy=_REMEDY)
    return Reading(document, (*findings, *more))


def _parse_own(data: bytes) -> _Element:
    """The root of a page of ours: exact XML; as HTML if a program has written it anew.

    Raises `ValueError` where it is neither.
    """
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        try:
            return etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
        except etree.XMLSyntaxError as bad:
            raise ValueError(str(bad)) from bad


def _parse(text: str, *, name: str) -> _Element:
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as bad:
        raise UnreadableFileError(name, f"no HTML: {bad.msg}", remedy=_REMEDY) from bad
    if root is None:
        raise UnreadableFileError(name, "no HTML: nothing in it", remedy=_REMEDY)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        # The parser leaves out what stands deeper; a page that lost text is not read at all.
        raise UnreadableFileError(
            name,
            "nested too deep",
            remedy="Send it as DOCX or as text.",
            code="file-nested-too-deep",
            values={"limit": str(limits().xml_depth)},
        )
    return root


def _decode(data: bytes, *, name: str) -> tuple[str, list[Finding]]:
    """The characters of a page: what its bytes are comes before what it says of itself."""
    findings: list[Finding] = []
    text = _by_mark(data)
    if text is None:
        declared = _DECLARED.search(data, 0, _HEAD)
        said = declared[1].decode("ascii") if declared else ""
        try:
            text = data.decode("utf-8")
            used = "utf-8"
        except UnicodeDecodeError:
            text, used = _by_name(data, said)
        if used != _codec(said) and not (text.isascii() or (used == "utf-8" and not said)):
            values = {"declared": said, "used": used}
            findings.append(Finding("charset-guessed", Severity.WARNS, Place(name), values))
    at = first_illegal(text)
    if at is not None and text[at] == "\0":
        reason = f"no HTML: control character U+0000 at character {at}"
        raise UnreadableFileError(name, reason, remedy=_REMEDY)
    return replace_illegal(text), findings


def _by_mark(data: bytes) -> str | None:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    return None


def _by_name(data: bytes, said: str) -> tuple[str, str]:
    """By the name the page gives, else as browsers do: windows-1252."""
    codec = _codec(said)
    if codec and codec != "utf-8":
        try:
            return data.decode(codec), codec
        except UnicodeDecodeError:
            pass
    return data.decode("windows-1252", "replace"), "windows-1252"


def _codec(said: str) -> str:
    """Python's name of an encoding that pages use, empty where there is none of that name."""
    # Browsers read Latin 1 as windows-1252: Latin 1 has control characters in its place.
    if said.lower() in {"iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252"}:
        return "windows-1252"
    return codecs.lookup(said).name if _KNOWN.match(said) and _exists(said) else ""


def _exists(said: str) -> bool:
    try:
        codecs.lookup(said)
    except LookupError:
        return False
    return True


def _looks_like_html(head: bytes) -> bool:
    return _MAY_SNIFF.match(head.removeprefix(codecs.BOM_UTF8)) is not None


READER = Reader(
    format="html", suffixes=(".html", ".htm", ".xhtml"), read=read_html, sniff=_looks_like_html
)
