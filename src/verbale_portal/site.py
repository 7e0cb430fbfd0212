"""The registry that this site shows, opened once a process."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.edges.clock import SystemClock
from verbale.edges.home import open_home
from verbale.edges.indexing import FOLDER
from verbale.search.embedded import EmbeddedIndex
from verbale.search.names import names_of
from verbale.workflow.public import FRESH, PublicRegister
from verbale.workflow.searching import Search
from verbale_portal.caching import Cache
from verbale_portal.naming import Names

if TYPE_CHECKING:
    from pathlib import Path

    from verbale.edges.home import Home
    from verbale.institutions import Institution
    from verbale.registry.store import Clock


@dataclass
class Site:
    """What the pages are made from: the register as the public may see it, and its tables."""

    home: Home
    clock: Clock = field(default_factory=SystemClock)
    cache: Cache = field(default_factory=Cache)
    fresh: float = FRESH

    @cached_property
    def register(self) -> PublicRegister:
        """The register as anybody may see it. Raises `RegistryError` if it cannot be opened."""
        return PublicRegister(
            self.home.store(), self.home.objects, self.clock, fresh=self.fresh
        )

    @cached_property
    def institution(self) -> Institution:
        """The tables of the registry's institution."""
        return institutions.load(self.home.institution)

    @cached_property
    def search(self) -> Search:
        """The search of public documents: pages, feeds and API ask it alike."""
        index = EmbeddedIndex(self.home.path / FOLDER, names_of(self.institution))
        return Search(self.register, index)

    def names(self, lang: str) -> Names:
        """What things are called in *lang*."""
        return Names(self.institution, lang)

    @property
    def public_url(self) -> str:
        """The address readers know, without a last slash; empty where none is set."""
        return self.home.settings["public_url"].value.rstrip("/")


_turn = threading.Lock()
_open: list[Site] = []


def site() -> Site:
    """The site of this process. Raises `RegistryError` if there is no registry to show."""
    if not _open:
        with _turn:
            if not _open:
                _open.append(Site(open_home()))
    return _open[0]


def show(home: Path | None, clock: Clock | None = None, *, fresh: float | None = None) -> None:
    """Show the registry at *home* from now on, or none: for tests, and after one was made."""
    with _turn:
        _open.clear()
        if home is not None:
            own = Site(open_home(home), clock or SystemClock())
            own.fresh = own.fresh if fresh is None else fresh
            _open.append(own)
