"""R4: the power goes off at any moment: what was acknowledged is there, and all of it is whole.

Every write, flush and rename below a registry's folder is recorded (``recorder.c``). The disk
is made as it was at each moment: with all that was written, and with a random part of what was
not flushed yet. ``python power.py HOME NOTES`` is the process that is recorded.
"""

from __future__ import annotations

import ctypes
import json
import os
import random
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from places import BrokenError, MissingError, folder, registry, whole
from workers import one

from verbale.edges.clock import SystemClock
from verbale.edges.home import open_home
from verbale.edges.keys import unlock
from verbale.edges.log_files import publish
from verbale.edges.publishing import publish_now

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).resolve().parent
_HEAD = struct.Struct("=II Q")
#: Shared memory of SQLite, made anew at the next start, and the file of the writers' turns.
_NO_DATA = ("-shm", ".turn")
Operation = tuple[str, str, int, bytes]


@dataclass
class File:
    """A file's bytes: as they are, as they were flushed, and what came since."""

    now: bytearray = field(default_factory=bytearray)
    flushed: bytes = b""
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, at: int, data: bytes | None) -> None:
        """Write *data* at *at*; cut off there, if it is ``None``."""
        _apply(self.now, at, data)
        self.since.append((at, data))

    def flush(self) -> None:
        self.flushed, self.since = bytes(self.now), []

    def after_a_cut(self, chance: random.Random) -> bytes:
        """What was flushed, and a random part of what came since, in any order."""
        made = bytearray(self.flushed)
        kept = [each for each in self.since if chance.random() < 0.5]  # noqa: PLR2004 - half
        for at, data in kept:
            _apply(made, at, data)
        return bytes(made)


def _apply(data: bytearray, at: int, more: bytes | None) -> None:
    if more is None:
        del data[at:]
        data.extend(bytes(max(at - len(data), 0)))
        return
    data.extend(bytes(max(at - len(data), 0)))
    data[at : at + len(more)] = more


@dataclass(frozen=True)
class Naming:
    """A change in a folder: *file* is now called *name* (a new one, or renamed from *old*).

    ``name`` is empty for a file that was deleted.
    """

    file: File
    name: str
    old: str = ""

    def do(self, names: dict[str, File]) -> None:
        names.pop(self.old, None)
        if self.name:
            names[self.name] = self.file

    def is_in(self, path: str) -> bool:
        return str(Path(self.name or self.old).parent) == path


@dataclass
class Disk:
    """Files by name, as they are and as their folders were flushed, and what came since."""

    names: dict[str, File] = field(default_factory=dict)
    flushed: dict[str, File] = field(default_factory=dict)
    since: list[Naming] = field(default_factory=list)

    def do(self, operation: Operation) -> None:
        what, path, at, data = operation
        if what in "WT":
            if path not in self.names:
                self._name(Naming(File(), path))
            self.names[path].change(at, data if what == "W" else None)
        elif what == "S" and path in self.names:
            self.names[path].flush()
        elif what == "S":
            for each in self.since:
                if each.is_in(path):
                    each.do(self.flushed)
            self.since = [each for each in self.since if not each.is_in(path)]
        elif path in self.names:
            self._name(Naming(self.names[path], data.decode() if what == "R" else "", path))

    def _name(self, change: Naming) -> None:
        change.do(self.names)
        self.since.append(change)

    def after_a_cut(self, chance: random.Random | None) -> dict[str, bytes]:
        """The files by name; with *chance*, without a random part of what was not flushed."""
        if chance is None:
            return {name: bytes(file.now) for name, file in self.names.items()}
        names = dict(self.flushed)
        # Changes of names are journalled: a part of them from the beginning is there.
        for each in self.since[: chance.randint(0, len(self.since))]:
            each.do(names)
        return {name: file.after_a_cut(chance) for name, file in names.items()}


def power_cut(database: str, *, full: bool) -> str:
    """Replay what was written up to each moment, with and without what was not flushed."""
    del database
    notes, share = (6, 1.0) if full else (6, 0.15)
    if shutil.which("gcc") is None:
        raise MissingError("no C compiler for the library that records writes")
    chance = random.Random(4)  # noqa: S311 - repeatable
    with folder() as own, registry("sqlite") as home:
        disk = Disk()
        for path in sorted(home.path.rglob("*")):
            if path.is_file() and not path.name.endswith(_NO_DATA):
                file = File(bytearray(path.read_bytes()), path.read_bytes())
                disk.names[str(path)] = disk.flushed[str(path)] = file
        operations = list(_recorded(home.path, own, notes))
        back = own / "back"
        told: dict[str, int] = {}
        cuts = 0
        for operation in operations:
            if operation[0] == "M":
                told.update(json.loads(operation[3]))
                continue
            disk.do(operation)
            if chance.random() > share:
                continue
            for luck in (None, chance):
                cuts += 1
                _made(disk.after_a_cut(luck), home.path, back)
                _checked(back, told, f"cut after {operation[0]} {operation[1]}")
    if full and cuts < 500:  # noqa: PLR2004 - the promise
        raise BrokenError(f"only {cuts} moments were tried")
    said = f"{cuts} cuts in {len(operations)} writes, flushes and renames"
    return f"{said}; {len(told)} receipts, 0 lost"


def _recorded(home: Path, own: Path, notes: int) -> Iterator[Operation]:
    library, log = own / "recorder.so", own / "log"
    make = ["gcc", "-shared", "-fPIC", "-o", str(library), str(HERE / "recorder.c"), "-ldl"]
    subprocess.run(make, check=True)  # noqa: S603 - ours
    said = {"LD_PRELOAD": str(library), "RECORD_FOLDER": str(home), "RECORD_LOG": str(log)}
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, __file__, str(home), str(notes)],
        env={**os.environ, **said},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BrokenError(done.stderr[-300:])
    data, at = log.read_bytes(), 0
    while at < len(data):
        what = chr(data[at])
        path, size, offset = _HEAD.unpack_from(data, at + 1)
        at += 1 + _HEAD.size
        name = data[at : at + path].decode()
        at += path + size
        if not name.endswith(_NO_DATA):
            yield what, name, offset, data[at - size : at]


def _made(files: dict[str, bytes], home: Path, back: Path) -> None:
    shutil.rmtree(back, ignore_errors=True)
    (back / "objects").mkdir(parents=True)
    for name, data in files.items():
        path = back / Path(name).relative_to(home)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def _checked(back: Path, told: dict[str, int], when: str) -> None:
    home = open_home(back)
    try:
        # As the next command does: the log's head may not have come out yet.
        publish_now(home)
        kept = whole(home)
    except Exception as bad:
        raise BrokenError(f"{when}: {bad}") from bad
    for symbol, receipt in told.items():
        if kept.get(symbol) != receipt:
            raise BrokenError(f"{when}: {symbol}, receipt {receipt}, is not there")


def recorded(home: Path, notes: int) -> None:
    """Register, issue and publish; say each receipt into the record."""
    mark = ctypes.CDLL(None).recorder_mark
    opened = open_home(home)
    ring = unlock(home)
    store = opened.store()
    for number in range(notes):
        symbol, receipt = one(opened, store, number)
        mark(json.dumps({symbol: receipt}).encode())
        publish(home, store, ring, SystemClock().now())
    store.close()


if __name__ == "__main__":
    recorded(Path(sys.argv[1]), int(sys.argv[2]))
