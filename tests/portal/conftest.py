"""A registry of the Lakes, and the site that shows it."""

from __future__ import annotations

import datetime
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.test import Client, override_settings

from verbale.edges.home import create_home
from verbale_portal.settings import site_settings
from verbale_portal.site import show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


NOON = datetime.datetime(2026, 3, 9, 12, 0, tzinfo=datetime.UTC)


class HandClock:
    """A clock that is set by hand."""

    def __init__(self, at: datetime.datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime.datetime:
        return self.at


@contextmanager
def shown(home: Path, clock: HandClock | None = None) -> Iterator[Client]:
    """Show the registry at *home*; give a client that asks the site."""
    with override_settings(**site_settings(home)):
        show(home, clock)
        try:
            yield Client(raise_request_exception=False, headers={"host": "localhost"})
        finally:
            show(None)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty registry."""
    return create_home(tmp_path / "registry", "lakes").path


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def get(home: Path, clock: HandClock) -> Iterator[Callable]:
    with shown(home, clock) as client:
        yield client.get
