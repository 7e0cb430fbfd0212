"""A registry's backup while it runs, as one ZIP, and its way back.

::

    backup.json          format, when, the log's size and root, the SHA-256 of every file
    verbale.toml         the settings
    registry.sqlite3     the register, by SQLite's own online backup: one moment of it
    objects/ab/cdef…     every object
    log/…                the published log
    keys/public.json     public keys and certificates; all of ``keys`` only when asked for

Objects are written before the act that names them, and never change: those there when the
register has been copied are all that the copy names.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.edges.home import FILE, open_home
from verbale.edges.keys import FOLDER as KEYS
from verbale.edges.keys import PUBLIC
from verbale.edges.log_files import FOLDER as LOG
from verbale.errors import RegistryError, UsageError
from verbale.proof import merkle

if TYPE_CHECKING:
    import datetime

    from verbale.edges.home import Home

FORMAT = "verbale-backup/1"
INDEX, DATABASE = "backup.json", "registry.sqlite3"
_CHUNK = 1 << 20
_DAMAGED = "Use another backup; this one was left as it is, and nothing was made."


def backup(
    home: Home, target: Path, now: datetime.datetime, *, with_keys: bool = False
) -> dict[str, Any]:
    """Write a backup of *home* to the file *target*; what its index says, without the files.

    Raises `UsageError` for a database that is not SQLite: it has backups of its own.
    """
    if not home.database.startswith("sqlite:"):
        raise UsageError(
            "this register is not in SQLite",
            remedy="Back it up with `pg_dump`, and its objects with the folder's own tools.",
        )
    if target.exists():
        raise UsageError(f"{target} is there already", remedy="Give a name that is free.")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.new")
    with tempfile.TemporaryDirectory(prefix=".verbale-", dir=target.parent) as folder:
        copy = Path(folder) / DATABASE
        _copy_database(home, copy)
        try:
            with zipfile.ZipFile(beside, "w", zipfile.ZIP_STORED) as archive:
                index = _fill(archive, home, copy, now, with_keys=with_keys)
            with beside.open("rb") as file:
                os.fsync(file.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return {name: value for name, value in index.items() if name != "files"}


def _copy_database(home: Home, copy: Path) -> None:
    from urllib.parse import unquote, urlsplit  # noqa: PLC0415 - beside its only use

    source = Path(unquote(urlsplit(home.database).path.removeprefix("/")))
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as held,
            closing(sqlite3.connect(copy)) as made,
        ):
            held.backup(made)
            made.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as bad:
        raise RegistryError(
            f"the register {source} cannot be copied: {bad}",
            remedy="Run `verbale doctor`, and look at the database.",
        ) from bad


def _fill(
    archive: zipfile.ZipFile,
    home: Home,
    copy: Path,
    now: datetime.datetime,
    *,
    with_keys: bool,
) -> dict[str, Any]:
    files: dict[str, str] = {}

    def put(name: str, path: Path) -> None:
        data = path.read_bytes()
        files[name] = hashlib.sha256(data).hexdigest()
        archive.writestr(name, data)

    put(FILE, home.path / FILE)
    put(DATABASE, copy)
    objects = home.objects
    for sha256 in objects:
        archive.writestr(f"objects/{sha256[:2]}/{sha256[2:]}", objects.get(sha256))
        files[f"objects/{sha256[:2]}/{sha256[2:]}"] = sha256
    for folder in (LOG, "signed"):
        for path in sorted((home.path / folder).rglob("*")):
            # A file that is being written beside its place is none of the log's.
            if path.is_file() and not path.name.startswith("."):
                put(path.relative_to(home.path).as_posix(), path)
    for path in sorted((home.path / KEYS).glob("*")):
        if path.is_file() and (with_keys or path.name == PUBLIC):
            put(f"{KEYS}/{path.name}", path)
    size, root = _log_of(copy)
    index = {
        "format": FORMAT,
        "at": now.isoformat(),
        "size": size,
        "root": root,
        "with_keys": with_keys,
        "files": files,
    }
    archive.writestr(INDEX, json.dumps(index, indent=1, sort_keys=True))
    return {**index, "count": len(files)}


def _log_of(copy: Path) -> tuple[int, str]:
    """Size and root of the log in a copy of the register."""
    with closing(sqlite3.connect(copy)) as held:
        rows = held.execute('SELECT hash FROM log_node WHERE level = 0 ORDER BY "index"')
        leaves = [bytes.fromhex(row[0]) for row in rows]
    return len(leaves), merkle.root(len(leaves), merkle.of_levels(merkle.levels(leaves))).hex()


def restore(source: Path, target: Path) -> dict[str, Any]:
    """Make the registry of the backup *source* anew in *target*, whole or not at all.

    Every byte is compared with its hash, and the log with its root. Raises `UsageError` if
    *target* holds anything, `RegistryError` if the backup is damaged, saying where.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(
            f"{target} is not an empty folder; nothing was changed",
            remedy="Give an empty folder or a new name.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        try:
            with zipfile.ZipFile(source) as archive:
                index = _unpack(archive, made)
        except (zipfile.BadZipFile, EOFError, KeyError, ValueError) as bad:
            raise RegistryError(f"{source} is damaged: {bad}", remedy=_DAMAGED) from bad
        except FileNotFoundError as bad:
            raise UsageError(f"{source} is not there", remedy="Name a backup.") from bad
        if list(_log_of(made / DATABASE)) != [index["size"], index["root"]]:
            raise RegistryError(
                f"{source}: the log in it is not the one it names", remedy=_DAMAGED
            )
        made.chmod(0o755)
        if target.exists():
            target.rmdir()
        made.rename(target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    home = open_home(target)
    home.store().close()
    return {name: value for name, value in index.items() if name != "files"}


def _unpack(archive: zipfile.ZipFile, made: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads(archive.read(INDEX))
    if index.get("format") != FORMAT:
        raise RegistryError(
            f"a backup of format {index.get('format')!r}; this program knows {FORMAT}",
            remedy="Use the version of Verbale that wrote it, or a later one.",
        )
    for name, sha256 in index["files"].items():
        parts = name.split("/")
        if not all(parts) or ".." in parts or name.startswith("/"):
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
        if hashed.hexdigest() != sha256:
            raise RegistryError(f"{name} in the backup is damaged", remedy=_DAMAGED)
    if (made / KEYS).is_dir():
        (made / KEYS).chmod(0o700)
    if not {FILE, DATABASE} <= set(index["files"]):
        raise RegistryError("the backup holds no register", remedy=_DAMAGED)
    (made / "objects").mkdir(exist_ok=True)
    return index
