"""PDF: the text that is seen on its pages, in the order in which it is read.

First the bytes are looked at, then what the file carries beside its pages, then the pages:
their letters by pdfium, all from letters to paragraphs by their places on the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from verbale.errors import MissingPartError, UnreadableFileError
from verbale.languages.identify import identify
from verbale.model.document import Document, Part, PartKind
from verbale.model.walk import block_text
from verbale.readers._pdf_bytes import AGAIN, outline
from verbale.readers.base import Reader, Reading

if TYPE_CHECKING:
    from verbale.model.document import Block
    from verbale.model.language import Language
    from verbale.readers._pdf_glyphs import Page
    from verbale.readers._pdf_objects import Contents

_HEADER = re.compile(rb"%PDF-\d")
_DIRECTION = re.compile(rb"/Direction\s*/R2L")
_SNIFFED: Final = 1024
_SAMPLE: Final = 20_000


def read_pdf(data: bytes, *, name: str) -> Reading:
    """Read a PDF as one part of kind body. Nothing in it is run, opened or fetched.

    Hidden letters, comments, forms and attached files are told in findings and kept out of the
    tree; so are the lines that run along the edges of pages, which become properties. Raises
    `UnreadableFileError` when it is no PDF, locked, damaged beyond reading, or over a limit.
    """
    from verbale.readers._pdf_objects import contents  # noqa: PLC0415 - heavy, for PDFs alone
    from verbale.readers._pdf_say import Sayings  # noqa: PLC0415
    from verbale.readers._pdf_text import read_text  # noqa: PLC0415

    around = outline(data, name=name)
    carried = contents(data, around.packed, name=name)
    pages = _pages(data, carried, name)
    say = Sayings(name)
    say.file(data, around, carried)
    say.pages(pages)
    read = read_text(pages, name=name)
    say.text(read)
    blocks = read.blocks
    body = Part(PartKind.BODY, blocks, language=_language(blocks), footnotes=read.footnotes)
    properties = (*read.running.properties(), *carried.properties)
    return Reading(Document((body,), properties=properties), say.findings())


def _pages(data: bytes, carried: Contents, name: str) -> list[Page]:
    """The letters of every page, those that are not seen put aside."""
    try:
        import pypdfium2  # noqa: PLC0415 - heavy
    except ImportError as bad:
        raise MissingPartError(
            "PDF files are read with pypdfium2, which is not installed",
            remedy="Install it: pip install pypdfium2.",
        ) from bad
    from verbale.readers._pdf_glyphs import Letters  # noqa: PLC0415 - pdfium

    data = _without_direction(data) if carried.claims_rtl else data
    pages = []
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as bad:
        raise UnreadableFileError(name, "a damaged PDF", remedy=AGAIN) from bad
    try:
        for number in range(min(len(document), carried.pages)):
            try:
                page = document[number]
            except pypdfium2.PdfiumError:
                carried.damaged = True
                continue
            try:
                pages.append(Letters(page, number + 1, carried.hidden_layers).read())
            except pypdfium2.PdfiumError:
                carried.damaged = True
            finally:
                page.close()
    finally:
        document.close()
    return pages


def _without_direction(data: bytes) -> bytes:
    """The file without its word that it is read from right to left.

    At that word pdfium turns the words of every line round, Latin lines too.
    """
    return _DIRECTION.sub(lambda found: found[0].replace(b"R2L", b"L2R"), data)


def _language(blocks: tuple[Block, ...]) -> Language:
    text = ""
    for block in blocks:
        text += block_text(block) + "\n"
        if len(text) > _SAMPLE:
            break
    return identify(text)


def _looks_like_pdf(head: bytes) -> bool:
    return _HEADER.search(head, 0, _SNIFFED) is not None


READER = Reader(
    format="pdf", suffixes=(".pdf",), read=read_pdf, sniff=_looks_like_pdf, first=True
)
