"""The tags of a page: which letters are one paragraph, a heading, a cell of a table.

Tags help where they agree with the page; the letters and their order are always the page's own.
Source: ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pypdfium2.raw as pdfium

if TYPE_CHECKING:
    import pypdfium2

_DEEPEST: Final = 60
_MOST: Final = 20_000
_HEADING = re.compile(r"H([1-6])?$")
#: Elements whose letters are one paragraph.
_PARAGRAPHS = re.compile(r"(?:P|H|H[1-6]|Caption|Lbl|Note|BlockQuote|TOCI|LBody|Title)$")
_MOST_SPAN: Final = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of a table on a page: numbers of table, row and cell, and what it spans."""

    table: int
    row: int
    cell: int
    header: bool
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Tag:
    """What letters belong to: ``group`` tells paragraphs apart, ``level`` is a heading's."""

    group: int
    kind: str
    level: int = 0
    spot: Spot | None = None


def tags_of(page: pypdfium2.PdfPage) -> dict[int, Tag]:
    """The tags of a page by the numbers of its marked content; none for an untagged page."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return {}
    try:
        walk = _Walk()
        for at in range(pdfium.FPDF_StructTree_CountChildren(tree)):
            walk.into(pdfium.FPDF_StructTree_GetChildAtIndex(tree, at))
        return walk.found
    finally:
        pdfium.FPDF_StructTree_Close(tree)


class _Walk:
    def __init__(self) -> None:
        self.found: dict[int, Tag] = {}
        self._groups = 0
        self._tables = 0
        self._row = 0
        self._cell = 0
        self._count = 0

    def into(
        self,
        element: Any,  # noqa: ANN401 - a C handle
        depth: int = 0,
        tag: Tag | None = None,
        table: int = 0,
    ) -> None:
        """Note the element's own letters, then those of its children."""
        self._count += 1
        if not element or depth > _DEEPEST or self._count > _MOST:
            return
        kind = _kind(element)
        spot = tag.spot if tag else None
        if kind == "Table" and not table:
            self._tables += 1
            table, self._row = self._tables, 0
        elif kind == "TR" and table:
            self._row += 1
            self._cell = 0
        elif kind in ("TD", "TH") and table:
            self._cell += 1
            columns, rows = _number(element, b"ColSpan"), _number(element, b"RowSpan")
            spot = Spot(table, self._row, self._cell, kind == "TH", columns, rows)
            self._groups += 1
            tag = Tag(self._groups, kind, spot=spot)
        # A label inside a paragraph is the mark of a note: it stays in its paragraph.
        inside = kind == "Lbl" and tag is not None and tag.kind not in ("TD", "TH")
        if _PARAGRAPHS.match(kind) and not inside:
            self._groups += 1
            heading = _HEADING.match(kind)
            level = int(heading[1] or 1) if heading else 0
            tag = Tag(self._groups, kind, level, spot)
        for at in range(pdfium.FPDF_StructElement_CountChildren(element)):
            number = pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if number >= 0 and tag is not None:
                self.found.setdefault(number, tag)
            child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
            if child:
                self.into(child, depth + 1, tag, table)


def _kind(element: Any) -> str:  # noqa: ANN401 - a C handle
    buffer = ctypes.create_string_buffer(64)
    size = pdfium.FPDF_StructElement_GetType(element, buffer, 64)
    if not 2 <= size <= 64:  # noqa: PLR2004 - the end of a string, the buffer
        return ""
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


def _number(element: Any, name: bytes) -> int:  # noqa: ANN401
    """An attribute that counts, 1 where it is not given."""
    for at in range(min(pdfium.FPDF_StructElement_GetAttributeCount(element), 8)):
        attributes = pdfium.FPDF_StructElement_GetAttributeAtIndex(element, at)
        value = pdfium.FPDF_StructElement_Attr_GetValue(attributes, name)
        number = ctypes.c_float()
        if value and pdfium.FPDF_StructElement_Attr_GetNumberValue(value, number):
            return max(1, min(int(number.value), _MOST_SPAN))
    return 1
