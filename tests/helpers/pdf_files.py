"""PDF files made for tests: a few lines of text on pages, and what is put in beside them."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name, String

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[pikepdf.Pdf], None]

ROMAN, BOLD, ITALIC, FIXED = "F1", "F2", "F3", "F4"
_FACES = {ROMAN: "Times-Roman", BOLD: "Times-Bold", ITALIC: "Times-Italic", FIXED: "Courier"}
WIDE, HIGH = 612, 792


def line(text: str, x: float, y: float, *, size: float = 10, face: str = ROMAN) -> str:
    """The drawing of one line of Latin letters that begins at a place."""
    safe = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{face} {size} Tf 1 0 0 1 {x} {y} Tm ({safe}) Tj ET\n"


def lines(*texts: str, x: float = 100, y: float = 700, size: float = 10) -> str:
    """Lines under each other."""
    return "".join(line(each, x, y - 12 * n, size=size) for n, each in enumerate(texts))


def pdf(*pages: str, change: Change | None = None, **options: object) -> bytes:
    """A file with a page for each drawing; *change* may put in more before it is saved."""
    made = pikepdf.new()
    fonts = Dictionary(
        {
            f"/{key}": made.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type1,
                    BaseFont=Name(f"/{face}"),
                    Encoding=Name.WinAnsiEncoding,
                )
            )
            for key, face in _FACES.items()
        }
    )
    for drawing in pages:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, WIDE, HIGH]),
            Resources=Dictionary(Font=fonts),
            Contents=made.make_stream(drawing.encode("cp1252")),
        )
        made.pages.append(pikepdf.Page(page))
    if change is not None:
        change(made)
    out = io.BytesIO()
    made.save(out, **options)  # type: ignore[arg-type]
    return out.getvalue()


def attach(name: str) -> Change:
    """Attach a file of a few bytes under *name*."""

    def change(made: pikepdf.Pdf) -> None:
        made.attachments["key"] = pikepdf.AttachedFileSpec(made, b"CANARY", filename=name)

    return change


def at_opening(**action: object) -> Change:
    """Do *action* when the file is opened."""

    def change(made: pikepdf.Pdf) -> None:
        made.Root.OpenAction = made.make_indirect(Dictionary(Type=Name.Action, **action))

    return change


def annotated(subtype: str, contents: str) -> Change:
    """Put an annotation on the first page."""

    def change(made: pikepdf.Pdf) -> None:
        note = Dictionary(
            Type=Name.Annot,
            Subtype=Name(f"/{subtype}"),
            Rect=Array([10, 10, 60, 60]),
            Contents=String(contents),
        )
        made.pages[0].Annots = made.make_indirect(Array([made.make_indirect(note)]))

    return change


def image(width: int, height: int, data: bytes | None = None) -> Change:
    """Put a grey picture over the whole first page, under the name ``/Im``.

    *data* are its dots, a byte each; else they are left out and only the header says its size.
    """

    def change(made: pikepdf.Pdf) -> None:
        stream = made.make_stream(data or b"\x80")
        stream.update(
            Dictionary(
                Type=Name.XObject,
                Subtype=Name.Image,
                Width=width,
                Height=height,
                ColorSpace=Name.DeviceGray,
                BitsPerComponent=8,
            )
        )
        made.pages[0].Resources.XObject = Dictionary({"/Im": stream})

    return change


def wrapped(text: str, *, y: float = 680, x: float = 100, first: float = 0) -> str:
    """A paragraph in lines of 66 letters of one width, its first line *first* further in."""
    indent = " " * round(first / 6)
    texts = textwrap.wrap(text, 66, initial_indent=indent, break_on_hyphens=False)
    drawn = [line(texts[0].strip(), x + first, y, face=FIXED)]
    drawn += [line(t, x, y - 12 * n, face=FIXED) for n, t in enumerate(texts[1:], start=1)]
    return "".join(drawn)


OVER_ALL = f"q {WIDE} 0 0 {HIGH} 0 0 cm /Im Do Q\n"


def updated(before: bytes, old: bytes, new: bytes) -> bytes:
    """*before* with an update on top: its first object that holds *old* says *new* instead.

    The streams of *before* must not be packed.
    """
    at = before.index(old)
    start = before.rindex(b" obj", 0, at)
    start = before.rindex(b"\n", 0, start) + 1
    end = before.index(b"endobj", at) + 6
    number = int(before[start:].split(b" ", 1)[0])
    thing = before[start:end].replace(old, new.ljust(len(old)))
    last = before[before.rindex(b"startxref") :].split()[1]
    trailer = before[before.rindex(b"trailer") : before.rindex(b"startxref")]
    trailer = trailer.replace(b"<<", b"<< /Prev " + last, 1)
    where = len(before)
    table = b"\nxref\n%d 1\n%010d 00000 n \n" % (number, where)
    position = where + len(thing) + 1
    return before + thing + table + trailer + b"startxref\n%d\n%%%%EOF\n" % position
