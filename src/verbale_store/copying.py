"""A register as one SQLite file, as it was at one moment, and back into an empty database.

From SQLite by its own online backup; from another database row by row, in a transaction that
sees one moment of it. Writers are not kept waiting by either.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections
from django.db.transaction import atomic

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import Model

_ROWS = 500


def save_copy(alias: str, target: Path) -> None:
    """Write the register to the SQLite file *target*, which must not be there yet."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        _save_rows(alias, target)
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(target)) as made:
        connection.connection.backup(made)
        # A single file, without another beside it that would have to go along.
        made.execute("PRAGMA journal_mode=DELETE")


def load_copy(alias: str, source: Path) -> None:
    """Put the rows of the SQLite file *source* into the empty tables of *alias*."""
    from verbale_store.opening import connect  # noqa: PLC0415 - it imports the store

    held = connect(_url(source))
    with atomic(using=alias):
        _copy(held, alias)
        statements = connections[alias].ops.sequence_reset_sql(no_style(), _models())
        with connections[alias].cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    connections[held].close()


def _save_rows(alias: str, target: Path) -> None:
    from verbale_store.opening import connect, make_tables  # noqa: PLC0415 - they import the store

    made = connect(_url(target))
    make_tables(made, str(target))
    with atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        with atomic(using=made):
            _copy(alias, made)
    connections[made].close()
    with closing(sqlite3.connect(target)) as file:
        file.execute("PRAGMA journal_mode=DELETE")


def _copy(source: str, target: str) -> None:
    for model in _models():
        rows: Iterator[Model] = (
            model._default_manager.using(source).order_by("pk").iterator(chunk_size=_ROWS)  # noqa: SLF001 - Django's own public name
        )
        while page := list(islice(rows, _ROWS)):
            model._default_manager.using(target).bulk_create(page)  # noqa: SLF001


def _models() -> list[type[Model]]:
    return list(apps.get_app_config("verbale_store").get_models())


def _url(path: Path) -> str:
    return f"sqlite:///{quote(str(path))}"
