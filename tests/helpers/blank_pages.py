"""A typesetter for tests that look at everything but the PDF's pages: one blank page."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import pikepdf

if TYPE_CHECKING:
    import datetime


@cache
def _blank() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(out, static_id=True)
    return out.getvalue()


def blank_pages(template: str, data: str, *, moment: datetime.date) -> bytes:  # noqa: ARG001 - the port's
    """One blank page, the same each time."""
    return _blank()
