"""Writers of an SQLite register take turns: its own lock is not fair.

SQLite makes a waiting writer sleep longer and longer; under load one process may be passed over
for seconds. Here each asks again every few milliseconds for a file lock, which the kernel lets
go of when its holder dies. SQLite's own lock stays what protects the data.
"""

from __future__ import annotations

import fcntl
import threading
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Seconds to wait for the turn; then SQLite is asked, which says who is in the way.
LONGEST = 10.0
_PAUSE = 0.003
_mine = threading.local()


@contextmanager
def turn(database: str, longest: float = LONGEST) -> Iterator[None]:
    """Hold the turn to write to *database*, the path of an SQLite file.

    Who holds it already has it. Where no lock file can be made, as on a disk that is read-only,
    SQLite alone decides.
    """
    held_now: set[str] = _mine.__dict__.setdefault("names", set())
    if database in held_now:
        yield
        return
    with ExitStack() as held:
        try:
            _wait(held.enter_context(Path(f"{database}.turn").open("ab")), longest)
        except OSError:
            held.close()
        held_now.add(database)
        held.callback(held_now.discard, database)
        yield


def _wait(stream: BinaryIO, longest: float) -> None:
    end = time.monotonic() + longest
    while True:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return
