"""The site's figures on 200,000 documents in six languages: `make bench-site`.

The register and its index are built once and kept in ``var``. Prints a table and, with
``--accept``, writes it to ``benchmarks/site.json``. Times are milliseconds. Beside the time on
the clock stands that of the processor, which other work on the machine disturbs less.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import peer
from asking import queries
from client import at_rate
from corpus import LANGUAGES, ROOT, documents, home, speeches

from verbale import institutions
from verbale.edges.indexing import FOLDER
from verbale.search.base import Request
from verbale.search.embedded import EmbeddedIndex
from verbale.search.names import names_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from verbale.edges.home import Home

RESULTS = ROOT / "benchmarks" / "site.json"
_RATE, _SECONDS = 300, 20
Figures = dict[str, float]


def summary(taken: Sequence[float]) -> tuple[float, float]:
    """The median and the 99th percentile, in milliseconds."""
    held = sorted(taken)
    return held[len(held) // 2] * 1e3, held[min(len(held) - 1, int(len(held) * 0.99))] * 1e3


def timed(ask: Callable[[str], object], held: Sequence[str]) -> Figures:
    """Ask each query once to warm up, then measure each."""
    for query in held:
        ask(query)
    clock, processor = [], []
    for query in held:
        start, begun = time.perf_counter(), time.thread_time()
        ask(query)
        clock.append(time.perf_counter() - start)
        processor.append(time.thread_time() - begun)
    (p50, p99), (cpu50, cpu99) = summary(clock), summary(processor)
    return {"p50": p50, "p99": p99, "cpu_p50": cpu50, "cpu_p99": cpu99}


def in_index(at: Home, asked: dict[str, list[str]]) -> dict[str, Figures]:
    index = EmbeddedIndex(at.path / FOLDER, names_of(institutions.load("un")))

    def ask(query: str) -> object:
        return index.search(Request(text=query))

    found = {kind: timed(ask, held) for kind, held in asked.items()}
    found["all"] = timed(ask, [query for held in asked.values() for query in held])
    return found


def in_peer(at: Home, asked: dict[str, list[str]]) -> dict[str, Figures]:
    file = at.path.with_name(f"{at.path.name}-peer.sqlite3")
    if not file.exists():
        half = file.with_suffix(".half")
        half.unlink(missing_ok=True)
        peer.build(at.path / FOLDER, half)
        half.rename(file)
    database = sqlite3.connect(file)
    kinds = ("rare", "common", "and", "phrase", "prefix")
    return {
        kind: timed(lambda query: peer.ask(database, query), asked[kind][:20]) for kind in kinds
    }


class Served:
    """The site on a free port, with as many workers as it takes by itself."""

    def __init__(self, at: Home) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        start = time.perf_counter()
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [str(Path(sys.executable).with_name("verbale")), "serve", "--port", str(self.port)],
            env={**os.environ, "VERBALE_HOME": str(at.path)},
            stderr=subprocess.DEVNULL,
        )
        # Each worker reads the register with its first request.
        for _ in range(8):
            self.wait_for("/en/")
        self.start = time.perf_counter() - start

    def wait_for(self, path: str) -> bytes:
        until = time.monotonic() + 300
        while True:
            try:
                return self.get(path)
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.3)

    def get(self, path: str, *, packed: bool = False) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        headers = {"Accept-Encoding": "gzip"} if packed else {}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        if answer.status != 200:  # noqa: PLR2004
            raise SystemExit(f"{path} was answered with {answer.status}")
        return data

    def end(self) -> None:
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=60)


def by_http(
    at: Home, works: int, asked: dict[str, list[str]], chance: random.Random
) -> dict[str, Figures]:
    served = Served(at)
    try:
        every = [query for held in asked.values() for query in held]
        chance.shuffle(every)
        for query in every[:40]:
            served.get(f"/en/search?q={quote(query)}")
        taken = []
        for number, query in enumerate(every[40:]):
            lang = LANGUAGES[number % len(LANGUAGES)]
            start = time.perf_counter()
            served.get(f"/{lang}/search?q={quote(query)}")
            taken.append(time.perf_counter() - start)
        p50, p99 = summary(taken)
        found = {"search, one after the other": {"p50": p50, "p99": p99}}
        store = at.store()
        known = [store.get(n) for n in range(10, min(works, 4000), 40)]
        store.close()
        paths = [
            f"/{chance.choice(LANGUAGES)}/{chance.choice(known).symbol}"
            for _ in range(_RATE * _SECONDS)
        ]
        # Each process keeps its own pages: whoever has asked often has asked all of them.
        for path in sorted(set(paths)) * 4:
            served.get(path)
        taken, client = at_rate(served.port, paths, _RATE)
        p50, p99 = summary(taken)
        found[f"document page, {_RATE} a second"] = {
            "p50": p50,
            "p99": p99,
            "client_cpu": client,
        }
        front = served.get("/en/")
        found["first page"] = {
            "bytes": len(front),
            "packed": len(served.get("/en/", packed=True)),
        }
        found["start"] = {"seconds": served.start}
        return found
    finally:
        served.end()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accept", action="store_true", help=f"write {RESULTS.name}")
    parser.add_argument("--works", type=int, default=200_000, help="documents (200,000)")
    arguments = parser.parse_args()
    works = arguments.works
    if arguments.accept and works < parser.get_default("works"):
        parser.error("figures are kept of the whole corpus only")
    at, built = home(works)
    chance = random.Random(7)  # noqa: S311 - queries
    asked = queries(speeches(documents(), chance), chance)
    figures = {
        "documents": works,
        "load": os.getloadavg()[0],
        "building": built,
        "index": in_index(at, asked),
        "fts5": in_peer(at, asked),
        "http": by_http(at, works, asked, chance),
    }
    print(f"{works:,} documents; load of the machine {figures['load']:.1f}")
    for part in ("index", "fts5", "http"):
        for name, values in figures[part].items():
            shown = "  ".join(f"{key} {value:,.2f}" for key, value in values.items())
            print(f"{part:<7}{name:<30}{shown}")
    if arguments.accept:
        RESULTS.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
