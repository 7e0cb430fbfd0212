"""Finds what the one-file-per-thing folders offer. No list is edited when a file is added.

`pkgutil` lists names, and a module is imported when its name is asked for. Other packages add
theirs by the entry points ``verbale.readers``, ``verbale.writers``, ``verbale.families`` and
``verbale.checks``. Two things of one name are an error that names both.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.metadata import entry_points
from typing import TYPE_CHECKING, Any, cast

from verbale.errors import ConflictError, UnknownFormatError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from verbale.checks.base import Check
    from verbale.readers.base import Reader
    from verbale.writers.base import Writer

_HELPERS = frozenset({"base", "kinds", "limits", "unseen"})


@cache
def names(package: str) -> tuple[str, ...]:
    """The modules of a one-file-per-thing folder, in alphabetical order, nothing imported."""
    path = importlib.import_module(package).__path__
    return tuple(
        sorted(
            info.name
            for info in pkgutil.iter_modules(path)
            if not info.name.startswith("_") and info.name not in _HELPERS
        )
    )


@cache
def things(package: str, constant: str) -> tuple[Any, ...]:
    """Every *constant* (``READER``) that the modules of *package* offer, and other packages'.

    A module without the constant is a helper of its neighbours and is passed over. Raises
    `ConflictError` when two of them carry one name.
    """
    found: dict[str, tuple[str, Any]] = {}
    for where, thing in _offers(package, constant):
        key = _key(thing)
        if key in found:
            raise ConflictError(
                f"two offers of {key!r}: {found[key][0]} and {where}",
                remedy="Rename one of them or remove one of the packages.",
            )
        found[key] = (where, thing)
    return tuple(thing for _, thing in found.values())


def _offers(package: str, constant: str) -> Iterator[tuple[str, Any]]:
    for name in names(package):
        where = f"{package}.{name}"
        module = importlib.import_module(where)
        if hasattr(module, constant):
            yield where, getattr(module, constant)
        # A subject has several checks: they stand together under the plural, ``CHECKS``.
        for thing in getattr(module, f"{constant}S", ()):
            yield where, thing
    group = f"verbale.{package.rpartition('.')[2]}"
    for point in entry_points(group=group):
        yield point.value, point.load()


def _key(thing: object) -> str:
    for attribute in ("format", "code", "name"):
        value = getattr(thing, attribute, None)
        if value is not None:
            return str(value)
    raise TypeError(f"{thing!r} has no name to be found by")


def _direct(package: str, name: str, constant: str) -> object | None:
    if name in names(package):
        module = importlib.import_module(f"{package}.{name}")
        return cast("object | None", getattr(module, constant, None))
    return None


def reader(format: str) -> Reader:  # noqa: A002 - the trade's word
    """The reader of a format. Raises `UnknownFormatError` naming those there are."""
    direct = _direct("verbale.readers", format, "READER")
    if direct is not None:
        return cast("Reader", direct)
    every = readers()
    for each in every:
        if each.format == format:
            return each
    raise _unknown("read", format, [each.format for each in every])


def writer(format: str) -> Writer:  # noqa: A002 - the trade's word
    """The writer of a format. Raises `UnknownFormatError` naming those there are."""
    direct = _direct("verbale.writers", format, "WRITER")
    if direct is not None:
        return cast("Writer", direct)
    every = writers()
    for each in every:
        if each.format == format:
            return each
    raise _unknown("write", format, [each.format for each in every])


def readers() -> tuple[Reader, ...]:
    """Every reader there is."""
    return cast("tuple[Reader, ...]", things("verbale.readers", "READER"))


def writers() -> tuple[Writer, ...]:
    """Every writer there is."""
    return cast("tuple[Writer, ...]", things("verbale.writers", "WRITER"))


def checks() -> tuple[Check, ...]:
    """Every check there is."""
    return cast("tuple[Check, ...]", things("verbale.checks", "CHECK"))


def reader_for(name: str, head: bytes) -> Reader:
    """The reader for a file by its first bytes, then by its ending.

    Raises `UnknownFormatError` when none fits.
    """
    suffix = "." + name.lower().rpartition(".")[2] if "." in name else ""
    every = sorted(readers(), key=lambda each: not each.first)
    for each in every:
        if each.sniff is not None and each.sniff(head):
            return each
    for each in every:
        if suffix in each.suffixes:
            return each
    raise _unknown("read", suffix or name, [each.format for each in every])


def _unknown(verb: str, format: str, known: list[str]) -> UnknownFormatError:  # noqa: A002
    return UnknownFormatError(
        f"cannot {verb} {format!r}", remedy=f"Formats there are: {', '.join(sorted(known))}."
    )
