"""A register that cannot be used is refused in words, with no traceback, and left alone."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.core.management import call_command
from django.db import connections

from verbale.edges.clock import SystemClock
from verbale.edges.home import create_home
from verbale.errors import (
    ConflictError,
    MissingPartError,
    RegistryError,
    UsageError,
)
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale_store import migrations
from verbale_store.__main__ import main
from verbale_store.opening import open_store, upgrade_store

if TYPE_CHECKING:
    from pathlib import Path

    from verbale_store.store import DjangoStore

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}
WHO = {"actor": "desk", "clock": SystemClock()}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return create_home(tmp_path / "registry", "lakes").path


def database(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "registry.sqlite3", isolation_level=None)


def refused(home: Path, *, match: str) -> None:
    with pytest.raises(RegistryError, match=match) as caught:
        open_store(home)
    assert caught.value.remedy
    assert "Traceback" not in str(caught.value)


def test_sqlite_is_set_to_lose_nothing_in_a_power_cut(home: Path) -> None:
    store = open_store(home)
    with connections[store.alias].cursor() as cursor:
        found = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    impatient = _open_with(home, f"sqlite:///{home / 'registry.sqlite3'}?timeout=0.1")
    with store.transaction(), pytest.raises(RegistryError, match="another program"):
        register(impatient, **SERIES, submission=Submission(), **WHO)
    impatient.close()
    store.close()


def _open_with(home: Path, url: str) -> DjangoStore:
    text = (home / "verbale.toml").read_text(encoding="utf-8")
    (home / "verbale.toml").write_text(f'{text}database = "{url}"\n', encoding="utf-8")
    return open_store(home)


def test_the_schema_has_no_change_without_a_migration(home: Path) -> None:
    open_store(home)
    call_command("makemigrations", "verbale_store", check=True, dry_run=True, verbosity=0)


def test_the_database_holds_back_a_number_given_twice_whoever_writes(home: Path) -> None:
    store = open_store(home)
    register(store, **SERIES, submission=Submission(), **WHO)
    register(store, **SERIES, submission=Submission(), **WHO)
    store.close()
    with database(home) as raw:
        for order in (
            "UPDATE register_symbol SET number = 1 WHERE number = 2",
            "UPDATE register_symbol SET symbol = 'A/HRC/43/G/1' WHERE number = 2",
            "INSERT INTO register_symbol VALUES ('A/HRC/43/G/1', 'other', 1, 2)",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                raw.execute(order)
    raw.close()


def test_a_database_of_a_newer_version_is_refused(home: Path) -> None:
    with database(home) as raw:
        raw.execute(
            "INSERT INTO django_migrations (app, name, applied)"
            " VALUES ('verbale_store', '9999_later', '2030-01-01')"
        )
    raw.close()
    refused(home, match="newer version .9999_later")


LATER = """
from django.db import migrations

class Migration(migrations.Migration):
    dependencies = [("verbale_store", "0003_log")]
    operations = [migrations.RunSQL("CREATE TABLE register_later (name text)")]
"""

DEADLY = """
import os

def die(apps, schema_editor):
    if os.environ["DEADLY"]:
        os.kill(os.getpid(), 9)

Migration.operations.append(migrations.RunPython(die))
"""


@pytest.fixture
def later_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """As after an update of the program: it knows a step that the database has not taken."""
    folder = tmp_path / "later_version_of_the_store"
    shutil.copytree(migrations.__path__[0], folder)
    (folder / "0009_later.py").write_text(LATER, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(
        "django.conf.settings.MIGRATION_MODULES", {"verbale_store": folder.name}
    )
    return "0009_later"


def test_a_database_of_an_older_version_is_refused_and_keeps_everything_when_upgraded(
    home: Path, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(home)
    first = register(store, **SERIES, submission=Submission(), **WHO)
    later = request.getfixturevalue("later_version")
    refused(home, match=f"older version .without {later}")
    assert main(["upgrade", str(home)]) == 0
    assert capsys.readouterr().out == f"{later}\n"
    assert upgrade_store(home) == ()
    again = open_store(home)
    assert again.get(first.symbol) == first
    assert again.events(first.symbol) == store.events(first.symbol)


def test_an_upgrade_killed_in_the_middle_of_a_step_is_as_if_it_had_not_begun(
    home: Path, tmp_path: Path
) -> None:
    store = open_store(home)
    first = register(store, **SERIES, submission=Submission(), **WHO)
    store.close()
    folder = tmp_path / "later_version_of_the_store"
    shutil.copytree(migrations.__path__[0], folder)
    (folder / "0009_later.py").write_text(LATER + DEADLY, encoding="utf-8")
    program = (
        "import sys; from verbale_store import settings, __main__ as tool;"
        f"settings.MIGRATION_MODULES = {{'verbale_store': {folder.name!r}}};"
        "raise SystemExit(tool.main(['upgrade', sys.argv[1]]))"
    )
    ends = [
        subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", program, str(home)],
            env={**os.environ, "PYTHONPATH": str(tmp_path), "DEADLY": deadly},
            capture_output=True,
            check=False,
        ).returncode
        for deadly in ("1", "", "")
    ]
    assert ends == [-signal.SIGKILL, 0, 0]
    with database(home) as raw:
        assert raw.execute("SELECT count(*) FROM register_later").fetchone() == (0,)
        raw.execute("DELETE FROM django_migrations WHERE name = '0009_later'")
    raw.close()
    assert list(open_store(home).entries()) == [first]


def test_the_upgrade_of_what_is_no_registry_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["upgrade", str(tmp_path)]) == 2
    assert "no registry" in capsys.readouterr().err
    assert main([]) == 2


def test_a_missing_database_is_not_made_anew_in_silence(home: Path) -> None:
    (home / "registry.sqlite3").unlink()
    refused(home, match="missing")
    assert not (home / "registry.sqlite3").exists()


def test_an_empty_database_is_not_a_register(home: Path) -> None:
    (home / "registry.sqlite3").write_bytes(b"")
    refused(home, match="holds no register")


def test_a_file_that_is_no_database_is_refused(home: Path) -> None:
    (home / "registry.sqlite3").write_bytes(b"not a database at all" * 400)
    refused(home, match="not a database")


def test_a_damaged_page_is_refused_when_it_is_read(home: Path) -> None:
    store = open_store(home)
    for _ in range(40):
        register(store, **SERIES, submission=Submission(masthead="x" * 2000), **WHO)
    store.close()
    path = home / "registry.sqlite3"
    data = bytearray(path.read_bytes())
    data[3 * 4096 :] = b"\xff" * (len(data) - 3 * 4096)
    path.write_bytes(data)
    with pytest.raises(RegistryError) as caught:
        list(open_store(home).entries())
    assert "backup" in caught.value.remedy


def test_a_record_altered_by_hand_is_refused_by_the_name_of_its_entry(home: Path) -> None:
    store = open_store(home)
    register(store, **SERIES, submission=Submission(), **WHO)
    raw = database(home)
    for record in ("{}", '{"shape":1}', '{"shape":1,"receipt":1,"state":"burnt"}', "[1]", ""):
        raw.execute("UPDATE register_entry SET record = ?", [record])
        with pytest.raises(RegistryError, match="damaged"):
            store.get(1)
    raw.execute("""UPDATE register_entry SET record = '{"shape":2}'""")
    with pytest.raises(RegistryError, match="shape 2"):
        store.get(1)
    raw.close()


def test_a_full_disk_is_said_and_the_register_goes_on_when_there_is_room(home: Path) -> None:
    store = open_store(home)
    first = register(store, **SERIES, submission=Submission(), **WHO)
    with connections[store.alias].cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(RegistryError, match="disk is full") as caught:
            register(store, **SERIES, submission=Submission(masthead="x" * 500_000), **WHO)
        assert "Nothing was changed" in caught.value.remedy
    second = register(store, **SERIES, submission=Submission(), **WHO)
    assert [first.receipt, second.receipt] == [1, 2]
    assert second.symbol == "A/HRC/43/G/2"
    store.close()


def test_a_database_that_may_only_be_read_can_be_read_and_says_so_when_written(
    home: Path,
) -> None:
    store = open_store(home)
    first = register(store, **SERIES, submission=Submission(), **WHO)
    with connections[store.alias].cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
    assert store.get(1) == first
    with pytest.raises(RegistryError, match="only be read"):
        register(store, **SERIES, submission=Submission(), **WHO)
    store.close()


def test_a_database_in_use_is_not_taken_for_a_new_registry(home: Path) -> None:
    with pytest.raises(ConflictError, match="already"):
        open_store(home, create=True)


def test_two_registries_in_one_process_are_two(tmp_path: Path) -> None:
    stores = [create_home(tmp_path / name, "lakes").store() for name in ("one", "two")]
    register(stores[0], **SERIES, submission=Submission(), **WHO)
    assert [len(list(store.entries())) for store in stores] == [1, 0]


def test_a_database_of_another_kind_is_refused_with_the_kinds_there_are(home: Path) -> None:
    with pytest.raises(UsageError, match="mysql") as caught:
        _open_with(home, "mysql://me@host/register")
    assert "postgresql" in caught.value.remedy


def test_without_its_driver_postgresql_says_what_to_install(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("verbale_store.databases.find_spec", lambda _: None)
    with pytest.raises(MissingPartError) as caught:
        _open_with(home, "postgresql://me@host/register")
    assert "verbale[postgres]" in caught.value.remedy


def test_a_password_is_in_no_message(home: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(RegistryError, match="does not answer") as caught:
        _open_with(home, "postgresql://me:hush@127.0.0.1:1/register")
    assert "hush" not in str(caught.value)


def test_reading_a_register_starts_no_part_of_django_that_it_does_not_need(home: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from verbale.edges.home import open_home;"
        "open_home(Path(sys.argv[1])).store().entries();"
        "print([name for name in sys.modules if name.startswith('django.contrib')])"
    )
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, str(home)], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
