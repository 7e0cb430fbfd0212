"""What a test may ask of a PDF: its text, its tags, its faces, what a validator says of it."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import page
import pypdfium2
import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Signs that set a direction or hold letters together; they are not seen.
INVISIBLE = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A)]
)


@dataclass(frozen=True, slots=True)
class Tag:
    """An element of the structure tree; ``path`` are the types above it, outermost first."""

    type: str
    language: str
    alt: str
    path: tuple[str, ...]


def failures(pdf: bytes, profile: str) -> list[str]:
    """What the validator finds: ``pdfua1`` or ``pdfa2a``."""
    report = page.validate_pdf_bytes(pdf, profile=profile)
    return [f"{each.rule_id}: {each.message}" for each in report.failures]


def page_texts(pdf: bytes, *, as_marked: bool = False) -> list[str]:
    """The text of each page as pdfium gives it.

    pdfium turns the words of every line round in a file that says it is read from right to
    left, Latin lines too; so the preference is set aside unless *as_marked*.
    """
    data = pdf if as_marked else pdf.replace(b"/Direction/R2L", b"/Direction/L2R")
    document = pypdfium2.PdfDocument(data)
    return [each.get_textpage().get_text_range() for each in document]


def squeezed(text: str) -> str:
    """*text* without white space and invisible signs."""
    return re.sub(r"\s+", "", text.translate(INVISIBLE))


def tags(pdf: bytes) -> list[Tag]:
    """Every element of the structure trees of all pages."""
    document = pypdfium2.PdfDocument(pdf)
    found: list[Tag] = []
    for each in document:
        tree = pdfium.FPDF_StructTree_GetForPage(each.raw)
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            child = pdfium.FPDF_StructTree_GetChildAtIndex(tree, at)
            found += _below(child, ())
        pdfium.FPDF_StructTree_Close(tree)
    return found


def _below(element: Any, path: tuple[str, ...]) -> Iterator[Tag]:  # noqa: ANN401 - a C handle
    if not element:
        return
    kind = _string(pdfium.FPDF_StructElement_GetType, element)
    language = _string(pdfium.FPDF_StructElement_GetLang, element)
    yield Tag(kind, language, _string(pdfium.FPDF_StructElement_GetAltText, element), path)
    for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
        yield from _below(pdfium.FPDF_StructElement_GetChildAtIndex(element, at), (*path, kind))


def _string(get: Any, element: Any) -> str:  # noqa: ANN401 - C functions and handles
    size = get(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    get(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
