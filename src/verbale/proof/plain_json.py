"""JSON as the registry states and signs it: read strictly, written in one way.

Readers raise `ProofError` with what is wrong and what to do; they change nothing.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from verbale.errors import ProofError

if TYPE_CHECKING:
    from collections.abc import Mapping

AGAIN = "Fetch it again from the registry; if it stays so, tell the registry."
_HEX = re.compile(r"(?:[0-9a-f]{2})+")


def parsed(data: bytes, name: str) -> dict[str, Any]:
    """A JSON object. Raises `ProofError` naming the file."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as bad:
        raise ProofError(f"{name} is not JSON", remedy=AGAIN) from bad
    if not isinstance(values, dict):
        raise ProofError(f"{name} is not a JSON object", remedy=AGAIN)
    return values


def written(values: Mapping[str, Any]) -> bytes:
    """JSON for a file: a line each, in UTF-8."""
    return (json.dumps(values, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def unhex(text: str) -> bytes:
    """Bytes of lower-case hexadecimal, as it is written here. Raises `ProofError`."""
    if not _HEX.fullmatch(text):
        raise ProofError(f"not hexadecimal: {text[:20]!r}", remedy=AGAIN)
    return bytes.fromhex(text)


def expect_format(values: Mapping[str, Any], expected: str) -> None:
    """Raise `ProofError` unless *values* say that they are of the format *expected*."""
    if values.get("format") != expected:
        raise ProofError(
            f"expected {expected}, not {values.get('format')!r}",
            remedy="Use the version of Verbale that wrote it, or a later one.",
        )


def text_of(values: Mapping[str, Any], name: str) -> str:
    """The text under *name*. Raises `ProofError` if there is none."""
    value = values.get(name)
    if not isinstance(value, str):
        raise ProofError(f"{name!r} is missing", remedy=AGAIN)
    return value
