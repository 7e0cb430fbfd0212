"""A register copied while it is written to, and brought back on either database."""

from __future__ import annotations

import importlib
import json
import threading
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from verbale.edges.backup import backup, log_of
from verbale.edges.home import open_home
from verbale.edges.restoring import restore
from verbale.errors import ConflictError, RegistryError
from verbale.registry.acts.register import register
from verbale.registry.audit import audit
from verbale.registry.record import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.registry.arrival import Submission
    from verbale.registry.store import Store

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}


def content(store: Store) -> tuple[object, ...]:
    entries = [dump(entry) for entry in store.entries()]
    return (
        entries,
        store.events_after(0),
        store.calendar_changes(),
        store.heads(),
        log_of(store),
    )


def filled(path: Path, note: Callable[..., Submission], who: dict[str, Any]) -> Store:
    store = open_home(path).store()
    for text in ("a", "b", "c"):
        register(store, **SERIES, submission=note(text), **who)
    with store.transaction() as tx:
        tx.state('{"act":"key"}')
    return store


def test_a_copy_is_the_register_of_one_moment_whatever_is_written_meanwhile(
    home: Path, note: Callable[..., Submission], who: dict[str, Any], tmp_path: Path
) -> None:
    store = filled(home, note, who)
    stop, sent = threading.Event(), []

    def write() -> None:
        mine = open_home(home).store()
        while not stop.is_set():
            sent.append(register(mine, **SERIES, submission=note(f"n{len(sent)}"), **who))
        mine.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(sent) < 3:
            stop.wait(0.01)
        made = backup(open_home(home), tmp_path / "b.zip", who["clock"].now())
    finally:
        stop.set()
        writer.join()
    index = restore(tmp_path / "b.zip", tmp_path / "back")
    back = open_home(tmp_path / "back").store()
    assert (made["size"], made["root"]) == log_of(back) == (index["size"], index["root"])
    assert 7 <= made["size"] <= store.log_size()
    kept = [dump(entry) for entry in back.entries()]
    assert kept == [dump(entry) for entry in store.entries()][: len(kept)]
    assert list(audit(back)) == list(back.faults()) == []
    again = register(back, **SERIES, submission=note("later"), **who)
    assert again.receipt == len(kept) + 1
    back.close()
    store.close()


@pytest.fixture
def empty_database(postgres_server: str) -> str:
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as server:
        server.execute("DROP DATABASE IF EXISTS restored")
        server.execute("CREATE DATABASE restored")
    return f"{postgres_server}/restored"


def test_a_backup_goes_into_an_empty_database_whole_or_not_at_all(
    home: Path,
    note: Callable[..., Submission],
    who: dict[str, Any],
    tmp_path: Path,
    empty_database: str,
) -> None:
    store = filled(home, note, who)
    backup(open_home(home), tmp_path / "b.zip", who["clock"].now())
    damaged(tmp_path / "b.zip", tmp_path / "d.zip")
    with pytest.raises(RegistryError, match="log in it is not the one it names"):
        restore(tmp_path / "d.zip", tmp_path / "back", database=empty_database)
    restore(tmp_path / "b.zip", tmp_path / "back", database=empty_database)
    assert not (tmp_path / "back" / "registry.sqlite3").exists()
    back = open_home(tmp_path / "back").store()
    assert content(back) == content(store)
    assert list(back.faults()) == []
    # The keys of its tables go on from those that are there.
    register(back, **SERIES, submission=note("later"), **who)
    with pytest.raises(ConflictError, match="holds a register already"):
        restore(tmp_path / "b.zip", tmp_path / "refused", database=empty_database)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.zip", "back", "d.zip"]
    back.close()
    store.close()


def damaged(good: Path, bad: Path) -> None:
    """A backup whose index names another log."""
    with zipfile.ZipFile(good) as held, zipfile.ZipFile(bad, "w") as made:
        for name in held.namelist():
            data = held.read(name)
            if name == "backup.json":
                index = json.loads(data)
                index["root"] = "0" * 64
                data = json.dumps(index).encode()
            made.writestr(name, data)
