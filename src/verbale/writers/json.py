"""JSON: the whole tree, one key order, no defaults, UTF-8."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from verbale.model.as_json import to_plain
from verbale.writers.base import DEFAULTS, Options, Writer

if TYPE_CHECKING:
    from verbale.model.document import Document


def write_json(document: Document, options: Options = DEFAULTS) -> bytes:  # noqa: ARG001 - the port
    """Write the tree on one line: files of documents can be joined and piped."""
    text = json.dumps(
        to_plain(document), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return (text + "\n").encode("utf-8")


WRITER = Writer(format="json", suffix=".json", media_type="application/json", write=write_json)
