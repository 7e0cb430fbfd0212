"""The way back from a backup: a registry made anew, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.edges.backup import DATABASE, FORMAT, INDEX, SETTINGS, log_in, log_of
from verbale.edges.home import FILE, open_home, settings_text
from verbale.edges.keys import FOLDER as KEYS
from verbale.edges.keys import PUBLIC
from verbale.edges.log_files import republish
from verbale.errors import RegistryError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHUNK = 1 << 20
_DAMAGED = "Use another backup; this one was left as it is, and nothing was made."


def restore(source: Path, target: Path, *, database: str = "") -> dict[str, Any]:
    """Make the registry of the backup *source* anew in *target*, whole or not at all.

    *database* is the URL of an empty database; without it, and without VERBALE_DATABASE_URL,
    the register is an SQLite file in *target*. Every byte is compared with its hash, and the
    log with its root. Raises `UsageError` if *target* holds anything, `ConflictError` if the
    database does, `RegistryError` if the backup is damaged, saying where.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target} is not an empty folder; nothing was changed",
            remedy="Give an empty folder or a new name.",
        )
    target = target.absolute()
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        index = _unpacked(source, made)
        _set_up(made, index, database, source)
        made.chmod(0o755)
        if target.exists():
            target.rmdir()
        made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    return {name: value for name, value in index.items() if name != "files"}


def _unpacked(source: Path, made: Path) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(source) as archive:
            return _unpack(archive, made, source)
    except FileNotFoundError as bad:
        raise UsageError(f"{source} is not there", remedy="Name a backup.") from bad
    except (
        zipfile.BadZipFile,
        EOFError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
    ) as bad:
        raise RegistryError(f"{source} is damaged: {bad}", remedy=_DAMAGED) from bad


def _unpack(archive: zipfile.ZipFile, made: Path, source: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(archive.read(INDEX))
    if index.get("format") != FORMAT:
        raise RegistryError(
            f"{source} is of format {index.get('format')!r}; this program knows {FORMAT}",
            remedy="Use the version of Verbale that wrote it, or a later one.",
        )
    missing = {DATABASE, SETTINGS} - set(index["files"])
    if missing:
        raise RegistryError(f"{source} holds no {min(missing)}", remedy=_DAMAGED)
    there = set(archive.namelist())
    for name, sha256 in index["files"].items():
        if name not in there:
            raise RegistryError(f"{source}: {name} is missing", remedy=_DAMAGED)
        if _take_out(archive, made, name) != sha256:
            raise RegistryError(f"{source}: {name} is damaged", remedy=_DAMAGED)
    if (made / KEYS).is_dir():
        (made / KEYS).chmod(0o700)
    (made / "objects").mkdir(exist_ok=True)
    return index


def _take_out(archive: zipfile.ZipFile, made: Path, name: str) -> str:
    """Write one file durably; its SHA-256."""
    parts = name.split("/")
    if not all(parts) or ".." in parts or "\\" in name:
        raise RegistryError(f"the backup names a place outside: {name!r}", remedy=_DAMAGED)
    path = made.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = parts[0] == KEYS and name != f"{KEYS}/{PUBLIC}"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
    hashed = hashlib.sha256()
    with os.fdopen(handle, "wb") as out, archive.open(name) as held:
        while chunk := held.read(_CHUNK):
            hashed.update(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return hashed.hexdigest()


def _set_up(made: Path, index: Mapping[str, Any], database: str, source: Path) -> None:
    """Settings, register and published log of what was unpacked."""
    copy, wanted = made / DATABASE, (index["size"], index["root"])
    try:
        found = log_in(copy)
    except (sqlite3.Error, ValueError) as bad:
        raise RegistryError(f"{source}: the register in it: {bad}", remedy=_DAMAGED) from bad
    said: dict[str, str] = json.loads((made / SETTINGS).read_bytes())
    settings = {name: value for name, value in said.items() if value}
    (made / SETTINGS).unlink()
    set_outside = os.environ.get("VERBALE_DATABASE_URL", "")
    if database and set_outside not in {"", database}:
        raise UsageError(
            "VERBALE_DATABASE_URL names another database than the one given",
            remedy="Take one of the two away; nothing was made.",
        )
    if database and not set_outside:
        settings["database"] = database
    database = database or set_outside
    (made / FILE).write_text(settings_text(settings), encoding="utf-8")
    if found != wanted:
        raise RegistryError(f"{source}: the log in it is not the one it names", remedy=_DAMAGED)
    home = open_home(made)
    if database:
        home.store(create=True, fill_from=copy).close()
        copy.unlink()
    else:
        home.upgrade()
    store = home.store()
    try:
        if log_of(store) != wanted:
            raise RegistryError(f"{source}: the log was not restored", remedy=_DAMAGED)
        republish(made, store)
    finally:
        store.close()
