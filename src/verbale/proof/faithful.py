"""Whether a text stands unchanged in another: the proof that an annex is as it was received.

Texts are compared in one *normal form*: Unicode NFC, without white space and without the signs
that only set direction or hold letters together (soft hyphen, zero-width and bidi controls). So
what a format adds (line ends, the space around a table cell) does not count, and every letter,
figure, accent and mark does.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT = "verbale-faithful/1"
_INVISIBLE = dict.fromkeys(
    [
        0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060,
        *range(0x2066, 0x206A), 0xFEFF,
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of an original: from character *start* of its normal form, and its hash."""

    original: str
    start: int
    length: int
    sha256: str


def normal_form(text: str) -> str:
    """*text* as it is compared."""
    return "".join(unicodedata.normalize("NFC", text).translate(_INVISIBLE).split())


def text_hash(text: str) -> str:
    """The SHA-256 of the normal form of *text*."""
    return hashlib.sha256(normal_form(text).encode("utf-8")).hexdigest()


def find_passage(text: str, originals: Mapping[str, str]) -> Passage | None:
    """Where *text* stands in one of the *originals* (text by name), whole; else ``None``."""
    wanted = normal_form(text)
    for name, original in originals.items():
        start = normal_form(original).find(wanted)
        if wanted and start >= 0:
            return Passage(name, start, len(wanted), text_hash(text))
    return None


def holds(passage: Passage, original: str, composed: str) -> bool:
    """Whether the passage is in *original*, and *composed* is that passage to the letter."""
    end = passage.start + passage.length
    there = normal_form(original)[passage.start : end]
    here = normal_form(composed)
    return there == here and hashlib.sha256(here.encode()).hexdigest() == passage.sha256


def plain(passage: Passage) -> dict[str, Any]:
    """Its JSON."""
    return {
        "original": passage.original,
        "start": passage.start,
        "length": passage.length,
        "sha256": passage.sha256,
    }


def passage_of(values: Mapping[str, Any]) -> Passage:
    """The passage of parsed JSON. Raises `KeyError`, `TypeError`, `ValueError`."""
    return Passage(
        str(values["original"]),
        int(values["start"]),
        int(values["length"]),
        str(values["sha256"]),
    )
