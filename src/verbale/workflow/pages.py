"""The text of a PDF as a reader of it copies it, page by page."""

from __future__ import annotations

from verbale.errors import UnreadableFileError


def page_texts(data: bytes) -> list[str]:
    """The text of each page. Raises `UnreadableFileError` if *data* is no PDF."""
    import pypdfium2  # noqa: PLC0415 - 20 ms

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            return [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as bad:
        raise UnreadableFileError("the PDF", str(bad)) from bad
