"""Where sentences end. In doubt two stay one: a wrong cut breaks a set phrase."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Behind these a full stop ends no sentence.
_SHORT = frozenset(
    re.findall(
        r"\w+",
        "no nos mr mrs ms dr art arts para paras par párr párrs vol cf vs ed eds p pp st ste "
        "núm núms n sr sra mme m mm chap cap ch sect sec г гг ст п пп см т др им ул стр res "
        "doc sres i a",
    )
)
_END = re.compile(r"([.!?؟][\"'”’»)\]]*)(\s+)|([。！？][”’」』）]*)|(\n\s*\n)")
#: Farther back than any word of `_SHORT`, and its signs, a full stop need not look.
_LONGEST = 40
_WORD_BEFORE = re.compile(r"(\w+)\W*$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The bounds of each sentence, blanks between them left out."""
    start = 0
    for match in _END.finditer(text):
        if match.group(1) is not None and not _ends(text, match):
            continue
        end = match.end(1) if match.group(1) is not None else match.end(3)
        if match.group(4) is not None:
            end = match.start(4)
        if text[start:end].strip():
            yield _trimmed(text, start, end)
        start = match.end()
    if text[start:].strip():
        yield _trimmed(text, start, len(text))


def _ends(text: str, match: re.Match[str]) -> bool:
    following = text[match.end() : match.end() + 1]
    if following and following.islower():
        return False
    if match.group(1)[0] != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
    word = before[1] if before else ""
    return not (
        word.lower() in _SHORT or (len(word) == 1 and word.isalpha() and word.isupper())
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + len(piece.rstrip())
