"""R11: the register of every released schema keeps all in an upgrade, also a killed one."""

from __future__ import annotations

import importlib
import random
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from places import BrokenError, folder, named, postgres
from workers import start

from verbale.edges.clock import SystemClock
from verbale.edges.home import Home, create_home, open_home
from verbale.registry.audit import audit
from verbale.registry.record import dump
from verbale.workflow.auditing import audit_log

if TYPE_CHECKING:
    from collections.abc import Callable

RELEASED = Path(__file__).resolve().parents[2] / "tests" / "contract" / "store" / "released"


def upgrades(database: str, *, full: bool) -> str:
    """Load each committed register, kill its upgrade at random moments, let one end."""
    kills = 20 if full else 3
    versions = sorted(RELEASED.glob(f"*-{database.removesuffix('ql')}*.sql"))
    if not versions:
        raise BrokenError("no released register is kept")
    for version in versions:
        with folder() as own:
            if database == "sqlite":
                home = create_home(own / "registry", "lakes")
                path = home.path / "registry.sqlite3"
                for old in home.path.glob("registry.sqlite3*"):
                    old.unlink()
                raw = sqlite3.connect(path)
                raw.executescript(version.read_text(encoding="utf-8"))
                raw.close()
                _upgrade(home, version, kills)
                continue
            with postgres() as url:
                psycopg = importlib.import_module("psycopg")
                with psycopg.connect(f"{url}/postgres", autocommit=True) as server:
                    server.execute(version.read_text(encoding="utf-8"))
                _upgrade(named(own / "registry", f"{url}/postgres"), version, kills)
    return f"{len(versions)} released registers, {kills} upgrades killed in each, 0 lost"


def _upgrade(home: Home, version: Path, kills: int) -> None:
    chance = random.Random(101)  # noqa: S311 - moments
    for _ in range(kills):
        worker = start(_work(home))
        time.sleep(chance.uniform(0, 0.1))
        worker.kill()
        worker.hear()
    home.upgrade()
    store = home.store()
    name = version.name.partition("-")[0] + "-entries.jsonl"
    expected = (RELEASED / name).read_text(encoding="utf-8").splitlines()
    if [dump(entry) for entry in store.entries()] != expected:
        raise BrokenError(f"{version.name}: the entries are not what they were")
    complaints = [*audit(store), *audit_log(store, None, SystemClock().now())]
    store.close()
    if complaints:
        raise BrokenError(f"{version.name}: {complaints[0]}")


def _work(home: Home) -> Callable[[Callable[[object], None]], None]:
    return lambda say: say({"steps": open_home(home.path).upgrade()})
