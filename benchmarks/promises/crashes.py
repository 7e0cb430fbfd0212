"""R1 and R2: killed at any moment and at each named step, nothing shown is lost or doubled."""

from __future__ import annotations

import itertools
import random
import time
from typing import TYPE_CHECKING

from places import BrokenError, registry, whole
from workers import FAILPOINTS, Worker, secretariat, start

from verbale.edges.clock import SystemClock
from verbale.edges.keys import public_keys, unlock
from verbale.workflow.auditing import audit_log

if TYPE_CHECKING:
    from verbale.edges.home import Home


def crashes(database: str, *, full: bool) -> str:
    """Kill workers; each is followed by one that sends again what was not acknowledged."""
    kills, each = (1000, 100) if full else (60, 10)
    chance = random.Random(822)  # noqa: S311 - moments
    told: dict[str, int] = {}
    sent = 0
    with registry(database) as home:
        ring = unlock(home.path)

        def run(failpoint: str, alive: float | None) -> None:
            nonlocal sent
            worker: Worker = start(
                secretariat(home.path, itertools.count(sent), ring), failpoint=failpoint
            )
            if alive is not None:
                time.sleep(alive)
                worker.kill()
            for line in worker.hear():
                if told.setdefault(line["symbol"], line["receipt"]) != line["receipt"]:
                    raise BrokenError(f"{line['symbol']} was told with two receipts")
                sent = line["note"] + 1

        for number in range(kills):
            run("", chance.uniform(0.01, 0.12))
            if number % 20 == 0:
                check(told, whole(home))
        for failpoint in FAILPOINTS:
            for _ in range(each):
                run(f"{failpoint}:{chance.randint(1, 9)}", None)
            check(told, whole(home))
        start(secretariat(home.path, iter(range(sent, sent + 1)), ring)).hear()
        kept = whole(home)
        check(told, kept)
        notes = sum("/Corr." not in symbol for symbol in kept)
        if notes != sent + 1:
            raise BrokenError(f"{sent + 1} notes were sent, {notes} are registered")
        audited(home)
    return f"{kills} kills, {each} at each of {len(FAILPOINTS)} steps; {notes} notes, 0 lost"


def audited(home: Home) -> None:
    """The log tells of all that the register holds, and its heads are of this log."""
    store = home.store()
    found = audit_log(store, public_keys(home.path), SystemClock().now())
    complaint = next(found, None)
    store.close()
    if complaint:
        raise BrokenError(str(complaint))


def check(told: dict[str, int], kept: dict[str, int]) -> None:
    """Every symbol that was shown is there, with its receipt."""
    for symbol, receipt in told.items():
        if kept.get(symbol) != receipt:
            raise BrokenError(f"{symbol}, receipt {receipt}, was shown and is not there")
