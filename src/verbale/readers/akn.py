"""Akoma Ntoso 3.0 (OASIS LegalDocML): ours back to an equal tree, others with tolerance."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from verbale.errors import UnreadableFileError
from verbale.model.akoma_ntoso import NAMESPACE
from verbale.model.finding import Finding, Place, Severity
from verbale.readers._akn_repair import mend
from verbale.readers.base import Reader, Reading

if TYPE_CHECKING:
    from lxml.etree import XMLSyntaxError, _Element

_ROOT = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?akomaNtoso[\s>/]", re.IGNORECASE)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_PROLOGUE = 65536
_REMEDY = "Give a file in Akoma Ntoso 3.0 (OASIS LegalDocML), or name the right format."
_CONVERT = "Convert it to Akoma Ntoso 3.0, the OASIS Standard of 2018, and send it again."
_TOO_DEEP = "Take out the levels that hold nothing but another level, and send it again."
_NO_DOCTYPE = "Save it without the line that begins with <!DOCTYPE and send it again."


def read_akn(data: bytes, *, name: str) -> Reading:
    """Read a file. Nothing is fetched, no entity is expanded, a DOCTYPE is refused.

    What is not understood is told in findings and its text kept; a file whose tags do not
    match is mended. The metadata is no text: names, dates and keywords become properties.
    """
    from verbale.readers._akn_tree import read_tree  # noqa: PLC0415 - lxml

    if data.startswith(_WIDE):
        data = _narrow(data, name=name)
    findings: tuple[Finding, ...] = ()
    if _DOCTYPE.search(data):
        _refuse_doctype(data, name=name)
    try:
        root = _parse(data)
    except ValueError as bad:
        mended = mend(data)
        if mended is None:
            raise _unreadable(name, bad) from bad
        try:
            root = _parse(mended.data)
        except ValueError:
            raise _unreadable(name, bad) from bad
        values = {"element": mended.tag}
        place = Place(name, line=mended.line)
        findings = (Finding("markup-mended", Severity.WARNS, place, values),)
    _check(root, name=name)
    try:
        document, more = read_tree(root, name=name)
    except RecursionError as deep:
        raise UnreadableFileError(
            name, "its elements stand too deep in one another", remedy=_TOO_DEEP
        ) from deep
    return Reading(document, (*findings, *more))


def _narrow(data: bytes, *, name: str) -> bytes:
    """A file in UTF-16 as UTF-8, without the declaration that says otherwise."""
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as bad:
        raise UnreadableFileError(
            name,
            "it begins as UTF-16 and goes on as something else",
            offset=bad.start,
            remedy="Save the file as UTF-8.",
        ) from bad
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")


def _refuse_doctype(data: bytes, *, name: str) -> None:
    """Raise where a DOCTYPE stands before the root; in a comment or in text it is harmless."""
    before = re.sub(rb"<!--.*?-->|<\?.*?\?>", b"", data[:_PROLOGUE], flags=re.DOTALL)
    start = before.lstrip(b"\xef\xbb\xbf \t\r\n")
    if _DOCTYPE.match(start):
        raise UnreadableFileError(
            name, "it has a document type declaration (DOCTYPE)", remedy=_NO_DOCTYPE
        )


def _parse(data: bytes) -> _Element:
    from lxml import etree  # noqa: PLC0415 - heavy

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as bad:
        raise ValueError(_reason(bad)) from bad


def _reason(bad: XMLSyntaxError) -> str:
    line = f" in line {bad.lineno}" if bad.lineno else ""
    return f"no well-formed XML{line}: {bad.msg or 'it is empty'}"


def _unreadable(name: str, bad: ValueError) -> UnreadableFileError:
    return UnreadableFileError(name, str(bad), remedy=_REMEDY)


def _check(root: _Element, *, name: str) -> None:
    """Raise where the file is XML but not this standard."""
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(
            name, "it has a document type declaration (DOCTYPE)", remedy=_NO_DOCTYPE
        )
    namespace, _, element = root.tag.removeprefix("{").rpartition("}")
    if element != "akomaNtoso":
        raise UnreadableFileError(name, f"no Akoma Ntoso: it is <{element}>", remedy=_REMEDY)
    if namespace != NAMESPACE:
        raise UnreadableFileError(
            name,
            f"Akoma Ntoso of another version, in the namespace {namespace or 'of none'!r}",
            remedy=_CONVERT,
        )


def sniff_akn(head: bytes) -> bool:
    """Whether the first bytes have the root element of Akoma Ntoso, of any version."""
    return _ROOT.search(head.replace(b"\0", b"")) is not None


READER = Reader(format="akn", suffixes=(".xml", ".akn"), read=read_akn, sniff=sniff_akn)
