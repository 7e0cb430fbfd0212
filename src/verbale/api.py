"""The library's door: ``from verbale import api``. The same as the commands, on bytes.

Everything here is a promise; what is not here may change. Files are read in the caller's own
process: `verbale.edges.box.settings.put_box_in_force` has them read in boxes, as commands do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.citations.resolve import find_citations
from verbale.compose import compose
from verbale.workflow.reading import check, convert, read, recognise_file
from verbale.workflow.shapes import recognition_shape

if TYPE_CHECKING:
    from verbale.proof.verdicts import Judged

__all__ = [
    "check",
    "compose",
    "convert",
    "find_citations",
    "institution",
    "read",
    "recognise",
    "recognition_shape",
    "verify",
]

institution = institutions.load
recognise = recognise_file


def verify(data: bytes, *, name: str, offline: bool = False, key: str = "") -> Judged:
    """What a file is: a verdict with its reasons. As `verbale verify`, for one file.

    Asks the registry that VERBALE_HOME names, where there is one, unless *offline*; then the
    signed manifest beside the path *name*, made with the registry's *key* if one is named.
    Raises `RegistryError` if the registry cannot be read.
    """
    from verbale.edges.verifying import verification  # noqa: PLC0415 - the store is heavy

    with verification(offline=offline, pin=key) as against:
        return against.file(Path(name), data)
