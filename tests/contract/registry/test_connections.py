"""A server that cuts the line is said once; the next act has a line of its own."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

import pytest

from verbale.edges.home import open_home
from verbale.errors import RegistryError
from verbale.registry.acts.register import register

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from verbale.registry.arrival import Submission

SERIES = {"series": "A/HRC/43/G", "shape": "A/HRC/43/G/{n}"}


def test_a_store_goes_on_after_its_server_cut_the_line(
    postgres_home: Callable[[], Path], note: Callable[..., Submission], who: dict[str, Any]
) -> None:
    home = open_home(postgres_home())
    store = home.store()
    first = register(store, **SERIES, submission=note("a"), **who)
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(home.database, autocommit=True) as server:
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    with pytest.raises(RegistryError):
        register(store, **SERIES, submission=note("b"), **who)
    second = register(store, **SERIES, submission=note("b"), **who)
    assert [first.symbol, second.symbol] == ["A/HRC/43/G/1", "A/HRC/43/G/2"]
    store.close()
