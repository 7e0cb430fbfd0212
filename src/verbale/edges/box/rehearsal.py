"""Modules, tables and encodings in memory before the box that needs them.

A table is read when it is first asked for; here all are asked for at once. A keeper does so
when it has served its first file: what it has, no box loads anew. On a kernel without Landlock
a box may open no file at all, its own code among them, and has what is in memory or has not.
"""

from __future__ import annotations

import codecs
import importlib
import inspect
import pkgutil
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import verbale
from verbale import catalogue, checks, citations, languages, model, readers, recognise, text
from verbale.citations.find import every_family
from verbale.text.tables import table_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

_PACKAGES: Final = (checks, citations, languages, model, readers, recognise, text)
#: What the functions that keep a table for each language are asked.
_BY_LANGUAGE: Final = (["lang"], ["code"])


def load_everything(langs: Iterable[str]) -> None:
    """Load the modules that read, understand and check, and fill the tables they keep."""
    catalogue.checks()
    every_family()
    for name in _modules():
        with suppress(ImportError):  # of a part that is not installed
            importlib.import_module(name)
    for path in Path(verbale.__path__[0]).rglob("*.tsv"):
        table_bytes(path)
    for each in _kept():
        _ask(each, tuple(langs))


def load_encodings() -> None:
    """Load every encoding: a page or a mail may name any."""
    from encodings.aliases import aliases  # noqa: PLC0415 - where it is needed at all

    for name in sorted({*aliases.values(), "idna", "punycode"}):
        with suppress(LookupError):  # one of another system's
            codecs.lookup(name)


def _modules() -> Iterator[str]:
    for package in _PACKAGES:
        found: Iterable[Any] = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        yield from (each.name for each in found)


def _kept() -> Iterator[Any]:
    """Every function of ours that keeps its answers."""
    ours = f"{verbale.__name__}."
    modules: list[ModuleType] = [m for n, m in sys.modules.items() if n.startswith(ours)]
    for module in modules:
        for value in tuple(vars(module).values()):
            if hasattr(value, "cache_info") and value.__module__ == module.__name__:
                yield value


def _ask(function: Any, langs: tuple[str, ...]) -> None:  # noqa: ANN401 - what functools makes
    asked = list(inspect.signature(function.__wrapped__).parameters)
    if not asked:
        function()
    elif asked in _BY_LANGUAGE:
        for lang in langs:
            with suppress(KeyError, ImportError):
                function(lang)
