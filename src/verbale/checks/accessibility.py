"""What a reader by ear needs: a table says what its columns are, a picture what it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from verbale.checks.base import Case, Check
from verbale.model.document import Heading, Image, Paragraph, PartKind, Table
from verbale.model.finding import Finding, Severity
from verbale.model.walk import inlines, nested, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

_STANDARD = "ISO 14289-1 (PDF/UA-1), 7.3 and 7.5"
_LEAST = 2


def table(case: Case) -> Iterator[Finding]:
    """A table with several rows and columns has heading cells."""
    for part in parts(case.recognition.document):
        for block in nested(part.blocks):
            if not isinstance(block, Table) or not _is_data(block):
                continue
            if not block.header_rows and not any(c.header for row in block.rows for c in row):
                yield Finding(
                    "table-without-header",
                    Severity.NOTES,
                    block.place,
                    {"count": str(len(block.rows))},
                )


def picture(case: Case) -> Iterator[Finding]:
    """A picture has a description. The emblem of a masthead says nothing and needs none."""
    for part in parts(case.recognition.document):
        if part.kind is PartKind.MASTHEAD:
            continue
        for block in nested(part.blocks):
            if not isinstance(block, Paragraph | Heading):
                continue
            for inline in inlines(block.content):
                if isinstance(inline, Image) and not inline.alt.strip():
                    place = inline.place if str(inline.place) else block.place
                    yield Finding("picture-without-description", Severity.NOTES, place)


def _is_data(block: Table) -> bool:
    """Whether it is a table of data: tables of one row or column only set the page."""
    return len(block.rows) >= _LEAST and max(len(row) for row in block.rows) >= _LEAST


CHECKS = (
    Check("table-without-header", source=_STANDARD, run=table),
    Check("picture-without-description", source=_STANDARD, run=picture),
)
