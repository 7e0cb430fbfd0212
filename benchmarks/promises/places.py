"""Registries to break, on SQLite and PostgreSQL, and whether they are still whole."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.edges.clock import SystemClock
from verbale.edges.home import Home, create_home, open_home
from verbale.edges.log_files import published_faults
from verbale.edges.signing import first_keys, new_keys
from verbale.registry.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterator

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class MissingError(Exception):
    """What a promise needs is not there; under CI=true that is a failure."""


class BrokenError(Exception):
    """The promise is not kept."""


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="verbale-promise-") as made:
        yield Path(made)


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server of our own on a free port, its writes flushed as they should be."""
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    run = Path(found).resolve().parent if found else folders[-1] if folders else Path("/none")
    if not (run / "initdb").exists() or find_spec("psycopg") is None:
        raise MissingError("no PostgreSQL server or driver: `make system`, verbale[postgres]")
    user = "postgres" if os.geteuid() == 0 else None
    with folder() as own, socket.socket() as free:
        if user:
            shutil.chown(own, user)
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        data = own / "data"
        make = [run / "initdb", "-D", data, "-A", "trust", "-U", "verbale", "-E", "UTF8"]
        subprocess.run([*make, "--locale=C"], check=True, cwd="/", user=user, **QUIET)  # noqa: S603 - ours
        options = f"-p {port} -c listen_addresses=127.0.0.1 -k {own}"
        control = [run / "pg_ctl", "-D", data, "-w"]
        start = [*control, "-o", options, "start"]
        subprocess.run(start, check=True, cwd="/", user=user, **QUIET)  # noqa: S603 - ours
        try:
            yield f"postgresql://verbale@127.0.0.1:{port}"
        finally:
            stop = [*control, "-m", "immediate", "stop"]
            subprocess.run(stop, check=True, cwd="/", user=user, **QUIET)  # noqa: S603 - ours


@contextmanager
def registry(database: str) -> Iterator[Home]:
    """A fresh registry of the Lakes, with keys, on ``sqlite`` or ``postgresql``."""
    with folder() as own:
        path = own / "registry"
        if database == "sqlite":
            rules = institutions.load("lakes")
            yield create_home(path, rules.name, prepare=first_keys(rules, [], path))
            return
        with postgres() as url:
            yield named(path, f"{url}/postgres", create=True)


def named(path: Path, url: str, *, create: bool = False) -> Home:
    """A registry in *path* whose register is the database *url*."""
    path.mkdir(parents=True)
    settings = f'format = 1\ninstitution = "lakes"\ndatabase = "{url}"\n'
    (path / "verbale.toml").write_text(settings, encoding="utf-8")
    home = open_home(path)
    if create:
        home.store(create=True).close()
        new_keys(home, institutions.load(home.institution))
    return home


def whole(home: Home) -> dict[str, int]:
    """Receipt by symbol, when nothing is lost, doubled, skipped or half made."""
    store = home.store()
    try:
        complaints = [*audit(store), *published_faults(home.path, store, SystemClock().now())]
        if complaints:
            raise BrokenError("; ".join(map(str, complaints[:3])))
        kept: dict[str, int] = {}
        for entry in store.entries():
            for file in (*entry.received, *entry.composed):
                home.objects.get(file.sha256)
            for symbol in entry.symbols:
                if symbol in kept:
                    raise BrokenError(f"{symbol} was given twice")
                kept[symbol] = entry.receipt
        return kept
    finally:
        store.close()
