"""The search index of a registry: ``HOME/index``, kept current, made anew, swapped.

Whatever is there can be made again from the register: the folder is no part of a backup.
"""

from __future__ import annotations

import logging
import os
import shutil
from typing import TYPE_CHECKING

from verbale import institutions
from verbale.edges.clock import SystemClock
from verbale.errors import ConflictError, RegistryError
from verbale.search.embedded import EmbeddedIndex, make_folder, writing
from verbale.search.names import names_of
from verbale.workflow.public import PublicRegister
from verbale.workflow.searching import Search, catch_up, outbox

if TYPE_CHECKING:
    from pathlib import Path

    from verbale.edges.home import Home
    from verbale.registry.store import Store
    from verbale.search.names import Names
    from verbale.workflow.searching import Caught

FOLDER = "index"
_log = logging.getLogger("verbale")


class Indexer:
    """The index of one registry and its way to what the register says."""

    def __init__(self, home: Home, store: Store, names: Names | None = None) -> None:
        rules = institutions.load(home.institution)
        self.folder = home.path / FOLDER
        self.register = PublicRegister(store, home.objects, SystemClock(), fresh=0.0)
        self.index = EmbeddedIndex(self.folder, names or names_of(rules))
        self._said = ""

    @property
    def search(self) -> Search:
        """The search over this index."""
        return Search(self.register, self.index)

    def catch_up(self) -> Caught | None:
        """Bring the index up to the register, making it where there is none; ``None`` if it is.

        An index of another register is made anew. Raises `ConflictError` while another process
        writes to it.
        """
        if not self.index.is_there():
            return self.rebuild()
        try:
            box = outbox(self.register, self.index.reached())
        except ConflictError as bad:
            _log.warning("%s; it is made anew", bad.message)
            return self.rebuild()
        if not box.changed:
            return None
        with writing(self.folder) as writer:
            # Another process may have come further before this one had its turn.
            self.index.renew()
            caught = catch_up(self.register, self.index.reached(), writer)
        self.index.renew()
        return caught

    def rebuild(self) -> Caught:
        """Make the index anew beside the one in use, and put it in its place.

        Searches go on in the old one meanwhile. Raises `ConflictError` while another process
        rebuilds it or writes to it.
        """
        made = self.folder.with_name(f"{FOLDER}.new")
        if made.exists() and _lives(made):
            raise ConflictError(
                f"another process makes the index anew in {made}",
                remedy="Wait until it is done; if none runs, remove that folder.",
            )
        shutil.rmtree(made, ignore_errors=True)
        make_folder(made)
        (made / "by").write_text(str(os.getpid()), "ascii")
        with writing(made) as writer:
            caught = catch_up(self.register, None, writer)
        (made / "by").unlink()
        old = self.folder.with_name(f"{FOLDER}.old")
        shutil.rmtree(old, ignore_errors=True)
        if self.folder.exists():
            self.folder.rename(old)
        made.rename(self.folder)
        shutil.rmtree(old, ignore_errors=True)
        return caught

    def keep_current(self) -> bool:
        """`catch_up` for a loop that must go on; what goes wrong is logged once."""
        try:
            caught = self.catch_up()
        except ConflictError:
            return False
        except (RegistryError, OSError) as bad:
            said = str(bad).splitlines()[0]
            if said != self._said:
                self._said = said
                _log.warning("the search index is not current: %s", said)
            return False
        self._said = ""
        return caught is not None


def _lives(folder: Path) -> bool:
    """Whether the process that makes *folder* is there still."""
    try:
        os.kill(int((folder / "by").read_text("ascii")), 0)
    except (OSError, ValueError):
        return False
    return True
