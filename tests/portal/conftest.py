"""A registry of the Lakes, and the site that shows it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from django.test import Client, override_settings
from lakes_site import HandClock, Lakes, fill

from verbale_portal.settings import site_settings
from verbale_portal.site import show

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def shown(
    home: Path, clock: HandClock | None = None, *, fresh: float | None = None
) -> Iterator[Client]:
    """Show the registry at *home*; give a client that asks the site."""
    with override_settings(**site_settings(home)):
        show(home, clock, fresh=fresh)
        try:
            yield Client(raise_request_exception=False, headers={"host": "localhost"})
        finally:
            show(None)


@pytest.fixture(scope="session")
def lakes(tmp_path_factory: pytest.TempPathFactory) -> Lakes:
    """A document in every state; tests leave it as it is."""
    return fill(tmp_path_factory.mktemp("site") / "registry")


@pytest.fixture
def client(lakes: Lakes) -> Iterator[Client]:
    """Somebody who asks the site of the Lakes, and has not logged in."""
    with shown(lakes.home.path, HandClock(lakes.clock.at)) as client:
        yield client
