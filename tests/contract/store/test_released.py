"""The register of every released schema opens after an upgrade with all that it held."""

from __future__ import annotations

import datetime
import json
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.cli.main import run
from verbale.edges.clock import SystemClock
from verbale.edges.home import create_home, open_home
from verbale.edges.log_files import published_faults
from verbale.errors import RegistryError
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale.registry.audit import audit
from verbale.registry.log import EVENT
from verbale.registry.record import dump, event_line
from verbale.workflow.auditing import audit_log

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.edges.home import Home

RELEASED = Path(__file__).with_name("released")
NOW = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC)


@pytest.fixture(params=sorted(RELEASED.glob("*.sql")), ids=lambda path: path.stem)
def version(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture
def old(version: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Home:
    """A registry with the register of a released version, as it was left then."""
    if version.stem.endswith("sqlite"):
        home = create_home(tmp_path / "registry", "lakes")
        for made in home.path.glob("registry.sqlite3*"):
            made.unlink()
        raw = sqlite3.connect(home.path / "registry.sqlite3")
        raw.executescript(version.read_text(encoding="utf-8"))
        raw.close()
        return home
    make: Callable[[str], Path] = request.getfixturevalue("postgres_database")
    return open_home(make(version.read_text(encoding="utf-8")))


def test_a_released_register_is_upgraded_with_its_data(old: Home, version: Path) -> None:
    with pytest.raises(RegistryError, match="older version"):
        old.store()
    assert old.upgrade()
    store = old.store()
    entries = RELEASED / f"{version.stem.partition('-')[0]}-entries.jsonl"
    assert [dump(entry) for entry in store.entries()] == entries.read_text().splitlines()
    assert list(audit(store)) == []
    assert store.calendar() == ()
    store.close()


def test_what_was_done_before_there_was_a_log_is_in_it_after_the_upgrade(old: Home) -> None:
    old.upgrade()
    store = old.store()
    events = store.events_after(0)
    assert events
    leaves = [leaf for leaf in store.leaves(0) if leaf.kind == EVENT]
    assert [leaf.line for leaf in leaves] == [event_line(event) for event in events]
    assert list(audit_log(store, None, NOW)) == []
    assert list(store.faults()) == []
    first = next(store.entries())
    series = first.numbers[0].series
    register(
        store,
        series=series,
        shape=f"{series}/{{n}}",
        submission=Submission(),
        actor="desk",
        clock=SystemClock(),
    )
    assert store.log_size() == len(events) + 1
    assert list(audit_log(store, None, NOW)) == []
    store.close()


def test_the_log_of_an_upgraded_register_is_audited_signed_and_published_by_command(
    old: Home, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VERBALE_HOME", str(old.path))
    assert run(["log", "audit"]) == 2
    assert "verbale upgrade" in capfd.readouterr().err
    assert run(["upgrade"]) == 0
    assert run(["log", "rotate"]) == 0
    capfd.readouterr()
    run(["log", "audit", "--json"])
    reasons = json.loads(capfd.readouterr().out)["reasons"]
    # Of a release its database is kept here, the files that its entries name are not.
    assert {each["code"] for each in reasons} <= {"proof-kept-missing"}
    store = old.store()
    assert store.heads()[-1][0] == store.log_size()
    assert list(published_faults(old.path, store, SystemClock().now())) == []
    store.close()
