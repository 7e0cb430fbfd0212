"""Keepers: clean, warm processes that boxes are copied from, for whoever cannot copy himself.

A process of several threads must not be copied, and one that holds keys should not be. It
asks a keeper: a process with nothing in it but the readers, which copies itself once for each
file and passes the answer on. A keeper that fails, or has served long, is replaced.
"""

from __future__ import annotations

import atexit
import hashlib
import json
import os
import pickle
import select
import struct
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from queue import Empty, LifoQueue
from typing import IO, TYPE_CHECKING, Final

from verbale.edges.box.running import Answer, BoxEndedError, End

if TYPE_CHECKING:
    from verbale.edges.box.lockdown import Means
    from verbale.institutions import Institution
    from verbale.readers.limits import Limits

#: After so many files a keeper gives way to a new one.
MOST_JOBS: Final = 500
#: Seconds beyond the box's own limit after which its keeper is taken for lost.
_GRACE: Final = 3
_START: Final = 20
_CHUNK: Final = 1 << 20
SIZE: Final = struct.Struct(">Q")
#: What a keeper's environment has of ours: where programs and their libraries are.
_ENVIRONMENT: Final = ("PATH", "LD_LIBRARY_PATH", "LANG", "LC_ALL", "SYSTEMROOT")


class BoxPool:
    """At most ``most`` keepers, started when first needed. Safe to use from threads."""

    def __init__(self, limits: Limits, means: Means, *, most: int) -> None:
        self._limits = limits
        self._means = means
        self._places = threading.BoundedSemaphore(most)
        self._idle: LifoQueue[_Keeper] = LifoQueue()
        self._pickles: dict[int, tuple[Institution, str, bytes]] = {}
        self._closing = False
        self._ends_at_exit = False

    def ask(
        self, ask: dict[str, str], data: bytes, institution: Institution | None = None
    ) -> Answer:
        """Have a keeper do a job in a box. Raises `BoxEndedError` as `running.run`."""
        with self._places:
            keeper = self._keeper()
            try:
                answer = keeper.ask(ask, data, self._pickled(institution))
            except BoxEndedError as ended:
                self._back(keeper, fit=keeper.alive and ended.why is not End.TIME)
                raise
            except BaseException:
                keeper.end()
                raise
            self._back(keeper, fit=keeper.jobs < MOST_JOBS)
            return answer

    def start(self) -> None:
        """Start a keeper that will be asked soon; it warms up meanwhile."""
        if self._idle.empty():
            self._idle.put(self._new())

    def close(self) -> None:
        """End every keeper that is not at work."""
        self._closing = True
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def _keeper(self) -> _Keeper:
        while True:
            try:
                keeper = self._idle.get_nowait()
            except Empty:
                return self._new()
            if keeper.alive:
                return keeper
            keeper.end()

    def _new(self) -> _Keeper:
        self._closing = False
        if not self._ends_at_exit:
            self._ends_at_exit = True
            atexit.register(self.close)
        return _Keeper(self._limits, self._means)

    def _back(self, keeper: _Keeper, *, fit: bool) -> None:
        if fit and not self._closing:
            self._idle.put(keeper)
        else:
            keeper.end()

    def _pickled(self, institution: Institution | None) -> tuple[str, bytes]:
        """The tables for a keeper, with their hash. This way pickle is safe: they are ours."""
        if institution is None:
            return "", b""
        held = self._pickles.get(id(institution))
        if held is None:
            data = pickle.dumps(institution)
            held = (institution, hashlib.sha256(data).hexdigest(), data)
            self._pickles = {id(institution): held}
        return held[1], held[2]


class _Keeper:
    """One keeper, seen from outside: a pipe to it, a pipe from it."""

    def __init__(self, limits: Limits, means: Means) -> None:
        self.jobs = 0
        self._limits = limits
        self._tables = ""
        settings = json.dumps({"limits": asdict(limits), "means": asdict(means)})
        command = [sys.executable, "-s", "-m", "verbale.edges.box.keeper", settings]
        environment = {k: os.environ[k] for k in _ENVIRONMENT if k in os.environ}
        environment["PYTHONPATH"] = os.pathsep.join(p for p in sys.path if p)
        environment["PYTHONSAFEPATH"] = "1"
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
            bufsize=0,
        )

    @property
    def alive(self) -> bool:
        """Whether its process runs."""
        return self._process.poll() is None

    def ask(self, ask: dict[str, str], data: bytes, tables: tuple[str, bytes]) -> Answer:
        """Hand a job over and wait for its answer, no longer than a box may take."""
        started = self.jobs > 0
        self.jobs += 1
        digest, pickled = tables
        head = json.dumps({**ask, "tables": digest}).encode("utf-8")
        # A keeper keeps the tables it was given last.
        frames = [head, b"" if digest == self._tables else pickled, data]
        self._tables = digest or self._tables
        until = time.monotonic() + self._limits.seconds + _GRACE + (0 if started else _START)
        try:
            for frame in frames:
                self._write(SIZE.pack(len(frame)) + frame)
            said = json.loads(self._read(until))
            answer = self._read(until)
        except (OSError, ValueError) as bad:
            self.end()
            raise BoxEndedError(End.BROKE) from bad
        if "end" in said:
            raise BoxEndedError(End(said["end"]), said.get("note", ""))
        return Answer(answer, tuple(said["shut"]))

    def end(self) -> None:
        """End the keeper, and with it the box it may have."""
        with suppress(OSError):
            os.killpg(self._process.pid, 9)
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()

    def _write(self, data: bytes) -> None:
        pipe = self._pipe(self._process.stdin)
        view = memoryview(data)
        while view:
            view = view[os.write(pipe, view[:_CHUNK]) :]

    def _read(self, until: float) -> bytes:
        """One frame. Raises `OSError` without one, `ValueError` when it is too long."""
        (size,) = SIZE.unpack(self._exactly(SIZE.size, until))
        if size > self._limits.written + _CHUNK:
            raise ValueError("a frame too long")
        return self._exactly(size, until)

    def _exactly(self, size: int, until: float) -> bytes:
        pipe = self._pipe(self._process.stdout)
        got = bytearray()
        waiting = select.poll()
        waiting.register(pipe, select.POLLIN | select.POLLHUP)
        while len(got) < size:
            left = until - time.monotonic()
            if left <= 0 or not waiting.poll(left * 1000):
                self.end()
                raise BoxEndedError(End.TIME)
            chunk = os.read(pipe, min(_CHUNK, size - len(got)))
            if not chunk:
                raise OSError("the keeper is gone")
            got += chunk
        return bytes(got)

    @staticmethod
    def _pipe(pipe: IO[bytes] | None) -> int:
        if pipe is None:
            raise OSError("no pipe")
        return pipe.fileno()
