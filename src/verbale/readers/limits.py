"""How much a file may be, and hold: the table of limits for what comes from outside.

Sizes are bytes, times are seconds, the others are counts. The defaults are what a page of the
trade never comes near: a thousand pages of text are some five megabytes. A process has one
table in force; the box that reads a file is given it with the file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Final

from verbale.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

MEGABYTE: Final = 1024 * 1024
_SIZE = re.compile(r"\s*([0-9]{1,15})\s*(|B|KB|MB|GB)\s*", re.IGNORECASE)
_UNITS: Final = {"": 1, "B": 1, "KB": 1024, "MB": MEGABYTE, "GB": 1024 * MEGABYTE}
_IN_BYTES: Final = frozenset(
    {"upload", "unpacked", "ratio_from", "pdf_decoded", "memory", "written"}
)


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits, by name. All can be set; see `with_settings`."""

    upload: int = 50 * MEGABYTE  # one file
    unpacked: int = 200 * MEGABYTE  # of a zip, real bytes
    ratio: int = 100  # unpacked to packed, counted from `ratio_from` on
    ratio_from: int = MEGABYTE
    members: int = 1000  # of a zip
    xml_depth_warn: int = 100
    xml_depth: int = 256
    pixels: int = 50_000_000  # of a picture, by its header
    pdf_pages: int = 2000
    pdf_decoded: int = 200 * MEGABYTE
    pdf_depth: int = 256  # of objects in one another
    pdf_forms: int = 20  # of forms in one another
    mail_parts: int = 50
    mail_depth: int = 10
    seconds: int = 20  # from the file to its verdict
    memory: int = 512 * MEGABYTE  # resident, of the process that reads
    written: int = 200 * MEGABYTE  # what that process may hand back


DEFAULTS: Final = Limits()
_in_force = [DEFAULTS]


def limits() -> Limits:
    """The table in force in this process."""
    return _in_force[0]


def use_limits(table: Limits) -> None:
    """Put another table in force in this process."""
    _in_force[0] = table


def with_settings(settings: Mapping[str, str], *, where: str) -> Limits:
    """The defaults with what *settings* say: ``{"upload": "20 MB", "members": "2000"}``.

    Raises `UsageError`, which names *where* they stand, for an unknown name or a bad value.
    """
    table = DEFAULTS
    known = {each.name for each in fields(Limits)}
    for name, value in settings.items():
        if name not in known:
            raise UsageError(
                f"{where}: no limit is called {name!r}",
                remedy=f"Limits: {', '.join(sorted(known))}.",
            )
        table = replace(table, **{name: _number(name, value, where=where)})
    return table


def _number(name: str, value: str, *, where: str) -> int:
    found = _SIZE.fullmatch(value)
    if found is None or (found[2] and name not in _IN_BYTES) or not int(found[1]):
        example = "50 MB" if name in _IN_BYTES else str(getattr(DEFAULTS, name))
        raise UsageError(
            f"{where}: {name} = {value!r} is no limit",
            remedy=f"Give a whole number above nought, such as {example!r}.",
        )
    return int(found[1]) * _UNITS[found[2].upper()]


def shown(name: str, value: int) -> str:
    """A limit for people: bytes in the largest unit that divides them."""
    if name not in _IN_BYTES:
        return str(value)
    for unit in ("GB", "MB", "KB"):
        if value % _UNITS[unit] == 0:
            return f"{value // _UNITS[unit]} {unit}"
    return f"{value} B"
