"""Several processes at once, and processes that are killed: no number lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from verbale.edges.home import open_home

WORKER = Path(__file__).with_name("worker.py")
FAILPOINTS = ["after-store", "after-number", "after-row", "after-event", "after-commit"]


def start(home: Path, name: str, times: int, failpoint: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, str(WORKER), str(home), name, str(times)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "VERBALE_FAILPOINT": failpoint},
    )


def receipts(process: subprocess.Popen[str]) -> list[list[str]]:
    """What the process said; a line that was cut off by a kill was not said."""
    said = process.communicate(timeout=60)[0]
    return [line.split() for line in said.splitlines(keepends=True) if line.endswith("\n")]


def assert_whole(home: Path) -> dict[str, int]:
    """The register has every number of each series once, and an event for each entry."""
    opened = open_home(home)
    store = opened.store()
    try:
        given = [number for entry in store.entries() for number in entry.numbers]
        for series in {number.series for number in given}:
            numbers = sorted(number.number for number in given if number.series == series)
            assert numbers == list(range(1, len(numbers) + 1)), series
        events = store.events_after(0, limit=10_000)
        assert [event.number for event in events] == list(range(1, len(events) + 1))
        told = Counter(event.receipt for event in events)
        assert told == Counter(entry.receipt for entry in store.entries())
        for entry in store.entries():
            for file in entry.received:
                opened.objects.get(file.sha256)
        return {
            number.symbol: entry.receipt
            for entry in store.entries()
            for number in entry.numbers
        }
    finally:
        store.close()


def test_four_processes_register_together_and_no_number_is_lost_or_doubled(home: Path) -> None:
    workers = [start(home, f"mission-{n}", 50) for n in range(4)]
    told = [receipt for worker in workers for receipt in receipts(worker)]
    kept = assert_whole(home)
    assert len(told) == len(kept) == 200
    assert kept == {symbol: int(receipt) for symbol, receipt in told}


def test_processes_that_send_the_same_bytes_get_the_same_symbols(home: Path) -> None:
    workers = [start(home, "the-same", 10) for _ in range(3)]
    told = [sorted(receipts(worker)) for worker in workers]
    assert told[0] == told[1] == told[2]
    assert len(assert_whole(home)) == 10


@pytest.mark.parametrize("failpoint", FAILPOINTS)
def test_a_process_killed_at_any_step_leaves_a_whole_register(
    home: Path, failpoint: str
) -> None:
    killed = start(home, "mission", 5, f"{failpoint}:3")
    told = receipts(killed)
    assert killed.returncode == -signal.SIGKILL
    assert len(told) == 2
    kept = assert_whole(home)
    assert {symbol: int(receipt) for symbol, receipt in told}.items() <= kept.items()
    assert len(kept) == (3 if failpoint == "after-commit" else 2)
    again = receipts(start(home, "mission", 5))
    assert again[:2] == told
    assert [symbol for symbol, _ in again] == [
        "A/HRC/43/G/1", "A/HRC/43/G/2", "A/HRC/43/G/3", "A/HRC/43/G/4", "S/2020/1",
    ]  # fmt: skip
    assert len(assert_whole(home)) == 5


def test_processes_killed_at_any_moment_lose_no_receipt_they_gave(home: Path) -> None:
    chance = random.Random(822)  # noqa: S311 - moments, not secrets
    told: dict[str, int] = {}
    for n in range(int(os.environ.get("VERBALE_KILLS", "4"))):
        worker = start(home, f"mission-{n}", 1000)
        first = worker.stdout.readline().split()
        time.sleep(chance.uniform(0, 0.15))
        worker.kill()
        told |= {symbol: int(receipt) for symbol, receipt in [first, *receipts(worker)]}
    kept = assert_whole(home)
    assert told.items() <= kept.items()
