"""Writers wait in line for an SQLite register."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from verbale_store.turns import turn

if TYPE_CHECKING:
    from pathlib import Path


def test_one_writes_at_a_time(tmp_path: Path) -> None:
    name = str(tmp_path / "registry.sqlite3")
    inside: list[int] = []
    most: list[int] = []

    def write() -> None:
        with turn(name):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 6


def test_where_no_lock_file_can_be_made_the_database_decides(tmp_path: Path) -> None:
    with turn(str(tmp_path / "nowhere" / "registry.sqlite3")):
        assert not (tmp_path / "nowhere").exists()
