"""Which characters a document's text may hold."""

from __future__ import annotations

import re

# What XML 1.0 (2.2) allows; every other format can carry at least that. Control characters are
# no text, and a lone surrogate cannot be written in UTF-8.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def first_illegal(text: str) -> int | None:
    """The offset of the first character that no document may hold, ``None`` if all may."""
    found = _ILLEGAL.search(text)
    return found.start() if found else None


def replace_illegal(text: str) -> str:
    """Put U+FFFD, one for one, where a character may not stand."""
    return _ILLEGAL.sub("\ufffd", text)
