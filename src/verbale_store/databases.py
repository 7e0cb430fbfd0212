"""From a database's URL to Django's settings for it."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from verbale.errors import MissingPartError, UsageError

#: How long a writer waits for its turn, in seconds. SQLite's lock is not fair: with eight busy
#: writers single waits of 3.5 s were measured.
TIMEOUT = 20

_READING = "PRAGMA mmap_size=134217728; PRAGMA cache_size=-64000;"
# FULL, not NORMAL: NORMAL may lose the last commits in a power cut, and a symbol that a mission
# was told would then be given again.
_PRAGMAS = f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; {_READING}"


def database(url: str) -> dict[str, Any]:
    """Django's ``DATABASES`` value for ``sqlite:///PATH`` or ``postgresql://USER@HOST/NAME``.

    ``?timeout=5`` sets how long a writer waits. Raises `UsageError` for another kind,
    `MissingPartError` if the driver of PostgreSQL is not installed.
    """
    parts = urlsplit(url)
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    timeout = float(query.pop("timeout", TIMEOUT))
    if parts.scheme == "sqlite" and not parts.netloc:
        return _sqlite(sqlite_path(url), timeout)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgresql(url, query, timeout)
    raise UsageError(
        f"not a database this store knows: {parts.scheme}://…",
        remedy="Write sqlite:////folder/registry.sqlite3 or postgresql://user@host/name.",
    )


def sqlite_path(url: str) -> Path:
    """The file that ``sqlite:///PATH`` names."""
    return Path(unquote(urlsplit(url).path.removeprefix("/")))


def cannot_change(path: Path) -> bool:
    """Whether a file lies on a disk that is mounted for reading only."""
    try:
        return bool(os.statvfs(path).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _sqlite(path: Path, timeout: float) -> dict[str, Any]:
    if cannot_change(path) and not Path(f"{path}-wal").exists():
        # Even to read it SQLite would make files beside it, unless told that no one writes.
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": f"file:{quote(str(path))}?immutable=1",
            "OPTIONS": {"init_command": _READING},
        }
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "timeout": timeout,
            # A transaction that reads first and writes later fails at once when another wrote
            # in between, however long the timeout: the lock is taken at BEGIN.
            "transaction_mode": "IMMEDIATE",
            "init_command": _PRAGMAS,
        },
    }


def _postgresql(url: str, query: dict[str, str], timeout: float) -> dict[str, Any]:
    if find_spec("psycopg") is None:
        raise MissingPartError(
            "the driver of PostgreSQL is not installed",
            remedy="Install it: `pip install 'verbale[postgres]'`.",
        )
    parts = urlsplit(url)
    lock = f"-c lock_timeout={int(timeout * 1000)}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {**query, "options": f"{lock} -c synchronous_commit=on"},
    }
