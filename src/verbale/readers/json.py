"""JSON: the whole tree, as `verbale.writers.json` writes it."""

from __future__ import annotations

import json
from collections import Counter

from verbale.errors import UnreadableFileError
from verbale.model.as_json import from_plain
from verbale.model.plain import ShapeError
from verbale.readers.base import Reader, Reading

#: No number of a document is longer.
_MOST_DIGITS = 20
_REMEDY = "Give a file that `verbale convert --to json` has written."


def read_json(data: bytes, *, name: str) -> Reading:
    """Read a document back. Nothing unknown is passed over: an error names the JSON pointer."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        reason = "not UTF-8"
        raise UnreadableFileError(name, reason, offset=bad.start, remedy=_REMEDY) from bad
    try:
        document = from_plain(
            json.loads(
                text,
                object_pairs_hook=_no_key_twice,
                parse_constant=_no_constant,
                parse_int=_number,
            )
        )
    except json.JSONDecodeError as bad:
        offset = len(text[: bad.pos].encode("utf-8"))
        reason = f"not JSON: {bad.msg} (line {bad.lineno}, column {bad.colno})"
        raise UnreadableFileError(name, reason, offset=offset, remedy=_REMEDY) from bad
    except ShapeError as bad:
        raise UnreadableFileError(name, f"not a document: {bad}", remedy=_REMEDY) from bad
    except RecursionError as bad:
        raise UnreadableFileError(name, "nested too deep", remedy=_REMEDY) from bad
    except ValueError as bad:
        raise UnreadableFileError(name, f"not a document: {bad}", remedy=_REMEDY) from bad
    return Reading(document)


def _no_key_twice(pairs: list[tuple[str, object]]) -> dict[str, object]:
    out = dict(pairs)
    if len(out) != len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return out


def _number(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number has more than {_MOST_DIGITS} digits")
    return int(digits)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no number")


def _looks_like_json(head: bytes) -> bool:
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


READER = Reader(format="json", suffixes=(".json",), read=read_json, sniff=_looks_like_json)
