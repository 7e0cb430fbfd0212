"""R5: the n-th write fails, the disk is full: it is said, and work goes on without repair.

``python disks.py HOME WRITES`` is the process that runs below the faulty library.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

from places import BrokenError, MissingError, folder, named, postgres, registry, whole
from workers import one

from verbale.edges.home import Home, create_home, open_home
from verbale.errors import RegistryError

HERE = Path(__file__).resolve().parent


def failing_writes(database: str, *, full: bool) -> str:
    """Fail the n-th write or flush below the registry's folder, n = 1..200, once each.

    The quick form stops at 50 on PostgreSQL, whose own writes are a server's.
    """
    if shutil.which("gcc") is None:
        raise MissingError("no C compiler for the library that makes writes fail")
    writes = 200 if full or database == "sqlite" else 50
    with folder() as own, registry(database) as home:
        library = own / "faulty.so"
        make = ["gcc", "-shared", "-fPIC", "-o", str(library), str(HERE / "faulty.c"), "-ldl"]
        subprocess.run(make, check=True)  # noqa: S603 - ours
        done = subprocess.run(  # noqa: S603 - ours
            [sys.executable, __file__, str(home.path), str(writes)],
            env={**os.environ, "LD_PRELOAD": str(library)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BrokenError(done.stderr.strip().splitlines()[-1])
        notes = sum("/Corr." not in symbol for symbol in whole(home))
        if notes != int(done.stdout.split()[0]):
            raise BrokenError(
                f"{done.stdout.split()[0]} notes were sent, {notes} are registered"
            )
    return f"{done.stdout.split()[1]} of {writes} writes failed and were said, 0 lost"


def suffer(home: Home, writes: int) -> None:
    """One note for each n; a note that was refused is sent again and taken."""
    library = ctypes.CDLL(None)
    where = str(home.path).encode()
    refused, note = 0, 0
    for n in range(1, writes + 1):
        store = home.store()
        one(home, store, note)  # the same note again changes nothing, and opens the files
        note += 1
        library.faulty_arm(n, (errno.EIO, errno.ENOSPC)[n % 2], where)
        try:
            while not library.faulty_fired():
                one(home, store, note)
                note += 1
        except RegistryError as said:
            refused += 1
            if not said.remedy or "Traceback" in str(said):
                raise BrokenError(f"write {n}: no remedy is said: {said}") from said
        one(home, store, note)
        store.close()
        if n % 20 == 0:
            whole(home)
    print(note + 1, refused)


def full_disk(database: str, *, full: bool) -> str:
    """Fill a disk of its own, be told so, make room and go on."""
    del full
    with folder() as own:
        disk = own / "disk"
        disk.mkdir()
        mounted = subprocess.run(  # noqa: S603 - ours
            ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)],  # noqa: S607 - the system's
            capture_output=True,
            check=False,
        )
        if mounted.returncode:
            raise MissingError("a disk of its own (tmpfs) needs root and the right to mount")
        try:
            if database == "sqlite":
                return _fill(create_home(disk / "registry", "lakes"), disk)
            with postgres() as url:
                return _fill(named(disk / "registry", f"{url}/postgres", create=True), disk)
        finally:
            subprocess.run(["umount", str(disk)], check=True)  # noqa: S603, S607 - ours


def _fill(home: Home, disk: Path) -> str:
    store = home.store()
    one(home, store, 0)
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free
    ballast.write_bytes(bytes(free - 300_000))
    note = 1
    try:
        while True:
            one(home, store, note)
            note += 1
    except RegistryError as said:
        if not said.remedy:
            raise BrokenError(f"no remedy is said: {said}") from said
        told = said.message
    ballast.unlink()
    for more in range(note, note + 5):
        one(home, store, more)
    store.close()
    kept = sum("/Corr." not in symbol for symbol in whole(home))
    if kept != note + 5:
        raise BrokenError(f"{note + 5} notes were sent, {kept} are registered")
    return f"refused at note {note} ({told.partition(': ')[2][:40]}), then went on; 0 lost"


if __name__ == "__main__":
    suffer(open_home(Path(sys.argv[1])), int(sys.argv[2]))
