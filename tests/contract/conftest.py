"""Every store there is, empty: in memory, on SQLite, on PostgreSQL."""

from __future__ import annotations

import datetime
import functools
import hashlib
import importlib
import os
import shutil
import socket
import subprocess
import tempfile
import uuid
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from verbale.edges.home import create_home, open_home
from verbale.registry.arrival import Submission
from verbale.registry.entry import FileRecord
from verbale.registry.memory import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from verbale.registry.store import Store

MISSION = "mission@lakes.example"
START = datetime.datetime(2020, 5, 6, 9, 30, tzinfo=datetime.UTC)


@dataclass
class Ticking:
    """A clock that is one second on whenever it is asked."""

    at: datetime.datetime = START
    seen: list[datetime.datetime] = field(default_factory=list)

    def now(self) -> datetime.datetime:
        self.seen.append(self.at)
        self.at += datetime.timedelta(seconds=1)
        return self.seen[-1]


@pytest.fixture
def clock() -> Ticking:
    return Ticking()


@pytest.fixture
def who(clock: Ticking) -> dict[str, object]:
    """Actor and clock, which every act takes."""
    return {"actor": MISSION, "clock": clock}


@pytest.fixture(scope="session")
def note() -> Callable[..., Submission]:
    """Make a submission of files with the given texts."""

    def make(*texts: str, **values: object) -> Submission:
        files = tuple(
            FileRecord(f"{n}.txt", hashlib.sha256(text.encode()).hexdigest(), len(text))
            for n, text in enumerate(texts, start=1)
        )
        return Submission(files=files, **values)

    return make


@pytest.fixture(scope="session")
def sqlite_home(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Path]:
    """Give a fresh registry on SQLite: a copy of one made once."""
    first = create_home(tmp_path_factory.mktemp("sqlite") / "first", "lakes").path

    def make() -> Path:
        path = tmp_path_factory.mktemp("sqlite") / "registry"
        shutil.copytree(first, path)
        return path

    return make


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a server of our own, on a free port, gone with the tests."""
    reason = _why_no_postgres()
    if reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason}; `make system` installs it")
        pytest.skip(reason)
    user = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="verbale-postgres-"))
    if user:
        shutil.chown(folder, user)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    run = _programs()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "user": user}
    data = folder / "data"
    make = [run / "initdb", "-D", data, "-A", "trust", "-U", "verbale", "-E", "UTF8"]
    call = functools.partial(subprocess.run, check=True, cwd="/", **quiet)
    call([*make, "--locale=C", "--no-sync"])
    # Nothing here outlives the tests, and none of them cuts the power.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    control = [run / "pg_ctl", "-D", data, "-w"]
    call([*control, "-o", options, "start"])
    try:
        yield f"postgresql://verbale@127.0.0.1:{port}"
    finally:
        call([*control, "-m", "immediate", "stop"])
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return folders[-1] if folders else Path("/nonexistent")


def _why_no_postgres() -> str:
    if not (_programs() / "initdb").exists():
        return "no PostgreSQL server is installed"
    if find_spec("psycopg") is None:
        return "the driver of PostgreSQL (psycopg) is not installed"
    return ""


@pytest.fixture(scope="session")
def postgres_home(
    postgres_server: str, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Path]:
    """Give the registry on PostgreSQL, its tables emptied."""
    psycopg = importlib.import_module("psycopg")
    path = tmp_path_factory.mktemp("postgres") / "registry"
    path.mkdir()
    url = f"{postgres_server}/postgres"
    settings = f'format = 1\ninstitution = "lakes"\ndatabase = "{url}"\n'
    (path / "verbale.toml").write_text(settings, encoding="utf-8")
    open_home(path).store(create=True).close()

    def make() -> Path:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(
                "TRUNCATE register_counter, register_calendar, register_entry,"
                " log_leaf, log_node, log_head CASCADE"
            )
        return path

    return make


@pytest.fixture
def postgres_database(postgres_server: str, tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Give a registry on a database of its own that some statements have filled."""
    psycopg = importlib.import_module("psycopg")
    made: list[str] = []

    def make(statements: str) -> Path:
        name = f"register_{uuid.uuid4().hex}"
        with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        made.append(name)
        with psycopg.connect(f"{postgres_server}/{name}", autocommit=True) as server:
            server.execute(statements)
        path = tmp_path / name
        path.mkdir()
        settings = f'format = 1\ninstitution = "lakes"\ndatabase = "{postgres_server}/{name}"\n'
        (path / "verbale.toml").write_text(settings, encoding="utf-8")
        return path

    yield make
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as server:
        for name in made:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def home(request: pytest.FixtureRequest) -> Path:
    """A fresh registry that several processes can open."""
    make: Callable[[], Path] = request.getfixturevalue(f"{request.param}_home")
    return make()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A fresh store of each kind."""
    if request.param == "memory":
        yield MemoryStore()
        return
    made = open_home(request.getfixturevalue(f"{request.param}_home")()).store()
    try:
        yield made
    finally:
        made.close()
