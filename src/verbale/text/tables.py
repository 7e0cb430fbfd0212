"""The tables that lie beside the code: read once, then kept in memory.

A box that may open no file any more finds them there.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@cache
def table_bytes(path: Path) -> bytes:
    """The bytes of a file of the package."""
    return path.read_bytes()


def table_text(path: Path) -> str:
    """Its text."""
    return table_bytes(path).decode("utf-8")


def table_rows(path: Path) -> Iterator[list[str]]:
    """The cells of each line that is no note (``#``), its header among them if it has one."""
    for line in table_text(path).splitlines():
        if not line.startswith("#"):
            yield line.split("\t")
