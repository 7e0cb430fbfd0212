"""The process beside the site that keeps the search index as the register is.

One for all workers. It goes when the site goes, however that ends; what it had not done is done
by the next one, or by whoever searches from the command line.
"""

from __future__ import annotations

import multiprocessing
import signal
import time
from typing import TYPE_CHECKING

from verbale.edges.home import open_home
from verbale.edges.indexing import Indexer
from verbale_portal.settings import configure

if TYPE_CHECKING:
    from pathlib import Path

#: Seconds between two looks at the register.
EVERY = 1.0


def keep_indexed(home: Path) -> None:
    """Start the process, unless it is the site's own; it stays until the site ends."""
    context = multiprocessing.get_context("spawn")
    context.Process(target=_keep, args=(home,), name="search-index", daemon=True).start()


def _keep(home: Path) -> None:
    # Ctrl-C is for the site, which takes this one along.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure(home)
    opened = open_home(home)
    indexer = Indexer(opened, opened.store())
    parent = multiprocessing.parent_process()
    while parent is None or parent.is_alive():
        indexer.keep_current()
        time.sleep(EVERY)
