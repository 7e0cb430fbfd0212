"""The register of every released schema opens after an upgrade with all that it held."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from verbale.edges.home import create_home
from verbale.errors import RegistryError
from verbale.registry.audit import audit
from verbale.registry.record import dump

RELEASED = Path(__file__).with_name("released")


@pytest.mark.parametrize("version", sorted(RELEASED.glob("*-sqlite.sql")), ids=lambda p: p.stem)
def test_a_released_register_is_upgraded_with_its_data(version: Path, tmp_path: Path) -> None:
    home = create_home(tmp_path / "registry", "lakes")
    for old in home.path.glob("registry.sqlite3*"):
        old.unlink()
    raw = sqlite3.connect(home.path / "registry.sqlite3")
    raw.executescript(version.read_text(encoding="utf-8"))
    raw.close()
    with pytest.raises(RegistryError, match="older version"):
        home.store()
    assert home.upgrade()
    store = home.store()
    entries = version.with_name(version.name.replace("-sqlite.sql", "-entries.jsonl"))
    assert [dump(entry) for entry in store.entries()] == entries.read_text().splitlines()
    assert list(audit(store)) == []
    assert store.calendar() == ()
    store.close()
