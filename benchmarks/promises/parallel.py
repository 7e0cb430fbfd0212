"""R3: eight missions at once, some files twice: each number once, none left out, in time.

The time is judged in the full form only: a busy machine says nothing of it in a short run.
"""

from __future__ import annotations

import resource
import statistics
import time
from typing import TYPE_CHECKING

from places import BrokenError, registry, whole
from workers import circulated, mission, registered, start

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.edges.home import Home
    from verbale.registry.entry import Entry
    from verbale.registry.store import Store
    from verbale.workflow.orders import Order

MISSIONS, PER_SECOND, SLOWEST = 8, 20, 2.0


def parallel(database: str, *, full: bool) -> str:
    """Read, check, keep and register, from eight long-lived processes; nothing is composed."""
    return _missions(database, registered, times=250 if full else 60, full=full)


def composing(database: str, *, full: bool) -> str:
    """The same, and compose six versions in every format but the PDF's pages."""
    return _missions(database, circulated, times=250 if full else 20, full=full)


def _missions(
    database: str,
    send: Callable[[Home, Store, Order, int], Entry],
    *,
    times: int,
    full: bool,
) -> str:
    with registry(database) as home:
        begun, used = time.perf_counter(), _processor()
        workers = [
            start(mission(home.path, f"mission {n}", times, send)) for n in range(MISSIONS)
        ]
        told = [line for worker in workers for line in worker.hear()]
        taken, used = time.perf_counter() - begun, _processor() - used
        kept = whole(home)
    if len(told) != MISSIONS * times:
        raise BrokenError(f"{len(told)} of {MISSIONS * times} registrations were done")
    symbols: dict[str, str] = {}
    for line in told:
        if symbols.setdefault(line["note"], line["symbol"]) != line["symbol"]:
            raise BrokenError(f"{line['note']} was given two symbols")
    if set(symbols.values()) != set(kept):
        raise BrokenError(f"{len(kept)} registered, {len(symbols)} notes sent")
    rate = len(told) / taken
    p99 = statistics.quantiles([line["seconds"] for line in told], n=100)[98]
    each = 1000 * used / len(told)
    said = (
        f"{len(told)} registrations, {rate:.0f} a second, p99 {p99:.2f} s, "
        f"{each:.0f} ms of a processor each"
    )
    if full and (rate < PER_SECOND or p99 > SLOWEST):
        raise BrokenError(f"too slow: {said}")
    return f"{said}; {len(kept)} symbols, 0 doubled, 0 skipped"


def _processor() -> float:
    """Seconds of processor time that the workers which have ended took."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
