"""The schema of Akoma Ntoso 3.0, compiled once for all tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lxml import etree

import verbale.writers

_FOLDER = Path(verbale.writers.__file__).parent / "schema"


@cache
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_FOLDER / "akomantoso30.xsd"))


def errors(data: bytes) -> list[str]:
    """What in a file is not valid, a line each; empty when all is."""
    schema = _schema()
    schema.validate(etree.fromstring(data))
    return [f"{error.line}: {error.message}" for error in schema.error_log]
