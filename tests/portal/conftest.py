"""A registry of the Lakes, and the site that shows it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import django
import pytest
from blank_pages import blank_pages
from django.conf import settings
from django.test import Client, override_settings
from lakes_site import HandClock, Lakes, fill

from verbale.edges.home import open_home
from verbale.edges.indexing import Indexer
from verbale_portal.demo import load_demo
from verbale_portal.settings import site_settings
from verbale_portal.site import show
from verbale_store import settings as own

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


if not settings.configured:
    # The API is described when its module is loaded, which asks for settings; the register's
    # own are what a store sets Django up with.
    settings.configure(**{name: getattr(own, name) for name in dir(own) if name.isupper()})
    django.setup()


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


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole demonstration, its pages blank; tests leave it as it is."""
    home = tmp_path_factory.mktemp("demo") / "registry"
    load_demo(home, typesetter=blank_pages)
    opened = open_home(home)
    store = opened.store()
    Indexer(opened, store).catch_up()
    store.close()
    return home


@pytest.fixture
def demo_client(demo_home: Path) -> Iterator[Client]:
    """Somebody who asks the site of the demonstration, and has not logged in."""
    with shown(demo_home) as client:
        yield client
