"""The log is published within a minute of each act, whoever acted and whatever died meanwhile.

Each command publishes what it did; `keep_published` runs beside the site and catches up on
whatever no one published: acts of another process, of a command that was killed, of the desk.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from verbale.edges.clock import SystemClock
from verbale.edges.keys import signing_keys
from verbale.edges.log_files import FOLDER, publish
from verbale.errors import VerbaleError

if TYPE_CHECKING:
    import threading

    from verbale.edges.home import Home
    from verbale.edges.keys import KeyRing
    from verbale.proof.statements import Head
    from verbale.registry.store import Store

#: Seconds between two looks at the log.
EVERY = 5.0


def publish_now(home: Home) -> Head | None:
    """Sign and publish the log as it is now; ``None`` for a registry that never had keys.

    Raises `ProofError` if the keys cannot be used, `RegistryError` if the log went back.
    """
    ring = signing_keys(home.path)
    if ring is None:
        return None
    store = home.store()
    try:
        return publish(home.path, store, ring, SystemClock().now())
    finally:
        store.close()


def keep_published(home: Home, stop: threading.Event, *, every: float = EVERY) -> None:
    """Publish what is new every few seconds until *stop* is set: the body of a thread.

    What goes wrong is logged and tried again; it never raises.
    """
    said = ""
    store = home.store()
    try:
        while not stop.is_set():
            try:
                ring = signing_keys(home.path)
                if ring is not None and _behind(home, store, ring):
                    publish(home.path, store, ring, SystemClock().now())
                said = ""
            except (VerbaleError, OSError) as bad:
                if str(bad) != said:
                    said = str(bad)
                    logging.getLogger("verbale").warning("the log is not published: %s", bad)
            stop.wait(every)
    finally:
        store.close()


def _behind(home: Home, store: Store, ring: KeyRing) -> bool:
    """Whether the published head is another than that of the log now."""
    kept = store.last_head()
    path = home.path / FOLDER / "heads"
    return (
        kept is None
        or kept[0] != store.log_size()
        or ring.log.id not in kept[1]
        or not (path / f"{kept[0]:012}.json").is_file()
    )
