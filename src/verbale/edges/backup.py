"""A registry's backup while it runs, as one ZIP.

::

    backup.json          format, when, the log's size and root, the SHA-256 of every file
    settings.json        the settings that hold wherever it is restored
    registry.sqlite3     the register, one moment of it, whatever database it is in
    objects/ab/cdef…     every object
    signed/…             which pages were signed already
    keys/public.json     public keys and certificates
    keys/….pem           private keys, under their passphrase: only when asked for

The passphrase is in no backup. The published log is made anew from the register. Objects are
written before the act that names them, and never change: those that are there when the register
has been copied are all that the copy names.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale.edges.keys import FOLDER as KEYS
from verbale.edges.keys import PASSPHRASE, PUBLIC
from verbale.errors import UsageError
from verbale.proof import merkle

if TYPE_CHECKING:
    import datetime

    from verbale.edges.home import Home
    from verbale.registry.store import Store

FORMAT = "verbale-backup/1"
INDEX, DATABASE, SETTINGS = "backup.json", "registry.sqlite3", "settings.json"
#: What a registry is told again where it is restored; the others belong to one computer.
_KEPT_SETTINGS = ("institution", "public_url")


def backup(
    home: Home, target: Path, now: datetime.datetime, *, with_keys: bool = False
) -> dict[str, Any]:
    """Write a backup of *home* to the file *target*; what its index says, without the files.

    Raises `UsageError` if *target* is there, `RegistryError` if the register cannot be read or
    an object is missing or altered: nothing is written then.
    """
    if target.exists():
        raise UsageError(f"{target} is there already", remedy="Give a name that is free.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".verbale-", dir=target.parent) as folder:
        copy = Path(folder) / DATABASE
        home.save_copy(copy)
        made = Path(folder) / "backup"
        with made.open("wb") as file:
            made.chmod(0o600)
            with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
                index = _fill(archive, home, copy, now, with_keys=with_keys)
            file.flush()
            os.fsync(file.fileno())
        made.replace(target)
    return {name: value for name, value in index.items() if name != "files"}


def _fill(
    archive: zipfile.ZipFile,
    home: Home,
    copy: Path,
    now: datetime.datetime,
    *,
    with_keys: bool,
) -> dict[str, Any]:
    files: dict[str, str] = {}

    def put(name: str, data: bytes) -> None:
        files[name] = hashlib.sha256(data).hexdigest()
        archive.writestr(name, data)

    said = {name: home.settings[name].value for name in _KEPT_SETTINGS}
    put(SETTINGS, json.dumps(said, ensure_ascii=False).encode("utf-8"))
    put(DATABASE, copy.read_bytes())
    objects = home.objects
    for sha256 in objects:
        put(f"objects/{sha256[:2]}/{sha256[2:]}", objects.get(sha256))
    for path in sorted((home.path / "signed").glob("*")):
        put(f"signed/{path.name}", path.read_bytes())
    for path in sorted((home.path / KEYS).glob("*")):
        secret = path.name != PUBLIC
        if path.is_file() and path.name != PASSPHRASE and (with_keys or not secret):
            put(f"{KEYS}/{path.name}", path.read_bytes())
    size, root = log_in(copy)
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


def log_in(copy: Path) -> tuple[int, str]:
    """Size and root of the log in a copy of a register, whatever version wrote it."""
    with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as held:
        rows = held.execute('SELECT hash FROM log_node WHERE level = 0 ORDER BY "index"')
        leaves = [bytes.fromhex(row[0]) for row in rows]
    return len(leaves), merkle.root(len(leaves), merkle.of_levels(merkle.levels(leaves))).hex()


def log_of(store: Store) -> tuple[int, str]:
    """Size and root of the log of an open register."""
    size = store.log_size()
    return size, merkle.root(size, store.node).hex()
