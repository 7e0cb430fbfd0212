"""The text of a PDF as a reader of it copies it, page by page."""

from __future__ import annotations

from verbale.errors import UnreadableFileError
from verbale.text.legal import replace_illegal
from verbale.workflow.outside import box


def page_texts(data: bytes, *, name: str) -> list[str]:
    """The text of each page, read in the box in force.

    Raises `UnreadableFileError` if *data* is no PDF, `ReadingStoppedError` from a box.
    """
    boxed = box()
    return (
        page_texts_here(data, name=name) if boxed is None else boxed.page_texts(data, name=name)
    )


def page_texts_here(data: bytes, *, name: str) -> list[str]:
    """The text of each page, read in this process: inside a box. Raises as `page_texts`."""
    import pypdfium2  # noqa: PLC0415 - 20 ms

    try:
        document = pypdfium2.PdfDocument(data)
        try:
            texts = [page.get_textpage().get_text_range() for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as bad:
        raise UnreadableFileError(name, str(bad)) from bad
    return [replace_illegal(each) for each in texts]
