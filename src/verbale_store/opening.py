"""Open the register of a registry's folder. Django is imported here, and only when asked."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import threading
from typing import TYPE_CHECKING, Any

from verbale.edges.home import open_home
from verbale.errors import ConflictError, RegistryError
from verbale_store.databases import database, sqlite_path

if TYPE_CHECKING:
    from pathlib import Path

    from verbale_store.store import DjangoStore

_APP = "verbale_store"
_first = threading.Lock()


def open_store(
    home: Path, *, create: bool = False, upgrade: bool = False, fill_from: Path | None = None
) -> DjangoStore:
    """Open the register of the registry at *home*; with *create*, make its tables first.

    With *fill_from*, the SQLite file that `DjangoStore.save_copy` wrote, they are filled too,
    all or nothing. With *upgrade* an older register is brought to this version's shape;
    ``steps_taken`` of the store names the steps.

    Raises `RegistryError` if it is not there, damaged, or of a newer or older shape, and
    `ConflictError` if *create* finds entries in it.
    """
    store = _connect(home, create=create)
    done = _migrations(store)
    known = _steps()
    if upgrade and done and not done - known:
        _migrate(store)
        store.steps_taken = tuple(sorted(known - done))
        return store
    if create:
        if done:
            raise ConflictError(
                f"the database {store.where} holds a register already",
                remedy="Name an empty database, or open the registry it belongs to.",
            )
        _migrate(store, fill_from)
    elif not done:
        raise RegistryError(
            f"{store.where} holds no register",
            remedy="Restore it from a backup, or make a registry with `verbale init`.",
        )
    elif done - known:
        raise RegistryError(
            f"{store.where} was written by a newer version ({max(done - known)})",
            remedy="Update Verbale: `pip install --upgrade verbale`.",
        )
    elif known - done:
        raise RegistryError(
            f"{store.where} was written by an older version (without {min(known - done)})",
            remedy="Make a backup, then run `verbale upgrade`.",
        )
    return store


def upgrade_store(home: Path) -> tuple[str, ...]:
    """Bring an older register to this version's shape; the steps taken, none if it has it.

    All steps are one transaction: if one fails, none was taken, and it may be run again.
    """
    return open_store(home, upgrade=True).steps_taken


def _connect(home: Path, *, create: bool) -> DjangoStore:
    url = open_home(home).database
    where = url.removeprefix("sqlite:///").rpartition("@")[2]
    # SQLite would make an empty file of a name that is not there.
    if url.startswith("sqlite:") and not create and not sqlite_path(url).is_file():
        raise RegistryError(
            f"the register {where} is missing",
            remedy="Restore it from a backup, or correct `database` in verbale.toml.",
        )
    alias = connect(url)
    from verbale_store.store import DjangoStore  # noqa: PLC0415 - after Django is set up

    return DjangoStore(alias, where)


def connect(url: str) -> str:
    """Set Django up, once, and tell it of this database; give the database's alias."""
    import django  # noqa: PLC0415 - 150 ms that other commands need not spend
    from django.conf import settings  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415

    wanted = database(url)
    with _first:
        if not settings.configured:
            from verbale_store import settings as own  # noqa: PLC0415

            named = {name: getattr(own, name) for name in dir(own) if name.isupper()}
            settings.configure(**named)
            django.setup()
        for alias, held in connections.settings.items():
            if _same(held, wanted):
                return str(alias)
        alias = hashlib.sha256(url.encode()).hexdigest()[:16]
        # A process may open several registries, so that none of them is Django's "default".
        whole = connections.configure_settings({"default": {}, alias: wanted})
        connections.settings[alias] = whole[alias]
        return alias


def _same(held: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(held.get(name) == value for name, value in wanted.items())


def _steps() -> frozenset[str]:
    """The names of the migrations that this version knows; none of them is imported."""
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    package = importlib.import_module(str(MigrationLoader.migrations_module(_APP)[0]))
    return frozenset(info.name for info in pkgutil.iter_modules(package.__path__))


def _migrations(store: DjangoStore) -> frozenset[str]:
    """The migrations that the database has gone through."""
    from django.db import connections  # noqa: PLC0415
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    from verbale_store.plain_errors import plain_errors  # noqa: PLC0415

    with plain_errors(store.where):
        applied = MigrationRecorder(connections[store.alias]).applied_migrations()
        return frozenset(name for app, name in applied if app == _APP)


def make_tables(alias: str, where: str) -> None:
    """Make the tables of a register in an empty database."""
    from verbale_store.store import DjangoStore  # noqa: PLC0415 - after Django is set up

    _migrate(DjangoStore(alias, where))


def _migrate(store: DjangoStore, fill_from: Path | None = None) -> None:
    """Take every step in one transaction: all of them, or none when it is cut off.

    Django alone records a step after its transaction when indexes are made at the end; killed
    in between, a step is taken and not known to be, and cannot be taken again.
    """
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connections  # noqa: PLC0415
    from django.db.transaction import atomic  # noqa: PLC0415

    from verbale_store.copying import load_copy  # noqa: PLC0415
    from verbale_store.plain_errors import plain_errors  # noqa: PLC0415

    connection = connections[store.alias]
    with plain_errors(store.where):
        # SQLite remakes tables, which needs its checks of references off before it begins.
        connection.disable_constraint_checking()
        try:
            with atomic(using=store.alias, durable=True):
                call_command(
                    "migrate", _APP, database=store.alias, verbosity=0, interactive=False
                )
                if fill_from is not None:
                    load_copy(store.alias, fill_from)
        finally:
            connection.enable_constraint_checking()
