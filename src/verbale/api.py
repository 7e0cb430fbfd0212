"""The library's door: ``from verbale import api``. The same as the commands, on bytes.

Everything here is a promise; what is not here may change.
"""

from __future__ import annotations

from verbale import institutions
from verbale.citations.resolve import find_citations
from verbale.compose import compose
from verbale.workflow.reading import check, convert, read, recognise_file
from verbale.workflow.shapes import recognition_shape

__all__ = [
    "check",
    "compose",
    "convert",
    "find_citations",
    "institution",
    "read",
    "recognise",
    "recognition_shape",
]

institution = institutions.load
recognise = recognise_file
