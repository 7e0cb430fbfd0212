"""Characters that are not seen and change what is read; names that are not what they seem.

Marks of direction are part of Arabic typing, and joiners of several scripts: only what has no
use in the text where it stands is told. Sources: Unicode Technical Report 36, 2.10; Unicode
Standard Annex 9, 2; Unicode Technical Standard 39.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from verbale.model.finding import Finding, Place, Severity
from verbale.model.walk import document_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.readers.base import Reading

# Overrides turn letters around whatever script they are of; tags and invisible signs show
# nothing anywhere.
_NEVER: Final = "\u202d\u202e\u2061-\u2064\u206a-\u206f\ufff9-\ufffb\U000e0000-\U000e007f"
# Joiners, marks and isolates between characters of Latin writing, or in a number or symbol.
_BETWEEN: Final = (
    "\u200b-\u200f\u202a-\u202c\u2060\u2066-\u2069\ufeff\u00ad\u034f\u115f\u1160\u3164"
)
_LATIN: Final = r"A-Za-z0-9/._"
_FOUND: Final = re.compile(rf"[{_NEVER}]|(?<=[{_LATIN}])(?:[{_BETWEEN}]+)(?=[{_LATIN}])")
_HYPHENATION: Final = "\u00ad"
_MOST: Final = 5
_SHORT: Final = 200
_ODD_NAME: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffd\ud800-\udfff"
    r"/\\<>]"
)


def unseen(reading: Reading, *, name: str) -> Iterator[Finding]:
    """One finding for the characters of a reading that have no use where they stand."""
    text = reading.text or document_text(reading.document)
    seen: dict[str, int] = {}
    for match in _FOUND.finditer(text):
        for character in match[0]:
            if character != _HYPHENATION:
                seen.setdefault(f"U+{ord(character):04X}", match.start())
    if seen:
        place = Place(name, start=min(seen.values())) if reading.text else Place(name)
        values = {"characters": ", ".join(list(seen)[:_MOST])}
        yield Finding("invisible-characters", Severity.WARNS, place, values)


def odd_name(name: str) -> Iterator[Finding]:
    """One finding for a file's name that is made to seem another, or to lead elsewhere."""
    if _ODD_NAME.search(name) or len(name) > _SHORT:
        place = Place(name)
        yield Finding("file-name-odd", Severity.WARNS, place, {"file": name[:_SHORT]})
