"""A process of its own that registers and says what it was given, line by line.

``worker.py HOME NAME TIMES``: registers TIMES notes called NAME-1, NAME-2 … in one series,
every fifth in another, and prints symbol and receipt as soon as the act has ended.
"""

from __future__ import annotations

import sys
from pathlib import Path

from verbale.edges.clock import SystemClock
from verbale.edges.home import open_home
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale.registry.entry import FileRecord


def main(home: Path, name: str, times: int) -> None:
    opened = open_home(home)
    store, objects = opened.store(), opened.objects
    for n in range(1, times + 1):
        data = f"{name}-{n}".encode()
        file = FileRecord("note.txt", objects.put(data), len(data))
        series = "S/2020" if n % 5 == 0 else "A/HRC/43/G"
        entry = register(
            store,
            series=series,
            shape=f"{series}/{{n}}",
            submission=Submission(files=[file]),
            actor=name,
            clock=SystemClock(),
        )
        sys.stdout.write(f"{entry.symbol} {entry.receipt}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
