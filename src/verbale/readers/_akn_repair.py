"""Mending a file whose tags do not match, so that not a word of it is lost.

Some of the UN's own files have end tags of elements that were never opened. An end tag that no
open element has is dropped; one that closes an outer element closes the inner ones first.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Comments, sections of character data and instructions are passed over whole.
# An attribute may not hold "<", so a search never runs beyond the next tag.
_TOKEN = re.compile(
    rb"""<(?:!--(.*?-->)?|!\[CDATA\[(.*?\]\]>)?|\?(.*?\?>)?
    |(/?)([A-Za-z_:][\w.:-]*+)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>)""",
    re.DOTALL | re.VERBOSE,
)
_DEEPEST = 256


class Mended(NamedTuple):
    """The mended file, the tag of the first mistake and the line it stands on."""

    data: bytes
    tag: str
    line: int


def mend(data: bytes) -> Mended | None:
    """Make the tags match; ``None`` when they do, or when something else is wrong too."""
    out: list[bytes] = []
    stack: list[bytes] = []
    first: tuple[str, int] | None = None
    at = 0
    for token in _TOKEN.finditer(data):
        name = token[5]
        if not name:
            if token[1] or token[2] or token[3]:
                continue
            return None  # a comment or a section without an end
        if not token[4]:
            if not token[6].endswith(b"/"):
                stack.append(name)
            if len(stack) > _DEEPEST:
                return None
            continue
        if stack and stack[-1] == name:
            stack.pop()
            continue
        if first is None:
            first = (name.decode("utf-8", "replace"), data.count(b"\n", 0, token.start()) + 1)
        out.append(data[at : token.start()])
        at = token.end()
        if name in stack:
            while True:
                closed = stack.pop()
                out.append(b"</%s>" % closed)
                if closed == name:
                    break
    if first is None:
        return None
    out.append(data[at:])
    return Mended(b"".join(out), *first)
