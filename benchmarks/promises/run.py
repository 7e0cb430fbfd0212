"""The promises of register and proof, each a test to run: ``make promise P=R1``.

Without a name all of them; ``FULL=1`` for the long form. Prints a table; with ``--accept`` the
results go to ``benchmarks/promises.json``. What a machine lacks is said, and is a failure where
``CI=true``. Exit code 1 when a promise is broken.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from crashes import crashes
from disks import failing_writes, full_disk
from forging import outsiders
from parallel import composing, parallel
from places import BrokenError, MissingError
from power import power_cut
from published import published
from restores import restores
from same import reproduced
from signatures import agreed, altered, key_stays, shadows, who_signed
from speeds import everything, speeds
from tampering import flipped_files, flipped_rows, meddled
from upgrades import upgrades

if TYPE_CHECKING:
    from collections.abc import Callable

RESULTS = Path(__file__).resolve().parent.parent / "promises.json"
DATABASES = ("sqlite", "postgresql")
#: For each promise, its tests with what they show.
PROMISES: dict[str, list[tuple[str, Callable[..., str]]]] = {
    "R1": [("a receipt shown is never lost", crashes)],
    "R2": [("no symbol twice, none skipped", crashes)],
    "R3": [("the same in parallel", parallel), ("the same, composing", composing)],
    "R4": [("a power cut loses no receipt", power_cut)],
    "R5": [("a failing write is said", failing_writes), ("a full disk is said", full_disk)],
    "R6": [("a backup comes back the same", restores)],
    "R7": [
        ("a changed bit is found", flipped_rows),
        ("in stored files too", flipped_files),
        ("so is a row or copy changed", meddled),
        ("10,000 documents verified", everything),
    ],
    "R8": [("outsiders check without us", outsiders)],
    "R9": [("published within a minute", published)],
    "R10": [("same input, same bytes", reproduced)],
    "R11": [("upgrades keep everything", upgrades)],
    "S1": [("an altered PDF is never ours", altered)],
    "S2": [("shadow attacks fail", shadows)],
    "S3": [("who signed is never guessed", who_signed)],
    "S4": [("others agree on ours", agreed), ("signing and verifying are fast", speeds)],
    "S5": [("the key stays where it is", key_stays)],
}
#: What is the same whatever database the register is in, or is about SQLite's own writing.
ON_SQLITE = frozenset({
    power_cut, reproduced, altered, shadows, who_signed, agreed, speeds, key_stays,
})  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Test the promises of the register.")
    parser.add_argument("promises", nargs="*", metavar="P", help=", ".join(PROMISES))
    parser.add_argument("--accept", action="store_true", help="write the results down")
    parser.add_argument("--database", choices=DATABASES, action="append")
    said = parser.parse_args(arguments)
    unknown = sorted(set(said.promises) - set(PROMISES))
    if unknown:
        parser.error(f"no promise {unknown[0]}; there are {', '.join(PROMISES)}")
    full = os.environ.get("FULL") == "1"
    # Told to stop, servers and disks are put away all the same.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
    rows = []
    done: dict[tuple[Callable[..., str], str], tuple[str, str, float, float]] = {}
    for name in said.promises or PROMISES:
        for title, test in PROMISES[name]:
            for database in said.database or DATABASES:
                if test in ON_SQLITE and database != "sqlite":
                    continue
                # R1 and R2 are two readings of the same runs.
                if (test, database) not in done:
                    done[test, database] = attempt(test, database, full=full)
                verdict, words, seconds, busy = done[test, database]
                print(
                    f"{name:4} {title:32} {database:11} {verdict:7} {seconds:6.1f} s "
                    f"({busy:.1f} of a processor)  {words}"
                )
                sys.stdout.flush()
                rows.append({
                    "promise": name, "title": title, "database": database, "full": full,
                    "verdict": verdict, "seconds": round(seconds, 1),
                    "processor_seconds": round(busy, 1), "result": words,
                })  # fmt: skip
                if said.accept:
                    keep(rows)
    return int(any(row["verdict"] == "broken" for row in rows))


def attempt(
    test: Callable[..., str], database: str, *, full: bool
) -> tuple[str, str, float, float]:
    """The verdict, what was shown, seconds by the clock and of processors but a server's."""
    begun, busy = time.perf_counter(), _busy()
    try:
        verdict, words = "kept", test(database, full=full)
    except MissingError as why:
        verdict = "broken" if os.environ.get("CI") == "true" else "not run"
        words = str(why)
    except BrokenError as why:
        verdict, words = "broken", str(why)
    return verdict, words, time.perf_counter() - begun, _busy() - busy


def _busy() -> float:
    """Seconds that this process and those it waited for used a processor."""
    at = os.times()
    return at.user + at.system + at.children_user + at.children_system


def keep(rows: list[dict[str, object]]) -> None:
    """Put *rows* in the place of the results of the same tests."""
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else []

    def key(row: dict[str, object]) -> tuple[object, ...]:
        return row["promise"], row["title"], row["database"], row["full"]

    merged = {key(row): row for row in [*held, *rows]}
    text = json.dumps(list(merged.values()), indent=1, ensure_ascii=False)
    RESULTS.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
