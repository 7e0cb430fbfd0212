"""One box: a copy of this process, locked, that does one job, answers and is gone.

What comes back is bytes of which nothing is believed. The box has a process group of its own,
which is ended whole whatever became of it.
"""

from __future__ import annotations

import math
import os
import select
import signal
import struct
import threading
import time
import traceback
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, NoReturn

from verbale.edges.box.lockdown import code_folders, lock, only_one_door, quiet

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.edges.box.lockdown import Means
    from verbale.readers.limits import Limits

#: The share of the time to a verdict that reading may take; the rest is for what follows it.
_SHARE = 0.8
_CHUNK = 1 << 20
_HEAD: Final = struct.Struct(">BIQ")
_DONE, _BROKE, _NO_MEMORY = 0, 1, 2
_LONGEST_NOTE = 16_384


class End(StrEnum):
    """How a box ended that gave no answer."""

    TIME = "time"
    MEMORY = "memory"
    OUTPUT = "output"
    BROKE = "broke"


class BoxEndedError(Exception):
    """A box gave no answer. ``why`` is how it ended, ``note`` a traceback where it left one."""

    def __init__(self, why: End, note: str = "") -> None:
        super().__init__(why.value)
        self.why = why
        self.note = note


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer, and the doors that were shut while it was made."""

    data: bytes
    shut: tuple[str, ...]


def can_fork() -> bool:
    """Whether a box can be copied from this process: it has one thread."""
    return hasattr(os, "fork") and threading.active_count() == 1


def seconds_left(limits: Limits, spent: float) -> int:
    """The limit in seconds for a further box of a file that *spent* seconds in one already."""
    return max(1, math.ceil(limits.seconds - spent / _SHARE))


def run(
    job: Callable[[], bytes],
    limits: Limits,
    means: Means,
    *,
    meanwhile: Callable[[], object] | None = None,
) -> Answer:
    """Do *job* in a box and give what it answers; *meanwhile* is done here beside it.

    The process must have one thread. Raises `BoxEndedError` when there is no answer in time,
    within the memory, of a size that may be handed back, and whole.
    """
    inlet, outlet = os.pipe()
    box = os.fork()
    if box == 0:
        _live(job, limits, means, outlet)
    os.close(outlet)
    until = time.monotonic() + limits.seconds * _SHARE
    try:
        if meanwhile is not None:
            meanwhile()
        said, why = _listen(inlet, until, limits.written)
    finally:
        os.close(inlet)
        status = _end(box)
    return _answer(said, why, status)


def _live(job: Callable[[], bytes], limits: Limits, means: Means, outlet: int) -> NoReturn:
    """The life of a box."""
    code = 1
    try:
        os.setpgid(0, 0)
        quiet()
        door = only_one_door(outlet)
        shut = ",".join(lock(limits, means, folders=code_folders())).encode()
        state, data = _done(job)
        _write(door, _HEAD.pack(state, len(shut), len(data)) + shut)
        _write(door, data)
        code = 0
    except BaseException:  # noqa: BLE001, S110 - nobody to tell: the parent sees no answer
        pass
    finally:
        os._exit(code)


def _done(job: Callable[[], bytes]) -> tuple[int, bytes]:
    try:
        return _DONE, job()
    except MemoryError:
        return _NO_MEMORY, b""
    except BaseException:  # noqa: BLE001 - whatever it was, the parent is told
        note = traceback.format_exc(limit=-20)
        return _BROKE, note.encode("utf-8", "replace")[-_LONGEST_NOTE:]


def _write(door: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(door, view[:_CHUNK]) :]


def _listen(inlet: int, until: float, most: int) -> tuple[bytes, End | None]:
    """What the box says until it ends, or why nothing more was listened to."""
    said = bytearray()
    waiting = select.poll()
    waiting.register(inlet, select.POLLIN | select.POLLHUP)
    while True:
        left = until - time.monotonic()
        if left <= 0:
            return b"", End.TIME
        if not waiting.poll(left * 1000):
            continue
        chunk = os.read(inlet, _CHUNK)
        if not chunk:
            return bytes(said), None
        said += chunk
        if len(said) > most:
            return b"", End.OUTPUT


def _end(box: int) -> int:
    """End the box's process group, whatever it is doing; the status of the box."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(box, signal.SIGKILL)
    with suppress(ProcessLookupError):
        os.kill(box, signal.SIGKILL)
    try:
        return os.waitpid(box, 0)[1]
    except ChildProcessError:
        return -1


def _answer(said: bytes, why: End | None, status: int) -> Answer:
    if why is not None:
        raise BoxEndedError(why)
    if len(said) < _HEAD.size:
        ended_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        # The kernel ends who used up the processor's time, and who filled the machine's memory.
        ends: dict[int, End] = {signal.SIGXCPU: End.TIME, signal.SIGKILL: End.MEMORY}
        raise BoxEndedError(ends.get(ended_by, End.BROKE))
    state, doors, size = _HEAD.unpack_from(said)
    rest = said[_HEAD.size :]
    if len(rest) != doors + size:
        raise BoxEndedError(End.BROKE)
    if state == _NO_MEMORY:
        raise BoxEndedError(End.MEMORY)
    if state != _DONE:
        raise BoxEndedError(End.BROKE, rest[doors:].decode("utf-8", "replace"))
    shut = rest[:doors].decode("ascii", "replace").split(",")
    return Answer(rest[doors:], tuple(filter(None, shut)))
