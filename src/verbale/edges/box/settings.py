"""The limits in force and where each comes from, and the box that this process reads through.

A limit comes from the table ``[limits]`` of the registry's ``verbale.toml``, then from the
environment: ``VERBALE_LIMIT_UPLOAD`` for ``upload``.
"""

from __future__ import annotations

import os
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from verbale.errors import RegistryError, UsageError
from verbale.readers.limits import Limits, shown, use_limits, with_settings
from verbale.workflow.outside import use_box

if TYPE_CHECKING:
    from verbale.edges.box.boxes import Boxes

TABLE: Final = "limits"
_PREFIX: Final = "VERBALE_LIMIT_"


def limits_in_force(home: Path | None = None) -> tuple[Limits, dict[str, str]]:
    """The limits, and the file or variable of each that is not the default.

    Raises `RegistryError` or `UsageError` for a table or a value that cannot be used.
    """
    file = (home or Path(os.environ.get("VERBALE_HOME") or "registry")) / "verbale.toml"
    said: dict[str, str] = {}
    sources: dict[str, str] = {}
    for name, value in _table(file).items():
        said[name], sources[name] = str(value), str(file)
    for variable, value in os.environ.items():
        if variable.startswith(_PREFIX) and value:
            name = variable.removeprefix(_PREFIX).lower()
            said[name], sources[name] = value, variable
    table = Limits()
    for name, value in said.items():
        table = _with(table, name, value, sources[name])
    return table, sources


def limit_rows(limits: Limits, sources: dict[str, str]) -> list[dict[str, str]]:
    """Each limit, its value for people, and where it comes from, for ``verbale doctor``."""
    return [
        {
            "limit": each.name,
            "value": shown(each.name, getattr(limits, each.name)),
            "source": sources.get(each.name, "default"),
        }
        for each in fields(limits)
    ]


def _with(table: Limits, name: str, value: str, source: str) -> Limits:
    one = with_settings({name: value}, where=source)
    return replace(table, **{name: getattr(one, name)})


def _table(file: Path) -> dict[str, object]:
    try:
        text = file.read_text("utf-8")
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except (OSError, UnicodeDecodeError) as bad:
        raise RegistryError(f"{file}: {bad}", remedy="Correct this file.") from bad
    import tomllib  # noqa: PLC0415 - only where there is a registry

    try:
        said = tomllib.loads(text).get(TABLE, {})
    except tomllib.TOMLDecodeError as bad:
        raise RegistryError(f"{file}: {bad}", remedy="Correct this file.") from bad
    if not isinstance(said, dict):
        raise UsageError(f"{file}: {TABLE} is no table", remedy=f"Write [{TABLE}].")
    return said


def put_box_in_force(*, copy_self: bool) -> Boxes:
    """Read outside files in boxes from now on, within the limits in force here.

    ``copy_self`` is for a process of one thread that reads files and holds no secrets.
    """
    limits, _ = limits_in_force()
    boxes = _boxes(limits, copy_self)
    use_limits(limits)
    use_box(boxes)
    return boxes


@cache
def _boxes(limits: Limits, copy_self: bool) -> Boxes:  # noqa: FBT001 - for the cache
    from verbale.edges.box.boxes import Boxes  # noqa: PLC0415 - only who reads needs it

    return Boxes(limits, copy_self=copy_self)
