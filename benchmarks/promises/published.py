"""R9: what is done is in the published log within a minute, whoever did it."""

from __future__ import annotations

import json
import random
import threading
import time

from places import BrokenError, registry
from workers import one

from verbale.edges.publishing import EVERY, keep_published

LONGEST = 60.0


def published(database: str, *, full: bool) -> str:
    """Acts of a process that publishes nothing, at random moments, while the loop runs."""
    acts = 40 if full else 2
    chance = random.Random(60)  # noqa: S311 - repeatable
    taken = []
    with registry(database) as home:
        stop = threading.Event()
        loop = threading.Thread(target=keep_published, args=(home, stop))
        loop.start()
        store = home.store()
        try:
            for number in range(acts):
                one(home, store, number)
                size, begun = store.log_size(), time.monotonic()
                while _size(home.path / "log" / "head.json") < size:
                    if time.monotonic() - begun > LONGEST:
                        raise BrokenError(f"act {number} is not published after a minute")
                    time.sleep(0.02)
                taken.append(time.monotonic() - begun)
                time.sleep(chance.uniform(0, 1))
        finally:
            stop.set()
            loop.join()
            store.close()
    said = f"{acts} acts, each published after at most {max(taken):.1f} s"
    return f"{said} (a look every {EVERY:.0f} s)"


def _size(path: object) -> int:
    with open(str(path), encoding="utf-8") as file:  # noqa: PTH123 - replaced while it is read
        size: int = json.load(file)["size"]
        return size
