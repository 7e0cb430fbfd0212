"""What a register cannot do is said with its remedy, on either database; nothing changes."""

from __future__ import annotations

import importlib
import shutil
import sqlite3
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verbale.cli.main import run
from verbale.edges.home import open_home
from verbale.registry.record import dump, event_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"
ISSUED, VOID, GONE = "CL/C/12/G/1", "CL/C/12/G/2", "CL/C/12/G/3"
NEWER = (
    "INSERT INTO django_migrations (app, name, applied)"
    " VALUES ('verbale_store', '9999_later', '2030-01-01')"
)


@pytest.fixture
def registry(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A registry with an issued document, a void number, a withdrawn one and a receipt."""
    own = tmp_path / "registry"
    shutil.copytree(home, own)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VERBALE_HOME", str(own))
    text = EXAMPLE.read_text(encoding="utf-8")
    Path("other.md").write_text(text.replace("41,5", "41,7"), encoding="utf-8")
    Path("third.md").write_text(text.replace("41,5", "41,9"), encoding="utf-8")
    for command in (
        ["circulate", str(EXAMPLE)],
        ["reserve", "CL/C", "--session", "12"],
        ["void", VOID, "--reason", "not sent"],
        ["circulate", "other.md"],
        ["translate", "export", GONE, "--to", "ru", "--out", "ru.xlf"],
        ["withdraw", GONE, "--reason", "at the sender's wish"],
        ["receive", "third.md"],
    ):
        assert run(command) == 0, command
    return own


@pytest.fixture
def refused(registry: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must end with 2, say why and what to do, and change nothing."""

    def command(*arguments: str) -> str:
        before = content(registry)
        capfd.readouterr()
        assert run(list(arguments)) == 2
        out, err = capfd.readouterr()
        assert (out, "Traceback" in err) == ("", False)
        assert len(err.strip().splitlines()) >= 2, f"no remedy: {err}"
        assert content(registry) == before
        return err

    return command


def content(registry: Path) -> tuple[list[str], list[str], int]:
    store = open_home(registry).store()
    try:
        entries = [dump(entry) for entry in store.entries()]
        events = [event_line(event) for event in store.events_after(0)]
        return entries, events, store.log_size()
    finally:
        store.close()


def test_bad_input_is_refused_with_its_remedy(refused: Callable[..., str]) -> None:
    file = str(EXAMPLE)
    for act in ("void", "withdraw", "restrict", "reissue"):
        assert "never registered" in refused(act, "CL/C/12/G/77", "--reason", "x")
    for act in ("show", "history", "issue"):
        assert "never registered" in refused(act, "CL/C/12/G/77")
    for act in ("corrigendum", "addendum", "revision"):
        assert "never registered" in refused(act, "CL/C/12/G/77", file)
        assert f"{VOID} is void" in refused(act, VOID, file)
        assert "receipt 4 is received: amend is not allowed" in refused(act, "receipt 4", file)
    assert "never registered" in refused("translate", "import", "CL/C/12/G/77", "ru.xlf")
    assert f"{VOID} is void" in refused("void", VOID, "--reason", "again")
    assert f"{VOID} is void" in refused("reissue", VOID, "--reason", "x")
    assert f"{VOID} is void" in refused("issue", VOID)
    assert f"{ISSUED} is issued: void" in refused("void", ISSUED, "--reason", "x")
    assert f"{ISSUED} is issued: embargo" in refused("embargo", ISSUED, "2030-01-01T09:00Z")
    assert f"{GONE} is withdrawn" in refused("translate", "import", GONE, "ru.xlf")
    assert f"{GONE} is withdrawn" in refused("withdraw", GONE, "--reason", "again")
    assert "receipt 4 is received: void" in refused("void", "4", "--reason", "x")


def test_a_database_of_a_newer_version_is_refused(
    registry: Path, refused: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    before = content(registry)
    with raw(registry) as execute:
        execute(NEWER)
        try:
            for command in (["show", ISSUED], ["void", VOID, "--reason", "x"], ["upgrade"]):
                capfd.readouterr()
                assert run(command) == 2
                err = capfd.readouterr().err
                assert "newer version (9999_later)" in err
                assert "Update Verbale" in err
        finally:
            execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    assert content(registry) == before
    del refused


def test_a_locked_database_is_said_and_what_may_only_be_read_is_read(
    registry: Path, refused: Callable[..., str], capfd: pytest.CaptureFixture[str]
) -> None:
    impatient(registry)
    with raw(registry) as execute:
        with locked(execute, registry):
            assert "another program" in refused("withdraw", ISSUED, "--reason", "x")
        with only_read(execute, registry):
            said = refused("withdraw", ISSUED, "--reason", "x")
            assert "it may only be read" in said
            assert run(["show", ISSUED]) == 0
    capfd.readouterr()
    assert run(["withdraw", ISSUED, "--reason", "at last"]) == 0


def impatient(registry: Path) -> None:
    """Let a writer wait a moment only."""
    settings = registry / "verbale.toml"
    text = settings.read_text(encoding="utf-8")
    url = f'"{open_home(registry).database}?timeout=0.2"\n'
    lines = [line for line in text.splitlines() if not line.startswith("database")]
    settings.write_text("\n".join([*lines, f"database = {url}"]), encoding="utf-8")


@contextmanager
def raw(registry: Path) -> Iterator[Callable[[str], Any]]:
    """A connection past the store."""
    url = open_home(registry).database.partition("?")[0]
    if url.startswith("sqlite"):
        held: Any = sqlite3.connect(registry / "registry.sqlite3", isolation_level=None)
    else:
        held = importlib.import_module("psycopg").connect(url, autocommit=True)
    try:
        yield held.execute
    finally:
        held.close()


@contextmanager
def locked(execute: Callable[[str], Any], registry: Path) -> Iterator[None]:
    execute("BEGIN IMMEDIATE" if is_sqlite(registry) else "BEGIN")
    if not is_sqlite(registry):
        execute("LOCK TABLE register_counter, register_entry IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        execute("ROLLBACK")


@contextmanager
def only_read(execute: Callable[[str], Any], registry: Path) -> Iterator[None]:
    if is_sqlite(registry):
        path = registry / "registry.sqlite3"
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                "verbale_store.databases._PRAGMAS", "PRAGMA query_only = ON", raising=True
            )
            url = f"sqlite:///{path}?timeout=0.3"
            patch.setenv("VERBALE_DATABASE_URL", url)
            yield
        return
    execute("ALTER DATABASE postgres SET default_transaction_read_only = on")
    try:
        yield
    finally:
        execute("SET default_transaction_read_only = off")
        execute("ALTER DATABASE postgres RESET default_transaction_read_only")


def is_sqlite(registry: Path) -> bool:
    return (registry / "registry.sqlite3").exists()
