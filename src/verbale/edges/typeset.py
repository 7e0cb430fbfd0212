"""The typesetter: a page description and its data become a PDF, with typst and nothing else.

One file claims PDF/UA-1 and PDF/A-2a. Only the faces of ``verbale-fonts`` (and of folders the
caller names) are used, never the machine's: the same data give the same bytes everywhere.
"""

from __future__ import annotations

import re
import threading
from bisect import bisect_left
from datetime import UTC, datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from verbale.errors import MissingPartError, PageError, UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

STANDARDS: Final = ["ua-1", "a-2a"]
_TEMPLATES = "verbale.writers"
_OPEN_END = re.compile(rb"\r\nendstream")
_ENTRY = re.compile(rb"(\d{10}) 00000 n")
_START = re.compile(rb"startxref\n\d+")
# typst marks an Arabic file as read from the right. pdfium, and so Chrome, then turns the words
# of every Latin line round when text is copied, an annex as received among them. The mark only
# says on which side the first of two facing pages lies.
_RIGHT_TO_LEFT: Final = b"/Direction/R2L"
_LEFT_TO_RIGHT: Final = b"/Direction/L2R"
_NO_GLYPH = re.compile(r"text (?P<text>.+?) could not be displayed")
_BAD_IMAGE = re.compile(r"failed to (?:decode|load|parse)|unknown image format", re.IGNORECASE)


class Typesetter:
    """A compiler with its fonts, kept warm; calls from several threads wait for each other.

    ``fonts`` are folders with further faces, for scripts that ``verbale-fonts`` does not hold.
    Nothing is loaded before the first call.
    """

    def __init__(self, fonts: Sequence[Path] = ()) -> None:
        self._folders = tuple(fonts)
        self._lock = threading.Lock()
        self._compiler: Any = None
        self._templates: dict[str, bytes] = {}

    def __call__(self, template: str, data: str, *, moment: date) -> bytes:
        """Set the page description *template* with *data* (JSON), created on *moment*.

        Raises `MissingPartError` without typst, the fonts, or a face for a letter of the text,
        `UnreadableFileError` for a picture that cannot be decoded, and `PageError` for a fault
        of the typesetter.
        """
        typst = _typst()
        stamp = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
        with self._lock:
            compiler = self._warm(typst)
            try:
                pdf = compiler.compile(
                    self._template(template),
                    format="pdf",
                    sys_inputs={"data": data},
                    pdf_standards=STANDARDS,
                    timestamp=int(stamp.timestamp()),
                )
            except typst.TypstError as error:
                raise _reason(str(error)) from error
        return end_streams(bytes(pdf).replace(_RIGHT_TO_LEFT, _LEFT_TO_RIGHT))

    def _warm(self, typst: Any) -> Any:  # noqa: ANN401 - an optional package
        if self._compiler is None:
            faces = typst.Fonts(
                include_system_fonts=False,
                include_embedded_fonts=False,
                font_paths=[_own_faces(), *self._folders],
            )
            self._compiler = typst.Compiler(font_paths=faces)
        return self._compiler

    def _template(self, name: str) -> bytes:
        if name not in self._templates:
            self._templates[name] = resources.files(_TEMPLATES).joinpath(name).read_bytes()
        return self._templates[name]


def end_streams(pdf: bytes) -> bytes:
    """End a stream that closes in a carriage return so that the return is read as its own.

    typst writes a line feed before ``endstream``; after data that end in a carriage return, one
    stream in 256, a reader takes both for the line end and finds the data a byte short
    (PDF/A-2, 6.1.7.1). One more byte goes there, and what points behind it moves by one.
    """
    found = [each.start() for each in _OPEN_END.finditer(pdf)]
    table = pdf.rfind(b"\nxref\n") + 1
    if not found or not table:
        return pdf

    def moved(at: int) -> int:
        return at + bisect_left(found, at)

    body = _OPEN_END.sub(b"\r\r\nendstream", pdf[:table])
    entries = _ENTRY.sub(lambda each: b"%010d 00000 n" % moved(int(each[1])), pdf[table:])
    return body + _START.sub(b"startxref\n%d" % moved(table), entries)


def _typst() -> Any:  # noqa: ANN401 - an optional package
    try:
        import typst  # noqa: PLC0415 - loaded only when a page is set
    except ImportError as error:
        raise MissingPartError(
            "the package typst is not installed", remedy="Install it: pip install typst"
        ) from error
    return typst


def _own_faces() -> Path:
    try:
        import verbale_fonts  # noqa: PLC0415 - loaded only when a page is set
    except ImportError as error:
        raise MissingPartError(
            "the package verbale-fonts is not installed",
            remedy="Install it: pip install verbale-fonts",
        ) from error
    return verbale_fonts.folder()


def _reason(message: str) -> MissingPartError | UnreadableFileError | PageError:
    """What a caller can do about it."""
    missing = _NO_GLYPH.search(message)
    if missing:
        return MissingPartError(
            f"no face has a sign of {missing['text']}",
            remedy="Give the typesetter a folder with a font that has it.",
        )
    if _BAD_IMAGE.search(message):
        return UnreadableFileError(
            "picture", message.splitlines()[0], remedy="Send the picture as PNG, JPEG or SVG."
        )
    return PageError(
        f"the page could not be set: {message.splitlines()[0]}",
        remedy="Write another format, and report this with the document that shows it.",
    )


_shared = Typesetter()


def typesetter() -> Typesetter:
    """The typesetter of this process, its compiler warm after the first page."""
    return _shared
