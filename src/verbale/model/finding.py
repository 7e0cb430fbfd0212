"""What a check or a reader saw, where, and how grave it is.

A finding carries a code and values, never words: those stand in ``messages/``, by language.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Severity(StrEnum):
    """How grave a finding is: ``blocks`` the issue, ``warns``, or just ``notes``."""

    BLOCKS = "blocks"
    WARNS = "warns"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in what was received.

    ``start`` and ``end`` are character offsets into a text as given (``end`` not included),
    ``line`` and ``column`` count from 1. For a DOCX or a mail ``part`` names the part and
    ``paragraph`` counts its paragraphs from 1; for a PDF ``page`` counts from 1 and ``box``
    is left, bottom, right, top in points.
    """

    file: str = ""
    start: int | None = None
    end: int | None = None
    line: int | None = None
    column: int | None = None
    part: str = ""
    paragraph: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None

    def __str__(self) -> str:
        pieces = [self.file] if self.file else []
        if self.part:
            pieces.append(self.part)
        if self.page is not None:
            pieces.append(f"page {self.page}")
        if self.paragraph is not None:
            pieces.append(f"paragraph {self.paragraph}")
        if self.line is not None:
            pieces.append(str(self.line))
            pieces.append(str(self.column or 1))
        return ":".join(pieces)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Finding:
    """One observation. ``source`` says whose rule it is; if empty, the table of codes does."""

    code: str
    severity: Severity
    place: Place = NOWHERE
    values: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
