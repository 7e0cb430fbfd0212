"""Long-lived workers: forked from this process, which has loaded everything, one pipe each."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import signal
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verbale import institutions
from verbale.edges.clock import SystemClock
from verbale.edges.home import Home, open_home
from verbale.edges.log_files import publish
from verbale.edges.xliff import Xliff
from verbale.model.finding import Severity
from verbale.registry.acts.corrigendum import corrigendum
from verbale.registry.acts.issue import Composed, issue
from verbale.registry.acts.register import register
from verbale.registry.arrival import Submission
from verbale.registry.entry import FileRecord, FileRole, Version
from verbale.registry.failpoints import arm
from verbale.workflow import folder
from verbale.workflow.circulating import circulate
from verbale.workflow.orders import Order, keep_received, recognise_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from verbale.edges.keys import KeyRing
    from verbale.registry.entry import Entry
    from verbale.registry.store import Store

#: Read before workers are forked, as a server would.
RULES = institutions.load("lakes")
EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "lakes" / "note-verbale.md"
#: Every named step, in the order in which they are met.
FAILPOINTS = (
    "after-store",
    "after-number",
    "after-row",
    "after-event",
    "after-commit",
    "after-log",
    "after-publish",
)
Said = list[dict[str, Any]]


@dataclass
class Worker:
    """A process and what it says, one JSON object a line."""

    pid: int
    pipe: int

    def hear(self) -> Said:
        """Everything it says until it ends; a line cut off by a kill was not said."""
        with os.fdopen(self.pipe, "rb") as stream:
            lines = stream.read().splitlines(keepends=True)
        os.waitpid(self.pid, 0)
        return [json.loads(line) for line in lines if line.endswith(b"\n")]

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)


def start(work: Callable[[Callable[[object], None]], None], *, failpoint: str = "") -> Worker:
    """Fork a worker that does *work*, which is given a function to say what it did."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return Worker(pid, reading)
    code = 1
    try:
        os.close(reading)
        arm(failpoint)
        work(lambda value: _say(writing, value))
        code = 0
    except Exception as error:  # noqa: BLE001 - a child says why and ends
        sys.stderr.write(f"worker: {error!r}\n")
    finally:
        os._exit(code)


def _say(pipe: int, value: object) -> None:
    os.write(pipe, json.dumps(value).encode() + b"\n")


def secretariat(home: Path, numbers: Iterator[int], ring: KeyRing) -> Callable[[Any], None]:
    """Register and issue note after note, publish the log, and only then say the receipt.

    Every third note gets a corrigendum.
    """

    def work(say: Callable[[object], None]) -> None:
        opened = open_home(home)
        store = opened.store()
        for number in numbers:
            symbol, receipt = one(opened, store, number)
            publish(home, store, ring, SystemClock().now())
            say({"note": number, "symbol": symbol, "receipt": receipt})
        store.close()

    return work


def one(home: Home, store: Store, number: int) -> tuple[str, int]:
    """Note *number*: received, registered, issued, perhaps corrected. Again: the same."""
    series = "CL/C/12/G" if number % 5 else "CL/12/G"
    who: dict[str, Any] = {"actor": "desk", "clock": SystemClock()}
    files = [keep(home, f"note {number}")]
    entry = register(
        store,
        series=series,
        shape=f"{series}/{{n}}",
        submission=Submission(files=files, key=f"note-{number}"),
        **who,
    )
    made = keep(home, f"version {number}", lang="en")
    composed = Composed(files=[made], versions=[Version("en")])
    issue(store, entry.symbol, composed, **who)
    if number % 3 == 0:
        wrong = Submission(files=[keep(home, f"corrigendum {number}")])
        corrigendum(store, entry.symbol, wrong, languages=["fr"], **who)
    return entry.symbol, entry.receipt


def keep(home: Home, text: str, *, lang: str = "") -> FileRecord:
    data = (text * 50).encode()
    role = FileRole.COMPOSED if lang else FileRole.RECEIVED
    name = f"{text}.txt"
    return FileRecord(name, home.objects.put(data), len(data), "text/plain", lang, "txt", role)


def mission(
    home: Path, name: str, times: int, send: Callable[[Home, Store, Order, int], Entry]
) -> Callable[[Any], None]:
    """Send the Lakes example again and again, each time altered, in four series.

    Every tenth note is one that all missions send, under the same key.
    """

    def work(say: Callable[[object], None]) -> None:
        opened = open_home(home)
        store = opened.store()
        text = EXAMPLE.read_text(encoding="utf-8")
        for n in range(times):
            own = f"shared {n}" if n % 10 == 0 else f"{name} {n}"
            mark = hashlib.sha256(own.encode()).hexdigest()[:12]
            changed = text.replace("the northern lake", f"the northern lake, station {mark},")
            order = Order(
                ("note.md", changed.encode()), today=datetime.date(2026, 3, 9), key=own
            )
            begun = time.perf_counter()
            entry = send(opened, store, order, n)
            taken = time.perf_counter() - begun
            say({"note": own, "symbol": entry.symbol, "seconds": round(taken, 4)})
        store.close()

    return work


def registered(home: Home, store: Store, order: Order, n: int) -> Entry:
    """Read, check, keep and register; nothing is composed."""
    found = recognise_order(order, RULES)
    if any(each.severity is Severity.BLOCKS for each in found.findings):
        raise RuntimeError([each.code for each in found.findings])
    body, session = _destination(n)
    series = f"{body}/{session}/G"
    return register(
        store,
        series=series,
        shape=f"{series}/{{n}}",
        submission=Submission(
            files=keep_received(order, home.objects), findings=found.findings, key=order.key
        ),
        actor="mission",
        clock=SystemClock(),
    )


def circulated(home: Home, store: Store, order: Order, n: int) -> Entry:
    """The whole of `circulate`, six versions in each format but PDF: the promise is without."""
    folder.FORMATS = tuple(form for form in folder.FORMATS if form != "pdf")
    body, session = _destination(n)
    done = circulate(
        replace(order, body=body, session=session, item="8"),
        institution=RULES,
        store=store,
        objects=home.objects,
        typesetter=_no_pages,
        clock=SystemClock(),
        exchange=Xliff(),
    )
    if done.entry is None:
        raise RuntimeError([each.code for each in done.findings])
    return done.entry


def _destination(n: int) -> tuple[str, int]:
    return ("CL/C", "CL")[n % 2], (12, 11)[n // 2 % 2]


def _no_pages(template: str, data: str, *, moment: datetime.date) -> bytes:
    del template, data, moment
    return b"%PDF-1.7\n"
