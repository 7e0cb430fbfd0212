"""Shut every door of this process but one: a pipe to hand its answer back.

After `lock` the process opens nothing for writing, starts nothing, reaches no network and no
other process, and reads no file but the program's own code. What a kernel does not offer is
left out and said.
"""

from __future__ import annotations

import gc
import os
import re
import resource
import signal
import sys
import sysconfig
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from verbale.edges.box import kernel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from verbale.readers.limits import Limits

_STATM = Path("/proc/self/statm")
_MAPS = Path("/proc/self/maps")
_C_LIBRARY = re.compile(r"/(?:libc[.-]|libm[.-]|ld-musl)")
#: What opens a locked PDF asks for random numbers at this address.
_CHANCE: Final = ("/dev/urandom",)
_MOST_OPEN = 64
#: The doors, as `verbale doctor` names them.
EVERY: Final = ("privileges", "limits", "namespaces", "files", "system calls")


@dataclass(frozen=True, slots=True)
class Means:
    """What may be used to lock a box. All that the kernel has, unless a test leaves one out."""

    namespaces: bool = True
    files: bool = True
    calls: bool = True


def only_one_door(keep: int) -> int:
    """Close every open file but *keep*; standard input and outputs lead nowhere.

    Gives the number that *keep* has now: the ones that a library could have learned are gone.
    """
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    door = 3
    if keep != door:
        os.dup2(keep, door)
    os.closerange(door + 1, _most_open())
    return door


def _most_open() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if Path("/proc/self/fd").is_dir():
        return max(int(each) for each in os.listdir("/proc/self/fd")) + 1  # noqa: PTH208
    return min(soft, 65536)


def lock(limits: Limits, means: Means, *, folders: Iterable[str]) -> tuple[str, ...]:
    """Lock this process and say which of `EVERY` doors are shut.

    *folders* are those of the program's own code, the only ones it may still read, and with
    them the kernel's source of chance, which tells nothing. Without
    Landlock nothing at all can be opened any more: what is needed must be loaded before.
    """
    shut = []
    if _attempt(kernel.no_new_privileges):
        shut.append("privileges")
    with suppress(OSError):
        kernel.die_with_parent()
    if _attempt(lambda: _limit(limits)):
        shut.append("limits")
    if means.namespaces and _attempt(kernel.own_namespaces):
        shut.append("namespaces")
    if means.files and _attempt(lambda: kernel.only_read_beneath((*folders, *_CHANCE))):
        shut.append("files")
    opening = "files" in shut
    if means.calls and _attempt(lambda: kernel.only_calls_of_a_reader(opening=opening)):
        shut.append("system calls")
    return tuple(shut)


def opens_nothing(means: Means) -> bool:
    """Whether a box locked with *means* can load no module that is not loaded yet."""
    if not means.calls:
        return False
    try:
        return not means.files or kernel.landlock_version() < 1
    except OSError:
        return True


def code_folders() -> tuple[str, ...]:
    """The folders that hold the program's code: Python, packages, Verbale, C libraries."""
    paths = {
        sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")
    }
    paths |= {str(Path(__file__).resolve().parents[2])}
    packages = (name for name in sys.modules if name.startswith("verbale") and "." not in name)
    for name in packages:
        paths.update(map(str, getattr(sys.modules[name], "__path__", ())))
    return tuple(sorted(path for path in (*paths, *_library_folders()) if path))


def _library_folders() -> set[str]:
    """Where the C library lies, and with it those that parsers are linked with."""
    try:
        mapped = _MAPS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return set()
    paths = {line[line.find("/") :] for line in mapped if "/" in line}
    return {path.rpartition("/")[0] for path in paths if _C_LIBRARY.search(path)}


def _attempt(act: Callable[[], None]) -> bool:
    try:
        act()
    except (OSError, AttributeError, ValueError):
        return False
    return True


def _limit(limits: Limits) -> None:
    """Hold this process to its memory, time and output, by the kernel's own counting."""
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_NOFILE, _MOST_OPEN),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_AS, _address_space(limits.memory)),
    ):
        # Where both limits on time are equal the kernel does not say why it ended a process.
        _, hard = resource.getrlimit(what)
        top = most + (what == resource.RLIMIT_CPU)
        top = top if hard == resource.RLIM_INFINITY else min(top, hard)
        resource.setrlimit(what, (min(most, top), top))


def _address_space(memory: int) -> int:
    """So much address space that no more than *memory* of it can ever be resident."""
    try:
        size, resident = (int(each) for each in _STATM.read_text("ascii").split()[:2])
    except (OSError, ValueError):
        return memory * 2
    page = resource.getpagesize()
    return size * page + max(memory - resident * page, memory // 4)


def quiet() -> None:
    """Signals as in a new process, no collecting of what the parent left."""
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE, signal.SIGXCPU):
        signal.signal(each, signal.SIG_DFL)
    gc.freeze()
    sys.dont_write_bytecode = True
